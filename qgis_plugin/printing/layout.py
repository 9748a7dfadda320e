"""The layout: the template `styles/atlas_gemeente.qpt`, filled with the layers and texts of an edition."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from qgis.core import (
    Qgis,
    QgsExpressionContextUtils,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsPrintLayout,
    QgsReadWriteContext,
    QgsRenderContext,
    QgsTextRenderer,
)
from qgis.PyQt.QtGui import QImage, QPainter
from qgis.PyQt.QtXml import QDomDocument

from ..atlas.core.files.embedded import embedded_path
from ..atlas.core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer

    from .page_layers import PageLayers

LAYOUT_NAME = "Atlas per gemeente"
_TEMPLATE = ("styles", "atlas_gemeente.qpt")
_MAP, _LOCATION, _LEGEND = "kaart", "ligging", "legenda"
_TITLE = "cijfer"
_TEXTS = ("tekst_links", "tekst_midden", "tekst_rechts")
#: the remarks on the area of a page stand below this one
_WITH_REMARKS = "tekst_midden"
#: sizes of the texts in points, tried one after another; they are of one size
_TEXT_SIZES = (7.2, 6.9, 6.6, 6.3, 6.0, 5.7, 5.4)
#: type in points, and millimetres between the lines, of a legend that explains objects too; tried in turn
_TIGHT = ((6.0, 0.8), (5.6, 0.5), (5.2, 0.3), (4.8, 0.1))
_TITLE_SIZES = (12.5, 11.5, 10.5, 9.5)
#: how finely text is measured
_DOTS_PER_MM = 12


def make_layout(
    project: QgsProject,
    layers: PageLayers,
    variables: Mapping[str, object],
    *,
    objects: QgsVectorLayer | None = None,
) -> QgsPrintLayout:
    """The layout with an atlas along the pages. It is not added to the project; its layers must be in it.

    Args:
        project: That holds the layers.
        layers: What is drawn.
        variables: Of the layout, see `pages.edition_variables`.
        objects: Drawn on top of the map, with its own entries in the legend.

    Raises:
        AtlasError: the template is not as this version of the plugin knows it, or QGIS can't read it.
    """
    layout = QgsPrintLayout(project)
    document = QDomDocument()
    document.setContent(embedded_path(*_TEMPLATE).read_text(encoding="utf-8"))
    _items, read = layout.loadFromTemplate(document, QgsReadWriteContext())
    names = (_MAP, _LOCATION, _LEGEND, _TITLE, *_TEXTS)
    missing = [name for name in names if layout.itemById(name) is None]
    if not read or missing:
        raise AtlasError(
            "De opmaak van de atlas is niet leesbaar.", where=_TEMPLATE[-1], got=", ".join(missing),
            hint="Installeer de plugin opnieuw.",
        )  # fmt: skip
    layout.setName(LAYOUT_NAME)
    for name, value in variables.items():
        QgsExpressionContextUtils.setLayoutVariable(layout, name, value)
    _bind(layout, layers, [objects] if objects else [])
    remarks = {str(feature["opmerking"] or "") for feature in layers.pages.getFeatures()}
    texts = {name: [str(variables[f"atlas_{name}"])] for name in (_TITLE, *_TEXTS)}
    texts[_WITH_REMARKS] = [texts[_WITH_REMARKS][0] + remark for remark in remarks]
    _fit(layout, {_TITLE: texts.pop(_TITLE)}, _TITLE_SIZES)
    _fit(layout, texts, _TEXT_SIZES)
    return layout


def _bind(layout: QgsPrintLayout, layers: PageLayers, on_top: Sequence[QgsMapLayer]) -> None:
    atlas = layout.atlas()
    atlas.setEnabled(True)
    atlas.setCoverageLayer(layers.pages)
    atlas.setSortFeatures(False)
    layout.itemById(_MAP).setKeepLayerSet(True)
    layout.itemById(_MAP).setLayers([*on_top, layers.pages, layers.municipalities, layers.figures])
    layout.itemById(_LOCATION).setKeepLayerSet(True)
    layout.itemById(_LOCATION).setLayers([layers.location, layers.municipalities])
    legend = layout.itemById(_LEGEND)
    legend.setAutoUpdateModel(False)  # gives it a tree of its own
    tree = legend.model().rootGroup()
    tree.removeAllChildren()
    for layer in (*on_top, layers.figures, layers.pages, layers.municipalities):
        tree.addLayer(layer).setCustomProperty("legend/title-style", "hidden")
    legend.setLinkedMap(layout.itemById(_MAP))
    if on_top:
        _tighten(legend)


def _tighten(legend: QgsLayoutItemLegend) -> None:
    """Set a legend that explains the objects as well in the largest type in which it has room."""
    for size, gap_mm in _TIGHT:
        label = legend.style(QgsLegendStyle.Style.SymbolLabel)
        text_format = label.textFormat()
        text_format.setSize(size)
        label.setTextFormat(text_format)
        legend.setStyle(QgsLegendStyle.Style.SymbolLabel, label)
        symbol = legend.style(QgsLegendStyle.Style.Symbol)
        symbol.setMargin(QgsLegendStyle.Side.Top, gap_mm)
        legend.setStyle(QgsLegendStyle.Style.Symbol, symbol)
        if legend_height_mm(legend) <= legend.rect().height():
            break


def legend_height_mm(legend: QgsLayoutItemLegend) -> float:
    """How high a legend is drawn, whatever the room that it was given."""
    renderer = QgsLegendRenderer(legend.model(), legend.legendSettings())
    with _measuring() as context:
        return float(renderer.minimumSize(context).height())


def _fit(layout: QgsPrintLayout, texts: Mapping[str, Iterable[str]], sizes: Iterable[float]) -> None:
    """Set labels in the largest type in which there is room for `texts`: id -> what any page has there."""
    labels = [layout.itemById(name) for name in texts]
    with _measuring() as context:
        for size in sizes:
            for label in labels:
                text_format = label.textFormat()
                text_format.setSize(size)
                label.setTextFormat(text_format)
            if all(_fits(context, label, text) for label in labels for text in texts[label.id()]):
                break


@contextmanager
def _measuring() -> Iterator[QgsRenderContext]:
    """Text is measured with a painter, as it is when it is drawn."""
    image = QImage(8, 8, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDotsPerMeterX(_DOTS_PER_MM * 1000)
    image.setDotsPerMeterY(_DOTS_PER_MM * 1000)
    painter = QPainter(image)
    yield QgsRenderContext.fromQPainter(painter)
    painter.end()


def _fits(context: QgsRenderContext, label: QgsLayoutItemLabel, text: str) -> bool:
    height = QgsTextRenderer.textHeight(
        context,
        label.textFormat(),
        [text],
        Qgis.TextLayoutMode.Rectangle,
        None,
        Qgis.TextRendererFlag.WrapLines,
        label.rect().width() * _DOTS_PER_MM,
    )
    return bool(height <= label.rect().height() * _DOTS_PER_MM)
