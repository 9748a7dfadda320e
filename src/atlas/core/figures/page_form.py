"""The form in which a page carries its levels and figures: columns, without what repeats or follows.

`as_columns` writes it and `as_records` reads it again, as `script/data.js` does in the page; tests hold
the three against each other.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import Any

from ..words.notation import UNIT_SUFFIX, format_interval, format_number, format_value
from .estimates import COUNTED

Record = Mapping[str, Any]
#: a column of at most so many different texts is written as a digit for each
_FEW = 10
#: keys of a view that are left out when they are those of the view before it at the same level
_KEPT = ("table", "legend", "axis", "interval_note", "overlap_note", "held")
#: a number in a sentence that differs in nothing else from one view to the next
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
#: states that no line of a legend is for
_SAID_BY_A_CLASS = ("ok", COUNTED)
_SHOWN = ("ok", "indicatief", COUNTED)
_FIGURES = ("value", "low", "high", "n")


def as_columns(payload: Record) -> dict[str, Any]:
    """The levels and indicators of a payload as columns.

    Of a level `areas` are columns (see `_columns`). The `values` of a view are columns too, an area for each
    record; when many areas are alike they are {"kinds": the different values, as columns, "of": for each area
    which of them}. Texts, classes and counts that follow from the rest are left out, and so is what a view
    has in common with the one before it.

    Returns:
        `levels`, `indicators`, and `search`: what an area may be called, by the codes of what is meant, as
        {"GM0037 GM0118": "alteveer|..."}.
    """
    names: dict[str, list[str]] = {}
    for text, meant in payload["search"]:
        names.setdefault(" ".join(meant), []).append(text)
    codes = {level["id"]: [area["code"] for area in level["areas"]] for level in payload["levels"]}
    return {
        "levels": [{**level, "areas": _columns(level["areas"])} for level in payload["levels"]],
        "search": {meant: "|".join(texts) for meant, texts in names.items()},
        "indicators": [
            {
                **indicator,
                "affix": _affix(indicator),
                "views": _views(indicator, codes),
                "timelines": timelines,
            }
            for indicator, timelines in zip(
                payload["indicators"], _timelines(payload["indicators"]), strict=True
            )
        ],
    }


def _timelines(indicators: Sequence[Record]) -> Iterator[list[dict[str, Any]]]:
    """The timelines of each indicator, without gaps that are those of the one before at the same level."""
    before: dict[str, Any] = {}
    for indicator in indicators:
        written = []
        for line in indicator["timelines"]:
            same = before.get(line["level"]) == line["gaps"]
            before[line["level"]] = line["gaps"]
            written.append({key: value for key, value in line.items() if key != "gaps" or not same})
        yield written


def as_records(data: Record) -> dict[str, Any]:
    """The data of a page with levels and indicators as in the payload; what is no columns stays as it is.

    Args:
        data: The first block of data of a page, also of one that was made before there were columns.

    Raises:
        KeyError, ValueError, TypeError, IndexError: it is no block of a page, or damaged.
    """
    levels = [
        {**level, "areas": _records(level["areas"]) if "count" in level["areas"] else level["areas"]}
        for level in data.get("levels", [])
    ]
    codes = {level["id"]: [area["code"] for area in level["areas"]] for level in levels}
    states = [state["status"] for state in data.get("states", [])]
    gaps: dict[str, Any] = {}
    search = data.get("search", [])
    if isinstance(search, dict):
        search = [[text, meant.split(" ")] for meant, texts in search.items() for text in texts.split("|")]
    return {
        **data,
        "levels": levels,
        "search": sorted(search),
        "indicators": [
            _read_indicator(indicator, codes, states, gaps) if "affix" in indicator else indicator
            for indicator in data["indicators"]
        ],
    }


def _affix(indicator: Record) -> list[str]:
    """What stands before and behind a number of this indicator."""
    return ["€ " if indicator["unit"] == "eur" else "", UNIT_SUFFIX[indicator["unit"]]]


def _views(indicator: Record, codes: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    before: dict[str, dict[str, Any]] = {}
    written = []
    for view in indicator["views"]:
        whole = _view(view, indicator, codes[view["level"]])
        last = before.get(view["level"], {})
        written.append({
            key: value for key, value in whole.items() if key not in _KEPT or last.get(key) != value
        })  # fmt: skip
        before[view["level"]] = whole
    return written


def _view(view: Record, indicator: Record, codes: Sequence[str]) -> dict[str, Any]:
    legend, references = view["legend"], view["references"]
    return {
        **view,
        "values": _by_area(_values(view, indicator, codes)),
        "legend": {
            **{key: value for key, value in legend.items() if key != "states"},
            "classes": [{**entry, "count": 0} for entry in legend["classes"]],
        },
        "overlap_note": _NUMBER.sub("#", view["overlap_note"]),
        "overlap": _NUMBER.findall(view["overlap_note"]),
        "held": [[entry["code"], entry["label"]] for entry in references],
        "references": _columns([
            _told({key: value for key, value in entry.items() if key not in ("code", "label")}, indicator)
            for entry in references
        ]),
        "pairs": _pairs(view),
    }  # fmt: skip


def _by_area(records: Sequence[Record]) -> dict[str, Any]:
    kinds: dict[str, int] = {}
    of = [kinds.setdefault(json.dumps(record), len(kinds)) for record in records]
    if 2 * len(kinds) > len(records):
        return _columns(records)
    return {"kinds": _columns([json.loads(kind) for kind in kinds]), "of": " ".join(map(str, of))}


def _values(view: Record, indicator: Record, codes: Sequence[str]) -> list[dict[str, Any]]:
    """The values in the order of the areas, without what follows: texts, and when all do class and circle."""
    values, legend = [view["values"][code] for code in codes], view["legend"]
    short = [_told(value, indicator) for value in values]
    for name, follows in (("class", _class_of), ("radius", _radius)):
        if all(name in value and value[name] == follows(value, legend) for value in values):
            for value in short:
                del value[name]
    return short


def _class_of(value: Record, legend: Record) -> int | None:
    if value["value"] is None or value["status"] not in _SHOWN:
        return None
    return bisect_left(legend["breaks"], value["value"], lo=1) - 1 if legend["breaks"] else 0


def _radius(value: Record, legend: Record) -> float:
    radius_of_one: float = legend["circles"]["radius_of_one"]
    return math.floor(100 * radius_of_one * math.sqrt(value["value"] or 0) + 0.5) / 100


def _told(record: Record, indicator: Record) -> dict[str, Any]:
    """A record with its texts left out as far as a reader's browser writes the same."""
    short = dict(record)
    for name, (numbers, text) in _texts(record, indicator).items():
        if record[name] == text and all(_rounds_alike(number, decimals) for number, decimals in numbers):
            short[name] = None
    return short


