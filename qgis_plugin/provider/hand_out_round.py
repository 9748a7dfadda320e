"""Hand out a round: the package for the field by QGIS, sheet, map, GPX and calendar by the user's command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..atlas.core.words.errors import AtlasError
from ..cancelling import check_cancelled
from ..own_command import add_command, chosen_command, options, refused, run_command
from ..texts import tr
from .algorithm import AtlasAlgorithm
from .dossier_parameters import add_day, add_folder, add_user, chosen_day, chosen_folder, chosen_user
from .visit_parameters import add_campaign, add_purpose, chosen_campaign, chosen_purpose

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

_PACKAGE = ".zip"
#: a page is sealed with a passphrase, and QGIS keeps what a log says: only the command makes one
_BY_COMMAND = (".pdf", ".gpkg", ".gpx", ".ics")


class HandOutRound(AtlasAlgorithm):
    """`hand_out_round`."""

    ID = "hand_out_round"
    GROUP = "visits"
    ICON = "check_field_package"
    TAGS = (
        "erfbezoek",
        "ronde",
        "pakket",
        "routeblad",
        "gpx",
        "agenda",
        "qfield",
        "round",
        "package",
        "sheet",
    )

    def label(self) -> str:
        return tr("Hand out a round")

    def flags(self) -> Qgis.ProcessingAlgorithmFlag:
        """A project is made here, and its layers belong to the main thread."""
        return super().flags() | Qgis.ProcessingAlgorithmFlag.NoThreading

    def add_parameters(self) -> None:
        add_folder(self)
        add_campaign(self)
        self.addParameter(QgsProcessingParameterString("ROUND", tr("Round (a letter)")))
        add_purpose(self)
        add_day(self, "BACK_BY", tr("Back or destroyed by"), optional=False)
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "OUTPUT",
                tr("Package (zip), sheet (pdf), map (gpkg), GPX or calendar (ics)"),
                tr("Package (*.zip);;Sheet (*.pdf);;Map (*.gpkg);;GPX (*.gpx);;Calendar (*.ics)"),
                createByDefault=False,
            )
        )
        for name, label in (
            ("ROADS", tr("Road sections of the NWB (only with your own command)")),
            ("TEAMS", tr("Teams and their days, as planned with (only with your own command)")),
        ):
            definition = QgsProcessingParameterFile(
                name, label, behavior=Qgis.ProcessingFileParameterBehavior.File, optional=True
            )
            definition.setFlags(definition.flags() | Qgis.ProcessingParameterFlag.Advanced)
            self.addParameter(definition)
        add_command(self)
        add_user(self)

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        folder = chosen_folder(self, parameters, context)
        output = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        asked = {
            "campaign": chosen_campaign(self, parameters, context),
            "name": self.parameterAsString(parameters, "ROUND", context).strip(),
            "purpose": chosen_purpose(self, parameters, context),
            "back_by": str(chosen_day(self, parameters, "BACK_BY", context) or ""),
            "user": chosen_user(self, parameters, context),
        }
        command = chosen_command(self, parameters, context)
        check_cancelled(feedback)
        if output.suffix.lower() == _PACKAGE:
            from ..project.field_package import write_round

            done, findings = write_round(folder, output, **asked)
            feedback.pushInfo(done.sentence)
            for finding in findings:
                feedback.pushWarning(f"{finding.layer}: {finding.what} {finding.remedy}")
            return {"OUTPUT": str(output)}
        if output.suffix.lower() not in _BY_COMMAND:
            raise AtlasError(
                "Een ronde gaat mee als pakket, routeblad, kaart, GPX of agenda.", where=str(output),
                expected=", ".join((_PACKAGE, *_BY_COMMAND)),
                hint="Een routeblad als pagina is verzegeld; dat maakt alleen de opdracht atlas.",
            )  # fmt: skip
        if command is None:
            raise AtlasError(
                "Dit bestand maakt uw eigen opdracht atlas, en die is niet gekozen.", where=str(output),
                expected="het programma atlas, bij de geavanceerde parameters",
                hint="Zonder die opdracht maakt QGIS het pakket voor het veld (.zip).",
            )  # fmt: skip
        given = {"round" if name == "name" else name: value for name, value in asked.items()}
        for name in ("roads", "teams"):
            given[name] = self.parameterAsFile(parameters, name.upper(), context)
        words = ["visits", "hand-out", str(folder), *options(output=output, **given)]
        said = run_command(command, words, feedback)
        if said.code or not output.is_file():
            raise refused(command, said)
        for line in (*said.lines, *said.remarks):
            feedback.pushInfo(line)
        return {"OUTPUT": str(output)}
