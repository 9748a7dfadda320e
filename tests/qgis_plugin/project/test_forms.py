"""The forms, opened and filled: what they fill in, what they refuse and why, and what comes in the file."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from buitengebied_atlas.atlas.core.words.errors import AtlasError
from buitengebied_atlas.atlas.dossier.opening import init_dossier, open_dossier
from buitengebied_atlas.atlas.dossier.records import read_history, read_layers
from buitengebied_atlas.project.dossier_layers import dossier_layer, open_dossier_layers
from buitengebied_atlas.project.editing import set_status
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsVectorLayerTools,
    QgsVectorLayerUtils,
)
from qgis.gui import QgsAttributeEditorContext, QgsAttributeForm, QgsGui
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QDate

OBJECTS, EVIDENCE, VISITS = "leegstand_object", "leegstand_bewijs", "erfbezoek"
KEEP = QDate(2040, 1, 1)


class Tools(QgsVectorLayerTools):
    """What a window of QGIS gives its forms for the records they hold: here they may be added and edited."""

    def startEditing(self, layer):  # noqa: N802
        return layer.startEditing()

    def saveEdits(self, layer):  # noqa: N802
        return layer.commitChanges()

    def stopEditing(self, layer, allowCancel=True):  # noqa: N802, N803 - QGIS's own
        return layer.commitChanges()


TOOLS = Tools()
OPEN = []


@pytest.fixture(scope="module", autouse=True)
def _widgets(qgis_app):
    """The widgets of forms, which QGIS's own window registers when it starts."""
    if not QgsGui.editorWidgetRegistry().factories():
        QgsGui.editorWidgetRegistry().initEditors()


@pytest.fixture
def dossier(tmp_path, iface):
    made = init_dossier(tmp_path / "dossier", fictitious=True)
    open_dossier_layers(QgsProject.instance(), made.folder)
    yield made
    while OPEN:  # a form must not outlive the layer it shows
        sip.delete(OPEN.pop())
    for layer in QgsProject.instance().mapLayers().values():
        if layer.isEditable():
            layer.rollBack()


def layer_of(name):
    return dossier_layer(QgsProject.instance(), name)


def new_form(name, geometry=None, **given):
    layer = layer_of(name)
    if not layer.isEditable():
        assert layer.startEditing()
    context = layer.createExpressionContext()
    values = {layer.fields().indexOf(field): value for field, value in given.items()}
    feature = QgsVectorLayerUtils.createFeature(layer, geometry or QgsGeometry(), values, context)
    editor = QgsAttributeEditorContext()
    editor.setVectorLayerTools(TOOLS)
    editor.setFormMode(QgsAttributeEditorContext.FormMode.StandaloneDialog)
    form = QgsAttributeForm(layer, feature, editor)
    form.setMode(QgsAttributeEditorContext.Mode.AddFeatureMode)
    OPEN.append(form)
    return form


def fill(form, **values):
    for name, value in values.items():
        form.changeAttribute(name, value)


def refusals(form):
    """Field -> why, as the form says it."""
    feature, problems = form.currentFormFeature(), []
    for index, value in enumerate(feature.attributes()):
        if value == QgsApplication.nullRepresentation():  # so QGIS hands over an empty line; it saves NULL
            feature.setAttribute(index, None)
    for index, field in enumerate(form.layer().fields()):
        ok, errors = QgsVectorLayerUtils.validateAttribute(form.layer(), feature, index)
        if not ok:
            problems.append((field.name(), " ".join([*errors, field.constraints().constraintDescription()])))
    return dict(problems)


def an_object():
    form = new_form(OBJECTS, QgsGeometry.fromPointXY(QgsPointXY(235_000, 556_000)))
    fill(form, adres="Verzonnenlaan 1, Nergenshuizen", soort="boerderij", bewaren_tot=KEEP)
    return form


def saved(form):
    assert refusals(form) == {}
    assert form.save()
    assert form.layer().commitChanges(), form.layer().commitErrors()


