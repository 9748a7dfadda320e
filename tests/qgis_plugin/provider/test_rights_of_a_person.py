"""Who asks gets a letter, a mistake is corrected or erased, a team gets its list: as with the command."""

from __future__ import annotations

import subprocess

import processing
import pytest
from buitengebied_atlas.atlas.dossier.issue_register import read_register
from buitengebied_atlas.atlas.dossier.records import read_history, read_layers
from fictitious_dossier import evidence, filled, uuid, vacant
from qgis.core import QgsProcessingException

OBJECTS, EVIDENCE = "leegstand_object", "leegstand_bewijs"
ADDRESS = "Verzonnenweg 1, 9999 ZZ Verzonnen"

pytestmark = pytest.mark.usefixtures("provider")


@pytest.fixture
def dossier(tmp_path):
    objects = [
        vacant(1, "GM0106"), vacant(2, "GM0106", gemeente_zeker="nee"),
        *(vacant(number, "GM0114", toelichting="Lange schuur met stenen muren.") for number in range(10, 90)),
    ]  # fmt: skip
    return filled(tmp_path / "dossier", objects, [evidence(1001, 1)])


def run(dossier, name, **given):
    return processing.run(
        f"buitengebied_atlas:{name}", {"FOLDER": str(dossier.folder), "USER": "Griffier", **given}
    )


def printed(path):
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_a_list_has_labels_and_its_heading_and_number_on_every_page(dossier, tmp_path):
    done = run(
        dossier, "reading_list", LAYER=OBJECTS, MUNICIPALITIES=["Emmen"], PURPOSE="ronde",
        OUTPUT=str(tmp_path / "lijst.pdf"),
    )  # fmt: skip
    assert done["RECORDS"] == 80
    pages = printed(done["OUTPUT"]).split("\f")[:-1]
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"pagina {number} van {len(pages)}" in page
        assert "Adres" in page
        assert "Vertrouwelijk" in page
    text = " ".join("".join(pages).split())
    assert "FICTIEF: Objecten in het dossier" in text
    assert "Waarvoor: ronde" in text
    assert "Emmen" in text
    assert all(left not in text for left in (uuid(10), "GM0114", "Verzonnenweg 1,"))
    line = read_register(dossier)[-1]
    assert (line["handeling"], line["doel"], line["door"], line["aantal"]) == (
        "uitgifte", "ronde", "Griffier", 80,
    )  # fmt: skip


def test_a_list_for_nothing_or_nobody_is_refused(dossier, tmp_path):
    for missing in ({"PURPOSE": " "}, {"MUNICIPALITIES": []}):
        asked = {"LAYER": OBJECTS, "MUNICIPALITIES": ["Emmen"], "PURPOSE": "ronde", **missing}
        with pytest.raises(QgsProcessingException):
            run(dossier, "reading_list", OUTPUT=str(tmp_path / "lijst.pdf"), **asked)
    assert not (tmp_path / "lijst.pdf").exists()
    assert read_register(dossier) == []


def test_who_asks_gets_a_letter_with_everything(dossier, tmp_path):
    done = run(
        dossier, "answer_access", ADDRESS=ADDRESS, MAKER="Gemeente Verzonnen", OUTPUT=str(tmp_path / "b.pdf")
    )
    assert done["RECORDS"] == 2
    text = " ".join(printed(done["OUTPUT"]).split())
    assert f"Wat er is vastgelegd over {ADDRESS}" in text
    assert "Op 1 februari 2026 is ter plaatse gezien: leeg." in text
    assert "pagina 1 van" in text
    assert "beheer" not in text
    assert read_register(dossier)[-1]["handeling"] == "inzage"
    near_border = run(dossier, "answer_access", UUID=uuid(2), OUTPUT=str(tmp_path / "c.pdf"))
    assert "niet zeker" in " ".join(printed(near_border["OUTPUT"]).split())
    with pytest.raises(QgsProcessingException, match="staat niets in het dossier"):
        run(dossier, "answer_access", ADDRESS="Nergensweg 1, Verzonnen", OUTPUT=str(tmp_path / "d.pdf"))
    assert not (tmp_path / "d.pdf").exists()


def test_a_field_is_corrected_and_evidence_withdrawn_with_a_reason(dossier):
    fields = {"FIELD": "prioriteit", "VALUE": "hoog", "REASON": "was fout"}
    assert run(dossier, "correct_record", UUID=uuid(1), ACTION=0, **fields)["CHANGES"] == 1
    assert read_history(dossier, OBJECTS, uuid(1))[-1]["reden"] == "was fout"
    run(dossier, "correct_record", UUID=uuid(1001), ACTION=1, REASON="verkeerd erf")
    (piece,) = read_layers(dossier)[EVIDENCE]
    assert piece["ingetrokken_reden"] == "verkeerd erf"
    run(dossier, "correct_record", UUID=uuid(1001), ACTION=2, REASON="toch goed")
    assert read_layers(dossier)[EVIDENCE][0]["ingetrokken_op"] is None
    assert [line["handeling"] for line in read_register(dossier)] == ["verbeterd"] * 3
    phone = {"FIELD": "toelichting", "VALUE": "bel 06-12345678", "REASON": "aanvulling"}
    with pytest.raises(QgsProcessingException, match="bij een persoon") as caught:
        run(dossier, "correct_record", UUID=uuid(1), ACTION=0, **phone)
    assert "12345678" not in str(caught.value)
    run(dossier, "correct_record", UUID=uuid(1), ACTION=0, ACCEPT_PERSONAL_TEXT=True, **phone)
    with pytest.raises(QgsProcessingException, match="niet duidelijk"):
        run(dossier, "correct_record", UUID=uuid(1), ACTION=0, REASON="was fout")


def test_a_record_is_erased_only_when_that_is_confirmed(dossier):
    asked = {"UUID": uuid(1), "REASON": "verzoek van de betrokkene"}
    assert run(dossier, "erase_record", **asked)["RECORDS"] == 2
    assert read_register(dossier) == []
    assert run(dossier, "erase_record", CONFIRM=True, **asked)["RECORDS"] == 2
    layers = read_layers(dossier)
    assert uuid(1) not in {record["uuid"] for record in layers[OBJECTS]}
    assert layers[EVIDENCE] == []
    assert read_register(dossier)[-1]["handeling"] == "gewist_verzoek"
    with pytest.raises(QgsProcessingException, match="staat niet in het dossier"):
        run(dossier, "erase_record", CONFIRM=True, **asked)


def test_a_record_is_meant_by_its_address_when_there_is_one(dossier):
    fields = {"FIELD": "prioriteit", "VALUE": "hoog", "REASON": "was fout"}
    assert run(dossier, "correct_record", ADDRESS=ADDRESS, ACTION=0, **fields)["CHANGES"] == 1
    assert read_layers(dossier)[OBJECTS][0]["prioriteit"] == "hoog"
    run(dossier, "correct_record", ADDRESS=ADDRESS, ACTION=1, REASON="verkeerd erf")
    with pytest.raises(QgsProcessingException, match="een adres, of een uuid"):
        run(dossier, "erase_record", ADDRESS=ADDRESS, UUID=uuid(1), REASON="was fout")
    with pytest.raises(QgsProcessingException, match="een adres, of een uuid"):
        run(dossier, "erase_record", REASON="was fout")
    assert run(dossier, "erase_record", ADDRESS=ADDRESS, REASON="was fout")["RECORDS"] == 2
