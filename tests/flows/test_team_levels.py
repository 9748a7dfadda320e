"""The counts of a team at more levels, and what a raster of a dossier amounts to in each area."""

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from atlas.core.areas.districts import districts
from atlas.core.areas.divisions import areas
from atlas.core.counts.team_page import COUNTED_LAYERS
from atlas.core.figures.page_form import as_records
from atlas.core.words.errors import AtlasError
from atlas.dossier.handing_out import release_records
from atlas.dossier.issue_register import read_register
from atlas.dossier.opening import open_dossier
from atlas.dossier.records import read_layers
from atlas.flows.building import build_atlas
from atlas.flows.configuration import Configuration, read_configuration
from atlas.flows.demo import demo_files
from atlas.flows.surfaces import make_density, make_remoteness
from atlas.flows.team import TeamRequest
from atlas.flows.team_levels import counted_levels
from atlas.flows.zonal import ZonalRequest, make_zonal
from atlas.geo.measuring.area_codes import neighbourhood_codes, square_codes
from atlas.geo.registers.neighbourhoods import read_neighbourhoods
from atlas.jobs.handing_out import Request

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
ALL = tuple(area.code for area in areas("gemeente"))
DETAILS = ("wijk", "buurt", "vierkant_500m")


def build(demo, out, audience="team", municipalities=ALL, **options):
    configuration = Configuration()
    configuration = replace(configuration, edition=replace(configuration.edition, audience=audience))
    files = demo_files(demo[0])
    request = TeamRequest(
        demo[1], municipalities, purpose="test", user="test",
        **({"neighbourhoods": files.neighbourhoods, "squares": True} | options),
    )  # fmt: skip
    return build_atlas(configuration, out, sheets=False, team=request)


def payload_of(page):
    text = page.read_text(encoding="utf-8")
    start = text.index('{"schema_version"')
    return as_records(json.loads(text[start : text.index("</script>", start)]))


def codes_of(level):
    return [area["code"] for area in level["areas"]]


def counts_at(payload, layer, level):
    """Area code -> count."""
    (indicator,) = (entry for entry in payload["indicators"] if entry["id"] == f"{layer}_aantal")
    (view,) = (view for view in indicator["views"] if view["level"] == level)
    return {code: value["value"] for code, value in view["values"].items()}


@pytest.fixture(scope="module")
def payload(demo, tmp_path_factory):
    return payload_of(build(demo, tmp_path_factory.mktemp("team")).files[-1])


def records_of(demo, layer):
    return [record for record in read_layers(open_dossier(demo[1]))[layer] if record["geometrie"]]


def test_every_level_is_on_the_page_with_its_areas(payload):
    found = {level["id"]: level for level in payload["levels"] if level["detail"]}
    assert tuple(found) == DETAILS
    for level in found.values():
        assert set(codes_of(level)) == set(level["geometry"])
    for layer in COUNTED_LAYERS:
        views = [
            view["level"]
            for indicator in payload["indicators"]
            if indicator["id"] in (f"{layer}_aantal", f"{layer}_per_km2")
            for view in indicator["views"]
        ]
        assert views.count("buurt") == views.count("vierkant_500m") == views.count("gemeente") == 2


def test_the_three_maps_are_at_every_level_of_the_atlas_and_no_finer(payload):
    """Vacancy of objects judged, remoteness of yards, visits: with what they are divided by."""
    rates = {entry["id"]: entry for entry in payload["indicators"] if entry["denominator"]}
    assert set(rates) == {
        "leegstand_object_aandeel_leeg", "agrarisch_bedrijf_afstand_woning", "agrarisch_bedrijf_zonder_buren",
        "bevinding_per_100_erven", "erfbezoek_dekking",
    }  # fmt: skip
    for entry in rates.values():
        assert [view["level"] for view in entry["views"]] == ["gemeente", "surveyregio", "provincie"]
        for view in entry["views"]:
            assert "circles" not in view["legend"]
            assert "n" in view["table"]["columns"]
            assert "interval" not in view["table"]["columns"]
            assert any(value["status"] == "geteld" and value["n"] for value in view["values"].values())


