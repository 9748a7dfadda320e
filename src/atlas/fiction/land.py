"""The land the fiction stands on: the real municipalities, and how many addresses of each kind they get.

Only the municipalities are real. Their share in the addresses follows their inhabitants, their share in the
farms their area, in round figures: enough for a map that looks like the region, nothing to look up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..core.words.errors import AtlasError
from ..geo.boundaries.levels import load_boundaries
from ..geo.measuring.assign import AreaIndex

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

ADDRESSES, FARMS, OBJECTS, SIGNALS, NEIGHBOURHOODS = 520_000, 5_000, 1_200, 400, 2_500
"""At scale 1."""

SMALLEST_SCALE, LARGEST_SCALE = 0.005, 1.0
"""Below, a municipality has too few addresses for a village; above, unissued postcodes run out."""

#: kinds of address, as numbers in the arrays
TOWN, VILLAGE, RIBBON, YARD = range(4)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a municipality looks like.

    Args:
        code: CBS code.
        inhabitants: In thousands, rounded.
        shares: Parts of the addresses in the town, in villages, in ribbons and scattered.
        villages: Number of villages at scale 1.
        farms_per_area: 1 for countryside; less where the town takes the land.
        straight: Dug peat land: straight roads, long ribbons.
    """

    code: str
    inhabitants: float
    shares: tuple[float, float, float, float]
    villages: int
    farms_per_area: float = 1.0
    straight: bool = False


PROFILES = (
    Profile("GM0014", 238, (0.88, 0.08, 0.02, 0.02), 10, farms_per_area=0.5),
    Profile("GM0037", 32, (0.52, 0.18, 0.25, 0.05), 6, straight=True),
    Profile("GM0047", 27, (0.60, 0.13, 0.22, 0.05), 4, straight=True),
    Profile("GM0106", 70, (0.93, 0.04, 0.01, 0.02), 4, farms_per_area=0.4),
    Profile("GM0109", 35, (0.38, 0.44, 0.09, 0.09), 22),
    Profile("GM0114", 107, (0.52, 0.29, 0.14, 0.05), 14, straight=True),
    Profile("GM0118", 56, (0.70, 0.16, 0.08, 0.06), 8),
    Profile("GM0119", 34, (0.80, 0.12, 0.03, 0.05), 3),
    Profile("GM0765", 12, (0.00, 0.44, 0.50, 0.06), 2, straight=True),
    Profile("GM1680", 25, (0.20, 0.58, 0.11, 0.11), 26),
    Profile("GM1681", 25, (0.17, 0.53, 0.21, 0.09), 18, straight=True),
    Profile("GM1690", 24, (0.20, 0.58, 0.06, 0.16), 20),
    Profile("GM1699", 32, (0.38, 0.48, 0.04, 0.10), 18),
    Profile("GM1701", 20, (0.15, 0.65, 0.04, 0.16), 22),
    Profile("GM1730", 34, (0.28, 0.60, 0.03, 0.09), 14),
    Profile("GM1731", 34, (0.33, 0.49, 0.06, 0.12), 20),
    Profile("GM1895", 38, (0.45, 0.33, 0.15, 0.07), 20, straight=True),
    Profile("GM1950", 26, (0.20, 0.48, 0.21, 0.11), 18, straight=True),
    Profile("GM1952", 61, (0.48, 0.30, 0.16, 0.06), 20, straight=True),
    Profile("GM1966", 48, (0.15, 0.70, 0.03, 0.12), 40),
    Profile("GM1969", 64, (0.17, 0.66, 0.08, 0.09), 35),
    Profile("GM1979", 46, (0.42, 0.47, 0.03, 0.08), 28),
)


@dataclass(frozen=True, slots=True)
class Land:
    """The municipalities, in the order of their codes: everything else refers to their position.

    Args:
        areas: code, naam, oppervlakte_km2 and geometry in EPSG:28992.
        profiles: One for each.
        index: Answers in which of them a point lies.
        counts: Shape (22, 4), addresses of each kind (TOWN, VILLAGE, RIBBON, YARD).
        farms: Shape (22,), how many of the scattered yards are farms.
        villages: Shape (22,).
        scale: 1 is the whole.
    """

    areas: gpd.GeoDataFrame
    profiles: tuple[Profile, ...]
    index: AreaIndex
    counts: Integers
    farms: Integers
    villages: Integers
    scale: float

    def municipality(self, x: Floats, y: Floats) -> Integers:
        """The position of the municipality in which each point lies, -1 outside."""
        return self.index.assign(x, y).astype(np.int64)


def survey_land(scale: float) -> Land:
    """The land with what will stand on it.

    Args:
        scale: 1 for 520,000 addresses; the mix of kinds stays the same.

    Raises:
        AtlasError: a scale that is too small or too large.
    """
    if not SMALLEST_SCALE <= scale <= LARGEST_SCALE:
        raise AtlasError(
            "De demo kan niet op deze schaal worden gemaakt.",
            got=str(scale),
            expected=f"een getal van {SMALLEST_SCALE:g} tot en met {LARGEST_SCALE:g}; 1 is de volle omvang",
        )
    areas = load_boundaries("gemeente")
    by_code = {profile.code: profile for profile in PROFILES}
    profiles = tuple(by_code[code] for code in areas["code"])
    inhabitants = np.array([profile.inhabitants for profile in profiles])
    totals = apportion(round(ADDRESSES * scale), inhabitants)
    counts = np.array(
        [apportion(total, profile.shares) for total, profile in zip(totals, profiles, strict=True)]
    )
    rural = np.array([profile.farms_per_area for profile in profiles]) * areas["oppervlakte_km2"].to_numpy()
    farms = apportion(round(FARMS * scale), rural)
    # where few addresses are to be had, yards go before ribbons
    short = np.maximum(farms * 3 // 2 - counts[:, YARD], 0)
    counts[:, YARD] += short
    counts[:, VILLAGE] -= short
    wanted = np.array([profile.villages for profile in profiles]) * min(scale, 1.0) ** 0.5
    villages = np.clip(np.round(wanted), 1, np.maximum(counts[:, VILLAGE] // 12, 1)).astype(np.int64)
    index = AreaIndex(areas.geometry, points=round(2 * ADDRESSES * scale))
    return Land(areas, profiles, index, counts, farms, villages, scale)


def apportion(total: int, weights: Floats | tuple[float, ...]) -> Integers:
    """Divide a number in whole parts by weight (largest remainder), so that they add up to it exactly."""
    weights = np.asarray(weights, dtype=np.float64)
    exact = total * weights / weights.sum()
    parts = np.floor(exact).astype(np.int64)
    rest = int(total - parts.sum())
    parts[np.argsort(parts - exact, kind="stable")[:rest]] += 1
    return parts


def ranks(group: Integers) -> Integers:
    """The position of each member within its group, in the order of the array."""
    order = np.argsort(group, kind="stable")
    size = np.bincount(group, minlength=1)
    first = np.cumsum(size) - size
    rank = np.empty(group.size, dtype=np.int64)
    rank[order] = np.arange(group.size) - first[group[order]]
    return rank
