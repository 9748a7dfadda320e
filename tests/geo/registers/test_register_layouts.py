"""The contract of each register: real names are understood, the demo writes them, the page tells them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from atlas.core.tables.bag_columns import choose_address_columns
from atlas.core.tables.column_names import choose_columns, folded
from atlas.fiction.countryside import make_fiction
from atlas.geo.registers.register_layouts import (
    BAG_ADDRESSES,
    BAG_BUILDINGS,
    CBS_KERNEN,
    CBS_NEIGHBOURHOODS,
    LAYOUTS,
    NWB_SECTIONS,
    RESIDENCES,
    TOP10NL_PLACES,
)

DOCS = (Path(__file__).parents[3] / "docs" / "registers.md").read_text(encoding="utf-8")
EDITIONS = [(layout, edition) for layout in LAYOUTS for edition in layout.editions]


@pytest.fixture(scope="module")
def fiction():
    return make_fiction(3, date(2026, 2, 1), scale=0.005)


@pytest.mark.parametrize(("layout", "edition"), EDITIONS, ids=lambda one: getattr(one, "product", ""))
def test_every_edition_has_what_is_required_and_nothing_in_it_is_in_doubt(layout, edition):
    chosen = choose_columns(edition.columns, layout.names, edition.product)
    assert set(layout.required) <= set(chosen)
    if layout is BAG_ADDRESSES:
        chosen = choose_address_columns(edition.columns, edition.product)
        assert {"huisnummer", "huisletter", "toevoeging", "postcode", "status"} <= set(chosen)
        assert {"bag_vbo_id", "identificatie", "object_id"} & set(chosen)
        assert "gebruiksdoel" in chosen or "woonfunctie" in chosen


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.title)
def test_one_name_means_one_thing(layout):
    for name in {folded(name) for edition in layout.editions for name in edition.columns}:
        meant = [ours for ours, names in layout.names.items() if name in names]
        # a kern may be named and coded in one column, and nothing else is two things
        assert len(meant) <= 1 or (layout is CBS_KERNEN and name == "bevolkingskern")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.title)
def test_the_page_tells_every_product_and_the_rule_of_every_register(layout):
    assert layout.title in DOCS
    told = " ".join(DOCS.split())
    for edition in layout.editions:
        assert edition.product in DOCS
    assert layout.wins in told
    assert layout.complete.split(";")[0] in told


@pytest.mark.parametrize(
    ("layout", "product", "columns"),
    [
        (BAG_ADDRESSES, "bag-light, GeoPackage (PDOK)", lambda one: one.addresses.column_names),
        (BAG_BUILDINGS, "bag-light, GeoPackage (PDOK)", lambda one: list(one.buildings.columns)),
        (TOP10NL_PLACES, "TOP10NL, GeoPackage and OGC API (PDOK)", lambda one: list(one.built_up.columns)),
        (CBS_KERNEN, "Bevolkingskernen in Nederland (CBS)", lambda one: list(one.kernen.columns)),
        (NWB_SECTIONS, "NWB-wegen, Shapefile and GeoPackage (NDW)", lambda one: list(one.roads.columns)),
        (
            CBS_NEIGHBOURHOODS,
            "Wijk- en buurtkaart, GeoPackage and OGC API (CBS, PDOK)",
            lambda one: list(one.neighbourhoods.columns),
        ),
        (
            RESIDENCES, "Woonplaatsen in Nederland, StatLine (CBS)",
            lambda one: [name.title().replace(" ", "") for name in one.residences.columns],
        ),
    ],
)  # fmt: skip
def test_the_demo_writes_the_names_of_the_real_product(layout, product, columns, fiction):
    real = next(edition for edition in layout.editions if edition.product == product)
    assert set(columns(fiction)) - {"geometry", "adressen"} <= set(real.columns)
