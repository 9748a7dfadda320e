"""Five hundred hostile texts, each in every text of a page: nothing runs or is asked, all stays text."""

import pytest
from object_samples import anchors_of, fictitious_objects, team_payload
from page_samples import TRIAL, hostile_texts, in_every_text

from atlas.web.page import render
from released_samples import leaving

#: texts that stand in one place together: a page for each would take half an hour
_TOGETHER = 132
BATCHES = [
    " ".join(hostile_texts()[start : start + _TOGETHER])
    for start in range(0, len(hostile_texts()), _TOGETHER)
]


def assert_still_text(opened):
    assert opened.page.evaluate("window.hacked") is None
    assert opened.page.locator("img, iframe, object, base, math, form, template").count() == 0
    assert opened.complaints == []
    assert len(opened.requests) == 1


def test_there_are_five_hundred():
    assert len(hostile_texts()) >= 500


@pytest.mark.parametrize("text", BATCHES, ids=range(len(BATCHES)))
def test_in_the_page_of_everyone(visit, trial, text):
    opened = visit(render(leaving(in_every_text(trial, text))))
    page = opened.page
    for change in ({"area": "SR01"}, {"indicator": TRIAL, "area": "GM0014"}):
        page.evaluate("change => atlas.go(change)", change)
    page.fill("#search", "script")
    page.press("#search", "Enter")
    for element in ("h1", "#caution", "#table-rows"):
        assert text[:40].strip() in page.locator(element).text_content()
    assert_still_text(opened)
    assert_still_text(visit(render(leaving(trial)), scripts=False))


@pytest.mark.parametrize("text", BATCHES, ids=range(len(BATCHES)))
def test_in_the_page_of_a_team(visit, payload, text):
    objects, evidence = fictitious_objects(30, anchors_of(payload))
    for record in objects:
        record.update(dict.fromkeys(("adres", "toelichting", "redenen"), text), bron=f"FICTIEF {text}")
    for record in evidence:
        record.update(
            bron=f"FICTIEF {text}", **dict.fromkeys(("toelichting", "kenmerk") & record.keys(), text)
        )
    team = team_payload(in_every_text(payload, text), objects, evidence)
    opened = visit(render(leaving(team)), address="#objecten=ja")
    opened.page.locator(".object-row").first.click()
    opened.page.locator(".object-row").nth(3).hover()
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert text[:40].strip() in opened.page.locator("#object-panel").text_content()
    assert_still_text(opened)