def test_a_new_object_is_filled_in_saved_and_stamped(dossier):
    saved(an_object())
    (record,) = read_layers(open_dossier(dossier.folder))[OBJECTS]
    assert re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", record["uuid"])
    assert (record["gemeente_code"], record["gemeente_zeker"]) == ("GM0106", "nee")
    assert (record["status"], record["conclusie"], record["bron"]) == (
        "te_inventariseren",
        "onbekend",
        "FICTIEF",
    )
    assert record["peildatum"] == QDate.currentDate().toString("yyyy-MM-dd")
    assert record["ingelezen_op"] is None
    made = datetime.fromisoformat(record["aangemaakt_op"])
    assert abs(datetime.now(UTC) - made) < timedelta(minutes=1)
    assert record["aangemaakt_door"] == record["gewijzigd_door"] != ""
    (line,) = read_history(dossier, OBJECTS)
    assert (line["soort"], line["invoer"]) == ("nieuw", None)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("bewaren_tot", None, "Bewaren tot is verplicht"),
        ("bewaren_tot", QDate(2090, 1, 1), "privacyprotocol"),
        ("bag_pand_id", "123", "16 cijfers, met 10 als vijfde"),
        ("bag_vbo_id", "0106100000000001", "01, 02 of 03"),
        ("bron", " ", "Bron is verplicht"),
        ("bron", "inventarisatie", "begint met FICTIEF"),
        ("peildatum", QDate(2090, 1, 1), "niet na vandaag"),
        ("foto", "../buiten.jpg", "binnen de map van het dossier"),
        ("soort", None, ""),
    ],
)
def test_what_can_not_be_is_refused_in_the_form_with_the_reason(dossier, field, value, words):
    form = an_object()
    fill(form, **{field: value})
    refused = refusals(form)
    assert list(refused) == [field]
    assert words in refused[field]


def test_a_visit_must_say_why_it_is_allowed(dossier):
    form = new_form(VISITS)
    fill(
        form, team="Team Verzonnen", soort="toezicht", grondslag="instemming", doel="kennismaken",
        uitkomst="niemand_aanwezig", bewaren_tot=KEEP, datum=QDate.currentDate(),
    )  # fmt: skip
    refused = refusals(form)
    assert set(refused) == {"object_uuid", "grondslag", "regeling"}
    assert "hoort bij een object of bij een erf" in refused["object_uuid"]
    assert "Toezicht rust op een bevoegdheid" in refused["grondslag"]
    assert "welke wet of verordening" in refused["regeling"]


def test_evidence_is_added_through_the_object_and_only_what_its_source_can_say(dossier):
    saved(an_object())
    relation = QgsProject.instance().relationManager().relation(f"{EVIDENCE}__object_uuid")
    parent = next(layer_of(OBJECTS).getFeatures())
    form = new_form(EVIDENCE, object_uuid=parent["uuid"])
    fill(form, bewijsbron="waarneming", waarde="treffer", bewaren_tot=KEEP)
    assert "Bij deze bron hoort een van" in refusals(form)["waarde"]
    fill(form, waarde="leeg")
    saved(form)
    assert [child["waarde"] for child in relation.getRelatedFeatures(parent)] == ["leeg"]
    (record,) = read_layers(open_dossier(dossier.folder))[EVIDENCE]
    assert record["object_uuid"] == parent["uuid"]


def test_a_change_stamps_who_and_when_and_not_who_made_it(dossier):
    saved(an_object())
    before = read_layers(open_dossier(dossier.folder))[OBJECTS][0]
    time.sleep(1.1)  # moments are read to the second
    layer = layer_of(OBJECTS)
    layer.startEditing()
    feature = next(layer.getFeatures())
    layer.changeAttributeValue(feature.id(), layer.fields().indexOf("toelichting"), "gezien")
    assert layer.commitChanges(), layer.commitErrors()
    after = read_layers(open_dossier(dossier.folder))[OBJECTS][0]
    changed = {name for name in after if after[name] != before[name]}
    assert {"toelichting", "gewijzigd_op"} <= changed <= {"toelichting", "gewijzigd_op", "gewijzigd_door"}
    assert after["gewijzigd_door"] != "onbekend"
    assert after["gewijzigd_op"] > before["gewijzigd_op"]


