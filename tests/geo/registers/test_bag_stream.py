"""The extract as a stream: the same objects however it is packed, and of a country only the region."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import extract_samples as extracts
import numpy as np
import pyogrio.raw
import pytest
import register_samples as samples

from atlas.core.files.reading_limits import raise_limits
from atlas.core.words.errors import AtlasError
from atlas.geo.reading.bag_members import members_of
from atlas.geo.reading.positions import FRAME_RD
from atlas.geo.reading.texts import as_text
from atlas.geo.reading.vector_files import points_of
from atlas.geo.registers import bag_extract, bag_objects
from atlas.geo.registers.addresses import read_addresses
from atlas.geo.registers.bag_extract import read_extract

ROWS = samples.addresses()


def packed(path, *, inner=zipfile.ZIP_DEFLATED, outer=zipfile.ZIP_STORED, files=None):
    """A ZIP of ZIPs, each of them packed or stored."""
    kinds = {}
    for name, content in (files or extracts.extract_files(ROWS)).items():
        kinds.setdefault(name[:15], {})[name] = content
    with zipfile.ZipFile(path, "w", outer) as whole:
        for kind, members in kinds.items():
            stream = io.BytesIO()
            with zipfile.ZipFile(stream, "w", inner) as archive:
                for name, content in members.items():
                    archive.writestr(name, content)
            whole.writestr(f"{kind}.zip", stream.getvalue())
    return path


def columns(path):
    extract = read_extract(path, lambda _step, _done: None)
    return {name: column.to_pylist() for name, column in extract.columns.items()}, extract


@pytest.mark.parametrize("outer", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("inner", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_the_objects_are_the_same_however_they_are_packed(tmp_path, inner, outer):
    folder = extracts.write_extract_folder(tmp_path / "los", extracts.extract_files(ROWS))
    plain, _extract = columns(folder)
    found, _extract = columns(packed(tmp_path / "e.zip", inner=inner, outer=outer))
    assert found == plain
    assert len(found["bag_vbo_id"]) == len(ROWS)


@pytest.mark.parametrize("size", [1, 7, 100, 1_001])
def test_the_objects_are_the_same_wherever_a_piece_ends(tmp_path, monkeypatch, size):
    path = packed(tmp_path / "e.zip")
    whole, _extract = columns(path)

    def pieces(stream, _where, _most):
        while piece := stream.read(size):
            yield piece

    monkeypatch.setattr(bag_objects, "unpacked", pieces)
    found, _extract = columns(path)
    assert found == whole


def test_what_lies_outside_the_region_is_counted_and_not_listed(tmp_path):
    west, south, east, north = FRAME_RD
    border = [replace(ROWS[0], x=x, y=y) for x, y in ((west, south), (east, north))]
    outside = [
        replace(ROWS[0], x=x, y=y) for x, y in ((west - 1, south), (east, north + 1), (100_000, 400_000))
    ]
    files = extracts.extract_files(ROWS)
    files["9999VBO08022026-000002.xml"] = extracts.extract_xml(
        "VBO", map(extracts.extract_object, [*outside, *border, ROWS[1]])
    )
    _columns, extract = columns(packed(tmp_path / "e.zip", files=files))
    half = extract.sizes[0]
    assert extract.sizes == (half, 3)
    assert extract.rows.tolist() == [*range(1, half + 1), 4, 5, 6]
    assert any(note.startswith("Geteld en niet ingelezen: 3 verblijfsobjecten") for note in extract.notes)


def test_addresses_that_no_object_has_are_passed_over(tmp_path):
    files = extracts.extract_files(ROWS[:1])
    files["9999NUM08022026-000001.xml"] = extracts.extract_xml("NUM", map(extracts.extract_number, ROWS))
    path = packed(tmp_path / "e.zip", files=files)
    number = next(member for member in members_of(path, tmp_path) if member.kind == "NUM")
    wanted = frozenset({ROWS[0].address_id.encode()})
    found = bag_objects.read_objects(number, wanted)
    assert found.table.column("identificatie").to_pylist() == [ROWS[0].address_id]
    assert found.elsewhere == len(ROWS) - 1


def test_an_extract_of_elsewhere_says_so(tmp_path):
    rows = [replace(one, x=100_000, y=400_000) for one in ROWS]
    path = packed(tmp_path / "e.zip", files=extracts.extract_files(rows))
    with pytest.raises(AtlasError, match="geen enkel verblijfsobject in Drenthe of Groningen"):
        read_addresses(path)


@pytest.mark.parametrize("place", [0.3, 0.6, 0.97])
def test_a_broken_zip_in_the_zip_is_a_sentence(tmp_path, place):
    path = packed(tmp_path / "e.zip")
    content = bytearray(path.read_bytes())
    begin = content.index(b"VBO") + 40
    position = begin + int(place * (content.index(b"PK\x01\x02", begin) - begin))
    content[position : position + 12] = bytes(12)
    path.write_bytes(content)
    with pytest.raises(AtlasError, match="beschadigd, afgebroken"):
        read_addresses(path)


def test_a_zip_in_the_zip_that_is_no_zip_is_a_sentence(tmp_path):
    path = tmp_path / "e.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("9999VBO08022026.zip", b"geen zip")
    with pytest.raises(AtlasError, match="beschadigd, afgebroken"):
        read_addresses(path)


def test_a_zip_that_unpacks_to_too_much_is_a_sentence(tmp_path):
    files = {"9999VBO08022026-000001.xml": extracts.extract_xml("VBO", []) + b" " * 20_000_000}
    path = packed(tmp_path / "e.zip", files=files, outer=zipfile.ZIP_DEFLATED)
    raise_limits(0.001)  # 8 MB unpacked
    try:
        with pytest.raises(AtlasError, match="groter dan hier wordt gelezen"):
            read_addresses(path)
    finally:
        raise_limits(1)


def test_two_processes_read_the_same(tmp_path, monkeypatch):
    path = packed(tmp_path / "e.zip", outer=zipfile.ZIP_DEFLATED)
    alone, _extract = columns(path)
    monkeypatch.setattr(bag_extract, "_LARGE", 0)
    together, _extract = columns(path)
    assert together == alone


def test_a_broken_file_is_a_sentence_in_two_processes_too(tmp_path, monkeypatch):
    files = extracts.extract_files(ROWS)
    files["9999VBO08022026-000002.xml"] = files["9999VBO08022026-000002.xml"][:-700]
    monkeypatch.setattr(bag_extract, "_LARGE", 0)
    with pytest.raises(AtlasError, match="beschadigd, afgebroken"):
        read_addresses(packed(tmp_path / "e.zip", files=files))


def test_texts_with_entities_and_several_values_are_whole(tmp_path):
    files = extracts.extract_files([replace(ROWS[0], purposes=("woonfunctie", "kantoorfunctie"))])
    files["9999OPR08022026-000001.xml"] = extracts.extract_xml(
        "OPR", [extracts.extract_street("A &amp; B&#39;s")]
    )
    found, _extract = columns(packed(tmp_path / "e.zip", files=files))
    assert found["straat"] == ["A & B's"]
    assert found["gebruiksdoel"] == ["woonfunctie,kantoorfunctie"]


def test_the_same_as_the_driver_of_gdal(tmp_path):
    """What the LVBAG driver reads of every file, by the names of the catalogue, stands in our columns."""
    history = [extracts.extract_object(ROWS[0], end="2015-06-01", secondary="0106200099000999")]
    folder = extracts.write_extract_folder(tmp_path / "e", extracts.extract_files(ROWS, history=history))
    for member in members_of(folder, tmp_path):
        _meta, theirs = pyogrio.raw.read_arrow(member.file)
        ours = bag_objects.read_objects(member, None).table
        assert ours.num_rows == theirs.num_rows > 0
        for name in bag_objects.COLUMNS[member.kind]:
            texts = [
                re.sub(r"NL\.IMBAG\.\w+\.", "", text) for text in as_text(theirs.column(name)).to_pylist()
            ]
            assert as_text(ours.column(name)).to_pylist() == texts, (member.title, name)
        if member.kind == "VBO":
            places = points_of(theirs.column("wkb_geometry").combine_chunks())
            assert all(map(np.array_equal, points_of(ours.column("wkb_geometry").combine_chunks()), places))
