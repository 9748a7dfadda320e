"""Which area is this: what is refused with a reason, and which typing errors are corrected."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from area_samples import ACCEPTED, EVERY_AREA, LEVELS, WORDS, candidates_of, code_of
from atlas.core.areas import divisions, resolution, resolving
from atlas.core.areas.other_names import outside_areas
from atlas.core.words.errors import AtlasError
from atlas.core.words.spelling import distance, normalise

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
    found = resolving.resolve(text, level)
    assert (found.area, found.reason) == (None, resolution.AMBIGUOUS)
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
        assert code_of(text, level) == resolution.OUTSIDE


def test_everything_outside_is_known_by_name_and_code():
    for item in outside_areas():
        for text in (item.code, item.name, *item.other_names):
            if text in {
                "Noordwijk",
                "Steenbergen",
            }:  # places here too
                assert resolving.resolve(text).reason == resolution.AMBIGUOUS
                assert resolving.resolve(f"gemeente {text}").reason == resolution.OUTSIDE
            elif text:
                assert resolving.resolve(text).reason == resolution.OUTSIDE, text


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
        assert code_of(text, level) == resolution.UNKNOWN


def test_a_name_of_another_level_is_refused_and_said():
    assert code_of("Drenthe", "gemeente") == resolution.UNKNOWN
    assert "provincie" in resolving.resolve("Drenthe", "gemeente").explanation
    assert code_of("Assen", "provincie") == resolution.UNKNOWN
    assert code_of("Gemeente Groningen", "provincie") == resolution.UNKNOWN
    assert code_of("provincie Groningen", "gemeente") == resolution.UNKNOWN


@pytest.mark.parametrize(
    "text", ["", " ", "\u00a0\t", "-", "...", "nan", "NULL", "None", None, float("nan"), "\u200b"]
)
def test_nothing_is_empty(text):
    assert code_of(text, "gemeente") == resolution.EMPTY


@pytest.mark.parametrize("text", [True, False, object(), b"Assen", ["Assen"], 1j, float("inf"), "x" * 10**6])
def test_what_is_no_name_is_unknown(text):
    assert code_of(text, "gemeente") == resolution.UNKNOWN


def test_a_level_that_does_not_exist_is_said():
    with pytest.raises(AtlasError, match="niveau") as raised:
        resolving.resolve("Assen", "wijk")
    assert "surveyregio" in raised.value.expected
    with pytest.raises(AtlasError):
        divisions.areas("wijk")
    with pytest.raises(AtlasError, match="gebiedscode"):
        divisions.area("GM0363")


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
    found = resolving.resolve(text, level)
    assert (found.area.code, found.reason) == (code, resolution.CORRECTED)
    assert "verbeterd" in found.explanation


def test_a_corrected_former_name_keeps_what_it_was():
    assert resolving.resolve("Apingedam", "gemeente").former.code == "GM0003"
    assert resolving.resolve("Gronigen", "gemeente", 2018).former.valid_to == "2019-01-01"


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
    assert resolving.resolve(typo, item.level).area in (None, item)


@given(one_letter_typos())
def test_a_one_letter_typo_is_never_another_area_without_a_level_either(case):
    """Only "Gemeente Groningen" may change level: its first word makes it the municipality."""
    item, typo = case
    found = resolving.resolve(typo).area
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
    found = resolving.resolve(text, level, year)
    assert (found.area is not None) == (found.reason in ACCEPTED)
    assert (found.explanation == "") == (found.reason == resolution.EXACT)
    if found.area:
        assert found.area in divisions.areas(found.area.level)
        assert level in (None, found.area.level)
        assert found.candidates == ()
    if found.reason == resolution.AMBIGUOUS:
        assert found.candidates


@given(st.text(), st.text())
def test_the_distance_is_the_same_both_ways_and_bounded(left, right):
    assert distance(left, right, 2) == distance(right, left, 2) <= 3
    assert (distance(left, right, 2) == 0) == (left == right)


@given(st.text(st.characters(codec="ascii")))
def test_a_plain_text_is_normalised_as_one_with_an_invisible_sign(text):
    assert normalise(text) == normalise(f"{text}\u200b")


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once or once.split()[-1] in {"de", "het", "den"}