def test_a_status_is_set_in_the_edit_buffer_as_one_step(dossier):
    saved(an_object())
    layer = layer_of(OBJECTS)
    uuid = next(layer.getFeatures())["uuid"]
    set_status(layer, uuid, "bezocht", "Tester")
    assert layer.isEditable()
    assert layer.undoStack().count() == 1
    changed = next(layer.getFeatures())
    assert (changed["status"], changed["gewijzigd_door"]) == ("bezocht", "Tester")
    layer.undoStack().undo()
    assert next(layer.getFeatures())["status"] == "te_inventariseren"
    layer.undoStack().redo()
    assert layer.commitChanges()
    assert read_layers(open_dossier(dossier.folder))[OBJECTS][0]["gewijzigd_door"] == "Tester"


def test_a_step_that_is_not_allowed_or_an_object_that_is_not_there_gets_a_sentence(dossier):
    saved(an_object())
    layer = layer_of(OBJECTS)
    uuid = next(layer.getFeatures())["uuid"]
    with pytest.raises(AtlasError, match="kan hier niet op volgen"):
        set_status(layer, uuid, "afgehandeld", "")
    with pytest.raises(AtlasError, match="staat niet"):
        set_status(layer, "x' OR 1=1", "bezocht", "")
    assert not layer.isEditable()


def test_a_feature_that_gdal_would_not_take_is_refused_by_the_file_too(dossier):
    layer = layer_of(OBJECTS)
    layer.startEditing()
    feature = QgsFeature(layer.fields())
    feature["uuid"] = "x"
    layer.addFeature(feature)
    assert not layer.commitChanges()
    layer.rollBack()


@pytest.mark.parametrize("name", ["toelichting", "adres", "bronkenmerk"])
def test_free_text_of_a_form_takes_no_citizen_service_number(dossier, name):
    form = an_object()
    fill(form, **{name: "volgens 123456782"})
    refused = refusals(form)
    assert list(refused) == [name]
    assert "burgerservicenummer" in refused[name]


def test_the_outline_is_told_and_not_a_text_to_type(dossier):
    from qgis.PyQt.QtWidgets import QLabel

    form = an_object()
    assert form.layer().editorWidgetSetup(form.layer().fields().indexOf("omtrek")).type() == "Hidden"
    said = [label.text() for label in form.findChildren(QLabel)]
    assert "niet bekend" in said
    saved(form)
    layer, square = layer_of(OBJECTS), "POLYGON((0 0, 100 0, 100 100, 0 100, 0 0))"
    layer.startEditing()
    outline = layer.fields().indexOf("omtrek")
    layer.changeAttributeValue(next(layer.getFeatures()).id(), outline, square)
    feature = next(layer.getFeatures())
    editor = QgsAttributeEditorContext()
    editor.setVectorLayerTools(TOOLS)
    shown = QgsAttributeForm(layer_of(OBJECTS), feature, editor)
    OPEN.append(shown)
    assert "bekend, 10.000 m²" in [label.text() for label in shown.findChildren(QLabel)]


def test_a_photo_is_kept_by_its_path_inside_the_dossier(dossier):
    from qgis.gui import QgsExternalResourceWidget
    from qgis.PyQt.QtGui import QImage

    (dossier.folder / "fotos").mkdir()
    picture = dossier.folder / "fotos" / "schuur.png"
    assert QImage(4, 4, QImage.Format.Format_RGB32).save(str(picture))
    form = an_object()
    (photo,) = form.findChildren(QgsExternalResourceWidget)
    chooser = photo.fileWidget()
    chooser.setFilePath(chooser.relativePath(str(picture), True))  # as its dialog does with what is chosen
    saved(form)
    (record,) = read_layers(open_dossier(dossier.folder))[OBJECTS]
    assert record["foto"] == "fotos/schuur.png"


def test_a_photo_outside_the_dossier_is_refused_with_the_reason(dossier, tmp_path):
    form = an_object()
    fill(form, foto="../elders/schuur.png")
    assert "binnen de map van het dossier" in refusals(form)["foto"]


