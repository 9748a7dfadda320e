"""The BAG 2.0 extract: what is valid now, joined to its address; a cut-off file is never half read."""

from __future__ import annotations

from dataclasses import replace

import extract_samples as extracts
import pytest
import register_samples as samples

from atlas.core.words.errors import AtlasError
from atlas.geo.registers.addresses import read_addresses

ROWS = samples.addresses()


def test_history_of_an_extract_is_left_out_and_counted(tmp_path):
    old = extracts.extract_object(replace(ROWS[0], area=80), end="2015-06-01")
    later = extracts.extract_object(samples.addresses(7)[-1], begin="2027-01-01")
    files = extracts.extract_files(ROWS, history=[old, later])
    reading = read_addresses(extracts.write_extract_zip(tmp_path / "e.zip", files))
    assert dict(reading.report.dropped) == {"voorkomen_vervallen": 1, "voorkomen_toekomstig": 1}
    assert set(reading.frame["oppervlakte"]) == {120.0}


def test_a_voorkomen_that_ends_after_the_extract_was_made_is_still_valid(tmp_path):
    files = extracts.extract_files(ROWS[1:], history=[extracts.extract_object(ROWS[0], end="2026-03-01")])
    files["9999NUM08022026-000001.xml"] = extracts.extract_xml("NUM", map(extracts.extract_number, ROWS))
    reading = read_addresses(extracts.write_extract_zip(tmp_path / "e.zip", files))
    assert len(reading.frame) == len(ROWS)


def test_an_old_name_of_an_address_is_not_used(tmp_path):
    files = extracts.extract_files(ROWS)
    numbers = [
        *map(extracts.extract_number, ROWS),
        extracts.extract_number(ROWS[0], begin="2000-01-01", end="2010-01-01").replace("9499ZZ", "9499AA"),
    ]
    files["9999NUM08022026-000001.xml"] = extracts.extract_xml("NUM", numbers)
    frame = read_addresses(extracts.write_extract_zip(tmp_path / "e.zip", files)).frame
    assert set(frame["postcode"]) == {"9499ZZ"}


def test_secondary_addresses_are_counted(tmp_path):
    extra = extracts.extract_object(samples.addresses(7)[-1], secondary="0106200099000999")
    files = extracts.extract_files(ROWS, history=[extra])
    notes = read_addresses(extracts.write_extract_zip(tmp_path / "e.zip", files)).report.notes
    assert any(note.startswith("1 verblijfsobject heeft ook nevenadressen") for note in notes)


def test_an_extract_without_addresses_gives_places_and_says_so(tmp_path):
    files = {name: xml for name, xml in extracts.extract_files(ROWS).items() if "VBO" in name}
    reading = read_addresses(extracts.write_extract_folder(tmp_path / "e", files))
    assert reading.frame["huisnummer"].tolist() == [0] * len(ROWS)
    assert any("NUM" in note for note in reading.report.notes)


@pytest.mark.parametrize(("missing", "column"), [("OPR", "straat"), ("WPL", "woonplaats")])
def test_an_extract_without_streets_or_places_says_so(missing, column, tmp_path):
    files = {name: xml for name, xml in extracts.extract_files(ROWS).items() if missing not in name}
    reading = read_addresses(extracts.write_extract_folder(tmp_path / "e", files))
    assert set(reading.frame[column]) == {""}
    assert reading.frame["huisnummer"].tolist() == [one.number for one in ROWS]
    assert any(missing in note for note in reading.report.notes)


def test_an_extract_that_was_cut_off_is_refused_and_not_half_read(tmp_path):
    files = extracts.extract_files(ROWS)
    files["9999VBO08022026-000002.xml"] = files["9999VBO08022026-000002.xml"][:-700]
    with pytest.raises(AtlasError, match="beschadigd, afgebroken"):
        read_addresses(extracts.write_extract_zip(tmp_path / "e.zip", files))


def test_an_extract_without_objects_is_refused(tmp_path):
    files = {"9999OPR08022026-000001.xml": extracts.extract_xml("OPR", [extracts.extract_street()])}
    with pytest.raises(AtlasError, match="geen verblijfsobjecten"):
        read_addresses(extracts.write_extract_zip(tmp_path / "e.zip", files))
