"""Make the pictures of the manual from the real page: `.venv/bin/python docs/handleiding/pictures.py`.

Needs what the tests need: the environment of `make test` and a browser. The atlas is built first. The
pictures of chapter 7 come from `pictures_qgis.py`.
"""

import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from picture_file import shrink
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ATLAS = Path(sys.executable).with_name("atlas")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIGNED = [
    "--maker", "Gemeente Voorbeeld (FICTIEF)", "--contact", "gis@voorbeeld.example (FICTIEF)",
    "--made-on", "2026-12-01",
]  # fmt: skip


CAMPAIGN = ["--campaign", "Erfbezoeken (FICTIEF)", "--user", "handleiding"]
BACK_BY = f"{datetime.now(UTC).year + 1}-01-15"


def run(*arguments):
    subprocess.run([ATLAS, *arguments], check=True)


def made_campaign(demo):
    """A made-up campaign in the demo's dossier, with a round that came back; its sheets as PDF."""
    dossier, example = demo / "dossier-FICTIEF", HERE.parent / "voorbeeld"
    place = ["--municipality", "Midden-Drenthe"]
    roads = ["--roads", demo / "bestanden" / "FICTIEF_wegen.gpkg"]
    teams = example / "erfbezoeken-teams.csv"
    given = ["--round", "A", "--purpose", "handleiding", "--back-by", BACK_BY, *CAMPAIGN]
    run(
        "visits", "select", dossier, example / "erfbezoeken-regels.toml", *place, "--name", CAMPAIGN[1],
        "--purpose", "kennismaken en voorlichten", "--keep-until", "2035-12-31", "--seed", "FICTIEF",
        "--user", "handleiding",
    )  # fmt: skip
    run("visits", "rounds", dossier, teams, *roads, "--iterations", "100", *CAMPAIGN)
    run("visits", "hand-out", dossier, "-o", demo / "A.pdf", *roads, "--teams", teams, *given)
    run("visits", "hand-out", dossier, "-o", demo / "A.zip", *given)
    run("demo", "--out", demo, "--package", demo / "A.zip")
    run("visits", "import", dossier, demo / "FICTIEF_A-terug.zip", "--user", "handleiding")
    run(
        "visits", "review", dossier, "-o", demo / "toets.pdf", *place, "--purpose", "handleiding",
        "--account", example / "erfbezoeken-verslag.toml", "--user", "handleiding",
    )  # fmt: skip


def first_page(pdf, picture, width):
    """The first page of a PDF."""
    subprocess.run(["pdftoppm", "-png", "-r", "110", "-singlefile", pdf, pdf.with_suffix("")], check=True)
    shrink(pdf.with_suffix(".png"), HERE / "img" / picture, width)


def build(folder, *arguments):
    subprocess.run([ATLAS, "build", *arguments, "--out", folder], check=True)
    return folder


with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
    atlas = build(Path(temporary, "atlas"), *SIGNED)
    example = build(
        Path(temporary, "voorbeeld"), HERE.parent / "voorbeeld" / "atlas.voorbeeld.toml", "--no-sheets"
    )
    demo = Path(temporary, "demo")
    run("demo", "--out", demo, "--scale", "0.2")
    made_campaign(demo)
    first_page(demo / "A.pdf", "routeblad.png", 900)
    first_page(demo / "toets.pdf", "toetsingsblad.png", 745)
    team = build(
        Path(temporary, "team"), "--dossier", demo / "dossier-FICTIEF", "--audience", "team",
        "--municipality", "alle", "--purpose", "handleiding", "--no-sheets", *SIGNED,
    )  # fmt: skip
    own = "#indicator=bekend_met_het_meldpunt&niveau=gemeente&periode=2025"
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
    for name, page_file, state, scripts in (
        ("pagina", atlas / "atlas.html", "", True),
        ("zonder-scripts", atlas / "atlas.html", "", False),
        ("voorbeeld", example / "atlas.html", own, True),
        ("team", team / "atlas-team-FICTIEF.html", "#objecten=ja", True),
    ):
        context = browser.new_context(viewport={"width": 1280, "height": 1000}, java_script_enabled=scripts)
        page = context.new_page()
        page.goto(f"file://{page_file}{state}")
        shot = Path(temporary, f"{name}.png")
        page.screenshot(path=shot)
        shrink(shot, HERE / "img" / f"{name}.png", 1280)
        if name == "team":
            page.locator("#voortgang").screenshot(path=shot)
            shrink(shot, HERE / "img" / "voortgang.png", 1100)
        context.close()
    browser.close()
    (sheet,) = (atlas / "kaarten").glob("zorgen_*-surveyregio-2025-11.png")
    shrink(sheet, HERE / "img" / "kaartblad.png", 900)
