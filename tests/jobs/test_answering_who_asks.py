"""What is recorded about one yard or object is written down for who asks, and read back from the files."""

from __future__ import annotations

import pytest

from atlas.core.words.errors import AtlasError
from atlas.dossier.issue_register import read_register
from atlas.dossier.opening import open_dossier
from atlas.flows.access import answer_access
from atlas.jobs.correcting import correct
from dossier_samples import (
    ASSEN,
    EMMEN,
    LATER,
    contents,
    evidence,
    filled,
    finding,
    handed_out,
    other_program,
    rows,
    signal,
    uuid,
    vacant,
    visit,
    without_line,
    yard,
)

OBJECTS = "leegstand_object"
ADDRESS = "Verzonnen Lijst 101, Nergenshuizen"


@pytest.fixture
def dossier(tmp_path):
    return filled(tmp_path / "team")


def answered(dossier, path, *, address="", uuids=(), **more):
    asked = {"maker": "Gemeente Verzonnen", "contact": "privacy@voorbeeld.nl", "made_on": "", **more}
    return answer_access(
        dossier.folder, path, address=address, uuids=tuple(uuid(number) for number in uuids), user="Griffier",
        now=LATER, **asked,
    )  # fmt: skip


def text_of(path):
    """All that a reader sees in the file."""
    if path.suffix == ".docx":
        import docx

        document = docx.Document(str(path))
        return " ".join(" ".join(one.text for one in document.paragraphs).split())
    import subprocess

    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    )
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_everything_about_a_yard_is_told_and_nothing_of_others(dossier, tmp_path, kind):
    correct(
        dossier.folder, uuid(101), reason="was fout", fields={"prioriteit": "hoog"}, user="Jansma", now=LATER
    )
    handed_out(dossier, tmp_path / "assen.csv")
    done = answered(dossier, tmp_path / f"inzage.{kind}", address=ADDRESS)
    assert "?." not in text_of(tmp_path / f"inzage.{kind}"), "a question is a sentence already"
    assert done.count == 6  # the object, two pieces of evidence, a signal, a visit and a finding
    text = text_of(done.path)
    for told in (
        f"Wat er is vastgelegd over {ADDRESS}", "Gemeente Assen, 1 maart 2026",
        "Op 15 januari 2026 is ter plaatse gezien: leeg.", "Bron: inventarisatie.",
        "Dit wordt bewaard tot en met 30 juni 2027.", "Opvallende geur", "Niet waargenomen", "Gedumpt afval",
        "Doel: kennismaken.", "Prioriteit: van Normaal naar Hoog. Reden: was fout.",
        "1 februari 2026: het team van Assen, voor 'rondje maart', bestand assen.csv.",
        "Gemeente Verzonnen", "privacy@voorbeeld.nl", "Autoriteit Persoonsgegevens",
    ):  # fmt: skip
        assert told in text, told
    for left in ("beheer", "Jansma", "Griffier", "Inwoner", "melding-131", uuid(102), "Emmen", "Lijst 102"):
        assert left not in text, left
    line = read_register(dossier)[-1]
    assert (line["handeling"], line["door"], line["bestand"], line["aantal"], line["gemeenten"]) == (
        "inzage", "Griffier", f"inzage.{kind}", 6, ASSEN,
    )  # fmt: skip
    assert line["controlegetal"]
    assert open_dossier(dossier.folder).notes == ()


def test_the_two_files_say_the_same(dossier, tmp_path):
    made = [answered(dossier, tmp_path / f"een.{kind}", address=ADDRESS).letter for kind in ("docx", "pdf")]
    assert made[0].sections[:-2] == made[1].sections[:-2]  # but for the issue of the first of them
    word, pdf = text_of(tmp_path / "een.docx"), text_of(tmp_path / "een.pdf")
    for section in made[0].sections:
        assert section.title in word
        assert section.title in pdf


def test_a_pdf_of_the_same_letter_has_the_same_bytes(dossier, tmp_path):
    from atlas.store.letter_docx import write_docx
    from atlas.store.letter_pdf import write_pdf

    letter = answered(dossier, tmp_path / "a.pdf", address=ADDRESS).letter
    write_pdf(tmp_path / "b.pdf", letter)
    write_docx(tmp_path / "c.docx", letter)
    assert without_line(tmp_path / "a.pdf") == (tmp_path / "b.pdf").read_bytes()
    assert text_of(tmp_path / "c.docx")


@pytest.mark.parametrize(
    "address",
    ["verzonnen lijst 101", "Verzonnen Lijst 101 Nergenshuizen", "VERZONNEN LIJST 101, NERGENSHUIZEN"],
)
def test_an_address_is_found_in_other_spellings(dossier, tmp_path, address):
    assert answered(dossier, tmp_path / "a.docx", address=address).count == 6


