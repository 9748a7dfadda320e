"""Which columns of a source are which part of a BAG address; what could narrow it is never passed over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...core.tables.address_columns import is_weak, looks_like_number, part_of_address
from ...core.tables.column_names import choose_columns, folded
from ...core.words.errors import AtlasError
from .register_layouts import BAG_ADDRESSES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: part of a status, purpose or validity, by name
_LOOKS_LIKE = re.compile(r"status|gebruiksdoel|geldig|inactief|einddatum")
#: about something else than the object: its street, its place, its municipality, the document behind it
_OF_SOMETHING_ELSE = re.compile(
    r"^(openbareruimte|woonplaats|gemeente|provincie|nummeraanduiding|bronhouder|ligplaats|standplaats|obr|nad|wpl)"
)


def choose_address_columns(
    columns: Sequence[str],
    where: str,
    *,
    cut: bool = False,
    is_filled: Callable[[str], bool] = lambda _name: True,
) -> dict[str, str]:
    """Our name -> the column of the source that holds it.

    Args:
        columns: The names in the source.
        where: The source, for sentences.
        cut: Whether names were cut at ten characters.
        is_filled: Whether anything stands in a column; a column without a cell narrows nothing.

    Raises:
        AtlasError: a column that looks like part of a house number, a status, a purpose or a validity and
            isn't understood.
    """
    chosen = choose_columns(columns, BAG_ADDRESSES.names, where, cut=cut)
    for column in columns:
        part = part_of_address(column)
        if column in chosen.values() or is_weak(column) or part not in BAG_ADDRESSES.columns:
            continue
        if part not in chosen:
            chosen[part] = column
    known = {name for names in BAG_ADDRESSES.names.values() for name in names}
    for column in columns:
        name = folded(column)
        # a second name of what is chosen already ("tijdstipinactief" beside "eindgeldigheid") is understood
        if column in chosen.values() or (name in known and not looks_like_number(column)):
            continue
        narrows = looks_like_number(column) or (
            _LOOKS_LIKE.search(name) and not _OF_SOMETHING_ELSE.search(name)
        )
        if narrows and is_filled(column):
            raise AtlasError(
                "Deze kolom lijkt een deel van het huisnummer, een status, een gebruiksdoel of een "
                "geldigheid, en is niet herkend.",
                where=where,
                got=f'"{column}"',
                expected="de namen van de BAG, zoals huisletter, toevoeging, gebruiksdoel of status",
                hint="Geef de kolom de naam die de BAG haar geeft, of haal haar weg als zij niet meetelt.",
            )
    return chosen
