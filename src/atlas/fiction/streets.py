"""The streets of invented villages and towns, and the houses along them.

A district has parallel streets with cross streets between them, gently bent, in the direction of the road
that enters it. A block is the piece of a street between two cross streets; blocks nearest to the centre are
built first, until everybody has an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .land import TOWN, VILLAGE
from .settlements import FABRICS, FLAT_UNITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .land import Land
    from .roads import Roads
    from .settlements import Districts, Settlements

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

BLOCK_M = 150
"""About the length of a block."""

CROSSING_M = 7
"""Between the first house and the middle of the cross street."""

BLOCKS_IN_STREET = 3
"""After so many blocks a street gets another name."""

_SURPLUS = 1.06  # more blocks than needed on average: some houses fall away at the border


@dataclass(frozen=True, slots=True)
class Pattern:
    """How each district is laid out. Arrays of one length, one for each district.

    Args:
        district: Its settlement and centre.
        angle: Direction of the streets, radians from east.
        houses: On one side of a block.
        house_m: Width of a plot.
        street_m: Between parallel streets.
        wave: Shape (n, 4): amplitude (m) and phase of the bend of streets, and of cross streets.
    """

    district: Districts
    angle: Floats
    houses: Integers
    house_m: Floats
    street_m: Floats
    wave: Floats

    @property
    def block_m(self) -> Floats:
        """Length of a block with its crossing."""
        return self.houses * self.house_m + 2 * CROSSING_M

    def place(self, district: Integers, along: Floats, across: Floats) -> Floats:
        """From metres along and across the streets of a district to EPSG:28992, shape (n, 2)."""
        bend, phase, skew, other = self.wave[district].T
        u = along + skew * (np.sin(across / 190 + other) - np.sin(other))
        v = across + bend * (np.sin(along / 230 + phase) - np.sin(phase))
        cos, sin = np.cos(self.angle[district]), np.sin(self.angle[district])
        return np.column_stack(
            [self.district.x[district] + u * cos - v * sin, self.district.y[district] + u * sin + v * cos]
        )


@dataclass(frozen=True, slots=True)
class Houses:
    """Buildings with addresses, arrays of one length.

    Args:
        x: EPSG:28992, in centimetres precisely.
        y: The same.
        municipality: Position in the land.
        street: Number of the street, from 0.
        odd_side: Whether its house numbers are odd.
        order: Metres along the street.
        kind: TOWN, VILLAGE, RIBBON or YARD.
        units: Addresses in it.
        facing: Direction from house to street, radians.
    """

    x: Floats
    y: Floats
    municipality: Integers
    street: Integers
    odd_side: NDArray[np.bool_]
    order: Floats
    kind: Integers
    units: Integers
    facing: Floats


@dataclass(frozen=True, slots=True)
class Streets:
    """Pieces of street between two nodes. Arrays of one length.

    Args:
        places: Shape (k, 2): where the nodes are.
        start: Node, position in `places`.
        end: Node.
        street: Number of the street it belongs to.
        settlement: Shape (number of streets,): the settlement of each street.
        district: Shape (k,): for a node that is the centre of a district its number, else -1.
    """

    places: Floats
    start: Integers
    end: Integers
    street: Integers
    settlement: Integers
    district: Integers


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Built blocks: position along and across in their district."""

    district: Integers
    column: Integers
    row: Integers


def choose_patterns(
    settlements: Settlements, districts: Districts, roads: Roads, rng: np.random.Generator
) -> Pattern:
    """A pattern for each district, in the direction of its first through road."""
    count = districts.x.size
    fabric = settlements.fabric[districts.settlement]
    house = np.array([each.house_m for each in FABRICS])[fabric] * rng.uniform(0.88, 1.14, count)
    street = np.array([each.street_m for each in FABRICS])[fabric] * rng.uniform(0.94, 1.08, count)
    angle = rng.uniform(0, np.pi, count)
    straight = roads.nodes[roads.end] - roads.nodes[roads.start]
    entering = np.flatnonzero(roads.through)
    for ends in (roads.end, roads.start):
        at = ends[entering]
        inside = at < count
        angle[at[inside]] = np.arctan2(straight[entering[inside], 1], straight[entering[inside], 0])
    wave = np.column_stack(
        [
            rng.normal(0, 13, count),
            rng.uniform(0, 6, count),
            rng.normal(0, 13, count),
            rng.uniform(0, 6, count),
        ]
    )
    return Pattern(
        districts, angle, np.maximum(np.round(BLOCK_M / house), 3).astype(np.int64), house, street, wave
    )


def build_streets(
    land: Land, settlements: Settlements, pattern: Pattern, rng: np.random.Generator
) -> tuple[Houses, Streets]:
    """Streets and houses of all settlements: as many addresses as each has, near a border fewer."""
    blocks = _built_blocks(land, settlements, pattern, rng)
    place_in_street = np.floor_divide(blocks.column, BLOCKS_IN_STREET)
    key = np.stack([blocks.district, blocks.row, place_in_street])
    streets, street = np.unique(key, axis=1, return_inverse=True)
    houses = _houses(land, settlements, pattern, blocks, street.ravel(), rng=rng)
    return houses, _streets(pattern, blocks, street.ravel(), pattern.district.settlement[streets[0]])


