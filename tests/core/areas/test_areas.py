"""Which area is this: what is accepted, what is corrected, what is refused, and what the tables hold."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.areas import resolution
from atlas.core.areas import resolving as areas
from atlas.core.areas.divisions import (
    abolished_municipalities,
    mergers,
    outside_areas,
    places,
    places_elsewhere,
)
from atlas.core.areas.gazetteer import elsewhere_by_name, places_by_name
from atlas.core.words.errors import AtlasError
from atlas.core.words.spelling import distance

DATA = Path(__file__).resolve().parents[3] / "data" / "areas"
LEVELS = ("gemeente", "surveyregio", "provincie")
EVERY_AREA = [item for level in LEVELS for item in areas.areas(level)]
WORDS = ["gemeente", "Groningen", "Wester", "Noord", "de", "Winsum", "Drenthe", "PV", ",", "(", ")", "/", "-"]
ACCEPTED = {areas.EXACT, areas.SPELLING, areas.CORRECTED, areas.MERGED}


def code_of(text, level=None, year=None):
    found = areas.resolve(text, level, year)
    return found.area.code if found.area else found.reason


def candidates_of(text, level=None, year=None):
    return {item.code for item in areas.resolve(text, level, year).candidates}


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
    found = areas.resolve(text, level)
    assert (found.area.code, found.reason, found.explanation) == ("GM0014", areas.EXACT, "")


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
    assert code_of("4", "surveyregio") == areas.UNKNOWN
    assert code_of(4, "surveyregio") == areas.UNKNOWN


@pytest.mark.parametrize(
    "text", ["GM9999", "CR01", "WK001400", "BU00140000", "99999", "14.5", 14.5, -14, 10**400, "GM"]
)
def test_a_code_that_is_none_is_unknown(text):
    assert code_of(text) == areas.UNKNOWN


def test_a_code_at_another_level_is_refused():
    assert code_of("PV20", "gemeente") == areas.UNKNOWN
    assert "provincie" in areas.resolve("PV20", "gemeente").explanation


# --- names and spellings ---


@pytest.mark.parametrize("item", EVERY_AREA, ids=lambda item: item.code)
def test_an_official_name_and_code_resolve_to_their_area(item):
    assert areas.resolve(item.name, item.level).area == item
    assert areas.resolve(item.name, item.level).reason == areas.EXACT
    assert areas.resolve(item.code).area == item


@pytest.mark.parametrize(
    "name", ["Westerveld", "Noordenveld", "Westerwolde", "Westerkwartier", "Noord-Drenthe"]
)
def test_an_exact_name_with_wester_or_noord_is_accepted(name):
    assert areas.resolve(name).reason == areas.EXACT


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
    found = areas.resolve(text, level)
    assert found.area.code == code
    assert found.reason in (areas.EXACT, areas.SPELLING)


@given(item=st.sampled_from(EVERY_AREA), data=st.data())
def test_case_and_blanks_never_matter(item, data):
    text = data.draw(st.sampled_from([item.name, item.code]))
    cased = "".join(data.draw(st.sampled_from([letter.lower(), letter.upper()])) for letter in text)
    blanks = st.sampled_from(["", " ", "  ", "\t", "\u00a0", "\r\n"])
    assert areas.resolve(data.draw(blanks) + cased + data.draw(blanks), item.level).area == item


def test_a_municipality_that_is_also_a_place_is_the_municipality():
    for name in ("Assen", "Emmen", "Meppel", "Hoogeveen", "Coevorden", "Veendam", "Stadskanaal", "Tynaarlo"):
        assert areas.resolve(name).area.level == "gemeente"
        assert areas.resolve(name, "gemeente").reason == areas.EXACT


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
    found = areas.resolve(place, level)
    assert (found.area, found.reason) == (None, areas.PLACE)
    assert [item.code for item in found.candidates] == [code]
    assert areas.area(code).name in found.explanation


def test_the_code_of_a_place_is_that_place():
    assert [item.name for item in areas.resolve("WP1017").candidates] == ["Midden-Groningen"]
    assert code_of("WP1000", "gemeente") == areas.OUTSIDE


def test_every_place_of_the_two_provinces_has_its_municipality():
    """By name it may be ambiguous, or have the name of a municipality; never of the wrong one alone."""
    same_name = {item.name for item in areas.areas("gemeente")} | {one.former.name for one in mergers()}
    for place in places():
        assert [item.code for item in areas.resolve(f"WP{place.code}").candidates] == [place.municipality]
        for name in (place.name, place.common_name):
            found = areas.resolve(name, "gemeente")
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
    found = areas.resolve(text, "gemeente")
    assert (found.area, found.reason) == (None, areas.OUTSIDE)
    assert named in found.explanation


@pytest.mark.parametrize("text", ["Essen", "Ten Arlo", "Merum", "De Mars", "De Maten", "Assn Noord"])
def test_a_name_that_is_another_name_is_not_corrected(text):
    assert areas.resolve(text, "gemeente").area is None


def test_no_name_of_the_country_is_corrected_to_an_area():
    names = [place.name for place in places_elsewhere()]
    names += [item.name for item in abolished_municipalities()]
    names += [name for item in outside_areas() for name in (item.name, *item.other_names)]
    for name in names:
        assert areas.resolve(name, "gemeente").reason != areas.CORRECTED, name


def test_no_typing_error_that_is_as_near_a_place_elsewhere_is_corrected():
    """ "Marrm" is as near Marrum as Marum, "Hogland" as near Hoogland as Hogeland."""
    for text in ("Marrm", "Hogland"):
        assert areas.resolve(text, "gemeente").area is None


@pytest.mark.parametrize("text", ["Noordwijk", "Steenbergen", "Spijk", "Echten", "Den Ham"])
def test_a_place_that_is_also_elsewhere_is_ambiguous(text):
    assert code_of(text, "gemeente") == areas.AMBIGUOUS
    assert "elders" in areas.resolve(text, "gemeente").explanation


def test_a_municipality_elsewhere_that_is_called_one_is_not_a_place_here():
    assert code_of("gemeente Noordwijk") == areas.OUTSIDE


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
    found = areas.resolve(text, "gemeente")
    assert (found.area, found.reason) == (None, areas.UNKNOWN)
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
    assert code_of(text) == areas.AMBIGUOUS
    assert "horen" in areas.resolve(text).explanation


def test_a_code_that_a_spreadsheet_shortened_is_refused_with_the_reason():
    assert code_of("1.06E+02", "gemeente") == areas.UNKNOWN
    assert "rekenblad" in areas.resolve("1.06E+02", "gemeente").explanation


# --- mergers ---


@pytest.mark.parametrize(
    "merger", [item for item in mergers() if item.whole], ids=lambda item: item.former.name
)
def test_a_former_municipality_is_its_successor_by_code_and_by_name(merger):
    year = int(merger.date[:4]) - 1
    for text in (merger.former.code, merger.former.name):
        found = areas.resolve(text, "gemeente", year)
        assert (found.area.code, found.reason, found.former) == (merger.new_code, areas.MERGED, merger.former)
        assert str(year + 1) in found.explanation


def test_groningen_before_2019_is_a_part_of_groningen():
    for text in ("GM0014", "Groningen", 14, "2018GM0014"):
        found = areas.resolve(text, "gemeente", 2018)
        assert (found.area.code, found.reason) == ("GM0014", areas.MERGED)
        assert found.former.valid_to == "2019-01-01"
    for year in (None, 2019, 2025):
        assert areas.resolve("GM0014", "gemeente", year).reason == areas.EXACT


def test_a_former_code_after_its_end_is_called_outdated():
    assert "verouderde" in areas.resolve("GM0003", year=2023).explanation
    assert "verouderde" not in areas.resolve("GM0003", year=2020).explanation


def test_a_former_municipality_is_no_region_or_province():
    for level in ("surveyregio", "provincie"):
        assert code_of("Appingedam", level) == areas.UNKNOWN
        assert code_of("GM0003", level) == areas.UNKNOWN


@pytest.mark.parametrize("text", ["Winsum", "GM0053", "gemeente Winsum"])
@pytest.mark.parametrize("year", [None, 2017, 2018, 2025])
def test_winsum_is_refused_because_it_was_split(text, year):
    assert code_of(text, year=year) == areas.AMBIGUOUS
    assert candidates_of(text, year=year) == {"GM1966", "GM1969"}


def test_the_parts_of_a_municipality_are_those_of_its_merger():
    parts = {
        item.code: [part.name for part in areas.former_parts(item.code)] for item in areas.areas("gemeente")
    }
    assert parts["GM0014"] == ["Groningen", "Haren", "Ten Boer"]
    assert parts["GM1979"] == ["Appingedam", "Delfzijl", "Loppersum"]
    assert parts["GM1966"] == ["Bedum", "De Marne", "Eemsmond", "Winsum"]
    assert parts["GM0106"] == []
    assert all(part.valid_to for code in parts for part in areas.former_parts(code))


# --- refused ---


@pytest.mark.parametrize(
    ("text", "level", "candidates"),
    [
        ("Groningen", None, {"GM0014", "PV20"}),
        ("Groningen", "surveyregio", {"SR05", "PV20"}),
        ("Alteveer", "gemeente", {"GM1690", "GM1699", "GM0037", "GM0118"}),
        ("Ansen", "gemeente", {"GM1690", "GM1701"}),
        ("Ruinen", "gemeente", {"GM1690", "GM1701"}),
        ("Borgercompagnie", "gemeente", {"GM1952", "GM0047"}),
        ("Eursinge", "gemeente", {"GM1690", "GM1731"}),
        ("Hoogersmilde", "gemeente", {"GM1731", "GM1701"}),
        ("Spier", "gemeente", {"GM1731", "GM1701"}),
        ("Niekerk", "gemeente", {"GM1966", "GM1969"}),
        ("Nieuweroord", "gemeente", {"GM0118", "GM1731"}),
        ("Stuifzand", "gemeente", {"GM0118", "GM1731"}),
        ("Tiendeveen", "gemeente", {"GM0118", "GM1731"}),
        ("Oostwold", "gemeente", {"GM1895", "GM1969"}),
        ("Pesse", "gemeente", {"GM0118", "GM1701"}),
        ("Startenhuizen", "gemeente", {"GM1979", "GM1966"}),
        ("Vledderveen", "gemeente", {"GM0037", "GM1701"}),
        ("Zuidwolde", "gemeente", {"GM1690", "GM1966"}),
        ("Nieuwlande", "gemeente", {"GM0109", "GM0118"}),
        ("Spijk", "gemeente", {"GM1979"}),
        ("Zevenhuizen", "gemeente", {"GM1969"}),
        ("Meppen", "gemeente", {"GM0109", "GM0119"}),
        ("Westerkwartiet", "gemeente", {"GM1701", "GM1950", "GM1969"}),
        ("Westervel", None, {"GM1701", "GM1950", "GM1969"}),
        ("Noordeveld", "gemeente", {"GM1699"}),
        ("Noord-Drente", "surveyregio", {"SR01"}),
        ("Gronigen", None, {"GM0014", "PV20"}),
        ("Meppe", "gemeente", {"GM0119"}),
        ("Zuidost-Drenthe", "surveyregio", {"SR02", "SR03"}),
        ("Asen", "gemeente", {"GM0106"}),
    ],
)
def test_what_is_ambiguous_is_refused_with_its_candidates(text, level, candidates):
    found = areas.resolve(text, level)
    assert (found.area, found.reason) == (None, areas.AMBIGUOUS)
    assert {item.code for item in found.candidates} == candidates
    assert found.explanation


@pytest.mark.parametrize(
    "text",
    [
        "Ede",
        "Elburg",
        "GM0363",
        "Amsterdam",
        "Friesland",
        "Fryslân",
        "PV21",
        "Noord-Nederland",
        "Midden-Nederland",
        "Nederland",
        "NL01",
        "Den Haag",
        "gemeente Utrecht",
        "Bergen (NH.)",
        "Noord Holland",
    ],
)
def test_a_name_elsewhere_is_outside_and_never_corrected(text):
    for level in (None, "gemeente"):
        assert code_of(text, level) == areas.OUTSIDE


def test_everything_outside_is_known_by_name_and_code():
    for item in outside_areas():
        for text in (item.code, item.name, *item.other_names):
            if text in {
                "Noordwijk",
                "Steenbergen",
            }:  # places here too
                assert areas.resolve(text).reason == areas.AMBIGUOUS
                assert areas.resolve(f"gemeente {text}").reason == areas.OUTSIDE
            elif text:
                assert areas.resolve(text).reason == areas.OUTSIDE, text


@pytest.mark.parametrize(
    "text",
    [
        "Noordoost-Groningen",
        "Oost-Groningen",
        "Noord-Groningen",
        "Oost-Drenthe",
        "stad Groningen",
        "Het Ommeland",
    ],
)
def test_a_region_that_is_no_area_is_not_joined(text):
    for level in (None, *LEVELS):
        assert code_of(text, level) == areas.UNKNOWN


def test_a_name_of_another_level_is_refused_and_said():
    assert code_of("Drenthe", "gemeente") == areas.UNKNOWN
    assert "provincie" in areas.resolve("Drenthe", "gemeente").explanation
    assert code_of("Assen", "provincie") == areas.UNKNOWN
    assert code_of("Gemeente Groningen", "provincie") == areas.UNKNOWN
    assert code_of("provincie Groningen", "gemeente") == areas.UNKNOWN


@pytest.mark.parametrize(
    "text", ["", " ", "\u00a0\t", "-", "...", "nan", "NULL", "None", None, float("nan"), "\u200b"]
)
def test_nothing_is_empty(text):
    assert code_of(text, "gemeente") == areas.EMPTY


@pytest.mark.parametrize("text", [True, False, object(), b"Assen", ["Assen"], 1j, float("inf"), "x" * 10**6])
def test_what_is_no_name_is_unknown(text):
    assert code_of(text, "gemeente") == areas.UNKNOWN


def test_a_level_that_does_not_exist_is_said():
    with pytest.raises(AtlasError, match="niveau") as raised:
        areas.resolve("Assen", "wijk")
    assert "surveyregio" in raised.value.expected
    with pytest.raises(AtlasError):
        areas.areas("wijk")
    with pytest.raises(AtlasError, match="gebiedscode"):
        areas.area("GM0363")


# --- typing errors ---


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("Stadskanal", "gemeente", "GM0037"),
        ("Hogeveen", "gemeente", "GM0118"),
        ("Emmmen", "gemeente", "GM0114"),
        ("Tynaralo", "gemeente", "GM1730"),
        ("Gronigen", "gemeente", "GM0014"),
        ("Gronigen", "provincie", "PV20"),
        ("Eemsdleta", "gemeente", "GM1979"),
        ("Oldambt/Westerwold", "surveyregio", "SR07"),
        ("Drenhte", "provincie", "PV22"),
        ("Apingedam", "gemeente", "GM1979"),
        ("gemeente Oldamt", None, "GM1895"),
    ],
)
def test_a_typing_error_is_corrected_when_one_area_is_near(text, level, code):
    found = areas.resolve(text, level)
    assert (found.area.code, found.reason) == (code, areas.CORRECTED)
    assert "verbeterd" in found.explanation


def test_a_corrected_former_name_keeps_what_it_was():
    assert areas.resolve("Apingedam", "gemeente").former.code == "GM0003"
    assert areas.resolve("Gronigen", "gemeente", 2018).former.valid_to == "2019-01-01"


def test_a_typo_of_winsum_stays_ambiguous():
    assert candidates_of("Winsumm", "gemeente") == {"GM1966", "GM1969"}


@st.composite
def one_letter_typos(draw):
    item = draw(st.sampled_from(EVERY_AREA))
    place = draw(st.integers(0, len(item.name) - 1))
    letter = draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz -"))
    name = item.name
    typo = draw(
        st.sampled_from(
            [
                name[:place] + name[place + 1 :],
                name[:place] + letter + name[place:],
                name[:place] + letter + name[place + 1 :],
                name[:place] + name[place : place + 2][::-1] + name[place + 2 :],
            ]
        )
    )
    return item, typo


@given(one_letter_typos())
def test_a_one_letter_typo_is_never_another_area(case):
    item, typo = case
    assert areas.resolve(typo, item.level).area in (None, item)


@given(one_letter_typos())
def test_a_one_letter_typo_is_never_another_area_without_a_level_either(case):
    """Only "Gemeente Groningen" may change level: its first word makes it the municipality."""
    item, typo = case
    found = areas.resolve(typo).area
    assert found in (None, item) or {found.code, item.code} == {"GM0014", "SR05"}


@given(
    text=st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.fractions(),
        st.text(),
        st.binary(),
        st.just("\ud800"),
        st.from_regex(r"(GM|PV|SR|gem\.? |prov )?[0-9]{1,6}", fullmatch=True),
        st.lists(st.sampled_from(WORDS)).map(" ".join),
    ),
    level=st.sampled_from([None, *LEVELS]),
    year=st.one_of(st.none(), st.integers(1900, 2100)),
)
def test_resolve_never_raises_and_gives_an_area_or_a_reason(text, level, year):
    found = areas.resolve(text, level, year)
    assert (found.area is not None) == (found.reason in ACCEPTED)
    assert (found.explanation == "") == (found.reason == areas.EXACT)
    if found.area:
        assert found.area in areas.areas(found.area.level)
        assert level in (None, found.area.level)
        assert found.candidates == ()
    if found.reason == areas.AMBIGUOUS:
        assert found.candidates


@given(st.text(), st.text())
def test_the_distance_is_the_same_both_ways_and_bounded(left, right):
    assert distance(left, right, 2) == distance(right, left, 2) <= 3
    assert (distance(left, right, 2) == 0) == (left == right)


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    once = areas.normalise(text)
    assert areas.normalise(once) == once or once.split()[-1] in {"de", "het", "den"}


# --- the tables ---


def test_the_levels_are_in_order_and_complete():
    assert [(item.id, len(areas.areas(item.id))) for item in areas.levels()] == [
        ("gemeente", 22),
        ("surveyregio", 8),
        ("provincie", 2),
    ]


@pytest.mark.parametrize("level", ["surveyregio", "provincie"])
def test_the_members_of_a_level_are_every_municipality_once(level):
    codes = [member.code for item in areas.areas(level) for member in areas.members(item.code)]
    assert sorted(codes) == sorted(item.code for item in areas.areas("gemeente"))
    assert all(
        member.province == item.province for item in areas.areas(level) for member in areas.members(item.code)
    )


def test_the_members_of_a_municipality_are_itself():
    assert all(areas.members(item.code) == (item,) for item in areas.areas("gemeente"))


def test_membership_says_what_is_inferred():
    kinds = {item.name: areas.membership(item.code).kind for item in areas.areas("surveyregio")}
    inferred = {name for name, kind in kinds.items() if kind == "afgeleid"}
    assert inferred == {"Noord-Drenthe", "Zuidoost-Drenthe", "Zuidwest-Drenthe"}
    assert "Midden-Drenthe" in areas.membership("SR01").note
    assert areas.membership("PV20") == areas.Membership("officieel", "")


def test_labels_are_unique_over_all_levels():
    labels = [item.label for item in EVERY_AREA]
    assert len(set(labels)) == len(labels)
    assert areas.area("GM0014").label == "Groningen (gemeente)"
    assert areas.area("PV20").label == "Groningen (provincie)"
    assert areas.area("SR05").label == "Gemeente Groningen"
    assert areas.area("GM0106").label == "Assen"


def test_the_places_are_those_of_the_register():
    """Counted once in the table of CBS: 426 places, 16 names in two or more municipalities.

    Of the whole country 2,501; 14 names are on both sides."""
    names = [place.name for place in places()]
    assert len(names) == len({place.code for place in places()}) == 426
    assert len({name for name in names if names.count(name) > 1}) == 16
    assert len(elsewhere_by_name().keys() & places_by_name().keys()) == 14
    assert len(places()) + len(places_elsewhere()) == 2501
    assert {place.municipality for place in places()} == {item.code for item in areas.areas("gemeente")}


def test_the_split_of_winsum_names_the_places_that_went_each_way():
    of_place = {place.code: place.municipality for place in places()}
    split = [merger for merger in mergers() if not merger.whole]
    assert [len(merger.places) for merger in split] == [9, 3]
    assert all(of_place[code] == merger.new_code for merger in split for code in merger.places)


def test_there_are_342_municipalities_in_the_netherlands():
    outside = [item for item in outside_areas() if item.kind == "gemeente"]
    assert len(outside) + len(areas.areas("gemeente")) == 342


def test_no_code_or_spelling_stands_in_a_table_twice():
    for name, column in (
        ("gemeenten", "code"),
        ("buiten_gebied", "code"),
        ("spellingen", "spelling"),
        ("streken", "naam"),
        ("plaatsnamen", "woonplaatscode"),
        ("plaatsen_elders", "woonplaatscode"),
    ):
        with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            values = [areas.normalise(row[column]) for row in csv.DictReader(file) if row[column]]
        assert len(values) == len(set(values)), name


#: file -> (columns with a text that must be found, columns with the codes it must be found as)
EVERY_ROW = {
    "gemeenten": (("code", "naam"), ("code",)),
    "provincies": (("code", "naam"), ("code",)),
    "surveyregios": (("code", "naam"), ("code",)),
    "herindelingen": (("code", "naam"), ("nieuwe_code",)),
    "spellingen": (("spelling",), ("codes",)),
    "plaatsnamen": (("plaats", "gangbare_naam"), ("gemeente_code",)),
    "plaatsen_elders": (("plaats",), ()),
    "plaatsen_punten": (("naam",), ()),
    "buiten_gebied": (("code", "naam", "andere_namen"), ()),
    "opgeheven_gemeenten": (("code", "naam"), ()),
    "streken": (("naam",), ()),
}


@pytest.mark.parametrize("name", sorted(path.stem for path in DATA.glob("*.csv") if path.stem != "niveaus"))
def test_every_row_of_every_table_is_found(name):
    """At its own level it is the area of its row; without a level it is known, and what it is is said."""
    texts, codes = EVERY_ROW[name]
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            wanted = {code for column in codes for code in row[column].split()}
            wanted |= {one.new_code for one in mergers() if one.former.code in wanted}
            wanted &= {item.code for item in EVERY_AREA}
            for text in (text for column in texts for text in row[column].split("|") if text):
                found = areas.resolve(text)
                assert found.area or "deze atlas kent" not in found.explanation, text
                assert found.reason not in {areas.CORRECTED, areas.EMPTY}, text
                assert "niet bekend" not in found.explanation, text
                for level in {areas.area(code).level for code in wanted}:
                    at_level = areas.resolve(text, level)
                    meant = {item.code for item in (at_level.area, *at_level.candidates) if item}
                    named_like_it = {item.code for item in areas.areas(level) if item.name == text}
                    assert meant & (wanted | named_like_it), (text, level)


def test_the_search_box_finds_every_spelling():
    terms = dict(areas.search_terms())
    assert terms["hoogeland"] == ("GM1966",)
    assert terms["groningen"] == ("GM0014", "SR05", "PV20")
    assert terms["winsum"] == ("GM1966", "GM1969")
    assert terms["winschoten"] == ("GM1895",)
    assert terms["ten boer"] == ("GM0014",)
    assert terms["de marne"] == ("GM1966",)
    assert all(item.code in terms[areas.normalise(item.name)] for item in EVERY_AREA)
    assert all(key == areas.normalise(key) for key in terms)


# --- sentences, at their edges ---


@pytest.mark.parametrize(
    ("names", "said"), [(["Assen"], "Assen"), (["A", "B"], "A en B"), (["A", "B", "C"], "A, B en C")]
)
def test_names_are_listed_as_they_are_said(names, said):
    assert resolution.listing(names, "en") == said


def test_a_text_is_quoted_whole_up_to_its_longest_and_cut_beyond():
    longest = "x" * resolution._QUOTED_LENGTH
    assert resolution.quoted(longest) == f'"{longest}"'
    assert resolution.quoted(f"{longest}x") == f'"{longest}…"'


def test_an_area_elsewhere_is_named_once_and_one_that_holds_the_atlas_is_called_larger():
    assert areas.resolve("Leeuwarden").explanation.count("Leeuwarden") == 1
    assert "groter dan Drenthe en Groningen samen" in areas.resolve("Nederland").explanation
    assert "buiten Drenthe en Groningen" in areas.resolve("Leeuwarden").explanation
    assert "groter" not in areas.resolve("Leeuwarden").explanation


def test_a_former_municipality_existed_until_the_year_in_which_it_ended():
    """Haren ended on 1 January 2019: in figures of 2018 it was there, in those of 2019 the name is old."""
    assert "bestond in 2018 nog" in areas.resolve("Haren", "gemeente", 2018).explanation
    assert "verouderde aanduiding" in areas.resolve("Haren", "gemeente", 2019).explanation
