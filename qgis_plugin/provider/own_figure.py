"""What must be known of a figure of the user's own before it may stand on a map: the fields that ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..atlas.core.figures.classes import DIRECTIONS
from ..atlas.core.figures.indicators import MEASURES
from ..atlas.core.words.errors import AtlasError
from ..texts import tr

if TYPE_CHECKING:
    from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext

    from ..atlas.core.joining.own_figures import Figure

_NEEDED = ("LABEL", "SOURCE", "BASE", "PERIOD")


def add_words(algorithm: QgsProcessingAlgorithm) -> None:
    """Add the advanced parameters about a figure; PERIOD is the algorithm's own."""
    texts = (
        ("LABEL", tr("Your table: what the figure is")),
        ("SOURCE", tr("Your table: source")),
        ("BASE", tr("Your table: among whom it was measured")),
        ("CAUTION", tr("Your table: what a reader must take care of")),
        ("DENOMINATOR", tr("Your table: per 1,000 of what, for such a rate")),
    )
    add_advanced(algorithm, *(QgsProcessingParameterString(*text, optional=True) for text in texts))
    add_advanced(
        algorithm,
        QgsProcessingParameterEnum(
            "DIRECTION",
            tr("Your table: what is favourable"),
            [tr("higher is more favourable"), tr("higher is less favourable"), tr("neither")],
            defaultValue=DIRECTIONS.index("geen"),
        ),
        QgsProcessingParameterEnum(
            "MEASURE",
            tr("Your table: how it was measured"),
            list(MEASURES),
            defaultValue=MEASURES.index("steekproef"),
        ),
        QgsProcessingParameterNumber(
            "DECIMALS",
            tr("Your table: decimals (empty: as many as the figures have)"),
            optional=True,
            minValue=0,
            maxValue=6,
        ),
        QgsProcessingParameterNumber(
            "NATIONAL",
            tr("Your table: the figure of the whole country, to compare with"),
            QgsProcessingParameterNumber.Type.Double,
            optional=True,
        ),
    )


def add_advanced(algorithm: QgsProcessingAlgorithm, *parameters: QgsProcessingParameterDefinition) -> None:
    """Add parameters to the part of the dialog that is folded in."""
    for parameter in parameters:
        parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        algorithm.addParameter(parameter)


def figure_of(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    *,
    where: str,
    fields: tuple[str, ...] = (),
) -> Figure:
    """What the user says of the figure.

    Args:
        algorithm: With the parameters of `add_words` and PERIOD.
        parameters: As filled in.
        context: Of the run.
        where: The table, for sentences.
        fields: Names of other parameters without which there is no figure.

    Raises:
        AtlasError: something that must be known is empty.
    """
    from ..atlas.core.joining.own_figures import Figure

    def text(name: str) -> str:
        return algorithm.parameterAsString(parameters, name, context).strip()

    missing = [name for name in (*fields, *_NEEDED) if not text(name)]
    if missing:
        raise AtlasError(
            "Van een eigen cijfer moet bekend zijn wat het is, van wanneer, uit welke bron en onder wie.",
            where=where,
            expected=", ".join(algorithm.parameterDefinition(name).description() for name in missing),
            hint="Vul deze velden in; zonder deze gegevens kan niemand het cijfer wegen.",
        )
    decimals, national = parameters.get("DECIMALS"), parameters.get("NATIONAL")
    return Figure(
        label=text("LABEL"),
        period=text("PERIOD"),
        source=text("SOURCE"),
        base=text("BASE"),
        caution=text("CAUTION"),
        direction=DIRECTIONS[algorithm.parameterAsEnum(parameters, "DIRECTION", context)],
        measure=MEASURES[algorithm.parameterAsEnum(parameters, "MEASURE", context)],
        denominator=text("DENOMINATOR"),
        decimals=None if decimals is None else algorithm.parameterAsInt(parameters, "DECIMALS", context),
        national=None if national is None else algorithm.parameterAsDouble(parameters, "NATIONAL", context),
    )