def test_the_demo_has_visited_and_unvisited_municipalities(payload):
    (coverage,) = (entry for entry in payload["indicators"] if entry["id"] == "erfbezoek_dekking")
    values = coverage["views"][0]["values"].values()
    assert {"geteld", "niet_bezocht"} <= {value["status"] for value in values}
    assert max(value["value"] for value in values if value["value"] is not None) > 50


@pytest.mark.parametrize("layer", COUNTED_LAYERS)
def test_each_count_is_the_number_of_records_that_lie_there(payload, demo, layer):
    x, y = zip(*(record["geometrie"] for record in records_of(demo, layer)), strict=True)
    neighbourhoods = read_neighbourhoods(demo_files(demo[0]).neighbourhoods).frame
    here = {
        "wijk": neighbourhood_codes(x, y, neighbourhoods, level="wijk").tolist(),
        "buurt": neighbourhood_codes(x, y, neighbourhoods).tolist(),
        "vierkant_500m": square_codes(x, y).tolist(),
    }
    for level, codes in here.items():
        counts = counts_at(payload, layer, level)
        assert {code: codes.count(code) for code in counts} == counts
        assert sum(counts.values()) > 0


def test_every_square_holds_a_record(payload):
    counts = [counts_at(payload, layer, "vierkant_500m") for layer in COUNTED_LAYERS]
    for code in counts[0]:
        assert sum(of_layer[code] for of_layer in counts) > 0


def test_the_page_opens_with_the_municipalities(payload):
    assert payload["opening"]["level"] == "gemeente"


def test_a_team_of_one_municipality_has_no_area_of_another(demo, tmp_path):
    one = records_of(demo, "leegstand_object")[0]["gemeente_code"]
    payload = payload_of(build(demo, tmp_path, municipalities=(one,)).files[-1])
    for level in payload["levels"]:
        if not level["detail"]:
            continue
        assert {code for area in level["areas"] for code in area["members"]} == {one}


def test_records_in_none_of_the_areas_are_said(demo):
    said = set()
    for code in ALL:
        layers = release_records(
            open_dossier(demo[1]), COUNTED_LAYERS, audience="team", municipalities=[code], purpose="proef"
        ).content
        found = counted_levels(layers, [code], addresses=None, neighbourhoods=None, squares=True)
        level = found.levels[-1]
        every = sum(map(len, layers.values()))
        placed = sum(level.tally(layer, records).placed for layer, records in layers.items())
        lie = "ligt" if every - placed == 1 else "liggen"
        sentence = f"Van de {every} records {lie} er {every - placed} in geen van deze gebieden."
        assert (sentence in level.detail.note) == (placed < every)
        said.add(placed < every)
    assert said == {True, False}


@pytest.mark.parametrize("audience", ["openbaar", "partners"])
def test_others_get_no_finer_level_and_no_exact_count(demo, tmp_path, audience):
    open_page = {"unsealed": "proef"} if audience == "partners" else {}
    built = build(demo, tmp_path, audience, **open_page)
    payload = payload_of(next(path for path in built.files if path.suffix == ".html"))
    assert [level["id"] for level in payload["levels"]] == ["gemeente", "surveyregio", "provincie"]
    counts = [entry for entry in payload["indicators"] if entry["id"].endswith("_aantal")]
    figures = [one["value"] for entry in counts for view in entry["views"] for one in view["values"].values()]
    assert counts
    assert all(figure % 5 == 0 for figure in figures if figure is not None)
    for path in built.files:
        text = path.read_bytes().decode("utf-8", "replace")
        assert not [level for level in ("buurt", "wijk", "vierkant_500m") if f'"{level}"' in text]


def test_a_file_that_holds_no_buurten_is_refused_and_there_is_no_page(demo, tmp_path):
    with pytest.raises(AtlasError, match="ontbreekt een kolom"):
        build(demo, tmp_path, neighbourhoods=demo_files(demo[0]).roads)
    assert not list(tmp_path.iterdir())


# --- zonal statistics --------------------------------------------------------------------------------


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def density(demo, tmp_path_factory):
    return make_density(
        demo[1], "leegstand_object", tmp_path_factory.mktemp("raster") / "FICTIEF_dichtheid.tif",
        Request("team", ALL, "test", "test"), now=NOW, cell_m=500,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["FICTIEF_zonaal.csv", "FICTIEF_zonaal.gpkg"])
