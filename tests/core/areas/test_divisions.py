"""What the tables of areas hold, and the sentences made of them."""

from __future__ import annotations

import csv

import pytest

from area_samples import DATA, EVERY_AREA
from atlas.core.areas import divisions, resolution, resolving
from atlas.core.areas.divisions import mergers
from atlas.core.areas.gazetteer import elsewhere_by_name, places_by_name
from atlas.core.areas.other_names import outside_areas, places, places_elsewhere
from atlas.core.words.spelling import normalise

# --- the tables ---


def test_the_levels_are_in_order_and_complete():
    assert [(item.id, len(divisions.areas(item.id))) for item in divisions.levels()] == [
        ("gemeente", 22),
        ("surveyregio", 8),
        ("provincie", 2),
    ]


@pytest.mark.parametrize("level", ["surveyregio", "provincie"])
def test_the_members_of_a_level_are_every_municipality_once(level):
    codes = [member.code for item in divisions.areas(level) for member in divisions.members(item.code)]
    assert sorted(codes) == sorted(item.code for item in divisions.areas("gemeente"))
    assert all(
        member.province == item.province
        for item in divisions.areas(level)
        for member in divisions.members(item.code)
    )


def test_the_members_of_a_municipality_are_itself():
    assert all(divisions.members(item.code) == (item,) for item in divisions.areas("gemeente"))


def test_membership_says_what_is_inferred():
    kinds = {item.name: divisions.membership(item.code).kind for item in divisions.areas("surveyregio")}
    inferred = {name for name, kind in kinds.items() if kind == "afgeleid"}
    assert inferred == {"Noord-Drenthe", "Zuidoost-Drenthe", "Zuidwest-Drenthe"}
    assert "Midden-Drenthe" in divisions.membership("SR01").note
    assert divisions.membership("PV20") == divisions.Membership("officieel", "")


def test_labels_are_unique_over_all_levels():
    labels = [item.label for item in EVERY_AREA]
    assert len(set(labels)) == len(labels)
    assert divisions.area("GM0014").label == "Groningen (gemeente)"
    assert divisions.area("PV20").label == "Groningen (provincie)"
    assert divisions.area("SR05").label == "Gemeente Groningen"
    assert divisions.area("GM0106").label == "Assen"


def test_the_places_are_those_of_the_register():
    """Counted once in the table of CBS: 426 places, 16 names in two or more municipalities.

    Of the whole country 2,501; 14 names are on both sides."""
    names = [place.name for place in places()]
    assert len(names) == len({place.code for place in places()}) == 426
    assert len({name for name in names if names.count(name) > 1}) == 16
    assert len(elsewhere_by_name().keys() & places_by_name().keys()) == 14
    assert len(places()) + len(places_elsewhere()) == 2501
    assert {place.municipality for place in places()} == {item.code for item in divisions.areas("gemeente")}


def test_the_split_of_winsum_names_the_places_that_went_each_way():
    of_place = {place.code: place.municipality for place in places()}
    split = [merger for merger in mergers() if not merger.whole]
    assert [len(merger.places) for merger in split] == [9, 3]
    assert all(of_place[code] == merger.new_code for merger in split for code in merger.places)


def test_there_are_342_municipalities_in_the_netherlands():
    outside = [item for item in outside_areas() if item.kind == "gemeente"]
    assert len(outside) + len(divisions.areas("gemeente")) == 342


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
            values = [normalise(row[column]) for row in csv.DictReader(file) if row[column]]
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
    "grenswijzigingen": (("code",), ("code",)),
    "inwoners": (("gemeente_code", "gemeente"), ("gemeente_code",)),
    "landoppervlakte": (("gemeente_code", "gemeente"), ("gemeente_code",)),
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
                found = resolving.resolve(text)
                assert found.area or "deze atlas kent" not in found.explanation, text
                assert found.reason not in {resolution.CORRECTED, resolution.EMPTY}, text
                assert "niet bekend" not in found.explanation, text
                for level in {divisions.area(code).level for code in wanted}:
                    at_level = resolving.resolve(text, level)
                    meant = {item.code for item in (at_level.area, *at_level.candidates) if item}
                    named_like_it = {item.code for item in divisions.areas(level) if item.name == text}
                    assert meant & (wanted | named_like_it), (text, level)


def test_the_search_box_finds_every_spelling():
    terms = dict(resolving.search_terms())
    assert terms["hoogeland"] == ("GM1966",)
    assert terms["groningen"] == ("GM0014", "SR05", "PV20")
    assert terms["winsum"] == ("GM1966", "GM1969")
    assert terms["winschoten"] == ("GM1895",)
    assert terms["ten boer"] == ("GM0014",)
    assert terms["de marne"] == ("GM1966",)
    assert all(item.code in terms[normalise(item.name)] for item in EVERY_AREA)
    assert all(key == normalise(key) for key in terms)


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
    assert resolving.resolve("Leeuwarden").explanation.count("Leeuwarden") == 1
    assert "groter dan Drenthe en Groningen samen" in resolving.resolve("Nederland").explanation
    assert "buiten Drenthe en Groningen" in resolving.resolve("Leeuwarden").explanation
    assert "groter" not in resolving.resolve("Leeuwarden").explanation


def test_a_former_municipality_existed_until_the_year_in_which_it_ended():
    """Haren ended on 1 January 2019: in figures of 2018 it was there, in those of 2019 the name is old."""
    assert "bestond in 2018 nog" in resolving.resolve("Haren", "gemeente", 2018).explanation
    assert "verouderde aanduiding" in resolving.resolve("Haren", "gemeente", 2019).explanation