def _texts(record: Record, indicator: Record) -> dict[str, tuple[list[tuple[float | None, int]], str]]:
    """Name of a text -> the numbers in it with their decimals, and how they are written."""
    unit, decimals = indicator["unit"], indicator["decimals"]
    value, low, high, n = (record[name] for name in _FIGURES)
    return {
        "text": ([(value, decimals)], format_value(value, unit, decimals)),
        "interval_text": ([(low, decimals), (high, decimals)], format_interval(low, high, unit, decimals)),
        "n_text": ([(n, 0)], "" if n is None else format_number(n)),
    }


def _rounds_alike(number: float | None, decimals: int) -> bool:
    """Whether a browser, which rounds a half up, writes the number as we do."""
    if number is None:
        return True
    exact, step = Decimal(number), Decimal(1).scaleb(-decimals)
    return exact.quantize(step, ROUND_HALF_UP) == exact.quantize(step, ROUND_HALF_EVEN)


def _columns(records: Sequence[Record]) -> dict[str, Any]:
    """Records of equal keys by column.

    Returns:
        `count`, `same` (key -> the one value of all), `as` (key -> the column that it is equal to), `few`
        (key -> [the different values, a digit for each record]), `most` (key -> [the value of most, the
        others by the number of the record]) and `each` (key -> a value for each record); only those that
        hold something.
    """
    keys = dict.fromkeys(key for record in records for key in record)
    columns = {key: [record.get(key) for record in records] for key in keys}
    same = {key: column[0] for key, column in columns.items() if all(one == column[0] for one in column)}
    each: dict[str, list[Any]] = {}
    few: dict[str, list[Any]] = {}
    most: dict[str, list[Any]] = {}
    equal: dict[str, str] = {}
    for key, column in columns.items():
        if key in same:
            continue
        double = next((other for other, written in each.items() if written == column), None)
        different = list(dict.fromkeys(column)) if all(isinstance(one, str) for one in column) else []
        if double is not None:
            equal[key] = double
        elif 2 * column.count(None) > len(column):
            most[key] = [None, {str(nth): one for nth, one in enumerate(column) if one is not None}]
        elif 0 < len(different) <= _FEW:
            few[key] = [different, "".join(str(different.index(one)) for one in column)]
        else:
            each[key] = column
    parts = {"same": same, "as": equal, "few": few, "most": most, "each": each}
    return {"count": len(records), **{name: part for name, part in parts.items() if part}}


