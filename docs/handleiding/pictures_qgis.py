"""Make the pictures of QGIS from the real QGIS: `.venv/bin/python docs/handleiding/pictures_qgis.py`.

Needs what the tests need: QGIS, xvfb-run and pdftoppm. The plugin is packaged first and installed in
a profile of its own, in a Dutch QGIS; the dossier and the table are made up. On Debian the buttons of Qt
itself ("Close", "Cancel") stay English: it packages Qt's translations apart.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from picture_file import shrink

from atlas.core.areas.divisions import areas

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ATLAS = Path(sys.executable).with_name("atlas")
SETTINGS = "[locale]\noverrideFlag=true\nuserLocale=nl_NL\n"
#: names and values as people send them, in the made-up table of docs/voorbeeld
REPLACED = {"\nHoogeveen;": "\nHogeveen;", "\nOldambt;": "\nOldambt e.o.;"}
#: a list as somebody keeps it: what stands there and a remark, again and again
KINDS = [("Schuur", "dak stuk"), ("schuur/loods", "deur open"), ("stal", ""), ("loosd", "ramen dicht")] * 15
BARNS = "Nr;Locatie;X;Y;Type gebouw;Sinds;Opmerking;Gezien door\n" + "".join(
    f"{number};Verzonnenweg {number}, Nergenshuizen FICTIEF;{233_000 + 40 * number};557000;{kind};2024;"
    f"{remark};AB\n"
    for number, (kind, remark) in enumerate(KINDS, start=1)
)
#: made-up answers of every other year
YEARS = (2019, 2021, 2023, 2025)
WIDTHS = {
    "qgis-door-de-tijd": 1250,
    "qgis-eerste-kaart": 1250,
    "qgis-objecten": 1250,
    "qgis-erfbezoeken": 1250,
}
WIDTH, PAGE_DPI = 1000, 110


def make_material(folder):
    """A made-up dossier and a made-up table."""
    demo = folder / "demo"
    subprocess.run([ATLAS, "demo", "--out", demo, "--scale", "0.1"], check=True)
    demo.joinpath("dossier-FICTIEF").rename(folder / "dossier-FICTIEF")
    table = (ROOT / "docs/voorbeeld/FICTIEF_meldpunt.csv").read_text(encoding="utf-8")
    for name, written in REPLACED.items():
        table = table.replace(name, written)
    (folder / "FICTIEF_meldpunt.csv").write_text(table, encoding="utf-8")
    (folder / "FICTIEF_schuren.csv").write_text(BARNS, encoding="utf-8")
    (folder / "FICTIEF_door-de-tijd.csv").write_text(through_time(), encoding="utf-8")
    for name in ("regels.toml", "teams.csv"):
        shutil.copyfile(ROOT / "docs" / "voorbeeld" / f"erfbezoeken-{name}", folder / name)


def through_time():
    """A made-up share of every municipality in several years, with the number of answers."""
    chance = random.Random(3)  # noqa: S311 - made-up answers
    names = [area.name for area in areas("gemeente")]
    start = {name: chance.uniform(14, 38) for name in names}
    lines = ["Gemeente;Jaar;Percentage;Antwoorden"]
    for nth, year in enumerate(YEARS):
        for name in names:
            share = start[name] + nth * chance.uniform(-2, 5) + chance.uniform(-3, 3)
            lines.append(f"{name};{year};{share:.1f};{chance.randint(420, 1400)}".replace(".", ","))
    return "\n".join(lines) + "\n"


def make_plugin(folder):
    """The zip that a user installs."""
    packaging = [sys.executable, "-m", "release.plugin_zip", "--tree", folder]
    subprocess.run(packaging, cwd=ROOT, check=True)
    metadata = (ROOT / "metadata.txt").read_text(encoding="utf-8")
    version = next(line for line in metadata.splitlines() if line.startswith("version=")).partition("=")[2]
    name = f"buitengebied_atlas-{version}"
    return shutil.make_archive(str(folder.parent / name), "zip", folder, "buitengebied_atlas")


def show(room, plugin, pictures):
    """Run the session in a real QGIS that has no settings, no other plugin and no user."""
    settings = room / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text(SETTINGS, encoding="utf-8")
    # QGIS marks layers in the folder for temporary files; the made-up dossier must not look like one
    elsewhere = room / "temporary"
    elsewhere.mkdir()
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(room), "XDG_RUNTIME_DIR": str(room), "TMPDIR": str(elsewhere),
        "LANG": "C.UTF-8", "PYTHONNOUSERSITE": "1", "PYTHONPATH": str(HERE), "LIBGL_ALWAYS_SOFTWARE": "1",
        "ATLAS_MATERIAL": str(room), "ATLAS_ZIP": str(plugin), "ATLAS_PICTURES": str(pictures),
    }  # fmt: skip
    display = ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1700x1200x24"]
    command = [*display, "qgis", "--profiles-path", room, "--noversioncheck", "--nologo"]
    subprocess.run(
        [*command, "--code", HERE / "qgis_session.py"],
        env=environment, cwd=room, check=True, timeout=240, capture_output=True,
    )  # fmt: skip
    error = pictures / "error.txt"
    if error.exists():
        sys.exit(error.read_text(encoding="utf-8"))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        room = Path(temporary)
        pictures = room / "pictures"
        pictures.mkdir()
        make_material(room)
        show(room, make_plugin(room / "plugin"), pictures)
        sheet = ["-singlefile", pictures / "gedrukt.pdf", pictures / "qgis-gedrukt"]
        subprocess.run(["pdftoppm", "-png", "-r", str(PAGE_DPI), *sheet], check=True)
        for picture in sorted(pictures.glob("qgis-*.png")):
            shrink(picture, HERE / "img" / picture.name, WIDTHS.get(picture.stem, WIDTH))
