"""Teams and their days as a table: what a line becomes, and what is wrong in it."""

from __future__ import annotations

import pytest

from atlas.core.words.errors import AtlasError
from atlas.rounds.problem_json import problem_from
from atlas.rounds.team_table import EXAMPLE, read_teams, team_template

HEADER = "Team;Dag;Van;Tot;Start;Eind;Mensen;Hoogstens;Pauze (minuten);Pauze tussen"


def teams_of(path, *lines, header=HEADER):
    path.write_text("\n".join((header, *lines)), encoding="utf-8")
    return read_teams(path)


def test_the_template_is_a_problem_once_it_has_stops(tmp_path):
    path = tmp_path / "teams.csv"
    path.write_bytes(team_template())
    problem = problem_from({**read_teams(path), "stops": []})
    (one,) = problem.team_days
    assert (one.team, one.day, one.from_s, one.to_s) == ("Team 1", EXAMPLE["Dag"], 32_400, 61_200)
    assert (one.people, one.most_visits, one.lunch.length_s, one.lunch.latest_s) == (2, 6, 1800, 46_800)
    assert 232_000 < problem.places[one.start].x_rd < 236_000


def test_a_line_needs_a_team_a_day_its_hours_and_where_it_starts_and_no_more(tmp_path):
    lines = ["Noord,29-3-2027,9.00,17:00:00,233500 556500", "Zuid,30-3-2027,8:30,16:00,Gieten"]
    item = teams_of(tmp_path / "t.csv", *lines, header="team,dag,van,tot,start")
    north, south = problem_from({**item, "stops": []}).team_days
    assert (north.day, north.from_s, north.to_s) == ("2027-03-29", 32_400, 61_200)
    assert (north.people, north.lunch) == (1, None)
    assert (item["places"][0]["x_rd"], item["places"][0]["y_rd"]) == (233_500, 556_500)
    assert south.start != north.start


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("T;;09:00;17:00;Assen", "rij 2, Dag"),
        ("T;2027-02-30;09:00;17:00;Assen", "rij 2, Dag"),
        ("T;2027-03-29;negen;17:00;Assen", "rij 2, Van"),
        ("T;2027-03-29;09:00;25:00;Assen", "rij 2, Tot"),
        ("T;2027-03-29;09:00;17:00;Nergenshuizen", "rij 2, Start"),
        ("T;2027-03-29;09:00;17:00;Assen;;twee", "rij 2, Mensen"),
        ("T;2027-03-29;09:00;17:00;Assen;;2;6;30;12:00", "rij 2, Pauze tussen"),
    ],
)
def test_what_is_wrong_in_a_line_is_said_with_its_row_and_column(tmp_path, line, said):
    with pytest.raises(AtlasError) as raised:
        teams_of(tmp_path / "t.csv", line)
    assert raised.value.where.endswith(said)


def test_a_table_without_its_columns_or_a_file_that_is_not_there_gets_a_sentence(tmp_path):
    with pytest.raises(AtlasError) as raised:
        teams_of(tmp_path / "t.csv", "a;b", header="naam;datum")
    assert "Start" in raised.value.expected
    with pytest.raises(AtlasError, match="niet worden gelezen"):
        read_teams(tmp_path / "weg.csv")
