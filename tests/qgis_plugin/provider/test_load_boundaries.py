"""The algorithm `load_boundaries`: the plugin's, one's own, and a real service on this machine."""

from __future__ import annotations

import re
import socket
import sys
from pathlib import Path

import processing
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProject,
    QgsVectorLayer,
)

sys.path.insert(0, str(Path(__file__).parents[2] / "geo"))
from ogc_server import Service, serving

NAME = "buitengebied_atlas:load_boundaries"
EMBEDDED, OWN, SERVICE = range(3)
GEMEENTE, SURVEYREGIO, PROVINCIE = range(3)
COUNTS = {GEMEENTE: 22, SURVEYREGIO: 8, PROVINCIE: 2}


@pytest.fixture(autouse=True)
def impatient(provider, monkeypatch):
    from buitengebied_atlas.layers import boundary_service

    monkeypatch.setattr(boundary_service, "_FIRST_WAIT_S", 0.01)
    monkeypatch.setattr(boundary_service, "_TIMEOUT_MS", 1_000)


def made(**parameters):
    return processing.run(NAME, {"OUTPUT": "TEMPORARY_OUTPUT", **parameters})["OUTPUT"]


def refusal(**parameters):
    with pytest.raises(QgsProcessingException) as caught:
        made(**parameters)
    text = str(caught.value)
    assert "Traceback" not in text
    return text


def served(service, **parameters):
    return made(FROM=SERVICE, ENDPOINT=service.endpoint, YEAR=2025, **parameters)


def service_refusal(moods, **options):
    with serving(Service(moods=moods, **options)) as service:
        return refusal(FROM=SERVICE, ENDPOINT=service.endpoint, YEAR=2025)


def own_layer(level=GEMEENTE, crs="EPSG:28992", rename=None, change=lambda features: features):
    """The embedded areas as a layer somebody might have, FICTIEF where it was changed."""
    source = made(LEVEL=level)
    column = rename or "gm_code"
    layer = QgsVectorLayer(f"MultiPolygon?crs={crs}&field={column}:string", "eigen grenzen", "memory")
    features = []
    for row in source.getFeatures():
        feature = QgsFeature(layer.fields())
        feature.setAttributes([row["code"]])
        feature.setGeometry(row.geometry())
        features.append(feature)
    layer.dataProvider().addFeatures(change(features))
    QgsProject.instance().addMapLayer(layer, False)
    return layer


def reprojected(layer, crs):
    result = processing.run(
        "native:reprojectlayer",
        {"INPUT": layer, "TARGET_CRS": QgsCoordinateReferenceSystem(crs), "OUTPUT": "TEMPORARY_OUTPUT"},
    )["OUTPUT"]
    QgsProject.instance().addMapLayer(result, False)
    return result


def shapes(layer):
    return {row["code"]: row.geometry() for row in layer.getFeatures()}


@pytest.mark.parametrize("level", COUNTS)
def test_the_embedded_boundaries_come_without_a_connection(level, monkeypatch):
    from buitengebied_atlas.layers import boundary_service

    monkeypatch.setattr(boundary_service, "QgsBlockingNetworkRequest", None)
    result = made(LEVEL=level)
    assert result.featureCount() == COUNTS[level]
    assert result.crs().authid() == "EPSG:28992"


def test_a_loaded_result_has_dutch_aliases_a_style_and_its_licence(iface):
    processing.runAndLoadResults(NAME, {"LEVEL": SURVEYREGIO, "OUTPUT": "TEMPORARY_OUTPUT"})
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.name() == "Surveyregio's"
    assert "Naam" in {field.alias() for field in layer.fields()}
    assert [rule.label()[:18] for rule in layer.renderer().rootRule().children()][-1] == "Indeling afgeleid:"
    assert "CC BY 4.0" in layer.metadata().rights()[0]