def test_a_border_case_is_found_and_says_so(tmp_path):
    dossier = filled(tmp_path / "team", {OBJECTS: [vacant(101, gemeente_zeker="nee")]})
    text = text_of(answered(dossier, tmp_path / "a.pdf", address=ADDRESS).path)
    assert "niet zeker is dat zij in Assen ligt" in text
    assert "aan niemand uitgegeven" in text


def test_a_yard_and_an_object_at_one_address_are_one_answer(tmp_path):
    address = {"adres": ADDRESS, "bag_vbo_id": "0106010000000101"}
    incoming = {
        OBJECTS: [vacant(101)],
        "agrarisch_bedrijf": [yard(121, **address)],
        "erfbezoek": [visit(141, object_uuid=uuid(101), bedrijf_uuid=uuid(121))],
        "bevinding": [finding(151, 141)],
    }
    dossier = filled(tmp_path / "team", incoming)
    assert answered(dossier, tmp_path / "a.docx", address=ADDRESS).count == 4


def refused(dossier, path, **asked):
    before, register = contents(dossier), read_register(dossier)
    with pytest.raises(AtlasError) as caught:
        answered(dossier, path, **asked)
    assert not path.exists()
    assert (contents(dossier), read_register(dossier)) == (before, register)
    return caught.value


def test_two_yards_with_one_address_are_asked_about(tmp_path):
    twice = [vacant(101), vacant(201, EMMEN, adres=ADDRESS), vacant(102, adres="Verzonnen Lijst 101, Elders")]
    dossier = filled(tmp_path / "team", {OBJECTS: twice})
    error = refused(dossier, tmp_path / "a.docx", address=ADDRESS)
    assert "meer dan één erf" in error.title
    assert uuid(101) in error.got
    assert f"in Emmen (Leegstaande objecten, Onbekend, {uuid(201)})" in error.got
    assert "102" not in error.got
    assert len(refused(dossier, tmp_path / "a.docx", address="Verzonnen Lijst 101").got.split(";")) == 3
    assert answered(dossier, tmp_path / "a.docx", uuids=[201]).count == 1
    both = answered(dossier, tmp_path / "b.docx", uuids=[101, 201])
    assert both.count == 2
    assert "Gemeente Assen en Emmen" in text_of(both.path)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"address": "Verzonnen Lijst 999, Nergenshuizen"}, "staat niets in het dossier"),
        ({"address": "Verzonnen Lijst 1O1, Nergenshuizen"}, "bedoelt u Verzonnen Lijst"),
        ({"uuids": [999]}, "geen object, erf of signaal"),
        ({"uuids": [111]}, "Bewijs van leegstand"),
        ({}, "een adres, of uuids"),
        ({"address": ADDRESS, "uuids": [101]}, "een adres, of uuids"),
        ({"address": ADDRESS, "made_on": "31-2-2026"}, "geen datum"),
    ],
)
def test_what_is_not_there_or_not_one_gets_a_sentence(dossier, tmp_path, asked, words):
    assert words in str(refused(dossier, tmp_path / "a.docx", **asked))


def test_another_kind_of_file_and_a_place_in_the_dossier_are_refused(dossier, tmp_path):
    assert ".docx of .pdf" in str(refused(dossier, tmp_path / "a.odt", address=ADDRESS))
    assert refused(dossier, dossier.folder / "a.docx", address=ADDRESS)


def test_what_was_deleted_and_still_stands_in_the_history_is_told(dossier, tmp_path):
    with other_program(dossier.path("leegstand_bewijs"), wal=False) as editing:
        editing.execute("DELETE FROM leegstand_bewijs WHERE uuid = ?", [uuid(112)])
    done = answered(dossier, tmp_path / "a.docx", address=ADDRESS)
    assert done.count == 6
    assert "staat alleen nog in de geschiedenis" in text_of(done.path)


def test_what_to_look_at_before_it_is_handed_over_is_said(tmp_path):
    incoming = rows()
    incoming[OBJECTS][0] = vacant(101, toelichting="bel 06-12345678")
    incoming["leegstand_bewijs"] = [evidence(111, 101)]
    incoming["signaal"] = [signal(131, object_uuid=uuid(101), toelichting="De buurman zag het.")]
    dossier = filled(tmp_path / "team", incoming)
    done = answered(dossier, tmp_path / "a.docx", address=ADDRESS)
    assert done.attention[0].startswith("Lees 2 toelichtingen in de brief na")
    assert "Er staat een telefoonnummer in." in done.attention[0]
    assert "mag weten" in done.attention[-1]
