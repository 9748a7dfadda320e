"""Which value of a field may follow which: the one table that forms, imports, returns and the plugin ask.

A step back is possible, as people mistake themselves; steps are not skipped. How far a team is with an object
is its own affair: a form may set any status, and what came from the field is told. The phase of a signal is
not: it decides what the municipality may do with it (model privacy protocol for sharing within a
municipality; Landsadvocaat, JenV and VNG, 2020), so no form and no import skips one. What was closed stays
so: new facts are a new signal, and a mistake is corrected with a reason. A new record may have any value:
there a list tells what was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..words.errors import AtlasError
from ..words.layer_names import OBJECTS, SIGNALS
from .fields import OBJECT_STATUS
from .visits import PHASES
from .working import code_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .published import CodeList


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of one field.

    Args:
        codes: Its values.
        after: Value -> what may follow, the likeliest first.
        strict: Whether a form and an import refuse another step; else they only tell it.
    """

    codes: CodeList
    after: Mapping[str, tuple[str, ...]]
    strict: bool

    @property
    def expression(self) -> str:
        """The rule for QGIS, of the value that is stored (@was) and the new one (@value)."""
        legal = " OR ".join(
            f"(@was = '{before}' AND @value IN ({', '.join(repr(value) for value in after)}))"
            for before, after in self.after.items()
            if after
        )
        return f"@was IS NULL OR @value IS NULL OR @was = @value OR {legal}"


#: (layer, field) -> its steps
STEPS: Mapping[tuple[str, str], Steps] = {
    (OBJECTS, "status"): Steps(
        OBJECT_STATUS,
        {
            "te_inventariseren": ("leegstand_vermoed", "bezocht", "geen_bijzonderheden"),
            "leegstand_vermoed": (
                "bezocht", "leegstand_bevestigd", "geen_bijzonderheden", "te_inventariseren",
            ),
            "leegstand_bevestigd": (
                "bezocht", "getoetst_met_partners", "signaal_uitgezet", "leegstand_vermoed",
            ),
            "bezocht": (
                "leegstand_bevestigd", "getoetst_met_partners", "geen_bijzonderheden", "signaal_uitgezet",
                "leegstand_vermoed",
            ),
            "getoetst_met_partners": ("signaal_uitgezet", "geen_bijzonderheden", "afgehandeld", "bezocht"),
            "geen_bijzonderheden": ("afgehandeld", "bezocht", "leegstand_vermoed"),
            "signaal_uitgezet": ("afgehandeld", "getoetst_met_partners", "bezocht"),
            "afgehandeld": ("te_inventariseren", "leegstand_vermoed", "signaal_uitgezet"),
        },
        strict=False,
    ),
    (SIGNALS, "fase"): Steps(
        code_list("fase", PHASES),
        {
            "intake": ("weging", "geen_verder_onderzoek"),
            "weging": ("broncheck", "geen_verder_onderzoek", "overgedragen", "intake"),
            "broncheck": ("plan", "geen_verder_onderzoek", "overgedragen", "weging"),
            "plan": ("overgedragen", "afgesloten", "geen_verder_onderzoek", "broncheck"),
            "geen_verder_onderzoek": ("afgesloten", "intake"),
            "overgedragen": ("afgesloten", "weging"),
            "afgesloten": (),
        },
        strict=True,
    ),
}  # fmt: skip


def next_values(layer: str, field: str, value: str) -> tuple[str, ...]:
    """The values that may follow a value, the likeliest first; all of them when it is not known."""
    steps = STEPS[layer, field]
    return steps.after.get(value, tuple(steps.after))


def check_step(layer: str, field: str, before: str, after: str) -> None:
    """Check that a value may follow another; staying where one is always may.

    Raises:
        AtlasError: it may not.
    """
    following = next_values(layer, field, before)
    if after == before or after in following:
        return
    steps = STEPS[layer, field]
    labels = {code.value: code.label for code in steps.codes.codes}
    said = {"status": "Deze status", "fase": "Deze fase"}[field]
    hint = "Kies een van deze, of pas het veld in het formulier aan als er een vergissing is gemaakt."
    if steps.strict:
        hint = (
            "Zet de stap die ertussen ligt eerst; was het een vergissing, verbeter het record met een reden."
        )
    raise AtlasError(
        f"{said} kan hier niet op volgen.",
        got=f"{labels.get(before, before)}, daarna {labels.get(after, after)}",
        expected=", ".join(labels[value] for value in following) or "niets: dit is het einde",
        hint=hint,
    )
