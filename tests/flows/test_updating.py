"""Boundaries from the service: all pages, patience with faults, and nothing replaced by something half."""

from __future__ import annotations

import hashlib
import json
import socket

import pytest
from ogc_server import Service, features, serving

from atlas.core.files.service_answers import Patience, check_address
from atlas.core.words.errors import AtlasError
from atlas.flows.updating import ask_page, default_folder, update_boundaries
from atlas.geo.boundaries.levels import boundary_payload, load_boundaries
from atlas.jobs.boundaries import fetch_features

MUNICIPALITIES = "/collections/gemeente_gegeneraliseerd/items"


def hurried(waits):
    return Patience(sleep=waits.append)


def update(service, folder, year=2025, **options):
    return update_boundaries(year, folder, endpoint=service.endpoint, patience=hurried([]), **options)


def test_all_pages_are_fetched_and_the_areas_of_the_two_provinces_kept(tmp_path):
    with serving(Service(page_size=4)) as service:
        files = update(service, tmp_path)
    assert [path.name for path in files] == ["gemeenten.geojson", "provincies.geojson"]
    collection = json.loads(files[0].read_text(encoding="utf-8"))
    assert len(collection["features"]) == 22
    assert collection["peildatum"] == "2025-01-01"
    assert "CC BY 4.0" in collection["licentie"]
    assert len(service.requests) == 7 + 1
    assert all("jaarcode=2025" in request for request in service.requests)
    assert all("buitengebied-atlas" in agent for agent in service.agents)


def test_downloaded_boundaries_are_those_that_were_served(tmp_path):
    with serving(Service()) as service:
        update(service, tmp_path)
    shapes, source, warnings = boundary_payload(tmp_path)
    embedded = boundary_payload()[0]
    assert shapes["gemeente"]["GM0014"]["geometry"] == embedded["gemeente"]["GM0014"]["geometry"]
    assert {level: sorted(areas) for level, areas in shapes.items()} == {
        level: sorted(areas) for level, areas in embedded.items()
    }
    assert "2025" in source
    assert warnings == []


def test_a_checksum_stands_beside_every_file_and_is_verified_when_it_is_read(tmp_path):
    with serving(Service()) as service:
        path = update(service, tmp_path, levels=("gemeente",))[0]
    checksum = path.with_name(f"{path.name}.sha256")
    assert checksum.read_text().split() == [hashlib.sha256(path.read_bytes()).hexdigest(), path.name]
    path.write_text(path.read_text(encoding="utf-8").replace("6.5", "6.6", 1), encoding="utf-8")
    with pytest.raises(AtlasError, match="controlesom klopt niet"):
        load_boundaries("gemeente", path)


def test_progress_is_told(tmp_path):
    told = []
    with serving(Service()) as service:
        update(service, tmp_path, progress=lambda step, done: told.append((step, done)))
    assert told == [
        ("Gemeenten ophalen", 0.0),
        ("Provincies ophalen", 0.5),
        ("Bestanden schrijven", 0.95),
        ("Klaar", 1.0),
    ]


def test_land_area_is_kept_when_the_service_gives_it(tmp_path):
    def with_land(given):
        for item in given:
            known = item["properties"]["statcode"] == "GM0014"
            item["properties"]["oppervlakte_land_in_ha"] = 18560 if known else -99997
        return given

    with serving(Service(change=with_land)) as service:
        path = update(service, tmp_path, levels=("gemeente",))[0]
    areas = load_boundaries("gemeente", path).set_index("code")["oppervlakte_land_km2"]
    assert areas["GM0014"] == 185.6
    assert areas.drop("GM0014").isna().all()


@pytest.mark.parametrize(
    ("mood", "waits"),
    [
        ("busy", [7.0]),
        ("busy_until", [0.0]),
        ("too_many", [1.0]),
        ("broken", [1.0]),
        ("truncated", [1.0]),
        ("half_json", [1.0]),
        ("too_few", [1.0]),
        ("hang_up", [1.0]),
    ],
)
def test_a_passing_fault_is_tried_again_after_the_wait_the_service_asks(mood, waits):
    waited = []
    with serving(Service(page_size=100, moods=[mood])) as service:
        found = fetch_features(
            service.endpoint,
            "gemeente_gegeneraliseerd",
            {"jaarcode": "2025"},
            ask_page,
            patience=hurried(waited),
        )
    assert len(found) == 25
    assert waited == waits
    assert len(service.requests) == 2


def test_a_lasting_fault_is_given_up_after_four_attempts_with_longer_waits(tmp_path):
    waited = []
    with serving(Service(moods=["broken"] * 4)) as service, pytest.raises(AtlasError) as caught:
        update_boundaries(2025, tmp_path, endpoint=service.endpoint, patience=hurried(waited))
    assert caught.value.title == "De gegevens konden niet worden opgehaald."
    assert "500" in caught.value.got
    assert "blijft in gebruik" in caught.value.hint
    assert waited == [1.0, 2.0, 4.0]
    assert list(tmp_path.iterdir()) == []


