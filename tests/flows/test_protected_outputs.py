"""What partners and everyone get of a dossier: the same rounded figures in every file, and nothing else."""

import csv
import json
import re
import shutil
import sqlite3
import struct
import sys
from contextlib import closing

import pytest
from typer.testing import CliRunner

from atlas.cli.app import app
from atlas.core.areas.divisions import areas
from atlas.core.counts.protected_counts import counted_by_municipality
from atlas.core.disclosure.squares import square_at
from atlas.core.figures.page_form import as_records
from atlas.core.figures.payload import Edition
from atlas.core.words.errors import AtlasError
from atlas.core.words.layer_names import OBJECTS, YARDS
from atlas.dossier.handing_out import release_records
from atlas.dossier.issue_register import read_register
from atlas.dossier.opening import open_dossier
from atlas.dossier.protected_tables import read_tables
from atlas.dossier.records import read_layers
from atlas.flows.auditing import audit_files
from atlas.flows.building import build_atlas
from atlas.flows.configuration import Configuration
from atlas.flows.demo_dossier import make_demo_with_dossier
from atlas.flows.protecting import READ_LAYERS
from atlas.flows.team import TeamRequest
from atlas.protection.attack import attacked
from atlas.protection.publications import read_figures
from dossier_samples import filled, vacant, without_line, yard

