"""A small OGC API Features server on this machine, with the pages and the moods of a real one.

The municipalities of the two provinces come from the embedded boundaries; the rest of the country is a few
small squares. As at PDOK every year comes back unless `jaarcode` is given, and pages link on with a cursor.
"""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

#: the embedded boundaries, read as files: QGIS's own Python has the atlas under another name
BOUNDARIES = Path(__file__).parents[2] / "data" / "boundaries"
YEARS = (2024, 2025)
COLLECTIONS = {"gemeente_gegeneraliseerd": "gemeente", "provincie_gegeneraliseerd": "provincie"}
FILES = {"gemeente": "gemeenten.geojson", "provincie": "provincies.geojson"}
ELSEWHERE = {
    "gemeente": (
        ("GM0059", "Achtkarspelen", 6.1),
        ("GM0344", "Utrecht", 5.1),
        ("GM0518", "'s-Gravenhage", 4.3),
    ),
    "provincie": (("PV21", "Fryslân", 5.8), ("PV26", "Utrecht", 5.1)),
}


def square(longitude):
    ring = [[longitude, 52.0], [longitude + 0.05, 52.0], [longitude + 0.05, 52.05], [longitude, 52.05]]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def features(level, year):
    embedded = json.loads((BOUNDARIES / FILES[level]).read_text(encoding="utf-8"))["features"]
    areas = [(f["properties"]["code"], f["properties"]["naam"], f["geometry"]) for f in embedded]
    areas += [(code, name, square(longitude)) for code, name, longitude in ELSEWHERE[level]]
    return [
        {
            "type": "Feature",
            "id": f"{year}-{code}",
            "properties": {
                "id": position, "statcode": code, "jrstatcode": f"{year}{code}", "statnaam": name,
                "rubriek": level, "jaarcode": year,
            },
            "geometry": geometry,
        }
        for position, (code, name, geometry) in enumerate(sorted(areas, key=lambda area: area[0]), start=1)
    ]  # fmt: skip


class Service:
    """What the server gives, and what it was asked.

    Args:
        page_size: Features on a page, whatever `limit` asks for.
        moods: What to do instead of answering, for the first requests in order: a name of `MOODS`.
        change: Called with the features of a request, returns those to give.
    """

    def __init__(self, page_size=10, moods=(), change=lambda features: features):
        self.page_size = page_size
        self.moods = list(moods)
        self.change = change
        self.requests = []
        self.agents = set()
        self.endpoint = ""
        self.matched = None
        self.next_link = None


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_arguments):
        """Keep the output of the tests clean."""

    def do_GET(self):
        service = self.server.service
        service.requests.append(self.path)
        service.agents.add(self.headers["User-Agent"])
        mood = service.moods.pop(0) if service.moods else None
        if mood is not None:
            MOODS[mood](self)
        else:
            self.answer()

    def answer(self, cut=0, extra=None):
        service, parts = self.server.service, urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        collection = parts.path.split("/")[-2]
        if collection not in COLLECTIONS:
            self.send(404, b'{"code": "NotFound"}')
            return
        years = [int(query["jaarcode"])] if "jaarcode" in query else YEARS
        given = [item for year in years if year in YEARS for item in features(COLLECTIONS[collection], year)]
        given = service.change(given)
        start = int(query.get("cursor", "0"))
        page = given[start : start + service.page_size]
        content = {
            "type": "FeatureCollection",
            "links": [{"rel": "self", "href": self.path}],
            "features": page,
        }
        content |= {"numberReturned": len(page)} | (extra or {})
        if service.matched is not None:
            content["numberMatched"] = service.matched
        if service.next_link is not None:
            content["links"].append({"rel": "next", "href": service.next_link(service, query)})
        elif start + service.page_size < len(given):
            following = urlencode(query | {"cursor": str(start + service.page_size)})
            content["links"].append({"rel": "next", "href": f"{service.endpoint}{parts.path}?{following}"})
        self.send(200, json.dumps(content).encode(), cut=cut)

    def send(self, status, body, kind="application/geo+json", cut=0, **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body[: len(body) - cut])
        if cut:
            self.wfile.flush()
            self.close_connection = True


MOODS = {
    "busy": lambda handler: handler.send(503, b"busy", Retry_After="7"),
    "busy_until": lambda handler: handler.send(503, b"busy", Retry_After="Fri, 31 Dec 1999 23:59:59 GMT"),
    "busy_for_an_hour": lambda handler: handler.send(503, b"busy", Retry_After="3600"),
    "too_many": lambda handler: handler.send(429, b"slow down"),
    "broken": lambda handler: handler.send(500, b"oops"),
    "truncated": lambda handler: handler.answer(cut=200),
    "half_json": lambda handler: handler.send(200, b'{"type": "FeatureCollection", "features": [{"ty'),
    "too_few": lambda handler: handler.answer(extra={"numberReturned": 999}),
    "webpage": lambda handler: handler.send(200, b"<!doctype html><p>Log in</p>", kind="text/html"),
    "other_json": lambda handler: handler.send(200, b'{"type": "Feature"}'),
    "forbidden": lambda handler: handler.send(403, b"no"),
    "elsewhere": lambda handler: handler.send(302, b"", Location="http://localhost:1/other"),
    "hang_up": lambda handler: handler.connection.close(),
}


@contextmanager
def serving(service, handler=Handler):
    """Run the service on a free port of 127.0.0.1; `service.endpoint` is its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.service = service
    service.endpoint = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
