"""The dots in the table of the dock are measured from zero, as those of the page are."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QColor, QImage, QPainter
from qgis.PyQt.QtWidgets import QTableView

WIDTH, HEIGHT, MIDDLE = 400, 21, 10
INK = QColor("#000000")


@pytest.fixture
def view(plugin):
    from buitengebied_atlas.figures import find_view, published

    content = published()
    _indicator, found = find_view(content, content["opening"]["indicator"], "surveyregio")
    return found


@pytest.fixture
def where(plugin, view):
    """The middle of a drawn dot, as a share of the cell's width."""
    from buitengebied_atlas.gui.interval_plot import IntervalPlot

    table = QTableView()
    plot = IntervalPlot(table)
    plot.show(view)

    def drawn(figure):
        image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        image.fill(QColor("#ffffff"))
        painter = QPainter(image)
        value = {"value": figure, "low": None, "high": None, "status": "indicatief", "class": None}
        plot._draw(painter, QRectF(0, 0, WIDTH, HEIGHT), value, INK)
        painter.end()
        dark = [x for x in range(WIDTH) if QColor(image.pixel(x, MIDDLE)).lightness() < 100]
        return (min(dark) + max(dark) + 1) / 2 / WIDTH

    yield drawn
    table.deleteLater()


def test_a_dot_twice_as_far_from_the_left_is_twice_as_much(where, view):
    top = view["axis"]["max"]
    assert view["axis"]["min"] == 0
    assert where(top / 4) == pytest.approx(1 / 4, abs=0.01)
    assert where(top / 2) == pytest.approx(1 / 2, abs=0.01)
