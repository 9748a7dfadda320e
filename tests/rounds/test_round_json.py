"""Problem and plan as JSON: what is written follows the schemas, what is wrong gets a sentence."""

from __future__ import annotations

import gzip
import json

import jsonschema
import numpy as np
import pytest

from atlas.core.files.embedded import embedded_path
from atlas.core.words.errors import AtlasError
from atlas.rounds.checker import Breach, check
from atlas.rounds.json_values import read_json
from atlas.rounds.plan_json import breaches_from, plan_from, plan_item, plan_text
from atlas.rounds.problem import NO_ROAD_S
from atlas.rounds.problem_json import problem_from, read_problem
from round_samples import field, planned, problem_item

SMALLEST = {
    "places": [{"id": "start"}, {"id": "erf"}],
    "stops": [{"place": "erf"}],
    "team_days": [{"start": "start"}],
    "seconds": [[0, 5], [5, 0]],
}


def schema(name):
    path = embedded_path("data", "rounds", f"{name}.schema.json")
    return json.loads(path.read_text(encoding="utf-8"))


def test_what_is_written_follows_the_schema_and_comes_back_the_same():
    problem = field(8, 2)
    item = json.loads(json.dumps(problem_item(problem)))
    jsonschema.validate(item, schema("opgave"))
    again = problem_from(item)
    assert problem_item(again) == problem_item(problem)
    assert again.stops == problem.stops
    assert again.team_days == problem.team_days
    assert np.array_equal(again.seconds, problem.seconds)
    plan = planned(problem)
    written = json.loads(plan_text(plan_item(problem, plan, check(problem, plan))))
    jsonschema.validate(written, schema("plan"))
    assert plan_from(written).rounds == plan.rounds


def test_what_a_checker_said_comes_back_the_same_or_with_a_sentence():
    problem, said = (
        field(3, 1),
        [Breach("te_veel", "Te veel.", "maandag", "erf"), Breach("anders", "Anders.")],
    )
    assert breaches_from(plan_item(problem, planned(problem), said)) == said
    for wrong in ("niets", ["te veel"], [{"sentence": []}]):
        with pytest.raises(AtlasError, match="klopt niet"):
            breaches_from({"breaches": wrong})


def test_the_smallest_problem_needs_four_keys():
    jsonschema.validate(SMALLEST, schema("opgave"))
    problem = problem_from(SMALLEST)
    assert problem.stops[0].id == "erf"
    assert problem.near_s == 0
    assert planned(problem).visits == 1
    placed = {**SMALLEST, "places": [{"id": "start", "x_rd": 1, "y_rd": 1}, {"id": "erf"}]}
    assert problem_from(placed).near_s == 120


def test_defaults_lists_and_nothing():
    item = {
        **SMALLEST,
        "stops": [{"place": "erf", "prize": 5, "load": 3, "window_s": [1, 4], "days": 2}],
        "team_days": [{"start": "start", "count": 3, "capacity": [7], "day": 2, "shift_s": None}],
        "seconds": [[0, None], [4.6, 0]],
        "van_de_maker": 1,
    }
    jsonschema.validate(item, schema("opgave"))
    problem = problem_from(item)
    stop, (first, *_) = problem.stops[0], problem.team_days
    assert (stop.must, stop.load, stop.days, stop.windows[0].to_s) == (False, (3,), ("2",), 4)
    assert [one.id for one in problem.team_days] == ["start/2/1#1", "start/2/1#2", "start/2/1#3"]
    assert (first.capacity, first.day) == ((7,), "2")
    assert problem.seconds.tolist() == [[0, NO_ROAD_S], [5, 0]]


