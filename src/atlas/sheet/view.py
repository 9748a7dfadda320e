"""One indicator at one level and period, as a sheet reads it from the payload."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Entry = Mapping[str, Any]
_MUNICIPALITY = "gemeente"


@dataclass(frozen=True, slots=True)
class View:
    """The parts of the payload that one sheet shows; nothing is decided here that the payload decided."""

    payload: Mapping[str, Any]
    indicator: Mapping[str, Any]
    view: Mapping[str, Any]
    #: how large circles are drawn beside those of an A4 sheet: on a smaller map they would hide it
    circle_size: float = 1.0

    @property
    def level(self) -> Mapping[str, Any]:
        """The level the figures were measured at."""
        return next(level for level in self.payload["levels"] if level["id"] == self.view["level"])

    @property
    def areas(self) -> Sequence[Entry]:
        """The areas of the level; of a team's municipalities when nothing is known of another one."""
        own = self._own
        return [area for area in self.level["areas"] if not own or area["code"] in own]

    @property
    def neighbours(self) -> Sequence[Entry]:
        """The areas that are no subject of the sheet and lie around those that are."""
        own = self._own
        return [area for area in self.level["areas"] if own and area["code"] not in own]

    @property
    def _own(self) -> frozenset[str]:
        """The codes of a team's municipalities when the sheet is about those only; else none."""
        own = frozenset((self.payload.get("competence") or {}).get("municipalities", ()))
        if self.view["level"] != _MUNICIPALITY or not own & set(self.values):
            return frozenset()
        others = (value for code, value in self.values.items() if code not in own)
        return frozenset() if any(value["value"] is not None for value in others) else own

    @property
    def values(self) -> Mapping[str, Entry]:
        """Area code -> value."""
        return self.view["values"]

    @property
    def legend(self) -> Mapping[str, Any]:
        """The legend, with its classes and the states that occur in the areas of the sheet."""
        legend: Mapping[str, Any] = self.view["legend"]
        if not self.neighbours:
            return legend
        shown = [self.values[area["code"]] for area in self.areas]
        states = Counter(value["status"] for value in shown)
        classes = Counter(value["class"] for value in shown)
        return {
            **legend,
            "classes": [
                {**entry, "count": classes[position]} for position, entry in enumerate(legend["classes"])
            ],
            "states": [
                {**entry, "count": states[entry["status"]]}
                for entry in legend["states"]
                if states[entry["status"]]
            ],
        }

    @property
    def title(self) -> str:
        """What the sheet is of: figure, level and period."""
        return (
            f"{self.indicator['label']} ({self.level['label_plural'].lower()}, {self.view['period_label']})"
        )

    @property
    def file_stem(self) -> str:
        """The name of the sheet's file without its suffix."""
        return f"{self.indicator['id']}-{self.view['level']}-{self.view['period']}"

    def state(self, status: str) -> Entry:
        """Label, explanation, pattern and colour of a state."""
        return next(state for state in self.payload["states"] if state["status"] == status)

    def fill_of(self, code: str) -> tuple[str, str]:
        """Colour and pattern of an area: its class with the state's pattern, or the state's own colour."""
        value = self.values[code]
        state = self.state(value["status"])
        if value["class"] is None:
            return state["colour"], state["pattern"]
        return self.legend["classes"][value["class"]]["colour"], state["pattern"]

    def figure_of(self, code: str) -> str:
        """The figure for on the map; the pattern says it already when there is none."""
        value = self.values[code]
        return "" if value["value"] is None else value["text"]

    def with_figure(self) -> list[Entry]:
        """Areas that show a figure, highest first; equal figures, and those that bear no order, by name."""
        shown = [area for area in self.areas if self.values[area["code"]]["value"] is not None]
        if self.legend.get("unordered"):
            return sorted(shown, key=lambda area: area["name"])
        return sorted(shown, key=lambda area: (-self.values[area["code"]]["value"], area["name"]))

    def without_figure(self) -> Iterator[tuple[Entry, list[Entry]]]:
        """State -> its areas, for the states that show no figure."""
        for state in self.payload["states"]:
            areas = [
                area
                for area in self.areas
                if self.values[area["code"]]["value"] is None
                and self.values[area["code"]]["status"] == state["status"]
            ]
            if areas:
                yield state, areas


def views_of(payload: Mapping[str, Any], *, every_period: bool = True) -> list[View]:
    """Every view of the payload, in its own order; or of each figure and level the newest only."""
    views = [
        View(payload, indicator, view) for indicator in payload["indicators"] for view in indicator["views"]
    ]
    if every_period:
        return views
    newest = {(one.indicator["id"], one.view["level"]): one for one in reversed(views)}
    return [one for one in views if newest[one.indicator["id"], one.view["level"]] is one]
