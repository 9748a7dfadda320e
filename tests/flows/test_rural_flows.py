"""From register files to a dossier, conclusions and hand-outs, on fictitious data of the real shape."""

import csv
import json
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from atlas.core.areas.divisions import areas
from atlas.core.figures.page_form import as_records
from atlas.core.records.import_file import ImportRequest
from atlas.core.words.errors import AtlasError
from atlas.dossier.issue_register import read_register
from atlas.dossier.opening import init_dossier, open_dossier
from atlas.dossier.records import read_layers
from atlas.flows.building import build_atlas
from atlas.flows.configuration import Configuration
from atlas.flows.demo import DEMO_DAY, demo_files
from atlas.flows.dossier import hand_out
from atlas.flows.importing import ImportTask, import_file
from atlas.flows.registers import mark_countryside, read_register_addresses
from atlas.flows.surfaces import make_density, make_remoteness
from atlas.flows.team import TeamRequest
from atlas.jobs.concluding import conclude
from atlas.jobs.handing_out import Request

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
ALL = tuple(area.code for area in areas("gemeente"))
ASKED = Request("team", ALL, "test", "test")

OBJECTS = ImportRequest("leegstand_object")


def edition(audience):
    configuration = Configuration()
    return replace(configuration, edition=replace(configuration.edition, audience=audience))


def team_page(demo, tmp_path, municipalities=ALL, **options):
    request = TeamRequest(demo[1], municipalities, purpose="test", user="test", **options)
    built = build_atlas(edition("team"), tmp_path, sheets=False, team=request)
    return built.files[-1]


def secrets_of(records):
    """Everything in records that must not leave: ids, places, addresses, in every way they may be written."""
    import numpy as np

    from atlas.geo.reading.crs import to_wgs84

    found = set()
    for record in records:
        if street := re.match("[A-Z][a-z]{5,}", str(record.get("adres") or "")):
            found.add(street.group())  # the page writes what repeats in texts once, numbers apart
        found |= {
            str(record[name]) for name in ("uuid", "bag_vbo_id", "bag_pand_id", "adres") if record.get(name)
        }
        if record.get("geometrie") is not None:
            x, y = record["geometrie"]
            lon, lat = to_wgs84(np.array([[x, y]])).tolist()[0]
            found |= {f"{x:.1f}", f"{y:.1f}", f"{lon:.5f}", f"{lat:.5f}"}
    return found


def found_in(text, secrets):
    return sorted(secret for secret in secrets if secret in text)


def records_of(demo):
    return read_layers(open_dossier(demo[1]))


def test_every_layer_of_the_demo_has_records_and_every_object_its_reasons(demo):
    layers = records_of(demo)
    for layer in ("leegstand_object", "leegstand_bewijs", "agrarisch_bedrijf", "signaal"):
        assert layers[layer], layer
    judged = [record for record in layers["leegstand_object"] if record["conclusie"] != "onbekend"]
    assert judged
    assert all(record["redenen"] for record in judged)
    assert all(
        record["bron"].startswith("FICTIEF")
        for layer in layers.values()
        for record in layer
        if "bron" in record
    )


def test_importing_the_same_file_again_changes_nothing(demo, tmp_path):
    before = records_of(demo)
    task = ImportTask(demo_files(demo[0]).objects, OBJECTS)
    done = import_file(demo[1], task, tmp_path / "r.csv", user="test", now=NOW)
    assert not done.plan.inserts
    assert not done.plan.updates
    assert records_of(demo) == before


def test_concluding_again_changes_nothing(demo):
    assert not conclude(demo[1], today=DEMO_DAY, now=NOW, user="test").plan.concluded


def test_every_row_of_a_file_has_a_line_in_the_report(demo, tmp_path):
    folder = tmp_path / "dossier"
    init_dossier(folder, fictitious=True)
    source = demo_files(demo[0]).objects
    rows = source.read_text(encoding="utf-8-sig").splitlines()
    table = tmp_path / "objecten.csv"
    table.write_text("\n".join([*rows[:5], rows[1], rows[2].replace("avg", "wpg")]), encoding="utf-8")
    done = import_file(folder, ImportTask(table, OBJECTS), tmp_path / "r.csv", user="test", now=NOW)
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {line["rij"] for line in lines} - {""} == {str(number) for number in range(2, 8)}
    assert {line["uitkomst"] for line in lines if not line["rij"]} <= {"opmerking"}
    assert {refusal.field for refusal in done.plan.refusals} >= {"regime"}


