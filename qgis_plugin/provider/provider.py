"""The provider: it knows the algorithms by name, and loads their modules when Processing asks for them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsApplication, QgsProcessingProvider

from ..icons import icon
from ..texts import tr

if TYPE_CHECKING:
    from qgis.PyQt.QtGui import QIcon

#: module of this folder (also the algorithm's id) -> class; in the order of a working day, as the panel shows
ALGORITHMS = {
    "choropleth": "Choropleth",
    "join_table": "JoinTable",
    "load_boundaries": "LoadBoundaries",
    "assign_points": "AssignPoints",
    "countryside": "Countryside",
    "remoteness": "Remoteness",
    "create_dossier": "CreateDossier",
    "migrate_dossier": "MigrateDossier",
    "check_dossier": "CheckDossier",
    "take_in_list": "TakeInList",
    "import_records": "ImportRecords",
    "settle_municipality": "SettleMunicipality",
    "conclude_vacancy": "ConcludeVacancy",
    "correct_record": "CorrectRecord",
    "answer_access": "AnswerAccess",
    "erase_record": "EraseRecord",
    "select_yards": "SelectYards",
    "plan_rounds": "PlanRounds",
    "hand_out_round": "HandOutRound",
    "note_back": "NoteBack",
    "decide_conflict": "DecideConflict",
    "register_indicators": "RegisterIndicators",
    "evaluate_visits": "EvaluateVisits",
    "team_figures": "TeamFigures",
    "export_page": "ExportPage",
    "printed_atlas": "PrintedAtlas",
    "reading_list": "ReadingListAlgorithm",
    "check_field_package": "CheckFieldPackage",
    "import_field_package": "ImportFieldPackage",
}


class AtlasProvider(QgsProcessingProvider):
    """The provider "Buitengebied Atlas"."""

    def id(self) -> str:
        return "buitengebied_atlas"

    def name(self) -> str:
        return "Buitengebied Atlas"

    def icon(self) -> QIcon:
        return icon("atlas")

    def loadAlgorithms(self) -> None:
        for module, name in ALGORITHMS.items():
            try:
                algorithm = getattr(import_module(f".{module}", __package__), name)()
                algorithm.initAlgorithm()
            except Exception as error:  # noqa: BLE001 - C++ calls this: an error that gets there ends QGIS
                _tell_left_out(module, error)
            else:
                self.addAlgorithm(algorithm)


def _tell_left_out(module: str, error: Exception) -> None:
    text = tr("The algorithm {name} could not be loaded and is left out: {reason}")
    reason = f"{type(error).__name__}: {error}"
    QgsApplication.messageLog().logMessage(
        text.format(name=module, reason=reason), "Buitengebied Atlas", Qgis.MessageLevel.Critical
    )
