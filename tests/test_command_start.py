"""A command loads what it runs: its help, and its first answer, wait for nothing that others need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import typer

from atlas.cli.app import AtlasCommands, app

ROOT = Path(__file__).parents[1]
#: what the help of every command needs: words, a list of levels and of audiences, limits, how Dutch is spoken
FOR_HELP = {
    "atlas.cli", "atlas.cli.app", "atlas.cli.dutch", "atlas.cli.messages",
    "atlas.core", "atlas.core.files", "atlas.core.files.reading_limits",
    "atlas.core.words", "atlas.core.words.errors", "atlas.core.words.notation",
}  # fmt: skip


def loaded_by(*words, folder):
    """The modules of the atlas that the command loads, and of libraries their first name."""
    script = (
        "import atexit, sys\n"
        "atexit.register(lambda: open('loaded', 'w').write('\\n'.join(sys.modules)))\n"
        "from atlas.cli import main\n"
        "main()"
    )
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin", "COLUMNS": "110"}
    subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=folder, env=environment, capture_output=True, check=True,
    )  # fmt: skip
    names = (folder / "loaded").read_text().splitlines()
    return {name for name in names if name.partition(".")[0] == "atlas"}, {
        name.partition(".")[0] for name in names
    }


def test_the_help_loads_no_command(tmp_path):
    ours, libraries = loaded_by("--help", folder=tmp_path)
    assert ours - {"atlas"} == FOR_HELP
    assert not libraries & {"numpy", "pandas", "geopandas", "json", "tomllib", "csv"}


@pytest.mark.parametrize(
    ("words", "never"),
    [
        (("join", "--help"), {"atlas.cli.memo", "atlas.cli.rural", "atlas.cli.visits", "atlas.cli.intake"}),
        (("visits", "--help"), {"atlas.cli.joining", "atlas.cli.intake", "atlas.cli.building"}),
        (("area", "Assen"), {"atlas.core.disclosure.records", "atlas.core.figures", "atlas.core.schema"}),
    ],
)
def test_a_command_loads_no_other(words, never, tmp_path):
    ours, libraries = loaded_by(*words, folder=tmp_path)
    assert not ours & never
    assert not libraries & {"numpy", "pandas", "geopandas"}


@pytest.mark.parametrize("name", AtlasCommands.list_commands(None, None))
def test_what_the_help_says_of_a_command_is_what_it_says_itself(name):
    group = typer.main.get_command(app)
    shown, itself = group.get_command(None, name), group.commands[name]
    assert shown.help == " ".join(itself.help.partition("\n\n")[0].split())
    assert (shown.name, itself.name) == (name, name)


def test_the_package_runs_as_the_command_and_says_how_it_was_called():
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin", "COLUMNS": "110"}
    done = subprocess.run(
        [sys.executable, "-m", "atlas", "objets"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "Bedoelt u 'objects'?" in done.stderr
    assert "-m atlas --help" in done.stderr
