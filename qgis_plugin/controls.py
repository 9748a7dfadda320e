"""What an error of the core asks to choose, in the words that the user sees in QGIS: fields and tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsApplication

from .texts import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qgis.core import QgsProcessingAlgorithm

    from .atlas.core.words.errors import AtlasError, Choice

_PROVIDER = "buitengebied_atlas"
#: choice -> the name of its parameter, in every algorithm that has it
PARAMETERS: Mapping[Choice, str] = {
    "year": "YEAR",
    "level": "LEVEL",
    "key": "KEY",
    "unit": "UNIT",
    "weight": "WEIGHT",
    "combine": "COMBINE",
    "sum_over": "SUM_OVER",
    "divide": "DIVIDE_ADDRESSES",
    "places": "PLACES",
    "decimal": "DECIMAL",
    "dash": "DASH",
    "below_one": "BELOW_ONE",
    "endpoint": "ENDPOINT",
    "register": "REGISTER",
    "record": "RECORD",
    "reference_date": "REFERENCE_DATE",
    "header_row": "HEADER",
    "value": "VALUE",
    "where": "WHERE",
    "period": "PERIOD",
    "period_column": "PERIOD_COLUMN",
    "made_on": "MADE_ON",
    "maker": "MAKER",
    "contact": "CONTACT",
    "trial": "TRIAL",
    "accept_personal_text": "ACCEPT_PERSONAL_TEXT",
    "dossier": "FOLDER",
    "source": "SOURCE",
    "keep_until": "KEEP_UNTIL",
    "ignore": "LEAVE_OUT",
    "column": "COLUMN",
    "choose": "CHOOSE",
    "n": "N",
    "per": "PER",
    "label": "LABEL",
    "base": "BASE",
    "caution": "CAUTION",
    "address": "ADDRESS",
    "audience": "AUDIENCE",
    "municipality": "MUNICIPALITIES",
    "purpose": "PURPOSE",
    "reason": "REASON",
    "user": "USER",
    "uuid": "UUID",
}
#: choice -> the algorithm for it
TOOLS: Mapping[Choice, str] = {
    "make_dossier": "create_dossier",
    "migrate_dossier": "migrate_dossier",
    "area_code": "load_boundaries",
    "check_dossier": "check_dossier",
    "visit_indicators": "register_indicators",
}
#: what cannot be chosen in QGIS
ELSEWHERE: frozenset[Choice] = frozenset(
    {
        "recipe", "read_limit", "counts", "sheet", "method", "previous", "expire",
        "panel_workbook", "visit_plan", "residences", "make_protected_table",
    }
)  # fmt: skip


def told(error: AtlasError, algorithm: QgsProcessingAlgorithm | None = None) -> str:
    """An error as the text for a user of QGIS.

    Args:
        error: What went wrong.
        algorithm: Whose dialog the user fills in; None outside one.
    """
    lines = error.lines(controls(algorithm))
    return "\n".join(f"{label}: {text}" if label else text for label, text in lines)


def controls(algorithm: QgsProcessingAlgorithm | None = None) -> dict[Choice, str]:
    """Choice -> what a user of QGIS sees: a field of this dialog, or a tool."""
    found: dict[Choice, str] = {}
    if algorithm is not None:
        for choice, name in PARAMETERS.items():
            definition = algorithm.parameterDefinition(name)
            if definition is not None:
                found[choice] = tr("the field '{label}'").format(label=definition.description())
    registry = QgsApplication.processingRegistry()
    for choice, name in TOOLS.items():
        tool = registry.algorithmById(f"{_PROVIDER}:{name}")
        if tool is not None:
            found[choice] = tr("the tool '{label}'").format(label=tool.displayName())
    return found
