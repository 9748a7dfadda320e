"""How the dossier looks on the map: signs by conclusion and by status, labels, and what the mouse tells."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from qgis.core import (
    Qgis,
    QgsFontMarkerSymbolLayer,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsSimpleMarkerSymbolLayer,
    QgsSvgMarkerSymbolLayer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

from ..atlas.core.counts.object_symbols import sign, symbols
from ..atlas.core.schema.rural import working_layer
from ..atlas.core.words.layer_names import OBJECTS, SIGNALS, YARDS
from ..layers.drawing_rules import drawing_rule, rule_renderer

if TYPE_CHECKING:
    from qgis.core import QgsMarkerSymbolLayer, QgsRuleBasedRenderer, QgsVectorLayer

    from ..atlas.core.schema.published import Field
    from ..atlas.core.schema.working import WorkingLayer

#: field of leegstand_object -> the name of the style that draws it
STYLES = {"conclusie": "Conclusie", "status": "Status"}
SIGN_MM = 4.0
_LABELS_BELOW = 25_000
#: one of these is on every machine; a typeface that QGIS can fetch ("Open Sans") is asked of the network
_TYPEFACES = ("Arial", "Liberation Sans", "Helvetica Neue", "DejaVu Sans")
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-0.6 -0.6 17.2 17.2">'
    '<path d="{path}" fill="param(fill)" stroke="param(outline)" stroke-width="param(outline-width)"/></svg>'
)
_YARD, _SIGNAL, _INK = "#8a6d3b", "#6c2d75", "#17232d"
#: each next phase of a signal is darker, and has its number
_PHASES = {
    "intake": "#ffffff", "weging": "#e6d3ea", "broncheck": "#b98cc2", "plan": "#6c2d75",
    "geen_verder_onderzoek": "#e3e3e3", "overgedragen": "#b9b9b9", "afgesloten": "#8c8c8c",
}  # fmt: skip
_TIPS = {
    OBJECTS: (
        "conclusie", "betrouwbaarheid", "redenen", "status", "prioriteit", "soort", "gebruiksklasse",
    ),
    YARDS: ("buitengebied", "afstand_woning_m", "afstand_kern_m", "percentiel_gemeente"),
    SIGNALS: ("categorie", "fase", "weging", "peildatum"),
}  # fmt: skip


def set_styles(layer: QgsVectorLayer, described: WorkingLayer) -> None:
    """Give a layer its signs, labels and map tip; the objects have a style for each of `STYLES`.

    A style holds the form as well, so the form comes first.
    """
    if described.geometry is None:
        return
    layer.setMapTipTemplate(map_tip(described))
    layer.setMapTipsEnabled(True)
    if described.name != OBJECTS:
        layer.setRenderer(_yards(described) if described.name == YARDS else _signals())
        return
    _label(layer)
    styles = layer.styleManager()
    first, *others = STYLES.items()
    styles.renameStyle(styles.currentStyle(), first[1])
    for field, name in (*others, first):
        if name not in styles.styles():
            styles.addStyleFromLayer(name)
        styles.setCurrentStyle(name)
        layer.setRenderer(by_code(described, field))


def object_symbol(field: str, code: str, size_mm: float = SIGN_MM) -> QgsMarkerSymbol:
    """The sign of a code of `conclusie` or `status`, the same as on the page; it needs no file."""
    drawn = sign(field, code)
    picture = base64.b64encode(_SVG.format(path=drawn.path).encode()).decode()
    layer = QgsSvgMarkerSymbolLayer(f"base64:{picture}", size_mm)
    layer.setColor(QColor(drawn.fill))
    layer.setStrokeColor(QColor(drawn.outline))
    layer.setStrokeWidth(0.3)
    return _drawn_with(layer)


def _drawn_with(*layers: QgsMarkerSymbolLayer) -> QgsMarkerSymbol:
    symbol = QgsMarkerSymbol()
    symbol.deleteSymbolLayer(0)
    for layer in layers:  # a list of them is not handed over: Python would free what QGIS still draws with
        symbol.appendSymbolLayer(layer)
    return symbol


def by_code(described: WorkingLayer, name: str) -> QgsRuleBasedRenderer:
    """One rule for each code of a field of the objects, and one for what is not in the list."""
    field = described.field(name)
    labels = {code.value: code.label for code in field.codes.codes}
    rules = [
        drawing_rule(object_symbol(name, code), f"\"{name}\" = '{code}'", labels[code], f"{name}-{code}")
        for code in symbols()["signs"][name]
    ]
    rest = drawing_rule(object_symbol(name, ""), "ELSE", "Niet ingevuld", f"{name}-anders")
    return rule_renderer([*rules, rest])


def map_tip(described: WorkingLayer) -> str:
    """The map tip: what the record is, and its fields that say most, without those that are empty."""
    lines = []
    for name in _TIPS[described.name]:
        field = described.field(name)
        lines.append(f"[% if({_filled(field)}, '<br><b>{field.alias}:</b> ' || {_shown(field)}, '') %]")
    return f"<b>[% {_escaped('@layer_name')} %]: [% {_escaped('display_expression()')} %]</b>{''.join(lines)}"


def _filled(field: Field) -> str:
    return f"coalesce(to_string(\"{field.name}\"), '') <> ''"


def _shown(field: Field) -> str:
    name = f'"{field.name}"'
    if field.codes is not None:
        return _escaped(f"represent_value({name})")
    if field.format == "date":
        return f"format_date({name}, 'd MMMM yyyy', 'nl')"
    if field.type != "text":
        return f"format_number({name}, 0, 'nl') || '{' ' + field.unit if field.unit else ''}'"
    return f"replace({_escaped(name)}, '\\n', '<br>')"


def _escaped(expression: str) -> str:
    """Text inside HTML: what a user typed is never markup."""
    return f"replace(replace({expression}, '&', '&amp;'), '<', '&lt;')"


def map_text(size: float, colour: str) -> QgsTextFormat:
    """Text in a typeface that every machine has: else QGIS complains to all who open the project."""
    text = QgsTextFormat()
    font = text.font()
    font.setFamily(_TYPEFACES[0])
    text.setFont(font)
    text.setFamilies(list(_TYPEFACES))
    text.setSize(size)
    text.setColor(QColor(colour))
    return text


def _label(layer: QgsVectorLayer) -> None:
    """The address beside the sign, when one is near enough to read it."""
    text = map_text(8, _INK)
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.8)
    halo.setColor(QColor("#ffffff"))
    text.setBuffer(halo)
    settings = QgsPalLayerSettings()
    settings.setFormat(text)
    settings.fieldName = "regexp_replace(coalesce(\"adres\", ''), ',.*$', '')"
    settings.isExpression = True
    settings.placement = Qgis.LabelPlacement.OrderedPositionsAroundPoint
    settings.dist = 0.4
    settings.offsetType = Qgis.LabelOffsetType.FromSymbolBounds
    settings.scaleVisibility = True
    settings.minimumScale = _LABELS_BELOW
    settings.maximumScale = 0
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def _yards(described: WorkingLayer) -> QgsRuleBasedRenderer:
    """A small house: a yard is a place, and says nothing about vacancy."""
    marker = QgsSimpleMarkerSymbolLayer(Qgis.MarkerShape.Pentagon, 2.6)
    marker.setColor(QColor("#ffffff"))
    marker.setStrokeColor(QColor(_YARD))
    marker.setStrokeWidth(0.5)
    return rule_renderer([drawing_rule(_drawn_with(marker), "", described.alias, "erf")])


def _signals() -> QgsRuleBasedRenderer:
    """A hexagon with the number of the phase."""
    rules = []
    for phase in working_layer(SIGNALS).field("fase").codes.codes:
        hexagon = QgsSimpleMarkerSymbolLayer(Qgis.MarkerShape.Hexagon, 4.2)
        hexagon.setColor(QColor(_PHASES[phase.value]))
        hexagon.setStrokeColor(QColor(_SIGNAL))
        hexagon.setStrokeWidth(0.4)
        number = QgsFontMarkerSymbolLayer("Liberation Sans", phase.label[0], 2.8)
        number.setColor(QColor("#ffffff" if phase.value == "plan" else _INK))
        symbol = _drawn_with(hexagon, number)
        rules.append(drawing_rule(symbol, f"\"fase\" = '{phase.value}'", phase.label, f"fase-{phase.value}"))
    return rule_renderer(rules)
