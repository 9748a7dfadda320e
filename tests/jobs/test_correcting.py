"""One record is corrected, or a piece of evidence withdrawn: with a reason, a history and a line."""

from __future__ import annotations

import pytest

from atlas.core.words.errors import AtlasError
from atlas.dossier.issue_register import read_register
from atlas.dossier.opening import open_dossier
from atlas.dossier.records import read_history, read_layers, read_records
from atlas.jobs.concluding import conclude
from atlas.jobs.correcting import correct
from dossier_samples import LATER, contents, evidence, filled, other_program, rows, uuid, vacant

OBJECTS, EVIDENCE = "leegstand_object", "leegstand_bewijs"
REASON = "verkeerd overgenomen"


@pytest.fixture
def dossier(tmp_path):
    return filled(tmp_path / "team")


def corrected(dossier, number, *, reason=REASON, **more):
    asked = {"fields": {}, "user": "beheer", "now": LATER, **more}
    return correct(dossier.folder, uuid(number), reason=reason, **asked)


def the_record(dossier, layer, number):
    return next(record for record in read_records(dossier, layer) if record["uuid"] == uuid(number))


def refused(dossier, number, **more):
    before, register = contents(dossier), read_register(dossier)
    with pytest.raises(AtlasError) as caught:
        corrected(dossier, number, **more)
    assert (contents(dossier), read_register(dossier)) == (before, register)
    return caught.value


def test_a_field_is_corrected_with_its_reason_and_what_was_there_stays(dossier):
    done = corrected(dossier, 101, fields={"prioriteit": "Hoog", "toelichting": "dak stuk"})
    assert done.sentences == (
        "Prioriteit: van Normaal naar Hoog.", "Toelichting: van (leeg) naar dak stuk.",
    )  # fmt: skip
    record = the_record(dossier, OBJECTS, 101)
    assert (record["prioriteit"], record["toelichting"]) == ("hoog", "dak stuk")
    assert (record["gewijzigd_door"], record["gewijzigd_op"]) == ("beheer", "2026-03-01T12:00:00Z")
    last = read_history(dossier, OBJECTS, uuid(101))[-1]
    assert last["reden"] == REASON
    assert last["velden"] == '{"prioriteit":["normaal","hoog"],"toelichting":[null,"dak stuk"]}'
    (line,) = read_register(dossier)
    assert (line["handeling"], line["doel"], line["door"], line["lagen"], line["aantal"]) == (
        "verbeterd", REASON, "beheer", OBJECTS, 1,
    )  # fmt: skip
    assert line["gemeenten"] == "GM0106"
    assert open_dossier(dossier.folder).notes == ()


def test_evidence_that_is_withdrawn_counts_no_more_until_it_is_put_back(dossier):
    days = {"today": LATER.date(), "now": LATER, "user": "beheer"}
    conclude(dossier.folder, **days)
    assert the_record(dossier, OBJECTS, 201)["conclusie"] == "leeg"
    assert corrected(dossier, 211, withdraw=True).about_evidence
    gone = the_record(dossier, EVIDENCE, 211)
    assert (gone["ingetrokken_op"], gone["ingetrokken_reden"]) == ("2026-03-01", REASON)
    done = conclude(dossier.folder, **days)
    assert [line.sentence for line in done.lines] == [
        "Verzonnen Lijst 201, Nergenshuizen: van Leeg naar Onbekend. Geen: er is geen oordeel."
    ]
    assert done.transitions == {("Leeg", "Onbekend"): 1}
    assert "al ingetrokken" in refused(dossier, 211, withdraw=True).title
    corrected(dossier, 211, restore=True, reason="het was toch goed")
    assert the_record(dossier, EVIDENCE, 211)["ingetrokken_op"] is None
    conclude(dossier.folder, **days)
    assert the_record(dossier, OBJECTS, 201)["conclusie"] == "leeg"
    assert [line["reden"] for line in read_history(dossier, EVIDENCE, uuid(211))] == [
        None, REASON, "het was toch goed",
    ]  # fmt: skip


