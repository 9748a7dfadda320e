"""Take packages back from the field: visits, findings and changes of all layers, in one step."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessingParameterMultipleLayers,
)

from ..texts import tr
from .algorithm import told_steps, warn_of
from .dossier_parameters import (
    ACCEPT_PERSONAL_TEXT,
    DossierAlgorithm,
    add_accept_personal_text,
    add_folder,
    add_report,
    add_user,
    check_temporary,
    chosen_folder,
    chosen_user,
)
from .report_table import write_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

#: outcome in the report -> name of the output that counts it
_COUNTS = {"nieuw": "INSERTED", "gewijzigd": "UPDATED", "conflict": "CONFLICTS", "geweigerd": "REFUSED"}


class ImportFieldPackage(DossierAlgorithm):
    """`import_field_package`."""

    ID = "import_field_package"
    GROUP = "dossier"
    TAGS = ("dossier", "veldwerk", "field", "qfield", "mergin", "bezoek", "bevinding", "visit", "terug")

    def label(self) -> str:
        return tr("Take back field packages")

    def add_parameters(self) -> None:
        add_folder(self)
        self.addParameter(
            QgsProcessingParameterMultipleLayers(
                "PACKAGES",
                tr("Packages (zip), or of each a GeoPackage in its folder"),
                Qgis.ProcessingSourceType.File,
            )
        )
        add_accept_personal_text(self)
        add_user(self)
        add_report(
            self,
            tr("What came back"),
            {
                "INSERTED": tr("New records"),
                "UPDATED": tr("Changed records"),
                "CONFLICTS": tr("Conflicts"),
                "REFUSED": tr("Refused rows"),
            },
        )

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.core.records.field_return import REPORT_COLUMNS
        from ..atlas.core.words.errors import AtlasError
        from ..atlas.core.words.notation import counted
        from ..atlas.jobs.field_return import packages_in, return_packages

        check_temporary(self, parameters, "OUTPUT", context)
        results: dict[str, Any] = {}

        def report(lines: Sequence[tuple[str, ...]]) -> None:
            results["OUTPUT"] = write_report(
                self, parameters, context, columns={name: name.capitalize() for name in REPORT_COLUMNS},
                lines=lines, title=tr("What came back"),
            )  # fmt: skip

        chosen = self.parameterAsFileList(parameters, "PACKAGES", context)
        packages = packages_in(Path(one) for one in chosen if one)
        if not packages:
            raise AtlasError("Er is geen pakket gekozen.", hint="Kies de pakketten die terug zijn.")
        answers = return_packages(
            chosen_folder(self, parameters, context),
            packages,
            now=datetime.now(UTC),
            user=chosen_user(self, parameters, context),
            accept_personal_text=self.parameterAsBool(parameters, ACCEPT_PERSONAL_TEXT, context),
            progress=told_steps(feedback),
            report=report,
        )
        done = [one for one in answers if not isinstance(one, AtlasError)]
        if not done and isinstance(answers[0], AtlasError):
            if len(packages) == 1:
                raise answers[0]
            raise AtlasError(
                "Geen van de pakketten kon worden overgenomen.",
                detail="\n".join(f"{path.name}: {one}" for path, one in zip(packages, answers, strict=True)),
                hint="Het dossier is niet veranderd. Herstel wat er bij elk pakket staat.",
            )
        for path, one in zip(packages, answers, strict=True):
            if isinstance(one, AtlasError):
                feedback.reportError(f"{path.name}: {one}")
        for note in dict.fromkeys(note for one in done for note in one.notes):
            feedback.pushInfo(note)
        if len(packages) > 1:
            feedback.pushInfo(f"{counted(len(done), 'pakket', 'pakketten')} overgenomen")
        counts = {outcome: sum(one.counts[outcome] for one in done) for outcome in _COUNTS}
        for outcome, count in counts.items():
            feedback.pushInfo(f"{outcome.capitalize()}: {count}")
        warn_of(feedback, list(dict.fromkeys(sentence for one in done for sentence in one.attention)))
        return {**results, **{name: counts[outcome] for outcome, name in _COUNTS.items()}}
