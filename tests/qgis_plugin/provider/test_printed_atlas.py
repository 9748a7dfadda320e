"""The printed atlas, read back as a reader does: with pdftotext, pdfinfo and pdffonts."""

from __future__ import annotations

import json
import os
import re
import subprocess

import pytest
from fictitious_dossier import evidence, filled, vacant
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
)
from qgis.PyQt.QtGui import QImage

ALGORITHM = "buitengebied_atlas:printed_atlas"
REGIONAL = "Bezorgd over georganiseerde criminaliteit in de eigen buurt"
ABROAD = "Denkt dat er veel criminaliteit is in de buurt (Veiligheidsmonitor)"


def run(context=None, feedback=None, **parameters):
    import processing

    return processing.run(
        ALGORITHM, parameters, context=context, feedback=feedback or QgsProcessingFeedback()
    )


def said_by(*command) -> str:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout


def pages_of(path) -> list[str]:
    """The text of each page on one line."""
    return [" ".join(page.split()) for page in said_by("pdftotext", "-layout", path, "-").split("\f")[:-1]]


@pytest.fixture(scope="module")
def regional(provider, tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "atlas.pdf"
    run(INDICATOR=REGIONAL, OUTPUT=str(path))
    return path


def test_every_municipality_has_a_page_with_the_figures_of_the_payload(regional):
    from buitengebied_atlas.figures import find_view, level_of, published

    payload = published()
    indicator, view = find_view(payload, "zorgen_georganiseerde_criminaliteit_buurt", "surveyregio")
    pages = pages_of(regional)
    municipalities = level_of(payload, "gemeente")["areas"]
    assert len(pages) == len(municipalities) == 22
    region_of = {code: area for area in level_of(payload, "surveyregio")["areas"] for code in area["members"]}
    reference_of = {entry["code"]: entry for entry in view["references"]}
    for municipality, page in zip(municipalities, pages, strict=True):
        region = region_of[municipality["code"]]
        value, province = view["values"][region["code"]], reference_of[municipality["province"]]
        suffix = " (indicatief)" if value["status"] == "indicatief" else ""
        assert f"Gemeente {municipality['name']} " in page
        for row, name in ((value, region["label"] + suffix), (province, province["label"])):
            assert f"{name} {row['text']} {row['interval_text']} {row['n_text']}" in page
        for text in (indicator["question"], indicator["caution"], indicator["source"], indicator["place"]):
            assert text.split(". ")[0].split(",")[0][:40] in page
        assert payload["date_label"] in page
        assert payload["audience_label"] in page


def test_a_region_is_never_called_the_municipality(regional):
    pages = pages_of(regional)
    pekela = next(page for page in pages if page.startswith("Buitengebied") and "Gemeente Pekela " in page)
    assert "Pekela is niet apart gemeten" in pekela
    alone = [page for page in pages if "alleen uit deze gemeente" in page]
    assert len(alone) == 1
    assert "surveyregio Gemeente Groningen" in alone[0]
    assert "niet apart gemeten" not in alone[0]


def test_the_scale_bar_has_round_kilometres_on_every_page(regional):
    pages = pages_of(regional)
    shown = [re.search(r"\b0 (1|2|5|10) (2|4|10|20) km\b", page) for page in pages]
    assert all(shown), [page[:60] for page, found in zip(pages, shown, strict=True) if not found]
    assert all(2 * int(found[1]) == int(found[2]) for found in shown)
    assert len({found[0] for found in shown}) > 1


def test_the_same_figures_give_the_same_bytes_and_no_trace_of_the_maker(regional, tmp_path):
    again = tmp_path / "een andere naam.pdf"
    run(INDICATOR=REGIONAL, OUTPUT=str(again))
    content = regional.read_bytes()
    assert again.read_bytes() == content
    told = said_by("pdfinfo", regional)
    assert "2026" in next(line for line in told.splitlines() if line.startswith("CreationDate"))
    assert "Feb  1" in told
    assert b"D:20260201000000" in content
    assert "Author" not in told
    assert "Pages:           22" in told
    for trace in (str(regional.parent), os.environ["HOME"] + "/"):
        assert trace.encode() not in content


def test_fonts_are_embedded(regional):
    lines = said_by("pdffonts", regional).splitlines()[2:]
    assert lines
    assert all(line.split()[-5] == "yes" for line in lines)


def test_the_country_is_a_row_of_the_table(provider, tmp_path):
    path = tmp_path / "atlas.pdf"
    run(INDICATOR=ABROAD, MUNICIPALITIES=["Het Hogeland", "Assen"], OUTPUT=str(path))
    pages = pages_of(path)
    assert len(pages) == 2
    assert all("Nederland (indicatief) 9%" in page for page in pages)


@pytest.mark.parametrize("written", ["gemeente Pekela, GM0106", ["pekela", "Assen"], "Pekela;0106"])
def test_municipalities_as_people_write_them(provider, tmp_path, written):
    path = tmp_path / "atlas.pdf"
    run(INDICATOR=REGIONAL, MUNICIPALITIES=written, OUTPUT=str(path))
    assert len(pages_of(path)) == 2


def test_an_unknown_municipality_gets_a_sentence(provider, tmp_path):
    with pytest.raises(QgsProcessingException, match="Deze gemeente is niet bekend"):
        run(INDICATOR=REGIONAL, MUNICIPALITIES="Pekela, Utrecht", OUTPUT=str(tmp_path / "atlas.pdf"))
    assert not list(tmp_path.iterdir())


def test_cancelling_leaves_what_stood_there(provider, tmp_path):
    path = tmp_path / "atlas.pdf"
    path.write_bytes(b"%PDF-1.4 van gisteren")
    feedback = QgsProcessingFeedback()
    feedback.progressChanged.connect(lambda done: done > 20 and feedback.cancel())
    run(feedback=feedback, INDICATOR=REGIONAL, OUTPUT=str(path))
    assert feedback.isCanceled()
    assert [file.name for file in tmp_path.iterdir()] == ["atlas.pdf"]
    assert path.read_bytes() == b"%PDF-1.4 van gisteren"


def test_a_place_that_cannot_be_written_gets_a_sentence(provider, tmp_path):
    (tmp_path / "bestand").write_text("geen map")
    with pytest.raises(QgsProcessingException, match="kan niet worden geschreven"):
        run(INDICATOR=REGIONAL, MUNICIPALITIES="Pekela", OUTPUT=str(tmp_path / "bestand" / "atlas.pdf"))


def test_the_layout_can_be_changed_in_a_project_and_survives_it(provider, qgis_new_project, tmp_path):
    project = QgsProject()
    context = QgsProcessingContext()
    context.setProject(project)
    data = tmp_path / "opmaak.gpkg"
    run(
        context=context,
        INDICATOR=REGIONAL,
        MUNICIPALITIES="Pekela, Assen",
        OUTPUT=str(tmp_path / "atlas.pdf"),
        LAYOUT_DATA=str(data),
    )
    project.write(str(tmp_path / "project.qgz"))
    opened = QgsProject()
    assert opened.read(str(tmp_path / "project.qgz"))
    layout = opened.layoutManager().layoutByName("Atlas per gemeente")
    assert layout.atlas().enabled()
    assert all(layer.isValid() for layer in opened.mapLayers().values())
    assert layout.atlas().coverageLayer().featureCount() == 2
    from buitengebied_atlas.figures import released_figures
    from buitengebied_atlas.printing.pdf import write_pdf

    written = tmp_path / "met de hand.pdf"
    assert write_pdf(layout, released_figures(), written, QgsProcessingFeedback())
    with pytest.raises(TypeError, match="what was released"):
        write_pdf(layout, released_figures().content, written, QgsProcessingFeedback())
    assert pages_of(tmp_path / "met de hand.pdf") == pages_of(tmp_path / "atlas.pdf")


@pytest.fixture
def dossier(provider, tmp_path):
    """Objects in Assen, of which one near its border, and one in Pekela."""
    objects = [
        vacant(1, "GM0106", geometrie=(234_000.0, 560_500.0)),
        vacant(2, "GM0106", geometrie=(234_100.0, 556_000.0), gemeente_zeker="nee"),
        vacant(3, "GM0765", geometrie=(263_500.0, 567_500.0)),
    ]
    return filled(tmp_path / "dossier", objects, [evidence(11, 1)])


def map_of(path, page, tmp_path):
    """The picture of the map of a page."""
    said_by("pdftoppm", "-r", "100", "-png", "-f", page, "-l", page, "-singlefile", path, tmp_path / "kaart")
    return QImage(str(tmp_path / "kaart.png")).copy(50, 110, 570, 505)


def for_the_team(dossier, path, **more):
    asked = {"AUDIENCE": "team", "PURPOSE": "proef", "MUNICIPALITIES": "Assen, Tynaarlo, Pekela", **more}
    run(INDICATOR=REGIONAL, FOLDER=str(dossier.folder), OUTPUT=str(path), **asked)


def test_an_object_stands_on_the_page_of_its_own_municipality_only(dossier, tmp_path):
    from buitengebied_atlas.atlas.dossier.issue_register import read_register

    path, without = tmp_path / "team.pdf", tmp_path / "zonder.pdf"
    for_the_team(dossier, path)
    run(INDICATOR=REGIONAL, AUDIENCE="team", MUNICIPALITIES="Assen, Tynaarlo, Pekela", OUTPUT=str(without))
    names = [page.split("Gemeente ")[1].split()[0] for page in pages_of(path)]
    changed = {
        name: map_of(path, number, tmp_path) != map_of(without, number, tmp_path)
        for number, name in enumerate(names, start=1)
    }
    # the object of Assen lies within the frame of the map of Tynaarlo
    assert changed == {"Assen": True, "Tynaarlo": False, "Pekela": True}
    told = dict(zip(names, pages_of(path), strict=True))
    assert "Op deze kaart: 1 object uit" in told["Assen"]
    assert "1 object staat er niet op" in told["Assen"]
    assert "er niet op" not in told["Pekela"]
    assert "Op deze kaart: geen objecten uit" in told["Tynaarlo"]
    assert all("FICTIEF" in page for page in told.values())
    assert all("Geef dit niet verder door." in page for page in told.values())
    assert all("Te gebruiken tot en met" in " ".join(page.split()) for page in told.values())
    line = read_register(dossier)[-1]
    assert (line["bestand"], line["aantal"], line["publiek"]) == ("team.pdf", 2, "team")
    assert line["gemeenten"] == "GM0106,GM0765,GM1730"
    assert line["cijfers"]


def test_of_twelve_hundred_objects_a_page_says_how_many_it_shows_and_explains_every_sign(provider, tmp_path):
    from buitengebied_atlas.printing import layout as layouts

    places = [(226_000.0 + 10 * number, 554_000.0 + 7 * number) for number in range(1_200)]
    objects = [
        vacant(
            number,
            "GM0106",
            geometrie=place,
            gemeente_zeker="nee" if number % 400 == 0 else "ja",
        )
        for number, place in enumerate(places, start=1)
    ]
    seen = [evidence(5_000 + number, number) for number in range(1, 300)]
    dossier = filled(tmp_path / "vol", objects, seen)
    heights = []
    fit = layouts._tighten

    def measured(legend):
        fit(legend)
        heights.append((layouts.legend_height_mm(legend), legend.rect().height()))

    layouts._tighten = measured
    try:
        for_the_team(dossier, tmp_path / "vol.pdf", MUNICIPALITIES="Assen")
    finally:
        layouts._tighten = fit
    (page,) = pages_of(tmp_path / "vol.pdf")
    assert "Op deze kaart: 1.197 objecten uit" in page
    assert "3 objecten staan er niet op" in page
    assert "Onbekend" in page
    assert "Leeg" in page
    assert "HTML-pagina" in page
    ((height, room),) = heights
    assert 0 < height <= room


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"AUDIENCE": "openbaar"}, "alleen voor het team"),
        ({"AUDIENCE": "partners"}, "alleen voor het team"),
        ({"PURPOSE": ""}, "waarvoor deze uitvoer is"),
    ],
)
def test_objects_are_for_the_team_only(dossier, tmp_path, more, words):
    with pytest.raises(QgsProcessingException, match=words):
        for_the_team(dossier, tmp_path / "atlas.pdf", **more)
    assert not (tmp_path / "atlas.pdf").exists()


