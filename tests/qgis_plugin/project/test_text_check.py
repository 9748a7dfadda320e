"""A form with a telephone number in free text is not saved before somebody said that it must be."""

from __future__ import annotations

import pytest
from fictitious_dossier import filled, uuid, vacant
from qgis.core import QgsFeature, QgsProject


@pytest.fixture
def layer(tmp_path, provider):
    from buitengebied_atlas.project.dossier_layers import open_dossier_layers

    project = QgsProject.instance()
    project.clear()
    kept = vacant(1, "GM0106", toelichting="bel 06-12345678")
    dossier = filled(tmp_path / "dossier", [kept, vacant(2, "GM0106")], [])
    yield open_dossier_layers(project, dossier.folder)["leegstand_object"]
    project.clear()


@pytest.fixture
def asked(layer, monkeypatch):
    """What the plugin itself asked; the answer is its attribute."""
    from buitengebied_atlas.gui import text_question

    class Asked(list):
        answer = False

    heard = Asked()
    monkeypatch.setattr(
        text_question,
        "saves_all_the_same",
        lambda _parent, _layer, found: heard.append(list(found)) or heard.answer,
    )
    return heard


def feature(layer, number):
    return next(one for one in layer.getFeatures() if one["uuid"] == uuid(number))


def write(layer, number, text, field="toelichting"):
    if not layer.isEditable():
        layer.startEditing()
    layer.changeAttributeValue(feature(layer, number).id(), layer.fields().indexOf(field), text)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("bel 06-12345678", "een telefoonnummer"), ("mail piet@voorbeeld.nl", "een e-mailadres"),
        ("auto 12-BBB-3 voor de deur", "een kenteken"),
        ("gesproken met dhr. Verzonnen", "een aanspreking (dhr., mevr.)"),
    ],
)  # fmt: skip
def test_signs_of_a_person_are_asked_about_and_not_saved(layer, asked, text, sign):
    write(layer, 2, text)
    write(layer, 2, "hoog", field="prioriteit")
    assert layer.commitChanges()
    assert asked == [[f"Toelichting: {sign}"]]
    kept = feature(layer, 2)
    assert (kept["toelichting"] or "") == ""
    assert kept["prioriteit"] == "hoog", "what was not asked about is saved"
    write(layer, 2, "dak stuk")
    assert layer.commitChanges()
    assert len(asked) == 1
    assert feature(layer, 2)["toelichting"] == "dak stuk"


def test_what_stood_there_comes_back(layer, asked):
    write(layer, 2, "dak stuk")
    assert layer.commitChanges()
    write(layer, 2, "dak stuk, bel 06-12345678")
    assert layer.commitChanges()
    assert len(asked) == 1
    assert feature(layer, 2)["toelichting"] == "dak stuk"


def test_who_says_that_it_must_be_there_saves_it(layer, asked):
    asked.answer = True
    write(layer, 2, "bel 06-12345678")
    assert layer.commitChanges()
    assert feature(layer, 2)["toelichting"] == "bel 06-12345678"


def test_what_is_in_the_file_already_and_other_fields_are_not_asked_about(layer, asked):
    write(layer, 1, "hoog", field="prioriteit")
    write(layer, 2, "Schuur, 9401 AB, N34, peildatum 2026-01-05")
    assert layer.commitChanges()
    assert asked == []


def test_a_new_record_is_looked_at_too(layer, asked):
    made = QgsFeature(layer.fields())
    for field in layer.fields():
        made[field.name()] = feature(layer, 2)[field.name()]
    made["fid"], made["uuid"], made["toelichting"] = None, uuid(3), "bel 06-12345678"
    made.setGeometry(feature(layer, 2).geometry())
    layer.startEditing()
    assert layer.addFeature(made)
    assert layer.commitChanges(), layer.commitErrors()
    assert asked == [["Toelichting: een telefoonnummer"]]
    assert (feature(layer, 3)["toelichting"] or "") == ""


def test_it_lets_go_of_the_layers(layer, asked):
    from buitengebied_atlas.project.text_check import TextCheck

    heard = []
    other = TextCheck(QgsProject.instance(), lambda _layer, found: heard.append(found) or True)
    other.release()
    asked.answer = True
    write(layer, 2, "bel 06-12345678")
    assert layer.commitChanges()
    assert heard == []
    assert len(asked) == 1


def test_the_question_never_repeats_the_text(provider, iface):
    from buitengebied_atlas.gui.text_question import text_question

    box = text_question(None, "Objecten", ["Toelichting: een telefoonnummer"])
    assert "een telefoonnummer" in box.informativeText()
    assert box.defaultButton().objectName() != "save_all_the_same", "Enter saves nothing"
