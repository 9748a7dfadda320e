"""The cases of `tests/data/import_cases.json`, which the plugin must read in exactly the same way."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from atlas.core.records.import_file import ImportRequest
from atlas.core.words.errors import AtlasError
from atlas.dossier.opening import init_dossier
from atlas.dossier.records import read_layers
from atlas.flows.importing import ImportTask, import_file

CASES = json.loads((Path(__file__).parents[1] / "data" / "import_cases.json").read_text(encoding="utf-8"))
#: when and by whom differs between the faces
STAMPS = ("aangemaakt_op", "aangemaakt_door", "gewijzigd_op", "gewijzigd_door", "ingelezen_op")


def imported(folder, step, room):
    file = room / "in.csv"
    file.write_text("\n".join(step["text"]) + "\n", encoding="utf-8")
    request = ImportRequest(step["layer"], step.get("register", ""), keep_until=step.get("keep_until", ""))
    import_file(folder, ImportTask(file, request), room / "r.csv", user="test", now=datetime.now(UTC))
    with (room / "r.csv").open(encoding="utf-8-sig", newline="") as report:
        return sorted(
            [int(line["rij"]), line["uitkomst"], line["veld"], line["toelichting"]]
            for line in csv.DictReader(report)
            if line["uitkomst"] != "opmerking"
        )


def plain(records):
    return {
        layer: sorted(
            (
                {
                    name: list(value) if isinstance(value, tuple) else value
                    for name, value in record.items()
                    if value is not None and name not in STAMPS
                }
                for record in of_layer
            ),
            key=lambda record: record["uuid"],
        )
        for layer, of_layer in records.items()
        if of_layer
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_file_is_imported_as_the_case_says(case, tmp_path):
    dossier = init_dossier(tmp_path / "dossier", fictitious=True)
    for step in case["steps"]:
        if "error" in step:
            with pytest.raises(AtlasError) as caught:
                imported(dossier.folder, step, tmp_path)
            assert caught.value.title == step["error"]
        else:
            assert imported(dossier.folder, step, tmp_path) == step["report"]
            assert (tmp_path / "r.csv").stat().st_mode & 0o007 == 0, "it repeats values of records"
    assert plain(read_layers(dossier)) == case["records"]


def test_what_holds_for_a_whole_input_stands_in_the_report(tmp_path):
    """The note on the addresses that were used, of which the dossier keeps nothing."""
    dossier = init_dossier(tmp_path / "dossier", fictitious=True)
    addresses = tmp_path / "adressen.csv"
    addresses.write_text(
        "adresseerbaarobject_identificatie,openbare_ruimte_naam,huisnummer,woonplaats_naam,x,y,status\n"
        "0106010000000001,Verzonnenweg,1,Nergenshuizen,233000,557000,Verblijfsobject in gebruik\n"
        "0106010000000002,Verzonnenweg,2,Nergenshuizen,233100,557000,Verblijfsobject ingetrokken\n",
        encoding="utf-8",
    )
    file = tmp_path / "in.csv"
    file.write_text(
        "adres,soort,bron,peildatum,bronkenmerk,bewaren_tot\n"
        '"Verzonnenweg 1, Nergenshuizen",schuur,FICTIEF,2026-02-01,1,2030-01-01\n',
        encoding="utf-8",
    )
    task = ImportTask(file, ImportRequest("leegstand_object"), addresses=addresses)
    done = import_file(dossier.folder, task, tmp_path / "r.csv", user="test", now=datetime.now(UTC))
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as report:
        notes = [line["toelichting"] for line in csv.DictReader(report) if line["uitkomst"] == "opmerking"]
    assert notes == list(done.notes)
    assert any("adressen.csv" in note and "ingetrokken" in note for note in notes)


OBJECT_WITH_TEXT = (
    "adres;soort;bron;peildatum;bronkenmerk;bewaren_tot;gemeente_code;toelichting\n"
    "Verzonnenweg 1;schuur;FICTIEF;2026-02-01;1;2030-01-01;GM0106;bel de eigenaar op 06-12345678\n"
    "Verzonnenweg 2;schuur;FICTIEF;2026-02-01;2;2030-01-01;GM0106;dak stuk\n"
)


def test_free_text_about_a_person_is_asked_about_before_anything_is_taken(tmp_path):
    dossier = init_dossier(tmp_path / "dossier", fictitious=True)
    file, report = tmp_path / "in.csv", tmp_path / "r.csv"
    file.write_text(OBJECT_WITH_TEXT, encoding="utf-8")

    def take(**accept):
        task = ImportTask(file, ImportRequest("leegstand_object", **accept))
        return import_file(dossier.folder, task, report, user="test", now=datetime.now(UTC))

    with pytest.raises(AtlasError, match="niets overgenomen") as caught:
        take()
    assert caught.value.where == "leegstand_object, toelichting: een telefoonnummer in rij 2"
    assert "12345678" not in str(caught.value)
    assert read_layers(dossier)["leegstand_object"] == []
    assert not report.exists()
    done = take(accept_personal_text=True)
    assert len(done.plan.inserts) == 2
    (note,) = [note for note in done.notes if "bij een persoon" in note]
    assert "12345678" not in note
    assert len(take().plan.unchanged) == 2  # what is there already is not asked about again


BAG = (
    "adresseerbaarobject_identificatie,openbare_ruimte_naam,huisnummer,huisletter,postcode,woonplaats_naam,"
    "x,y,status\n"
    + "".join(
        f"010601000000000{number},Verzonnenweg,{house},{letter},9400AA,Nergenshuizen,{233000 + number},"
        "557000,Verblijfsobject in gebruik\n"
        for number, house, letter in ((1, 1, ""), (2, 2, ""), (3, 2, "A"))
    )
)


def taken(folder, layer, text, addresses=None, **request):
    file = folder.parent / "in.csv"
    file.write_text(text, encoding="utf-8")
    if addresses:
        (folder.parent / "bag.csv").write_text(addresses, encoding="utf-8")
    task = ImportTask(
        file, ImportRequest(layer, source="FICTIEF", keep_until="2030-01-01", **request),
        folder.parent / "bag.csv" if addresses else None,
    )  # fmt: skip
    return import_file(folder, task, folder.parent / "r.csv", user="test", now=datetime.now(UTC))


def test_a_register_answers_by_the_address_of_an_object(tmp_path):
    """In postcode and place of their own or in the line: the object keeps its BAG id, and answers fit."""
    dossier = init_dossier(tmp_path / "dossier", fictitious=True)
    objects = (
        "adres;postcode;plaats;soort;peildatum\nVerzonnenweg 1;9400AA;Nergenshuizen;Schuur;2026-01-01\n"
        "Verzonnenweg 2;9400 AA;Nergenshuizen;loods;2026-01-01\n"
    )
    done = taken(dossier.folder, "leegstand_object", objects, BAG)
    assert [record.record["bag_vbo_id"][-1] for record in done.plan.inserts] == ["1", "2"]
    assert done.plan.inserts[0].record["adres"] == "Verzonnenweg 1, 9400AA Nergenshuizen"
    answers = (
        'adres;treffer;peildatum\n"Verzonnenweg 1, Nergenshuizen";nee;2026-02-01\n'
        '"verzonnenweg 2 9400aa Nergenshuizen";ja;2026-02-01\n'
        '"Verzonnenweg 2A, Nergenshuizen";ja;2026-02-01\n"Verzonnenweg 2, Elders";ja;2026-02-01\n'
    )
    done = taken(dossier.folder, "leegstand_bewijs", answers, register="hr_vestiging")
    found = [(one.row, one.record["waarde"]) for one in done.plan.inserts]
    assert found == [(2, "geen_treffer"), (3, "treffer")]
    assert [row.row for row in done.unused] == [4, 5]
    again = taken(dossier.folder, "leegstand_bewijs", answers, BAG, register="hr_vestiging")
    assert len(again.plan.unchanged) == 2
    visits = (
        "adres;datum;team;soort;grondslag;doel;uitkomst;peildatum\n"
        '"Verzonnenweg 1, Nergenshuizen";2026-02-03;Team;preventief;instemming;preventie;'
        "niemand aanwezig;2026-02-03\n"
    )
    visit = taken(dossier.folder, "erfbezoek", visits).plan.inserts[0].record
    (there,) = [
        one for one in read_layers(dossier)["leegstand_object"] if one["uuid"] == visit["object_uuid"]
    ]
    assert there["adres"].startswith("Verzonnenweg 1,")
    assert visit["uitkomst"] == "niemand_aanwezig"


def test_two_barns_at_one_address_stay_two_and_an_answer_by_address_is_asked_about(tmp_path):
    dossier = init_dossier(tmp_path / "dossier", fictitious=True)
    objects = (
        'adres;bronkenmerk;soort;peildatum\n"Verzonnenweg 1, Nergenshuizen";1;schuur;2026-01-01\n'
        '"Verzonnenweg 1, Nergenshuizen";2;stal;2026-01-01\n'
    )
    assert len(taken(dossier.folder, "leegstand_object", objects, BAG).plan.inserts) == 2
    answers = 'adres;treffer;peildatum\n"Verzonnenweg 1, Nergenshuizen";nee;2026-02-01\n'
    with pytest.raises(AtlasError) as caught:
        taken(dossier.folder, "leegstand_bewijs", answers, register="hr_vestiging")
    assert "horen 2 objecten" in caught.value.detail


def test_the_same_barn_three_times_is_one(tmp_path):
    dossier = init_dossier(tmp_path / "dossier", fictitious=True)
    row = '"Verzonnenweg 1, Nergenshuizen";schuur;2026-01-01\n'
    done = taken(dossier.folder, "leegstand_object", "adres;soort;peildatum\n" + 3 * row, BAG)
    assert (len(done.plan.inserts), len(done.plan.unchanged)) == (1, 2)
    assert "Rij 2, 3 en 4 zijn gelijk en worden één record." in " ".join(done.notes)
    assert done.plan.inserts[0].record["bag_vbo_id"], "one barn has the id of its address"
