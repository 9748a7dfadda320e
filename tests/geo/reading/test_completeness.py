"""What a service says it has, beside what was delivered; and folders and ZIPs of what a layer consists of."""

from __future__ import annotations

import json
import zipfile

import pytest
import register_samples as samples
import shapely

from atlas.core.words.errors import AtlasError
from atlas.geo.registers.addresses import read_addresses
from atlas.geo.registers.places import read_built_up, read_kernen
from atlas.geo.registers.roads import read_roads

X, Y = samples.WEST, samples.SOUTH


def page(number, count=2, *, matched=None, follows=True, address="https://voorbeeld.invalid/wegvakken/items"):
    """A page of road sections: `number` from 1, of which the last has no next one."""
    features = [
        {
            "type": "Feature",
            "properties": samples.road(100 * number + row),
            "geometry": {"type": "LineString", "coordinates": [[X, Y + row], [X + 50, Y + row]]},
        }
        for row in range(count)
    ]
    links = [{"rel": "self", "href": f"{address}?cursor={number}"}]
    links += [{"rel": "next", "href": f"{address}?cursor={number + 1}"}] if follows else []
    told = {} if matched is None else {"numberMatched": matched, "numberReturned": count}
    return json.dumps({"type": "FeatureCollection", "features": features, "links": links} | told)


def folder(tmp_path, pages):
    for name, text in pages.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def notes(reading):
    return " ".join(reading.report.notes)


def test_all_pages_of_a_folder_are_one_layer(tmp_path):
    pages = {f"pagina-{number}.json": page(number, follows=number < 3, matched=6) for number in (1, 2, 3)}
    reading = read_roads(folder(tmp_path, pages))
    assert len(reading.frame) == 6
    assert "ontbre" not in notes(reading)


def test_fewer_than_the_service_has_is_said_with_the_number(tmp_path):
    path = tmp_path / "nwb.json"
    path.write_text(page(1, matched=2501, follows=False))
    assert "2.501 objecten en hier staan er 2: er ontbreken er 2.499" in notes(read_roads(path))


def test_a_next_page_that_is_not_there_is_said(tmp_path):
    (tmp_path / "nwb.json").write_text(page(1))
    assert "nog een volgende pagina" in notes(read_roads(tmp_path / "nwb.json"))


def test_a_gap_in_the_middle_is_said_by_what_the_pages_say_of_themselves(tmp_path):
    pages = {"a.json": page(1), "b.json": page(2), "d.json": page(4, follows=False)}
    assert "nog een volgende pagina" in notes(read_roads(folder(tmp_path, pages)))


def test_a_gap_in_the_middle_is_said_by_the_names_of_the_files(tmp_path):
    pages = {f"pagina-{number}.json": page(1, follows=number < 5) for number in (1, 2, 3, 5)}
    assert "na pagina-3.json komt pagina-5.json" in notes(read_roads(folder(tmp_path, pages)))


def test_pages_numbered_by_what_comes_before_have_no_gap(tmp_path):
    pages = {f"p{start}.json": page(1, follows=start < 3000) for start in (0, 1000, 2000, 3000)}
    assert "ontbreekt" not in notes(read_roads(folder(tmp_path, pages)))


def test_addresses_say_it_too(tmp_path):
    answer = json.loads(samples.wfs_geojson(samples.addresses(2)))
    (tmp_path / "bag.json").write_text(json.dumps(answer | {"totalFeatures": 50, "numberMatched": 50}))
    assert "ontbreken er 48" in notes(read_addresses(tmp_path / "bag.json"))


# --- layers that belong together ------------------------------------------------------------------------


def top10nl(path, one="ja", several="ja"):
    parts = shapely.MultiPolygon([samples.square(X + 4000, Y), samples.square(X + 6000, Y)])
    samples.write_layer(
        path, "top10nl_plaats_vlak", [{"bebouwdekom": one, "naamnl": "A"}], [samples.square(X, Y)]
    )
    samples.write_layer(path, "top10nl_plaats_multivlak", [{"bebouwdekom": several, "naamnl": "B"}], [parts])
    samples.write_layer(path, "top10nl_plaats_punt", [{"naamnl": "C"}], [shapely.Point(X, Y)])
    return path


def test_villages_in_parts_are_read_from_their_own_layer(tmp_path):
    reading = read_built_up(top10nl(tmp_path / "top10nl.gpkg"))
    assert sorted(reading.frame["naam"]) == ["A", "B"]
    assert "plaats_multivlak" not in notes(reading)


def test_one_layer_of_the_two_is_said_to_be_half(tmp_path):
    path = samples.write_layer(
        tmp_path / "kom.gpkg", "plaats_vlak", [{"bebouwdekom": "ja"}], [samples.square(X, Y)]
    )
    assert "TOP10NL heeft ook plaats_multivlak" in notes(read_built_up(path))


def test_pages_of_two_layers_in_a_folder_are_told_apart(tmp_path):
    for name, place in (("plaats_vlak", X), ("plaats_multivlak", X + 3000)):
        samples.write_layer(
            tmp_path / f"{name}.geojson", name, [{"bebouwdekom": "ja", "naamnl": name}],
            [samples.square(place, Y)],
        )  # fmt: skip
    assert sorted(read_built_up(tmp_path).frame["naam"]) == ["plaats_multivlak", "plaats_vlak"]


@pytest.mark.parametrize("inner", ["nwb.gpkg", "map/Wegvakken.shp"])
def test_a_zip_is_read_and_leaves_nothing_behind(inner, tmp_path):
    made = tmp_path / "gemaakt"
    made.mkdir()
    samples.write_layer(
        made / inner.rsplit("/")[-1], "wegvakken", [samples.road(1)],
        [shapely.LineString([(X, Y), (X + 9, Y)])], kind="LineString",
    )  # fmt: skip
    path = tmp_path / "nwb.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(made.iterdir()):
            archive.write(file, f"{inner.rpartition('/')[0]}/{file.name}".lstrip("/"))
    assert len(read_roads(path).frame) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["gemaakt", "nwb.zip"]


def test_a_name_in_a_zip_can_not_leave_the_folder(tmp_path):
    path = tmp_path / "nwb.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../buiten.json", page(1, follows=False))
    assert len(read_roads(path).frame) == 2
    assert not list(tmp_path.parent.glob("buiten.json"))


def test_a_broken_zip_and_an_empty_one_get_a_sentence(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 kapot")
    with pytest.raises(AtlasError, match="beschadigd"):
        read_roads(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("lees mij.txt", "niets")
    with pytest.raises(AtlasError, match="geen kaartbestand"):
        read_kernen(tmp_path / "b.zip")
