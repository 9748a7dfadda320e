"""The next edition for partners: the same objects of a later day with some more, through the gate."""

import csv
import shutil
from uuid import UUID, uuid5

import pytest
from typer.testing import CliRunner

from atlas.cli.app import app
from atlas.core.areas.divisions import areas
from atlas.core.figures.payload import Edition
from atlas.core.words.errors import AtlasError
from atlas.dossier.issue_register import read_register
from atlas.dossier.opening import open_dossier
from atlas.dossier.protected_tables import read_tables
from atlas.flows.auditing import audit_files
from atlas.flows.building import build_atlas
from atlas.flows.configuration import Configuration
from atlas.flows.demo_dossier import make_demo_with_dossier
from atlas.flows.team import TeamRequest
from atlas.protection.single_figures import Finding

ALL = tuple(area.code for area in areas("gemeente"))


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A demo of which partners have an edition."""
    room = tmp_path_factory.mktemp("first")
    make_demo_with_dossier(room / "demo", seed=3, scale=0.1)
    build(room / "demo" / "dossier-FICTIEF", room / "out")
    return room / "demo"


@pytest.fixture
def demo(first, tmp_path):
    return shutil.copytree(first, tmp_path / "demo")


def build(dossier, out):
    request = TeamRequest(dossier, ALL, purpose="proef", user="proef", unsealed="proef")
    return build_atlas(
        Configuration(edition=Edition(audience="partners")), out, sheets=False, team=request
    ).files


def take_in(demo, day, more):
    """Read the objects in again, of a later day, with some more beside those that were there."""
    table = demo / "bestanden" / "FICTIEF_leegstand_objecten.csv"
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, like in enumerate(rows[:more]):
        rows.append(
            {
                **like, "uuid": str(uuid5(UUID(like["uuid"]), day)), "bronkenmerk": f"FICTIEF-{day}-{number}",
                "adres": f"Nieuwpad {number + 1}, Verzonloo FICTIEF", "bag_vbo_id": "", "bag_pand_id": "",
                "x": str(float(like["x"]) + 40 + number),
            }
        )  # fmt: skip
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows({**row, "peildatum": day} for row in rows)
    done = CliRunner().invoke(app, ["objects", "import", str(demo / "dossier-FICTIEF"), str(table)])
    assert done.exit_code == 0, done.output
    assert f"nieuw {more}" in done.output


def whole(table):
    return table.cells[f"{','.join(sorted(ALL))}|leegstand_object"]


@pytest.mark.parametrize("more", [1, 12])
def test_a_next_edition_of_the_objects_with_some_more_goes_through_the_gate(demo, tmp_path, more):
    dossier = demo / "dossier-FICTIEF"
    take_in(demo, "2026-06-01", more)
    files = build(dossier, tmp_path / "juni")
    one, other = read_tables(dossier)
    assert (whole(one), whole(other)) == (120, {1: 120, 12: 130}[more])
    assert audit_files(files, dossier).findings == ()


def test_a_table_whose_first_file_is_refused_is_not_kept_and_the_next_build_makes_it(
    demo, tmp_path, monkeypatch
):
    dossier = demo / "dossier-FICTIEF"
    take_in(demo, "2026-06-01", 12)
    monkeypatch.setattr("atlas.protection.traces.traces_in", lambda *_: [Finding("x", ("x",), "proef")])
    with pytest.raises(AtlasError, match="verraadt meer dan is afgesproken") as caught:
        build(dossier, tmp_path / "juni")
    assert "De tabel van 1 juni 2026 is niet bewaard" in caught.value.detail
    assert [table.peildatum for table in read_tables(dossier)] == ["2026-02-01"]
    monkeypatch.undo()
    assert len(build(dossier, tmp_path / "juni")) == 3
    assert [table.peildatum for table in read_tables(dossier)] == ["2026-02-01", "2026-06-01"]
    begun = [
        line for line in read_register(open_dossier(dossier)) if str(line["tabel"]).startswith("2026-06")
    ]
    assert [bool(line["controlegetal"]) for line in begun] == [False, True, True, True]
