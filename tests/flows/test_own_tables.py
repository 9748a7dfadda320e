"""Own tables in an atlas: a report for every block, counts through the gate, rates and decimals as given."""

import csv
import json

import pyogrio
import pytest

from atlas.core.areas.districts import districts
from atlas.core.figures.figure_table import COLUMNS, figure_rows
from atlas.core.figures.map_layers import map_row
from atlas.core.figures.page_form import as_records
from atlas.core.figures.statements import compare
from atlas.core.words.errors import AtlasError
from atlas.core.words.notation import format_number
from atlas.flows.building import build_atlas
from atlas.flows.configuration import read_configuration

EDITION = """
[atlas]
title = "Proef (FICTIEF)"
fictitious = true
survey = false
audience = "{audience}"
"""
BLOCK = """
[[table]]
path = "{path}"
level = "gemeente"
key = "Gemeente"
value = "{value}"
unit = "{unit}"
label = "{label}"
period = "2024"
source = "FICTIEF"
base = "FICTIEF"
caution = "FICTIEF"
measure = "telling"
{more}
"""
SIX = "Gemeente;A2023;A2024;Inwoners\nAssen;geheim;4;70000\nEmmen;5;6;100000\nMeppel;3;4;35000\n"


def block(value="A2024", unit="count", label="", path="t.csv", more='counts = "misdrijven"'):
    return BLOCK.format(path=path, value=value, unit=unit, label=label or value, more=more)


def built(folder, *blocks, audience="openbaar", tables=(("t.csv", SIX),)):
    """The payload of an atlas and its files."""
    for name, text in tables:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    configuration = folder / "atlas.toml"
    configuration.write_text(EDITION.format(audience=audience) + "".join(blocks), encoding="utf-8")
    result = build_atlas(read_configuration(configuration), folder / "uit", sheets=False)
    page = (folder / "uit" / "atlas.html").read_text(encoding="utf-8")
    start = page.index('{"', page.index('id="atlas-payload"'))
    return as_records(json.JSONDecoder().raw_decode(page[start:])[0]), result


def per_district(value="waarde", unit="count", more='counts = "misdrijven"'):
    text = block(value, unit, path="w.csv", more=more)
    return text.replace('level = "gemeente"', 'level = "wijk"').replace('key = "Gemeente"', 'key = "code"')


