"""Invented houses outside villages: ribbons along roads, and yards scattered behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .land import RIBBON, YARD, apportion
from .roads import SAMPLES
from .streets import Houses

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .land import Land
    from .roads import Roads

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

RIBBON_PER_KM, STRAIGHT_RIBBON_PER_KM = 24, 46
"""Addresses along a kilometre of road, both sides together."""

CELL_M = 50
"""Side of the cells with which is seen whether something stands too near."""

YARDS_APART_M = 70
_ROUNDS = 8
_FAR_YARDS = 0.22
_SHORTEST_PIECE_M = 350


@dataclass(frozen=True, slots=True)
class _Spots:
    """Where houses come: piece of road, how far along it (0-1), metres from the middle of the road."""

    street: Integers
    place_on: Floats
    setback_m: Floats


class Built:
    """Where houses stand already, in cells of 50 m: nothing is built there or beside it."""

    def __init__(self, x: Floats, y: Floats) -> None:
        near = [-1, 0, 1]
        self._cells = np.unique(
            np.concatenate([_cell(x + dx * CELL_M, y + dy * CELL_M) for dx in near for dy in near])
        )

    def holds(self, x: Floats, y: Floats) -> NDArray[np.bool_]:
        """Whether each place lies in or beside a cell with a house."""
        if not self._cells.size:
            return np.zeros(x.size, dtype=bool)
        cell = _cell(x, y)
        return self._cells[np.minimum(np.searchsorted(self._cells, cell), self._cells.size - 1)] == cell


class Pieces:
    """Pieces of road in one municipality: the streets of the countryside. Arrays of one length.

    Attributes:
        roads: All roads.
        road: Position in the roads.
        municipality: Position in the land.
        start: Part of the road (0-1) where the piece begins.
        end: And where it ends.
        length_m: Straight length.
    """

    def __init__(self, roads: Roads) -> None:
        owner = np.where(roads.in_town[:, None], -1, roads.municipality)
        road = np.repeat(np.arange(owner.shape[0]), SAMPLES)
        key = road * 64 + owner.ravel()
        pairs, pair = np.unique(key[owner.ravel() >= 0], return_inverse=True)
        sample = np.tile(np.arange(SAMPLES), owner.shape[0])[owner.ravel() >= 0]
        first, last = np.full(pairs.size, SAMPLES), np.zeros(pairs.size, dtype=np.int64)
        np.minimum.at(first, pair, sample)
        np.maximum.at(last, pair, sample)
        self.roads = roads
        self.road, self.municipality = pairs // 64, pairs % 64
        self.start, self.end = first / SAMPLES, (last + 1) / SAMPLES
        self.length_m = roads.length_m[self.road] * (self.end - self.start)


def build_ribbons(
    land: Land, pieces: Pieces, built: Built, wanted: Integers, rng: np.random.Generator
) -> Houses:
    """Houses close together along some roads of each municipality.

    Args:
        land: The municipalities.
        pieces: The roads in each municipality; `street` of the houses refers to them.
        built: The settlements: ribbons begin where they end.
        wanted: Shape (22,), addresses.
        rng: The source of chance.

    Returns:
        At most that many houses.
    """
    piece, place_on = [], []
    for position, profile in enumerate(land.profiles):
        own = np.flatnonzero((pieces.municipality == position) & (pieces.length_m > _SHORTEST_PIECE_M))
        if not wanted[position] or not own.size:
            continue
        per_km = STRAIGHT_RIBBON_PER_KM if profile.straight else RIBBON_PER_KM
        room = pieces.length_m[own] / 1000 * per_km
        liked = 0.35 * pieces.roads.through[pieces.road[own]] + 1.0 * pieces.roads.planned[pieces.road[own]]
        order = np.argsort(rng.random(own.size) - liked, kind="stable")
        # half of what is built falls away where a village stands, or at the border
        enough = np.searchsorted(np.cumsum(room[order]), wanted[position] * 1.3) + 1
        order = order[:enough]
        number = apportion(int(wanted[position] * 1.6) + 4, room[order])
        piece.append(np.repeat(own[order], number))
        place_on.append(_spread(number, rng))
    if not piece:
        return _none()
    street = np.concatenate(piece)
    setback = rng.uniform(15, 27, street.size)
    houses = _beside(land, pieces, _Spots(street, np.concatenate(place_on), setback), RIBBON, rng)
    return _at_most(houses, ~built.holds(houses.x, houses.y), wanted, rng)


def build_yards(
    land: Land, pieces: Pieces, built: Built, wanted: Integers, rng: np.random.Generator
) -> Houses:
    """Scattered houses, most near a road, some far behind it, never two close together.

    As many as wanted, unless there is no room left within a kilometre of a road.
    """
    found = _none()
    for turn in range(_ROUNDS):
        missing = wanted - np.bincount(found.municipality, minlength=wanted.size)
        street = _choose_pieces(pieces, np.where(missing > 0, missing * 2 + 20, 0), rng)
        if not street.size:
            break
        # where the roadside is full, farther behind it
        far = rng.random(street.size) < _FAR_YARDS * (1 + turn)
        setback = rng.uniform(90, 420 + 90 * turn, street.size)
        setback = np.where(far, setback, 18 + rng.exponential(32, street.size))
        more = _beside(land, pieces, _Spots(street, rng.random(street.size), setback), YARD, rng)
        both = Houses(*(np.concatenate(pair) for pair in zip(_columns(found), _columns(more), strict=True)))
        apart = _first_in_cell(both, rng, len(found.x))
        found = _at_most(both, apart & ~built.holds(both.x, both.y), wanted, rng)
    return found


def _choose_pieces(pieces: Pieces, number: Integers, rng: np.random.Generator) -> Integers:
    """For each municipality so many pieces, long ones more often."""
    chosen = []
    for position in np.flatnonzero(number):
        own = np.flatnonzero(pieces.municipality == position)
        if own.size:
            share = pieces.length_m[own] / pieces.length_m[own].sum()
            chosen.append(rng.choice(own, number[position], p=share))
    return np.concatenate(chosen) if chosen else np.empty(0, dtype=np.int64)


def _spread(number: Integers, rng: np.random.Generator) -> Floats:
    """Places (0-1) evenly along each piece, a little shaken."""
    order = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
    return (order + rng.uniform(0.1, 0.9, order.size)) / np.repeat(number, number)


def _beside(land: Land, pieces: Pieces, spots: _Spots, kind: int, rng: np.random.Generator) -> Houses:
    """Houses beside pieces of road; the municipality is -1 when it turns out to be another."""
    street = spots.street
    part = pieces.start[street] + spots.place_on * (pieces.end[street] - pieces.start[street])
    place, left = pieces.roads.along(pieces.road[street], part)
    odd_side = rng.random(street.size) < 0.5  # noqa: PLR2004 - as many on either side
    side = np.where(odd_side, 1.0, -1.0)[:, None]
    place = np.round(place + left * side * spots.setback_m[:, None], 2)
    municipality = land.municipality(*place.T)
    municipality = np.where(municipality == pieces.municipality[street], municipality, -1)
    facing = np.arctan2(-left[:, 1] * side[:, 0], -left[:, 0] * side[:, 0])
    return Houses(
        place[:, 0], place[:, 1], municipality, street, odd_side, part, np.full(street.size, kind),
        np.ones(street.size, dtype=np.int64), facing,
    )  # fmt: skip


def _first_in_cell(houses: Houses, rng: np.random.Generator, settled: int) -> NDArray[np.bool_]:
    """Which houses come first in their cell: those that stand already, then in an order of chance."""
    order = np.concatenate([np.arange(settled), settled + rng.permutation(houses.x.size - settled)])
    side = YARDS_APART_M / CELL_M
    _, first = np.unique(_cell(houses.x / side, houses.y / side)[order], return_index=True)
    apart = np.zeros(houses.x.size, dtype=bool)
    apart[order[first]] = True
    return apart


def _at_most(houses: Houses, fits: NDArray[np.bool_], wanted: Integers, rng: np.random.Generator) -> Houses:
    """Of the houses that fit, in each municipality no more than wanted, chosen by chance."""
    usable = np.flatnonzero(fits & (houses.municipality >= 0))
    usable = usable[rng.permutation(usable.size)]
    usable = usable[np.argsort(houses.municipality[usable], kind="stable")]
    municipality = houses.municipality[usable]
    rank = np.arange(usable.size) - np.searchsorted(municipality, municipality)
    chosen = np.sort(usable[rank < wanted[municipality]])
    return Houses(*(column[chosen] for column in _columns(houses)))


def _columns(houses: Houses) -> tuple[NDArray[np.generic], ...]:
    return tuple(getattr(houses, name) for name in Houses.__slots__)


def _none() -> Houses:
    floats, integers = np.empty(0), np.empty(0, dtype=np.int64)
    return Houses(
        floats, floats, integers, integers, np.empty(0, dtype=bool), floats, integers, integers, floats
    )


def _cell(x: Floats, y: Floats) -> Integers:
    """The number of the cell of 50 m in which a place lies."""
    return np.floor(x / CELL_M).astype(np.int64) * 1_000_000 + np.floor(y / CELL_M).astype(np.int64)
