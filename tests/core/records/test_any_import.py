"""For any files in any order: every row in one list, nothing doubled, nothing newer overwritten."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas.core.records.changes import CONFLICTS, ELSEWHERE, LATER_EDIT, OLDER_FILE, WITHDRAWN
from atlas.core.schema.rural import RURAL_LAYERS
from import_samples import LATER, UUIDS, after, edited, plan

# --- for all files ---

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
        if layer.append_only or layer.made_here:
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
    assert set(CONFLICTS) == {ELSEWHERE, LATER_EDIT, OLDER_FILE, WITHDRAWN}
