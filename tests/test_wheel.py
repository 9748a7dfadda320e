"""A wheel that is installed somewhere else finds its data."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_core_in_a_wheel_finds_its_data_without_the_checkout(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    elsewhere = tmp_path / "elsewhere"
    zipfile.ZipFile(wheel).extractall(elsewhere)
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import atlas, json\n"
        "from atlas.core.areas import resolve\n"
        "from atlas.core.figures.indicators import load_catalogue\n"
        "from atlas.core.files.embedded import embedded_path\n"
        "assert atlas.__file__.startswith(sys.argv[1])\n"
        "assert str(embedded_path('data', 'boundaries', 'gemeenten.geojson')).startswith(sys.argv[1])\n"
        "print(resolve('Assen').area.code, len(load_catalogue().indicators))\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", script, str(elsewhere)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.stdout.startswith("GM0106"), done.stderr