def test_what_comes_of_a_raster_of_records_stands_in_the_register(demo, density, tmp_path, name):
    request = ZonalRequest(density, tmp_path / name, dossier=demo[1], purpose="test", user="test")
    make_zonal(request, NOW)
    line = read_register(open_dossier(demo[1]))[-1]
    assert (line["bestand"], line["publiek"], line["lagen"]) == (name, "team", "leegstand_object")
    assert line["controlegetal"]
    assert request.output.exists()


def test_each_municipality_has_its_figures_and_what_they_are(demo, density, tmp_path):
    request = ZonalRequest(density, tmp_path / "z.csv", dossier=demo[1], purpose="test", user="test")
    make_zonal(request, NOW)
    rows = rows_of(request.output)
    assert {row["code"] for row in rows} == set(ALL)
    assert all(row["raster"].startswith("FICTIEF") and row["methode"] for row in rows)
    assert all(float(row["maximum"]) >= float(row["gemiddelde"]) for row in rows if row["gemiddelde"])


def test_a_raster_of_records_without_its_dossier_gives_nothing(demo, density, tmp_path):
    with pytest.raises(AtlasError, match="gemaakt van een dossier"):
        make_zonal(ZonalRequest(density, tmp_path / "z.csv"), NOW)
    changed = tmp_path / "anders.tif"
    changed.write_bytes(density.read_bytes() + b" ")
    with pytest.raises(AtlasError, match="niet in het register"):
        make_zonal(ZonalRequest(changed, tmp_path / "z.csv", dossier=demo[1], purpose="p", user="u"), NOW)
    with pytest.raises(AtlasError, match="waarvoor"):
        make_zonal(ZonalRequest(density, tmp_path / "z.csv", dossier=demo[1], user="u"), NOW)
    assert not (tmp_path / "z.csv").exists()


def test_a_raster_of_addresses_needs_no_dossier_and_takes_any_areas(demo, tmp_path):
    files = demo_files(demo[0])
    raster = make_remoteness(
        files.addresses, tmp_path / "FICTIEF_afstand.tif", reference_date="2026-02-01", cell_m=1000,
        fictitious=True,
    )  # fmt: skip
    request = ZonalRequest(raster, tmp_path / "z.csv", areas=files.neighbourhoods)
    notes = make_zonal(request, NOW)
    assert {row["code"][:2] for row in rows_of(request.output)} == {"BU"}
    assert notes[0].endswith("gebruikt.")


def test_another_kind_of_file_is_refused_before_anything_is_read(tmp_path):
    with pytest.raises(AtlasError, match="soort uitvoer"):
        make_zonal(ZonalRequest(tmp_path / "geen.tif", tmp_path / "z.docx"), NOW)


def test_wijken_of_two_divisions_are_not_on_one_page(demo, tmp_path):
    """An own table is of the wijken of 2022, the counts of those in the file: a code may mean two areas."""
    (tmp_path / "w.csv").write_text(f"code;waarde\n{districts()[0].code};4\n", encoding="utf-8")
    path = tmp_path / "atlas.toml"
    path.write_text(
        '[atlas]\ntitle = "Proef (FICTIEF)"\naudience = "team"\n[[table]]\npath = "w.csv"\nlevel = "wijk"\n'
        'key = "code"\nvalue = "waarde"\nunit = "count"\ncounts = "misdrijven"\nlabel = "Proef"\n'
        'period = "2024"\nsource = "FICTIEF"\nbase = "FICTIEF"\ncaution = "FICTIEF"\n',
        encoding="utf-8",
    )
    lines = len(read_register(open_dossier(demo[1])))
    files = demo_files(demo[0])
    request = TeamRequest(demo[1], ALL, purpose="test", user="test", neighbourhoods=files.neighbourhoods)
    with pytest.raises(AtlasError, match="wijken van één jaar") as caught:
        build_atlas(read_configuration(path), tmp_path / "uit", sheets=False, team=request)
    assert "2022" in caught.value.got
    assert [found.name for found in (tmp_path / "uit").iterdir()] == ["w.rapport.csv"]
    assert len(read_register(open_dossier(demo[1]))) == lines
    alone = replace(request, neighbourhoods=None)
    made = payload_of(
        build_atlas(read_configuration(path), tmp_path / "uit", sheets=False, team=alone).files[-1]
    )
    assert [level["id"] for level in made["levels"] if level["detail"]] == ["wijk"]
