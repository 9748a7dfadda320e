"""The choice of a published figure: by its place in the list, its id or its label, wherever it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsProcessingParameterEnum

from ..atlas.core.words.errors import AtlasError
from ..figures import find_indicator, mapped_indicators, mapped_labels, published
from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

NAME = "INDICATOR"


def figure_parameter(*, optional: bool = False) -> QgsProcessingParameterEnum:
    """The parameter. It holds a place: QGIS takes a comma in a text of an enum for the start of another."""
    return QgsProcessingParameterEnum(NAME, tr("Published figure"), mapped_labels(), optional=optional)


def with_figure_as_place(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters as QGIS can check them: the place of a figure that a script or model names in words.

    Raises:
        AtlasError: no figure has this id or label.
    """
    wanted = parameters.get(NAME)
    if not isinstance(wanted, str) or wanted.isdecimal():
        return dict(parameters)
    if not wanted:
        return {**parameters, NAME: None}
    return {**parameters, NAME: mapped_indicators(published()).index(find_indicator(published(), wanted))}


def chosen_figure(place: int) -> str:
    """The id of the figure at a place of the list.

    Raises:
        AtlasError: the list is shorter.
    """
    indicators = mapped_indicators(published())
    if not 0 <= place < len(indicators):
        raise AtlasError(
            "Dit cijfer staat niet in de lijst.",
            got=str(place),
            expected=f"een nummer van 0 tot en met {len(indicators) - 1}, of de naam van het cijfer",
        )
    return str(indicators[place]["id"])