def test_evidence_moves_to_the_object_that_it_was_about(dossier):
    corrected(dossier, 111, fields={"object_uuid": uuid(102), "waarde": "in_gebruik"})
    record = the_record(dossier, EVIDENCE, 111)
    assert (record["object_uuid"], record["waarde"]) == (uuid(102), "in_gebruik")


@pytest.mark.parametrize(
    ("number", "change", "words"),
    [
        (999, {"fields": {"prioriteit": "hoog"}}, "staat niet in het dossier"),
        (101, {}, "één van de drie"),
        (111, {"fields": {"waarde": "leeg"}, "withdraw": True}, "één van de drie"),
        (101, {"withdraw": True}, "Alleen bewijs"),
        (111, {"restore": True}, "niet ingetrokken"),
        (101, {"fields": {"prioriteit": "hoogst"}}, "niet in de lijst"),
        (101, {"fields": {"prioriteit": "normaal"}}, "staat er al"),
        (101, {"fields": {"gemeente_code": "GM0114"}}, "verandert zo niet"),
        (101, {"fields": {"conclusie": "leeg"}}, "verandert zo niet"),
        (101, {"fields": {"uuid": uuid(1)}}, "verandert zo niet"),
        (101, {"fields": {"bestaat_niet": "1"}}, "verandert zo niet"),
        (101, {"fields": {"soort": ""}}, "verplicht"),
        (141, {"fields": {"soort": "toezicht"}}, "bevoegdheid"),
        (111, {"fields": {"waarde": "treffer"}}, "hoort"),
        (101, {"fields": {"toelichting": "bel 06-12345678"}}, "bij een persoon"),
        (101, {"fields": {"prioriteit": "hoog"}, "reason": " "}, "Zeg waarom"),
        (101, {"fields": {"prioriteit": "hoog"}, "reason": "dhr. Boer belde"}, "noemt daarom geen persoon"),
        (
            101,
            {"fields": {"prioriteit": "hoog"}, "reason": "Verzonnen Lijst 101 was fout"},
            "record zelf niet",
        ),
        (101, {"fields": {"prioriteit": "hoog"}, "reason": f"zie {uuid(101)}"}, "record zelf niet"),
    ],
)
def test_what_can_not_be_gets_a_sentence_and_changes_nothing(dossier, number, change, words):
    assert words in str(refused(dossier, number, **change))


def test_text_about_a_person_is_taken_when_that_was_asked(dossier):
    corrected(dossier, 101, fields={"toelichting": "bel 06-12345678"}, accept_personal_text=True)
    assert the_record(dossier, OBJECTS, 101)["toelichting"] == "bel 06-12345678"


def test_a_correction_that_did_not_go_on_is_told_in_the_register(dossier):
    before = contents(dossier)
    with other_program(dossier.path(OBJECTS), wal=False) as editing:
        editing.execute("BEGIN IMMEDIATE")
        with pytest.raises(AtlasError):
            corrected(dossier, 101, fields={"prioriteit": "hoog"})
    assert contents(dossier) == before
    assert [(line["doel"], line["aantal"]) for line in read_register(dossier)] == [
        (REASON, 1), (f"Niet doorgegaan: {REASON}", 0),
    ]  # fmt: skip


def test_of_what_is_not_sure_the_conclusion_says_it_stays(tmp_path):
    incoming = {**rows(), OBJECTS: [vacant(101)], EVIDENCE: [evidence(111, 101)]}
    dossier = filled(tmp_path / "een", {name: incoming[name] for name in (OBJECTS, EVIDENCE)})
    conclude(dossier.folder, today=LATER.date(), now=LATER, user="beheer")
    corrected(dossier, 111, fields={"peildatum": "2026-01-20"})
    done = conclude(dossier.folder, today=LATER.date(), now=LATER, user="beheer")
    (line,) = done.lines
    assert line.sentence.startswith("Verzonnen Lijst 101, Nergenshuizen: blijft Leeg, met andere redenen.")
    assert done.transitions == {}
    assert read_layers(dossier)[OBJECTS][0]["conclusie"] == "leeg"
