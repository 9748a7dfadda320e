"""Which files an algorithm reads and writes: asked about at the gate of `core` before it does any work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterDefinition,
    QgsProviderRegistry,
)

from ..atlas.core.files.output_gate import check_outputs
from ..source_layer import source_layer
from .result_sink import file_of

_WRITTEN = ("sink", "fileDestination")


def check_files(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> None:
    """Check where the files of an algorithm will stand.

    Raises:
        AtlasError: see `core.files.output_gate.check_outputs`.
    """
    definitions = algorithm.parameterDefinitions()
    inputs = [path for one in definitions if (path := _read(algorithm, one, parameters, context))]
    outputs = [
        path for one in definitions if one.type() in _WRITTEN if (path := _written(one, parameters, context))
    ]
    check_outputs(outputs, inputs=inputs)


def _read(
    algorithm: QgsProcessingAlgorithm,
    definition: QgsProcessingParameterDefinition,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
) -> Path | None:
    """The file or folder behind an input; None for what is no input, and for a layer that is not a file."""
    name, kind = definition.name(), definition.type()
    if kind == "file":
        text = algorithm.parameterAsFile(parameters, name, context)
        return Path(text) if text else None
    layer = source_layer(algorithm, parameters, name, context) if kind == "source" else None
    if layer is None:
        return None
    path = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source()).get("path")
    return file_of(path) if path else None


def _written(
    definition: QgsProcessingParameterDefinition, parameters: dict[str, Any], context: QgsProcessingContext
) -> Path | None:
    """The file that the user named; None for a layer in memory, a database or a temporary file."""
    value = parameters.get(definition.name())
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        value = value.sink.valueAsString(context.expressionContext())[0]
    if not value or not isinstance(value, str) or value == QgsProcessing.TEMPORARY_OUTPUT:
        return None
    return file_of(value)
