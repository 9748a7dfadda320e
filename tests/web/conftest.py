"""A real browser with the network cut, and payloads: the embedded atlas, all five states, hostile text."""

from __future__ import annotations

import copy
import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from object_samples import COUNT, anchors_of, fictitious_objects, team_payload
from page_samples import HOSTILE, TRIAL, in_every_text
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from atlas.core.areas.divisions import areas
from atlas.core.figures.indicators import Catalogue, Value, load_catalogue
from atlas.core.figures.payload import build_payload
from atlas.geo.boundaries.levels import boundary_payload
from atlas.web.page import render
from released_samples import leaving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Payload = dict[str, Any]
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def free(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Plain contexts to be used again, one at a time: a new one costs as much as opening a page in it.

    One empty page stays open in each, or the browser takes down what the next page needs.
    """
    contexts: list[BrowserContext] = []
    yield contexts
    for context in contexts:
        context.close()


def cut_off(browser: Browser, **options: object) -> BrowserContext:
    """A new context that reaches nothing but files."""
    context = browser.new_context(locale="de-DE", **options)
    context.route("http://**/*", lambda route: route.abort())
    context.route("https://**/*", lambda route: route.abort())
    return context


@dataclass
class Visit:
    """A page that was opened, with everything it asked for and complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def state(self) -> dict[str, str]:
        """What the page shows; without what it is compared with when that is nothing."""
        state = self.page.evaluate("({...atlas.state})")
        return {name: chosen for name, chosen in state.items() if chosen or name not in ("against", "beside")}


@pytest.fixture
def visit(browser: Browser, free: list[BrowserContext], tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Open a page from disk: `visit(html, width=360, scripts=False, address="#…")`."""
    plain: list[tuple[BrowserContext, Page]] = []
    others: list[BrowserContext] = []

    def open_page(
        html: str,
        *,
        width: int = 1440,
        height: int = 900,
        scripts: bool = True,
        address: str = "",
        **options: object,
    ) -> Visit:
        path = tmp_path / f"atlas{len(plain) + len(others)}.html"
        path.write_bytes(html.encode("utf-8"))
        size = {"width": width, "height": height}
        if scripts and not options:
            if not free:
                free.append(cut_off(browser))
                free[0].new_page()
            context = free.pop()
            page = context.new_page()
            page.set_viewport_size(size)
            plain.append((context, page))
        else:
            others.append(cut_off(browser, viewport=size, java_script_enabled=scripts, **options))
            page = others[-1].new_page()
        result = Visit(page)
        result.page.on("request", lambda request: result.requests.append(request.url))
        result.page.on("console", lambda message: result.complaints.append(message.text))
        result.page.on("pageerror", lambda error: result.complaints.append(str(error)))
        result.page.goto(path.as_uri() + address)
        if scripts:
            result.page.wait_for_selector("html.ready", state="attached")
        return result

    yield open_page
    for context, page in plain:
        page.close()
        free.append(context)
    for context in others:
        context.close()


@pytest.fixture(scope="session")
def _boundaries() -> tuple[Any, str]:
    boundaries, source, _warnings = boundary_payload()
    return boundaries, source


@pytest.fixture(scope="session")
def _embedded(_boundaries: tuple[Any, str]) -> Payload:
    return build_payload(load_catalogue(), *_boundaries).content


@pytest.fixture
def payload(_embedded: Payload) -> Payload:
    """The embedded atlas, a copy to change at will."""
    return copy.deepcopy(_embedded)


@pytest.fixture(scope="session")
def page_html(_embedded: Payload) -> str:
    """The page of the embedded atlas."""
    return render(leaving(_embedded))


@pytest.fixture(scope="session")
def _with_trial(_boundaries: tuple[Any, str]) -> Payload:
    return build_payload(_trial_catalogue(load_catalogue()), *_boundaries).content


@pytest.fixture
def trial(_with_trial: Payload) -> Payload:
    """The embedded atlas and a figure per municipality with all five states, in two periods."""
    return copy.deepcopy(_with_trial)


def _trial_catalogue(catalogue: Catalogue) -> Catalogue:
    model = catalogue.indicators[0]
    indicator = dataclasses.replace(model, id=TRIAL, label="Proef per gemeente")
    values = []
    for period in ("2024-11", "2025-11"):
        for nth, area in enumerate(areas("gemeente")):
            status = ("ok", "ok", "indicatief", "te_weinig_respondenten", "onderdrukt", "geen_gegevens")[
                nth % 6
            ]
            known = status in ("ok", "indicatief")
            figure = float(10 + 2 * nth + (period == "2025-11")) if known else None
            values.append(
                Value(
                    TRIAL, "gemeente", area.code, period, figure,
                    low=figure - 3 if known else None, high=figure + 3 if known else None,
                    n=100.0 + nth if known else None, status=status, note="",
                )
            )  # fmt: skip
    return dataclasses.replace(
        catalogue, indicators=(*catalogue.indicators, indicator), values=(*catalogue.values, *values)
    )


@pytest.fixture
def hostile(trial: Payload) -> Payload:
    """Every text a person may have written is an attack or a trap."""
    return in_every_text(trial, HOSTILE)


@pytest.fixture(scope="session")
def records(_embedded):
    return fictitious_objects(COUNT, anchors_of(_embedded))


@pytest.fixture
def objects(records):
    return [dict(record) for record in records[0]]


@pytest.fixture
def evidence(records):
    return records[1]


@pytest.fixture
def team(payload, objects, evidence):
    """A payload for the team of every municipality."""
    return team_payload(payload, objects, evidence)


@pytest.fixture(scope="session")
def team_html(_embedded, records):
    """The page for the team of every municipality."""
    return render(leaving(team_payload(copy.deepcopy(_embedded), *records)))