def test_a_file_may_be_packed(tmp_path):
    path = tmp_path / "opgave.json.gz"
    path.write_bytes(gzip.compress(json.dumps(SMALLEST).encode()))
    assert read_problem(path).stops[0].id == "erf"


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"places": [], "stops": [], "team_days": []}, "places"),
        ({"places": [{"id": "erf"}, {"id": "erf"}]}, "places"),
        ({"places": [{}, {"id": "erf"}]}, "places[0].id"),
        ({"places": "erf"}, "places"),
        ({"stops": [{"place": "weg"}]}, "stops[0].place"),
        ({"stops": [{"place": "erf"}, {"place": "erf"}]}, "stops"),
        ({"stops": [{"place": "erf", "service_s": -1}]}, "stops[0].service_s"),
        ({"stops": [{"place": "erf", "service_s": "kort"}]}, "stops[0].service_s"),
        ({"stops": [{"place": "erf", "service_s": True}]}, "stops[0].service_s"),
        ({"stops": [{"place": "erf", "service_s": float("nan")}]}, "stops[0].service_s"),
        ({"stops": [{"place": "erf", "service": 5}]}, "stops[0]"),
        ({"stops": [{"place": "erf", "window_s": [5, 4]}]}, "stops[0].window_s"),
        ({"stops": [{"place": "erf", "window_s": [5]}]}, "stops[0].window_s"),
        ({"stops": [{"place": "erf", "kind": "controle"}]}, "stops[0].kind"),
        ({"stops": [7]}, "stops[0]"),
        ({"team_days": [{"start": "start", "from_s": 9, "to_s": 3}]}, "team_days[0]"),
        (
            {"team_days": [{"start": "start", "lunch": {"length_s": 1}}]},
            "team_days[0].lunch.starts_between_s",
        ),
        ({"seconds": [[0, 5]]}, "seconds"),
        ({"seconds": [[0, 5], [5]]}, "seconds[1]"),
        ({"seconds": [[0, 5], [5, "ver"]]}, "seconds[1]"),
        ({"seconds": [[0, -5], [5, 0]]}, "seconds[0]"),
        ({"minimise": "metres"}, "metres"),
        ({"minimise": "uren"}, "minimise"),
        ({"version": 2}, "version"),
        ({"spread": 3}, "spread"),
    ],
)
def test_what_is_wrong_gets_a_sentence_with_its_place(change, where):
    with pytest.raises(AtlasError) as raised:
        problem_from({**SMALLEST, **change})
    assert raised.value.where == where


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\x1f\x8bkapot", b"\xff\xfe\x00", b"[" * 100_000])
def test_a_file_that_is_no_problem_gets_a_sentence(tmp_path, data):
    path = tmp_path / "opgave.json"
    path.write_bytes(data)
    with pytest.raises(AtlasError):
        read_problem(path)
    with pytest.raises(AtlasError):
        read_problem(tmp_path / "weg.json")


@pytest.mark.parametrize("value", [1e308, float("inf"), -5])
def test_an_impossible_number_in_a_matrix_is_named(value):
    with pytest.raises(AtlasError) as raised:
        problem_from(
            {
                **SMALLEST,
                "seconds": [[0, 7, value], [5, 0, 1], [5, 1, 0]],
                "places": [*SMALLEST["places"], {"id": "x"}],
            }
        )
    assert raised.value.got == json.dumps(float(value))


def test_a_plan_changed_by_hand_needs_only_team_days_and_stops():
    plan = plan_from({"rounds": [{"team_day": "a", "visits": ["erf", {"stop": "erf 2"}]}]})
    with pytest.raises(AtlasError) as raised:
        plan_from({"rounds": [], "seed": "zeven"})
    assert raised.value.where == "seed"
    assert [visit.stop for visit in plan.rounds[0].visits] == ["erf", "erf 2"]
    for item in ({}, {"rounds": 3}, {"rounds": [{"team_day": "a", "lunch": 3}]}):
        with pytest.raises(AtlasError):
            plan_from(item)


def test_a_file_that_is_not_there_is_told_in_one_language(tmp_path):
    with pytest.raises(AtlasError, match="kan niet worden gelezen") as caught:
        read_json(tmp_path / "weg.json")
    assert "No such file" not in str(caught.value)
    assert "of u het mag lezen" in caught.value.hint
