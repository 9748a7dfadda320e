"""What the evidence does to the objects of a dossier."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from atlas.core.records.concluding import plan_conclusions
from atlas.core.vacancy.evidence import SOURCES, VALUES

TODAY = date(2025, 7, 1)
OBJECT = {
    "uuid": "o1",
    "bag_vbo_id": "1699010000000011",
    "conclusie": "onbekend",
    "betrouwbaarheid": "geen",
    "redenen": None,
    "conclusie_sinds": None,
    "conclusie_geldig_tot": None,
    "status": "bezocht",
}


def evidence(source, value, day, uuid="b1", **fields):
    return {
        "uuid": uuid,
        "object_uuid": "o1",
        "bewijsbron": source,
        "waarde": value,
        "peildatum": day,
        **fields,
    }


def written(item, decided):
    for concluded in decided.concluded:
        if concluded.uuid == item["uuid"]:
            return {**item, **{change.field: change.in_file for change in concluded.changes}}
    return item


def test_an_object_gets_its_conclusion_with_reasons():
    decided = plan_conclusions([OBJECT], [evidence("waarneming", "leeg", "2025-05-03")], today=TODAY)
    judged = written(OBJECT, decided)
    assert judged["conclusie"] == "leeg"
    assert judged["betrouwbaarheid"] == "hoog"
    assert judged["redenen"] == "Op 3 mei 2025 is ter plaatse gezien: leeg."
    assert judged["conclusie_geldig_tot"] == "2026-05-03"
    assert judged["conclusie_sinds"] == "2025-07-01"
    assert judged["status"] == "bezocht"


def test_evidence_that_was_withdrawn_counts_no_more():
    seen = evidence("waarneming", "leeg", "2025-05-03")
    withdrawn = {**seen, "ingetrokken_op": "2025-06-01", "ingetrokken_reden": "verkeerd erf"}
    judged = written(OBJECT, plan_conclusions([OBJECT], [seen], today=TODAY))
    again = written(judged, plan_conclusions([judged], [withdrawn], today=TODAY))
    assert (judged["conclusie"], again["conclusie"]) == ("leeg", "onbekend")
    broken = {**withdrawn, "waarde": "onzin"}  # what counts no more holds up no judgement either
    assert plan_conclusions([judged], [broken], today=TODAY).unjudged == ()


def test_judging_again_changes_nothing_and_keeps_the_day_of_the_conclusion():
    pieces = [evidence("waarneming", "leeg", "2025-05-03")]
    judged = written(OBJECT, plan_conclusions([OBJECT], pieces, today=TODAY))
    again = plan_conclusions([judged], pieces, today=date(2025, 8, 1))
    assert again.concluded == ()
    assert again.unchanged == ("o1",)
    stored = {**judged, "conclusie_sinds": TODAY, "conclusie_geldig_tot": date(2026, 5, 3)}
    assert plan_conclusions([stored], pieces, today=TODAY).unchanged == ("o1",)


def test_registers_say_nothing_about_an_object_without_an_address():
    pieces = [
        evidence(source, "geen_treffer", "2025-01-01", uuid=source)
        for source in ("woz_gebruiker", "hr_vestiging", "brp_persoon")
    ]
    assert written(OBJECT, plan_conclusions([OBJECT], pieces, today=TODAY))["conclusie"] == "leeg"
    barn = {**OBJECT, "bag_vbo_id": None}
    assert written(barn, plan_conclusions([barn], pieces, today=TODAY))["conclusie"] == "onbekend"


def test_an_object_with_unusable_evidence_is_left_as_it_is_and_named():
    pieces = [
        evidence("waarneming", "leeg", "2025-05-03"),
        evidence("waarneming", "bewoond", "2025-06-02", uuid="b2"),
    ]
    other = {**OBJECT, "uuid": "o2"}
    decided = plan_conclusions([OBJECT, other], pieces, today=TODAY)
    (unjudged,) = decided.unjudged
    assert (unjudged.uuid, unjudged.evidence_uuid) == ("o1", "b2")
    assert "waarde" in unjudged.reason.title
    assert [item.uuid for item in decided.concluded] == ["o2"]


def test_a_record_from_the_future_sets_itself_aside_and_nothing_else():
    pieces = [
        evidence("waarneming", "leeg", "2025-05-03"),
        evidence("waarneming", "in_gebruik", "2025-07-02", uuid="b2"),
    ]
    judged = written(OBJECT, plan_conclusions([OBJECT], pieces, today=TODAY))
    assert (judged["conclusie"], judged["betrouwbaarheid"]) == ("leeg", "hoog")
    assert "Telt nog niet mee" in judged["redenen"]
    assert "op 2 juli 2025 is ter plaatse gezien: in gebruik" in judged["redenen"]


pieces = st.lists(
    st.sampled_from([(source, value) for source in SOURCES for value in [*VALUES[source], "anders"]]).flatmap(
        lambda pair: st.builds(
            evidence,
            st.just(pair[0]),
            st.just(pair[1]),
            st.dates(date(2023, 1, 1), date(2025, 7, 3)).map(date.isoformat),
            st.sampled_from(["b1", "b2", "b3"]),
        )
    ),
    max_size=5,
)


@given(pieces, st.randoms())
def test_every_object_is_in_exactly_one_list_in_any_order(evidences, random):
    objects = [OBJECT, {**OBJECT, "uuid": "o2"}]
    decided = plan_conclusions(objects, evidences, today=TODAY)
    named = [
        *(item.uuid for item in decided.concluded),
        *decided.unchanged,
        *(i.uuid for i in decided.unjudged),
    ]
    assert sorted(named) == ["o1", "o2"]
    shuffled = random.sample(evidences, len(evidences))
    again = plan_conclusions(objects, shuffled, today=TODAY)
    assert again.concluded == decided.concluded
    assert [item.uuid for item in again.unjudged] == [item.uuid for item in decided.unjudged]


def test_a_conclusion_that_changes_gets_the_day_on_which_it_changed():
    judged = written(
        OBJECT, plan_conclusions([OBJECT], [evidence("waarneming", "leeg", "2025-05-03")], today=TODAY)
    )
    later = date(2025, 9, 1)
    seen = [evidence("waarneming", "in_gebruik", "2025-08-20", "b2")]
    again = written(judged, plan_conclusions([judged], seen, today=later))
    assert again["conclusie"] == "in_gebruik"
    assert again["conclusie_sinds"] == "2025-09-01"


def test_a_conclusion_without_its_day_gets_one_and_one_with_a_day_keeps_it():
    judged = {**OBJECT, "conclusie": "leeg"}
    pieces = [evidence("waarneming", "leeg", "2025-05-03")]
    assert written(judged, plan_conclusions([judged], pieces, today=TODAY))["conclusie_sinds"] == "2025-07-01"
    dated = {**judged, "conclusie_sinds": "2025-06-01"}
    assert written(dated, plan_conclusions([dated], pieces, today=TODAY))["conclusie_sinds"] == "2025-06-01"
