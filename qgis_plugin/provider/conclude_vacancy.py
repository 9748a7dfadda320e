"""Judge every object of a dossier by its evidence, and write the conclusions that changed."""

from __future__ import annotations

from dataclasses import astuple
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ..texts import tr
from .algorithm import MOST_IN_LOG, say_how_many_more, told_steps
from .dossier_parameters import (
    DossierAlgorithm,
    add_day,
    add_folder,
    add_report,
    add_user,
    check_temporary,
    chosen_day,
    chosen_folder,
    chosen_user,
)
from .report_table import write_report

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    from ..atlas.jobs.concluding import Concluded

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


class ConcludeVacancy(DossierAlgorithm):
    """`conclude_vacancy`."""

    ID = "conclude_vacancy"
    GROUP = "dossier"
    TAGS = ("dossier", "leegstand", "vacancy", "conclusie", "bewijs", "evidence")

    def label(self) -> str:
        return tr("Conclude vacancy from evidence")

    def add_parameters(self) -> None:
        add_folder(self)
        add_day(self, "DATE", tr("Day of the judgement (empty: today)"), advanced=True)
        add_user(self)
        add_report(
            self,
            tr("Conclusions with their reasons"),
            {
                "CHANGED": tr("Changed conclusions"),
                "UNCHANGED": tr("Unchanged conclusions"),
                "UNJUDGED": tr("Objects not judged"),
            },
        )

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.jobs.concluding import conclude

        check_temporary(self, parameters, "OUTPUT", context)
        now = datetime.now(UTC)
        results: dict[str, Any] = {}
        done = conclude(
            chosen_folder(self, parameters, context),
            today=chosen_day(self, parameters, "DATE", context) or now.date(),
            now=now,
            user=chosen_user(self, parameters, context),
            progress=told_steps(feedback),
            report=lambda lines: results.update(
                OUTPUT=write_report(
                    self, parameters, context, columns=_COLUMNS, title=tr("Conclusions with their reasons"),
                    lines=map(astuple, lines),
                )
            ),
        )  # fmt: skip
        _tell(feedback, done)
        return {
            **results,
            "CHANGED": done.changed,
            "UNCHANGED": done.other_reasons + len(done.plan.unchanged),
            "UNJUDGED": len(done.plan.unjudged),
        }


def _tell(feedback: QgsProcessingFeedback, done: Concluded) -> None:
    from ..atlas.jobs.concluding import UNJUDGED

    feedback.pushInfo(f"{done.sentence[0].upper()}{done.sentence[1:]}.")
    for line in done.lines[:MOST_IN_LOG]:
        reasons = line.redenen.replace("\n", " ")
        said = f"{line.adres or line.object_uuid}: {line.conclusie}. {reasons}"
        (feedback.pushWarning if line.uitkomst == UNJUDGED else feedback.pushInfo)(said)
    say_how_many_more(feedback.pushInfo, len(done.lines))