def test_names_of_places_come_as_a_second_layer_when_asked_for(iface):
    assert "PLACES" not in processing.run(NAME, {"OUTPUT": "memory:"})
    processing.runAndLoadResults(NAME, {"OUTPUT": "TEMPORARY_OUTPUT", "PLACES": "TEMPORARY_OUTPUT"})
    (layer,) = [one for one in QgsProject.instance().mapLayers().values() if one.name() == "Plaatsnamen"]
    assert layer.featureCount() == 992
    assert layer.labelsEnabled()
    assert layer.labeling().settings().minimumScale == 400_000
    assert "GeoNames" in layer.metadata().rights()[0]
    assen = next(row for row in layer.getFeatures() if row["naam"] == "Assen")
    assert (assen["gemeente_code"], assen["woonplaats"]) == ("GM0106", "ja")
    assert 230_000 < assen.geometry().asPoint().x() < 238_000


@pytest.mark.parametrize("crs", ["EPSG:28992", "EPSG:4326", "EPSG:25831", "EPSG:3857"])
def test_own_boundaries_are_read_from_any_coordinate_system(crs):
    result = made(FROM=OWN, INPUT=reprojected(own_layer(), crs))
    embedded = shapes(made())
    assert shapes(result).keys() == embedded.keys()
    for code, shape in shapes(result).items():
        assert shape.hausdorffDistance(embedded[code]) < 1.0


@pytest.mark.parametrize("level", [SURVEYREGIO, PROVINCIE])
def test_regions_and_provinces_are_dissolved_from_municipalities(level):
    result = shapes(made(FROM=OWN, INPUT=own_layer(), LEVEL=level))
    embedded = shapes(made(LEVEL=level))
    assert result.keys() == embedded.keys()
    for code, shape in result.items():
        assert shape.isGeosValid()
        assert shape.area() == pytest.approx(embedded[code].area(), rel=0.001)


def without_assen(features):
    return [feature for feature in features if feature["gm_code"] != "GM0106"]


def assen_twice(features):
    return [*features, next(feature for feature in features if feature["gm_code"] == "GM0106")]


def crossed(features):
    bow = QgsGeometry.fromWkt(
        "MultiPolygon(((230000 550000, 240000 560000, 240000 550000, 230000 560000, 230000 550000)))"
    )
    features[0].setGeometry(bow)
    return features


def swapped(features):
    for feature in features:
        shape = feature.geometry()
        shape.get().swapXy()
        feature.setGeometry(shape)
    return features


def moved(features):
    for feature in features:
        shape = feature.geometry()
        shape.translate(-60_000, -100_000)
        feature.setGeometry(shape)
    return features


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without_assen, "zonder Assen"),
        (assen_twice, "meer dan één keer"),
        (crossed, "snijden zichzelf"),
        (swapped, "verkeerde volgorde"),
        (moved, "buiten Drenthe en Groningen"),
        (lambda _features: [], "een lege laag"),
    ],
    ids=["one missing", "one twice", "broken", "swapped", "elsewhere", "empty"],
)
def test_own_boundaries_that_are_wrong_are_refused_by_name(change, words):
    assert words in refusal(FROM=OWN, INPUT=own_layer(change=change))


def test_a_wrong_or_missing_coordinate_system_is_refused():
    degrees = reprojected(own_layer(), "EPSG:4326")
    degrees.setCrs(QgsCoordinateReferenceSystem("EPSG:28992"))
    assert "klopt niet met de coördinaten" in refusal(FROM=OWN, INPUT=degrees)
    nothing = own_layer()
    nothing.setCrs(QgsCoordinateReferenceSystem())
    assert "niet in welk coördinatenstelsel" in refusal(FROM=OWN, INPUT=nothing)


def test_a_layer_without_a_column_of_codes_says_what_is_expected():
    assert "statcode" in refusal(FROM=OWN, INPUT=own_layer(rename="iets"))


def test_a_choice_that_contradicts_itself_is_refused():
    assert "geen eigen laag" in refusal(FROM=OWN)
    assert "ergens anders" in refusal(FROM=EMBEDDED, INPUT=own_layer())


