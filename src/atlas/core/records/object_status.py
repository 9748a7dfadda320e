"""How far a team is with an object: which status may follow which.

A step back is possible, as people mistake themselves; steps are not skipped, so that "Afgehandeld" means that
somebody looked. An import may set any status: there the file tells what was.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from ..schema.fields import OBJECT_STATUS
from ..words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: status -> what may follow, the likeliest first
_NEXT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "te_inventariseren": ("leegstand_vermoed", "bezocht", "geen_bijzonderheden"),
        "leegstand_vermoed": (
            "bezocht", "leegstand_bevestigd", "geen_bijzonderheden", "te_inventariseren",
        ),
        "leegstand_bevestigd": ("bezocht", "getoetst_met_partners", "signaal_uitgezet", "leegstand_vermoed"),
        "bezocht": (
            "leegstand_bevestigd", "getoetst_met_partners", "geen_bijzonderheden", "signaal_uitgezet",
            "leegstand_vermoed",
        ),
        "getoetst_met_partners": ("signaal_uitgezet", "geen_bijzonderheden", "afgehandeld", "bezocht"),
        "geen_bijzonderheden": ("afgehandeld", "bezocht", "leegstand_vermoed"),
        "signaal_uitgezet": ("afgehandeld", "getoetst_met_partners", "bezocht"),
        "afgehandeld": ("te_inventariseren", "leegstand_vermoed", "signaal_uitgezet"),
    }
)  # fmt: skip


def next_statuses(status: str) -> tuple[str, ...]:
    """The statuses that may follow a status, the likeliest first; all of them when it is not known."""
    return _NEXT.get(status, tuple(_NEXT))


def check_step(before: str, after: str) -> None:
    """Check that a status may follow another; staying where one is always may.

    Raises:
        AtlasError: it may not.
    """
    if after == before or after in next_statuses(before):
        return
    labels = {code.value: code.label for code in OBJECT_STATUS.codes}
    raise AtlasError(
        "Deze status kan hier niet op volgen.",
        got=f"{labels.get(before, before)}, daarna {labels.get(after, after)}",
        expected=", ".join(labels[status] for status in next_statuses(before)),
        hint="Kies een van deze, of pas het veld in het formulier aan als er een vergissing is gemaakt.",
    )
