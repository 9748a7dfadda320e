"""Every algorithm and every parameter is explained, in both languages, by the names that the dialog uses."""

import re
from html import unescape

import pytest
from qgis.core import QgsApplication


@pytest.fixture(params=["nl", "en"])
def language(request):
    application = QgsApplication.instance()
    before = application.translation()
    application.setTranslation(request.param)
    yield request.param
    application.setTranslation(before)


def test_every_algorithm_explains_itself_and_all_of_its_parameters(provider, language):
    from buitengebied_atlas.language import help_file
    from buitengebied_atlas.provider.algorithm import parameter_help

    for known in provider.algorithms():
        algorithm = known.create()
        explained = parameter_help(str(help_file(algorithm.name())))
        names = {definition.name() for definition in algorithm.parameterDefinitions()}
        assert set(explained) == names, algorithm.name()
        text = unescape(re.sub(r"<[^>]+>", "", algorithm.shortHelpString()))
        for definition in algorithm.parameterDefinitions():
            assert definition.help() == explained[definition.name()]
            assert f"{definition.description()}: {definition.help()}" in text
        assert algorithm.tags()
        assert algorithm.group()
        assert not algorithm.icon().isNull()


def test_no_mark_of_the_help_files_is_left_in_what_is_shown(provider, language):
    for known in provider.algorithms():
        shown = known.create().shortHelpString()
        assert not re.search(r"##|`|\*\*|^- ", shown, re.MULTILINE)


def test_no_help_uses_what_qgis_colours_for_a_light_theme_only(provider):
    """QGIS gives `b` a dark grey, which is not to be read on the dark ground of Night Mapping."""
    for algorithm in provider.algorithms():
        assert "<b>" not in algorithm.shortHelpString()
