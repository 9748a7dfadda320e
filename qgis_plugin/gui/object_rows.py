"""The objects of a dossier as lines of a list: made away from the window, then filtered and sorted."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from ..atlas.core.areas.divisions import areas
from ..atlas.core.schema.published import GEOMETRY_FIELD
from ..atlas.core.schema.rural import working_layer
from ..atlas.core.vacancy.evidence import SOURCES, VALUES, is_withdrawn
from ..atlas.core.words.layer_names import OBJECTS
from ..atlas.core.words.notation import format_period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

#: what a line shows of a record that somebody may be editing at this moment
EDITABLE_FIELDS = (
    "adres", "gemeente_code", "gemeente_zeker", "conclusie", "betrouwbaarheid", "status", "prioriteit",
    "peildatum", "redenen", "conclusie_geldig_tot", "toelichting",
)  # fmt: skip
#: filter for objects about which nothing is known
NO_EVIDENCE = "-"
_CHUNK = 500
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class ObjectRow:
    """One object.

    Args:
        uuid: Its key.
        values: Field of `EDITABLE_FIELDS` -> its text, "" when empty.
        evidence: Its evidence as (kind, value, reference date), the newest first.
        kinds: The kinds of its evidence.
        place: x and y in EPSG:28992, None when not known.
        order: Address with its numbers as numbers, so that 9 comes before 12.
        words: What one may search for, in small letters.
    """

    uuid: str
    values: Mapping[str, str]
    evidence: tuple[tuple[str, str, str], ...]
    kinds: frozenset[str]
    place: tuple[float, float] | None
    order: tuple[bool, str]
    words: str

    def with_values(self, values: Mapping[str, object]) -> ObjectRow:
        """The same object with other values of some fields."""
        texts = {**self.values, **{name: as_text(values[name]) for name in EDITABLE_FIELDS if name in values}}
        order, words = _order(texts["adres"]), _words(self.uuid, texts)
        return replace(self, values=texts, order=order, words=words)


@dataclass(frozen=True, slots=True)
class ObjectFilter:
    """What a line must be to be shown; "" leaves a question open."""

    words: str = ""
    status: str = ""
    conclusion: str = ""
    municipality: str = ""
    evidence: str = ""

    def positions(self, rows: Sequence[ObjectRow]) -> list[int]:
        """The lines that fit, in their order."""
        found: Iterable[int] = range(len(rows))
        for field, wanted in (
            ("status", self.status),
            ("conclusie", self.conclusion),
            ("gemeente_code", self.municipality),
        ):
            if wanted:
                found = [position for position in found if rows[position].values[field] == wanted]
        if self.evidence == NO_EVIDENCE:
            found = [position for position in found if not rows[position].evidence]
        elif self.evidence:
            found = [position for position in found if self.evidence in rows[position].kinds]
        for word in self.words.casefold().split():
            found = [position for position in found if word in rows[position].words]
        return list(found)


def object_rows(
    objects: Sequence[Mapping[str, object]],
    evidence: Iterable[Mapping[str, object]],
    *,
    check: Callable[[float], None] = lambda _share: None,
) -> list[ObjectRow]:
    """Lines of records (`atlas.dossier.records.read_layers`), by municipality and address.

    Args:
        objects: Of leegstand_object.
        evidence: Of leegstand_bewijs; what was withdrawn is left out.
        check: Told the share that is done; may raise to stop.
    """
    about: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for piece in evidence:
        if is_withdrawn(piece):
            continue
        about[str(piece["object_uuid"])].append(
            (str(piece["bewijsbron"]), str(piece["waarde"]), as_text(piece["peildatum"]))
        )
    rows = []
    for position, record in enumerate(objects):
        if position % _CHUNK == 0:
            check(position / len(objects))
        rows.append(_row(record, about.get(str(record["uuid"]), [])))
    rows.sort(key=lambda row: (municipality_name(row.values["gemeente_code"]), row.order, row.uuid))
    return rows


@cache
def code_label(field: str, code: str) -> str:
    """The label of a code of a field of the object layer; the code itself when it is not in the list."""
    return _labels(field).get(code, code)


@cache
def short_label(field: str, code: str) -> str:
    """The label without what it explains between brackets or after a colon."""
    return re.split(r" \(|:", code_label(field, code))[0]


def codes_of(field: str) -> Mapping[str, str]:
    """Code -> label of a field of the object layer, in the order of its list."""
    return _labels(field)


def field_alias(field: str) -> str:
    """What a field of the object layer is called."""
    described = working_layer(OBJECTS).field(field)
    return described.alias if described else field


def evidence_sentences(row: ObjectRow) -> list[str]:
    """Each piece of evidence in a line: day, source, what it says."""
    return [
        f"{format_period(day)}: {SOURCES.get(kind, kind)}: {VALUES.get(kind, {}).get(value, value)}"
        for kind, value, day in row.evidence
    ]


def municipality_name(code: str) -> str:
    """The name of a municipality; the code itself when it is not one of this atlas."""
    return _municipalities().get(code, code)


def as_text(value: object) -> str:
    """A value as it is shown: "" for none, dates as ISO."""
    if value is None:
        return ""
    if hasattr(value, "isNull"):  # Qt's own dates and empty values
        return "" if value.isNull() else value.toString("yyyy-MM-dd")
    return str(value)


def _row(record: Mapping[str, object], evidence: list[tuple[str, str, str]]) -> ObjectRow:
    values = {name: as_text(record.get(name)) for name in EDITABLE_FIELDS}
    uuid, place = str(record["uuid"]), record.get(GEOMETRY_FIELD)
    evidence.sort(key=lambda piece: piece[2], reverse=True)
    return ObjectRow(
        uuid=uuid,
        values=values,
        evidence=tuple(evidence),
        kinds=frozenset(kind for kind, _value, _day in evidence),
        place=place if isinstance(place, tuple) else None,
        order=_order(values["adres"]),
        words=_words(uuid, values),
    )


def _order(address: str) -> tuple[bool, str]:
    """Objects without an address last."""
    return (not address, _NUMBER.sub(lambda number: number[0].rjust(6, "0"), address.casefold()))


def _words(uuid: str, values: Mapping[str, str]) -> str:
    name = municipality_name(values["gemeente_code"])
    return f"{values['adres']}\n{name}\n{values['toelichting']}\n{uuid}".casefold()


@cache
def _labels(field: str) -> Mapping[str, str]:
    described = working_layer(OBJECTS).field(field)
    if described is None or described.codes is None:
        return {}
    return {code.value: code.label for code in described.codes.codes}


@cache
def _municipalities() -> Mapping[str, str]:
    return {area.code: area.name for area in areas("gemeente")}
