"""Asking which area a text means, for the tests of the rooms of areas."""

from __future__ import annotations

from pathlib import Path

from atlas.core.areas import resolving as areas

DATA = Path(__file__).resolve().parents[1] / "data" / "areas"
LEVELS = ("gemeente", "surveyregio", "provincie")
EVERY_AREA = [item for level in LEVELS for item in areas.areas(level)]
WORDS = ["gemeente", "Groningen", "Wester", "Noord", "de", "Winsum", "Drenthe", "PV", ",", "(", ")", "/", "-"]
ACCEPTED = {areas.EXACT, areas.SPELLING, areas.CORRECTED, areas.MERGED}


def code_of(text, level=None, year=None):
    found = areas.resolve(text, level, year)
    return found.area.code if found.area else found.reason


def candidates_of(text, level=None, year=None):
    return {item.code for item in areas.resolve(text, level, year).candidates}
