"""The plugin speaks the language that QGIS was started in."""

import pytest
from qgis.core import QgsApplication


@pytest.mark.parametrize(
    ("started_in", "spoken"), [("nl", "nl"), ("nl_NL", "nl"), ("en_US", "en"), ("de", "en"), ("fy", "en")]
)
def test_the_language_is_that_of_qgis(plugin, started_in, spoken):
    from buitengebied_atlas.language import help_file, language

    before = QgsApplication.instance().translation()
    QgsApplication.instance().setTranslation(started_in)
    try:
        assert language() == spoken
        assert help_file("choropleth").name == f"choropleth_{spoken}.md"
    finally:
        QgsApplication.instance().setTranslation(before)
