"""`layers.choropleth.show`: a map is added once, refreshed in its place, and spares what is the user's."""

from __future__ import annotations

import copy
from itertools import combinations

import pytest
from qgis.core import QgsLayerNotesUtils, QgsMapRendererParallelJob, QgsProject, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

CONCERN = "zorgen_georganiseerde_criminaliteit_buurt"
WATCH = "buurtpreventie_actief"


@pytest.fixture
def project(plugin):
    """A project of its own, not saved."""
    QgsProject.instance().clear()
    yield QgsProject.instance()
    QgsProject.instance().clear()


@pytest.fixture
def payload(plugin):
    from buitengebied_atlas.figures import published

    return published()


def show(project, payload, *figure):
    from buitengebied_atlas.atlas.core.disclosure.released import release_open
    from buitengebied_atlas.layers.choropleth import show

    return show(project, release_open(payload, audience="openbaar"), *figure)


def names_in_tree(project):
    group = project.layerTreeRoot().findGroup("Buitengebied Atlas")
    return [node.name() for node in group.findLayers()]


def recolour(layer, colour="#00ff00"):
    rule = layer.renderer().rootRule().children()[0]
    rule.symbol().symbolLayer(0).setColor(QColor(colour))
    layer.triggerRepaint()


def first_colour(layer):
    return layer.renderer().rootRule().children()[0].symbol().symbolLayer(0).color().name()


def with_another_figure(payload):
    changed = copy.deepcopy(payload)
    view = next(entry for entry in changed["indicators"] if entry["id"] == CONCERN)["views"][0]
    view["values"]["SR08"].update(value=31.0, text="31%")
    return changed


def test_a_map_is_added_in_the_group_of_the_atlas_and_described(project, payload):
    layer = show(project, payload, CONCERN)
    assert layer.isValid()
    assert layer.featureCount() == 8
    assert layer.crs().authid() == "EPSG:28992"
    assert names_in_tree(project) == [layer.name()]
    assert layer.metadata().title() == layer.name()
    assert not layer.hasScaleBasedVisibility()


def test_showing_it_again_adds_nothing(project, payload):
    first = show(project, payload, CONCERN)
    assert show(project, payload, CONCERN) is first
    assert len(project.mapLayers()) == 1


def test_another_figure_takes_the_place_of_the_map_in_the_tree(project, payload):
    layer = show(project, payload, CONCERN)
    below = QgsVectorLayer("Point?crs=EPSG:28992", "van de gebruiker", "memory")
    project.addMapLayer(below, False)
    project.layerTreeRoot().findGroup("Buitengebied Atlas").insertLayer(0, below)
    changed = show(project, payload, WATCH)
    assert changed is layer
    assert names_in_tree(project) == ["van de gebruiker", changed.name()]
    label = next(one["label"] for one in payload["indicators"] if one["id"] == WATCH)
    assert changed.name().startswith(f"{label} (")
    assert changed.metadata().title() == changed.name()
    assert changed.featureCount() == 2
    assert "Onder wie" in changed.metadata().abstract()


@pytest.mark.parametrize("make_it_mine", [recolour, lambda layer: layer.setName("Voor de raad")])
def test_a_map_the_user_restyled_or_renamed_is_left_alone(project, payload, make_it_mine):
    mine = show(project, payload, CONCERN)
    make_it_mine(mine)
    other = show(project, payload, WATCH)
    assert other is not mine
    assert len(project.mapLayers()) == 2
    assert mine.featureCount() == 8


def test_new_data_keeps_the_users_style_place_and_name(project, payload):
    layer = show(project, payload, CONCERN)
    recolour(layer)
    layer.setName("Voor de raad")
    again = show(project, with_another_figure(payload), CONCERN)
    assert again is layer
    assert again.name() == "Voor de raad"
    assert first_colour(again) == "#00ff00"
    assert {row["tekst"] for row in again.getFeatures() if row["code"] == "SR08"} == {"31%"}


