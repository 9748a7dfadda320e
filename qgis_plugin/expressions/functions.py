"""Expression functions: the published figures by name, in fields, labels and layouts.

They read the figures that the plugin carries; an area is a code or a name as people write it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsExpression, QgsExpressionFunction

from ..atlas.core.areas.divisions import areas
from ..atlas.core.areas.resolution import CORRECTED
from ..atlas.core.areas.resolving import resolve
from ..atlas.core.words.errors import AtlasError
from ..controls import told
from ..figures import find_view, mapped_indicators, published
from ..language import help_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from qgis.core import QgsExpressionContext, QgsExpressionNodeFunction

    from ..atlas.core.areas.divisions import Area

GROUP = "Buitengebied Atlas"


def area_code(text: object) -> str:
    """The code of the area that a text means.

    Raises:
        AtlasError: no area, or more than one.
    """
    return _area(text, None).code


def value(indicator: str, text: object, period: str = "") -> float | None:
    """The figure of an area; None when it is not known or may not be shown.

    Raises:
        AtlasError: no such figure, area or period.
    """
    return _entry(indicator, text, period)[1]["value"]


def interval(indicator: str, text: object, period: str = "") -> str:
    """The 95% interval of that figure as text, "" when there is none; raises as `value` does."""
    return str(_entry(indicator, text, period)[1]["interval_text"])


def class_label(indicator: str, text: object, period: str = "") -> str:
    """The class of that figure as the legend names it, or why it has none; raises as `value` does."""
    view, entry = _entry(indicator, text, period)
    if entry["class"] is not None:
        return str(view["legend"]["classes"][entry["class"]]["label"])
    return next(str(state["label"]) for state in published()["states"] if state["status"] == entry["status"])


def _entry(indicator: str, text: object, period: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The view of a figure that has this area, and the area's entry in it."""
    payload = published()
    measured = [
        view["level"]
        for known in mapped_indicators(payload)
        if indicator in (known["id"], known["label"])
        for view in known["views"]
    ]
    if not measured:
        find_view(payload, indicator)  # says what figures there are
    wanted = _area(text, measured)
    _, view = find_view(payload, indicator, wanted.level, period)
    return view, view["values"][wanted.code]


def _area(text: object, measured: Sequence[str] | None) -> Area:
    """The area of a text; when the text may be of several levels, the one level at which it was measured."""
    found = resolve(text)
    if measured is not None and (found.area is None or found.area.level not in measured):
        others = [resolve(text, level) for level in dict.fromkeys(measured)]
        sure = [other for other in others if other.area is not None]
        found = sure[0] if len(sure) == 1 else found
    if found.area is None or found.reason == CORRECTED:
        raise AtlasError(
            "Dit gebied is niet te herkennen.",
            got=str(text),
            detail=found.explanation,
            hint=f"Geef een naam of een code, zoals {areas('gemeente')[0].code}.",
        )
    return found.area


class _AtlasFunction(QgsExpressionFunction):
    """A function of this module as QGIS calls it; a mistake becomes an evaluation error with its sentence."""

    def __init__(
        self, name: str, function: Callable[..., Any], parameters: Sequence[tuple[str, bool]]
    ) -> None:
        described = [QgsExpressionFunction.Parameter(label, optional) for label, optional in parameters]
        super().__init__(name, described, GROUP, help_file(name).read_text(encoding="utf-8"))
        self._function = function

    def func(
        self,
        values: Sequence[Any],
        context: QgsExpressionContext,
        parent: QgsExpression,
        node: QgsExpressionNodeFunction,
    ) -> Any:  # noqa: ANN401 - whatever the function gives
        given = [_plain(cell) for cell in values]
        if any(cell is None for cell in given[:2]):  # as QGIS's own functions do: NULL gives NULL
            return None
        try:
            return self._function(*("" if cell is None else cell for cell in given))
        except AtlasError as error:
            parent.setEvalErrorString(told(error))
            return None


def _plain(cell: object) -> object:
    return cell if isinstance(cell, str | int | float) else None


#: those that QGIS knows now; it keeps no reference of its own
_registered: list[_AtlasFunction] = []


def register() -> None:
    """Make the functions known to QGIS; does nothing when they are."""
    if _registered:
        return
    figure = (("indicator", False), ("gebied", False), ("periode", True))
    for name, function, parameters in (
        ("atlas_waarde", value, figure),
        ("atlas_interval", interval, figure),
        ("atlas_klasse", class_label, figure),
        ("atlas_gebied", area_code, (("tekst", False),)),
    ):
        made = _AtlasFunction(name, function, parameters)
        QgsExpression.registerFunction(made)
        _registered.append(made)


def unregister() -> None:
    """Take the functions away."""
    for made in _registered:
        QgsExpression.unregisterFunction(made.name())
    _registered.clear()
