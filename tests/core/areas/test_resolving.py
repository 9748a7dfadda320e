"""Which area is this: codes, names, spellings, places, mergers, and what lies in the rest of the country."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from area_samples import EVERY_AREA, candidates_of, code_of
from atlas.core.areas import divisions, resolution, resolving
from atlas.core.areas.divisions import mergers
from atlas.core.areas.other_names import abolished_municipalities, outside_areas, places, places_elsewhere

# --- codes ---


@pytest.mark.parametrize(
    "text",
    [
        14,
        14.0,
        "14",
        "14.0",
        "14,0",
        "0014",
        "GM14",
        "GM0014",
        "gm0014",
        "GM0014 ",
        " GM 0014",
        "GM-0014",
        "\ufeffGM0014",
        "GM0014\u00a0",
        "2024GM0014",
    ],
)
@pytest.mark.parametrize("level", [None, "gemeente"])
def test_a_municipality_code_is_understood_in_every_form(text, level):
    found = resolving.resolve(text, level)
    assert (found.area.code, found.reason, found.explanation) == ("GM0014", resolution.EXACT, "")


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("PV20  ", None, "PV20"),
        ("pv22", "provincie", "PV22"),
        ("20", "provincie", "PV20"),
        (22.0, "provincie", "PV22"),
        ("SR04", None, "SR04"),
        ("sr4", "surveyregio", "SR04"),
    ],
)
def test_codes_of_the_other_levels_are_understood(text, level, code):
    assert code_of(text, level) == code


def test_a_bare_number_is_no_code_of_a_survey_region():
    """Our own numbers are known to nobody: a 4 there is a rank or a count."""
    assert code_of("4", "surveyregio") == resolution.UNKNOWN
    assert code_of(4, "surveyregio") == resolution.UNKNOWN


@pytest.mark.parametrize(
    "text", ["GM9999", "CR01", "WK001400", "BU00140000", "99999", "14.5", 14.5, -14, 10**400, "GM"]
)
def test_a_code_that_is_none_is_unknown(text):
    assert code_of(text) == resolution.UNKNOWN


def test_a_code_at_another_level_is_refused():
    assert code_of("PV20", "gemeente") == resolution.UNKNOWN
    assert "provincie" in resolving.resolve("PV20", "gemeente").explanation


# --- names and spellings ---


@pytest.mark.parametrize("item", EVERY_AREA, ids=lambda item: item.code)
def test_an_official_name_and_code_resolve_to_their_area(item):
    assert resolving.resolve(item.name, item.level).area == item
    assert resolving.resolve(item.name, item.level).reason == resolution.EXACT
    assert resolving.resolve(item.code).area == item


@pytest.mark.parametrize(
    "name", ["Westerveld", "Noordenveld", "Westerwolde", "Westerkwartier", "Noord-Drenthe"]
)
def test_an_exact_name_with_wester_or_noord_is_accepted(name):
    assert resolving.resolve(name).reason == resolution.EXACT


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("Aa & Hunze", "gemeente", "GM1680"),
        ("aa  en   hunze", "gemeente", "GM1680"),
        ("Borger Odoorn", "gemeente", "GM1681"),
        ("Midden Drenthe", "gemeente", "GM1731"),
        ("Midden\u00a0Groningen", "gemeente", "GM1952"),
        ("Wolden, De", "gemeente", "GM1690"),
        ("Wolden", "gemeente", "GM1690"),
        ("Hogeland, Het", "gemeente", "GM1966"),
        ("Hogeland", "gemeente", "GM1966"),
        ("Hoogeland", "gemeente", "GM1966"),
        ("Gem. Assen", None, "GM0106"),
        ("gemeente Westerveld", None, "GM1701"),
        ("Emmen (gemeente)", None, "GM0114"),
        ("Groningen (gemeente)", None, "GM0014"),
        ("Groningen (GM)", None, "GM0014"),
        ("gemeente 14", None, "GM0014"),
        ("Groningen (PV)", None, "PV20"),
        ("Groningen (provincie)", None, "PV20"),
        ("prov. Groningen", None, "PV20"),
        ("de provincie Drenthe", None, "PV22"),
        ("Drénthe", None, "PV22"),
        ("Hoogeland/Westerkwartier", "surveyregio", "SR04"),
        ("Hogeland / Westerkwartier", "surveyregio", "SR04"),
        ("Eemdelta/Midden-Groningen", "surveyregio", "SR08"),
        ("Zuidoost Drenthe", "surveyregio", "SR03"),
        ("Zuidwest Drenthe", "surveyregio", "SR02"),
        ("regio Noord-Drenthe", None, "SR01"),
        ("Gem. Groningen", "surveyregio", "SR05"),
        ("Gemeente Groningen", "surveyregio", "SR05"),
        ("Pekela, Stadskanaal en Veendam", "surveyregio", "SR06"),
    ],
)
def test_an_accepted_spelling_is_read(text, level, code):
    found = resolving.resolve(text, level)
    assert found.area.code == code
    assert found.reason in (resolution.EXACT, resolution.SPELLING)


@given(item=st.sampled_from(EVERY_AREA), data=st.data())
def test_case_and_blanks_never_matter(item, data):
    text = data.draw(st.sampled_from([item.name, item.code]))
    cased = "".join(data.draw(st.sampled_from([letter.lower(), letter.upper()])) for letter in text)
    blanks = st.sampled_from(["", " ", "  ", "\t", "\u00a0", "\r\n"])
    assert resolving.resolve(data.draw(blanks) + cased + data.draw(blanks), item.level).area == item


def test_a_municipality_that_is_also_a_place_is_the_municipality():
    for name in ("Assen", "Emmen", "Meppel", "Hoogeveen", "Coevorden", "Veendam", "Stadskanaal", "Tynaarlo"):
        assert resolving.resolve(name).area.level == "gemeente"
        assert resolving.resolve(name, "gemeente").reason == resolution.EXACT


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("Winschoten", "GM1895"),
        ("Beilen", "GM1731"),
        ("Westerbork", "GM1731"),
        ("Roden", "GM1699"),
        ("Norg", "GM1699"),
        ("Gieten", "GM1680"),
        ("Zuidlaren", "GM1730"),
        ("Vries", "GM1730"),
        ("Eelde", "GM1730"),
        ("Sappemeer", "GM1952"),
        ("Hoogezand", "GM1952"),
        ("Haren Gn", "GM0014"),
        ("2e Exloermond", "GM1681"),
        ("Garnwerd", "GM1969"),
        ("Ten Arlo", "GM1690"),
        ("Achter-Thesinge", "GM0014"),
    ],
)
@pytest.mark.parametrize("level", [None, "gemeente"])
def test_a_place_is_not_its_municipality(place, code, level):
    found = resolving.resolve(place, level)
    assert (found.area, found.reason) == (None, resolution.PLACE)
    assert [item.code for item in found.candidates] == [code]
    assert divisions.area(code).name in found.explanation


def test_the_code_of_a_place_is_that_place():
    assert [item.name for item in resolving.resolve("WP1017").candidates] == ["Midden-Groningen"]
    assert code_of("WP1000", "gemeente") == resolution.OUTSIDE


def test_every_place_of_the_two_provinces_has_its_municipality():
    """By name it may be ambiguous, or have the name of a municipality; never of the wrong one alone."""
    same_name = {item.name for item in divisions.areas("gemeente")} | {one.former.name for one in mergers()}
    for place in places():
        assert [item.code for item in resolving.resolve(f"WP{place.code}").candidates] == [place.municipality]
        for name in (place.name, place.common_name):
            found = resolving.resolve(name, "gemeente")
            meant = {item.code for item in (found.area, *found.candidates) if item}
            assert place.municipality in meant or name in same_name, name


# --- the rest of the country ---


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Oosterwolde", "Ooststellingwerf"),
        ("Marrum", "Noardeast-Fryslân"),
        ("Hoogland", "Amersfoort"),
        ("Hardenberg", "Hardenberg"),
        ("Abcoude", "De Ronde Venen"),
    ],
)
def test_a_name_that_belongs_elsewhere_is_outside_with_its_place_named(text, named):
    found = resolving.resolve(text, "gemeente")
    assert (found.area, found.reason) == (None, resolution.OUTSIDE)
    assert named in found.explanation


@pytest.mark.parametrize("text", ["Essen", "Ten Arlo", "Merum", "De Mars", "De Maten", "Assn Noord"])
def test_a_name_that_is_another_name_is_not_corrected(text):
    assert resolving.resolve(text, "gemeente").area is None


def test_no_name_of_the_country_is_corrected_to_an_area():
    names = [place.name for place in places_elsewhere()]
    names += [item.name for item in abolished_municipalities()]
    names += [name for item in outside_areas() for name in (item.name, *item.other_names)]
    for name in names:
        assert resolving.resolve(name, "gemeente").reason != resolution.CORRECTED, name


def test_no_typing_error_that_is_as_near_a_place_elsewhere_is_corrected():
    """ "Marrm" is as near Marrum as Marum, "Hogland" as near Hoogland as Hogeland."""
    for text in ("Marrm", "Hogland"):
        assert resolving.resolve(text, "gemeente").area is None


@pytest.mark.parametrize("text", ["Noordwijk", "Steenbergen", "Spijk", "Echten", "Den Ham"])
def test_a_place_that_is_also_elsewhere_is_ambiguous(text):
    assert code_of(text, "gemeente") == resolution.AMBIGUOUS
    assert "elders" in resolving.resolve(text, "gemeente").explanation


def test_a_municipality_elsewhere_that_is_called_one_is_not_a_place_here():
    assert code_of("gemeente Noordwijk") == resolution.OUTSIDE


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Reiderland", "1 januari 2010"),
        ("GM1661", "Reiderland"),
        ("GM0107", "Beilen"),
        ("Hefshuizen", "1992"),
    ],
)
def test_a_municipality_that_ended_long_ago_is_said_and_not_guessed(text, sentence):
    found = resolving.resolve(text, "gemeente")
    assert (found.area, found.reason) == (None, resolution.UNKNOWN)
    assert sentence in found.explanation


# --- a code beside a name ---


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("G1680", "GM1680"),
        ("g0106", "GM0106"),
        ("2025GM0114", "GM0114"),
        ("Assen (0106)", "GM0106"),
        ("Assen (106)", "GM0106"),
        ("Westerwolde (GM1950)", "GM1950"),
        ("Westerwolde [GM1950]", "GM1950"),
        ("GM0106 Assen", "GM0106"),
        ("0106 - Assen", "GM0106"),
        ("1680: Aa en Hunze", "GM1680"),
        ("Aa en Hunze, GM1680", "GM1680"),
        ("Drenthe (PV22)", "PV22"),
    ],
)
def test_a_code_beside_its_name_is_read(text, code):
    assert code_of(text) == code


@pytest.mark.parametrize("text", ["Assen (0114)", "GM0014 Emmen", "Meppel (GM0106)"])
def test_a_code_beside_another_name_is_ambiguous(text):
    assert code_of(text) == resolution.AMBIGUOUS
    assert "horen" in resolving.resolve(text).explanation


def test_a_code_that_a_spreadsheet_shortened_is_refused_with_the_reason():
    assert code_of("1.06E+02", "gemeente") == resolution.UNKNOWN
    assert "rekenblad" in resolving.resolve("1.06E+02", "gemeente").explanation


# --- mergers ---


@pytest.mark.parametrize(
    "merger", [item for item in mergers() if item.whole], ids=lambda item: item.former.name
)
def test_a_former_municipality_is_its_successor_by_code_and_by_name(merger):
    year = int(merger.date[:4]) - 1
    for text in (merger.former.code, merger.former.name):
        found = resolving.resolve(text, "gemeente", year)
        assert (found.area.code, found.reason, found.former) == (
            merger.new_code,
            resolution.MERGED,
            merger.former,
        )
        assert str(year + 1) in found.explanation


def test_groningen_before_2019_is_a_part_of_groningen():
    for text in ("GM0014", "Groningen", 14, "2018GM0014"):
        found = resolving.resolve(text, "gemeente", 2018)
        assert (found.area.code, found.reason) == ("GM0014", resolution.MERGED)
        assert found.former.valid_to == "2019-01-01"
    for year in (None, 2019, 2025):
        assert resolving.resolve("GM0014", "gemeente", year).reason == resolution.EXACT


def test_a_former_code_after_its_end_is_called_outdated():
    assert "verouderde" in resolving.resolve("GM0003", year=2023).explanation
    assert "verouderde" not in resolving.resolve("GM0003", year=2020).explanation


def test_a_former_municipality_is_no_region_or_province():
    for level in ("surveyregio", "provincie"):
        assert code_of("Appingedam", level) == resolution.UNKNOWN
        assert code_of("GM0003", level) == resolution.UNKNOWN


@pytest.mark.parametrize("text", ["Winsum", "GM0053", "gemeente Winsum"])
@pytest.mark.parametrize("year", [None, 2017, 2018, 2025])
def test_winsum_is_refused_because_it_was_split(text, year):
    assert code_of(text, year=year) == resolution.AMBIGUOUS
    assert candidates_of(text, year=year) == {"GM1966", "GM1969"}


def test_the_parts_of_a_municipality_are_those_of_its_merger():
    parts = {
        item.code: [part.name for part in divisions.former_parts(item.code)]
        for item in divisions.areas("gemeente")
    }
    assert parts["GM0014"] == ["Groningen", "Haren", "Ten Boer"]
    assert parts["GM1979"] == ["Appingedam", "Delfzijl", "Loppersum"]
    assert parts["GM1966"] == ["Bedum", "De Marne", "Eemsmond", "Winsum"]
    assert parts["GM0106"] == []
    assert all(part.valid_to for code in parts for part in divisions.former_parts(code))
