"""What an import does to a dossier: every row in one list, nothing doubled, nothing newer overwritten."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas.core.records import matching
from atlas.core.records.changes import CONFLICTS, ELSEWHERE, LATER_EDIT, OLDER_FILE, plan_import
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.words.errors import AtlasError

NOW = datetime(2025, 7, 1, 9, 30, tzinfo=UTC)
LATER = datetime(2025, 7, 8, 9, 30, tzinfo=UTC)
UUIDS = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(4)]
ROW = {
    "bron": "FICTIEF inventarisatie",
    "peildatum": "2025-06-01",
    "bewaren_tot": "2027-06-01",
    "gemeente_code": "GM1699",
    "bag_pand_id": "1699100000000011",
    "soort": "schuur",
    "geometrie": (224_000.0, 570_000.0),
}
EVIDENCE = {
    "object_uuid": UUIDS[0],
    "bewijsbron": "brp_persoon",
    "waarde": "geen_treffer",
    "bron": "FICTIEF register",
    "peildatum": "2025-01-01",
    "bewaren_tot": "2027-06-01",
}


def plan(existing, incoming, *, now=NOW, layer="leegstand_object", **options):
    return plan_import(existing, incoming, now=now, user="team", layer=layer, **options)


def after(existing, decided):
    """The layer as it is once a plan was written."""
    records = {record["uuid"]: record for record in existing}
    records |= {item.record["uuid"]: item.record for item in decided.inserts}
    records |= {item.uuid: item.record for item in decided.updates}
    return list(records.values())


def imported(*rows, **options):
    decided = plan([], [{**ROW, **row} for row in rows], **options)
    assert not decided.refusals
    return after([], decided)


def edited(record, moment, **changes):
    """A record that a colleague changed by hand, as the form does it."""
    return {**record, **changes, "gewijzigd_op": moment, "gewijzigd_door": "collega"}


def the_refusal(decided):
    (refusal,) = decided.refusals
    assert refusal.reason
    assert refusal.expected
    assert refusal.remedy
    return refusal


# what comes in


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


# rows of one file about one record


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


# what stays as it is


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


# what is refused


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"bewaren_tot": ""}, "bewaren_tot", "verplicht"),
        ({"bewaren_tot": "31-02-2026"}, "bewaren_tot", "bestaat niet"),
        ({"bewaren_tot": "2025-06-30"}, "bewaren_tot", "al voorbij"),
        ({"bewaren_tot": "9999-12-31"}, "bewaren_tot", "voor altijd"),
        ({"regime": "wpg"}, "regime", "Politiegegevens"),
        ({"regime": "WPG "}, "regime", "Politiegegevens"),
        ({"regime": "wgs"}, "regime", "lijst"),
        ({"soort": "kasteel"}, "soort", "lijst"),
        ({"status": "klaar"}, "status", "lijst"),
        ({"kleur": "rood"}, "kleur", "heeft dit veld niet"),
        ({"naam_eigenaar": "J. Jansen"}, "naam_eigenaar", "persoon"),
        ({"BSN": ""}, "BSN", "persoon"),
        ({"toelichting": "bewoner 111222333"}, "toelichting", "burgerservicenummer"),
        ({"toelichting": "a\x00b"}, "toelichting", "stuurtekens"),
        ({"bag_pand_id": "1,6991E+15"}, "bag_pand_id", "afgerond"),
        ({"bag_pand_id": "1699010000000011"}, "bag_pand_id", "verblijfsobject"),
        ({"bag_vbo_id": "12"}, "bag_vbo_id", "geen BAG-id"),
        ({"uuid": "een"}, "uuid", "geen uuid"),
        ({"peildatum": "2025-07-02"}, "peildatum", "toekomst"),
        ({"peildatum": ""}, "peildatum", "verplicht"),
        ({"bron": ""}, "bron", "verplicht"),
        ({"gemeente_code": "GM0363"}, "gemeente_code", "Drenthe of Groningen"),
        ({"gemeente_code": "GM0017"}, "gemeente_code", "Drenthe of Groningen"),
        ({"gemeente_code": ""}, "gemeente_code", "verplicht"),
        ({"geometrie": (570_000.0, 224_000.0)}, "geometrie", "verwisseld"),
        ({"geometrie": (6.57, 53.2)}, "geometrie", "graden"),
        ({"geometrie": (0, 0)}, "geometrie", "0 en 0"),
        ({"vab_stopjaar": "1850"}, "vab_stopjaar", "kan hier niet"),
        ({"vab_stopjaar": "ooit"}, "vab_stopjaar", "geen getal"),
        ({"foto": "../geheim.jpg"}, "foto", "pad"),
        ({"foto": "a/../../geheim.jpg"}, "foto", "pad"),
    ],
)
def test_a_row_that_can_not_be_is_refused_with_field_and_remedy(changes, field, words):
    decided = plan([], [{**ROW, **changes}])
    refusal = the_refusal(decided)
    assert (refusal.row, refusal.field) == (2, field)
    assert words in refusal.reason
    assert refusal.got
    assert not decided.inserts


@pytest.mark.parametrize("changes", [{"naam_eigenaar": "J. Jansen"}, {"toelichting": "Jansen 111222333"}])
def test_what_names_a_person_is_not_repeated(changes):
    assert "Jansen" not in repr(plan([], [{**ROW, **changes}]))


def test_a_misspelt_column_is_recognised():
    refusal = the_refusal(plan([], [{**ROW, "bewaren_tod": "2027-01-01"}]))
    assert "bewaren_tot" in refusal.remedy


def test_every_fault_of_a_row_is_said():
    faults = plan(
        [], [{**ROW, "soort": "kasteel", "peildatum": "31-02-2025", "bewaren_tot": "1-4-25"}]
    ).refusals
    assert [fault.field for fault in faults] == ["bewaren_tot", "peildatum", "soort"]


def test_what_was_mended_is_said():
    decided = plan([], [{**ROW, "bag_pand_id": 14100000000011, "peildatum": 45748}])
    (insert,) = decided.inserts
    assert insert.record["bag_pand_id"] == "0014100000000011"
    assert insert.record["peildatum"] == "2025-04-01"
    assert {(remark.row, remark.field) for remark in decided.remarks} == {
        (2, "bag_pand_id"),
        (2, "peildatum"),
    }


def test_a_label_is_understood_as_its_code():
    (insert,) = plan([], [{**ROW, "status": "Leegstand vermoed", "gemeente_zeker": "JA"}]).inserts
    assert (insert.record["status"], insert.record["gemeente_zeker"]) == ("leegstand_vermoed", "ja")


def test_what_the_dossier_keeps_itself_is_not_taken_from_a_file_and_that_is_said():
    decided = plan([], [{**ROW, "conclusie": "leeg", "aangemaakt_door": "iemand", "redenen": ""}])
    (insert,) = decided.inserts
    assert (insert.record["conclusie"], insert.record["aangemaakt_door"]) == ("onbekend", "team")
    assert decided.notes == (
        "Deze kolommen houdt het dossier zelf bij en zijn niet overgenomen: aangemaakt_door, conclusie.",
    )


def test_a_column_of_ids_that_a_spreadsheet_zeroed_is_refused_as_a_whole():
    rows = [{**ROW, "bag_pand_id": f"16991000000001{n}0"} for n in range(6)] + [
        {**ROW, "bag_pand_id": "0014100000000011"}
    ]
    decided = plan([], rows)
    assert [item.row for item in decided.refusals] == [2, 3, 4, 5, 6, 7]
    assert len(decided.inserts) == 1


def test_the_register_is_written_by_the_atlas_only():
    with pytest.raises(AtlasError, match="uitgifte"):
        plan([], [], layer="uitgifte")
    with pytest.raises(AtlasError, match="bestaat niet"):
        plan([], [], layer="objecten")


# evidence and visits


def test_evidence_finds_its_object_by_bag_id():
    parents = {"leegstand_object": imported({"uuid": UUIDS[0], "bag_vbo_id": "1699010000000011"})}
    row = {**EVIDENCE, "object_uuid": None, "bag_vbo_id": "1699010000000011"}
    (insert,) = plan([], [row], layer="leegstand_bewijs", parents=parents).inserts
    assert insert.record["object_uuid"] == UUIDS[0]
    assert "bag_vbo_id" not in insert.record
    assert plan([insert.record], [row], layer="leegstand_bewijs", parents=parents).unchanged


def test_evidence_falls_back_on_the_pand():
    parents = {"leegstand_object": imported({"uuid": UUIDS[0]})}
    row = {
        **EVIDENCE,
        "object_uuid": None,
        "bag_vbo_id": "1699010000000011",
        "bag_pand_id": ROW["bag_pand_id"],
    }
    assert plan([], [row], layer="leegstand_bewijs", parents=parents).inserts


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"object_uuid": UUIDS[3]}, "geen record"),
        ({"object_uuid": "", "bag_vbo_id": "1699010000000099"}, "geen record"),
        ({"object_uuid": "", "bag_pand_id": "1699100000000011"}, "2 records"),
        ({"object_uuid": ""}, "verplicht"),
        ({"waarde": "leeg"}, "lijst|hoort een van"),
        ({"waarde": "J. Jansen"}, "lijst"),
        ({"gewicht": "doorslaggevend"}, "gewicht"),
        ({"vervalt_op": "2024-01-01"}, "vervalt"),
        ({"bewoner": "J. Jansen"}, "persoon"),
    ],
)
def test_evidence_that_hangs_in_the_air_or_says_too_much_is_refused(changes, words):
    parents = {
        "leegstand_object": imported(
            {"uuid": UUIDS[0], "bag_vbo_id": "1699010000000011"},
            {"uuid": UUIDS[1], "bag_vbo_id": "1699010000000012"},
        )
    }
    decided = plan([], [{**EVIDENCE, **changes}], layer="leegstand_bewijs", parents=parents)
    refusal = the_refusal(decided)
    assert any(word in refusal.reason for word in words.split("|"))
    assert "Jansen" not in repr(decided)


def test_two_teams_may_see_different_things_on_one_day():
    seen = {**EVIDENCE, "bewijsbron": "waarneming", "waarde": "leeg", "bron": "team west"}
    rows = [seen, {**seen, "bron": "team oost", "waarde": "in_gebruik"}]
    assert len(plan([], rows, layer="leegstand_bewijs").inserts) == 2


VISIT = {
    "object_uuid": UUIDS[0],
    "datum": "2025-06-12",
    "team": "Team buitengebied",
    "soort": "preventief",
    "grondslag": "instemming",
    "doel": "kennismaking",
    "uitkomst": "toegang_verleend",
    "bron": "FICTIEF veldwerk",
    "peildatum": "2025-06-12",
    "bewaren_tot": "2027-06-01",
}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"object_uuid": ""}, "object of bij een erf"),
        ({"grondslag": "toezicht_awb"}, "vrijwillig"),
        ({"soort": "toezicht"}, "bevoegdheid"),
        ({"datum": "2025-07-02"}, "toekomst"),
        ({"doel": ""}, "verplicht"),
    ],
)
def test_a_visit_without_ground_or_purpose_is_refused(changes, words):
    row = {**VISIT, "bronkenmerk": "b1", **changes}
    reasons = [fault.reason for fault in plan([], [row], layer="erfbezoek").refusals]
    assert any(words in reason for reason in reasons)


def test_a_visit_is_recorded():
    assert plan([], [VISIT], layer="erfbezoek").inserts


# for all files

panden = st.sampled_from([None, "1699100000000011", "1699100000000012"])
dwellings = st.sampled_from([None, None, "1699010000000011", "1699010000000012"])
rows = st.fixed_dictionaries(
    {
        "bron": st.sampled_from(["FICTIEF a", "FICTIEF b"]),
        "peildatum": st.sampled_from(["2025-05-01", "2025-06-01", "2025-06-20", "31-02-2025"]),
        "bewaren_tot": st.sampled_from(["2027-06-01", "2027-06-01", ""]),
        "gemeente_code": st.just("GM1699"),
        "bag_pand_id": panden,
        "bag_vbo_id": dwellings,
        "uuid": st.sampled_from([None, None, *UUIDS]),
        "bronkenmerk": st.sampled_from([None, None, "k1", "k2"]),
        "adres": st.sampled_from([None, "Verzonnenweg 1", "VERZONNENWEG 1", "Verzonnenweg 3"]),
        "geometrie": st.sampled_from([None, (224_000.0, 570_000.0), (224_100.0, 570_000.0), (0, 0)]),
        "soort": st.sampled_from([None, "schuur", "stal", "kasteel"]),
        "toelichting": st.sampled_from([None, "leeg", "dak ingestort"]),
    }
)
files = st.lists(rows, max_size=7)
cells = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.dates()


@st.composite
def dossiers(draw):
    """A layer as it is after some imports and some edits by hand."""
    existing = []
    for moment in (datetime(2025, 6, 25, 9, 0, tzinfo=UTC), datetime(2025, 6, 26, 9, 0, tzinfo=UTC)):
        existing = after(existing, plan(existing, draw(files), now=moment))
    return [
        edited(record, "2025-06-28T12:00:00Z", toelichting="met de hand") if draw(st.booleans()) else record
        for record in existing
    ]


#: a dossier takes some imports to make, and a busy machine is no mistake
patient = settings(suppress_health_check=[HealthCheck.too_slow])


def rows_in(decided):
    return [
        item.row
        for part in (decided.inserts, decided.updates, decided.unchanged, decided.conflicts)
        for item in part
    ]


def outcome(decided):
    """A plan without row numbers, so that files in another order can be compared."""
    return (
        sorted((sorted(item.record.items(), key=repr) for item in decided.inserts), key=repr),
        sorted((item.uuid, sorted(item.changes, key=repr)) for item in decided.updates),
        sorted(item.uuid for item in decided.unchanged),
        sorted((item.uuid, item.reason, sorted(item.differences, key=repr)) for item in decided.conflicts),
        sorted((item.field, item.expected, item.remedy) for item in decided.refusals),
    )


@patient
@given(dossiers(), files)
def test_every_row_is_in_exactly_one_list(existing, file):
    decided = plan(existing, file)
    refused = {item.row for item in decided.refusals}
    assert sorted([*rows_in(decided), *refused]) == list(range(2, 2 + len(file)))


@patient
@given(dossiers(), files)
def test_every_refusal_says_where_what_and_what_to_do(existing, file):
    for item in plan(existing, file).refusals:
        assert item.field
        assert item.reason
        assert item.got
        assert item.expected
        assert item.remedy


@patient
@given(dossiers(), files)
def test_importing_a_file_twice_never_changes_anything(existing, file):
    first = plan(existing, file)
    written = after(existing, first)
    second = plan(written, file, now=LATER)
    assert not second.inserts
    assert not second.updates
    taken = {item.row for part in (first.inserts, first.updates, first.unchanged) for item in part}
    assert {item.row for item in second.unchanged} == taken


@patient
@given(dossiers(), files, st.randoms())
def test_the_order_of_the_rows_never_matters(existing, file, random):
    shuffled = random.sample(file, len(file))
    assert outcome(plan(existing, file)) == outcome(plan(existing, shuffled))


@patient
@given(dossiers(), files, st.randoms())
def test_the_order_of_the_dossier_never_matters(existing, file, random):
    shuffled = random.sample(existing, len(existing))
    assert outcome(plan(existing, file)) == outcome(plan(shuffled, file))


@patient
@given(dossiers(), files)
def test_nothing_in_the_dossier_is_ever_lost(existing, file):
    decided = plan(existing, file)
    written = {record["uuid"]: record for record in after(existing, decided)}
    updated = {item.uuid: {change.field for change in item.changes} for item in decided.updates}
    kept = {"gewijzigd_op", "gewijzigd_door", "ingelezen_op"}
    for record in existing:
        allowed = updated[record["uuid"]] | kept if record["uuid"] in updated else set()
        for name, value in record.items():
            assert written[record["uuid"]][name] == value or name in allowed
            assert value is None or written[record["uuid"]][name] is not None


@patient
@given(dossiers(), files)
def test_what_was_edited_by_hand_after_the_file_is_never_overwritten(existing, file):
    for item in plan(existing, file).updates:
        (before,) = [record for record in existing if record["uuid"] == item.uuid]
        by_hand = before["gewijzigd_op"] > before["ingelezen_op"]
        if by_hand and {change.field for change in item.changes} != {"peildatum"}:
            assert before["gewijzigd_op"][:10] < item.record["peildatum"]


@patient
@given(dossiers(), files)
def test_no_import_ever_makes_a_double(existing, file):
    decided = plan(existing, file)
    uuids = [item.record["uuid"] for item in decided.inserts]
    assert len(set(uuids)) == len(uuids)
    assert not set(uuids) & {record["uuid"] for record in existing}
    for insert in decided.inserts:
        new = insert.record
        for other in after(existing, decided):
            if other["uuid"] == new["uuid"] or other["bron"] != new["bron"]:
                continue
            assert not new["bag_vbo_id"] or other["bag_vbo_id"] != new["bag_vbo_id"]
            if new["bag_pand_id"] and other["bag_pand_id"] == new["bag_pand_id"]:
                assert new["bag_vbo_id"]
                assert other["bag_vbo_id"]


@given(st.lists(st.dictionaries(st.text(max_size=12), cells)))
def test_no_file_ever_brings_the_plan_down(file):
    for layer in RURAL_LAYERS.values():
        if layer.append_only:
            continue
        decided = plan([], file, layer=layer.name)
        assert len(decided.refusals) >= len(file)
        assert not decided.inserts


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from([*RURAL_LAYERS["leegstand_object"].field_names, "geometrie"]),
            cells | st.tuples(st.floats(), st.floats()),
        ),
        max_size=4,
    )
)
def test_no_cell_of_a_known_field_ever_brings_the_plan_down(file):
    decided = plan([], file)
    assert sorted([*rows_in(decided), *{item.row for item in decided.refusals}]) == list(
        range(2, 2 + len(file))
    )


def test_the_conflicts_that_exist_are_explained():
    assert set(CONFLICTS) == {ELSEWHERE, LATER_EDIT, OLDER_FILE}
