"""A published table from the service: whole, of this region only, and nothing replaced by something half."""

import json
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from ogc_server import serving

from atlas.core.files.service_answers import Patience
from atlas.core.joining.recipes import recipe, recipes
from atlas.core.words.errors import AtlasError
from atlas.flows.building import build_atlas
from atlas.flows.configuration import read_configuration
from atlas.flows.fetching import fetch_table
from atlas.flows.recipes import add_figures
from atlas.store.tables import read_table
from odata_server import TABLE_3, TABLE_4, Service, TableHandler


def hurried(waits=None):
    return Patience(sleep=(waits if waits is not None else []).append)


def fetched(service, folder, table=TABLE_4, **options):
    return fetch_table(recipe(table), folder, endpoint=service.endpoint, patience=hurried(), **options)


def served(**options):
    return serving(Service(**options), TableHandler)


@pytest.mark.parametrize(("table", "rows"), [(TABLE_4, 3 * 3 * 2), (TABLE_3, 3 * 3)])
def test_only_our_areas_years_and_the_kind_of_the_recipe_are_asked_for(tmp_path, table, rows):
    with served(page_size=4) as service:
        done = fetched(service, tmp_path / "tabel", table, made_on=date(2026, 11, 30))
    assert done.rows == rows
    content = json.loads(done.table.read_text(encoding="utf-8"))
    assert {row["RegioS"].strip() for row in content["value"]} == {"GM0106", "GM0114", "GM0014"}
    assert content["herkomst"] == {"adres": f"{service.endpoint}/{table}", "opgehaald_op": "2026-11-30"}
    figures = [unquote(one) for one in service.requests if "$filter" in one]
    assert len(figures) == -(-rows // 4)
    assert all("GM0363" not in one and "MM12" not in one for one in figures)
    assert all("buitengebied-atlas" in agent for agent in service.agents)


@pytest.mark.parametrize("table", [TABLE_4, TABLE_3])
def test_what_was_fetched_goes_into_the_atlas(tmp_path, table):
    with served() as service:
        done = fetched(service, tmp_path / "tabel", table)
    configuration = tmp_path / "atlas.toml"
    added = add_figures(done.table, configuration, maker=("Proef (FICTIEF)", "proef@voorbeeld.example"))
    assert added.recipe.id == table
    build_atlas(read_configuration(configuration), tmp_path / "uit", sheets="none")
    report = next((tmp_path / "uit").glob("*.csv")).read_text(encoding="utf-8")
    assert report.count("gekoppeld") >= 2
    assert "GM0106" in report


def test_a_period_can_be_chosen_and_one_that_is_not_there_is_named(tmp_path):
    with served() as service:
        assert fetched(service, tmp_path / "a", periods=["2023"]).rows == 3 * 2
        assert fetched(service, tmp_path / "b", TABLE_3, periods=["2024 december"]).rows == 3
        with pytest.raises(AtlasError, match="Deze periode staat niet") as caught:
            fetched(service, tmp_path / "c", periods=["2031"])
    assert caught.value.expected == "2022, 2023, 2024"
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize("mood", ["busy", "too_many", "broken", "truncated", "half_json", "hang_up"])
def test_a_passing_fault_is_tried_again(tmp_path, mood):
    waited = []
    with served(moods=[None, None, mood]) as service:
        done = fetch_table(
            recipe(TABLE_4), tmp_path / "tabel", endpoint=service.endpoint, patience=hurried(waited)
        )
    assert done.rows == 18
    assert len(waited) == 1


@pytest.mark.parametrize(
    ("mood", "sentence"),
    [
        ("webpage", "webpagina in plaats van gegevens"),
        ("other_json", "geen lijst"),
        ("forbidden", "weigert het verzoek"),
        ("elsewhere", "verwijst door naar een ander adres"),
    ],
)
def test_an_answer_that_is_no_list_leaves_the_earlier_fetch_as_it_was(tmp_path, mood, sentence):
    with served() as service:
        fetched(service, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with served(moods=[None] * 6 + [mood]) as service, pytest.raises(AtlasError, match=sentence):
        fetched(service, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_fewer_rows_than_counted_are_refused(tmp_path):
    service = Service(change=lambda rows: rows)
    service.matched = 500
    with serving(service, TableHandler), pytest.raises(AtlasError, match="niet alles") as caught:
        fetched(service, tmp_path / "tabel")
    assert caught.value.expected == "500"
    assert not (tmp_path / "tabel").exists()


@pytest.mark.parametrize("table", [TABLE_4, TABLE_3])
def test_rows_that_were_not_asked_for_are_refused(tmp_path, monkeypatch, table):
    monkeypatch.setattr("odata_server.chosen", lambda rows, _said: rows)
    with served() as service, pytest.raises(AtlasError, match="iets anders dan er is gevraagd") as caught:
        fetched(service, tmp_path / "tabel", table)
    assert "GM0363" in caught.value.got
    assert not (tmp_path / "tabel").exists()


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        (lambda service, _query: f"{service.endpoint}/{TABLE_4}/Dimensions", "volgende pagina's"),
        (lambda _service, _query: "https://elders.example/rijen", "ander adres"),
    ],
)
def test_links_without_end_or_to_elsewhere_are_not_followed(tmp_path, link, sentence):
    service = Service()
    service.next_link = link
    with serving(service, TableHandler), pytest.raises(AtlasError, match=sentence):
        fetched(service, tmp_path / "tabel")
    assert len(service.requests) < 5


def test_a_table_without_our_areas_or_without_the_figure_is_refused(tmp_path):
    def elsewhere(rows):
        return [
            row for row in rows if not str(row.get("Identifier", "")).startswith(("GM01", "GM0014", "PV"))
        ]

    with served(change=elsewhere) as service, pytest.raises(AtlasError, match="geen gebied van Drenthe"):
        fetched(service, tmp_path / "tabel")
    other = replace(recipe(TABLE_4), figures=(replace(recipe(TABLE_4).figures[0], measure="X", codes=()),))
    with served() as service, pytest.raises(AtlasError, match="geen cijfer van dit recept"):
        fetch_table(other, tmp_path / "tabel", endpoint=service.endpoint, patience=hurried())


def test_an_unknown_table_a_closed_door_and_an_unsafe_address_are_sentences(tmp_path):
    with served() as service, pytest.raises(AtlasError, match="kent niet wat"):
        fetched(service, tmp_path / "tabel", "70072ned")
    with socket.socket() as taken:  # bound but not listening: nobody answers here
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(AtlasError, match="niet worden opgehaald"):
            fetch_table(recipe(TABLE_4), tmp_path / "tabel", endpoint=address, patience=hurried())
    with pytest.raises(AtlasError, match="beveiligde verbinding"):
        fetch_table(recipe(TABLE_4), tmp_path / "tabel", endpoint="http://dienst.example/odata")


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    (tmp_path / "RegioSCodes.json").write_text("{}", encoding="utf-8")
    with served() as service, pytest.raises(AtlasError, match="staat al iets anders"):
        fetched(service, tmp_path)
    assert service.requests == []


def test_a_recipe_without_a_service_says_who_to_ask(tmp_path):
    with pytest.raises(AtlasError, match="geen dienst bekend") as caught:
        fetch_table(recipe("zicht_op_ondermijning"), tmp_path / "tabel")
    assert "leverancier" in caught.value.hint


def test_every_service_of_a_recipe_is_safe_and_every_year_is_of_one_of_its_tables():
    for known in recipes():
        assert known.service.startswith("https://") or not known.service
        assert set(known.years) <= set(known.ids)


def test_a_table_of_one_year_is_named_by_its_number_and_has_a_folder_of_that_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with served() as service:
        done = fetched(service, None, named=TABLE_4.lower())
    assert done.table == Path(TABLE_4) / f"{TABLE_4}_figures.json"
    with served() as service, pytest.raises(AtlasError, match="kent niet wat") as caught:
        fetched(service, None, "kerncijfers_wijken_en_buurten", named="84286ned")
    assert "84286NED" in caught.value.where


KILLED = """
import os, signal, sys
from pathlib import Path
from atlas.core.files.service_answers import Patience
from atlas.core.joining.recipes import recipe
from atlas.flows import fetching
def dies(self, *arguments, **options):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(Path, sys.argv[3], dies)
fetching.fetch_table(recipe("{table}"), Path(sys.argv[1]), endpoint=sys.argv[2], patience=Patience())
"""


@pytest.mark.parametrize("at", ["write_text", "replace"])
@pytest.mark.parametrize("table", [TABLE_4, TABLE_3])
def test_a_kill_leaves_the_earlier_figures_with_their_own_code_lists(tmp_path, table, at):
    folder = tmp_path / "tabel"
    with served() as service:
        done = fetched(service, folder, table)
        before = done.table.read_bytes()
        assert [path.name for path in folder.iterdir()] == [done.table.name]
        killed = subprocess.run(
            [sys.executable, "-c", KILLED.replace("{table}", table), str(folder), service.endpoint, at],
            check=False,
        )
    assert killed.returncode == -signal.SIGKILL
    assert [path.read_bytes() for path in folder.glob("[!.]*")] == [before]
    assert read_table(done.table).description.measures
    with served() as service:  # and the next one is not stopped by what a kill left
        fetched(service, folder, table)