def test_a_table_that_names_persons_is_refused_without_repeating_them(demo, tmp_path):
    table = tmp_path / "objecten.csv"
    table.write_text("uuid,naam_eigenaar,x,y\n,Testpersoon,240000,560000\n", encoding="utf-8")
    with pytest.raises(AtlasError) as error:
        import_file(
            demo[1],
            ImportTask(table, OBJECTS),
            tmp_path / "r.csv",
            user="test",
            now=NOW,
        )
    assert "Testpersoon" not in str(error.value)


def test_real_records_do_not_come_into_a_fictitious_dossier(demo, tmp_path):
    table = tmp_path / "objecten.csv"
    table.write_text(
        "adres,soort,x,y,bron,peildatum,bewaren_tot\n"
        "Weg 1,schuur,240000,560000,inventarisatie,2026-01-01,2030-01-01\n",
        encoding="utf-8",
    )
    with pytest.raises(AtlasError, match="Verzonnen en echte"):
        import_file(
            demo[1],
            ImportTask(table, OBJECTS),
            tmp_path / "r.csv",
            user="test",
            now=NOW,
        )


def test_the_team_page_is_registered_marked_and_holds_the_objects(demo, tmp_path):
    page = team_page(demo, tmp_path)
    assert page.name == "atlas-team-FICTIEF.html"
    text = page.read_text(encoding="utf-8")
    assert "FICTIEF" in text
    assert found_in(text, secrets_of(records_of(demo)["leegstand_object"]))
    line = read_register(open_dossier(demo[1]))[-1]
    assert line["bestand"] == page.name
    assert line["controlegetal"]


def test_the_team_page_of_one_municipality_holds_no_record_of_another(demo, tmp_path):
    records = records_of(demo)["leegstand_object"]
    code = records[0]["gemeente_code"]
    text = team_page(demo, tmp_path, (code,)).read_text(encoding="utf-8")
    others = [record for record in records if record["gemeente_code"] != code]
    addresses = {str(record["adres"]) for record in others if record.get("adres")}
    assert not found_in(text, addresses)


@pytest.mark.parametrize("audience", ["openbaar", "partners"])
def test_a_page_for_others_holds_no_record_of_the_dossier(demo, tmp_path, audience):
    request = TeamRequest(demo[1], ALL, purpose="test", user="test", unsealed="proef")
    built = build_atlas(edition(audience), tmp_path, sheets=False, team=request)
    secrets = set().union(*(secrets_of(rows) for rows in records_of(demo).values()))
    for path in built.files:
        text = path.read_bytes().decode("utf-8", "replace")
        assert not found_in(text, secrets)
        assert 'id="atlas-objects"' not in text


def test_the_search_for_leaks_finds_them_when_the_gate_is_off(demo, tmp_path, monkeypatch):
    for gate in (
        "core.counts.objects_payload",
        "core.counts.team_page",
        "flows.building",
        "web.page.object_sections",
    ):
        monkeypatch.setattr(f"atlas.{gate}.AUDIENCE", "openbaar")
    for gate in ("counts.objects_payload", "disclosure.records"):
        monkeypatch.setattr(f"atlas.core.{gate}.may_leave", lambda *_: True)
    for asks in ("dossier.issue_register", "jobs.handing_out"):
        monkeypatch.setattr(f"atlas.{asks}.check_issue", lambda *_, municipalities, **__: municipalities)
    request = TeamRequest(demo[1], ALL, purpose="test", user="test")
    page = build_atlas(edition("openbaar"), tmp_path, sheets=False, team=request).files[-1]
    secrets = set().union(*(secrets_of(rows) for rows in records_of(demo).values()))
    assert found_in(page.read_text(encoding="utf-8"), secrets)


