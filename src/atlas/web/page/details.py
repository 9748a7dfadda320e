"""Levels with hundreds of areas (wijken, buurten, squares) written short: what repeats stands there once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]


def shortened(payload: Record) -> dict[str, Any]:
    """The levels and indicators of a payload; what belongs to a detail level is shortened, the rest as it is.

    Of a detail level `areas` are columns (see `_columns`), and the `values` of a view are {"kinds": the
    different values, as columns, "of": for each area which of them}: few areas have a count of their own.

    Returns:
        `levels` and `indicators`.
    """
    codes = {
        level["id"]: [area["code"] for area in level["areas"]]
        for level in payload["levels"]
        if level.get("detail")
    }
    return {
        "levels": [
            {**level, "areas": _columns(level["areas"])} if level["id"] in codes else level
            for level in payload["levels"]
        ],
        "indicators": [
            {**indicator, "views": [_view(view, codes.get(view["level"])) for view in indicator["views"]]}
            for indicator in payload["indicators"]
        ],
    }


def _columns(records: Sequence[Record]) -> dict[str, Any]:
    """Records of equal keys by column.

    Returns:
        `count`, `same` (key -> the one value of all), `as` (key -> the column that it is equal to) and
        `each` (key -> a value for each record).
    """
    columns = {key: [record[key] for record in records] for key in (records[0] if records else ())}
    same = {key: column[0] for key, column in columns.items() if all(one == column[0] for one in column)}
    each: dict[str, list[Any]] = {}
    equal: dict[str, str] = {}
    for key, column in columns.items():
        if key in same:
            continue
        double = next((other for other, written in each.items() if written == column), None)
        if double is None:
            each[key] = column
        else:
            equal[key] = double
    return {"count": len(records), "same": same, "as": equal, "each": each}


def _view(view: Record, codes: Sequence[str] | None) -> Record:
    if codes is None:
        return view
    kinds: dict[str, int] = {}
    of = [kinds.setdefault(json.dumps(view["values"][code]), len(kinds)) for code in codes]
    different = [json.loads(kind) for kind in kinds]
    return {**view, "values": {"kinds": _columns(different), "of": " ".join(map(str, of))}}
