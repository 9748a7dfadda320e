"""What an import does to a dossier: what comes in, nothing doubled, nothing newer overwritten."""

from __future__ import annotations

from datetime import date

import pytest

from atlas.core.records import matching
from atlas.core.records.changes import LATER_EDIT, OLDER_FILE, WITHDRAWN, plan_import
from atlas.core.schema.rural import RURAL_LAYERS
from import_samples import EVIDENCE, LATER, NOW, ROW, UUIDS, after, edited, imported, plan, the_refusal

# --- what comes in ---


def test_a_new_row_becomes_a_whole_record():
    (insert,) = plan([], [ROW]).inserts
    record = insert.record
    layer = RURAL_LAYERS["leegstand_object"]
    assert insert.row == 2
    assert set(record) == {*layer.field_names, "geometrie"}
    assert {name: record[name] for name in ROW} == ROW
    assert record["status"] == "te_inventariseren"
    assert record["conclusie"] == "onbekend"
    assert record["regime"] == "avg"
    assert record["gemeente_zeker"] == "nee"
    assert record["aangemaakt_op"] == record["ingelezen_op"] == "2025-07-01T09:30:00Z"
    assert record["gewijzigd_door"] == "team"
    assert record["redenen"] is None


def test_a_new_record_has_the_same_uuid_on_every_machine():
    (first,) = plan([], [ROW]).inserts
    (second,) = plan([], [{**ROW, "soort": "stal"}], now=LATER).inserts
    assert first.record["uuid"] == second.record["uuid"]


def test_importing_twice_changes_nothing():
    existing = imported({}, {"bag_pand_id": "1699100000000012"})
    again = plan(existing, [ROW, {**ROW, "bag_pand_id": "1699100000000012"}], now=LATER)
    assert [item.row for item in again.unchanged] == [2, 3]
    assert (again.inserts, again.updates, again.conflicts, again.refusals) == ((), (), (), ())


def test_the_same_bag_id_and_bron_is_the_same_object():
    existing = imported({})
    (update,) = plan(existing, [{**ROW, "soort": "stal", "peildatum": "2025-06-15"}]).updates
    assert update.uuid == existing[0]["uuid"]
    assert {change.field: (change.in_dossier, change.in_file) for change in update.changes} == {
        "soort": ("schuur", "stal"),
        "peildatum": ("2025-06-01", "2025-06-15"),
    }
    assert update.record["soort"] == "stal"
    assert update.record["aangemaakt_op"] == existing[0]["aangemaakt_op"]


def test_the_same_bag_id_from_another_bron_is_another_record():
    assert plan(imported({}), [{**ROW, "bron": "FICTIEF luchtfoto"}]).inserts


def test_two_dwellings_in_one_pand_are_two_objects():
    dwellings = [{**ROW, "bag_vbo_id": f"169901000000001{n}"} for n in (1, 2)]
    assert len(plan([], dwellings).inserts) == 2
    existing = after([], plan([], dwellings))
    refusal = the_refusal(plan(existing, [ROW]))
    assert "meer dan één" in refusal.reason
    assert all(record["uuid"] in refusal.got for record in existing)


def test_a_dwelling_completes_the_pand_that_was_known():
    existing = imported({})
    (update,) = plan(existing, [{**ROW, "bag_vbo_id": "1699010000000011"}]).updates
    assert update.uuid == existing[0]["uuid"]
    assert update.record["bag_vbo_id"] == "1699010000000011"


def test_a_barn_without_any_id_is_recognised_by_its_place():
    barn = {**ROW, "bag_pand_id": ""}
    existing = after([], plan([], [barn]))
    assert plan(existing, [barn]).unchanged
    assert plan(existing, [{**barn, "geometrie": (224_000.0, 570_010.0)}]).inserts


def test_a_barn_that_was_moved_by_hand_is_still_recognised():
    barn = {**ROW, "bag_pand_id": None}
    (record,) = after([], plan([], [barn]))
    moved = edited(record, "2025-07-02T08:00:00Z", geometrie=(224_020.0, 570_000.0))
    (conflict,) = plan([moved], [barn], now=LATER).conflicts
    assert conflict.differences[0].in_dossier == (224_020.0, 570_000.0)


def test_an_address_without_a_house_number_identifies_nothing():
    rows = [
        {**ROW, "adres": "onbekend", "bag_pand_id": "", "geometrie": (224_000.0 + n, 570_000.0)}
        for n in range(3)
    ]
    assert len(plan([], rows).inserts) == 3


def test_many_rows_about_one_object_are_all_refused_and_some_are_named():
    rows = [{**ROW, "toelichting": f"nummer {n}"} for n in range(20)]
    refusals = plan([], rows).refusals
    assert len(refusals) == 20
    assert "Rij 3, 4, 5, 6, 7 en nog 14 " in refusals[0].reason


