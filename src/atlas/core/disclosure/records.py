"""Which records may leave, as one value `Released`.

One selection decides which records an output holds: for which audience, of which municipalities, for what,
and only where it is certain that they lie there. The same request gives the same records to a table, a count,
a raster, a page, a sheet, a package for the field and a print.
"""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from ..areas.divisions import areas
from ..words.errors import AtlasError
from ..words.notation import counted
from .audiences import Audience, audience_of
from .fields import may_leave
from .released import MADE_HERE, Released, Withheld

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from .released import Content, Records

#: the fields that say to whom a record belongs, whether that is certain, and where it lies
MUNICIPALITY, CERTAIN, PLACE = "gemeente_code", "gemeente_zeker", "geometrie"
_CERTAINLY = "ja"
#: the last day on which a record may be kept; a moment may stand there, of which the day counts
_TERM, _DAY = "bewaren_tot", 10


class DescribedRelation(Protocol):
    """A field that holds the uuid of a record of another layer."""

    @property
    def field(self) -> str:
        """The field."""

    @property
    def layer(self) -> str:
        """The other layer."""


class DescribedLayer(Protocol):
    """What has to be known of a layer of records: its name, and what its records are about."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def alias(self) -> str:
        """What it is called."""

    @property
    def field_names(self) -> Sequence[str]:
        """The names of its fields."""

    @property
    def relations(self) -> Sequence[DescribedRelation]:
        """What its records are about."""


def release(
    described: Sequence[DescribedLayer],
    records: Mapping[str, Sequence[Mapping[str, Any]]],
    wanted: Iterable[str],
    *,
    audience: str,
    municipalities: Iterable[str],
    purpose: str,
    fictitious: bool,
) -> Released[Records]:
    """Select what may leave.

    A record goes along when all municipalities it belongs to are named and it certainly lies there, or is
    about records that do. A record without a municipality of its own belongs to those of what it is about.

    Args:
        described: The layers, parents before children.
        records: Layer -> all its records; also of the layers that say to whom the wanted ones belong.
        wanted: The layers that are asked for.
        audience: For whom.
        municipalities: Codes of the municipalities the audience works for.
        purpose: For what.
        fictitious: Whether the records are made up.

    Raises:
        AtlasError: the audience may have no records of a layer, there is no purpose or municipality, or all
            municipalities of real records are named.
    """
    names = tuple(wanted)
    check_audience(described, names, audience)
    purpose = _known_purpose(purpose)
    codes = check_competence(municipalities, fictitious=fictitious)
    owners = owners_of(described, records)
    certain = _certain(described, records)
    competent = frozenset(codes)
    goes = {
        layer: {uuid for uuid, own in of_layer.items() if own and own <= competent and uuid in certain[layer]}
        for layer, of_layer in owners.items()
    }
    chosen, withheld = {}, []
    for layer in described:
        if layer.name not in names:
            continue
        links = {relation.field: relation.layer for relation in layer.relations}
        allowed = {name for name in (*layer.field_names, PLACE) if may_leave(layer.name, name, audience)}
        chosen[layer.name] = tuple(
            MappingProxyType(
                {
                    name: None if name in links and value not in goes[links[name]] else value
                    for name, value in record.items()
                    if name in allowed
                }
            )
            for record in records[layer.name]
            if str(record["uuid"]) in goes[layer.name]
        )
        withheld += _withheld(layer, owners[layer.name], certain[layer.name], competent)
    return Released(
        MappingProxyType(chosen),
        audience=audience,
        municipalities=codes,
        purpose=purpose,
        fictitious=fictitious,
        counts=MappingProxyType({layer: len(of_layer) for layer, of_layer in chosen.items()}),
        withheld=tuple(withheld),
        valid_until=_first_to_go(records, {layer: goes[layer] for layer in chosen}),
        made_by=MADE_HERE,
    )


def release_issued(
    described: Iterable[DescribedLayer],
    content: Content,
    *,
    audience: str,
    municipalities: Iterable[str],
    purpose: str,
    fictitious: bool,
    counts: Mapping[str, int],
    valid_until: str = "",
) -> Released[Content]:
    """Release what was made of a file that was handed out before: it goes to the same team, and no further.

    Args:
        described: The layers.
        content: What was made of it.
        audience: For whom.
        municipalities: Codes of the municipalities whose records the file was made of.
        purpose: For what, this time.
        fictitious: Whether the records are made up.
        counts: Layer -> how many of its records the file was made of.
        valid_until: Until when that file may be used, as ISO text.

    Raises:
        AtlasError: as `release`.
    """
    check_audience(described, counts, audience)
    return Released(
        content,
        audience=audience,
        municipalities=check_competence(municipalities, fictitious=fictitious),
        purpose=_known_purpose(purpose),
        fictitious=fictitious,
        counts=MappingProxyType(dict(counts)),
        valid_until=valid_until,
        made_by=MADE_HERE,
    )


def _first_to_go(
    records: Mapping[str, Iterable[Mapping[str, Any]]], goes: Mapping[str, Collection[str]]
) -> str:
    """The first last day of keeping among records that leave: what is made of them has to go then too."""
    days = (
        str(record[_TERM])[:_DAY]
        for layer, uuids in goes.items()
        for record in records[layer]
        if record.get(_TERM) and str(record["uuid"]) in uuids
    )
    return min(days, default="")


def _known_purpose(purpose: str) -> str:
    if not purpose.strip():
        raise AtlasError(
            "Zeg waarvoor deze uitvoer is; dat komt in het register van uitgifte.",
            expected="een korte omschrijving",
            choices=("purpose",),
        )
    return purpose.strip()


def check_audience(described: Iterable[DescribedLayer], layers: Iterable[str], audience: str) -> None:
    """Check that an audience may have records of layers.

    Raises:
        AtlasError: it does not exist, or may not.
    """
    audience = audience_of(audience)
    known = {layer.name: layer for layer in described}
    for name in layers:
        decides = MUNICIPALITY if name in known and MUNICIPALITY in known[name].field_names else "uuid"
        if not may_leave(name, decides, audience):
            raise AtlasError(
                "Records gaan alleen naar het team van een gemeente.",
                where=name, got=audience, expected=Audience.TEAM,
                hint="Voor anderen zijn er de cijfers per gebied.", choices=("audience",),
            )  # fmt: skip


def check_competence(municipalities: Iterable[str], *, fictitious: bool) -> tuple[str, ...]:
    """The codes of the municipalities whose records may go out together, sorted.

    Raises:
        AtlasError: none, one that does not exist, or all of them of records that are not made up: each
            municipality answers for its own data.
    """
    codes, known = tuple(sorted(set(municipalities))), {area.code for area in areas("gemeente")}
    unknown = [code for code in codes if code not in known]
    if unknown or not codes:
        raise AtlasError(
            "Deze gemeente bestaat niet." if unknown else "Noem de gemeente waarvoor deze uitvoer is.",
            got=", ".join(unknown),
            expected="een of meer gemeenten, zoals Assen (GM0106)",
            hint="Noem de gemeente van uw team.",
            choices=("municipality", "area_code"),
        )
    if known <= set(codes) and not fictitious:
        raise AtlasError(
            "Echte gegevens van alle gemeenten gaan niet samen in één bestand.",
            detail="Elke gemeente is zelf verantwoordelijk voor haar gegevens.",
            hint="Noem de gemeente, of de gemeenten, waarvoor het team werkt.",
            choices=("municipality",),
        )
    return codes


def owners_of(
    described: Iterable[DescribedLayer], records: Mapping[str, Iterable[Mapping[str, Any]]]
) -> dict[str, dict[str, frozenset[str]]]:
    """Layer -> uuid -> the codes of the municipalities a record belongs to.

    A record without a municipality of its own belongs to those of the records it is about; when none of these
    is known the set is empty. A visit to an object and a yard may have two. Layers above must be given too.
    """
    owners: dict[str, dict[str, frozenset[str]]] = {}
    for layer in (layer for layer in described if layer.name in records):
        owners[layer.name] = {
            str(record["uuid"]): frozenset({str(record[MUNICIPALITY])})
            if MUNICIPALITY in layer.field_names
            else frozenset().union(
                *(
                    owners.get(relation.layer, {}).get(str(record.get(relation.field)), frozenset())
                    for relation in layer.relations
                )
            )
            for record in records[layer.name]
        }
    return owners


def _certain(
    described: Iterable[DescribedLayer], records: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, set[str]]:
    """Layer -> uuids of records that certainly lie in their municipality, or are about such records."""
    certain: dict[str, set[str]] = {}
    for layer in (layer for layer in described if layer.name in records):
        certain[layer.name] = {
            str(record["uuid"])
            for record in records[layer.name]
            if (
                record.get(CERTAIN) == _CERTAINLY
                if MUNICIPALITY in layer.field_names
                else all(
                    record[relation.field] in certain[relation.layer]
                    for relation in layer.relations
                    if record.get(relation.field)
                )
            )
        }
    return certain


def _withheld(
    layer: DescribedLayer, owners: Mapping[str, frozenset[str]], certain: set[str], competent: frozenset[str]
) -> list[Withheld]:
    uncertain = [own for uuid, own in owners.items() if own and own <= competent and uuid not in certain]
    shared = [own & competent for own in owners.values() if own & competent and not own <= competent]
    found = []
    for group, why_of_one, why_of_more in (
        (
            uncertain,
            "het is niet zeker in welke gemeente dat ligt",
            "van hen is niet zeker in welke gemeente ze liggen",
        ),
        (shared, "het hoort ook bij een andere gemeente", "ze horen ook bij een andere gemeente"),
    ):
        if group:
            stay = counted(len(group), "record gaat niet mee", "records gaan niet mee")
            sentence = f"{layer.alias}: {stay}: {why_of_one if len(group) == 1 else why_of_more}."
            by_municipality = Counter(code for own in group for code in own)
            found.append(Withheld(layer.name, len(group), sentence, MappingProxyType(by_municipality)))
    return found
