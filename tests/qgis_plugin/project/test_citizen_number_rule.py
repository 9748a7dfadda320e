"""A citizen service number in a text: the rule of a form says what an import says."""

from __future__ import annotations

import random

from buitengebied_atlas.atlas.core.tables.persons import holds_citizen_number
from buitengebied_atlas.project.rules import no_citizen_number
from qgis.core import QgsExpression, QgsExpressionContext, QgsFeature, QgsField, QgsFields
from qgis.PyQt.QtCore import QMetaType

TEXTS = [
    "", "gezien", "BSN 123456782", "123.456.782", "1234.56.782.", "zie 1234.56.782, klopt", "123456789",
    "000000000", "1234567820", "a123456782b", "0.123456782", "twee: 123456789 en\n123456782",
    "0106100000000001", "111222333", "123456782.5", "x 123456782. y", "1.123456782", "12 345 6782",
    "é123456782", "999999999",
]  # fmt: skip


def test_a_citizen_service_number_is_refused_in_the_form_by_the_rule_of_an_import(qgis_app):
    fields = QgsFields()
    fields.append(QgsField("toelichting", QMetaType.Type.QString))
    expression = QgsExpression(no_citizen_number("toelichting"))
    assert not expression.hasParserError(), expression.parserErrorString()
    numbers = random.Random(20251121)
    made = [f"nr {numbers.randrange(10**9):09d}{numbers.choice(['', '.', ', en', ' '])}" for _ in range(300)]
    found = []
    for text in [*TEXTS, *made]:
        feature, context = QgsFeature(fields), QgsExpressionContext()
        feature.setAttributes([text])
        context.setFeature(feature)
        context.setFields(fields)
        assert bool(expression.evaluate(context)) == (not holds_citizen_number(text)), text
        assert not expression.hasEvalError(), expression.evalErrorString()
        found.append(holds_citizen_number(text))
    assert any(found[: len(TEXTS)])
    assert any(found[len(TEXTS) :])