@pytest.mark.parametrize("audience", ["openbaar", "partners", "team"])
def test_every_figure_has_its_words_whole_on_the_page(provider, tmp_path, audience):
    """Text that has no room is cut off by QGIS without a word."""
    from buitengebied_atlas.figures import mapped_indicators, published

    for indicator in mapped_indicators(published(audience)):
        path = tmp_path / "atlas.pdf"
        run(INDICATOR=indicator["label"], AUDIENCE=audience, MUNICIPALITIES="Westerveld", OUTPUT=str(path))
        page = " ".join(said_by("pdftotext", path, "-").split())
        for text in ("label", "question", "definition", "base", "caution", "source", "place"):
            assert " ".join(indicator[text].split()) in page, (indicator["id"], text)
        assert all(
            " ".join(note.split()) in page for note in indicator["views"][0]["interval_note"].split(". ")
        )


def test_it_runs_without_a_window(plugin_root, tmp_path):
    """As a server does, with `qgis_process`."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path / "profile"),
        "QGIS_PLUGINPATH": str(plugin_root),
    }
    path = tmp_path / "atlas.pdf"

    def qgis_process(*arguments):
        return subprocess.run(
            ["qgis_process", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    enabled = qgis_process("plugins", "enable", "buitengebied_atlas")
    assert enabled.returncode == 0, enabled.stderr
    done = qgis_process(
        "--json", "run", ALGORITHM, "--", f"INDICATOR={REGIONAL}", "MUNICIPALITIES=Pekela", f"OUTPUT={path}"
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["results"]["OUTPUT"] == str(path)
    assert len(pages_of(path)) == 1
