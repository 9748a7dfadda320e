"""Moments, lengths of time and days as a planner reads them."""

from __future__ import annotations

import re

from ..core.words.notation import counted, format_number, format_period

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86400


def clock(moment_s: int) -> str:
    """Seconds after midnight as 11:30; seconds are shown when there are any, later days as +1."""
    days, rest = divmod(moment_s, _DAY_S)
    hours, rest = divmod(rest, _HOUR_S)
    minutes, seconds = divmod(rest, _MINUTE_S)
    text = f"{hours:02d}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")
    return f"{text} (dag {days:+d})" if days else text


def length(seconds: int) -> str:
    """A length of time: 45 seconden, 12 minuten, 2,5 uur."""
    if seconds < _MINUTE_S:
        return counted(seconds, "seconde", "seconden")
    if seconds < 2 * _HOUR_S:
        return counted(round(seconds / _MINUTE_S), "minuut", "minuten")
    return f"{format_number(seconds / _HOUR_S, 1)} uur"


def day_words(day: str) -> str:
    """A day: a date in words, or "dag 2"."""
    return format_period(day) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) else f"dag {day}"