def _pairs(view: Record) -> dict[str, Any]:
    """The verdicts on pairs: the areas in order, whether each pair is shown, and what does not follow.

    Points and ends follow from the two figures and their intervals, as `data.js` computes them; those that do
    not come out the same are written.
    """
    pairs = view["pairs"]
    if not pairs:
        return {}
    codes = list(dict.fromkeys(code for pair in pairs for code in pair.split()))
    names = [f"{one} {other}" for one, other in combinations(codes, 2)]
    if names != list(pairs):
        return {"all": pairs}
    followed = _differences([view["values"][code] for code in codes])
    told = [pair.rpartition(" ") for pair in pairs.values()]
    exceptions = {
        str(nth): numbers
        for nth, ((numbers, _, _), follows) in enumerate(zip(told, followed, strict=True))
        if numbers != follows
    }
    return {"of": " ".join(codes), "shown": "".join(shown for _, _, shown in told), "but": exceptions}


def _differences(values: Sequence[Record]) -> Iterable[str]:
    """Newcombe's method 10 from two figures and their intervals, in tenths of a point."""
    for one, other in combinations(values, 2):
        points = one["value"] - other["value"]
        below = math.sqrt((one["value"] - one["low"]) ** 2 + (other["high"] - other["value"]) ** 2)
        above = math.sqrt((one["high"] - one["value"]) ** 2 + (other["value"] - other["low"]) ** 2)
        yield " ".join(str(math.floor(10 * one + 0.5)) for one in (points, points - below, points + above))


def _read_indicator(
    indicator: Record, codes: Mapping[str, Sequence[str]], states: Sequence[str], gaps: dict[str, Any]
) -> dict[str, Any]:
    before: dict[str, dict[str, Any]] = {}
    views = []
    for short in indicator["views"]:
        level = short["level"]
        before[level] = {**before.get(level, {}), **short}
        views.append(_read_view(before[level], indicator, codes[level], states))
    timelines = []
    for line in indicator["timelines"]:
        gaps[line["level"]] = line.get("gaps", gaps.get(line["level"]))
        timelines.append({**line, "gaps": gaps[line["level"]]})
    told = {key: value for key, value in indicator.items() if key != "affix"}
    return {**told, "views": views, "timelines": timelines}


def _read_view(
    short: Record, indicator: Record, codes: Sequence[str], states: Sequence[str]
) -> dict[str, Any]:
    packed, legend = short["values"], short["legend"]
    kinds = [_read_value(record, indicator, legend) for record in _records(packed.get("kinds", packed))]
    of = map(int, packed["of"].split()) if packed.get("of") else range(len(codes))
    values = {code: kinds[kind] for code, kind in zip(codes, of, strict=True)}
    classes = Counter(value["class"] for value in values.values())
    present = Counter(value["status"] for value in values.values())
    numbers = iter(short["overlap"])
    return {
        **{key: value for key, value in short.items() if key not in ("held", "overlap")},
        "values": values,
        "legend": {
            **legend,
            "classes": [
                {**entry, "count": classes[position]} for position, entry in enumerate(legend["classes"])
            ],
            "states": [
                {"status": status, "count": present[status]}
                for status in states
                if present[status] and status not in _SAID_BY_A_CLASS
            ],
        },
        "references": [
            {"code": code, "label": label, **_with_texts(record, indicator)}
            for (code, label), record in zip(short["held"], _records(short["references"]), strict=True)
        ],
        "overlap_note": re.sub("#", lambda _found: next(numbers), short["overlap_note"]),
        "pairs": _read_pairs(short["pairs"], values),
    }


def _read_value(record: Record, indicator: Record, legend: Record) -> dict[str, Any]:
    value = _with_texts(record, indicator)
    value.setdefault("class", _class_of(value, legend))
    if "circles" in legend:
        value.setdefault("radius", _radius(value, legend))
    return value


def _with_texts(record: Record, indicator: Record) -> dict[str, Any]:
    follows = _texts(record, indicator)
    return {**record, **{name: text for name, (_, text) in follows.items() if record[name] is None}}


def _records(columns: Record) -> list[dict[str, Any]]:
    records = []
    few, most = columns.get("few", {}), columns.get("most", {})
    for nth in range(columns["count"]):
        record = dict(columns.get("same", {}))
        record |= {key: different[int(which[nth])] for key, (different, which) in few.items()}
        record |= {key: others.get(str(nth), common) for key, (common, others) in most.items()}
        record |= {key: column[nth] for key, column in columns.get("each", {}).items()}
        record |= {key: record[other] for key, other in columns.get("as", {}).items()}
        records.append(record)
    return records


def _read_pairs(packed: Record, values: Mapping[str, Record]) -> dict[str, str]:
    if "of" not in packed:
        return dict(packed.get("all", {}))
    codes = packed["of"].split()
    names = [f"{one} {other}" for one, other in combinations(codes, 2)]
    followed = _differences([values[code] for code in codes])
    return {
        name: f"{packed['but'].get(str(nth), numbers)} {shown}"
        for nth, (name, numbers, shown) in enumerate(zip(names, followed, packed["shown"], strict=True))
    }
