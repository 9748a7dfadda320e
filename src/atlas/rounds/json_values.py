"""Values of a JSON file, each with its sentence when it is not what was expected."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

from ..core.files.reading_limits import limits, read_whole
from ..core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import TypeAlias

    Json: TypeAlias = Mapping[str, object]

#: a whole number that any later sum can hold
_MOST = 10**12
_SHOWN = 60
_GZIP = b"\x1f\x8b"


def read_json(path: Path) -> Json:
    """The object that a JSON file holds, packed with gzip or not.

    Raises:
        AtlasError: unreadable, no JSON, no object, or too large.
    """
    try:
        data = read_whole(path)
    except OSError as error:
        raise AtlasError(
            "Het bestand kan niet worden gelezen.",
            where=str(path),
            hint="Controleer de naam en de map, en of u het mag lezen.",
        ) from error
    try:
        if data.startswith(_GZIP):
            unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            data = unpack.decompress(data, limits().unpacked_bytes)
            if unpack.unconsumed_tail:
                raise AtlasError("Het bestand is uitgepakt te groot.", where=str(path))
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, zlib.error, RecursionError) as error:
        raise AtlasError(
            "Dit bestand is geen JSON.",
            where=str(path),
            got=f"rond regel {error.lineno}, teken {error.colno}"
            if isinstance(error, json.JSONDecodeError)
            else "",
            expected="JSON, eventueel met gzip",
        ) from None
    if not isinstance(value, dict):
        raise AtlasError(
            "Dit bestand bevat geen opgave of plan van ronden.",
            where=str(path),
            got=_shown(value),
            expected="een JSON-object",
        )
    return value


def wrong(where: str, got: object, expected: str) -> AtlasError:
    """The error for a value that is not what was expected."""
    return AtlasError(
        "Een waarde in de opgave of het plan klopt niet.", where=where.lstrip("."), got=_shown(got),
        expected=expected,
        hint="Zie de beschrijving van de opgave in docs/rondes.md.",
    )  # fmt: skip


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def whole(value: object, where: str, *, least: int = 0, most: int = _MOST) -> int:
    """A whole number; 3.0 is one, true is not."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124 - NaN
        raise wrong(where, value, "een geheel getal")
    if not least <= value <= most or value != int(value):
        raise wrong(where, value, f"een geheel getal van {least} of meer")
    return int(value)


def whole_or_none(item: Json, key: str, where: str) -> int | None:
    """A whole number, or None when it is not there."""
    value = item.get(key)
    return None if value is None else whole(value, f"{where}.{key}")


def decimal_or_none(item: Json, key: str, where: str) -> float | None:
    """A number, or None when it is not there."""
    value = item.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _MOST:
        raise wrong(f"{where}.{key}", value, "een getal")
    return float(value)


def text(item: Json, key: str, where: str, default: str = "") -> str:
    """A text; a whole number is one too."""
    value = item.get(key)
    if value is None:
        return default
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    raise wrong(f"{where}.{key}", value, "een tekst of een getal")


def flag(item: Json, key: str, where: str, *, default: bool) -> bool:
    """Yes or no."""
    value = item.get(key)
    if value is None:
        return default
    if isinstance(value, bool):
        return value
    raise wrong(f"{where}.{key}", value, "true of false")


def items(item: Json, key: str, where: str) -> list[tuple[Json, str]]:
    """The objects of a list, each with where it stands."""
    value = item.get(key)
    if value is None:
        return []
    place = f"{where}.{key}" if where else key
    if not isinstance(value, list):
        raise wrong(place, value, "een lijst")
    found: list[tuple[Json, str]] = []
    for number, each in enumerate(value):
        if not isinstance(each, dict):
            raise wrong(f"{place}[{number}]", each, "een object")
        found.append((each, f"{place}[{number}]"))
    return found


def one_or_more(item: Json, key: str, where: str) -> list[object]:
    """A list, or one value as a list of one."""
    value = item.get(key)
    if value is None:
        return []
    if isinstance(value, dict):
        raise wrong(f"{where}.{key}", value, "een waarde of een lijst")
    return list(value) if isinstance(value, list) else [value]


def texts(item: Json, key: str, where: str) -> tuple[str, ...]:
    """Texts, or one text."""
    return tuple(
        text({key: value}, key, where) for value in one_or_more(item, key, where) if value is not None
    )


def unique(names: Sequence[str], where: str) -> None:
    """Check that every name is there once.

    Raises:
        AtlasError: one is there twice.
    """
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise AtlasError(
                "Een naam staat er twee keer in.", where=where, got=name, expected="elke id één keer",
                hint="Is het er één, laat dan de andere weg; zijn het er twee, geef ze elk een eigen id.",
            )  # fmt: skip
        seen.add(name)


def one_of(value: str, known: Sequence[str], where: str) -> str:
    """One of the texts that are known."""
    if value not in known:
        raise wrong(where, value, ", ".join(f"'{one}'" for one in known if one))
    return value
