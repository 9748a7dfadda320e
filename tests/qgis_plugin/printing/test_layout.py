"""The layout itself: what no reader of the PDF can see."""

from __future__ import annotations

import pytest
from qgis.core import QgsProject


@pytest.fixture
def layout_of(qgis_app):
    from buitengebied_atlas.figures import level_of, published
    from buitengebied_atlas.printing.layout import make_layout
    from buitengebied_atlas.printing.page_layers import page_layers
    from buitengebied_atlas.printing.pages import edition_variables, municipality_pages

    projects = []

    def make(indicator, view):
        payload = published()
        codes = [area["code"] for area in level_of(payload, "gemeente")["areas"]]
        pages = municipality_pages(payload, view, codes)
        layers = page_layers(payload, indicator, view, pages)
        project = QgsProject()
        projects.append(project)
        project.addMapLayers(list(layers.all()))
        return make_layout(project, layers, edition_variables(payload, indicator, view))

    yield make
    for project in projects:
        project.clear()


def test_every_text_has_room_in_a_type_that_can_be_read(layout_of):
    """The smallest size is kept for figures that are not there yet: none of ours needs it."""
    from buitengebied_atlas.figures import mapped_indicators, published

    for indicator in mapped_indicators(published()):
        for view in indicator["views"]:
            layout = layout_of(indicator, view)
            sizes = {
                name: layout.itemById(name).textFormat().size()
                for name in ("cijfer", "tekst_links", "tekst_midden", "tekst_rechts")
            }
            assert min(sizes.values()) > 6, (indicator["id"], sizes)


def test_the_template_names_no_folder_of_its_maker(plugin_root):
    text = (plugin_root / "buitengebied_atlas" / "styles" / "atlas_gemeente.qpt").read_text(encoding="utf-8")
    assert not any(trace in text for trace in ("/home", "/root", "/tmp", "/work", ":\\", "file:"))
