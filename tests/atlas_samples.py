"""Payloads for the tests: the embedded atlas, and the same with figures in every state."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from atlas.core.figures.indicators import load_catalogue
from atlas.core.figures.payload import build_payload
from atlas.geo.boundaries.levels import boundary_payload

CONCERN = "zorgen_georganiseerde_criminaliteit_buurt"
MAP_LAYER = f"kaart_{CONCERN}_surveyregio"
STATES = {"SR01": "te_weinig_respondenten", "SR02": "onderdrukt", "SR04": "geen_gegevens"}
NOTHING = {"value": None, "low": None, "high": None, "n": None}


@cache
def atlas():
    """The payload of the embedded atlas."""
    shapes, source, _warnings = boundary_payload()
    return build_payload(load_catalogue(), shapes, source).content


@cache
def atlas_in_every_state():
    """The same, with a region in each of the five states."""
    catalogue = load_catalogue()
    values = tuple(
        replace(value, status=STATES[value.area], **(NOTHING if value.area == "SR04" else {}))
        if value.indicator == CONCERN and value.area in STATES
        else value
        for value in catalogue.values
    )
    shapes, source, _warnings = boundary_payload()
    return build_payload(replace(catalogue, values=values), shapes, source).content


def view(payload, indicator=CONCERN, level="surveyregio"):
    """One view of an indicator."""
    found = next(entry for entry in payload["indicators"] if entry["id"] == indicator)
    return next(entry for entry in found["views"] if entry["level"] == level)
