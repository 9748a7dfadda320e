"""A wheel that is installed somewhere else has all of its data, and makes an atlas and a demo."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The command in an environment of its own, as `pipx install` makes it; the libraries are those of here.

    A folder of libraries that a .pth names is searched last, and a checkout that is installed in it by a .pth
    of its own is not found.
    """
    folder = tmp_path_factory.mktemp("machine") / "venv"
    venv.create(folder, with_pip=False)
    (packages,) = folder.glob("lib/python*/site-packages")
    here = next(path for path in sys.path if path.endswith("site-packages"))
    (packages / "libraries.pth").write_text(f"{here}\n", encoding="utf-8")
    subprocess.run(
        [
            sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "install", "--quiet",
            "--no-deps", "--no-index", "--disable-pip-version-check", wheel,
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return folder / "bin"


def run(command, *arguments, cwd):
    done = subprocess.run(
        [command, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False, env={}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_files_of_data_styles_and_page_are_in_it(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    for folder, place in (("data", "atlas/data"), ("styles", "atlas/styles"), ("src/atlas", "atlas")):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix != ".pyc" and not path.name.startswith("."):
                assert f"{place}/{path.relative_to(ROOT / folder).as_posix()}" in inside


def test_the_command_of_a_wheel_makes_an_atlas_outside_the_checkout(installed, tmp_path):
    where = run(installed / "python", "-c", "import atlas; print(atlas.__file__)", cwd=tmp_path)
    assert where.startswith(str(installed.parent))
    run(installed / "atlas", "build", "--no-sheets", "--trial", "--out", "uit", cwd=tmp_path)
    assert {path.name for path in (tmp_path / "uit").iterdir()} == {"atlas.html", "atlas.gpkg"}
    run(installed / "atlas", "demo", "--scale", "0.01", "--out", "oefenen", cwd=tmp_path)
    assert (tmp_path / "oefenen" / "dossier-FICTIEF").is_dir()
