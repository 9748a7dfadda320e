"""The layers that the pages are drawn from: the figures, the municipalities, and the pages themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsExpression,
    QgsField,
    QgsFields,
    QgsFillSymbol,
    QgsPalLayerSettings,
    QgsSingleSymbolRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QMetaType
from qgis.PyQt.QtGui import QColor, QFont

from ..atlas.core.areas.crs import RD
from ..atlas.gpkg.published_layers import map_sheet
from ..figures import level_of
from ..layers.areas import apply_style, features, qgis_fields, shapes_in_rd
from ..layers.drawing_rules import drawing_rule, rule_renderer
from .pages import LEGEND_BREAK, ROWS, legend_labels, state_counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qgis.core import QgsFeature

    from .pages import MunicipalityPage

_INK, _SOFT, _WHITE = "#1c2733", "#55606c", "#ffffff"
#: families of the template, so that map and page speak with one voice
FONTS = ("Arial", "Liberation Sans", "Helvetica", "DejaVu Sans")
_THIS_PAGE = "\"code\" = attribute(@atlas_feature, 'code')"
_ROW_TEXTS, _ROW_NUMBERS = ("naam", "cijfer", "interval", "n"), ("waarde", "laag", "hoog")
_ROW_PARTS = (*_ROW_TEXTS, *_ROW_NUMBERS)
_ROW_FIELDS = {
    parts: tuple(f"rij{row}_{part}" for row in range(1, ROWS + 1) for part in parts)
    for parts in (_ROW_TEXTS, _ROW_NUMBERS)
}
_PAGE_TEXTS = ("code", "gemeente", "kop", "toelichting", "opmerking", *_ROW_FIELDS[_ROW_TEXTS])
_PAGE_NUMBERS = _ROW_FIELDS[_ROW_NUMBERS]


@dataclass(frozen=True)
class PageLayers:
    """What the layout draws; `pages` is what the atlas walks along, in the order of its pages."""

    figures: QgsVectorLayer
    municipalities: QgsVectorLayer
    pages: QgsVectorLayer
    location: QgsVectorLayer

    def all(self) -> tuple[QgsVectorLayer, ...]:
        """Every layer, from the top of the map to its ground."""
        return self.location, self.pages, self.municipalities, self.figures


def page_layers(
    payload: Mapping[str, Any],
    indicator: Mapping[str, Any],
    view: Mapping[str, Any],
    pages: Sequence[MunicipalityPage],
) -> PageLayers:
    """Make the layers, in memory and styled, in EPSG:28992."""
    municipalities = level_of(payload, "gemeente")
    shapes, _areas = shapes_in_rd(municipalities)
    borders, areas = _fields(("code", "naam"), ()), municipalities["areas"]
    rows = [{"code": area["code"], "naam": area["name"]} for area in areas]
    described, places = _fields(_PAGE_TEXTS, _PAGE_NUMBERS), [shapes[page.code] for page in pages]
    layers = PageLayers(
        _figures_layer(payload, indicator, view),
        _layer("Gemeentegrens", borders, features(borders, rows, [shapes[area["code"]] for area in areas])),
        _layer("Bladen", described, features(described, map(_page_row, pages), places)),
        _layer("Ligging", described, features(described, map(_page_row, pages), places)),
    )
    _style_municipalities(layers.municipalities, outside=view["level"] != "gemeente")
    around, line = _outline(1.9, _WHITE), _outline(0.9, _INK)
    around.appendSymbolLayer(line.symbolLayer(0).clone())
    layers.pages.setRenderer(rule_renderer([drawing_rule(around, _THIS_PAGE, "Gemeente van dit blad")]))
    filled = QgsFillSymbol.createSimple({"color": _INK, "outline_color": _INK, "outline_width": "0.3"})
    layers.location.setRenderer(rule_renderer([drawing_rule(filled, _THIS_PAGE)]))
    return layers


def _figures_layer(
    payload: Mapping[str, Any], indicator: Mapping[str, Any], view: Mapping[str, Any]
) -> QgsVectorLayer:
    """The areas in which the figure was measured, drawn and with a legend as everywhere in the atlas."""
    sheet = map_sheet(payload, indicator, view, shapes_in_rd(level_of(payload, view["level"]))[0])
    fields = qgis_fields(sheet.fields)
    layer = _layer(sheet.title, fields, features(fields, sheet.rows, sheet.geometries))
    apply_style(layer, sheet.style)
    labels = {**legend_labels(indicator, view), **state_counts(payload, view)}
    root = layer.renderer().rootRule()
    for rule in root.children():
        if rule.symbol() is None:  # a note: the page has it in its texts
            root.removeChild(rule)
        else:
            broken = rule.label().replace(": ", f":{LEGEND_BREAK}")
            rule.setLabel(labels.get(rule.label(), broken))
    label = QgsPalLayerSettings()
    what = level_of(payload, view["level"])["label"].lower()
    figure = "if(\"waarde\" is null, '', '\\n' || \"tekst\")"
    label.fieldName = f"{QgsExpression.quotedString(what)} || '\\n' || \"naam\" || {figure}"
    label.isExpression = True
    label.setFormat(_text(8.5, _INK, bold=True))
    label.placement = Qgis.LabelPlacement.Horizontal
    label.priority = 9
    layer.setLabeling(QgsVectorLayerSimpleLabeling(label))
    layer.setLabelsEnabled(True)
    return layer


def _style_municipalities(layer: QgsVectorLayer, *, outside: bool) -> None:
    layer.setRenderer(QgsSingleSymbolRenderer(_outline(0.2 if outside else 0.26, _SOFT)))
    if not outside:
        return
    label = QgsPalLayerSettings()
    label.fieldName = "naam"
    label.setFormat(_text(7.4, _INK))
    label.placement = Qgis.LabelPlacement.Horizontal
    label.priority = 3
    layer.setLabeling(QgsVectorLayerSimpleLabeling(label))
    layer.setLabelsEnabled(True)


def _text(size: float, colour: str, *, bold: bool = False) -> QgsTextFormat:
    font = QFont(FONTS[0])
    font.setBold(bold)
    text = QgsTextFormat()
    text.setFont(font)
    text.setFamilies(list(FONTS))
    text.setSize(size)
    text.setColor(QColor(colour))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.7)
    halo.setColor(QColor(_WHITE))
    text.setBuffer(halo)
    return text


def _outline(width_mm: float, colour: str) -> QgsFillSymbol:
    return QgsFillSymbol.createSimple(
        {"style": "no", "outline_color": colour, "outline_width": str(width_mm), "joinstyle": "round"}
    )


def _page_row(page: MunicipalityPage) -> dict[str, object]:
    row: dict[str, object] = {
        "code": page.code,
        "gemeente": page.name,
        "kop": page.heading,
        "toelichting": page.explanation,
        "opmerking": page.remarks,
    }
    for number, line in enumerate(page.rows, start=1):
        cells = (line.name, line.figure, line.interval, line.n, line.value, line.low, line.high)
        row.update({f"rij{number}_{part}": cell for part, cell in zip(_ROW_PARTS, cells, strict=True)})
    return row


def _fields(texts: Sequence[str], numbers: Sequence[str]) -> QgsFields:
    fields = QgsFields()
    for name in texts:
        fields.append(QgsField(name, QMetaType.Type.QString))
    for name in numbers:
        fields.append(QgsField(name, QMetaType.Type.Double))
    return fields


def _layer(name: str, fields: QgsFields, made: Iterable[QgsFeature]) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"MultiPolygon?crs={RD}", name, "memory")
    layer.dataProvider().addAttributes(list(fields))
    layer.updateFields()
    layer.dataProvider().addFeatures(list(made))
    layer.updateExtents()
    return layer
