"""The page carries the payload as columns; its script makes the same payload of them again."""

from __future__ import annotations

import json
import random

import pytest

from atlas.core.areas.divisions import areas
from atlas.core.figures.edition import Edition
from atlas.core.figures.indicators import load_catalogue
from atlas.core.figures.page_form import as_columns, as_records
from atlas.core.figures.payload import build_payload
from atlas.web.page import render
from period_samples import JUDGED, beside, catalogue_of, indicator, surveyed, through_time
from released_samples import leaving

#: everything of a view that the core decides, as plain data
READ = """atlas.payload.indicators.map((indicator) => ({
    id: indicator.id,
    views: indicator.views.map((view) => Object.fromEntries(KEYS.map((key) => [key, view[key]]))) }))"""


@pytest.fixture(scope="module")
def many(_boundaries):
    """Ten figures with intervals of every municipality in twelve periods."""
    chance = random.Random(1)
    pairs = []
    for figure in range(10):
        name = f"{JUDGED}_{figure}"
        values = [
            value
            for period in range(2014, 2026)
            for value in surveyed(
                name,
                str(period),
                [round(chance.uniform(5, 60), 1) for _ in areas("gemeente")],
                n=round(chance.uniform(600, 2000)),
                ground="",
            )
        ]
        pairs.append((indicator(name), values))
    return build_payload(catalogue_of(*pairs), *_boundaries, Edition(fictitious=True)).content


@pytest.fixture(scope="module")
def through(_boundaries):
    catalogue = beside(load_catalogue(), through_time())
    return build_payload(catalogue, *_boundaries, Edition(audience="team", fictitious=True)).content


def read(opened, payload):
    keys = list(payload["indicators"][0]["views"][0])
    return opened.page.evaluate(READ.replace("KEYS", json.dumps(keys)))


def of_all(payload):
    return [{"id": entry["id"], "views": entry["views"]} for entry in payload["indicators"]]


def test_the_page_reads_back_every_view_as_the_core_decided_it(visit, through):
    opened = visit(render(leaving(through)))
    assert read(opened, through) == of_all(through)
    assert opened.page.evaluate("atlas.payload.indicators.map((one) => one.timelines)") == [
        entry["timelines"] for entry in through["indicators"]
    ]
    assert opened.complaints == []


def test_the_core_reads_the_same_again_and_leaves_a_page_of_before_as_it_was(through, many, trial):
    for payload in (through, many, trial):
        written = {**payload, **json.loads(json.dumps(as_columns(payload)))}
        assert as_records(written) == payload
        assert as_records(payload) == payload


def test_figures_halfway_two_roundings_and_texts_of_another_kind_come_back_as_they_were(visit, trial):
    view = trial["indicators"][-1]["views"][0]
    for nth, value in enumerate(view["values"].values()):
        if value["value"] is not None:
            value.update(value=nth + 0.5, text=f"{nth}–{nth + 4}", n=1000.5 + nth, n_text=f"{1000 + nth}")
    opened = visit(render(leaving(trial)))
    assert read(opened, trial)[-1] == of_all(trial)[-1]


def test_a_hundred_and_twenty_views_with_intervals_are_a_fifth_of_their_size(many):
    written = json.dumps(as_columns(many)["indicators"], separators=(",", ":"), ensure_ascii=False)
    whole = json.dumps(many["indicators"], separators=(",", ":"), ensure_ascii=False)
    assert len(written) < 105_000
    assert len(written) < len(whole) / 5


def test_a_page_with_a_hundred_and_twenty_views_stays_under_520_kilobytes(many):
    assert len(render(leaving(many)).encode()) <= 520_000
