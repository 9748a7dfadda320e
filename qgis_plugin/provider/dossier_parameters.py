"""What the algorithms on a dossier have in common: which dossier, who asks, and the layers that are open."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
    QgsProcessingUtils,
    QgsProject,
)
from qgis.PyQt.QtCore import QThread

from ..atlas.core.areas.divisions import areas
from ..atlas.core.words.errors import AtlasError
from ..gate import MUNICIPALITIES_PARAMETER, PURPOSE_PARAMETER, user_name
from ..project.file_release import edited_files, wait_until_free
from ..texts import tr
from .algorithm import AtlasAlgorithm

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from qgis.core import QgsProcessingFeedback

FOLDER, USER = "FOLDER", "USER"
ACCEPT_PERSONAL_TEXT = "ACCEPT_PERSONAL_TEXT"


class DossierAlgorithm(AtlasAlgorithm):
    """Base of what changes the records of a dossier: its open layers let go first, and show the change after.

    It is made anew for each run, and holds what was being edited in this window when the run began.
    """

    _edited: Mapping[Path, str] = MappingProxyType({})

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        # a model that runs in the background has no layers of the window at hand
        if QThread.currentThread() is QgsApplication.instance().thread():
            project = context.project() or QgsProject.instance()
            wait_until_free(project)
            self._edited = edited_files(project)
        return True

    def explained(self, error: AtlasError) -> AtlasError:
        for path, layer in self._edited.items():
            if error.where and Path(error.where) == path.resolve():
                error.detail = f"In dit venster van QGIS wordt de laag '{layer}' bewerkt."
                error.got = ""
        return error

    def postProcessAlgorithm(
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        show_what_changed(context)
        return {}


def add_folder(algorithm: AtlasAlgorithm) -> None:
    """Add the parameter that names a dossier; left empty it is the one of the open project."""
    algorithm.addParameter(
        QgsProcessingParameterFile(
            FOLDER,
            tr("Folder of the dossier (empty: the dossier of this project)"),
            behavior=Qgis.ProcessingFileParameterBehavior.Folder,
            optional=True,
        )
    )


def add_team(algorithm: AtlasAlgorithm) -> None:
    """Add the parameters that say for which municipalities and for what records are handed out to a team."""
    algorithm.addParameter(
        QgsProcessingParameterEnum(
            MUNICIPALITIES_PARAMETER,
            tr("Municipalities of the team"),
            [area.name for area in areas("gemeente")],
            allowMultiple=True,
            usesStaticStrings=True,
        )
    )
    algorithm.addParameter(QgsProcessingParameterString(PURPOSE_PARAMETER, tr("Purpose, for the register")))


def add_day(
    algorithm: AtlasAlgorithm, name: str, label: str, *, optional: bool = True, advanced: bool = False
) -> None:
    """Add a parameter for a day, that may be left empty when it is optional."""
    definition = QgsProcessingParameterDateTime(
        name, label, type=Qgis.ProcessingDateTimeParameterDataType.Date, optional=optional
    )
    if advanced:
        definition.setFlags(definition.flags() | Qgis.ProcessingParameterFlag.Advanced)
    algorithm.addParameter(definition)


def chosen_day(
    algorithm: AtlasAlgorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext
) -> date | None:
    """The day of a parameter, None when it was left empty."""
    day = algorithm.parameterAsDateTime(parameters, name, context)
    return day.date().toPyDate() if day.isValid() else None


def add_report(algorithm: AtlasAlgorithm, label: str, counts: Mapping[str, str]) -> None:
    """Add the report of what became of every record, and the numbers of it: name -> label."""
    algorithm.addParameter(
        QgsProcessingParameterFeatureSink("OUTPUT", label, QgsProcessing.SourceType.Vector)
    )
    for name, text in counts.items():
        algorithm.addOutput(QgsProcessingOutputNumber(name, text))


def add_user(algorithm: AtlasAlgorithm) -> None:
    """Add the advanced parameter that says who does this."""
    definition = QgsProcessingParameterString(
        USER, tr("Your name in the history (empty: as this computer knows you)"), optional=True
    )
    definition.setFlags(definition.flags() | Qgis.ProcessingParameterFlag.Advanced)
    algorithm.addParameter(definition)


def add_accept_personal_text(algorithm: AtlasAlgorithm) -> None:
    """Add the advanced parameter that takes free text in which something belongs to a person."""
    definition = QgsProcessingParameterBoolean(
        ACCEPT_PERSONAL_TEXT,
        tr("Also take text with a telephone number, e-mail address, licence plate or form of address"),
        defaultValue=False,
    )
    definition.setFlags(definition.flags() | Qgis.ProcessingParameterFlag.Advanced)
    algorithm.addParameter(definition)


def chosen_folder(
    algorithm: AtlasAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> Path:
    """The folder of the dossier.

    Raises:
        AtlasError: none was named, and the project has none.
    """
    from ..project.dossier_layers import dossier_folder

    named = algorithm.parameterAsFile(parameters, FOLDER, context)
    if named:
        return Path(named)
    shown = dossier_folder(context.project() or QgsProject.instance())
    if shown is None:
        raise AtlasError(
            "Er is geen dossier gekozen.",
            detail="Dit project heeft geen lagen van een dossier.",
            hint="Kies de map van een dossier, of maak er een met 'Dossier maken'.",
        )
    return shown


def add_record(algorithm: AtlasAlgorithm) -> None:
    """Add the parameters that say which record is meant: its uuid, or the address where it stands."""
    for name, label in (
        ("UUID", tr("Uuid of the record")),
        ("ADDRESS", tr("Or its address, with its place")),
    ):
        algorithm.addParameter(QgsProcessingParameterString(name, label, optional=True))


def chosen_record(
    algorithm: AtlasAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    *,
    fields: Collection[str] = (),
    withdrawn: bool | None = None,
) -> str:
    """The uuid of the record that is meant.

    Args:
        algorithm: With the parameters of `add_record`.
        parameters: As filled in.
        context: Of the run.
        fields: Which fields it must have, to tell it from others at the address.
        withdrawn: Of evidence: whether that which was withdrawn is meant; None when it is no evidence.

    Raises:
        AtlasError: both or none are said, nothing stands at the address, or more than one record.
    """
    from ..atlas.jobs.record_at import evidence_at, places_at, the_one_at

    uuid, address = (
        algorithm.parameterAsString(parameters, name, context).strip() for name in ("UUID", "ADDRESS")
    )
    if bool(uuid) == bool(address):
        raise AtlasError(
            "Zeg om welk record het gaat: een adres, of een uuid.",
            expected="een van de twee",
            choices=("uuid", "address"),
        )
    if uuid:
        return uuid
    folder = chosen_folder(algorithm, parameters, context)
    if withdrawn is None:
        return the_one_at(places_at(folder, address, fields=fields), address)
    return the_one_at(evidence_at(folder, address, withdrawn=withdrawn), address)


def chosen_user(algorithm: AtlasAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
    """Who does this."""
    return algorithm.parameterAsString(parameters, USER, context) or user_name() or "onbekend"


def check_temporary(
    algorithm: AtlasAlgorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext
) -> None:
    """Refuse a file for a report with records in it: it would go past the register of issues.

    Raises:
        AtlasError: the output `name` is not a temporary layer.
    """
    scratch = QgsProcessingContext()
    scratch.setProject(context.project())
    wanted = algorithm.parameterAsOutputLayer(parameters, name, scratch)
    passing = Path(QgsProcessingUtils.tempFolder(context)).resolve()
    if wanted.startswith("memory:") or passing in Path(wanted).resolve().parents:
        return
    raise AtlasError(
        "Dit rapport noemt objecten met hun gegevens en wordt niet als bestand bewaard.",
        got=wanted,
        expected="een tijdelijke laag",
        hint="Alles staat in het dossier zelf. Objecten worden uitgegeven met de pagina voor het team of het "
        "pakket voor het veld, via het register.",
    )


def show_what_changed(context: QgsProcessingContext) -> None:
    """Let the open layers of a dossier show what is in its files now; from the main thread only."""
    from ..project.dossier_layers import dossier_layers, refresh

    refresh(dossier_layers(context.project() or QgsProject.instance()).values())
