"""The schema is the one description of every published layer."""

from __future__ import annotations

import re

import pytest

from atlas.core.disclosure.audiences import Audience
from atlas.core.disclosure.fields import may_leave
from atlas.core.figures.estimates import COUNT_STATUSES, STATUSES
from atlas.core.schema.outcomes import OUTCOMES
from atlas.core.schema.published import GEOMETRY_FIELD, LAYERS, layer
from atlas.core.words.errors import AtlasError


@pytest.mark.parametrize("described", LAYERS.values(), ids=LAYERS)
def test_names_are_lower_snake_ascii_and_aliases_are_unique_in_a_layer(described):
    for field in described.fields:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", field.name)
        assert field.alias[0].isupper() or field.alias.startswith("n")
        assert field.description
    assert len({field.name for field in described.fields}) == len(described.fields)
    assert len({field.alias for field in described.fields}) == len(described.fields)


@pytest.mark.parametrize("described", LAYERS.values(), ids=LAYERS)
def test_the_key_is_made_of_fields_of_the_layer(described):
    assert described.key
    assert set(described.key) <= set(described.field_names)


@pytest.mark.parametrize("described", LAYERS.values(), ids=LAYERS)
def test_the_table_of_who_may_see_what_knows_every_field(described):
    """A field it does not know would silently be missing from every output."""
    names = [*described.field_names, *([GEOMETRY_FIELD] if described.geometry else [])]
    unknown = [name for name in names if not any(may_leave(described.name, name, who) for who in Audience)]
    assert unknown == []


def test_code_lists_are_those_of_the_rooms_that_decide():
    status = next(field for field in layer("waarde").fields if field.name == "status")
    assert [code.value for code in status.codes.codes] == list(dict.fromkeys((*STATUSES, *COUNT_STATUSES)))
    outcome = next(field for field in layer("koppelrapport").fields if field.name == "uitkomst")
    assert [code.value for code in outcome.codes.codes] == list(OUTCOMES)
    level = next(field for field in layer("waarde").fields if field.name == "niveau")
    assert [code.value for code in level.codes.codes] == [
        "wijk",
        "vierkant",
        "gemeente",
        "surveyregio",
        "provincie",
        "land",
    ]


def test_a_code_list_with_one_name_is_one_list():
    lists = [field.codes for described in LAYERS.values() for field in described.fields if field.codes]
    assert len({codes.name for codes in lists}) == len(set(lists))


def test_the_report_has_the_fields_in_the_order_in_which_it_is_written():
    assert layer("koppelrapport").field_names == ("rij", "tekst", "uitkomst", "gebied_code", "toelichting")


def test_an_unknown_layer_is_refused_with_those_there_are():
    with pytest.raises(AtlasError, match="bestaat niet") as caught:
        layer("kaarten")
    assert "kaart" in caught.value.expected