def test_what_can_never_be_recognised_again_is_refused():
    refusal = the_refusal(plan([], [{**ROW, "bag_pand_id": "", "geometrie": None}]))
    assert refusal.field == "uuid"
    assert "bag_pand_id" in refusal.expected


def test_a_uuid_from_the_file_is_kept():
    (insert,) = plan([], [{**ROW, "uuid": "{" + UUIDS[1].upper() + "}"}]).inserts
    assert insert.record["uuid"] == UUIDS[1]


def test_a_uuid_and_a_bag_id_of_different_records_are_refused():
    existing = imported({"uuid": UUIDS[1]}, {"uuid": UUIDS[2], "bag_pand_id": "1699100000000012"})
    refusal = the_refusal(plan(existing, [{**ROW, "uuid": UUIDS[2]}]))
    assert UUIDS[1] in refusal.got
    assert UUIDS[2] in refusal.got


def test_an_empty_cell_erases_nothing():
    existing = imported({"toelichting": "dak ingestort"})
    assert plan(existing, [{**ROW, "toelichting": ""}, {**ROW, "toelichting": "  "}]).unchanged


# --- rows of one file about one record ---


def test_equal_rows_of_one_file_are_taken_once_and_said():
    decided = plan([], [ROW, dict(ROW)])
    assert [item.row for item in decided.inserts] == [2]
    assert [(item.row, item.remark) for item in decided.unchanged] == [
        (3, "Gelijk aan rij 2 van dit bestand.")
    ]


def test_different_rows_of_one_file_about_one_object_are_all_refused():
    decided = plan([], [ROW, {**ROW, "soort": "stal"}, {**ROW, "bag_pand_id": "1699100000000012"}])
    assert [item.record["bag_pand_id"] for item in decided.inserts] == ["1699100000000012"]
    assert [(item.row, "Rij 3" in item.reason or "Rij 2" in item.reason) for item in decided.refusals] == [
        (2, True),
        (3, True),
    ]


def test_a_copy_of_a_refused_row_is_refused_with_it():
    wrong = {**ROW, "bewaren_tot": ""}
    assert [item.row for item in plan([], [wrong, dict(wrong)]).refusals] == [2, 3]


def test_one_uuid_for_two_objects_of_a_file_is_refused_for_both():
    existing = imported({"bag_vbo_id": "1699010000000011"})
    rows = [{**ROW, "uuid": UUIDS[0], "bag_pand_id": "1699100000000012"}, {**ROW, "uuid": UUIDS[0]}]
    assert [item.row for item in plan(existing, rows).refusals] == [2, 3]


def test_a_row_that_means_what_another_row_makes_of_a_record_is_refused_with_it():
    barn = {**ROW, "bag_pand_id": ""}
    existing = imported({"uuid": UUIDS[0], "bag_pand_id": "", "bron": "FICTIEF luchtfoto"})
    renamed = {**barn, "uuid": UUIDS[0], "geometrie": None}
    assert plan(existing, [renamed]).updates
    assert [item.row for item in plan(existing, [renamed, {**barn, "soort": "stal"}]).refusals] == [2, 3]


def test_a_row_that_may_mean_two_records_takes_the_clear_rows_about_them_with_it():
    existing = imported({"uuid": UUIDS[0], "bag_vbo_id": "1699010000000011"}) + imported(
        {"uuid": UUIDS[1], "bag_vbo_id": "1699010000000012"}
    )
    clear = {**ROW, "bag_vbo_id": "1699010000000011", "soort": "stal"}
    assert plan(existing, [clear]).updates
    assert [item.row for item in plan(existing, [clear, ROW]).refusals] == [2, 3]


def test_rows_at_a_place_that_stands_for_unknown_are_refused_in_good_time(monkeypatch):
    monkeypatch.setattr(matching, "_MOST_PAIRS", 4)
    rows = [
        {
            **ROW,
            "bag_pand_id": f"16991000000000{n}" if n % 2 else "",
            "bronkenmerk": f"k{n}" if n % 3 else "",
        }
        for n in range(10, 20)
    ]
    assert len({item.row for item in plan([], rows).refusals}) == len(rows)


# --- what stays as it is ---


def test_a_later_edit_is_never_overwritten_and_both_values_are_named():
    (record,) = imported({})
    mine = edited(record, "2025-07-05T10:00:00Z", soort="loods")
    (conflict,) = plan([mine], [{**ROW, "soort": "stal", "peildatum": "2025-07-05"}], now=LATER).conflicts
    assert conflict.reason == LATER_EDIT
    assert ("soort", "loods", "stal") in {
        (item.field, item.in_dossier, item.in_file) for item in conflict.differences
    }
    assert "5 juli 2025" in conflict.explanation