def test_records_are_handed_out_to_a_team_only(demo, tmp_path):
    done = hand_out(demo[1], "leegstand_object", tmp_path / "FICTIEF.csv", ASKED, now=NOW)
    assert done.count
    with pytest.raises(AtlasError):
        hand_out(
            demo[1], "leegstand_object", tmp_path / "x.csv", replace(ASKED, audience="openbaar"), now=NOW
        )
    assert not (tmp_path / "x.csv").exists()


def test_addresses_are_read_and_marked_as_countryside(demo, tmp_path):
    files = demo_files(demo[0])
    read = read_register_addresses(files.addresses, tmp_path / "adressen.parquet")
    assert read.report.exists()
    marked = mark_countryside(
        files.addresses, tmp_path / "b.csv", kind="kern", reference_date="2026-02-01", polygons=files.kernen
    )
    with marked.path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["buitengebied"] for row in rows} == {"ja", "nee"}
    assert {row["gemeente_code"] for row in rows} <= {*ALL, ""}
    assert all(row["methode"] and row["peildatum"] for row in rows)


def test_a_method_without_its_polygons_gets_a_sentence(demo, tmp_path):
    with pytest.raises(AtlasError, match="vlakken nodig"):
        mark_countryside(
            demo_files(demo[0]).addresses, tmp_path / "b.csv", kind="kom", reference_date="2026-02-01"
        )


def test_surfaces_go_through_the_register_and_onto_the_page(demo, tmp_path):
    density = make_density(
        demo[1], "leegstand_object", tmp_path / "FICTIEF_dichtheid.tif", ASKED, now=NOW, cell_m=500
    )
    assert density.with_suffix(".qml").exists()
    assert read_register(open_dossier(demo[1]))[-1]["bestand"] == density.name
    remoteness = make_remoteness(
        demo_files(demo[0]).addresses, tmp_path / "FICTIEF_afstand.tif", reference_date="2026-02-01",
        cell_m=500,
        fictitious=True,
    )  # fmt: skip
    text = team_page(demo, tmp_path, rasters=(density, remoteness)).read_text(encoding="utf-8")
    assert text.count("data:image/png;base64,") >= 2


def test_counts_of_a_part_of_a_region_are_not_shown_as_the_region(demo, tmp_path):
    text = team_page(demo, tmp_path, ("GM0106",)).read_text(encoding="utf-8")
    start = text.index('{"schema_version"')
    payload = as_records(json.loads(text[start : text.index("</script>", start)]))
    views = [
        view
        for indicator in payload["indicators"]
        if indicator["theme"] == "buitengebied"
        for view in indicator["views"]
    ]
    for view in views:
        if view["period"] == "2025-11":
            continue
        known = {code for code, value in view["values"].items() if value["value"] is not None}
        assert known <= {"GM0106"}


def test_the_same_seed_gives_the_same_records(demo, tmp_path):
    from atlas.flows.demo_dossier import make_demo_with_dossier

    again = make_demo_with_dossier(tmp_path, seed=7, scale=0.02)
    assert records_of(again) == records_of(demo)
    shutil.rmtree(tmp_path / "bestanden")


def test_erasing_removes_what_is_past_its_term(demo, tmp_path):
    from atlas.flows.dossier import expire_records

    folder = tmp_path / "dossier"
    shutil.copytree(demo[1], folder)
    with closing(sqlite3.connect(folder / "leegstand_bewijs.gpkg")) as editing, editing:
        editing.execute("UPDATE leegstand_bewijs SET bewaren_tot = ? WHERE fid < 4", [DEMO_DAY.isoformat()])
    before = read_layers(open_dossier(folder))
    now = datetime.now(UTC) + timedelta(minutes=1)
    listed = expire_records(folder, now.date(), erase=False, user="test")
    erased = expire_records(folder, now.date(), erase=True, user="test", now=now)
    assert (erased.count, erased.erased) == (listed.count, True)
    assert erased.count >= 3
    after = read_layers(open_dossier(folder))
    assert sum(map(len, before.values())) - sum(map(len, after.values())) == erased.count