def test_a_service_that_asks_for_an_hour_is_not_waited_for(tmp_path):
    waited = []
    with serving(Service(moods=["busy_for_an_hour"])) as service, pytest.raises(AtlasError) as caught:
        update_boundaries(2025, tmp_path, endpoint=service.endpoint, patience=hurried(waited))
    assert "3.600 seconden" in caught.value.detail
    assert waited == []


def test_no_connection_is_a_sentence_with_a_remedy(tmp_path):
    with socket.socket() as taken:  # bound but not listening: nobody answers here
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(AtlasError) as caught:
            update_boundaries(
                2025, tmp_path, endpoint=f"http://127.0.0.1:{taken.getsockname()[1]}", patience=hurried([])
            )
    assert "geen verbinding" in caught.value.got
    assert "blijft in gebruik" in caught.value.hint


@pytest.mark.parametrize(
    ("mood", "sentence"),
    [
        ("webpage", "webpagina in plaats van gegevens"),
        ("other_json", "geen lijst met gebieden"),
        ("forbidden", "weigert het verzoek"),
        ("elsewhere", "verwijst door naar een ander adres"),
    ],
)
def test_an_answer_that_is_no_page_of_areas_is_not_tried_again(tmp_path, mood, sentence):
    with serving(Service(moods=[mood])) as service, pytest.raises(AtlasError, match=sentence):
        update(service, tmp_path)
    assert len(service.requests) == 1
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_collection_is_a_sentence():
    with serving(Service()) as service, pytest.raises(AtlasError, match="kent niet wat"):
        fetch_features(service.endpoint, "gemeente_2025", {}, ask_page, patience=hurried([]))


@pytest.mark.parametrize(
    "next_link",
    [
        lambda service, _query: f"{service.endpoint}{MUNICIPALITIES}?f=json&limit=1000",
        lambda service, query: f"{service.endpoint}{MUNICIPALITIES}?cursor={int(query.get('cursor', 0)) + 1}",
    ],
    ids=["the same page", "always another cursor"],
)
def test_next_links_without_end_are_stopped(next_link):
    service = Service(page_size=0)
    service.next_link = next_link
    with serving(service), pytest.raises(AtlasError, match="volgende pagina's"):
        fetch_features(service.endpoint, "gemeente_gegeneraliseerd", {}, ask_page, patience=hurried([]))
    assert len(service.requests) <= 100


def test_a_next_link_to_another_host_is_not_followed():
    service = Service()
    service.next_link = lambda _service, _query: "https://elders.example/items"
    with serving(service), pytest.raises(AtlasError, match="ander adres"):
        fetch_features(service.endpoint, "gemeente_gegeneraliseerd", {}, ask_page, patience=hurried([]))
    assert len(service.requests) == 1


def test_fewer_areas_than_promised_are_refused():
    service = Service()
    service.matched = 342
    with serving(service), pytest.raises(AtlasError, match="niet alles") as caught:
        fetch_features(
            service.endpoint, "gemeente_gegeneraliseerd", {"jaarcode": "2025"}, ask_page, patience=hurried([])
        )
    assert caught.value.expected == "342"


def test_a_service_that_ignores_the_year_gives_no_doubles(tmp_path):
    """The year is in every code; areas of another year are left out."""
    with serving(
        Service(change=lambda given: features("gemeente", 2024) + features("gemeente", 2025))
    ) as service:
        path = update(service, tmp_path, levels=("gemeente",))[0]
    assert len(load_boundaries("gemeente", path)) == 22


def test_the_same_area_twice_is_refused(tmp_path):
    with (
        serving(Service(change=lambda given: given + given[-4:])) as service,
        pytest.raises(AtlasError, match="twee keer") as caught,
    ):
        update(service, tmp_path)
    assert "GM" in caught.value.got


def test_missing_areas_are_named_and_the_old_files_stay(tmp_path):
    with serving(Service()) as service:
        update(service, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    without = Service(
        change=lambda given: [item for item in given if item["properties"]["statcode"] != "GM1979"]
    )
    with serving(without), pytest.raises(AtlasError) as caught:
        update(without, tmp_path)
    assert "Eemsdelta" in caught.value.got
    assert without.endpoint in caught.value.where
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_year_without_areas_and_a_year_before_the_last_merger_are_refused(tmp_path):
    with serving(Service()) as service:
        with pytest.raises(AtlasError, match="voor 2031 geen gebieden"):
            update(service, tmp_path, year=2031)
        asked = len(service.requests)
        with pytest.raises(AtlasError, match="In 2018 waren de gemeenten anders"):
            update(service, tmp_path, year=2018)
        assert len(service.requests) == asked


def test_only_https_or_this_machine():
    for address in ("https://api.pdok.nl/x", "http://127.0.0.1:8000", "http://localhost/x", "http://[::1]/x"):
        check_address(address, address)
    for address in (
        "http://api.pdok.nl/x",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "api.pdok.nl",
        "https://",
    ):
        with pytest.raises(AtlasError, match="beveiligde verbinding"):
            check_address(address, address)


def test_without_a_folder_boundaries_go_to_the_cache_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with serving(Service()) as service:
        files = update(service, None)
    assert files[0].parent == default_folder(2025)
    assert tmp_path in files[0].parents