def _built_blocks(
    land: Land, settlements: Settlements, pattern: Pattern, rng: np.random.Generator
) -> _Blocks:
    """The blocks of each settlement that are built: enough for its addresses, from the centre outwards."""
    candidates = _candidate_blocks(settlements, pattern)
    district, column, row = candidates
    settlement = pattern.district.settlement[district]
    fabric = settlements.fabric[settlement]
    block, street = pattern.block_m[district], pattern.street_m[district]
    middle = pattern.place(district, (column + 0.5) * block, row * street)
    keep = _nearest_district(settlements, pattern, district, middle)
    keep &= (rng.random(district.size) >= np.array([each.open_part for each in FABRICS])[fabric]) | (
        (row == 0) & (column >= -1) & (column <= 0)
    )
    for along, across in ((0, -0.45), (0, 0.45), (1, -0.45), (1, 0.45)):
        corner = pattern.place(district, (column + along) * block, (row + across) * street)
        inside = land.municipality(corner[:, 0], corner[:, 1])
        keep &= inside == settlements.municipality[settlement]
    distance = _from_centre(settlements, settlement, middle, rng)
    order = np.lexsort((distance, settlement))
    order = order[keep[order]]
    flats = np.array([each.flats for each in FABRICS])[fabric[order]]
    room = 2 * pattern.houses[district[order]] * (1 + flats * (FLAT_UNITS - 1))
    before = np.cumsum(room) - room
    first = np.searchsorted(settlement[order], settlement[order])
    built = order[before - before[first] < settlements.size[settlement[order]] * _SURPLUS]
    return _Blocks(district[built], column[built], row[built])


def _candidate_blocks(settlements: Settlements, pattern: Pattern) -> tuple[Integers, Integers, Integers]:
    """All blocks within reach of the centre of their district: district, column, row."""
    size = np.bincount(pattern.district.settlement, minlength=settlements.size.size)
    own = settlements.radius_m / np.sqrt(size)  # of the ground of one district
    reach = (own * np.where(size > 1, 1.9, 1.75) + 130)[pattern.district.settlement]
    columns = np.ceil(reach / pattern.block_m).astype(np.int64)
    rows = np.ceil(reach / pattern.street_m).astype(np.int64)
    wide, high = 2 * columns, 2 * rows + 1
    number = wide * high
    district = np.repeat(np.arange(number.size), number)
    cell = np.arange(district.size) - np.repeat(np.cumsum(number) - number, number)
    return district, cell % wide[district] - columns[district], cell // wide[district] - rows[district]


def _nearest_district(
    settlements: Settlements, pattern: Pattern, district: Integers, middle: Floats
) -> NDArray[np.bool_]:
    """Whether a block lies nearest to its own district of the town."""
    own = pattern.district
    nearest = np.ones(district.size, dtype=bool)
    first = np.searchsorted(own.settlement, np.arange(settlements.size.size + 1))
    centres = np.column_stack([own.x, own.y])
    to_own = np.hypot(*(middle - centres[district]).T)
    begin = np.searchsorted(district, np.arange(own.x.size + 1))
    for number in np.flatnonzero(np.diff(first)[own.settlement] > 1):
        here = slice(begin[number], begin[number + 1])
        town = centres[first[own.settlement[number]] : first[own.settlement[number] + 1]]
        near = town[np.argsort(np.hypot(*(town - centres[number]).T), kind="stable")[1:10]]
        away = np.hypot(*(middle[here, None] - near).transpose(2, 0, 1)).min(axis=1)
        nearest[here] = to_own[here] <= away
    return nearest


def _from_centre(
    settlements: Settlements, settlement: Integers, middle: Floats, rng: np.random.Generator
) -> Floats:
    """Distance to the centre, longer in some directions: no settlement is a circle."""
    dx, dy = middle[:, 0] - settlements.x[settlement], middle[:, 1] - settlements.y[settlement]
    angle = np.arctan2(dy, dx)
    phase, size = (
        rng.uniform(0, 2 * np.pi, (3, settlements.size.size)),
        rng.uniform(0.05, 0.2, settlements.size.size),
    )
    stretch = sum(np.sin(times * angle + phase[times - 1][settlement]) for times in (1, 2, 3))
    return np.hypot(dx, dy) * (1 + size[settlement] * stretch) + rng.uniform(0, 25, settlement.size)


