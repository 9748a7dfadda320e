"""Figures that were handed out, attacked as they stand in files: what an outsider learns and doesn't."""

import json

import pytest

from atlas.protection.attack import attacked, attacked_as_described
from atlas.protection.publications import figure_of, read_described, read_figures


def table(tmp_path, text, name="tabel.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_figures(path, path.read_bytes())


#: a province with one decimal, and the first of its regions
PROVINCE = (
    "gebied;indicator;eenheid;waarde;n;status\n"
    "PV22;zorgen;percent;23,0;2332;ok\nSR01;zorgen;percent;21,0;1037;ok\n"
)
#: a table as it was handed out, and the cells that it gives away with what is said of them
ATTACKS = {
    "one hidden in a region": (
        "gebied;waarde;status\nSR07;21;ok\nGM1895;18;ok\nGM1950;;onderdrukt\n",
        [("Westerwolde", "precies 3")],
    ),
    "one that is in no row at all": (
        "gebied;waarde\nSR07;21\nGM1895;18\n", [("Westerwolde", "precies 3")],
    ),
    "two that are zero": (
        "gebied;waarde;status\nSR06;0;ok\nGM0037;;onderdrukt\nGM0047;;onderdrukt\nGM0765;0;ok\n",
        [("Stadskanaal", ""), ("Veendam", "")],
    ),
    "a region of one municipality": (
        "gebied;waarde;status\nSR05;14;ok\nGM0014;;onderdrukt\n", [("Groningen (gemeente)", "precies 14")],
    ),
    "a small number as it stands": ("gebied;waarde\nAssen;3\nEmmen;12\n", [("Assen", "precies: 3")]),
    "one object more between two quarters": (
        "gebied;kwartaal;aantal\nAssen;Q1;11\nAssen;Q2;12\nEmmen;Q1;30\nEmmen;Q2;30\n",
        [("Assen", "verschil precies 1")],
    ),
    "a category from its whole": (
        "gebied;categorie;aantal\nAssen;totaal;30\nAssen;leeg;26\nAssen;in gebruik;onderdrukt\n",
        [("in gebruik Assen", "precies 4")],
    ),
    "a 0 where no number is said to be hidden": (
        "gebied;waarde;status\nVeendam;0;ok\nEmmen;12;ok\n", [("Veendam", "drie dingen")],
    ),
    "a 0 among rounded numbers": (
        "gebied;waarde\nVeendam;0\nEmmen;ongeveer 15\nAssen;0–4\n", [("Veendam", "drie dingen")],
    ),
    "all of a known population in one category": (
        "gebied;categorie;aantal\nAssen;totaal;40\nAssen;leeg;38\nAssen;in gebruik;0\n",
        [("leeg Assen", "38 van de 40"), ("in gebruik Assen", "0 van de 40")],
    ),
    "decimals of two rates": (
        "gebied;oppervlakte_km2;per_km2;adressen;per_1000\nAssen;276,4;0,01;9120;0,3\n",
        [("Assen", "precies 3")],
    ),
    "a sentence beside a hidden number": (
        "gebied;waarde;status;toelichting\nAssen;;onderdrukt;Van 2 van de 3 is de gemeente nog niet zeker.\n",
        [("Assen", "Van 2")],
    ),
    "a region from its province, one decimal": (
        PROVINCE + "SR02;zorgen;percent;23,0;752;ok\nSR03;zorgen;percent;;531;onderdrukt\n",
        [("zorgen SR03", "0,4 punt")],
    ),
    "rounded figures that fit only one number": (
        "gebied;aantal\nSR07;ongeveer 20\nGM1895;0–4\nGM1950;ongeveer 10\n", [("", "")],
    ),
}  # fmt: skip
#: what may be handed out
SAFE = {
    "rounded, with zeros": "gebied;aantal\nSR07;ongeveer 20\nGM1895;ongeveer 20\nGM1950;0–4\n",
    "two hidden, with room": "gebied;aantal\nSR06;60\nGM0037;20\nGM0047;onderdrukt\nGM0765;onderdrukt\n",
    "inhabitants": "gebied;label;aantal\nSR07;Inwoners;63003\nGM1895;Inwoners;38000\nGM1950;Inwoners;25003\n",
    "a second region hidden": (
        PROVINCE + "SR02;zorgen;percent;;752;onderdrukt\nSR03;zorgen;percent;;531;onderdrukt\n"
    ),
    "no number of respondents": (
        PROVINCE + "SR02;zorgen;percent;23,0;752;ok\nSR03;zorgen;percent;;;onderdrukt\n"
    ),
    "a rate of what everyone may know": "gebied;label;oppervlakte_km2;per_km2\nAssen;Woningen;82;0,01\n",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_table_gives_away_is_named_with_cell_and_file(tmp_path, attack):
    text, expected = ATTACKS[attack]
    found = attacked(table(tmp_path, text))
    for cell, how in expected:
        assert any(one.cell.endswith(cell) and how in one.how for one in found), found
    assert {file for one in found for file in one.files} == {"tabel.csv"}


@pytest.mark.parametrize("safe", SAFE)
def test_what_keeps_enough_open_is_let_through(tmp_path, safe):
    assert attacked(table(tmp_path, SAFE[safe])) == []


def test_two_audiences_side_by_side_give_away_what_neither_does_alone(tmp_path):
    one = table(
        tmp_path, "gebied;aantal\nSR06;40\nGM0037;onderdrukt\nGM0047;onderdrukt\nGM0765;17\n", "partners.csv"
    )
    other = table(
        tmp_path, "gebied;aantal\nSR06;40\nGM0037;onderdrukt\nGM0047;20\nGM0765;onderdrukt\n", "open.csv"
    )
    assert attacked(one) == attacked(other) == []
    (stadskanaal,) = [found for found in attacked([*one, *other]) if found.cell.endswith("Stadskanaal")]
    assert "precies 3" in stadskanaal.how
    assert stadskanaal.files == ("open.csv", "partners.csv")


def test_a_hidden_number_is_no_zero_where_zeros_are_shown(tmp_path):
    rows = "gebied;waarde;status\nSR06;9;ok\nGM0037;;onderdrukt\nGM0047;;onderdrukt\nGM0765;{};ok\n"
    assert attacked(table(tmp_path, rows.format("0"))) == []
    # 9 = x + y with both at least 1 leaves 1 to 8; with 4 together and no zeros only 1 to 3
    four = "gebied;waarde;status\nSR06;4;ok\nGM0037;;onderdrukt\nGM0047;;onderdrukt\nGM0765;0;ok\n"
    found = attacked(table(tmp_path, four))
    assert any("1 tot 3" in one.how for one in found)


def test_a_figure_that_two_files_tell_otherwise_comes_from_no_protected_table(tmp_path):
    one = table(tmp_path, "gebied;aantal\nSR07;ongeveer 20\nGM1895;ongeveer 20\nGM1950;0–4\n", "a.csv")
    other = table(tmp_path, "gebied;aantal\nSR07;ongeveer 40\n", "b.csv")
    assert any("spreken elkaar tegen" in found.how for found in attacked([*one, *other]))


@pytest.mark.parametrize(
    ("content", "cells"),
    [
        ({"published": {"gemeente": 23, "q1": 9, "q2": 6, "q3": 5}, "hidden": ["rest"],
          "sums": [{"total": "gemeente", "parts": ["q1", "q2", "q3", "rest"]}]}, ["rest"]),
        ({"Q1": {"TOT": 1200, "leeg": 11}, "Q2": {"TOT": 1201, "leeg": 12}}, ["TOT", "leeg"]),
        ({"partners": {"T": 40, "b": 17, "c": "onderdrukt", "a": "onderdrukt"},
          "openbaar": {"T": 40, "b": "onderdrukt", "c": 20, "a": "onderdrukt"}}, ["a", "b", "c"]),
        ({"published": {"T": 60, "a": 20}, "hidden": ["b", "c"],
          "sums": [{"total": "T", "parts": ["a", "b", "c"]}]}, []),
    ],
)  # fmt: skip
def test_a_publication_described_by_its_cells_and_sums(tmp_path, content, cells):
    path = tmp_path / "uitgave.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    described = read_described(path, path.read_bytes())
    assert sorted(one.cell for one in attacked_as_described(described)) == sorted(cells)


def test_geojson_and_json_are_read_as_rows(tmp_path):
    features = [
        {"type": "Feature", "geometry": None, "properties": {"code": code, "waarde": value}}
        for code, value in (("SR07", 21), ("GM1895", 18))
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features})
    (one,) = attacked(table(tmp_path, content, "x.geojson"))
    assert "precies 3" in one.how
    rates = {"area_km2": 276.4, "per_km2": "0.01", "addresses": 9120, "per_1000": "0.3"}
    (one,) = attacked(table(tmp_path, json.dumps(rates), "x.json"))
    assert "precies 3" in one.how
    note = {"value": "onderdrukt", "note": "Van 2 van de 3 is de gemeente nog niet zeker."}
    (one,) = attacked(table(tmp_path, json.dumps(note), "x.json"))
    assert "noemt een aantal" in one.how
    assert attacked(table(tmp_path, '{"lines": 200, "keep": 180}', "x.json")) == []


def test_free_text_with_a_telephone_number_is_told(tmp_path):
    rows = "gebied;waarde;toelichting\nAssen;ongeveer 15;Bel de buurman: 06-12345678\n"
    (one,) = attacked(table(tmp_path, rows))
    assert "telefoonnummer" in one.how


def test_what_a_cell_says_of_itself():
    assert figure_of("ongeveer 1.015") == (1015.0, 1011.0, 1019.0, 0)
    assert figure_of("0–4") == (0.0, 0.0, 4.0, 0)
    assert figure_of("0,30") == (0.3, None, None, 2)
    assert figure_of("onderdrukt") == (None, None, None, -1)
    assert figure_of(True) == (None, None, None, -1)


def test_percentages_of_regions_and_their_province_in_json_are_put_together(tmp_path):
    told = {
        "province": {"p": 23.0, "n": 2332},
        "regions": {
            "SR01": {"p": 21.0, "n": 1037},
            "SR02": {"p": 23.0, "n": 752},
            "SR03": {"status": "onderdrukt", "n": 531},
        },
    }
    (finding,) = attacked(table(tmp_path, json.dumps(told), "regio.json"))
    assert finding.cell == "aandeel SR03"
    assert "0,4 punt" in finding.how
