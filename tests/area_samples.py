"""Asking which area a text means, for the tests of the rooms of areas."""

from __future__ import annotations

from pathlib import Path

from atlas.core.areas import divisions, resolution, resolving

DATA = Path(__file__).resolve().parents[1] / "data" / "areas"
LEVELS = ("gemeente", "surveyregio", "provincie")
EVERY_AREA = [item for level in LEVELS for item in divisions.areas(level)]
WORDS = ["gemeente", "Groningen", "Wester", "Noord", "de", "Winsum", "Drenthe", "PV", ",", "(", ")", "/", "-"]
ACCEPTED = {resolution.EXACT, resolution.SPELLING, resolution.CORRECTED, resolution.MERGED}


def code_of(text, level=None, year=None):
    found = resolving.resolve(text, level, year)
    return found.area.code if found.area else found.reason


def candidates_of(text, level=None, year=None):
    return {item.code for item in resolving.resolve(text, level, year).candidates}
