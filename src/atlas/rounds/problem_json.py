"""The problem of a round as JSON: `docs/rondes.md` describes it, its schema is in `data/rounds`.

Only places, stops, team days and a matrix of seconds are asked; everything else has a default, so that a
bare instance of the literature is a problem too. What is not known is left alone, unless it looks like a
typing error.
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import numpy as np

from ..core.words.errors import AtlasError
from ..core.words.notation import counted
from .json_values import (
    decimal_or_none,
    flag,
    items,
    one_of,
    one_or_more,
    read_json,
    text,
    texts,
    unique,
    whole,
    whole_or_none,
    wrong,
)  # fmt: skip
from .problem import (
    MOVE_PRICE_S,
    NEAR_PRICE_S,
    NO_ROAD_S,
    Lunch,
    Place,
    Problem,
    Spread,
    Stop,
    TeamDay,
    Window,
    Wish,
)  # fmt: skip
from .straight import straight_matrices

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    from numpy.typing import NDArray

    from .json_values import Json

    Travelling: TypeAlias = Callable[
        [tuple[Place, ...]], tuple[NDArray[np.float64], NDArray[np.float64], str]
    ]

VERSION = 1
#: how near two yards are that go to one team on one day, when their places have coordinates
NEAR_S = 120
#: the end of a day for a team that says none: of an instance in a unit of its own, far away
_NO_END_S = 10**9
#: where the Netherlands lie, EPSG:28992
_RD_X, _RD_Y = (0, 300_000), (300_000, 640_000)
_KINDS = ("", "preventief", "toezicht")
_KEYS = {
    "": (
        "version", "note", "places", "stops", "team_days", "seconds", "metres", "minimise", "near_s",
        "near_price", "move_price", "spread", "travel_note",
    ),
    "places": ("id", "x_rd", "y_rd", "municipality"),
    "stops": (
        "id", "place", "service_s", "window_s", "windows", "window_ends_with_service", "wishes",
        "days",
        "must", "prize", "group", "load", "kind", "people", "municipality", "locked_team_day",
        "promised_team_day",
    ),
    "team_days": (
        "id", "team", "day", "start", "end", "from_s", "to_s", "shift_s", "most_visits", "people",
        "municipalities", "lunch", "capacity", "count", "fixed_cost",
    ),
}  # fmt: skip


def read_problem(path: Path, travel: Travelling | None = None) -> Problem:
    """Read a problem from a file.

    Args:
        path: JSON, packed with gzip or not.
        travel: See `problem_from`.

    Raises:
        AtlasError: see `problem_from`, or the file is no JSON.
    """
    return problem_from(read_json(path), travel)


def problem_from(item: Json, travel: Travelling | None = None) -> Problem:
    """A problem from the value of its JSON.

    Args:
        item: The value.
        travel: Reckons seconds, metres and a note for a problem without a matrix; None: by the straight line.

    Raises:
        AtlasError: what is wrong, and where it stands.
    """
    version = whole(item.get("version", VERSION), "version", least=1)
    if version > VERSION:
        raise AtlasError(
            "Deze opgave is van een nieuwere versie.", where="version", got=str(version),
            expected=str(VERSION), hint="Gebruik een nieuwere versie van de atlas.",
        )  # fmt: skip
    _no_typing_errors(item, "", "")
    places = tuple(_place(*each) for each in items(item, "places", ""))
    unique([one.id for one in places], "places")
    index = {one.id: number for number, one in enumerate(places)}
    stops = tuple(_stop(each, where, index, places) for each, where in items(item, "stops", ""))
    unique([one.id for one in stops], "stops")
    team_days = tuple(
        one
        for number, (each, where) in enumerate(items(item, "team_days", ""))
        for one in _team_days(each, where, index, number)
    )
    unique([one.id for one in team_days], "team_days")
    _same_days(stops, team_days)
    if not places:
        raise wrong("places", item.get("places"), "een lijst met ten minste één plaats")
    seconds, metres, travel_note = _travel(item, places, travel)
    minimise = one_of(text(item, "minimise", "", "seconds"), ("seconds", "metres"), "minimise")
    if minimise == "metres" and metres is None:
        raise wrong("metres", None, "een matrix, omdat 'minimise' om meters vraagt")
    near = whole_or_none(item, "near_s", "")
    if near is None:
        near = NEAR_S if any(one.x_rd is not None for one in places) else 0
    return Problem(
        places, stops, team_days, seconds, metres, minimise, near,
        whole(item.get("near_price", NEAR_PRICE_S), "near_price"),
        whole(item.get("move_price", MOVE_PRICE_S), "move_price"),
        _spread(item), text(item, "travel_note", "") or travel_note, text(item, "note", ""),
    )  # fmt: skip


def _no_typing_errors(item: Json, kind: str, where: str) -> None:
    """An unknown key that looks like a known one is a mistake; any other is the maker's own."""
    for key in item:
        if key in _KEYS[kind]:
            continue
        meant = difflib.get_close_matches(key, _KEYS[kind], n=1, cutoff=0.85)
        if meant and meant[0] not in item:
            raise AtlasError(
                "De opgave heeft een sleutel die niet bestaat.", where=where or "opgave", got=key,
                expected=meant[0], hint="Verbeter de naam, of geef uw eigen sleutel een andere.",
            )  # fmt: skip


