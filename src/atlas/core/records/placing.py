"""Where a row belongs: its record in the dossier, the records it hangs on, the other rows of its file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..schema.working import FORMAT_WORDS
from ..tables.registers import rounded_ids
from ..words.notation import counted
from .incoming import Incoming, Refusal
from .matching import Claim, Index, Record, new_uuid, same_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..schema.working import WorkingLayer

#: (layer, column) -> value -> uuids
Lookups = dict[tuple[str, str], dict[str, set[str]]]
_ALWAYS_IN_A_ROW = ("bron", "peildatum")
_MOST_NAMED = 5  # a report that names a thousand rows helps nobody


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its relations resolved, the record it is about (None for a new one) and its uuid.

    `candidates` are the uuids of the records it may be about, when it is not clear which; `uuid` is "" then.
    """

    incoming: Incoming
    values: Mapping[str, object]
    existing: Record | None
    uuid: str
    candidates: tuple[str, ...] = ()


class RefusedRowError(Exception):
    """A row that can't be placed, with its `refusals`."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(*(refusal.reason for refusal in refusals))
        self.refusals = refusals


def read_lookups(
    layer: WorkingLayer, parents: Mapping[str, Iterable[Record]], rows: Iterable[Incoming]
) -> Lookups:
    """(layer, column) -> value -> the uuids of the records of that layer that hold it, of what rows name."""
    rows, lookups = list(rows), Lookups()
    for relation in layer.relations:
        if relation.layer not in parents:
            continue
        named = {
            column: {row.named[column] for row in rows if column in row.named} for column in relation.via
        }
        for column, wanted in {"uuid": _given(rows, relation.field), **named}.items():
            found = lookups.setdefault((relation.layer, column), {})
            for record in parents[relation.layer] if wanted else ():
                value = str(record.get(column) or "")
                if value in wanted:
                    found.setdefault(value, set()).add(str(record["uuid"]))
    return lookups


def _given(rows: Iterable[Incoming], name: str) -> set[str]:
    return {str(row.values[name]) for row in rows if row.values.get(name)}


def place(layer: WorkingLayer, known: Index, row: Incoming, lookups: Lookups) -> Placed:
    """Find the record that a row is about.

    Raises:
        RefusedRowError: no bron or peildatum, nothing to recognise it by, or no such parent.
    """
    values = {**row.values, **_related(layer, row, lookups)}
    missing = [name for name in _ALWAYS_IN_A_ROW if name not in values]
    if missing:
        raise RefusedRowError(*(empty_field(layer, row.row, name) for name in missing))
    found = known.find(values)
    if found.candidates:
        return Placed(
            row, values, None, "", tuple(sorted(str(record["uuid"]) for record in found.candidates))
        )
    uuid = str(found.record["uuid"] if found.record else values.get("uuid") or new_uuid(layer, values))
    if not uuid:
        required = [
            field.name for field in layer.fields if field.required and not (field.default or field.own)
        ]
        missing = [name for name in required if name not in values and name != "uuid"]
        if missing:  # then that is why, and the plainer thing to say
            raise RefusedRowError(*(empty_field(layer, row.row, name) for name in missing))
        alternatives = " of ".join(" en ".join(identity.fields) for identity in layer.identities)
        raise RefusedRowError(
            Refusal(
                row.row, "uuid", "Later is niet te herkennen over welk record deze rij gaat.", "(leeg)",
                f"een uuid, of {alternatives}", "Vul een van deze velden in.",
            )
        )  # fmt: skip
    return Placed(row, values, found.record, uuid)


def _related(layer: WorkingLayer, row: Incoming, lookups: Lookups) -> dict[str, object]:
    """The relations that a row names by another column, resolved; and a check of those it gives by uuid."""
    resolved: dict[str, object] = {}
    for relation in layer.relations:
        given = row.values.get(relation.field)
        names = (
            [("uuid", str(given))] if given else [(c, row.named[c]) for c in relation.via if c in row.named]
        )
        if not names or relation.layer not in {known for known, _ in lookups}:
            continue
        answers = (lookups[relation.layer, column].get(value, set()) for column, value in names)
        found = next(filter(None, answers), set())
        if len(found) != 1:
            name, value = names[0]
            raise RefusedRowError(
                Refusal(
                    row.row, relation.field if name == "uuid" else name,
                    f"Hierbij horen {counted(len(found), 'record', 'records')} van {relation.layer}." if found
                    else f"Hierbij hoort geen record van {relation.layer}.",
                    value, f"precies één record van {relation.layer}",
                    f"Lees eerst {relation.layer} in, of vul {relation.field} in.",
                )
            )  # fmt: skip
        resolved[relation.field] = next(iter(found))
    return resolved


def once(
    layer: WorkingLayer, rows: Sequence[Placed]
) -> tuple[list[Placed], dict[int, list[int]], list[Refusal]]:
    """Rows about one record: taken once when they are equal, else all refused, whichever came first.

    A row that may be about several records is refused, with every row about one of those: once they were
    taken it could become clear which one it means, and importing twice would not be importing once.

    Returns:
        The rows to take; row -> the later rows that repeat it; the refusals.
    """
    repeated: dict[int, list[int]] = {}
    refusals: list[Refusal] = []
    claims = [
        Claim(
            row.candidates or (row.uuid,),
            row.values,
            {**(row.existing or {}), **row.values},
            named=row.existing is not None and row.values.get("uuid") == row.uuid,
        )
        for row in rows
    ]
    for group in same_records(layer, claims):
        members = [rows[position] for position in group]
        first, *rest = members
        if all(row.values == first.values for row in rest):
            repeated[first.incoming.row] = [row.incoming.row for row in rest]
            continue
        clear = [row for row in members if not row.candidates]
        refusals += [_doubled(row, members) for row in clear]
    refusals += [_undecided(row) for row in rows if row.candidates]
    done = {row for copies in repeated.values() for row in copies} | {item.row for item in refusals}
    return [row for row in rows if row.incoming.row not in done], repeated, refusals


def _undecided(row: Placed) -> Refusal:
    return Refusal(
        row.incoming.row, "uuid", "Deze rij kan over meer dan één record gaan.", ", ".join(row.candidates),
        "een rij die één record aanwijst", "Vul het uuid in, of het BAG-id van het verblijfsobject.",
    )  # fmt: skip


def _doubled(row: Placed, members: Sequence[Placed]) -> Refusal:
    others = [str(other.incoming.row) for other in members[: _MOST_NAMED + 1] if other is not row]
    unnamed = len(members) - 1 - len(others[:_MOST_NAMED])
    named = ", ".join(others[:_MOST_NAMED]) + (f" en nog {unnamed}" if unnamed else "")
    return Refusal(
        row.incoming.row, "uuid", f"Rij {named} van dit bestand gaat over hetzelfde en zegt iets anders.",
        f"rij {row.incoming.row} en {named}", "één rij per record",
        "Houd de juiste rij over, of geef elk record een eigen bronkenmerk of BAG-id.",
    )  # fmt: skip


def rounded(rows: Sequence[Incoming]) -> list[Refusal]:
    """Every long id of a column that a spreadsheet rounded: each of them may be another building."""
    refusals = []
    for column in ("bag_pand_id", "bag_vbo_id"):
        holding = [(row.row, str({**row.values, **row.named}.get(column, ""))) for row in rows]
        if not rounded_ids(text for _, text in holding):
            continue
        refusals += [
            Refusal(
                row, column, "Alle lange BAG-ids in deze kolom eindigen op 0; het laatste cijfer is gewist.",
                text, "16 cijfers als tekst", "Haal het bestand opnieuw uit de bron, met de kolom als tekst.",
            )
            for row, text in holding
            if text and not text.startswith("0")
        ]  # fmt: skip
    return refusals


def empty_field(layer: WorkingLayer, row: int, name: str) -> Refusal:
    """A required field of a row that is empty, or would be."""
    field = layer.field(name)
    alias, words = (field.alias, FORMAT_WORDS.get(field.format)) if field else (name, None)
    remedy = "Vul het veld in."
    if name == "bewaren_tot":
        remedy = "Neem de termijn over uit het privacyprotocol van de gemeente; de atlas kiest er zelf geen."
    if name == "gemeente_code" and layer.geometry is not None:
        remedy = "Geef de adressen van de BAG mee, of coördinaten, of vul de gemeente in."
    return Refusal(row, name, f"{alias} is verplicht en is leeg.", "(leeg)", words or alias.lower(), remedy)
