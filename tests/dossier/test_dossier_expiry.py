"""What may no longer be kept is listed, erased with what hangs on it, and looked for in the bytes."""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.words.errors import AtlasError
from atlas.dossier import locks
from atlas.dossier.erasure_order import SHARED, SHORTEST, new_order
from atlas.dossier.expiry import expire
from atlas.dossier.issue_register import read_register
from atlas.dossier.opening import open_dossier
from atlas.dossier.records import read_history, read_layers
from dossier_samples import (
    ASSEN,
    EDITABLE,
    NOW,
    as_nobody,
    contents,
    other_program,
    uuid,
)
from expired_samples import AFTER, GONE, LAST, WHEN, erase


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(locks, "BUSY_TIMEOUT_S", 0.2)


def everything(folder):
    """All bytes of a folder."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_on_the_last_day_nothing_is_past_its_term(dossier):
    found = expire(dossier, LAST)
    assert (found.count, found.erased) == (0, False)


def test_listing_changes_nothing(dossier):
    files = {path: path.read_bytes() for path in dossier.folder.glob("*.gpkg")}
    found = expire(dossier, AFTER)
    assert dict(found.plan.erase) == GONE
    assert not found.erased
    assert {path: path.read_bytes() for path in dossier.folder.glob("*.gpkg")} == files
    assert read_register(dossier) == []


def test_a_record_goes_with_all_that_hangs_on_it_and_nothing_else(dossier):
    before = read_layers(dossier)
    found = erase(dossier)
    assert (dict(found.plan.erase), found.erased, found.count) == (GONE, True, 6)
    after = read_layers(open_dossier(dossier.folder))
    for name in EDITABLE:
        wanted = [record for record in before[name] if record["uuid"] not in GONE.get(name, ())]
        for record in wanted:
            if record["uuid"] == uuid(831):  # the signal about the object stays, and loses the link
                record["object_uuid"] = None
        assert after[name] == wanted
        assert {line["record_uuid"] for line in read_history(dossier, name)} == {r["uuid"] for r in wanted}


def test_of_what_was_erased_no_byte_is_left(dossier):
    before = everything(dossier.folder)
    erase(dossier)
    after = everything(dossier.folder)
    place = struct.pack("<2d", 230_000.25 + 801, 560_000.5)
    texts = (
        "Verzonnen Lijst 801",
        "0106010000000801",
        "bewijs-811",
        "melding-832",
        "sporen van gebruik 851",
        "erf801",
    )
    for needle in (
        place,
        *(text.encode() for text in texts),
        *(u.encode() for us in GONE.values() for u in us),
    ):
        assert needle in before
        assert needle not in after
    assert b"Verzonnen Lijst 101" in after


def test_only_a_count_stays_in_the_register(dossier):
    erase(dossier)
    (line,) = read_register(dossier)
    assert (line["handeling"], line["aantal"], line["door"]) == ("gewist", 6, "beheer")
    assert line["tijdstip"] == "2026-07-04T09:30:00Z"  # when it was done, not the day it was due
    assert line["gemeenten"] == ASSEN
    assert line["lagen"] == "leegstand_object,leegstand_bewijs,signaal,erfbezoek,bevinding"


def test_photos_go_unless_another_record_has_them(dossier):
    found = erase(dossier)
    assert found.notes == ()
    assert {path.name for path in (dossier.folder / "fotos").iterdir()} == {"gedeeld.jpg"}


def test_a_photo_that_is_gone_already_is_said(dossier):
    (dossier.folder / "fotos" / "erf801.jpg").unlink()
    assert erase(dossier).notes == ("fotos/erf801.jpg was er niet meer.",)


@pytest.mark.parametrize("target", ["buiten", "signaal.gpkg"])
def test_nothing_outside_the_folder_and_no_layer_is_erased_as_a_photo(dossier, tmp_path, target):
    outside = tmp_path / "van_iemand_anders.jpg"
    outside.write_bytes(b"niet van ons")
    photo = dossier.folder / "fotos" / "erf801.jpg"
    photo.unlink()
    photo.symlink_to(outside if target == "buiten" else dossier.path("signaal"))
    found = erase(dossier)
    assert [note for note in found.left if "niet gewist" in note]
    assert outside.read_bytes() == b"niet van ons"
    assert open_dossier(dossier.folder)


def test_photos_behind_a_link_of_their_folder_are_erased_too_and_nothing_else_there(dossier, tmp_path):
    photos, elsewhere = dossier.folder / "fotos", tmp_path / "grote_schijf"
    photos.rename(elsewhere)
    photos.symlink_to(elsewhere)
    picture = bytes(range(256))
    (elsewhere / "erf801.jpg").write_bytes(picture)
    (elsewhere / "kopie.jpg").write_bytes(picture)
    (elsewhere / "brief.txt").write_text(uuid(801))
    found = erase(dossier)
    assert (found.left, found.notes) == ((), ())
    assert {path.name for path in elsewhere.iterdir()} == {"gedeeld.jpg", "brief.txt"}


def test_photos_that_cannot_be_reached_keep_everything(dossier):
    before = read_layers(dossier)
    (dossier.folder / "fotos").rename(dossier.folder.parent / "weg")
    (dossier.folder / "fotos").symlink_to("/nergens/fotos")
    with pytest.raises(AtlasError, match="niet bereikbaar"):
        erase(dossier)
    assert read_layers(dossier) == before


def test_erasing_twice_erases_once(dossier):
    erase(dossier)
    before = contents(dossier)
    assert erase(dossier).count == 0
    assert contents(dossier) == before
    assert len(read_register(dossier)) == 1


def test_the_history_of_what_was_deleted_by_hand_goes_at_its_term(dossier):
    with other_program(dossier.path("leegstand_object"), wal=False) as editing:
        editing.execute("DELETE FROM leegstand_object WHERE uuid = ?", [uuid(801)])
    assert expire(dossier, LAST).count == 0
    assert dict(expire(dossier, AFTER).plan.erase) == GONE  # what hung on it goes as well
    assert erase(dossier).count == 6
    assert read_register(dossier)[0]["aantal"] == 6
    assert {path.name for path in (dossier.folder / "fotos").iterdir()} == {"gedeeld.jpg"}
    assert read_history(dossier, "leegstand_object", uuid(801)) == []
    after = (dossier.path("leegstand_object")).read_bytes()
    assert b"Verzonnen Lijst 801" not in after
    assert uuid(801).encode() not in after


def test_the_history_of_what_was_deleted_by_hand_stays_until_its_term(dossier):
    with other_program(dossier.path("leegstand_object"), wal=False) as editing:
        editing.execute("DELETE FROM leegstand_object WHERE uuid = ?", [uuid(202)])
    erase(dossier)
    assert read_history(dossier, "leegstand_object", uuid(202))[-1]["soort"] == "verwijderd"


def test_what_an_editor_wrote_earlier_is_gone_too(dossier):
    with other_program(dossier.path("leegstand_object"), wal=True) as editing:
        for text in ("eerste versie van het verhaal", "tweede versie"):
            editing.execute("UPDATE leegstand_object SET adres = ? WHERE uuid = ?", [text, uuid(801)])
    assert b"eerste versie" in everything(dossier.folder)
    erase(dossier)
    assert b"eerste versie" not in everything(dossier.folder)
    assert b"tweede versie" not in everything(dossier.folder)


@pytest.mark.parametrize("wal", [True, False], ids=["wal", "rollback"])
def test_a_layer_in_use_means_nothing_is_erased(dossier, wal):
    before = contents(dossier)
    with other_program(dossier.path("bevinding"), wal=wal) as editing:
        editing.execute("BEGIN IMMEDIATE")
        with pytest.raises(AtlasError, match="in gebruik"):
            erase(dossier)
    assert contents(dossier) == before
    assert read_register(dossier) == []
    assert (dossier.folder / "fotos" / "erf801.jpg").exists()


def test_a_register_that_cannot_be_written_means_nothing_is_erased(dossier):
    before = contents(dossier)
    register = dossier.path("uitgifte")
    register.chmod(0o444)
    with as_nobody(dossier.folder), pytest.raises(AtlasError, match="alleen te lezen"):
        erase(dossier)
    register.chmod(0o644)
    assert contents(dossier) == before
    assert (dossier.folder / "fotos" / "erf801.jpg").exists()


def test_an_address_that_a_record_that_stays_shares_is_no_error(dossier):
    with other_program(dossier.path("agrarisch_bedrijf"), wal=False) as editing:
        editing.execute("UPDATE agrarisch_bedrijf SET adres = 'Verzonnen Lijst 801, Nergenshuizen'")
    assert erase(dossier).count == 6


def test_somebody_must_say_who_erases(dossier):
    with pytest.raises(AtlasError, match="wie er wist"):
        expire(dossier, AFTER, erase=True)


def test_erasing_leaves_the_files_valid(dossier):
    erase(dossier)
    for name in EDITABLE:
        with closing(sqlite3.connect(dossier.path(name))) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert {path.name for path in dossier.folder.glob("*-*")} == set()


@given(st.binary(max_size=300), st.lists(st.binary(max_size=12), max_size=8), st.data())
def test_the_search_finds_exactly_what_is_there(data, needles, draw):
    start = draw.draw(st.integers(0, len(data)))
    present = data[start : start + draw.draw(st.integers(0, 20))]
    wanted = {needle for needle in [*needles, present] if len(needle) >= SHORTEST and needle in data}
    order = new_order("beheer").with_needles(SHARED, [*needles, present])
    assert order.found_in(data) == wanted
    assert order.without_shared(data).found_in(data) == set()


def test_the_clock_of_the_history_is_not_that_of_the_erasing(dossier):
    erase(dossier)
    stamps = {line["tijdstip"] for line in read_history(dossier, "leegstand_object")}
    assert stamps == {NOW.strftime("%Y-%m-%dT%H:%M:%S.000Z")}


@pytest.mark.parametrize(
    ("today", "now", "words"),
    [
        (AFTER, WHEN - timedelta(days=9), "nog moet komen"),
        (date(2026, 1, 1), NOW - timedelta(days=2), "kan niet kloppen"),
        (AFTER, WHEN + timedelta(days=800), "kan niet kloppen"),
    ],
)
def test_a_clock_or_a_day_that_cannot_be_right_erases_nothing(dossier, today, now, words):
    before = contents(dossier)
    with pytest.raises(AtlasError, match=words):
        erase(dossier, today, now)
    assert contents(dossier) == before
    assert read_register(dossier) == []
