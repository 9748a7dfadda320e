"""The states of a figure, of a survey and of a count: their words and looks, from `styles/palettes.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ..files.embedded import embedded_path

_PALETTES = json.loads(embedded_path("styles", "palettes.json").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class StateStyle:
    """How a state of a figure looks; `pattern` is none, diagonal, dots, cross or horizontal.

    For `ok`, `indicatief` and `geteld` the colour is that of the class; `colour` is then the sample for the
    legend.
    """

    status: str
    label: str
    explanation: str
    pattern: str
    colour: str


STATES: tuple[StateStyle, ...] = tuple(StateStyle(**state) for state in _PALETTES["states"])
#: of what was counted in records; `onderdrukt` is among `STATES`
COUNT_STATES: tuple[StateStyle, ...] = tuple(StateStyle(**state) for state in _PALETTES["count_states"])
#: of the difference between two periods of a figure
CHANGE_STATES: tuple[StateStyle, ...] = tuple(StateStyle(**state) for state in _PALETTES["change_states"])