def reports(folder):
    found = {}
    for path in sorted((folder / "uit").glob("*.rapport.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found[path.name] = [row["uitkomst"] for row in csv.DictReader(file)]
    return found


def test_two_blocks_on_one_file_have_a_report_each(tmp_path):
    built(tmp_path, block("A2023"), block("A2024"))
    assert reports(tmp_path) == {
        "t-1.rapport.csv": ["waarde_onleesbaar", "gekoppeld", "gekoppeld"],
        "t-2.rapport.csv": ["gekoppeld"] * 3,
    }


def test_two_files_of_one_name_have_a_report_each(tmp_path):
    tables = [(name, SIX) for name in ("een/T.csv", "twee/t.csv", "t-1.csv")]
    blocks = [block(path=name, label=name) for name, _ in tables]
    _payload, result = built(tmp_path, *blocks, tables=tables)
    names = [path.name for path in result.files if path.name.endswith(".rapport.csv")]
    assert len({name.casefold() for name in names}) == 3
    assert list(reports(tmp_path)) == sorted(names)


def test_every_report_is_written_when_a_block_is_refused(tmp_path):
    with pytest.raises(AtlasError):
        built(tmp_path, block("weg"), block("A2023", label="x"), block("A2024", more=""))
    assert [len(lines) for lines in reports(tmp_path).values()] == [0, 3, 3]


@pytest.mark.parametrize("audience", ["openbaar", "partners"])
@pytest.mark.parametrize(
    ("unit", "more"),
    [
        ("count", ""),
        ("number", ""),
        ("percent", ""),
        ("count", 'counts = "signalen"'),
        ("per_1000", 'counts = "meldingen"\nper = "Inwoners"'),
        ("number", 'counts = "personen"'),
    ],
)
def test_a_count_does_not_go_around_the_gate(tmp_path, audience, unit, more):
    with pytest.raises(AtlasError, match=r"gaat niet naar|wat er is geteld"):
        built(tmp_path, block(unit=unit, more=more), audience=audience)
    assert not (tmp_path / "uit" / "atlas.html").exists()
    assert reports(tmp_path)


def test_a_rate_says_per_what(tmp_path):
    made, _ = built(tmp_path, block(unit="per_1000", more='counts = "misdrijven"\nper = "Inwoners"'))
    (indicator,) = made["indicators"]
    assert indicator["unit_label"] == "per 1.000 inwoners"
    values = indicator["views"][0]["values"]
    assert values["GM0106"]["value"] == pytest.approx(4 / 70)
    assert values["GM0106"]["text"] == "0,06"


def test_inhabitants_and_land_come_along_and_their_year_stands_with_the_figure(tmp_path):
    more = 'counts = "misdrijven"\nper_population = true'
    made, _ = built(tmp_path, block(unit="per_1000", more=more))
    (indicator,) = made["indicators"]
    assert indicator["unit_label"] == "per 1.000 inwoners"
    assert "inwoners op 1 januari 202" in indicator["views"][0]["interval_note"]
    made, _ = built(tmp_path, block(unit="per_km2", more='counts = "misdrijven"\nper_land = true'))
    assert made["indicators"][0]["unit_label"] == "per km² land"
    assert "land in km² van 2021" in made["indicators"][0]["views"][0]["interval_note"]


def test_a_rate_that_is_given_names_its_denominator(tmp_path):
    table = [("t.csv", "Gemeente;Per1000\nPekela;0,08\nOldambt;0,36\nAssen;1,12\n")]
    given = block("Per1000", "per_1000", more='counts = "misdrijven"\ndenominator = "inwoners"')
    made, _ = built(tmp_path, given, tables=table)
    values = made["indicators"][0]["views"][0]["values"]
    assert [values[code]["text"] for code in ("GM0765", "GM1895", "GM0106")] == ["0,08", "0,36", "1,12"]
    for more in ('counts = "misdrijven"', ""):  # said first: what it counts does not say per what
        with pytest.raises(AtlasError, match=r"per 1\.000 waarvan") as caught:
            built(tmp_path, block("Per1000", "per_1000", more=more), tables=table)
        assert 'denominator = "inwoners"' in caught.value.hint


def test_a_total_that_differs_is_a_warning_of_the_atlas(tmp_path):
    _, result = built(tmp_path, block(), tables=[("t.csv", "Gemeente;A2024\nAssen;4\nTotaal;9\n")])
    assert any("Totaal" in warning for warning in result.warnings)


def test_the_publication_rule_holds_for_a_share_of_a_register(tmp_path):
    table = [("t.csv", "Gemeente;A2024;n\nAssen;50;4\nEmmen;50;4000\n")]
    made, _ = built(tmp_path, block(unit="percent", more='counts = "woningen"\nn = "n"'), tables=table)
    values = made["indicators"][0]["views"][0]["values"]
    assert (values["GM0106"]["status"], values["GM0106"]["value"]) == ("te_weinig_respondenten", None)
    assert values["GM0114"]["value"] == 50


# --- wijken ----------------------------------------------------------------------------------------------

WIJKEN = "code;waarde;n\n" + "".join(
    f"{one.code};{number};{10 + number}\n" for number, one in enumerate(districts(), start=1)
)


def test_a_table_per_wijk_is_on_the_page_and_in_the_geopackage(tmp_path):
    payload, result = built(tmp_path, per_district(), tables=[("w.csv", WIJKEN)])
    level = next(entry for entry in payload["levels"] if entry["id"] == "wijk")
    assert (level["detail"], level["note"]) == (True, "De wijken van 2022.")
    assert [area["code"] for area in level["areas"]] == [one.code for one in districts()]
    assert "Wijken: CBS, Kerncijfers wijken en buurten 2022" in payload["boundary_source"]
    assert payload["opening"]["level"] == "wijk"
    package = next(path for path in result.files if path.suffix == ".gpkg")
    values = pyogrio.read_dataframe(package, layer="waarde").set_index("gebied_code")
    assert values["waarde"].to_dict() == {one.code: at for at, one in enumerate(districts(), start=1)}
    assert set(values["niveau"]) == {"wijk"}
    areas = pyogrio.read_dataframe(package, layer="wijk").set_index("code")
    assert areas["gemeente_code"].to_dict() == {one.code: one.municipality for one in districts()}
    assert areas.crs.to_epsg() == 28992
    assert set(reports(tmp_path)["w.rapport.csv"]) == {"gekoppeld"}


def test_an_atlas_without_a_table_per_wijk_has_no_wijken(tmp_path):
    payload, _result = built(tmp_path, block())
    assert [level["id"] for level in payload["levels"]] == ["gemeente", "surveyregio", "provincie"]
    assert "Wijken" not in payload["boundary_source"]


@pytest.mark.parametrize("counts", ['counts = "signalen"', 'counts = "personen"', ""])
def test_a_count_per_wijk_goes_through_the_same_gate(tmp_path, counts):
    with pytest.raises(AtlasError):
        built(tmp_path, per_district(more=counts), tables=[("w.csv", WIJKEN)])
    assert not (tmp_path / "uit" / "atlas.html").exists()


def test_sheets_per_wijk_are_not_made_and_that_is_said(tmp_path):
    built(tmp_path, per_district(), tables=[("w.csv", WIJKEN)])
    result = build_atlas(read_configuration(tmp_path / "atlas.toml"), tmp_path / "blad", sheets=True)
    assert any(text.startswith("Van de cijfers per wijk") for text in result.warnings)
    assert not (tmp_path / "blad" / "kaarten").exists()


STATLINE = """"Perioden";"Regio's";"Soort misdrijf";"Geregistreerde misdrijven (aantal)"
"2023";"Assen";"Totaal";"10"
"2024*";"Assen";"Totaal";"12"
"2024*";"Assen";"Drugs";"2"
"2024*";"Emmen";"Totaal";"15"
"2024*";"Scheemda";"Totaal";""
"""
OF_A_SOURCE = """
[[table]]
path = "s.csv"
level = "gemeente"
value = "Geregistreerde misdrijven"
where = { "Soort misdrijf" = "Totaal" }
label = "Misdrijven"
period = "%s"
source = "FICTIEF"
base = "FICTIEF"
caution = "FICTIEF"
measure = "telling"
counts = "misdrijven"
"""


WITH_A_NOTE = "Gemeente;Meldingen 2023;Meldingen 2024\nAssen;10;12\nEmmen;11;15\n* cijfers 2024 voorlopig;;\n"
OF_A_NOTE = """
[[table]]
path = "n.csv"
level = "gemeente"
key = "Gemeente"
value = "Meldingen %s"
unit = "count"
label = "Meldingen"
period = "%s"
source = "FICTIEF"
base = "FICTIEF"
caution = "FICTIEF"
measure = "telling"
counts = "misdrijven"
"""


def test_a_note_that_calls_one_year_provisional_goes_with_the_figures_of_that_year(tmp_path):
    blocks = [OF_A_NOTE % (year, year) for year in ("2023", "2024")]
    payload, result = built(tmp_path, *blocks, tables=(("n.csv", WITH_A_NOTE),))
    (indicator,) = payload["indicators"]
    found = {view["period"]: view for view in indicator["views"]}
    assert [found[year]["period_label"] for year in ("2023", "2024")] == ["2023", "2024 (voorlopig)"]
    assert "Voorlopig cijfer" in found["2024"]["interval_note"]
    assert "Voorlopig" not in found["2023"]["interval_note"]
    assert (payload["date"], payload["date_label"]) == ("2024", "2024")
    assert [note for note in result.warnings if "voorlopig" in note] == [
        'n.csv: Bij de tabel staat: "* cijfers 2024 voorlopig".'
    ]
    rows = figure_rows(payload, indicator, found["2024"])
    told = {row[COLUMNS.index("gebied")]: row for row in rows}
    assert "Voorlopig cijfer" in told["Assen"][COLUMNS.index("opmerking")]
    assert told["Assen"][COLUMNS.index("periode")] == "2024 (voorlopig)"
    assert told["Hoogeveen"][COLUMNS.index("toestand")] == "Geen gegevens"
    assert told["Hoogeveen"][COLUMNS.index("opmerking")] == ""


def test_two_periods_of_one_statistical_table_are_two_blocks_of_one_figure(tmp_path):
    blocks = [OF_A_SOURCE % year for year in ("2023", "2024")]
    payload, result = built(tmp_path, *blocks, tables=(("s.csv", STATLINE),))
    (indicator,) = payload["indicators"]
    assert indicator["unit"] == "count"
    views = {view["period"]: json.dumps(view, ensure_ascii=False) for view in indicator["views"]}
    assert "Voorlopig cijfer" in views["2024"]
    assert "Voorlopig cijfer" not in views["2023"]
    of_period = {view["period"]: view["values"] for view in indicator["views"]}
    assert of_period["2023"]["GM0106"]["value"] == 10
    assert of_period["2024"]["GM0106"]["value"] == 12
    reports = sorted((tmp_path / "uit").glob("*.rapport.csv"))
    told = [list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())) for path in reports]
    assert sorted((rows[0]["periode"], len(rows)) for rows in told) == [("2023", 1), ("2024", 3)]
    assert {row["uitkomst"] for rows in told for row in rows} == {"gekoppeld", "opgeheven"}
    assert result.attention == 0


