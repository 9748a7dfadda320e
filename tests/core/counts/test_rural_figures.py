from dataclasses import replace

import pytest

from atlas.core.areas.divisions import DetailLevel, areas, members
from atlas.core.counts.rural_figures import RECORD_KINDS, rural_figures, rural_source
from atlas.core.counts.tallies import AreaTotals, combined_totals, count_records
from atlas.core.figures.edition import Edition
from atlas.core.figures.indicators import load_catalogue
from atlas.core.figures.payload import build_payload
from atlas.core.words.errors import AtlasError
from atlas.geo.boundaries.levels import boundary_payload

CODES = tuple(one.code for one in areas("gemeente"))
RECORDS = [code for position, code in enumerate(CODES) for _ in range(position)]
SQUARE = DetailLevel("vierkant_500m", "Vierkant", "Vierkanten", "", ())
SQUARES = count_records(
    ["E2220N5650"] * 2, AreaTotals("vierkant_500m", ("E2220N5650",), (0,), (0.25,), "totaal")
)
SOURCE = rural_source("2026-01-15", fictitious=True)


def municipal(basis="totaal"):
    return AreaTotals("gemeente", CODES, (0, *(10_000,) * 21), (250.0,) * 22, basis)


def tallies(basis="totaal", *, certain=True):
    parts = []
    for level in ("gemeente", "surveyregio", "provincie"):
        totals = municipal(basis) if level == "gemeente" else combined_totals(municipal(basis), level)
        flags = [certain] * len(RECORDS)
        whole = {part.code: one.code for one in areas(level) for part in members(one.code)}
        parts.append(count_records([whole[code] for code in RECORDS], totals, municipality_certain=flags))
    return parts


def test_each_kind_of_record_gives_a_number_a_rate_and_a_density():
    indicators, values = rural_figures({kind: tallies() for kind in RECORD_KINDS}, SOURCE)
    assert [one.id for one in indicators[:3]] == [
        "leegstand_object_aantal", "leegstand_object_per_1000", "leegstand_object_per_km2",
    ]  # fmt: skip
    assert {one.theme for one in indicators} == {"buitengebied"}
    assert {one.measure for one in indicators} == {"telling"}
    assert len(values) == 9 * (22 + 8) + 6 * 2
    found = {value.area: value.value for value in values if value.indicator == "signaal_per_km2"}
    assert found[CODES[5]] == 5 / 250


def test_no_figure_of_a_dossier_has_a_favourable_direction():
    indicators, _ = rural_figures({kind: tallies() for kind in RECORD_KINDS}, SOURCE)
    assert {one.direction for one in indicators} == {"geen"}
    assert all(one.caution for one in indicators)


def test_nothing_to_divide_by_is_no_figure_and_says_why():
    _, values = rural_figures({"signaal": tallies()}, SOURCE)
    (found,) = (one for one in values if (one.indicator, one.area) == ("signaal_per_1000", CODES[0]))
    assert (found.value, found.status) == (None, "niets_vastgelegd")
    assert "geen adressen" in found.note
    counted = {one.value == 0: one.status for one in values if one.value is not None}
    assert counted == {True: "niets_vastgelegd", False: "geteld"}


def test_a_rate_without_anything_to_divide_by_in_any_area_is_no_figure():
    totals = AreaTotals("gemeente", CODES, (0,) * 22, (250.0,) * 22, "totaal")
    indicators, values = rural_figures({"signaal": [count_records(RECORDS, totals)]}, SOURCE)
    assert [one.id for one in indicators] == ["signaal_aantal", "signaal_per_km2"]
    assert {one.indicator for one in values} == {"signaal_aantal", "signaal_per_km2"}


def test_an_uncertain_municipality_is_said_beside_the_figure():
    _, values = rural_figures({"signaal": tallies(certain=False)}, SOURCE)
    (found,) = (one for one in values if (one.indicator, one.area) == ("signaal_aantal", CODES[3]))
    assert found.note.endswith("Van 3 van de 3 is de gemeente nog niet zeker.")


@pytest.mark.parametrize(
    ("basis", "label", "definition"),
    [
        ("totaal", "Signalen in het dossier, per km²", "water meegerekend, berekend uit de grenzen"),
        ("land", "Signalen in het dossier, per km² land", "land volgens het CBS"),
    ],
)
def test_per_km2_says_of_which_area(basis, label, definition):
    indicators, _ = rural_figures({"signaal": tallies(basis)}, SOURCE)
    assert indicators[2].label == label
    assert definition in indicators[2].definition


def test_the_figures_stand_in_the_atlas_like_any_other():
    catalogue = load_catalogue()
    indicators, values = rural_figures({"leegstand_object": tallies()}, SOURCE)
    together = replace(
        catalogue,
        indicators=(*catalogue.indicators, *indicators),
        values=(*catalogue.values, *values),
    )
    shapes, sentence, _ = boundary_payload()
    with pytest.raises(AtlasError, match="Een telling van objecten gaat niet naar openbaar"):
        build_payload(together, shapes, sentence)
    payload = build_payload(together, shapes, sentence, Edition(audience="team")).content
    (shown,) = (one for one in payload["indicators"] if one["id"] == "leegstand_object_per_km2")
    view = next(one for one in shown["views"] if one["level"] == "gemeente")
    assert view["period_label"] == "15 januari 2026"
    assert view["values"][CODES[5]]["text"] == "0,02"
    assert {one["code"] for one in view["references"]} == {"PV20", "PV22"}


def test_a_total_of_a_province_is_no_yardstick_for_its_municipalities():
    _, values = rural_figures({"leegstand_object": tallies()}, SOURCE)
    levels = {(value.indicator.removeprefix("leegstand_object_"), value.level) for value in values}
    assert ("aantal", "surveyregio") in levels
    assert ("aantal", "provincie") not in levels
    assert ("per_1000", "provincie") in levels


def test_a_level_of_one_edition_is_counted_like_those_of_the_atlas():
    _, values = rural_figures({"signaal": [*tallies(), SQUARES]}, SOURCE, (SQUARE,))
    found = {value.indicator: value for value in values if value.level == "vierkant_500m"}
    assert found["signaal_per_km2"].value == 8
    assert (found["signaal_per_1000"].value, found["signaal_per_1000"].status) == (None, "geen_gegevens")


def test_made_up_records_say_so_in_the_source():
    assert SOURCE.title.startswith("FICTIEF")
    assert not rural_source("2026-01-15", fictitious=False).title.startswith("FICTIEF")
    with pytest.raises(AtlasError, match="peildatum"):
        rural_source("", fictitious=True)


def test_a_kind_level_or_mix_of_areas_that_is_not_known_is_refused():
    with pytest.raises(AtlasError, match="niet geteld"):
        rural_figures({"burger": tallies()}, SOURCE)
    with pytest.raises(AtlasError, match="niveau"):
        rural_figures({"signaal": [SQUARES]}, SOURCE)
    with pytest.raises(AtlasError, match="één soort oppervlakte"):
        rural_figures({"signaal": [*tallies(), *tallies("land")]}, SOURCE)
    with pytest.raises(AtlasError, match="één soort oppervlakte"):
        rural_figures({"signaal": []}, SOURCE)
