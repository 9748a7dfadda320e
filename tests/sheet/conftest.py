"""Real payloads for the sheets, and a tile server on loopback."""

from __future__ import annotations

import copy
import io
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageDraw

from atlas.core.figures.indicators import load_catalogue
from atlas.core.figures.payload import build_payload
from atlas.geo.boundaries.levels import boundary_payload
from atlas.sheet.writing import write_sheets
from released_samples import leaving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Payload = dict[str, Any]
OPENING = "zorgen_georganiseerde_criminaliteit_buurt"


@pytest.fixture(scope="session")
def _embedded_payload() -> Payload:
    boundaries, source, _warnings = boundary_payload()
    return build_payload(load_catalogue(), boundaries, source).content


@pytest.fixture
def payload(_embedded_payload: Payload) -> Payload:
    """The embedded atlas, a copy to change at will."""
    return copy.deepcopy(_embedded_payload)


@pytest.fixture
def one_view(_embedded_payload: Payload) -> Payload:
    """The embedded atlas with only the opening view, by survey region."""
    return _with_views(_embedded_payload, 1)


@pytest.fixture
def two_views(_embedded_payload: Payload) -> Payload:
    """The embedded atlas with only its opening indicator, by survey region and by province."""
    return _with_views(_embedded_payload, 2)


def _with_views(embedded: Payload, count: int) -> Payload:
    indicator = next(entry for entry in embedded["indicators"] if entry["id"] == OPENING)
    return copy.deepcopy({**embedded, "indicators": [{**indicator, "views": indicator["views"][:count]}]})


@pytest.fixture(scope="session")
def sheets(_embedded_payload: Payload, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The files of `one_view`, drawn once; only to be read."""
    return write_sheets(leaving(_with_views(_embedded_payload, 1)), tmp_path_factory.mktemp("kaarten"))


@pytest.fixture(scope="session")
def two_sheets(
    _embedded_payload: Payload, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Path], list[tuple[str, float]]]:
    """The files of `two_views`, only to be read, and what was told while they were drawn."""
    told: list[tuple[str, float]] = []
    files = write_sheets(
        leaving(_with_views(_embedded_payload, 2)), tmp_path_factory.mktemp("kaarten"),
        progress=lambda step, done: told.append((step, done)),
    )  # fmt: skip
    return files, told


@pytest.fixture
def every_state(one_view: Payload) -> Payload:
    """A view by municipality in which each of the five states occurs."""
    view = one_view["indicators"][0]["views"][0]
    colours = view["legend"]["classes"]
    codes = [
        area["code"] for level in one_view["levels"] if level["id"] == "gemeente" for area in level["areas"]
    ]
    values: dict[str, Any] = {}
    for position, code in enumerate(codes):
        percent = 20 + position % 10
        values[code] = _value(percent, "indicatief" if position % 3 else "ok", position % len(colours))
    withheld = ("te_weinig_respondenten", "geen_gegevens", "onderdrukt", "te_weinig_respondenten")
    for code, status in zip(codes[3::5], withheld, strict=False):
        values[code] = _value(None, status, None)
    view.update(level="gemeente", values=values)
    states = [value["status"] for value in values.values()]
    view["legend"]["states"] = [
        {"status": state["status"], "count": states.count(state["status"])}
        for state in one_view["states"]
        if state["status"] != "ok" and state["status"] in states
    ]
    for position, entry in enumerate(colours):
        entry["count"] = sum(value["class"] == position for value in values.values())
    return one_view


def _value(percent: int | None, status: str, class_position: int | None) -> dict[str, Any]:
    shown = percent is not None
    return {
        "value": float(percent) if shown else None,
        "low": percent - 6.0 if shown else None,
        "high": percent + 6.0 if shown else None,
        "n": 400.0 if shown else None,
        "status": status,
        "class": class_position,
        "text": f"{percent}%" if shown else "–",
        "interval_text": f"{percent - 6}–{percent + 6}%" if shown else "",
        "n_text": "400" if shown else "",
        "note": "",
    }


@dataclass
class TileServer:
    """Serves drawn tiles, or what `answer` says instead, and remembers what was asked."""

    address: str = ""
    answer: str = "tile"
    requests: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def template(self) -> str:
        return f"{self.address}/{{z}}/{{x}}/{{y}}.png"


def _tile(path: str) -> bytes:
    """A tile as a grey map draws it: pale ground, a road, a name."""
    image = Image.new("RGB", (256, 256), "#f2f2f2")
    draw = ImageDraw.Draw(image)
    draw.line([(0, 60), (256, 190)], fill="#9a9a9a", width=3)
    draw.line([(120, 0), (90, 256)], fill="#c9c9c9", width=2)
    draw.text((100, 120), path.strip("/"), fill="#606060")
    buffer = io.BytesIO()
    image.save(buffer, format="PNG")
    return buffer.getvalue()


def _handler(server: TileServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.requests.append(self.path)
            if server.answer.isdigit():
                self.send_error(int(server.answer))
                return
            if server.answer == "silence":
                server.released.wait(10)
                return
            content = {"garbage": b"\x89PNG garbage", "empty": b"", "page": b"<html>inloggen</html>"}.get(
                server.answer
            )
            content = _tile(self.path) if content is None else content
            if server.answer == "cut":
                content = content[: len(content) // 2]
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            """The tests read `requests` instead."""

    return Handler


@pytest.fixture
def tile_server() -> Iterator[TileServer]:
    """A tile server on loopback."""
    tiles = TileServer()
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(tiles)) as server:
        tiles.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield tiles
        tiles.released.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def tile_cache(tmp_path, monkeypatch):
    """A cache folder of its own for each test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"
