"""The page: the atlas as one HTML file for an audience, the same file that the command `atlas` makes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..atlas.core.areas.divisions import areas
from ..atlas.core.disclosure.audiences import Audience
from ..atlas.core.disclosure.sealing import in_register
from ..atlas.core.files.new_file import new_file
from ..cancelling import check_cancelled
from ..figures import released_figures
from ..gate import TEAM, issue, requested
from ..texts import tr
from .algorithm import AtlasAlgorithm
from .dossier_parameters import FOLDER, add_folder, chosen_folder
from .made_by import add_made_by, chosen_made_by

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    from ..atlas.jobs.handing_out import Request

_OUTPUT, _UNSEALED = "OUTPUT", "UNSEALED"


class ExportPage(AtlasAlgorithm):
    """`export_page`."""

    ID = "export_page"
    GROUP = "output"
    ICON = "export_page"
    TAGS = ("html", "webpagina", "pagina", "page", "web", "kaart", "leaflet", "delen", "share")

    def label(self) -> str:
        return tr("Atlas as a page (HTML)")

    def add_parameters(self) -> None:
        self.addParameter(
            QgsProcessingParameterEnum(
                "AUDIENCE",
                tr("Audience"),
                [audience.value for audience in Audience],
                defaultValue=Audience.PUBLIC.value,
                usesStaticStrings=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterEnum(
                "MUNICIPALITIES",
                tr("Municipalities (only with a dossier)"),
                [area.name for area in areas("gemeente")],
                allowMultiple=True,
                optional=True,
                usesStaticStrings=True,
            )
        )
        add_folder(self)
        self.addParameter(
            QgsProcessingParameterString(
                "PURPOSE", tr("Purpose, for the register (only with a dossier)"), optional=True
            )
        )
        add_made_by(self)
        unsealed = QgsProcessingParameterString(
            _UNSEALED, tr("Why a page with real data is not sealed, for the register"), optional=True
        )
        unsealed.setFlags(unsealed.flags() | Qgis.ProcessingParameterFlag.Advanced)
        self.addParameter(unsealed)
        self.addParameter(
            QgsProcessingParameterFileDestination(_OUTPUT, tr("Page"), tr("HTML files (*.html)"))
        )

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        output = Path(self.parameterAsFileOutput(parameters, _OUTPUT, context))
        request = requested(self, parameters, context)
        made = chosen_made_by(self, parameters, context, feedback, request.audience)
        if request.audience == TEAM:
            folder = chosen_folder(self, parameters, context)
            unsealed = self.parameterAsString(parameters, _UNSEALED, context)
            _write_for_team(folder, request, output, made, unsealed=unsealed, feedback=feedback)
        elif self.parameterAsFile(parameters, FOLDER, context):
            folder = chosen_folder(self, parameters, context)
            unsealed = self.parameterAsString(parameters, _UNSEALED, context)
            _write_for_others(folder, request, output, made, unsealed=unsealed, feedback=feedback)
        else:
            _write_published(request.audience, output, made, feedback)
        feedback.pushInfo(tr("The page stands in {path}.").format(path=output))
        return {_OUTPUT: str(output)}


def _write_published(
    audience: str, output: Path, made: dict[str, Any], feedback: QgsProcessingFeedback
) -> None:
    """The published figures, and nothing of a dossier."""
    from ..atlas.web.page import render

    page = render(released_figures(audience).into(lambda payload: {**payload, **made}))
    check_cancelled(feedback)
    with new_file(output) as beside:
        beside.write_bytes(page.encode("utf-8"))


def _write_for_team(
    folder: Path,
    request: Request,
    output: Path,
    made: dict[str, Any],
    *,
    unsealed: str,
    feedback: QgsProcessingFeedback,
) -> None:
    """The figures, the objects and what is counted from them, through the register."""
    from ..atlas.jobs.team_page import said_of_figures
    from ..atlas.web.page import render
    from ..team_page import read_team, team_payload

    records = read_team(folder, request, output, unsealed=unsealed)
    for sentence in records.released.sentences:
        feedback.pushWarning(sentence)
    feedback.setProgress(30)
    check_cancelled(feedback)
    released = team_payload(records).into(lambda payload: {**payload, **made})
    page = render(released)
    feedback.setProgress(80)
    check_cancelled(feedback)
    rule, said = in_register(sealed=False, reason=unsealed), said_of_figures(released.content)
    with issue(records.permit, output, released, rule=rule, said=said) as beside:
        beside.write_bytes(page.encode("utf-8"))


def _write_for_others(
    folder: Path,
    request: Request,
    output: Path,
    made: dict[str, Any],
    *,
    unsealed: str,
    feedback: QgsProcessingFeedback,
) -> None:
    """The published figures and those of the stored protected table, through the register."""
    from ..atlas.web.page import render
    from ..protected_page import issue_stored, protected_payload, read_stored

    records = read_stored(folder, request, output, unsealed=unsealed)
    feedback.setProgress(30)
    check_cancelled(feedback)
    released = protected_payload(records).into(lambda payload: {**payload, **made})
    page = render(released)
    feedback.setProgress(80)
    check_cancelled(feedback)
    with issue_stored(records, request, output, released, unsealed=unsealed) as beside:
        beside.write_bytes(page.encode("utf-8"))
