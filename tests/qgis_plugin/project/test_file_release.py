"""A file of a dossier is free as soon as nobody edits it: with a map in sight, and with a second window."""

from __future__ import annotations

import sqlite3

import pytest
from buitengebied_atlas.atlas.core.words.errors import AtlasError
from buitengebied_atlas.atlas.dossier.holders import is_write_ahead
from buitengebied_atlas.atlas.dossier.locks import writing
from fictitious_dossier import filled, uuid, vacant
from windows import own_windows


@pytest.fixture
def dossier(tmp_path, provider):
    return filled(tmp_path / "dossier", [vacant(number, "GM0106") for number in range(1, 150)], [])


def held(path):
    """The refusal of a writer in this process, "" when it may write."""
    try:
        with writing([path]):
            return ""
    except AtlasError as error:
        return str(error)


def until_free(path):
    import time

    began = time.monotonic()
    while refusal := held(path):
        assert time.monotonic() - began < 25, refusal
    return time.monotonic() - began


def test_a_file_is_free_soon_after_saving_though_the_map_is_drawn(dossier, plugin_root):
    path = dossier.folder / "leegstand_object.gpkg"
    with own_windows(1, dossier.folder, plugin_root) as (window,):
        window.do("pan", "on")
        for number in range(1, 6):
            assert window.do("edit", uuid(number), "bezocht") == {"ok": None}
            assert "bewerken" in held(path)
            assert window.do("save") == {"ok": None}
            until_free(path)
            assert not is_write_ahead(path)


def test_the_sentence_says_which_program_holds_the_file(dossier, plugin_root):
    path = dossier.folder / "leegstand_object.gpkg"
    with own_windows(1, dossier.folder, plugin_root) as (window,):
        window.do("edit", uuid(1), "bezocht")
        assert f"(proces {window.process}, gebruiker " in held(path)


def test_two_windows_take_turns(dossier, plugin_root):
    path = dossier.folder / "leegstand_object.gpkg"
    with own_windows(2, dossier.folder, plugin_root) as (first, second):
        for window in (first, second):
            window.do("pan", "on")
        for number in (1, 2):
            for window, status in ((first, "bezocht"), (second, "leegstand_vermoed")):
                assert window.do("edit", uuid(number), status) == {"ok": None}
                assert window.do("save") == {"ok": None}
            until_free(path)
    with sqlite3.connect(path) as connection:
        saved = connection.execute("SELECT count(*) FROM leegstand_object WHERE status = 'leegstand_vermoed'")
        assert saved.fetchone() == (2,)


@pytest.fixture
def shown(dossier, provider):
    """The objects of the dossier, in the project of this window."""
    from buitengebied_atlas.project.dossier_layers import open_dossier_layers
    from qgis.core import QgsProject

    project = QgsProject.instance()
    project.clear()
    yield open_dossier_layers(project, dossier.folder)["leegstand_object"]
    project.clear()


def read(layer):
    return len(list(layer.getFeatures()))


def test_a_map_is_not_empty_while_somebody_else_edits(dossier, shown, plugin_root):
    """QGIS itself reads nothing any more from a file that another window begins to edit."""
    from buitengebied_atlas.project.file_release import FileRelease
    from qgis.core import QgsProject
    from qgis.PyQt.QtTest import QTest

    assert read(shown) == 149
    with own_windows(1, dossier.folder, plugin_root) as (other,):
        other.do("edit", uuid(1), "bezocht")
        assert is_write_ahead(dossier.folder / "leegstand_object.gpkg")
        assert read(shown) == 0
        watching = FileRelease(QgsProject.instance())
        QTest.qWait(4_500)
        watching.release()
        assert read(shown) == 149


def test_a_record_is_found_as_somebody_else_begins_to_edit(dossier, shown, plugin_root):
    from buitengebied_atlas.project.editing import find_record

    assert read(shown) == 149
    with own_windows(1, dossier.folder, plugin_root) as (other,):
        other.do("edit", uuid(1), "bezocht")
        assert find_record(shown, uuid(3))["uuid"] == uuid(3)
        assert read(shown) == 149


def test_a_layer_that_could_not_be_opened_comes_back(dossier, shown):
    from buitengebied_atlas.project.file_release import read_again, step_aside
    from qgis.core import QgsProject

    path = dossier.folder / "leegstand_object.gpkg"
    away = path.rename(path.with_name("even_weg"))
    step_aside(QgsProject.instance(), path)
    assert not shown.isValid()
    read_again(QgsProject.instance())
    assert not shown.isValid()
    away.rename(path)
    read_again(QgsProject.instance())
    assert shown.isValid()
    assert read(shown) == 149


def test_stepping_aside_leaves_the_layer_as_it_was(dossier, provider):
    from buitengebied_atlas.project.dossier_layers import open_dossier_layers
    from buitengebied_atlas.project.file_release import step_aside
    from qgis.core import QgsProject

    project = QgsProject.instance()
    project.clear()
    layer = open_dossier_layers(project, dossier.folder)["leegstand_object"]

    def described():
        fields = layer.fields()
        return (
            layer.source(), layer.isValid(), layer.featureCount(), layer.renderer().type(),
            layer.styleManager().styles(), layer.customProperty("buitengebied_atlas/dossier_layer"),
            [
                (
                    field.name(), field.alias(), field.defaultValueDefinition().expression(),
                    field.editorWidgetSetup().config(), field.constraints().constraintExpression(),
                )
                for field in fields
            ],
            [element.name() for element in layer.editFormConfig().tabs()],
            [relation.id() for relation in project.relationManager().referencedRelations(layer)],
        )  # fmt: skip

    before = described()
    assert step_aside(project, dossier.folder / "leegstand_object.gpkg")
    assert described() == before
    project.clear()