ALL = tuple(area.code for area in areas("gemeente"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A demo dossier, and what partners and everyone get of it: audience -> its files by ending."""
    room = tmp_path_factory.mktemp("made")
    make_demo_with_dossier(room / "demo", seed=3, scale=0.15)
    dossier = room / "demo" / "dossier-FICTIEF"
    files = {}
    for audience in ("partners", "openbaar"):
        built = build(dossier, room / audience, audience)
        files[audience] = {path.suffix: path for path in built.files}
    # a sheet takes seconds to draw: those of two figures stand for all
    few = {"geografieen": ["gemeente"], "telt": ["objecten", "signalen"]}
    drawn = build(dossier, room / "kaarten", "partners", sheets=True, survey=False, rules=few)
    files["partners"] |= {path.suffix: path for path in drawn.files if path.suffix == ".pdf"}
    return dossier, files


def build(dossier, out, audience, *, codes=ALL, sheets=False, survey=True, rules=None):
    configuration = Configuration(edition=Edition(audience=audience), survey=survey, rules=rules or {})
    request = TeamRequest(dossier, codes, purpose="proef", user="proef", unsealed="proef")
    return build_atlas(configuration, out, sheets=sheets, team=request)


def payload_of(page):
    text = page.read_text(encoding="utf-8")
    return as_records(json.loads(re.search(r'id="atlas-payload"[^>]*>(.*?)</script>', text, re.DOTALL)[1]))


def figures_of(path):
    return {
        (one.indicator, one.area): (one.value, one.low, one.high, one.status)
        for one in read_figures(path, path.read_bytes())
        if one.indicator.startswith(("leegstand", "agrarisch", "signaal", "bevinding", "erfbezoek"))
    }


def test_page_geopackage_and_csv_say_the_same(made):
    for files in made[1].values():
        page, table, maps = (figures_of(files[kind]) for kind in (".html", ".csv", ".gpkg"))
        assert page
        assert maps == table
        rounded = {key: tuple(part and round(part, 2) for part in value[:3]) for key, value in page.items()}
        assert rounded == {
            key: tuple(part and round(part, 2) for part in value[:3]) for key, value in table.items()
        }


def test_every_number_stands_in_the_protected_table(made):
    (table,) = read_tables(made[0])
    for files in made[1].values():
        for (indicator, area), (figure, low, high, status) in figures_of(files[".csv"]).items():
            if indicator.endswith("_aantal") and status != "onderdrukt":
                assert figure % 5 == 0
                assert (low, high) == (max(5 if area.startswith("E") else 0, figure - 4), figure + 4)
    assert all(figure % 5 == 0 for figure in table.cells.values())


def test_everyone_gets_a_part_of_what_partners_get_and_no_signal(made):
    partners, public = (figures_of(made[1][audience][".csv"]) for audience in ("partners", "openbaar"))
    assert public.items() <= partners.items()
    assert any(key[0].startswith("signaal") for key in partners)
    assert not [key for key in public if key[0].startswith(("signaal", "bevinding"))]


def test_rounded_zero_hidden_and_no_figure_look_different(made):
    payload = payload_of(made[1]["partners"][".html"])
    entries = [
        entry
        for indicator in payload["indicators"]
        for view in indicator["views"]
        for entry in view["values"].values()
        if indicator["id"].startswith(("leegstand", "agrarisch", "signaal"))
    ]
    zeros = [entry for entry in entries if entry["value"] == 0 and entry["status"] == "geteld"]
    about = [entry for entry in entries if str(entry["text"]).startswith("ongeveer")]
    hidden = [entry for entry in entries if entry["status"] == "onderdrukt"]
    assert zeros
    assert about
    assert hidden
    assert {entry["text"] for entry in zeros if entry["high"] == 4} == {"0–4"}
    assert {entry["text"] for entry in hidden} == {"–"}
    patterns = {state["status"]: (state["pattern"], state["colour"]) for state in payload["states"]}
    assert len({patterns[name] for name in ("geteld", "onderdrukt", "geen_gegevens")}) == 3


def test_no_file_holds_anything_of_a_record(made):
    records = [record for layer in read_layers(open_dossier(made[0])).values() for record in layer]
    secrets = {
        str(record[name])
        for record in records
        for name in ("uuid", "adres", "bag_vbo_id")
        if record.get(name)
    }
    for files in made[1].values():
        for path in files.values():
            text = path.read_bytes().decode("utf-8", "replace")
            assert not [secret for secret in secrets if secret in text]


def test_the_attacker_finds_nothing_in_all_files_together(made):
    paths = [path for files in made[1].values() for path in files.values()]
    found = audit_files(paths, made[0])
    assert found.findings == ()
    assert found.figures > 300
    assert found.tables == 1


def test_a_rebuild_reads_the_table_and_gives_the_same_bytes(made, tmp_path):
    built = build(made[0], tmp_path, "partners")
    assert any("zoals die is gemaakt" in warning for warning in built.warnings)
    for path in built.files:
        assert without_line(path) == without_line(made[1]["partners"][path.suffix])


def test_the_same_dossier_in_another_order_gives_the_same_table(made, tmp_path):
    released = release_records(
        open_dossier(made[0]), READ_LAYERS, audience="team", municipalities=ALL, purpose="proef"
    )
    turned = {layer: tuple(reversed(records)) for layer, records in released.content.items()}
    assert counted_by_municipality(turned, ALL) == counted_by_municipality(released.content, ALL)


def test_each_file_stands_in_the_register_with_its_rule(made):
    lines = read_register(open_dossier(made[0]))
    for audience, files in made[1].items():
        mine = {line["bestand"]: line for line in lines if line["publiek"] == audience}
        for path in files.values():
            assert mine[path.name]["controlegetal"]
            assert "afgerond op 5" in mine[path.name]["onderdrukking"]
            assert mine[path.name]["aantal"] == 0


def test_a_weaker_rule_stands_in_the_register_with_its_reason(made, tmp_path):
    dossier = tmp_path / "dossier"
    shutil.copytree(made[0], dossier)
    rules = {"verloopt_na_maanden": 36, "reden": "afgesproken in het convenant"}
    build(dossier, tmp_path / "out", "partners", rules=rules)
    assert "afgesproken in het convenant" in read_register(open_dossier(dossier))[-1]["onderdrukking"]


def test_part_of_the_municipalities_gets_the_figures_of_the_whole_table(made, tmp_path):
    built = build(made[0], tmp_path, "partners", codes=("GM0106", "GM1680"))
    mine = figures_of(next(path for path in built.files if path.suffix == ".csv"))
    every = figures_of(made[1]["partners"][".csv"])
    shown = {key: value for key, value in mine.items() if value[3] == "geteld"}
    assert shown.items() <= every.items()
    assert {area for _, area in shown} <= {"GM0106", "GM1680"}


def test_stricter_rules_than_a_table_was_made_with_are_refused(made, tmp_path):
    with pytest.raises(AtlasError, match="soepeler regels gemaakt"):
        build(made[0], tmp_path, "openbaar", rules={"grondtal": 10})
    assert not list(tmp_path.iterdir())


def test_a_writer_refuses_what_the_attacker_can_work_out(made, tmp_path, monkeypatch):
    """The texts of rounded figures left out: then the figures stand as if they were exact."""
    from atlas.core.disclosure import protected

    exact = protected.Shown
    monkeypatch.setattr(
        "atlas.core.disclosure.protected.shown", lambda figure, base: exact(figure, figure, figure, "")
    )
    with pytest.raises(AtlasError, match="verraadt meer dan is afgesproken") as caught:
        build(made[0], tmp_path, "partners")
    assert "FICTIEF" in caught.value.where
    assert not list(tmp_path.glob("*.html"))


def test_the_command_reads_as_an_outsider_and_ends_with_3(made, tmp_path):
    page = made[1]["openbaar"][".html"]
    done = CliRunner().invoke(app, ["audit", str(page), "--with", str(made[0])])
    assert done.exit_code == 0, done.output
    assert "niets gevonden" in done.output
    table = tmp_path / "x.csv"
    table.write_text("gebied;waarde;status\nSR07;21;ok\nGM1895;18;ok\nGM1950;;onderdrukt\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["audit", str(table)])
    assert done.exit_code == 3
    assert "Westerwolde" in done.output
    assert "precies 3" in done.output


def test_without_the_dossier_the_command_says_what_it_supposes_of_two_dates(made, tmp_path):
    table, before = tmp_path / "x.csv", "gebied;periode;aantal\nAssen;2025;ongeveer 15\n"
    table.write_text(before + "Assen;2026;ongeveer 20\n", encoding="utf-8")
    assert "hooguit 3 veranderde" in CliRunner().invoke(app, ["audit", str(table)]).stderr
    with_dossier = CliRunner().invoke(app, ["audit", str(table), "--with", str(made[0])])
    assert "hooguit 3" not in with_dossier.output
    table.write_text(before, encoding="utf-8")
    assert "hooguit 3" not in CliRunner().invoke(app, ["audit", str(table)]).output


def test_a_dossier_without_farms_can_not_say_from_how_many_it_counted(tmp_path):
    filled(tmp_path / "d", {"leegstand_object": [vacant(number) for number in range(1, 30)]})
    with pytest.raises(AtlasError, match="Zonder agrarische bedrijven"):
        build(tmp_path / "d", tmp_path / "out", "partners", codes=("GM0106",))


def test_squares_hold_enough_and_stand_beside_municipalities_in_page_maps_and_csv(made):
    (table,) = read_tables(made[0])
    released = release_records(
        open_dossier(made[0]), READ_LAYERS, audience="team", municipalities=ALL, purpose="proef"
    )
    places = {
        layer: [square_at(*record["geometrie"]) for record in released.content[layer]]
        for layer in (OBJECTS, YARDS)
    }
    assert len(table.square_areas) > 20
    assert sorted(square for area in table.square_areas.values() for square in area) == [*table.squares]
    for area in table.square_areas.values():
        objects, farms = (sum(one in area for one in places[layer]) for layer in (OBJECTS, YARDS))
        assert objects >= 5
        assert farms >= 10
        assert abs(table.shown_of_squares(area, OBJECTS).figure - objects) < 5
    for files in made[1].values():
        for kind in (".html", ".csv", ".gpkg"):
            shown = {area for indicator, area in figures_of(files[kind]) if area.startswith("E")}
            assert shown == table.square_areas.keys(), kind
    with closing(sqlite3.connect(made[1]["openbaar"][".gpkg"])) as connection:
        rows = connection.execute("SELECT code, gemeente_code FROM vierkant").fetchall()
    assert {code: tuple(codes.split(",")) for code, codes in rows} == {
        code: table.touched(area) for code, area in table.square_areas.items()
    }


@pytest.mark.parametrize("gone", ["*.json", "*"])
def test_a_table_that_figures_were_handed_out_of_is_not_made_again(made, tmp_path, gone):
    """Without the table, or the key with it, the same numbers would be rounded another way."""
    dossier = tmp_path / "dossier"
    shutil.copytree(made[0], dossier)
    for path in (dossier / "beschermd").glob(gone):
        path.unlink()
    before = sorted((dossier / "beschermd").iterdir())
    with pytest.raises(AtlasError, match="het laatst is uitgegeven is er niet meer"):
        build(dossier, tmp_path / "out", "partners")
    assert sorted((dossier / "beschermd").iterdir()) == before
    assert not list(tmp_path.glob("out/*"))


def test_another_table_may_not_take_the_place_of_the_one_that_figures_were_handed_out_of(
    made, tmp_path, monkeypatch
):
    """One that was rounded anew with a key of its own, and a seal that fits."""
    dossier = tmp_path / "dossier"
    shutil.copytree(made[0], dossier)
    shutil.rmtree(dossier / "beschermd")
    monkeypatch.setattr("atlas.flows.protecting.check_tables_are_there", lambda _: None)
    with pytest.raises(AtlasError, match="een andere beschermde tabel dan waaruit al is uitgegeven"):
        build(dossier, tmp_path / "out", "partners")
    assert read_tables(dossier)
    monkeypatch.undo()
    with pytest.raises(AtlasError, match="een andere beschermde tabel dan waaruit al is uitgegeven"):
        build(dossier, tmp_path / "out", "openbaar")
    assert not list(tmp_path.glob("out/*"))


def test_squares_are_left_out_for_who_may_have_municipalities_only(made, tmp_path):
    built = build(made[0], tmp_path, "openbaar", rules={"geografieen": ["gemeente"]})
    csv_file = next(path for path in built.files if path.suffix == ".csv")
    assert "vierkant" not in csv_file.read_text(encoding="utf-8-sig")


def test_the_geopackage_has_no_free_page_with_an_exact_number(made):
    content = made[1]["partners"][".gpkg"].read_bytes()
    size, trunk, pages = *struct.unpack(">H14xI", content[16:36]), 0
    while trunk:  # https://www.sqlite.org/fileformat2.html#the_freelist
        page = content[(trunk - 1) * size : trunk * size]
        trunk, leaves = struct.unpack(">II", page[:8])
        free = struct.unpack(f">{leaves}I", page[8 : 8 + 4 * leaves])
        assert not any(page[8 + 4 * leaves :])
        assert not any(any(content[(leaf - 1) * size : leaf * size]) for leaf in free)
        pages += 1 + leaves
    assert pages == struct.unpack(">I", content[36:40])[0]


def test_the_csv_is_one_row_for_each_area_and_figure(made):
    with made[1]["partners"][".csv"].open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    keys = [(row["indicator"], row["niveau"], row["gebied_code"], row["periode"]) for row in rows]
    assert len(set(keys)) == len(keys)
    assert {row["niveau"] for row in rows} == {"gemeente", "surveyregio", "provincie", "vierkant"}
    counts = [row for row in rows if row["indicator"].endswith("_aantal")]
    shown = {
        status: [row for row in counts if row["status"] == status] for status in ("geteld", "onderdrukt")
    }
    assert {row["weergave"] for row in shown["geteld"] if row["hoog"] == "4"} == {"0–4"}
    assert any(row["weergave"] == f"ongeveer {row['waarde']}" for row in shown["geteld"])
    assert {(row["waarde"], row["weergave"]) for row in shown["onderdrukt"]} == {("", "–")}
    assert attacked(read_figures(made[1]["partners"][".csv"], made[1]["partners"][".csv"].read_bytes())) == []


def test_without_the_solver_a_table_is_read_and_making_or_auditing_asks_for_it(made, tmp_path, monkeypatch):
    import atlas.protection

    for name in ("attack", "publications", "traces", "making"):
        monkeypatch.setitem(sys.modules, f"atlas.protection.{name}", None)
        monkeypatch.delattr(atlas.protection, name, raising=False)
    with pytest.raises(AtlasError, match="vraagt de bibliotheek highspy"):
        audit_files([made[1]["openbaar"][".html"]])
    dossier = tmp_path / "dossier"
    shutil.copytree(made[0], dossier)
    shutil.rmtree(dossier / "beschermd")
    monkeypatch.setattr("atlas.flows.protecting.check_tables_are_there", lambda _: None)
    with pytest.raises(AtlasError, match="maken vraagt de bibliotheek highspy"):
        build(dossier, tmp_path / "out", "partners")
    assert not list((dossier / "beschermd").glob("*.json"))


def test_too_few_farms_to_give_any_number_is_a_sentence_and_no_file(tmp_path):
    dossier = filled(tmp_path / "d", {OBJECTS: [vacant(101), vacant(102)], YARDS: [yard(121), yard(122)]})
    with pytest.raises(AtlasError, match="geen aantal dat anderen mogen zien"):
        build(dossier.folder, tmp_path / "uit", "partners", codes=("GM0106",), sheets=True)
    assert not list((tmp_path / "uit").glob("*"))
    assert not list((dossier.folder / "beschermd").glob("*.json")), "so that more municipalities can be named"
    assert read_register(dossier) == []
