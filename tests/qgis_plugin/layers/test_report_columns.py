"""The columns of a report are as wide as what is in them."""

from __future__ import annotations

from buitengebied_atlas.layers.report_columns import fit_columns
from qgis.core import QgsFeature, QgsVectorLayer


def report_of(*rows):
    layer = QgsVectorLayer("None?field=rij:integer&field=toelichting:string", "rapport", "memory")
    for row in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(row))
        layer.dataProvider().addFeatures([feature])
    return layer


def widths(layer):
    config = layer.attributeTableConfig()
    return {column.name: column.width for column in config.columns() if column.name}


def test_a_column_has_room_for_its_longest_text():
    reason = "Dit is een totaal of gemiddelde, geen gebied."
    layer = report_of((2, None), (3, reason))
    fit_columns(layer)
    assert widths(layer)["toelichting"] > 7 * len(reason)
    assert widths(layer)["rij"] < 100


def test_a_column_has_room_for_its_name():
    layer = report_of()
    layer.setFieldAlias(0, "Code van het gebied")
    fit_columns(layer)
    assert widths(layer)["rij"] > 7 * len("Code van het gebied")


def test_a_very_long_text_leaves_the_other_columns_in_sight():
    layer = report_of((2, "x" * 200))
    fit_columns(layer)
    assert widths(layer)["toelichting"] == 800