def test_an_empty_choice_in_a_configuration_is_refused(tmp_path):
    with pytest.raises(AtlasError, match="De keuze is leeg"):
        built(tmp_path, (OF_A_SOURCE % "2024").replace('"Totaal"', '""'), tables=(("s.csv", STATLINE),))


def test_the_interval_of_the_source_stands_with_the_figure(tmp_path):
    text = "Gemeente;Aandeel;Marge\nAssen;20;2\nEmmen;30;9\n"
    more = 'margin = "Marge"'
    own = block("Aandeel", "percent", more=more).replace('measure = "telling"', 'measure = "steekproef"')
    payload, _result = built(tmp_path, own, tables=(("t.csv", text),))
    values = payload["indicators"][0]["views"][0]["values"]
    assert {
        code: (one["low"], one["high"], one["status"]) for code, one in values.items() if one["value"]
    } == {
        "GM0106": (18, 22, "ok"),
        "GM0114": (21, 39, "indicatief"),
    }


ADDRESSES = (
    "woonplaats\nAdorp\nBaflo\nDen Andel\nRasquert\nSaaxumhuizen\nSauwerd\nTinallinge\nWetsinge\nWinsum\n"
    "Ezinge\nFeerwerd\nGarnwerd\n"
)
DIVIDED = 'counts = "misdrijven"\nyear = 2018\ndivide = "addresses"\naddresses = "adressen.csv"\n'


