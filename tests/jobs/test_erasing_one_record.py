"""One record is erased on request, with all that belongs to it; a line stays, and who has a copy is told."""

from __future__ import annotations

import pytest

from atlas.core.records.recipients import recipients
from atlas.core.words.errors import AtlasError
from atlas.dossier.files import ORDER_FILE
from atlas.dossier.issue_register import read_register
from atlas.dossier.records import read_history, read_layers
from atlas.flows.access import answer_access
from atlas.jobs.erasing import erase, look_at_erasure
from dossier_samples import (
    ASSEN,
    EMMEN,
    LATER,
    contents,
    filled,
    handed_out,
    other_program,
    signal,
    uuid,
    vacant,
    yard,
)

OBJECTS = "leegstand_object"
REASON = "verzoek van de betrokkene"


@pytest.fixture
def dossier(tmp_path):
    return filled(tmp_path / "team")


def erased(dossier, number, *, reason=REASON):
    return erase(dossier.folder, uuid(number), reason=reason, user="beheer", now=LATER)


def everything_in(folder):
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_an_object_goes_with_all_that_belongs_to_it_long_before_its_term(dossier):
    before = contents(dossier)
    found = look_at_erasure(dossier.folder, uuid(101), reason=REASON)
    assert contents(dossier) == before
    done = erased(dossier, 101)
    assert done.counts == found.counts == {"bevinding": 1, "erfbezoek": 1, "leegstand_bewijs": 2, OBJECTS: 1}
    layers = read_layers(dossier)
    left = {record["uuid"] for records in layers.values() for record in records}
    assert left.isdisjoint({uuid(101), uuid(111), uuid(112), uuid(141), uuid(151)})
    assert read_history(dossier, OBJECTS, uuid(101)) == []
    (signal,) = [one for one in layers["signaal"] if one["uuid"] == uuid(131)]
    assert signal["object_uuid"] is None
    (stays,) = [one for one in done.sentences if "koppeling" in one]
    assert stays.startswith("1 record blijft en verliest alleen de koppeling: ")
    assert uuid(131) in stays
    assert stays in found.sentences
    there = everything_in(dossier.folder)
    for text in (uuid(101), uuid(111), "Verzonnen Lijst 101", "bewijs-111", "bezoek-141"):
        assert text.encode() not in there
    assert not (dossier.folder / ORDER_FILE).exists()
    (line,) = read_register(dossier)
    assert (line["handeling"], line["doel"], line["door"], line["aantal"], line["gemeenten"]) == (
        "gewist_verzoek", REASON, "beheer", 5, ASSEN,
    )  # fmt: skip


def test_one_piece_of_evidence_goes_alone_and_what_remains_of_it_is_said(dossier):
    done = erased(dossier, 111)
    assert done.counts == {"leegstand_bewijs": 1}
    assert any("redenen van het object" in note for note in done.notes)
    assert len(read_layers(dossier)["leegstand_bewijs"]) == 2


def test_who_may_have_a_copy_is_told(dossier, tmp_path):
    handed_out(dossier, tmp_path / "assen.csv")
    handed_out(dossier, tmp_path / "emmen.csv", municipalities=[EMMEN])
    handed_out(dossier, tmp_path / "signalen.csv", "signaal")
    done = erased(dossier, 101)
    assert done.recipients == (
        "1 februari 2026: het team van Assen, voor 'rondje maart', bestand assen.csv.",
    )
    assert any("AVG art. 19" in sentence for sentence in done.sentences)
    assert "Volgens het register is dit aan niemand uitgegeven." in erased(dossier, 121).sentences


@pytest.mark.parametrize(
    ("audience", "recipient", "who"),
    [
        ("openbaar", "", "iedereen, want het is openbaar, over Assen"),
        ("openbaar", "De krant", "iedereen, want het is openbaar, over Assen"),
        ("partners", "", "partners, over Assen"),
        ("partners", "Politie Drenthe", "Politie Drenthe"),
        ("team", "", "het team van Assen"),
    ],
)
def test_a_file_that_is_public_or_for_partners_is_not_said_to_be_with_the_team(audience, recipient, who):
    line = {
        "handeling": "uitgifte", "lagen": OBJECTS, "gemeenten": ASSEN, "tijdstip": "2026-02-01T10:00:00Z",
        "ontvanger": recipient, "publiek": audience, "doel": "cijfers", "controlegetal": "x",
    }  # fmt: skip
    (told,) = recipients([line], {OBJECTS: "2026-01-01T00:00:00Z"}, [ASSEN])
    assert told == f"1 februari 2026: {who}, voor 'cijfers'."