def _place(item: Json, where: str) -> Place:
    _no_typing_errors(item, "places", where)
    name = text(item, "id", where)
    if not name:
        raise wrong(f"{where}.id", item.get("id"), "een naam")
    return Place(
        name,
        decimal_or_none(item, "x_rd", where),
        decimal_or_none(item, "y_rd", where),
        text(item, "municipality", where),
    )


def _at(item: Json, key: str, where: str, index: dict[str, int]) -> int:
    name = text(item, key, where)
    if name not in index:
        raise AtlasError(
            "Deze plaats staat niet in de opgave.", where=f"{where}.{key}", got=name or "niets",
            expected="de id van een van de 'places'",
        )  # fmt: skip
    return index[name]


def _stop(item: Json, where: str, index: dict[str, int], places: tuple[Place, ...]) -> Stop:
    _no_typing_errors(item, "stops", where)
    place = _at(item, "place", where, index)
    windows = [_window(each, inner) for each, inner in items(item, "windows", where)]
    if item.get("window_s") is not None:
        windows.append(Window(*_from_to(item["window_s"], f"{where}.window_s")))
    prize = whole(item.get("prize", 0), f"{where}.prize")
    return Stop(
        id=text(item, "id", where) or places[place].id,
        place=place,
        service_s=whole(item.get("service_s", 0), f"{where}.service_s"),
        windows=tuple(windows),
        ends_within=flag(item, "window_ends_with_service", where, default=False),
        wishes=tuple(
            Wish(_window(each, inner), whole(each.get("price", 600), f"{inner}.price"))
            for each, inner in items(item, "wishes", where)
        ),
        days=texts(item, "days", where),
        must=flag(item, "must", where, default=prize == 0),
        prize=prize,
        group=text(item, "group", where),
        load=_amounts(item, "load", where),
        kind=one_of(text(item, "kind", where), _KINDS, f"{where}.kind"),
        people=whole(item.get("people", 1), f"{where}.people"),
        municipality=text(item, "municipality", where) or places[place].municipality,
        locked_team_day=text(item, "locked_team_day", where),
        promised_team_day=text(item, "promised_team_day", where),
    )


def _window(item: Json, where: str) -> Window:
    begin, end = _from_to([item.get("from_s"), item.get("to_s")], where)
    return Window(begin, end, text(item, "day", where))


def _from_to(value: object, where: str) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004 - a pair
        raise wrong(where, value, "twee momenten: van en tot, in seconden na 00:00")
    begin, end = whole(value[0], f"{where} van"), whole(value[1], f"{where} tot")
    if end < begin:
        raise AtlasError(
            "Een tijdvenster eindigt voor het begint.", where=where, got=f"van {begin} tot {end}",
            expected="'tot' niet voor 'van'",
        )  # fmt: skip
    return begin, end


def _amounts(item: Json, key: str, where: str) -> tuple[int, ...]:
    return tuple(whole(one, f"{where}.{key}") for one in one_or_more(item, key, where))


def _team_days(item: Json, where: str, index: dict[str, int], number: int) -> list[TeamDay]:
    _no_typing_errors(item, "team_days", where)
    start = _at(item, "start", where, index)
    team = text(item, "team", where) or text(item, "start", where)
    day = text(item, "day", where, "0")
    count = whole(item.get("count", 1), f"{where}.count", most=10_000)
    begin = whole(item.get("from_s", 0), f"{where}.from_s")
    end = whole(item.get("to_s", _NO_END_S), f"{where}.to_s")
    if end < begin:
        raise AtlasError(
            "Een dienst eindigt voor ze begint.", where=where, got=f"van {begin} tot {end}",
            expected="'to_s' niet voor 'from_s'",
        )  # fmt: skip
    one = TeamDay(
        id=text(item, "id", where) or f"{team}/{day}/{number + 1}",
        team=team,
        day=day,
        start=start,
        end=_at(item, "end", where, index) if item.get("end") is not None else start,
        from_s=begin,
        to_s=end,
        shift_s=whole_or_none(item, "shift_s", where),
        most_visits=whole_or_none(item, "most_visits", where),
        people=whole(item.get("people", 1), f"{where}.people"),
        municipalities=texts(item, "municipalities", where),
        lunch=_lunch(item, where),
        capacity=_amounts(item, "capacity", where),
        fixed_cost=whole(item.get("fixed_cost", 0), f"{where}.fixed_cost"),
    )
    return [one] if count == 1 else [replace(one, id=f"{one.id}#{each + 1}") for each in range(count)]


