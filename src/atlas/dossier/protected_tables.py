"""The protected tables of a dossier: a file for each reference date in `beschermd/`, and the key beside them.

A table is made once and then only read: rounding anew would give another answer, and two answers give the
number away. Each is sealed with the key, so that an edit is noticed. What was counted stands beside it,
veiled with the key: whether what an attacker supposes of the changes is true follows from it alone. The key
stays in the dossier; who has it knows which way every figure leans, and those numbers.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..core.disclosure.protected import table_from_text
from ..core.files.new_file import kept_file, patiently
from ..core.files.reading_limits import read_whole
from ..core.words.errors import AtlasError
from .files import PROTECTED
from .locks import slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from ..core.disclosure.protected import ProtectedTable

KEY_FILE = "sleutel"
_KEY_BYTES = 32
_TABLE, _SEAL, _WHOSE, _VEILED = "tabel", "zegel", "sleutel", "getallen"
_RESTORE = "Zet de map beschermd terug uit een reservekopie van het dossier."


def read_tables(folder: Path) -> list[ProtectedTable]:
    """The protected tables of a dossier, oldest first; none when none was made.

    Raises:
        AtlasError: a table was edited, can't be read, or the key is lost or another.
    """
    paths = sorted((folder / PROTECTED).glob("*.json"))
    key = _read_key(folder) if paths else b""
    return [_read(path, key) for path in paths]


def kept_table(
    folder: Path, peildatum: str, make: Callable[[bytes, list[ProtectedTable]], ProtectedTable]
) -> ProtectedTable:
    """The table of a reference date: as it stands, or made now and kept; one atlas at a time.

    Args:
        folder: Of the dossier.
        peildatum: ISO date.
        make: Gets the key and the tables before it; called when there is none of this date.

    Raises:
        AtlasError: see `read_tables`; a later table is there already; or `make` does.
    """
    found = {table.peildatum: table for table in read_tables(folder)}
    if peildatum in found:
        return found[peildatum]
    with slot(folder):
        before = read_tables(folder)  # another atlas may have been first
        found = {table.peildatum: table for table in before}
        if peildatum in found:
            return found[peildatum]
        if before and before[-1].peildatum > peildatum:
            raise AtlasError(
                "Er is al een beschermde tabel van een latere peildatum.",
                got=peildatum,
                expected=f"na {before[-1].peildatum}",
                hint="Een tabel gaat verder waar de vorige ophield; van een eerdere dag kan hij niet meer "
                "worden gemaakt.",
            )
        table = make(_read_key(folder) if before else _new_key(folder), before)
        _keep(folder, table)
    return table


def erase_tables(folder: Path, dates: Iterable[str]) -> None:
    """Erase the tables of some reference dates, within the caller's slot."""
    for peildatum in dates:
        path = folder / PROTECTED / f"{peildatum}.json"
        patiently(lambda path=path: path.unlink(missing_ok=True))  # type: ignore[misc]


def _keep(folder: Path, table: ProtectedTable) -> None:
    key, text = _read_key(folder), table.as_text()
    veiled = _veiled(key, table.peildatum, table.counted)
    content = {
        _TABLE: json.loads(text), _WHOSE: _mark(key), _SEAL: _sealed(key, text, veiled), _VEILED: veiled,
    }  # fmt: skip
    with kept_file(folder / PROTECTED / f"{table.peildatum}.json") as beside:
        beside.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")


def _read(path: Path, key: bytes) -> ProtectedTable:
    try:
        content = json.loads(read_whole(path).decode("utf-8"))
        stored, whose, seal = (content[name] for name in (_TABLE, _WHOSE, _SEAL))
        veiled = {str(cell): int(number) for cell, number in content.get(_VEILED, {}).items()}
        text = json.dumps(stored, ensure_ascii=False, indent=1, sort_keys=True)
    except (AtlasError, AttributeError, OSError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise AtlasError("Een beschermde tabel is niet te lezen.", where=str(path), hint=_RESTORE) from error
    if not hmac.compare_digest(str(whose), _mark(key)):
        raise AtlasError(
            "De sleutel van dit dossier hoort niet bij deze beschermde tabel.",
            where=str(path),
            detail="Met een andere sleutel zouden dezelfde cijfers anders worden afgerond.",
            hint=_RESTORE,
        )
    if not hmac.compare_digest(str(seal), _sealed(key, text, veiled)):
        raise AtlasError(
            "Deze beschermde tabel is gewijzigd sinds hij is gemaakt.",
            where=str(path),
            detail="Er wordt niets uitgegeven met cijfers die iemand heeft veranderd.",
            hint=_RESTORE,
        )
    table = table_from_text(text, str(path))
    return replace(table, counted=MappingProxyType(_veiled(key, table.peildatum, veiled)))


def _new_key(folder: Path) -> bytes:
    """The key of the dossier: the one that is there (its first table was never finished), or a new one."""
    path = folder / PROTECTED / KEY_FILE
    if not path.exists():
        with kept_file(path) as beside:
            beside.write_text(secrets.token_hex(_KEY_BYTES), encoding="ascii")
    return _read_key(folder)


def _read_key(folder: Path) -> bytes:
    path = folder / PROTECTED / KEY_FILE
    try:
        key = bytes.fromhex(read_whole(path).decode("ascii"))
    except (AtlasError, OSError, ValueError) as error:
        raise AtlasError(
            "De sleutel van de beschermde tabellen is er niet, of is beschadigd.",
            where=str(path),
            detail="Zonder deze sleutel is niet te zien of een tabel klopt, en niet verder te gaan.",
            hint=_RESTORE,
        ) from error
    if len(key) != _KEY_BYTES:
        raise AtlasError(
            "De sleutel van de beschermde tabellen is beschadigd.",
            where=str(path),
            got=f"{len(key)} bytes",
            expected=f"{_KEY_BYTES} bytes",
            hint=_RESTORE,
        )
    return key


def _mark(key: bytes) -> str:
    """By what a key is known, without giving it away."""
    return hmac.new(key, b"kenmerk", hashlib.sha256).hexdigest()[:_KEY_BYTES]


def _veiled(key: bytes, peildatum: str, numbers: Mapping[str, int]) -> dict[str, int]:
    """Numbers that only who has the key can read, and those numbers again from what this made of them."""

    def veil(cell: str) -> int:
        return int.from_bytes(
            hmac.new(key, f"getal {peildatum} {cell}".encode(), hashlib.sha256).digest()[:6]
        )

    return {cell: number ^ veil(cell) for cell, number in sorted(numbers.items())}


def _sealed(key: bytes, text: str, veiled: Mapping[str, int]) -> str:
    """The seal of a table and its veiled numbers; one of before those were kept is sealed without."""
    whole = text + (json.dumps(veiled, sort_keys=True) if veiled else "")
    return hmac.new(key, whole.encode(), hashlib.sha256).hexdigest()
