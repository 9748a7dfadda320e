"""Whether a clock can be right: one that jumps would erase what may be kept, or stamp what never goes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from ..core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.records.matching import Record

#: fields that say when a record, or a line of the register, was written
_WRITTEN = ("aangemaakt_op", "gewijzigd_op", "ingelezen_op", "tijdstip")
#: clocks of computers differ; a dossier that nobody touched for longer points at a clock that is wrong
_TOLERANCE, _YEARS = timedelta(hours=1), timedelta(days=730)


def check_day(today: date, now: datetime, records: Iterable[Record]) -> None:
    """Check that a day to erase by, and the clock that goes with it, can be right.

    Raises:
        AtlasError: the day is to come, or the clock is before the newest record, or years after it.
    """
    if today > now.astimezone().date():
        raise AtlasError(
            "Er wordt niet gewist op een datum die nog moet komen; er is niets veranderd.",
            got=today.isoformat(), expected="vandaag of eerder",
            hint="Zonder te wissen kunt u wel zien wat er op die datum voorbij is.",
        )  # fmt: skip
    newest = _newest(records)
    if newest is not None and (newest > now + _TOLERANCE or now - newest > _YEARS):
        raise _wrong_clock("er is niets gewist", "wis opnieuw", now, newest)


def check_not_years_later(now: datetime, records: Iterable[Record]) -> None:
    """Check that the clock by which something comes back from the field is not years ahead.

    What would be stamped with it could never be erased: every right clock is before it.

    Raises:
        AtlasError: it is years after the newest record.
    """
    newest = _newest(records)
    if newest is not None and now - newest > _YEARS:
        raise _wrong_clock("er is niets overgenomen", "neem het pakket opnieuw terug", now, newest)


def years_ahead(moments: Iterable[object], now: datetime) -> int:
    """How many moments are years after a clock: of a phone whose date is wrong."""
    read = (_read(str(moment)) for moment in moments if moment)
    return sum(moment is not None and moment - now > _YEARS for moment in read)


def _wrong_clock(nothing: str, again: str, now: datetime, newest: datetime) -> AtlasError:
    return AtlasError(
        f"De datum van deze computer kan niet kloppen met dit dossier; {nothing}.",
        got=f"vandaag {now.date().isoformat()}, laatst gewijzigd {newest.date().isoformat()}",
        expected=f"een datum na de laatste wijziging, en hoogstens {_YEARS.days // 365} jaar later",
        hint=f"Zet de klok van de computer goed. Klopt die, wijzig dan eerst een record en {again}.",
    )


def _newest(records: Iterable[Record]) -> datetime | None:
    written = (str(record[name]) for record in records for name in _WRITTEN if record.get(name))
    return max((moment for moment in map(_read, written) if moment is not None), default=None)


def _read(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