def test_a_letter_to_another_person_is_not_told_as_a_letter_to_this_one():
    line = {
        "handeling": "inzage", "lagen": OBJECTS, "gemeenten": ASSEN, "tijdstip": "2026-02-01T10:00:00Z",
        "ontvanger": "de betrokkene zelf", "doel": "Inzage", "bestand": "brief.docx", "controlegetal": "x",
    }  # fmt: skip
    (told,) = recipients([line, line], {OBJECTS: "2026-01-01T00:00:00Z"}, [ASSEN])
    assert told == (
        "1 februari 2026: wie om inzage vroeg, alleen als dat over deze plek was, voor 'Inzage', "
        "bestand brief.docx."
    )


@pytest.mark.parametrize(
    ("number", "reason", "words"),
    [
        (999, REASON, "staat niet in het dossier"),
        (101, "", "Zeg waarom"),
        (101, "mevr. Boer vroeg het", "noemt daarom geen persoon"),
        (101, "op verzoek: Verzonnen Lijst 101", "record zelf niet"),
        (101, "melding bewijs-112 was fout", "record zelf niet"),
    ],
)
def test_what_can_not_be_gets_a_sentence_and_erases_nothing(dossier, number, reason, words):
    before = contents(dossier)
    with pytest.raises(AtlasError) as caught:
        erased(dossier, number, reason=reason)
    assert words in str(caught.value)
    assert contents(dossier) == before
    assert read_register(dossier) == []


def test_a_record_that_was_deleted_by_hand_and_others_keep_their_history(dossier):
    with other_program(dossier.path(OBJECTS), wal=False) as editing:
        editing.execute(f"DELETE FROM {OBJECTS} WHERE uuid = ?", [uuid(102)])
    erased(dossier, 101)
    assert [line["soort"] for line in read_history(dossier, OBJECTS, uuid(102))] == ["nieuw", "verwijderd"]


def test_an_erasure_that_was_not_finished_is_pointed_out(dossier):
    erased(dossier, 101)
    (dossier.folder / ORDER_FILE).write_text("{}")
    with pytest.raises(AtlasError, match="nog niet afgemaakt"):
        look_at_erasure(dossier.folder, uuid(101), reason=REASON)


HERE, NEAR, FAR = (233_000.0, 560_000.0), (233_040.0, 560_000.0), (233_000.0, 560_100.0)


def near_a_yard(folder):
    """A yard, a signal near it and one far from it without a link, and an object at another address."""
    return filled(folder, {
        "agrarisch_bedrijf": [yard(121, geometrie=HERE)], OBJECTS: [vacant(109, geometrie=NEAR)],
        "signaal": [signal(132, geometrie=NEAR), signal(133, geometrie=FAR)],
    })  # fmt: skip


def test_a_signal_at_the_same_place_is_named_with_how_to_see_it(tmp_path):
    """Nothing else leads to it once the yard is gone: a signal has no address."""
    done = erased(near_a_yard(tmp_path / "team"), 121)
    (said,) = [one for one in done.sentences if "binnen 50 m" in one]
    assert uuid(132) in said
    assert not any(uuid(number) in said for number in (109, 133))
    assert "wis het dan apart" in said


def test_who_answers_hears_what_stands_near_without_a_link(tmp_path):
    dossier = near_a_yard(tmp_path / "team")
    asked = {"address": "", "maker": "", "contact": "", "made_on": "", "user": "x", "now": LATER}
    done = answer_access(dossier.folder, tmp_path / "a.pdf", uuids=(uuid(121),), **asked)
    assert uuid(132) in done.attention[0]
    both = answer_access(dossier.folder, tmp_path / "b.pdf", uuids=(uuid(121), uuid(132)), **asked)
    assert both.count == 2
    assert not any("binnen 50 m" in one for one in both.attention)