def _lunch(item: Json, where: str) -> Lunch | None:
    value = item.get("lunch")
    if value is None:
        return None
    place = f"{where}.lunch"
    if not isinstance(value, dict):
        raise wrong(place, value, "een object met length_s en starts_between_s")
    lunch = cast("Json", value)
    between = _from_to(lunch.get("starts_between_s"), f"{place}.starts_between_s")
    return Lunch(whole(lunch.get("length_s"), f"{place}.length_s"), *between)


def _spread(item: Json) -> Spread:
    value = item.get("spread")
    if value is None:
        return Spread()
    if not isinstance(value, dict):
        raise wrong("spread", value, "een object met visits of work_s")
    bound = cast("Json", value)
    return Spread(whole_or_none(bound, "visits", "spread"), whole_or_none(bound, "work_s", "spread"))


def _same_days(stops: tuple[Stop, ...], team_days: tuple[TeamDay, ...]) -> None:
    """A lock or promise names a team-day of another problem: the maker must know."""
    for number, stop in enumerate(stops):
        for name in (stop.locked_team_day,):
            if name and team_days and all(one.id != name for one in team_days):
                near = difflib.get_close_matches(name, [one.id for one in team_days], n=1, cutoff=0.8)
                if near:
                    raise AtlasError(
                        "Deze teamdag staat niet in de opgave.", where=f"stops[{number}].locked_team_day",
                        got=name, expected=near[0],
                    )  # fmt: skip


def _travel(
    item: Json, places: tuple[Place, ...], travel: Travelling | None
) -> tuple[NDArray[np.int64], NDArray[np.int64] | None, str]:
    """The matrices that the file has, or those that are reckoned for its places, with what they rest on."""
    if item.get("seconds") is not None:
        if travel is not None:
            raise AtlasError(
                "De opgave heeft al reistijden.", where="seconds",
                hint="Laat 'seconds' en 'metres' weg om ze over de wegen te rekenen, of geef geen wegen.",
            )  # fmt: skip
        metres = None if item.get("metres") is None else _matrix(item["metres"], "metres", len(places))
        return _matrix(item["seconds"], "seconds", len(places)), metres, ""
    for number, place in enumerate(places):
        if place.x_rd is None or place.y_rd is None:
            raise wrong(
                f"places[{number}]", place.id, "x_rd en y_rd, of anders een matrix 'seconds' in de opgave"
            )
        if not (_RD_X[0] < place.x_rd < _RD_X[1] and _RD_Y[0] < place.y_rd < _RD_Y[1]):
            got = f"x_rd {place.x_rd:g}, y_rd {place.y_rd:g}"
            raise wrong(
                f"places[{number}]", got, "coördinaten in meters van het Rijksdriehoeksstelsel (EPSG:28992)"
            )
    seconds, metres_far, note = (travel or straight_matrices)(places)
    return _whole_matrix(seconds), _whole_matrix(metres_far), note


def _whole_matrix(matrix: NDArray[np.float64]) -> NDArray[np.int64]:
    whole_numbers = np.where(np.isfinite(matrix), np.rint(np.nan_to_num(matrix, posinf=0)), NO_ROAD_S)
    return whole_numbers.astype(np.int64)


def _matrix(value: object, where: str, size: int) -> NDArray[np.int64]:
    """A square matrix; null is no road. Decimals are rounded."""
    expected = f"een tabel van {size} bij {size} getallen, in de volgorde van 'places'; null is geen weg"
    if not isinstance(value, list) or len(value) != size:
        raise wrong(
            where, counted(len(value), "rij", "rijen") if isinstance(value, list) else value, expected
        )
    rows = np.empty((size, size), dtype=np.int64)
    for number, row in enumerate(value):
        if not isinstance(row, list) or len(row) != size:
            got = f"{len(row)} getallen" if isinstance(row, list) else row
            raise wrong(f"{where}[{number}]", got, expected)
        try:
            numbers = np.array([np.nan if one is None else one for one in row], dtype=np.float64)
        except (TypeError, ValueError):
            raise wrong(f"{where}[{number}]", row, expected) from None
        impossible = numbers[(numbers < 0) | (numbers > NO_ROAD_S * 100)]
        if impossible.size:
            raise wrong(f"{where}[{number}]", float(impossible[0]), "geen negatief of onmogelijk groot getal")
        rows[number] = np.where(np.isnan(numbers), NO_ROAD_S, np.rint(np.nan_to_num(numbers))).astype(
            np.int64
        )
    np.minimum(rows, NO_ROAD_S, out=rows)
    np.fill_diagonal(rows, 0)
    return rows
