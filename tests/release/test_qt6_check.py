"""The static check lets pass what runs under Qt 5 and Qt 6, and nothing else."""

from __future__ import annotations

import pytest
from release.plugin_zip import _PARTS
from release.qt6_check import _PACKAGED, check_folder, check_source

_QT = "from qgis.PyQt.QtCore import Qt\n"


@pytest.mark.parametrize(
    "source",
    [
        "import PyQt5",
        "from PyQt5.QtCore import Qt",
        "from PyQt6 import QtCore",
        "import sip",
        "from PySide6.QtCore import Qt",
        "import pandas",
        "import jinja2",
        "import atlas.core",
        "import buitengebied_atlas.atlas",
        "from osgeo import ogr",
        "import processing",
        "from ..atlas.geo.reading import x",
        "from ..atlas.web.atlas_map import AtlasMap",
        "from qgis.PyQt.QtCore import QVariant",
        "from qgis.PyQt.QtCore import QRegExp",
        "from qgis.PyQt.QtWidgets import QAction",
        "from qgis.PyQt.QtWebKitWidgets import QWebView",
        "from qgis.PyQt import QtWebKit",
        _QT + "x = Qt.UserRole",
        _QT + "f(Qt.AlignLeft | Qt.AlignmentFlag.AlignTop)",
        _QT + "f(Qt.AlignmentFlag.AlignTop | Qt.AlignLeft)",
        "from qgis.core import Qgis\nf(level=Qgis.Critical)",
        "from qgis.core import QgsProcessing\nx = [QgsProcessing.TypeVectorPolygon]",
        "from qgis.core import QgsWkbTypes\nif g == QgsWkbTypes.Point:\n    f()",
        "dialog.exec_()",
        "point = event.globalPos()",
        "box.activated[str].connect(f)",
        "from processing.gui.AlgorithmDialog import AlgorithmDialog",
        "def f():\n    from processing.gui.algorithm_widget import AlgorithmWidget",
        "def f():\n    from processing.gui.wrappers import WidgetWrapper",
        "def f():\n    import processing.tools.dataobjects",
        "from qgis.gui import QgsProcessingAlgorithmDialogBase",
        "from qgis.gui import QgsProcessingAlgorithmWidgetBase",
        "from qgis import gui\nx = gui.QgsProcessingAlgorithmWidget",
        "p.setMetadata({'widget_wrapper': {'class': X}})",
        "class A:\n    def createCustomParametersWidget(self, parent): ...",
        "def f():\n    processing.execAlgorithmDialog('a:b')",
        "def f(self):\n    self.d = processing.createAlgorithmDialog('a:b')\ndef g(self):\n    self.d.exec()",
        "def f():\n    processing.createAlgorithmDialog('a:b').exec()",
        "def f():\n    d = processing.createAlgorithmDialog('a:b')\n    d.setAttribute(Qt.WA.WA_X)",
        "def f():\n    d = processing.createAlgorithmDialog('a:b')\n    d.setModal(False)",
        "def f():\n    d = processing.createAlgorithmDialog('a:b')\n    d.algorithmFinished.connect(g)",
        "x = label.fontMetrics().width('text')",
    ],
)
def test_what_breaks_is_found(source):
    assert check_source(source)


@pytest.mark.parametrize(
    "source",
    [
        "from __future__ import annotations\nimport json\nimport numpy",
        "from qgis.core import Qgis, QgsProcessing as P\nf(Qgis.MessageLevel.Critical, P.TEMPORARY_OUTPUT)",
        _QT + "x = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop",
        "from qgis.core import QgsVectorFileWriter\nx = QgsVectorFileWriter.SaveVectorOptions()",
        "from qgis.core import QgsApplication\nx = QgsApplication.processingRegistry()",
        "def f():\n    from osgeo import ogr\n    import processing",
        "from ..atlas.core.areas import resolve\nfrom .atlas.web.page.document import page",
        "from qgis.PyQt.QtGui import QAction, QRegularExpressionValidator",
        "dialog.exec()\nsize = widget.width()",
        "def f():\n    d = processing.createAlgorithmDialog('a:b')\n    d.show()\n    d.close()",
        "def f(e):\n    d = processing.createAlgorithmDialog('a:b')\n    e.exec()",
        "completer.activated[str].connect(f)",
        "from qgis.core import Qgis\ndef f(x: Qgis.WkbType | None) -> tuple[int, Qgis.WkbType]: ...",
        "from qgis.core import Qgis\nx: dict[str, Qgis.WkbType] = {}",
    ],
)
def test_what_runs_everywhere_passes(source):
    assert check_source(source) == []


def test_compiled_resources_are_found(tmp_path):
    (tmp_path / "resources_rc.py").write_text("", encoding="utf-8")
    (tmp_path / "resources_of_a_page.py").write_text("", encoding="utf-8")
    (line,) = check_folder(tmp_path)
    assert "resources_rc.py" in line


def test_the_check_and_the_zip_agree_on_what_of_the_atlas_is_packaged():
    packaged = {
        place.removeprefix("atlas/").replace("/", ".")
        for place in _PARTS.values()
        if place.startswith("atlas/")
    }
    assert packaged - {"__init__.py"} == set(_PACKAGED)