def test_an_estimate_of_a_divided_municipality_is_called_so_at_the_figure_and_in_its_caution(tmp_path):
    years = "Gemeente;A\nBedum;100\nDe Marne;200\nEemsmond;300\nWinsum;80\nAssen;5\n"
    earlier = block("A", label="Misdrijven", path="w.csv", more=DIVIDED).replace("2024", "2018")
    payload, _result = built(
        tmp_path,
        earlier,
        block(label="Misdrijven"),
        tables=(("t.csv", SIX), ("w.csv", years), ("adressen.csv", ADDRESSES)),
    )
    (indicator,) = payload["indicators"]
    assert indicator["caution"].startswith("FICTIEF Een schatting: het aantal van Winsum")
    assert indicator["caution"].count("schatting") == 1
    notes = {
        (view["period"], code): value["note"]
        for view in indicator["views"]
        for code, value in view["values"].items()
        if "schatting" in value["note"]
    }
    assert list(notes) == [("2018", "GM1966")]
    view = next(view for view in indicator["views"] if view["period"] == "2018")
    entries = next(level["areas"] for level in payload["levels"] if level["id"] == "gemeente")
    texts = {entry["code"]: map_row(entry, view)["tekst"] for entry in entries}
    assert [code for code, text in texts.items() if text.endswith(" (schatting)")] == ["GM1966"]
    assert texts["GM1966"].startswith(format_number(view["values"]["GM1966"]["value"]))
    compared = compare(payload, indicator, view, "GM1966", "GM0106")
    assert "(schatting)" in compared.first
    assert "een schatting" in compared.verdict
    assert "vastgelegd" not in compared.verdict


