"""The wijken of 2022: areas smaller than a municipality, for a table of one's own and to draw its figures.

They never decide where a point lies. Of other years the atlas has none: codes belong to a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ..words.errors import AtlasError
from .divisions import Area, DetailArea, DetailLevel, area, areas, levels
from .embedded_boundaries import embedded_shapes

DISTRICT_LEVEL = "wijk"
#: the year of the only division there is
DISTRICT_YEAR = 2022
_NOTE = f"De wijken van {DISTRICT_YEAR}."


@dataclass(frozen=True, slots=True)
class District(Area):
    """A wijk of 2022; `municipality` is the code of the municipality it lies in."""

    municipality: str

    @property
    def label(self) -> str:
        """The name with its municipality: there is a "Noord" in several."""
        return f"{self.name} ({area(self.municipality).name})"


@cache
def districts() -> tuple[District, ...]:
    """All wijken of the two provinces, in the order of their codes."""
    return tuple(
        District(
            code, shape["naam"], DISTRICT_LEVEL, shape["provincie_code"], f"{DISTRICT_YEAR}-01-01", "",
            shape["gemeente_code"],
        )
        for code, shape in embedded_shapes(DISTRICT_LEVEL).items()
    )  # fmt: skip


def district_level() -> DetailLevel:
    """The wijken as a level of an edition that has figures for them."""
    found = tuple(
        DetailArea(one.code, one.name, one.label, one.province, (one.municipality,)) for one in districts()
    )
    return DetailLevel(DISTRICT_LEVEL, "Wijk", "Wijken", _NOTE, found)


def joinable_levels() -> tuple[str, ...]:
    """The ids of the levels to which a table can be joined: those of the atlas, and the wijken."""
    return (*(level.id for level in levels()), DISTRICT_LEVEL)


def joinable_areas(level: str) -> tuple[Area, ...]:
    """The areas of one of `joinable_levels`.

    Raises:
        AtlasError: there is no such level.
    """
    if level == DISTRICT_LEVEL:
        return districts()
    if level not in joinable_levels():
        raise AtlasError("Dit niveau bestaat niet.", got=str(level), expected=", ".join(joinable_levels()))
    return areas(level)


def joinable_area(code: str) -> Area:
    """The wijk, or the area of the present division, with exactly this code.

    Raises:
        AtlasError: there is none.
    """
    return districts_by_code().get(code) or area(code) if code.startswith("WK") else area(code)


@cache
def districts_by_code() -> dict[str, District]:
    """Code -> wijk."""
    return {one.code: one for one in districts()}
