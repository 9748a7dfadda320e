"""What the algorithms about farm visits have in common: which campaign, and what for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingParameterString

from ..gate import PURPOSE_PARAMETER
from ..texts import tr

if TYPE_CHECKING:
    from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext

CAMPAIGN = "CAMPAIGN"


def add_campaign(algorithm: QgsProcessingAlgorithm) -> None:
    """Add the parameter that names a campaign."""
    algorithm.addParameter(QgsProcessingParameterString(CAMPAIGN, tr("Campaign, by its name")))


def add_purpose(algorithm: QgsProcessingAlgorithm) -> None:
    """Add the parameter that says what for."""
    algorithm.addParameter(QgsProcessingParameterString(PURPOSE_PARAMETER, tr("Purpose, for the register")))


def chosen_campaign(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> str:
    """The name that was filled in."""
    return algorithm.parameterAsString(parameters, CAMPAIGN, context).strip()


def chosen_purpose(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> str:
    """What was filled in."""
    return algorithm.parameterAsString(parameters, PURPOSE_PARAMETER, context)