def _houses(
    land: Land,
    settlements: Settlements,
    pattern: Pattern,
    blocks: _Blocks,
    street: Integers,
    *,
    rng: np.random.Generator,
) -> Houses:
    """Houses on both sides of each block, of each settlement as many as it has addresses for."""
    number = 2 * pattern.houses[blocks.district]
    block = np.repeat(np.arange(number.size), number)
    spot = np.arange(block.size) - np.repeat(np.cumsum(number) - number, number)
    district = blocks.district[block]
    odd_side, position = spot % 2 == 1, spot // 2
    shake = rng.uniform(-0.2, 0.2, block.size)
    along = blocks.column[block] * pattern.block_m[district] + CROSSING_M
    along = along + (position + 0.5 + shake) * pattern.house_m[district]
    setback = pattern.street_m[district] * rng.uniform(0.19, 0.27, block.size)
    across = blocks.row[block] * pattern.street_m[district] + np.where(odd_side, -setback, setback)
    place = np.round(pattern.place(district, along, across), 2)
    settlement = pattern.district.settlement[district]
    flats = np.array([each.flats for each in FABRICS])[settlements.fabric[settlement]]
    units = np.where(rng.random(block.size) < flats, rng.integers(4, 2 * FLAT_UNITS - 3, block.size), 1)
    inside = land.municipality(*place.T) == settlements.municipality[settlement]
    units = _within_size(np.where(inside, units, 0), settlement, settlements.size)
    chosen = np.flatnonzero(units)
    settlement = settlement[chosen]
    facing = pattern.angle[district[chosen]] + np.where(odd_side[chosen], 0.5, -0.5) * np.pi
    return Houses(
        place[chosen, 0],
        place[chosen, 1],
        settlements.municipality[settlement],
        street[block[chosen]],
        odd_side[chosen],
        along[chosen],
        np.where(settlements.is_town[settlement], TOWN, VILLAGE),
        units[chosen],
        facing,
    )


def _within_size(units: Integers, settlement: Integers, size: Integers) -> Integers:
    """The same units until the settlement is full; settlements follow one another."""
    before = np.cumsum(units) - units
    before -= before[np.searchsorted(settlement, settlement)]
    return np.clip(size[settlement] - before, 0, units)


def _streets(pattern: Pattern, blocks: _Blocks, street: Integers, settlement: Integers) -> Streets:
    """Pieces of street along every block, and what joins them to the centre of their district.

    From each node a cross street leads to the middle street, and that one to the centre: one network. A cross
    street has the name of the street it starts from, or of another one in the district.
    """
    district, column, row = blocks.district, blocks.column, blocks.row
    node = np.unique(np.stack([np.tile(district, 2), np.concatenate([column, column + 1])]), axis=1)
    at = np.concatenate([_key(district, column), _key(district, column + 1)])
    cross_at, cross_row = _between(at, np.tile(row, 2))
    cross_district, cross_column = node[:, np.searchsorted(_key(*node), cross_at)]
    middle_district, middle_column = _between(node[0], node[1])
    own = _key(_key(district, column), row)
    extra = ~np.isin(_key(_key(middle_district, middle_column), np.zeros_like(middle_column)), own)
    middle_district, middle_column = middle_district[extra], middle_column[extra]
    start = np.hstack(
        [
            np.stack([district, column, row]),
            np.stack([middle_district, middle_column, np.zeros_like(middle_column)]),
            np.stack([cross_district, cross_column, cross_row]),
        ]
    )
    step = np.repeat(
        [[1, 1, 0], [0, 0, 1]], (district.size, middle_district.size, cross_district.size), axis=1
    )
    order = np.argsort(own, kind="stable")
    beside = np.minimum(
        np.searchsorted(own, _key(_key(start[0], start[1]), start[2]), sorter=order), own.size - 1
    )
    name = street[order[beside]]  # blocks are in the order of their district: the next one is near
    same = district[order[beside]] == start[0]
    name = np.where(same, name, street[np.minimum(np.searchsorted(district[order], start[0]), own.size - 1)])
    ends = np.hstack([start, start + np.vstack([np.zeros_like(step[:1]), step])])
    nodes, number = np.unique(ends, axis=1, return_inverse=True)
    place = pattern.place(
        nodes[0], nodes[1] * pattern.block_m[nodes[0]], nodes[2] * pattern.street_m[nodes[0]]
    )
    number = number.ravel()
    return Streets(
        np.round(place, 2),
        number[: start.shape[1]],
        number[start.shape[1] :],
        name,
        settlement,
        np.where((nodes[1:] == 0).all(axis=0), nodes[0], -1),
    )


def _between(group: Integers, value: Integers) -> tuple[Integers, Integers]:
    """For each group the whole numbers from 0 to its least and to its greatest value, the last left out."""
    groups, member = np.unique(group, return_inverse=True)
    low, high = np.zeros(groups.size, dtype=np.int64), np.zeros(groups.size, dtype=np.int64)
    np.minimum.at(low, member, value)
    np.maximum.at(high, member, value)
    number = high - low
    steps = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
    return np.repeat(groups, number), np.repeat(low, number) + steps


def _key(group: Integers, value: Integers) -> Integers:
    """Two whole numbers as one that sorts like them; value within plus or minus 2,000."""
    return group * 4_096 + value + 2_048
