"""The files: whole or not there, the same bytes for the same payload, no sheet of yesterday among them."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from atlas.core.words.errors import AtlasError
from atlas.sheet.view import View
from atlas.sheet.writing import _file_stems, write_sheets
from released_samples import leaving

if TYPE_CHECKING:
    from pathlib import Path

#: pictures larger than what a pipe holds, drawn apart in processes that get a Ctrl-C themselves
DRAW_APART = """
import os, signal, sys
from pathlib import Path
from atlas.sheet import writing
def interrupted(page):
    os.kill(os.getpid(), signal.SIGINT)
    return bytes(1_000_000)
writing._png = interrupted
contents = {}
with writing._Pictures(apart=True) as drawing:
    for name in ("a", "b"):
        drawing.begin({Path(name): None}, contents)
    if sys.argv[1] == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    drawing.finish()
print([len(picture) for picture in contents.values()])
"""
WRITE = """
import json, sys
from pathlib import Path
from atlas.core.disclosure.released import release_open
from atlas.sheet.writing import write_sheets
payload = json.loads(Path(sys.argv[1]).read_text())
write_sheets(release_open(payload, audience="openbaar"), Path(sys.argv[2]))
"""


def test_there_is_a_png_with_its_text_for_every_view_and_one_pdf_with_them_all(payload, tmp_path):
    written = write_sheets(leaving(payload), tmp_path / "kaarten")
    expected = [
        f"{indicator['id']}-{view['level']}-{view['period']}{suffix}"
        for indicator in payload["indicators"]
        for view in indicator["views"]
        for suffix in (".png", ".txt")
    ]
    assert [path.name for path in written] == [*expected, "atlas.pdf"]
    assert sorted(path.name for path in (tmp_path / "kaarten").iterdir()) == sorted([*expected, "atlas.pdf"])
    pages = re.search(r"Pages:\s+(\d+)", run("pdfinfo", written[-1]))
    assert 2 * int(pages.group(1)) == len(expected)


@pytest.mark.parametrize(("end", "told"), [("killed", ""), ("whole", "[1000000, 1000000]\n")])
def test_no_process_that_draws_stays_behind_or_shows_its_end(end, told):
    """They hold the output of the one that is killed: while one lives, this waits."""
    with subprocess.Popen(
        [sys.executable, "-c", DRAW_APART, end], start_new_session=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            assert process.communicate(timeout=60) == (told, "")
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise


def test_without_pictures_there_is_the_same_pdf_alone(two_views, two_sheets, tmp_path):
    (alone,) = write_sheets(leaving(two_views), tmp_path, pictures=False)
    assert alone.read_bytes() == two_sheets[0][-1].read_bytes()
    assert list(tmp_path.iterdir()) == [alone]


def test_a_sheet_is_a4_at_print_resolution(sheets):
    (sheet, _text, pdf) = sheets
    with Image.open(sheet) as image:
        dots = image.info["dpi"][0]
        assert 150 <= dots <= 200
        assert image.size == pytest.approx((210 / 25.4 * dots, 297 / 25.4 * dots), abs=2)
    assert "(A4)" in run("pdfinfo", pdf)


def test_the_pdf_keeps_its_text_as_text_in_embedded_fonts(one_view, sheets):
    pdf = sheets[-1]
    text = " ".join(run("pdftotext", "-layout", pdf, "-").split())
    indicator = one_view["indicators"][0]
    assert indicator["label"] in text
    assert "Zuidwest-Drenthe" in text
    for value in indicator["views"][0]["values"].values():
        assert value["interval_text"] in text
    fonts = run("pdffonts", pdf).splitlines()[2:]
    assert fonts
    for font in fonts:
        assert "TrueType" in font
        assert re.search(r"yes\s+yes\s+yes", font), "embedded, subset, with unicode"


def test_the_same_payload_gives_the_same_bytes_in_another_process(one_view, sheets, tmp_path):
    content = tmp_path / "payload.json"
    content.write_text(json.dumps(one_view))
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    environment = {
        **os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path), "TZ": "Asia/Tokyo",
    }  # fmt: skip
    command = [sys.executable, "-c", WRITE, content, tmp_path / "ander"]
    subprocess.run(command, env=environment, check=True)
    assert {path.name: path.read_bytes() for path in (tmp_path / "ander").iterdir()} == {
        path.name: path.read_bytes() for path in sheets
    }


def test_sheets_drawn_in_other_processes_are_the_same_bytes(two_views, tmp_path, monkeypatch):
    from atlas.sheet import writing

    here, lay_out = os.getpid(), writing.lay_out
    monkeypatch.setattr(  # a process that draws gets its pages laid out
        writing, "lay_out", lambda *view: lay_out(*view) if os.getpid() == here else os.kill(os.getpid(), 9)
    )
    found = []
    for name, many in (("een", 99), ("meer", 2)):
        monkeypatch.setattr(writing, "_MANY_SHEETS", many)
        drawn = []
        real = writing._png
        monkeypatch.setattr(
            writing, "_png", lambda page, real=real, drawn=drawn: drawn.append(1) or real(page)
        )
        written = write_sheets(leaving(two_views), tmp_path / name)
        found.append({path.name: path.read_bytes() for path in written})
        monkeypatch.setattr(writing, "_png", real)
        alone = many > 2 or len(writing._processors()) == 1
        assert bool(drawn) == alone, "whether this process drew the pictures itself"
    assert found[0] == found[1]


@pytest.mark.parametrize("handed_over", [b"", b"\0\0\4\0half"], ids=["drawing", "handing over"])
def test_a_process_that_is_killed_while_it_draws_gets_a_sentence(
    two_views, tmp_path, monkeypatch, handed_over
):
    from atlas.sheet import writing

    def killed(handing_over, _pages):
        os.write(handing_over.fileno(), handed_over)
        os.kill(os.getpid(), 9)

    monkeypatch.setattr(writing, "_MANY_SHEETS", 2)
    monkeypatch.setattr(writing, "_processors", lambda: {0, 1})
    monkeypatch.setattr(writing, "_draw", killed)
    with pytest.raises(AtlasError, match="Het tekenen van de kaartbladen brak af"):
        write_sheets(leaving(two_views), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_files_carry_no_date_and_no_program(one_view, sheets):
    (sheet, _text, pdf) = sheets
    with Image.open(sheet) as image:
        assert set(image.text) == {"Description"}
    information = run("pdfinfo", pdf)
    for key in ("CreationDate", "ModDate", "Creator", "Producer"):
        assert key not in information
    assert f"Title:           {one_view['title']}" in information


def test_somebodys_own_matplotlib_settings_do_not_reach_the_sheets(one_view, sheets, tmp_path):
    import matplotlib as mpl

    with mpl.rc_context(
        {"axes.facecolor": "red", "font.size": 30, "savefig.bbox": "tight", "pdf.fonttype": 3}
    ):
        other = [path.read_bytes() for path in write_sheets(leaving(one_view), tmp_path)]
    assert other == [path.read_bytes() for path in sheets]


def test_sheets_of_an_earlier_build_are_removed_and_nothing_else(two_views, two_sheets, tmp_path):
    (tmp_path / "eigen.png").write_bytes(b"\x89PNG een eigen plaatje")
    Image.new("RGB", (4, 4)).save(tmp_path / "foto.png")
    (tmp_path / "notitie.txt").write_text("blijft")
    (tmp_path / "map.png").mkdir()
    before = set(tmp_path.iterdir())
    shutil.copytree(two_sheets[0][0].parent, tmp_path, dirs_exist_ok=True)
    del two_views["indicators"][0]["views"][1]
    written = write_sheets(leaving(two_views), tmp_path)
    assert len(written) == len(two_sheets[0]) - 2
    assert set(tmp_path.iterdir()) == before | set(written)


def test_a_continuation_that_is_no_longer_needed_is_removed(one_view, tmp_path):
    short = one_view["indicators"][0]["caution"]
    one_view["indicators"][0]["caution"] = "Een lange tekst. " * 200
    assert any(path.stem.endswith("-vervolg") for path in write_sheets(leaving(one_view), tmp_path))
    one_view["indicators"][0]["caution"] = short
    write_sheets(leaving(one_view), tmp_path)
    assert not list(tmp_path.glob("*-vervolg*"))


def test_no_views_no_files(payload, tmp_path):
    payload["indicators"] = []
    assert write_sheets(leaving(payload), tmp_path / "kaarten") == []
    assert not (tmp_path / "kaarten").exists()


def test_a_name_never_leaves_the_folder(one_view, tmp_path):
    one_view["indicators"][0]["views"][0]["period"] = "../../weg"
    written = write_sheets(leaving(one_view), tmp_path / "kaarten")
    assert written[0].name.endswith("-.._.._weg.png")
    assert all(path.parent == tmp_path / "kaarten" for path in written)
    assert [path.name for path in tmp_path.iterdir()] == ["kaarten"]


@given(st.lists(st.text(max_size=400), min_size=1, max_size=5))
def test_every_view_gets_a_name_of_its_own_that_any_disk_takes(periods):
    views = [View({}, {"id": "zorgen"}, {"level": "gemeente", "period": period}) for period in periods]
    stems = _file_stems(views)
    assert len({stem.lower() for stem in stems}) == len(views)
    for stem in stems:
        assert re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]*", stem)
        assert len(stem) < 200


def test_progress_goes_from_nothing_to_done(two_sheets):
    _files, told = two_sheets
    assert [done for _step, done in told] == [0, 0.5, 1]
    assert told[1][0] == "Kaartblad 2 van 2"


def test_a_folder_that_cannot_be_made_gets_a_sentence(one_view, tmp_path):
    (tmp_path / "bezet").write_text("een bestand")
    with pytest.raises(AtlasError, match="kan niet worden geschreven") as raised:
        write_sheets(leaving(one_view), tmp_path / "bezet" / "kaarten")
    assert raised.value.where.endswith("kaarten")
    assert (tmp_path / "bezet").read_text() == "een bestand"


def test_a_full_disk_gets_a_sentence_and_leaves_the_folder_as_it_was(one_view, sheets, tmp_path):
    folder = shutil.copytree(sheets[0].parent, tmp_path / "kaarten")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    one_view["indicators"][0]["caution"] = "Een andere waarschuwing."
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
    try:
        with pytest.raises(AtlasError, match="kan niet worden geschreven") as raised:
            write_sheets(leaving(one_view), folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert "groter dan hier mag" in raised.value.detail
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_failure_halfway_leaves_the_folder_as_it_was(two_views, two_sheets, tmp_path):
    shutil.copytree(two_sheets[0][0].parent, tmp_path, dirs_exist_ok=True)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    two_views["indicators"][0]["caution"] = "Een andere waarschuwing."
    two_views["indicators"][0]["views"][1]["values"]["PV20"]["status"] = "bestaat niet"
    with pytest.raises(StopIteration):
        write_sheets(leaving(two_views), tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def run(command: str, *arguments: str | Path) -> str:
    return subprocess.run([command, *arguments], capture_output=True, text=True, check=True).stdout