@pytest.mark.parametrize("level", COUNTS)
def test_the_service_is_asked_for_the_year_and_its_areas_are_those_it_gave(level):
    with serving(Service(page_size=5)) as service:
        result = served(service, LEVEL=level)
    assert all("jaarcode=2025" in request for request in service.requests)
    assert len(service.requests) > 1 or level == PROVINCIE
    embedded = shapes(made(LEVEL=level))
    for code, shape in shapes(result).items():
        assert shape.area() == pytest.approx(embedded[code].area(), rel=0.001)


@pytest.mark.parametrize(
    "mood", ["busy", "broken", "too_many", "truncated", "half_json", "too_few", "hang_up"]
)
def test_a_fault_that_passes_is_waited_for(mood):
    with serving(Service(page_size=100, moods=[mood])) as service:
        assert served(service).featureCount() == 22


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        # once in fifty times Qt hands over a failed answer without its number, with the server's words only
        ("broken", "500|Internal Server Error"), ("busy", "503|Service Unavailable"),
        ("half_json", "onvolledig of onleesbaar"),
        ("hang_up", "geen verbinding"), ("webpage", "een webpagina"),
        ("other_json", "geen lijst met gebieden"),
        ("forbidden", "403|Forbidden"), ("truncated", "geen verbinding"),
    ],
)  # fmt: skip
def test_a_fault_that_stays_is_a_sentence_with_the_address(mood, words):
    text = service_refusal([mood] * 5)
    assert re.search(words, text)
    assert "http://127.0.0.1" in text


def test_an_answer_of_another_host_is_not_used(monkeypatch):
    import ogc_server

    with serving(Service()) as elsewhere:
        target = f"{elsewhere.endpoint}/collections/gemeente_gegeneraliseerd/items"
        monkeypatch.setitem(
            ogc_server.MOODS, "elsewhere", lambda handler: handler.send(302, b"", Location=target)
        )
        assert "ander adres" in service_refusal(["elsewhere"])


def test_a_collection_that_is_not_there_is_a_sentence(monkeypatch):
    import ogc_server

    monkeypatch.setitem(ogc_server.MOODS, "gone", lambda handler: handler.send(404, b"{}"))
    assert "kent niet wat er wordt gevraagd" in service_refusal(["gone"])


@pytest.mark.parametrize("address", ["http://example.org/ogc", "ftp://127.0.0.1/x", "niets"])
def test_only_https_is_asked(address):
    assert "beveiligde verbinding" in refusal(FROM=SERVICE, ENDPOINT=address, YEAR=2025)


def test_nobody_at_the_address_is_a_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{taken.getsockname()[1]}"
        assert "geen verbinding" in refusal(FROM=SERVICE, ENDPOINT=endpoint, YEAR=2025)


def test_a_service_that_never_answers_is_given_up(monkeypatch):
    from buitengebied_atlas.layers import boundary_service

    monkeypatch.setattr(boundary_service, "_ATTEMPTS", 1)
    monkeypatch.setattr(boundary_service, "_TIMEOUT_MS", 300)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert "geen verbinding" in refusal(FROM=SERVICE, ENDPOINT=endpoint, YEAR=2025)


def test_a_service_that_lacks_an_area_or_has_other_years_is_refused():
    def without(features):
        return [feature for feature in features if feature["properties"]["statcode"] != "GM0106"]

    assert "zonder Assen" in service_refusal([], change=without)
    assert "geen gebieden" in service_refusal([], change=lambda _features: [])


def test_pages_without_end_are_stopped():
    service = Service(page_size=100)
    items = "/collections/gemeente_gegeneraliseerd/items"
    service.next_link = lambda service, _query: f"{service.endpoint}{items}"
    with serving(service):
        assert "volgende pagina" in refusal(FROM=SERVICE, ENDPOINT=service.endpoint, YEAR=2025)
