"""The definitions of buitengebied and of remoteness: sentences for a legend, and what can not be."""

import math

import pytest

from atlas.core.areas.divisions import areas, members
from atlas.core.counts.rural_methods import (
    CIRCLES_M,
    DENSITY_SOURCES,
    KINDS,
    CountrysideMethod,
    RemotenessMethod,
    region_codes,
)
from atlas.core.schema.rural import working_layer
from atlas.core.words.errors import AtlasError

DAY = "2025-01-01"


@pytest.mark.parametrize(
    ("method", "sentence"),
    [
        (
            CountrysideMethod("kom", {}, "2025-11-01"),
            "Buitengebied: buiten de bebouwde kom volgens TOP10NL (peildatum 1 november 2025).",
        ),
        (
            CountrysideMethod("kern", {}, "2021-01-01"),
            (
                "Buitengebied: buiten de bevolkingskernen van het CBS; lintbebouwing telt als buitengebied"
                " (peildatum 1 januari 2021)."
            ),
        ),
        (
            CountrysideMethod("oad", {}, DAY),
            (
                "Buitengebied: minder dan 500 adressen per km², geteld binnen 1.000 m rond het punt"
                " (peildatum 1 januari 2025)."
            ),
        ),
        (
            CountrysideMethod("oad", {"drempel_per_km2": 250, "herkomst": "buurt"}, DAY),
            (
                "Buitengebied: minder dan 250 adressen per km², het gemiddelde van de buurt volgens het CBS"
                " (peildatum 1 januari 2025)."
            ),
        ),
    ],
)
def test_the_definition_is_a_sentence_for_the_legend(method, sentence):
    assert method.text == sentence


@pytest.mark.parametrize(
    ("kind", "parameters", "peildatum", "words"),
    [
        ("stad", {}, DAY, "bestaat niet"),
        ("kom", {"straal_m": 1000}, DAY, "geen parameters"),
        ("oad", {"drempel": 500}, DAY, "drempel_per_km2"),
        ("oad", {"drempel_per_km2": 0}, DAY, "boven nul"),
        ("oad", {"straal_m": math.inf}, DAY, "boven nul"),
        ("oad", {"drempel_per_km2": "500"}, DAY, "boven nul"),
        ("oad", {"herkomst": "gevoel"}, DAY, "herkomst"),
        ("kom", {}, "", "peildatum"),
        ("kom", {}, "31-02-2025", "peildatum"),
    ],
)
def test_a_definition_that_cannot_be_is_refused(kind, parameters, peildatum, words):
    with pytest.raises(AtlasError) as refusal:
        CountrysideMethod(kind, parameters, peildatum)
    assert words in str(refusal.value)


def test_the_parameters_that_were_not_given_are_stored_too_and_cannot_be_changed():
    method = CountrysideMethod("oad", {"straal_m": 500}, DAY)
    assert dict(method.parameters) == {"drempel_per_km2": 500, "straal_m": 500, "herkomst": "adressen"}
    with pytest.raises(TypeError):
        method.parameters["straal_m"] = 1


def test_every_kind_has_a_sentence_with_its_date():
    texts = {CountrysideMethod(kind, {}, DAY).text for kind in KINDS}
    texts |= {CountrysideMethod("oad", {"herkomst": source}, DAY).text for source in DENSITY_SOURCES}
    assert len(texts) == len(KINDS) + len(DENSITY_SOURCES) - 1
    assert all("1 januari 2025" in text for text in texts)


def test_the_method_of_remoteness_says_its_distance_and_date():
    text = RemotenessMethod(DAY, 40).text
    assert "binnen 40 m" in text
    assert "1 januari 2025" in text


@pytest.mark.parametrize(
    ("peildatum", "own_m"), [("", 25), ("1-1-2025", 25), (DAY, -1), (DAY, math.nan), (DAY, math.inf)]
)
def test_a_method_without_date_or_with_an_impossible_distance_is_refused(peildatum, own_m):
    with pytest.raises(AtlasError):
        RemotenessMethod(peildatum, own_m)


def test_each_circle_has_its_column():
    names = {field.name for field in working_layer("agrarisch_bedrijf").fields}
    assert {f"woningen_{radius}m" for radius in CIRCLES_M} <= names


def test_every_municipality_is_in_the_region_that_counts_it():
    found = region_codes()
    assert set(found) == {one.code for one in areas("gemeente")}
    assert all(code in {one.code for one in members(region)} for code, region in found.items())