def test_a_style_that_no_longer_fits_the_legend_is_kept_among_the_layers_styles(project, payload):
    layer = show(project, payload, CONCERN)
    recolour(layer)
    changed = with_another_figure(payload)
    view = next(entry for entry in changed["indicators"] if entry["id"] == CONCERN)["views"][0]
    view["legend"]["classes"][0]["label"] = "0"
    again = show(project, changed, CONCERN)
    assert first_colour(again) == "#fbe9c6"
    (kept,) = set(again.styleManager().styles()) - {"default", ""} - {again.styleManager().currentStyle()}
    again.styleManager().setCurrentStyle(kept)
    assert first_colour(again) == "#00ff00"


def test_the_style_counts_as_ours_after_the_project_was_saved_and_opened(project, payload, tmp_path):
    from buitengebied_atlas.layers.choropleth import has_own_style, shown_maps

    assert project.write(str(tmp_path / "kaart.qgz"))
    show(project, payload, CONCERN)
    assert project.write()
    assert project.read(str(tmp_path / "kaart.qgz"))
    (layer,) = shown_maps(project)
    assert layer.isValid()
    assert not has_own_style(layer)
    recolour(layer)
    assert has_own_style(layer)


def test_a_saved_project_keeps_the_data_beside_it_and_another_says_that_it_is_temporary(
    project, payload, tmp_path
):
    layer = show(project, payload, CONCERN)
    assert QgsLayerNotesUtils.layerHasNotes(layer)
    project.write(str(tmp_path / "kaart.qgz"))
    again = show(project, payload, CONCERN)
    assert again is layer
    assert layer.source().startswith(str(tmp_path / "buitengebied_atlas"))
    assert not QgsLayerNotesUtils.layerHasNotes(layer)
    assert [path.name for path in (tmp_path / "buitengebied_atlas").iterdir()] == [
        f"kaart_{CONCERN}_surveyregio.gpkg"
    ]


def test_a_note_of_the_user_is_never_removed(project, payload, tmp_path):
    layer = show(project, payload, CONCERN)
    QgsLayerNotesUtils.setLayerNotes(layer, "van mij")
    project.write(str(tmp_path / "kaart.qgz"))
    assert QgsLayerNotesUtils.layerNotes(show(project, payload, CONCERN)) == "van mij"


def test_a_file_that_is_open_is_never_written_again(project, payload, tmp_path):
    project.write(str(tmp_path / "kaart.qgz"))
    old = show(project, payload, CONCERN).source()
    new = show(project, with_another_figure(payload), CONCERN).source()
    assert old != new
    # a newer GDAL puts an .aux.xml beside a file that it has read
    assert len(list((tmp_path / "buitengebied_atlas").glob("*.gpkg"))) == 2
    assert show(project, payload, CONCERN).source() == old


def test_a_folder_that_cannot_be_written_is_a_sentence(project, payload, tmp_path):
    from buitengebied_atlas.atlas.core.words.errors import AtlasError

    project.write(str(tmp_path / "kaart.qgz"))
    (tmp_path / "buitengebied_atlas").write_text("een bestand")
    with pytest.raises(AtlasError):
        show(project, payload, CONCERN)


def test_an_unknown_figure_level_or_period_is_a_sentence(project, payload):
    from buitengebied_atlas.atlas.core.words.errors import AtlasError

    for wanted in (("spoken",), (CONCERN, "gemeente"), (CONCERN, "", "1999")):
        with pytest.raises(AtlasError):
            show(project, payload, *wanted)
    assert not project.mapLayers()


def test_text_of_the_legend_draws_nothing(project, payload):
    layer = show(project, payload, CONCERN)
    notes = [rule for rule in layer.renderer().rootRule().children() if rule.symbol() is None]
    assert {rule.filterExpression() for rule in notes} == {"FALSE"}
    assert "n telt alle respondenten" in " ".join(rule.label().replace("\n", " ") for rule in notes)


@pytest.mark.parametrize("size", [(740, 660), (420, 380)])
def test_no_label_covers_the_figure_of_another_area(project, payload, size):
    from drawing import settings_for

    job = QgsMapRendererParallelJob(settings_for(show(project, payload, CONCERN), *size))
    job.start()
    job.waitForFinished()
    labels = job.takeLabelingResults().allLabels()
    assert len(labels) == 8
    covered = [
        (one.labelText, other.labelText)
        for one, other in combinations(labels, 2)
        if one.labelGeometry.intersects(other.labelGeometry)
    ]
    assert covered == []
