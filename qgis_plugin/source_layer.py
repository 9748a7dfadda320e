"""The layer behind a feature source of an algorithm: where features come from, and whether all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingFeatureSourceDefinition, QgsProcessingUtils

if TYPE_CHECKING:
    from qgis.core import QgsMapLayer, QgsProcessingAlgorithm, QgsProcessingContext


def source_layer(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext
) -> QgsMapLayer | None:
    """The layer of a parameter, also when only its selected features are used.

    Only for what it is: its features are read through `parameterAsSource`, which other threads may do.
    """
    value = parameters.get(name)
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        # an expression instead of a name, too: what can't be looked at would pass the gate
        value, _known = value.source.valueAsString(context.expressionContext(), "")
    if isinstance(value, str):
        return QgsProcessingUtils.mapLayerFromString(value, context)
    return algorithm.parameterAsVectorLayer({**parameters, name: value}, name, context)


def uses_all_features(parameters: dict[str, Any], name: str) -> bool:
    """Whether a source is a whole layer: no selection, no filter and no limit was asked for."""
    value = parameters.get(name)
    if not isinstance(value, QgsProcessingFeatureSourceDefinition):
        return True
    return not (value.selectedFeaturesOnly or value.filterExpression or value.featureLimit >= 0)