def test_evidence_is_added_with_the_button_in_the_form_of_the_object(dossier):
    from qgis.gui import QgsRelationEditorWidget
    from qgis.PyQt.QtWidgets import QToolButton

    saved(an_object())
    parent = next(layer_of(OBJECTS).getFeatures())
    layer_of(OBJECTS).startEditing()
    layer_of(EVIDENCE).startEditing()
    editor = QgsAttributeEditorContext()
    tools = AddingTools()
    editor.setVectorLayerTools(tools)
    form = QgsAttributeForm(layer_of(OBJECTS), parent, editor)
    OPEN.append(form)
    lists = {widget.relation().id(): widget for widget in form.findChildren(QgsRelationEditorWidget)}
    assert set(lists) == {f"{EVIDENCE}__object_uuid", f"{VISITS}__object_uuid", "signaal__object_uuid"}
    evidence = lists[f"{EVIDENCE}__object_uuid"]
    evidence.setEditorContext(editor)
    evidence.setRelationFeature(evidence.relation(), parent)
    (button,) = evidence.findChildren(QToolButton, "mAddFeatureButton")
    assert button.isEnabled()
    button.click()
    assert layer_of(EVIDENCE).commitChanges(), layer_of(EVIDENCE).commitErrors()
    (record,) = read_layers(open_dossier(dossier.folder))[EVIDENCE]
    assert (record["object_uuid"], record["waarde"]) == (parent["uuid"], "leeg")


class AddingTools(Tools):
    """A user who fills in the form that the button opens."""

    def addFeatureV2(self, layer, defaultAttributes, defaultGeometry, context):  # noqa: N802, N803
        return self._added(layer, defaultAttributes)

    def addFeature(self, layer, defaultAttributes=None, *more, **options):  # noqa: N802, N803
        return self._added(layer, defaultAttributes)

    def _added(self, layer, given):
        names = {"bewijsbron": "waarneming", "waarde": "leeg", "bewaren_tot": KEEP}
        values = {**given, **{layer.fields().indexOf(name): value for name, value in names.items()}}
        context = layer.createExpressionContext()
        feature = QgsVectorLayerUtils.createFeature(layer, QgsGeometry(), values, context)
        return layer.addFeature(feature), feature


def test_a_photo_lies_in_the_folder_that_the_project_was_moved_to(dossier, tmp_path, iface):
    import shutil

    from buitengebied_atlas.project.dossier_layers import dossier_folder
    from buitengebied_atlas.project.dossier_project import PROJECT_FILE, build_project
    from qgis.gui import QgsExternalResourceWidget

    QgsProject.instance().clear()
    build_project(dossier.folder)
    place = shutil.copytree(dossier.folder, tmp_path / "Jörg de Vries" / "kopie van dossier")
    assert QgsProject.instance().read(str(place / PROJECT_FILE))
    assert dossier_folder(QgsProject.instance()) == place
    form = an_object()
    (photo,) = form.findChildren(QgsExternalResourceWidget)
    chooser = photo.fileWidget()
    chooser.setFilePath(chooser.relativePath(str(place / "fotos" / "erf.jpg"), True))
    saved(form)
    (record,) = read_layers(open_dossier(place))[OBJECTS]
    assert record["foto"] == "fotos/erf.jpg"
    assert read_layers(open_dossier(dossier.folder))[OBJECTS] == []


def test_no_phase_of_a_signal_is_skipped_in_the_form(dossier):
    form = new_form("signaal", QgsGeometry.fromPointXY(QgsPointXY(235_000, 556_000)))
    fill(form, categorie="gedumpt_afval", melder_soort="inwoner", bewaren_tot=KEEP)
    saved(form)
    layer = layer_of("signaal")
    (stored,) = layer.getFeatures()
    fase, weging = (layer.fields().indexOf(name) for name in ("fase", "weging"))
    for phase, allowed in (("plan", False), ("broncheck", False), ("weging", True), ("intake", True)):
        feature = QgsFeature(stored)
        feature.setAttribute(fase, phase)
        feature.setAttribute(weging, "naar_broncheck")
        ok, errors = QgsVectorLayerUtils.validateAttribute(layer, feature, fase)
        assert ok is allowed, (phase, errors)
    assert "geen stap overgeslagen" in layer.fields()[fase].constraints().constraintDescription()
