"""Which records of a dossier a team gets: its own municipalities, certainly, and of them what it may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.disclosure.fields import may_leave
from ..core.schema.published import GEOMETRY_FIELD
from ..core.schema.rural import FICTITIOUS, RURAL_LAYERS, is_fictitious, working_layer
from ..core.words.errors import AtlasError
from .records import CERTAIN, MUNICIPALITY, municipalities_of, read_layers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..core.records.matching import Record
    from ..core.schema.working import WorkingLayer
    from .files import Dossier


def select_records(
    dossier: Dossier, layer: WorkingLayer, codes: frozenset[str], audience: str
) -> tuple[list[Record], int]:
    """The records of a layer that go along to a team.

    A record goes along when all municipalities it belongs to are named and it certainly lies there, or is
    about records that do. A field that may not leave is not in it; a link to a record that stays behind is
    empty.

    Args:
        dossier: An opened dossier.
        layer: The layer.
        codes: Codes of the municipalities the team works for.
        audience: For whom.

    Returns:
        The records by uuid, and how many of these municipalities are withheld because it is not certain that
        they lie there (too near a border).

    Raises:
        AtlasError: the dossier can't be read, or holds made-up and real records.
    """
    everything = read_layers(dossier)
    owners = municipalities_of(everything)
    certain = _certain(everything)
    goes = {
        name: {uuid for uuid, own in owners[name].items() if own and own <= codes and uuid in certain[name]}
        for name in everything
    }
    own = [record for record in everything[layer.name] if str(record["uuid"]) in goes[layer.name]]
    withheld = sum(
        bool(of_record) and of_record <= codes and uuid not in certain[layer.name]
        for uuid, of_record in owners[layer.name].items()
    )
    if any(is_fictitious(record.get("bron")) != dossier.fictitious for record in own):
        raise AtlasError(
            "In dit dossier staan verzonnen en echte gegevens door elkaar.",
            where=str(dossier.path(layer.name)),
            expected=f"een bron die begint met {FICTITIOUS} bij verzonnen gegevens, en alleen daar",
            hint="Herstel het veld bron in QGIS.",
        )
    links = {relation.field: relation.layer for relation in layer.relations}
    allowed = {name for name in (*layer.field_names, GEOMETRY_FIELD) if may_leave(layer.name, name, audience)}
    return [
        {
            name: None if name in links and value not in goes[links[name]] else value
            for name, value in record.items()
            if name in allowed
        }
        for record in own
    ], withheld


def _certain(records: Mapping[str, Sequence[Record]]) -> dict[str, set[str]]:
    """Layer name -> uuids of records that certainly lie in their municipality, or are about such records."""
    certain: dict[str, set[str]] = {}
    for name in (name for name in RURAL_LAYERS if name in records):
        layer = working_layer(name)
        certain[name] = {
            str(record["uuid"])
            for record in records[name]
            if (
                record.get(CERTAIN) == "ja"
                if layer.field(MUNICIPALITY)
                else all(
                    record[relation.field] in certain[relation.layer]
                    for relation in layer.relations
                    if record.get(relation.field)
                )
            )
        }
    return certain
