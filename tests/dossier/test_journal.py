"""What is to be written comes back from disk as it was, and never over what somebody did since."""

from __future__ import annotations

import json
import math
import re

import pytest

from atlas.core.words.errors import AtlasError
from atlas.dossier.journal import Journal, LayerChanges, RecordChange, read_journal, write_journal
from dossier_samples import uuid, vacant

OBJECTS = "leegstand_object"
NEW = {**vacant(101), "geometrie": (6.5, 53.0)}
MOVED = {"geometrie": ((6.5, 53.0), (6.6, 53.1)), "adres": (None, "Proefweg 1")}
CHANGE = RecordChange(uuid(102), MOVED, {"gewijzigd_door": "team"})
JOURNAL = Journal("2026-02-01T12:00:00Z", "team", (LayerChanges(OBJECTS, (NEW,), (CHANGE,)),))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "inlezen.journaal"


def test_a_journal_comes_back_as_it_was_places_included(path):
    marked = JOURNAL.marked([3])
    write_journal(path, marked)
    assert read_journal(path) == marked


def test_a_text_or_list_that_is_no_place_stays_what_it_is(path):
    changed = LayerChanges(OBJECTS, (), (RecordChange(uuid(102), {"adres": ("abc", ["a", "b"])}),))
    write_journal(path, Journal("", "", (changed,)))
    assert read_journal(path).layers[0].updates[0].fields == {"adres": ("abc", ["a", "b"])}


def test_it_stands_on_disk_as_its_checksum_and_one_line_of_plain_text(path):
    write_journal(path, Journal("", "José", (LayerChanges(OBJECTS, (), ()),)))
    checksum, text = path.read_text(encoding="utf-8").splitlines()
    assert re.fullmatch("[0-9a-f]{64}", checksum)
    assert "José" in text
    assert json.loads(text)["lagen"] == [{"laag": OBJECTS, "nieuw": [], "gewijzigd": []}]


def test_a_figure_that_is_none_is_not_written(path):
    with pytest.raises(ValueError, match="JSON"):
        write_journal(path, Journal("", "", (LayerChanges(OBJECTS, ({**NEW, "x": math.nan},), ()),)))
    assert not path.exists()


def test_a_journal_with_every_field_of_a_layer_is_taken(path):
    """What may be written is all of the layer, with its place, and not less."""
    from atlas.core.schema.rural import RURAL_LAYERS

    names = [*RURAL_LAYERS[OBJECTS].field_names, "geometrie"]
    record = dict.fromkeys(names, "1")
    journal = Journal("", "", (LayerChanges(OBJECTS, (record,), ()),))
    write_journal(path, journal)
    assert read_journal(path) == journal


@pytest.mark.parametrize(
    "changes",
    [
        LayerChanges(OBJECTS, ({**NEW, "verzonnen": 1},), ()),
        LayerChanges(OBJECTS, ({**NEW, "uuid": 7},), ()),
        LayerChanges(OBJECTS, (), (RecordChange(uuid(102), {"verzonnen": (1, 2)}),)),
        LayerChanges(OBJECTS, (), (RecordChange(uuid(102), {}, {"verzonnen": 1}),)),
        LayerChanges("uitgifte", (), ()),
    ],
)
def test_a_journal_that_names_what_an_import_may_not_write_is_damaged(path, changes):
    write_journal(path, Journal("", "", (changes,)))
    with pytest.raises(AtlasError, match="journaal ervan is beschadigd"):
        read_journal(path)


def test_the_mark_tells_one_journal_and_one_length_of_the_histories_from_another():
    marks = [JOURNAL.marked(positions).mark for positions in ([3], [4], [3, 4])]
    marks.append(Journal("2026-02-01T12:00:01Z", "team", JOURNAL.layers).marked([3]).mark)
    assert len(set(marks)) == len(marks)
    assert all(re.fullmatch("[0-9a-f]{32}", mark) for mark in marks)
    assert JOURNAL.marked(iter([3])).mark == marks[0]


def test_its_size_is_new_records_and_changed_values():
    assert JOURNAL.layers[0].size == 3
    assert LayerChanges(OBJECTS, (), ()).size == 0


def test_what_was_edited_since_is_left_and_the_rest_is_written():
    edited = {uuid(102): {"uuid": uuid(102), "geometrie": (1.0, 1.0), "adres": None}}
    left = JOURNAL.layers[0].where_unchanged(edited)
    assert left.layer == OBJECTS
    assert left.inserts == (NEW,)
    assert [change.fields for change in left.updates] == [{"adres": (None, "Proefweg 1")}]
    assert left.updates[0].stamps == CHANGE.stamps


def test_what_is_written_already_may_be_written_again():
    there = {uuid(102): {"uuid": uuid(102), "geometrie": (6.6, 53.1), "adres": "Proefweg 1"}}
    assert JOURNAL.layers[0].where_unchanged(there).updates == (CHANGE,)


def test_a_record_that_is_there_already_is_not_new_and_one_that_is_gone_is_not_changed():
    another = RecordChange(uuid(103), {"adres": (None, "Proefweg 3")})
    changes = LayerChanges(OBJECTS, (NEW,), (CHANGE, another))
    there = {
        NEW["uuid"]: NEW,
        uuid(103): {"uuid": uuid(103), "adres": None},
    }
    left = changes.where_unchanged(there)
    assert left.inserts == ()
    assert left.updates == (another,)


def test_a_record_of_which_everything_was_edited_is_left_out():
    there = {uuid(102): {"uuid": uuid(102), "geometrie": (1.0, 1.0), "adres": "Elders 5"}}
    assert JOURNAL.layers[0].where_unchanged(there).updates == ()
