"""A sheet of a figure of several periods: the newest map, and the lines of all areas on the next page."""

from __future__ import annotations

import pytest

from atlas.core.figures.edition import Edition
from atlas.core.figures.payload import build_payload
from atlas.geo.boundaries.levels import boundary_payload
from atlas.sheet.layout import Numbering, lay_out_lines
from atlas.sheet.lines import timeline_of
from atlas.sheet.view import views_of
from atlas.sheet.writing import write_sheets
from period_samples import JUDGED, catalogue_of, indicator, surveyed, through_time
from released_samples import leaving

PERIODS = ("2017", "2019")


@pytest.fixture(scope="module")
def regions():
    boundaries, source, _warnings = boundary_payload()
    values = [
        value
        for nth, period in enumerate(PERIODS)
        for value in surveyed(JUDGED, period, [20.0 + at + nth for at in range(8)], level="surveyregio")
    ]
    catalogue = catalogue_of((indicator(JUDGED), values))
    return build_payload(catalogue, boundaries, source, Edition(fictitious=True)).content


def test_the_newest_period_has_a_sheet_and_the_lines_stand_on_the_next(regions, tmp_path):
    stem = f"{JUDGED}-surveyregio"
    made = write_sheets(leaving(regions), tmp_path)
    assert [path.name for path in made] == [
        f"{stem}-2019.png", f"{stem}-2019-verloop.png", f"{stem}-2019.txt", "atlas.pdf",
    ]  # fmt: skip
    words = (tmp_path / f"{stem}-2019.txt").read_text(encoding="utf-8")
    assert "Verloop van Noord-Drenthe: 2017 2" in words
    assert "Op 1 januari 2019 samengevoegd uit Groningen, Haren en Ten Boer." in words


def test_every_period_is_drawn_when_it_is_asked_for(regions):
    assert [one.view["period"] for one in views_of(regions)] == ["2019", "2017"]
    assert [one.view["period"] for one in views_of(regions, every_period=False)] == ["2019"]


def test_a_line_is_drawn_between_neighbours_that_have_a_figure_and_no_border_between_them():
    boundaries, source, _warnings = boundary_payload()
    content = build_payload(through_time(), boundaries, source, Edition(fictitious=True)).content
    view = views_of(content, every_period=False)[0]
    assert timeline_of(view)["periods"] == ["2017", "2019", "2021", "2023", "2025"]
    page = lay_out_lines(view, Numbering(1, 1))
    told = {part.alt for part in page.content.walk() if part.tag == "Figure"}
    assert len(told) == len(view.areas)
    (eemsdelta,) = (text for text in told if text.startswith("Verloop van Eemsdelta"))
    assert eemsdelta.endswith("Op 1 januari 2021 samengevoegd uit Appingedam, Delfzijl en Loppersum.")
    (westerwolde,) = (text for text in told if text.startswith("Verloop van Westerwolde"))
    assert "2021 –;" in westerwolde


def test_a_view_that_stands_alone_has_no_lines(regions):
    alone = {**regions, "indicators": [{**regions["indicators"][0], "timelines": []}]}
    assert lay_out_lines(views_of(alone)[0], Numbering(1, 1)) is None