def test_an_edit_from_before_the_reference_date_gives_way():
    (record,) = imported({})
    mine = edited(record, "2025-07-04T10:00:00Z", soort="loods")
    (update,) = plan([mine], [{**ROW, "soort": "stal", "peildatum": "2025-07-05"}], now=LATER).updates
    assert update.record["soort"] == "stal"


def test_an_edit_of_a_field_that_is_not_in_the_file_stays():
    (record,) = imported({})
    mine = edited(record, "2025-07-04T10:00:00Z", toelichting="dak ingestort")
    (update,) = plan([mine], [{**ROW, "soort": "stal", "peildatum": "2025-07-05"}], now=LATER).updates
    assert update.record["toelichting"] == "dak ingestort"


def test_an_edit_that_came_to_the_same_is_no_conflict():
    (record,) = imported({})
    mine = edited(record, "2025-07-05T10:00:00Z", soort="stal")
    assert plan([mine], [{**ROW, "soort": "stal"}], now=LATER).unchanged


def test_an_import_is_no_edit_by_hand():
    (record,) = imported({})
    (update,) = plan([record], [{**ROW, "soort": "stal"}], now=LATER).updates
    assert update.record["ingelezen_op"] == update.record["gewijzigd_op"] == "2025-07-08T09:30:00Z"


def test_a_record_made_by_hand_is_guarded_like_an_edit():
    (record,) = imported({})
    mine = {**record, "ingelezen_op": None, "gewijzigd_op": "2025-07-01T09:30:00.000Z"}
    assert plan([mine], [{**ROW, "soort": "stal"}]).conflicts[0].reason == LATER_EDIT


@pytest.mark.parametrize("moment", [None, "", "onleesbaar"])
def test_a_record_of_which_the_edit_is_unknown_is_guarded(moment):
    (record,) = imported({})
    (conflict,) = plan([{**record, "gewijzigd_op": moment}], [{**ROW, "soort": "stal"}]).conflicts
    assert "niet bekend" in conflict.explanation


def test_an_older_file_never_overwrites_a_newer_one():
    existing = imported({"peildatum": "2025-06-20", "soort": "stal"})
    (conflict,) = plan(existing, [ROW]).conflicts
    assert conflict.reason == OLDER_FILE
    assert "20 juni 2025" in conflict.explanation
    assert "1 juni 2025" in conflict.explanation


def test_a_row_about_evidence_that_was_withdrawn_is_for_a_person_to_decide():
    parents = {"leegstand_object": [{"uuid": UUIDS[0]}]}

    def about_it(existing, *rows):
        return plan(existing, rows, layer="leegstand_bewijs", parents=parents, now=LATER)

    row = {**EVIDENCE, "bronkenmerk": "F-1"}
    (record,) = after([], about_it([], row))
    gone = {**record, "ingetrokken_op": "2025-07-02", "ingetrokken_reden": "verkeerd erf"}
    (same,) = about_it([gone], row).unchanged
    assert "ingetrokken" in same.remark
    for changed in ({"waarde": "treffer"}, {"peildatum": "2025-07-05"}):
        (conflict,) = about_it([gone], {**row, **changed}).conflicts
        assert conflict.reason == WITHDRAWN


def test_dates_and_places_as_a_store_returns_them_are_the_same():
    (record,) = imported({})
    stored = {
        **record,
        "peildatum": date(2025, 6, 1),
        "bewaren_tot": date(2027, 6, 1),
        "geometrie": [224_000.0001, 570_000.0],
        "fid": 7,
    }
    assert plan([stored], [ROW]).unchanged


def test_the_kind_of_a_visit_is_not_changed_afterwards():
    about = {"uuid": UUIDS[0], "gemeente_code": "GM0106"}
    row = {
        "uuid": UUIDS[1], "object_uuid": UUIDS[0], "datum": "2025-05-01", "team": "Team Verzonnen",
        "soort": "preventief", "grondslag": "instemming", "doel": "kennismaken", "bron": "FICTIEF",
        "uitkomst": "toegang_verleend", "peildatum": "2025-05-01", "bewaren_tot": "2027-01-01",
    }  # fmt: skip
    asked = {"layer": "erfbezoek", "user": "team", "parents": {"leegstand_object": [about]}}
    existing = [item.record for item in plan_import([], [row], now=NOW, **asked).inserts]
    supervised = {
        **row, "soort": "toezicht", "grondslag": "toezicht_awb", "regeling": "Verzonnen Verordening",
        "peildatum": "2025-06-01",
    }  # fmt: skip
    decided = plan_import(existing, [supervised], now=LATER, **asked)
    (refused,) = decided.refusals
    assert (refused.field, refused.got, refused.expected) == ("soort", "toezicht", "preventief")
    assert decided.updates == ()
    other = {**row, "uitkomst": "niemand_aanwezig", "peildatum": "2025-06-01"}
    assert len(plan_import(existing, [other], now=LATER, **asked).updates) == 1
