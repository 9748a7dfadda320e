"""Judge every object of a dossier by its evidence, and write the conclusions that changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFeatureSink,
)

from ..atlas.core.vacancy.evidence import CONCLUSIONS, RELIABILITIES
from ..texts import tr
from .algorithm import check_cancelled
from .dossier_parameters import (
    DossierAlgorithm,
    add_folder,
    add_user,
    check_temporary,
    chosen_folder,
    chosen_user,
)
from .report_table import write_report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    from ..atlas.core.records.concluding import ConclusionPlan

#: field of the report -> what it is called
_COLUMNS = {
    "object_uuid": "Object",
    "adres": "Adres",
    "uitkomst": "Uitkomst",
    "conclusie_was": "Conclusie was",
    "conclusie": "Conclusie",
    "betrouwbaarheid": "Betrouwbaarheid",
    "redenen": "Redenen",
    "geldig_tot": "Geldig tot",
}
_MOST_IN_LOG = 20


class ConcludeVacancy(DossierAlgorithm):
    """`conclude_vacancy`."""

    ID = "conclude_vacancy"
    GROUP = "dossier"
    TAGS = ("dossier", "leegstand", "vacancy", "conclusie", "bewijs", "evidence")

    def label(self) -> str:
        return tr("Conclude vacancy from evidence")

    def add_parameters(self) -> None:
        add_folder(self)
        day = QgsProcessingParameterDateTime(
            "DATE", tr("Day of the judgement (empty: today)"),
            type=Qgis.ProcessingDateTimeParameterDataType.Date, optional=True,
        )  # fmt: skip
        day.setFlags(day.flags() | Qgis.ProcessingParameterFlag.Advanced)
        self.addParameter(day)
        add_user(self)
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "OUTPUT", tr("Conclusions with their reasons"), QgsProcessing.SourceType.Vector
            )
        )
        for name, label in (
            ("CHANGED", tr("Changed conclusions")),
            ("UNCHANGED", tr("Unchanged conclusions")),
            ("UNJUDGED", tr("Objects not judged")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, label))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.core.records.changes import plan_conclusions
        from ..atlas.dossier.changes import apply_conclusions
        from ..atlas.dossier.opening import open_dossier
        from ..atlas.dossier.records import read_layers

        check_temporary(self, parameters, "OUTPUT", context)
        now = datetime.now(UTC)
        day = self.parameterAsDateTime(parameters, "DATE", context)
        today = day.date().toPyDate() if day.isValid() else now.date()
        user = chosen_user(self, parameters, context)
        dossier = open_dossier(chosen_folder(self, parameters, context))
        layers = read_layers(dossier, ("leegstand_object", "leegstand_bewijs"))
        plan = plan_conclusions(layers["leegstand_object"], layers["leegstand_bewijs"], today=today)
        check_cancelled(feedback)
        lines = list(_lines(plan, {str(item["uuid"]): item for item in layers["leegstand_object"]}))
        destination = write_report(
            self, parameters, context, columns=_COLUMNS, title=tr("Conclusions with their reasons"),
            lines=([line[name] for name in _COLUMNS] for line in lines),
        )  # fmt: skip
        check_cancelled(feedback)
        apply_conclusions(dossier, plan, now=now, user=user)
        for note in dossier.notes:
            feedback.pushInfo(note)
        _tell(feedback, plan, lines)
        return {
            "OUTPUT": destination,
            "CHANGED": len(plan.concluded),
            "UNCHANGED": len(plan.unchanged),
            "UNJUDGED": len(plan.unjudged),
        }


def _lines(plan: ConclusionPlan, objects: Mapping[str, Mapping[str, object]]) -> Iterator[dict[str, str]]:
    """A line for every object whose conclusion or reasons change, and for every one that can't be judged."""
    for item in plan.concluded:
        before = objects[item.uuid]
        after = {**before, **{change.field: change.in_file for change in item.changes}}
        changed = before.get("conclusie") != after.get("conclusie")
        yield _line(before, after, "gewijzigd" if changed else "andere redenen")
    for unjudged in plan.unjudged:
        before = objects[unjudged.uuid]
        line = _line(before, before, "niet beoordeeld")
        yield {**line, "redenen": f"{unjudged.reason} (bewijs {unjudged.evidence_uuid})"}


def _line(before: Mapping[str, object], after: Mapping[str, object], outcome: str) -> dict[str, str]:
    return {
        "object_uuid": str(before["uuid"]),
        "adres": str(before.get("adres") or ""),
        "uitkomst": outcome,
        "conclusie_was": CONCLUSIONS.get(str(before.get("conclusie")), ""),
        "conclusie": CONCLUSIONS.get(str(after.get("conclusie")), ""),
        "betrouwbaarheid": RELIABILITIES.get(str(after.get("betrouwbaarheid")), ""),
        "redenen": str(after.get("redenen") or ""),
        "geldig_tot": str(after.get("conclusie_geldig_tot") or "")[:10],
    }


def _tell(feedback: QgsProcessingFeedback, plan: ConclusionPlan, lines: list[dict[str, str]]) -> None:
    feedback.pushInfo(
        tr("Conclusions changed: {changed}, unchanged: {unchanged}.").format(
            changed=len(plan.concluded), unchanged=len(plan.unchanged)
        )
    )
    for line in lines[:_MOST_IN_LOG]:
        reasons = line["redenen"].replace("\n", " ")
        said = f"{line['adres'] or line['object_uuid']}: {line['conclusie']}. {reasons}"
        (feedback.pushWarning if line["uitkomst"] == "niet beoordeeld" else feedback.pushInfo)(said)
    if len(lines) > _MOST_IN_LOG:
        feedback.pushInfo(tr("{count} more are in the report.").format(count=len(lines) - _MOST_IN_LOG))
