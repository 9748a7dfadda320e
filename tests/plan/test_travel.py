"""Travel over roads: directions, islands, places on and off the network, the same as scipy on all of it."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import dijkstra
from typer.testing import CliRunner

from atlas.cli.app import app
from atlas.core.words.errors import AtlasError
from atlas.geo.registers.roads import read_roads
from atlas.plan.abroad import through_germany
from atlas.plan.matrix import contracted, edges_with_places, graph_of, matrices
from atlas.plan.network import network_of
from atlas.plan.route_lines import Roads, roads_of
from atlas.plan.snapping import snapped
from atlas.plan.travel import travel
from atlas.rounds.problem import NO_ROAD_S, Place
from atlas.rounds.problem_json import problem_from

X, Y = 231_000, 561_000


def section(number, begin, end, points, *, direction="B", kind="RB", authority="G"):
    return {
        "wvk_id": number, "jte_id_beg": begin, "jte_id_end": end, "wegbehsrt": authority, "wegnummer": "",
        "rijrichtng": direction, "bst_code": kind,
        "geometry": shapely.LineString([(X + x, Y + y) for x, y in points]),
    }  # fmt: skip


def roads_file(path, rows, *, crs="EPSG:28992"):
    gpd.GeoDataFrame(rows, crs="EPSG:28992").to_crs(crs).to_file(path)
    return path


@pytest.fixture
def directions(tmp_path):
    """1 to 2 one-way, 3 to 2 one-way against its line, 1 and 3 both ways, a footpath, an island, a loop."""
    return roads_file(
        tmp_path / "wegen.gpkg",
        [
            section(1, 1, 2, [(0, 0), (1000, 0)], direction="H"),
            section(2, 2, 3, [(1000, 0), (1000, 1000)], direction="T"),
            section(3, 1, 3, [(0, 0), (0, 1000), (1000, 1000)]),
            section(4, 1, 3, [(0, 0), (1000, 1000)], kind="FP"),
            section(5, 8, 9, [(9000, 9000), (9500, 9000)]),
            section(6, 2, 2, [(1000, 0), (1100, 100), (1200, 0), (1000, 0)], direction="O"),
        ],
    )


def metres_between(path, *points):
    network = network_of(read_roads(path).frame)
    x, y = np.array([(X + x, Y + y) for x, y in points], dtype=float).T
    return matrices(network, snapped(network, x, y))[1]


def test_one_drives_in_the_direction_of_a_section_and_never_on_a_footpath(directions):
    found = metres_between(directions, (0, 0), (1000, 0), (1000, 1000), (9000, 9000), (9500, 9000))
    none = np.inf
    assert found.tolist() == [
        [0, 1000, 2000, none, none],
        [none, 0, none, none, none],
        [2000, 1000, 0, none, none],
        [none, none, none, 0, 500],
        [none, none, none, 500, 0],
    ]


def test_places_on_one_section_go_straight_to_each_other_where_that_is_allowed(directions):
    one_way = metres_between(directions, (200, 0), (700, 0))
    assert one_way[0, 1] == 500
    assert np.isinf(one_way[1, 0])
    both = metres_between(directions, (0, 200), (0, 700))
    assert both[0, 1] == both[1, 0] == 500


def test_the_straight_rest_is_added_and_a_place_at_sea_has_no_road(directions):
    found = metres_between(directions, (-100, 500), (-50, 700), (-100_000, 0))
    assert found[0, 1] == 200 + 100 + 50
    assert np.isinf(found[2, :2]).all()
    assert np.isinf(found[:2, 2]).all()


def test_a_way_is_drawn_along_the_roads_that_one_may_drive(directions):
    way = roads_of(directions).way([(X, Y), (X + 1000, Y + 1000), (X + 1000, Y), (X, Y - 100_000)])
    around, down, away = [[(x - X, y - Y) for x, y in leg] for leg in way.legs]
    assert [one for at, one in enumerate(around) if one != around[at - 1]] == [
        (0, 0),
        (0, 1000),
        (1000, 1000),
    ]
    assert [one for at, one in enumerate(down) if one != down[at - 1]] == [(1000, 1000), (1000, 0)]
    assert away == [(1000, 0), (0, -100_000)]
    assert way.straight == (False, False, True)
    assert len(way.roads) + len(way.through) == 5


def random_network(rng):
    size = int(rng.integers(2, 60))
    nodes = rng.integers(0, 40, (size, 2)) * 100
    rows = []
    for number in range(int(rng.integers(1, 120))):
        one, other = rng.integers(0, size, 2)
        direction = rng.choice(["B", "B", "B", "H", "T"])
        middle = nodes[[one, other]].mean(axis=0) + rng.integers(-50, 50, 2)
        rows.append(
            section(number + 1, one + 1, other + 1, [nodes[one], middle, nodes[other]], direction=direction)
        )
    frame = gpd.GeoDataFrame(rows, crs="EPSG:28992").rename(
        columns={
            "jte_id_beg": "junctie_begin", "jte_id_end": "junctie_eind", "wegbehsrt": "beheerder",
            "rijrichtng": "rijrichting", "bst_code": "baansubsoort",
        }
    )  # fmt: skip
    return network_of(frame.astype({"junctie_begin": str, "junctie_eind": str}))


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_a_way_that_is_drawn_is_as_long_as_the_way_that_is_reckoned(seed):
    rng = np.random.default_rng(seed)
    network = random_network(rng)
    x, y = (rng.integers(0, 4000, (6, 2)) + np.array([X, Y])).T.astype(float)
    seconds, metres = matrices(network, snapped(network, x, y))
    way = Roads(network, np.zeros(len(network.lines), dtype=bool)).way(list(zip(x, y, strict=True)))
    for number, (leg, straight) in enumerate(zip(way.legs, way.straight, strict=True)):
        assert straight == (not np.isfinite(seconds[number, number + 1]))
        if not straight:
            drawn = shapely.LineString(leg).length
            assert drawn == pytest.approx(metres[number, number + 1], abs=2 + 0.6 * len(leg))


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_the_small_graph_has_the_same_distances_as_the_whole(seed):
    rng = np.random.default_rng(seed)
    network = random_network(rng)
    x, y = (rng.integers(0, 4000, (12, 2)) + np.array([X, Y])).T.astype(float)
    edges, places, count = edges_with_places(network, snapped(network, x, y))
    whole = dijkstra(graph_of(edges, count), indices=places)[:, places]
    small, number = contracted(edges, count, places)
    assert np.array_equal(dijkstra(small, indices=number[places])[:, number[places]], whole)


def test_what_is_reckoned_is_kept_by_content(directions, tmp_path):
    places = [Place("a", X, Y), Place("b", X, Y + 900.0)]
    kept_in = tmp_path / "bewaard"
    first = travel(places, directions, kept_in=kept_in)
    (kept,) = kept_in.iterdir()
    again = travel(places, directions, kept_in=kept_in)
    assert np.array_equal(first.seconds, again.seconds)
    assert first.notes == again.notes
    kept.write_bytes(b"kapot")
    assert np.array_equal(travel(places, directions, kept_in=kept_in).seconds, first.seconds)
    travel([*places, Place("c", X + 5.0, Y)], directions, kept_in=kept_in)
    assert len(list(kept_in.iterdir())) == 2
    assert str(X).encode() not in kept.read_bytes()


def test_places_to_know_of_are_named(directions):
    names = {
        "begin": (0, 0), "tweede": (1000, 1000), "derde": (0, 600), "ver": (-700, 500), "zee": (-90_000, 0),
        "eiland": (9000, 9000), "fuik": (500, 0), "vierde": (0, 300),
    }  # fmt: skip
    places = [Place(name, X + x, Y + y) for name, (x, y) in names.items()]
    told = " ".join(travel(places, directions).notes)
    assert "Binnen 1.500 m ligt geen weg: zee." in told
    assert "Los van het wegennet ligt: eiland." in told
    assert "Er is een weg heen maar niet terug (eenrichting) bij: fuik." in told
    assert "Meer dan 500 m van de weg ligt: ver." in told
    assert "Van 1 wegvak is geen rijrichting bekend" in told


def test_roads_in_another_system_without_direction_or_junctions(tmp_path):
    rows = [section(1, 1, 2, [(0, 0), (1000, 0)]), section(2, 2, 3, [(1000, 0), (1000, 500)])]
    for row in rows:
        del row["rijrichtng"], row["jte_id_beg"], row["jte_id_end"]
    path = roads_file(tmp_path / "wegen.gpkg", rows, crs="EPSG:4326")
    places = [Place("a", X, Y), Place("b", X + 1000, Y + 500)]
    found = travel(places, path)
    assert abs(found.metres[0, 1] - 1500) < 2
    assert found.seconds[0, 1] == found.seconds[1, 0]
    assert "beide richtingen" in " ".join(found.notes)


def test_a_way_along_the_border_may_be_shorter_through_germany():
    places = [Place("a", 277_500, 559_300), Place("b", 277_200, 579_400), Place("c", 235_000, 556_000)]
    straight = np.hypot(
        *(np.array([(one.x_rd, one.y_rd) for one in places])[:, None]
          - np.array([(one.x_rd, one.y_rd) for one in places])[None]).transpose(2, 0, 1)
    )  # fmt: skip
    assert through_germany(places, straight * 2).tolist() == [True, True, False]
    assert not through_germany(places, straight * 1.3).any()


PROBLEM = {
    "places": [
        {"id": "start", "x_rd": X, "y_rd": Y},
        {"id": "erf", "x_rd": X, "y_rd": Y + 900},
        {"id": "fuik", "x_rd": X + 500, "y_rd": Y},
        {"id": "zee", "x_rd": 210_000, "y_rd": 610_000},
    ],
    "stops": [{"place": "erf"}, {"place": "fuik"}, {"place": "zee"}],
    "team_days": [{"start": "start", "from_s": 30_600, "to_s": 59_400}],
}


@pytest.mark.parametrize("method", ["eenvoudig", "pyvrp"])
def test_a_problem_without_a_matrix_is_planned_over_roads(tmp_path, directions, monkeypatch, method):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path, out = tmp_path / "opgave.json", tmp_path / "plan.json"
    path.write_text(json.dumps(PROBLEM), encoding="utf-8")
    command = ["visits", "plan", "--problem", path, "--solution", out, "--iterations", 20]
    done = CliRunner().invoke(
        app, [str(one) for one in (*command, "--roads", directions, "--method", method)]
    )
    assert done.exit_code == 0, done.output
    plan = json.loads(out.read_text(encoding="utf-8"))
    assert [visit["stop"] for visit in plan["rounds"][0]["visits"]] == ["erf"]
    assert {(one["stop"], one["code"]) for one in plan["left_out"]} == {
        ("fuik", "geen_weg"), ("zee", "geen_weg"),
    }  # fmt: skip
    assert "wegen.gpkg" in plan["travel_note"]
    assert plan["totals"]["metres"] == 1800
    judged = ["visits", "check", "--problem", path, "--plan", out]
    said = CliRunner().invoke(app, [str(one) for one in (*judged, "--roads", directions)]).output
    assert "'erf'" not in said
    assert "andere reistijden" not in said
    assert "andere reistijden" in CliRunner().invoke(app, [str(one) for one in judged]).output


def test_without_roads_times_are_guessed_and_say_so():
    problem = problem_from(PROBLEM)
    assert "geschat zonder wegen" in problem.travel_note
    assert problem.seconds[0, 1] == round((75 + 0.065 * 900) * 1.15)
    assert (problem.seconds < NO_ROAD_S).all()


@pytest.mark.parametrize(
    ("place", "words"),
    [({"id": "erf"}, "matrix 'seconds'"), ({"id": "erf", "x_rd": 6.5, "y_rd": 53.1}, "Rijksdriehoek")],
)
def test_places_that_cannot_be_reckoned_get_a_sentence(place, words):
    with pytest.raises(AtlasError) as raised:
        problem_from({**PROBLEM, "places": [PROBLEM["places"][0], place, *PROBLEM["places"][2:]]})
    assert words in raised.value.expected
    with pytest.raises(AtlasError, match="heeft al reistijden"):
        problem_from({**PROBLEM, "seconds": [[0]]}, lambda places: None)
