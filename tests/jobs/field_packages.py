"""Packages for the field and what a telephone makes of them."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import UTC, datetime

from atlas.gpkg.spatial_index import register_spatial_functions
from atlas.jobs.field_package import write_package
from atlas.jobs.handing_out import Request
from field_days import OBJECTS, OWN, uuid, work

NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)
#: as small as a file can be that reads as a photo
PICTURE = b"\xff\xd8\xff\xda\x00\x02uit het veld\xff\xd9"


def pack(folder, path, finish=lambda _folder: None, **more):
    request = replace(Request("team", (OWN,), "bezoekronde", "beheer"), **more)
    return write_package(folder, path, request, now=NOW, finish=finish)


def unpacked(path, place):
    with zipfile.ZipFile(path) as archive:
        archive.extractall(place)
    return place / "dossier"


def photographed(package, name, content=PICTURE):
    """The second object gets a photo in the field."""
    (package / "fotos").mkdir(exist_ok=True)
    if content:
        (package / name).write_bytes(content)
    work(package, [(OBJECTS, uuid(2), {"foto": name})], register_spatial_functions)
    return package
