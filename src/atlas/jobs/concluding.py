"""Judge every object of a dossier by its evidence, and write the conclusions that changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.records.concluding import plan_conclusions
from ..core.vacancy.evidence import CONCLUSIONS, RELIABILITIES, UNKNOWN
from ..core.words.layer_names import EVIDENCE, OBJECTS
from ..dossier.changes import apply_conclusions
from ..dossier.opening import open_dossier
from ..dossier.records import read_layers
from .progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from ..core.records.concluding import ConclusionPlan

    #: takes the lines of the report, before the dossier changes
    Report = Callable[[Sequence["ConclusionLine"]], object]

#: outcome of an object that was left as it was, because a piece of its evidence can't be used
UNJUDGED = "niet beoordeeld"
#: outcomes of an object that was judged otherwise, or for other reasons
CHANGED, OTHER_REASONS = "gewijzigd", "andere redenen"


@dataclass(frozen=True, slots=True)
class ConclusionLine:
    """What became of one object, in words: the columns of the report."""

    object_uuid: str
    adres: str
    uitkomst: str
    conclusie_was: str
    conclusie: str
    betrouwbaarheid: str
    redenen: str
    geldig_tot: str

    @property
    def sentence(self) -> str:
        """What became of it, for a person: which object, from what to what."""
        name = self.adres or f"object zonder adres ({self.object_uuid})"
        if self.uitkomst == UNJUDGED:
            return f"{name}: niet beoordeeld. {self.redenen}"
        if self.uitkomst == CHANGED:
            return f"{name}: van {self.conclusie_was} naar {self.conclusie}. {self.betrouwbaarheid}."
        return f"{name}: {self.kept}"

    @property
    def kept(self) -> str:
        """What stands when the conclusion stays but not its reasons: without one only why there is none."""
        if self.conclusie == CONCLUSIONS[UNKNOWN]:
            return f"blijft {self.conclusie}. {self.redenen}".replace("\n", " ")
        return f"blijft {self.conclusie}, met andere redenen. {self.betrouwbaarheid}."


@dataclass(frozen=True, slots=True)
class Concluded:
    """What was concluded, a line for each object that changes or can't be judged, and notes."""

    plan: ConclusionPlan
    lines: tuple[ConclusionLine, ...]
    notes: tuple[str, ...]

    @property
    def changed(self) -> int:
        """How many objects went from one conclusion to another."""
        return sum(line.uitkomst == CHANGED for line in self.lines)

    @property
    def other_reasons(self) -> int:
        """How many objects keep their conclusion, for other reasons: the first ones, too."""
        return len(self.plan.concluded) - self.changed

    @property
    def sentence(self) -> str:
        """How many objects became what, in Dutch."""
        return (
            f"conclusie gewijzigd {self.changed}, dezelfde om andere redenen {self.other_reasons}, "
            f"ongewijzigd {len(self.plan.unchanged)}"
        )

    @property
    def transitions(self) -> dict[tuple[str, str], int]:
        """From which conclusion to which, and how many objects went that way; the commonest first."""
        ways = Counter(
            (line.conclusie_was, line.conclusie) for line in self.lines if line.uitkomst == CHANGED
        )
        return dict(ways.most_common())

    def alike(self) -> dict[str, list[ConclusionLine]]:
        """What is said of objects whose conclusion stays -> the objects of which that is said."""
        said: dict[str, list[ConclusionLine]] = {}
        for line in self.lines:
            if line.uitkomst == OTHER_REASONS:
                said.setdefault(line.kept, []).append(line)
        return said


def conclude(
    folder: Path,
    *,
    today: date,
    now: datetime,
    user: str,
    progress: Progress = silent,
    report: Report = lambda _lines: None,
) -> Concluded:
    """Conclude on the evidence that counts on `today`.

    Raises:
        AtlasError: no dossier, or another program holds it; nothing has changed then.
    """
    dossier = open_dossier(folder)
    progress("Bewijs wegen", 0.3)
    layers = read_layers(dossier, (OBJECTS, EVIDENCE))
    plan = plan_conclusions(layers[OBJECTS], layers[EVIDENCE], today=today)
    lines = tuple(_lines(plan, {str(item["uuid"]): item for item in layers[OBJECTS]}))
    progress("Rapport maken", 0.6)
    report(lines)
    progress("Conclusies schrijven", 0.7)
    apply_conclusions(dossier, plan, now=now, user=user)
    progress("Klaar", 1.0)
    return Concluded(plan, lines, tuple(dossier.notes))


def _lines(plan: ConclusionPlan, objects: Mapping[str, Mapping[str, object]]) -> Iterator[ConclusionLine]:
    for item in plan.concluded:
        before = objects[item.uuid]
        after = {**before, **{change.field: change.in_file for change in item.changes}}
        changed = before.get("conclusie") != after.get("conclusie")
        yield _line(before, after, CHANGED if changed else OTHER_REASONS, str(after.get("redenen") or ""))
    for unjudged in plan.unjudged:
        before = objects[unjudged.uuid]
        yield _line(before, before, UNJUDGED, f"{unjudged.reason} (bewijs {unjudged.evidence_uuid})")


def _line(
    before: Mapping[str, object], after: Mapping[str, object], outcome: str, reasons: str
) -> ConclusionLine:
    return ConclusionLine(
        object_uuid=str(before["uuid"]),
        adres=str(before.get("adres") or ""),
        uitkomst=outcome,
        conclusie_was=CONCLUSIONS.get(str(before.get("conclusie")), ""),
        conclusie=CONCLUSIONS.get(str(after.get("conclusie")), ""),
        betrouwbaarheid=RELIABILITIES.get(str(after.get("betrouwbaarheid")), ""),
        redenen=reasons,
        geldig_tot=str(after.get("conclusie_geldig_tot") or "")[:10],
    )
