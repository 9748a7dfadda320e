"""What was made in the field is known by its uuid: whatever it looks like, in whatever order it returns.

Two uuids are two records, that at most look alike. One uuid that comes back with two values is one record in
two versions: the one that was changed last in the field stays, so that no order of returning decides, and
both are told. What somebody changed by hand in the dossier since then stays.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..schema.published import GEOMETRY_FIELD
from ..words.layer_names import EVIDENCE, FINDINGS, OBJECTS, SIGNALS, VISITS, YARDS
from .changes import sortable_moment
from .import_plan import CONFLICTS, ELSEWHERE, Change, Conflict, Insert, Unchanged, Update
from .incoming import Remark
from .matching import comparable, differ, index, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..schema.working import WorkingLayer
    from .import_plan import Decision
    from .matching import Record

TWO_VERSIONS = "twee_keer_uit_het_veld"
LAST_ONE_STAYS = "Dit record kwam met twee waarden uit het veld. Wat daar het laatst is gewijzigd, blijft."
_THE_SAME = {
    OBJECTS: "hetzelfde object",
    EVIDENCE: "hetzelfde bewijs",
    YARDS: "hetzelfde erf",
    SIGNALS: "hetzelfde signaal",
    VISITS: "hetzelfde bezoek",
    FINDINGS: "dezelfde bevinding",
}
_MOST_NAMED = 3


def settle_version(layer: WorkingLayer, made: Insert, mine: Record) -> Decision:
    """What a record that was made in the field does to the one with its uuid that came back before.

    Versions are ordered by the moment at which the field changed them, then by what they say: so the dossier
    ends with the same one, whichever came first and however often.

    Args:
        layer: Its layer.
        made: The record as it would be if it were new; `gewijzigd_op` is the moment in the field.
        mine: The record of the dossier.

    Returns:
        Unchanged; a conflict, when the dossier keeps its own; or an update when the later version is taken
        (of no field when only its moment is later).
    """
    theirs, uuid = made.record, str(mine["uuid"])
    differences = tuple(
        Change(name, mine.get(name), theirs.get(name))
        for name in taken_fields(layer)
        if _plain(mine.get(name)) != _plain(theirs.get(name))
    )
    by_hand = sortable_moment(mine.get("gewijzigd_op")) > sortable_moment(mine.get("ingelezen_op"))
    if by_hand:
        if not differences:
            return Unchanged(made.row, uuid)
        return Conflict(made.row, uuid, ELSEWHERE, CONFLICTS[ELSEWHERE], differences)
    if _version(layer, theirs) > _version(layer, mine):
        kept = {name: theirs[name] for name in ("gewijzigd_op", "gewijzigd_door", "ingelezen_op")}
        changed = {change.field: change.in_file for change in differences}
        told = LAST_ONE_STAYS if differences else ""
        return Update(made.row, uuid, differences, {**mine, **changed, **kept}, told)
    if not differences:
        return Unchanged(made.row, uuid)
    return Conflict(made.row, uuid, TWO_VERSIONS, LAST_ONE_STAYS, differences)


def look_alikes(layer: WorkingLayer, made: Iterable[Insert], others: Iterable[Record]) -> Iterator[Remark]:
    """A sentence for every new record that may be one that somebody else made too; both are kept.

    Args:
        layer: Their layer.
        made: New records.
        others: Records of the dossier that whoever made these had not with him.
    """
    made = list(made)
    known = index(layer, _perhaps_alike(layer, made, others))
    for insert in made:
        for identity, by_key in zip(layer.identities, known.by_identity, strict=True):
            apart = [name for name in identity.unless_different if name != "uuid"]
            alike = [
                str(record["uuid"])
                for record in by_key.get(key(identity, insert.record), ())
                if not differ(record, insert.record, apart)
            ]
            if alike:
                named = ", ".join(alike[:_MOST_NAMED]) + (" en meer" if len(alike) > _MOST_NAMED else "")
                equal = ", ".join(_alias(layer, name) for name in identity.fields)
                text = (
                    f"Mogelijk {_THE_SAME[layer.name]} als {named} (gelijk: {equal}). Beide zijn bewaard; "
                    "verwijder er een als het om hetzelfde gaat."
                )
                yield Remark(insert.row, "", text)
                break


def _perhaps_alike(layer: WorkingLayer, made: Sequence[Insert], others: Iterable[Record]) -> Iterator[Record]:
    """Those of the others that have the first field of an identity in common with one that was made.

    A field that is empty in both is not: most visits are to no object, and would all be compared.
    """
    firsts = list(dict.fromkeys(identity.fields[0] for identity in layer.identities))
    found = {name: {comparable(name, insert.record.get(name)) for insert in made} - {""} for name in firsts}
    one_way = {field.name for field in layer.fields if field.format == "uuid"}  # of writing it
    wanted = [(name, values, name in one_way) for name, values in found.items() if values]
    for record in others if wanted else ():
        for name, values, is_comparable in wanted:
            value = record.get(name)
            if value is not None and (value if is_comparable else comparable(name, value)) in values:
                yield record
                break


def taken_fields(layer: WorkingLayer) -> list[str]:
    """The fields that a package may set, and the place."""
    names = [field.name for field in layer.fields if not field.own]
    return [*names, GEOMETRY_FIELD] if layer.geometry else names


def _version(layer: WorkingLayer, record: Record) -> tuple[str, str]:
    values = [_plain(record.get(name)) for name in taken_fields(layer)]
    return sortable_moment(record.get("gewijzigd_op")), json.dumps(values, default=str)


def _plain(value: object) -> object:
    if isinstance(value, tuple | list):
        return [round(number, 3) for number in value]
    return None if value == "" else value


def _alias(layer: WorkingLayer, name: str) -> str:
    field = layer.field(name)
    return field.alias.lower() if field else "plaats"