def test_the_list_of_addresses_is_read_once_for_all_tables(tmp_path, monkeypatch):
    from atlas.flows import joining

    years = "Gemeente;A;B\nBedum;1;2\nDe Marne;2;3\nEemsmond;3;4\nWinsum;8;8\nAssen;5;6\n"
    read = []
    real = joining.divisions_by_address
    monkeypatch.setattr(joining, "divisions_by_address", lambda table: read.append(1) or real(table))
    payload, _result = built(
        tmp_path,
        *(block(name, label=name, path="w.csv", more=DIVIDED).replace("2024", "2018") for name in "AB"),
        tables=(("w.csv", years), ("adressen.csv", ADDRESSES)),
    )
    assert len(payload["indicators"]) == 2
    assert len(read) == 1


@pytest.mark.parametrize(
    ("more", "title"),
    [
        ('divide = "addresses"\n', "is een lijst met adressen nodig"),
        ('addresses = "t.csv"\n', "er wordt niet naar adressen verdeeld"),
    ],
)
def test_dividing_by_addresses_and_their_list_belong_together(tmp_path, more, title):
    with pytest.raises(AtlasError, match=title) as raised:
        built(tmp_path, block("A", more='counts = "misdrijven"\n' + more), tables=(("t.csv", SIX),))
    assert raised.value.choices == ("divide",)


def test_the_period_of_a_block_decides_the_division_of_its_table(tmp_path):
    """Groningen of 2016 had other borders, with no Haren and Ten Boer: it is not drawn on those of today."""
    older = "Gemeente;Aandeel;n\nGroningen;30,1;400\nAssen;22,0;300\nEmmen;21,5;310\n"
    for period in ("2016", "2016-najaar"):
        of_then = block("Aandeel", "percent", path="o.csv", more='n = "n"').replace('"2024"', f'"{period}"')
        of_then = of_then.replace('measure = "telling"', 'measure = "steekproef"')
        payload, result = built(tmp_path, of_then, tables=(("o.csv", older),))
        (view,) = payload["indicators"][0]["views"]
        assert view["values"]["GM0014"]["value"] is None
        assert view["values"]["GM0106"]["value"] == 22.0
        report = next((tmp_path / "uit").glob("o*.rapport.csv")).read_text(encoding="utf-8-sig")
        assert "ontbreken in de tabel: Haren, Ten Boer" in report
        assert result.attention


def test_one_figure_of_two_sources_is_refused(tmp_path):
    other = (
        block("A2023", label="Misdrijven")
        .replace("2024", "2023")
        .replace('source = "FICTIEF"', 'source = "Elders"')
    )
    with pytest.raises(AtlasError, match="een andere bron") as refused:
        built(tmp_path, block(label="Misdrijven"), other)
    assert (refused.value.got, refused.value.expected) == ("Elders", "FICTIEF")


def test_a_hidden_figure_that_others_give_away_is_not_handed_out(tmp_path):
    of = {"label": "Inbraken", "more": 'counts = "misdrijven"\nstate = "status"'}
    of_region = block("aantal", path="r.csv", **of).replace('"gemeente"', '"surveyregio"')
    # a small number and a 0 say nothing of what is hidden
    municipalities = "Gemeente;aantal;status\nOldambt;18;\nAssen;3;\nEmmen;0;\nWesterwolde;{}\n"
    beside = "Gemeente;aantal;status\n{};21;\n"

    def build(hidden, region):
        tables = (("t.csv", municipalities.format(hidden)), ("r.csv", beside.format(region)))
        return built(tmp_path, block("aantal", **of), of_region, tables=tables)

    with pytest.raises(AtlasError, match="verraadt meer dan is afgesproken") as caught:
        build(";onderdrukt", "SR07")
    assert "Westerwolde: hieruit volgt precies 3" in caught.value.got
    assert not list((tmp_path / "uit").glob("atlas.*"))
    build("3;", "SR07")
    build(";onderdrukt", "SR06")
