"""The expression functions: values, mistakes, help in two languages, and no trace when they are gone."""

from __future__ import annotations

import pytest
from qgis.core import QgsExpression, QgsExpressionContext

NAMES = ("atlas_waarde", "atlas_interval", "atlas_klasse", "atlas_gebied")
CONCERN = "zorgen_georganiseerde_criminaliteit_buurt"


@pytest.fixture
def functions(plugin):
    from buitengebied_atlas.expressions import functions

    functions.register()
    return functions


def evaluated(text):
    expression = QgsExpression(text)
    assert not expression.hasParserError(), expression.parserErrorString()
    value = expression.evaluate(QgsExpressionContext())
    return value, expression.evalErrorString()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"atlas_waarde('{CONCERN}', 'Drenthe')", 23.0),
        (f"atlas_waarde('{CONCERN}', 'PV22', '2025-11')", 23.0),
        (f"atlas_waarde('{CONCERN}', 'SR08')", 30.0),
        (f"atlas_interval('{CONCERN}', 'PV22')", "20–26%"),
        (f"atlas_klasse('{CONCERN}', 'SR08')", "27 – 30%"),
        ("atlas_interval('rapportcijfer_veiligheid_buurt', 'Groningen')", ""),
        ("atlas_gebied('gem. Assen')", "GM0106"),
        ("atlas_gebied('Delfzijl')", "GM1979"),
        ("atlas_gebied(14)", "GM0014"),
        (f"atlas_waarde('{CONCERN}', NULL)", None),
    ],
)
def test_a_figure_is_found_by_code_or_name(functions, text, wanted):
    value, error = evaluated(text)
    assert error == ""
    assert value == wanted or (wanted is None and not value)


def test_every_published_figure_is_what_the_payload_says(functions):
    from buitengebied_atlas.figures import mapped_indicators, published

    count = 0
    for indicator in mapped_indicators(published()):
        for view in indicator["views"]:
            for code, entry in view["values"].items():
                value, error = evaluated(f"atlas_waarde('{indicator['id']}', '{code}', '{view['period']}')")
                assert (value, error) == (entry["value"], "")
                count += 1
    assert count > 20


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("atlas_waarde('spoken', 'Drenthe')", "Dit cijfer heeft geen kaart."),
        (f"atlas_waarde('{CONCERN}', 'Nergenshuizen')", "Dit gebied is niet te herkennen."),
        (f"atlas_waarde('{CONCERN}', 'Assen')", "niet gemeten"),
        (f"atlas_waarde('{CONCERN}', 'Drenthe', '1999')", "niet gemeten"),
        ("atlas_gebied('Groningen')", "gemeente"),
        ("atlas_gebied('')", "Dit gebied is niet te herkennen."),
    ],
)
def test_a_mistake_is_an_evaluation_error_with_a_sentence(functions, text, words):
    value, error = evaluated(text)
    assert value is None or not value
    assert words in error
    assert "Traceback" not in error


def test_they_stand_in_their_own_group_with_help_that_is_html(functions):
    for name in NAMES:
        index = QgsExpression.functionIndex(name)
        assert index >= 0
        known = QgsExpression.Functions()[index]
        assert known.groups() == ["Buitengebied Atlas"]
        assert "<code>" in known.helpText()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_examples_of_the_help_give_what_the_help_says(functions, plugin_root, language):
    import html
    import re

    for name in NAMES:
        text = (plugin_root / "buitengebied_atlas" / "help" / f"{name}_{language}.md").read_text("utf-8")
        examples = re.findall(r"<code>(.+?)</code> → <code>(.+?)</code>", html.unescape(text))
        assert examples
        for call, result in examples:
            value, error = evaluated(call)
            assert error == ""
            assert value == evaluated(result)[0]


def test_nothing_is_left_of_them_and_they_can_come_back(functions):
    before = {name for name in NAMES if QgsExpression.isFunctionName(name)}
    assert before == set(NAMES)
    functions.unregister()
    functions.unregister()
    assert not any(QgsExpression.isFunctionName(name) for name in NAMES)
    assert not any("Buitengebied Atlas" in known.groups() for known in QgsExpression.Functions())
    functions.register()
    functions.register()
    assert sum(known.name() == "atlas_waarde" for known in QgsExpression.Functions()) == 1
