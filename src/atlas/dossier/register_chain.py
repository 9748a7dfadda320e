"""The chain of the register: each line holds the hash of the one before, so that an edit in it shows.

A line's own hash is made of its number, the hash of the line before and the hash of its contents. The
contents can go when their term is past; the three stay, and the chain still fits. A chain can't tell that its
end was cut off, or that all of it was written anew: files that were handed out carry a line's number and hash
(see `issue_mark`), and tell that.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from ..core.schema.rural import working_layer
from ..core.words.layer_names import REGISTER
from ..gpkg.statements import sql

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

#: what lines about the register itself do
CHAINED, ACCEPTED, EMPTIED, EXPIRED = "ketting", "aanvaard", "regels_gewist", "vervallen"
#: before the first line
NOTHING = "0" * 64
#: what is not hashed as contents: the number and the hashes themselves
LINKS = ("nummer", "inhoud", "vorige", "keten")
#: what is made by a computer, in hexadecimal digits
HASHES = ("zout", "inhoud", "vorige", "keten", "controlegetal", "zaad")
#: what an emptied line keeps of its contents
KEPT_WHEN_EMPTY = ("uuid", "tijdstip", "handeling", "aantal")
_ALWAYS = (*LINKS, *KEPT_WHEN_EMPTY)
_NAMESPACE = UUID("0d1f6f0e-8c55-5a0f-9f3e-5a3b1c1f7e42")
_SALT_BYTES = 16
#: of two computers that write on one share
_CLOCKS_DIFFER_S = 300
_IN_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=bytes.hex)

#: a line as it is stored: column -> cell
Line = dict[str, object]


@dataclass(frozen=True, slots=True)
class Head:
    """A line of a register by its number and hash; 0 and `NOTHING` before the first."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Broken:
    """What does not fit at a line: its place in the file (from 1), and a Dutch sentence."""

    place: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look through a register found: what does not fit, what somebody accepted, and its head."""

    broken: tuple[Broken, ...]
    accepted: tuple[Broken, ...]
    head: Head


def stored_lines(connection: sqlite3.Connection) -> list[Line]:
    """The lines of a register to the last character, in the order in which they were written."""
    names = working_layer(REGISTER).field_names
    statement = sql("SELECT $columns FROM $table ORDER BY fid", columns=names, table=REGISTER)
    return [dict(zip(names, row, strict=True)) for row in connection.execute(statement)]


def next_line(said: Mapping[str, object], head: Head) -> Line:
    """A line as it comes after another: numbered, salted and chained.

    Args:
        said: Its contents, with cells as they are stored; a line of before the chain keeps its uuid.
        head: The line before.
    """
    salt = secrets.token_hex(_SALT_BYTES)
    line = {"uuid": str(uuid5(_NAMESPACE, salt)), **said, "zout": salt}
    content, number = content_hash(line), head.number + 1
    return {
        **line, "nummer": number, "vorige": head.hash, "inhoud": content,
        "keten": line_hash(number, head.hash, content),
    }  # fmt: skip


def content_hash(line: Mapping[str, object]) -> str:
    """The hash of what a line says; a field that is empty is not in it, nor one of a later version then."""
    said = {name: cell for name, cell in line.items() if name not in LINKS and cell is not None}
    return _sha256(_IN_JSON.encode(said))


def line_hash(number: object, before: object, content: object) -> str:
    """The hash of a line, of its number, the hash of the line before and that of its contents."""
    return _sha256(f"{number}\n{before}\n{content}")


def look_through(lines: Sequence[Mapping[str, object]]) -> Looked:
    """Look whether every line is what was written, and follows on the one before.

    What somebody accepted as it stood is told apart, as long as it still stands so.

    Args:
        lines: As `stored_lines` gives them.
    """
    broken: list[Broken] = []
    before = Head(0, NOTHING)
    named = next((line["gewiste_regels"] for line in reversed(lines) if line["handeling"] == EMPTIED), "")
    allowed, accepted_until = numbers_in(str(named or "")), 0
    for place, line in enumerate(lines, start=1):
        wrong = _wrong_with(line, before, allowed)
        if wrong:
            broken.append(Broken(place, wrong))
        elif line["handeling"] == ACCEPTED and line["controlegetal"] == state_of(lines[: place - 1]):
            accepted_until = place
        before = Head(_whole(line["nummer"]), str(line["keten"]))
    return Looked(
        tuple(one for one in broken if one.place > accepted_until),
        tuple(one for one in broken if one.place < accepted_until),
        before,
    )


def state_of(lines: Iterable[Mapping[str, object]]) -> str:
    """One hash of lines as they stand, whether they fit or not: what somebody accepts."""
    return _sha256(
        "\n".join(
            _IN_JSON.encode([line[name] for name in LINKS])
            + (str(line["inhoud"]) if line["handeling"] == EXPIRED else content_hash(line))
            for line in lines
        )
    )


def emptied(line: Mapping[str, object]) -> Line:
    """A line without its contents."""
    kept = {name: line[name] for name in _ALWAYS}
    return {**dict.fromkeys(line), **kept, "handeling": EXPIRED, "aantal": 0}


def said_numbers(numbers: Iterable[int]) -> str:
    """Numbers in short: "1-12,15"."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ",".join(f"{first}-{last}" if last > first else str(first) for first, last in parts)


def numbers_in(text: str) -> frozenset[int]:
    """The numbers that `said_numbers` wrote; what it did not write is none."""
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        if first.isdecimal() and (last or first).isdecimal():
            found.update(range(int(first), min(int(last or first), int(first) + 10**6) + 1))
    return frozenset(found)


def clock_set_back(lines: Sequence[Mapping[str, object]]) -> tuple[int, ...]:
    """The numbers of lines that say to be older than the one before, by more than clocks differ."""
    found = []
    before = ""
    for line in lines:
        moment = str(line["tijdstip"])
        if before and _seconds(moment) + _CLOCKS_DIFFER_S < _seconds(before):
            found.append(_whole(line["nummer"]))
        before = moment
    return tuple(found)


def _seconds(moment: str) -> float:
    try:
        return datetime.fromisoformat(moment).timestamp()
    except ValueError:
        return 0.0


def _wrong_with(line: Mapping[str, object], before: Head, allowed_empty: frozenset[int]) -> str:
    number, empty = line["nummer"], line["handeling"] == EXPIRED
    goes_on = line["handeling"] == ACCEPTED and _whole(number) > before.number  # behind lines that don't fit
    full = [name for name, cell in line.items() if cell is not None and name not in _ALWAYS]
    checks = (
        (
            number == before.number + 1 or goes_on,
            f"na regel {before.number} komt regel {number}: er is een regel weg, bij of verplaatst",
        ),
        (line["vorige"] == before.hash, f"regel {number} past niet op regel {before.number}"),
        (
            line["keten"] == line_hash(number, line["vorige"], line["inhoud"]),
            f"de hash van regel {number} klopt niet",
        ),
        (
            not empty or number in allowed_empty,
            f"regel {number} is leeggemaakt, en geen wissing noemt dat",
        ),
        (not empty or not full, f"in regel {number}, die is gewist, staat weer iets"),
        (empty or line["inhoud"] == content_hash(line), f"de inhoud van regel {number} is gewijzigd"),
    )
    return next((sentence for right, sentence in checks if not right), "")


def _whole(cell: object) -> int:
    return cell if isinstance(cell, int) else 0


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
