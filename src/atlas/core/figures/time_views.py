"""All periods of a figure at one level as one view: what a map with a clock shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..tables.periods import period_end, period_start

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: what stands for a period where all of them together are meant
THROUGH_TIME = "verloop"


def views_through_time(payload: Mapping[str, Any], indicator: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A view of all periods together for each level at which the indicator has several with a date."""
    areas = {level["id"]: level["areas"] for level in payload["levels"]}
    found = (view_through_time(indicator, line, areas[line["level"]]) for line in indicator["timelines"])
    return list({view["level"]: view for view in found if view}.values())


def view_through_time(
    indicator: Mapping[str, Any], line: Mapping[str, Any], areas: Sequence[Mapping[str, Any]]
) -> dict[str, Any] | None:
    """All periods of a timeline as one view, for a map with a clock: one legend, one style, one layer.

    Args:
        indicator: Of the payload.
        line: One of its timelines.
        areas: The areas of its level.

    Returns:
        A view as the payload has them, of which `values` goes by "period code", with `moments` (period,
        label, first day, first day after it; oldest first) and `gaps` (area code, period, why). A class of
        the legend says in which `periods` its `number` holds when that is not all. None when a period has
        no date.
    """
    views = {view["period"]: view for view in indicator["views"] if view["level"] == line["level"]}
    shown = [views[period] for period in line["periods"]]
    days = [(period_start(view["period"]), period_end(view["period"])) for view in shown]
    if not all(start for start, _end in days):
        return None
    labels = {area["code"]: area["label"] for area in areas}
    gaps = [(code, period, note) for code, broken in line["gaps"].items() for period, note in broken.items()]
    statuses = {state["status"]: state for view in shown for state in view["legend"]["states"]}
    newest = shown[-1]
    return {
        **newest,
        "period": THROUGH_TIME,
        "period_label": f"{shown[0]['period_label']} – {newest['period_label']}",
        "moments": [
            (view["period"], view["period_label"], *day) for view, day in zip(shown, days, strict=True)
        ],
        "gaps": gaps,
        "values": {
            f"{view['period']} {code}": value for view in shown for code, value in view["values"].items()
        },
        "legend": {**newest["legend"], "classes": _classes(shown), "states": list(statuses.values())},
        "interval_note": " ".join(dict.fromkeys(view["interval_note"] for view in shown)).strip(),
        "overlap_note": " ".join(dict.fromkeys(f"{labels[code]}: {note}" for code, _period, note in gaps)),
        "pairs": [],
    }


def _classes(views: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The classes of all periods: a period with too few areas for them has one of its own."""
    found: dict[tuple[int, str, str], list[str]] = {}
    for view in views:
        for number, entry in enumerate(view["legend"]["classes"]):
            found.setdefault((number, entry["label"], entry["colour"]), []).append(view["period"])
    return [
        {"number": number, "label": label, "colour": colour}
        | ({} if len(periods) == len(views) else {"periods": periods})
        for (number, label, colour), periods in found.items()
    ]
