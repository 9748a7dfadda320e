"""The vacant objects of a team as columns: small enough that one page holds tens of thousands of them.

Of a record only the fields named here go along, and of those only what the audience may see. Codes are one
sign, days three, texts are told apart in what repeats and the numbers in it ("Veenweg 12", "Veenweg 14").
The functions below say how each column is written; `script/objects.js` of the page reads it back.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ..areas import divisions as division
from ..disclosure.audiences import Audience
from ..disclosure.fields import may_leave
from ..schema.published import GEOMETRY_FIELD
from ..schema.rural import FICTITIOUS, is_fictitious, working_layer
from ..vacancy.evidence import SOURCES, VALUES, is_withdrawn
from ..words.errors import AtlasError
from ..words.layer_names import EVIDENCE, OBJECTS
from .object_symbols import symbols

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence


AUDIENCE = Audience.TEAM
#: what goes along, by how it is written; no other field ever does
CODE_FIELDS = (
    "conclusie", "betrouwbaarheid", "status", "prioriteit",
    "soort", "gebruiksklasse", "vab", "gemeente_zeker",
)  # fmt: skip
DAY_FIELDS = ("peildatum", "conclusie_sinds", "conclusie_geldig_tot")
TEXT_FIELDS = ("adres", "redenen", "toelichting", "vab_stopjaar", "bron")
EVIDENCE_FIELDS = ("object_uuid", "bewijsbron", "waarde", "peildatum")
_MUNICIPALITY, _CERTAIN = "gemeente_code", "gemeente_zeker"
_NEEDED = ("uuid", _MUNICIPALITY, _CERTAIN, GEOMETRY_FIELD)
#: several texts of one object are written one on each line
_LINES = "redenen"
#: positions are whole numbers of 1/100,000 degree, about 1 m
DEGREE = 100_000
#: Drenthe and Groningen with a margin: west, south, east, north in degrees
_FRAME = (5.9, 52.5, 7.4, 53.7)
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
_NO_CODE, _NO_DAY, _NO_PLACE = "-", "---", "."
_DAY_SIGNS = 3
#: day 0 of a column of days
_EPOCH = date(1970, 1, 1).toordinal()
#: what is taken out of a text: its numbers, and the sign that marks their place
_TAKEN_OUT = re.compile("[0-9]+|#")


def objects_payload(
    records: Iterable[Mapping[str, Any]],
    evidence: Iterable[Mapping[str, Any]],
    *,
    audience: str,
    municipalities: Collection[str],
    fictitious: bool,
    withheld: int = 0,
) -> dict[str, Any] | None:
    """The objects of the named municipalities for the page of their team.

    Records of other municipalities are left out. So are records of which it is not certain that they lie in
    the municipality (`gemeente_zeker` is not "ja"): they are counted as `withheld`, unless all is made up.

    Args:
        records: Of leegstand_object, with `geometrie` as (longitude, latitude) in degrees (WGS84) or None.
        evidence: Of leegstand_bewijs; only what is about these objects goes along.
        audience: For whom the page is; other audiences than the team get nothing.
        municipalities: Codes of the municipalities the team works for.
        fictitious: Whether the data are made up; only then may all municipalities be in one page.
        withheld: How many stayed behind when these were selected.

    Returns:
        JSON-able columns, objects in the order of municipality and address; None when the audience gets none.

    Raises:
        AtlasError: no municipality, all of them for real data, real and made-up data together, a place
            that is not in degrees, or a code that is not in its list.
    """
    if audience != AUDIENCE or not all(may_leave(OBJECTS, field, audience) for field in _NEEDED):
        return None
    codes = _checked(municipalities, fictitious=fictitious)
    own = [record for record in records if record.get(_MUNICIPALITY) in codes]
    if any(is_fictitious(record.get("bron")) != fictitious for record in own):
        raise AtlasError(
            "In deze objecten staan verzonnen en echte gegevens door elkaar, of de atlas zegt het verkeerd.",
            expected=f"een bron die begint met {FICTITIOUS} bij verzonnen gegevens, en alleen daar",
        )
    kept = sorted((record for record in own if fictitious or _is_certain(record)), key=_order)
    uuids = [UUID(str(record["uuid"])) for record in kept]
    return {
        "count": len(kept),
        "uncertain": sum(not _is_certain(record) for record in kept),
        "withheld": withheld + len(own) - len(kept),
        "labels": {field.name: field.alias for field in working_layer(OBJECTS).fields},
        "lists": _lists(codes),
        "symbols": symbols(),
        "degree": DEGREE,
        "uuid": "".join(_short(uuid) for uuid in uuids),
        "places": _places(kept),
        "codes": {
            _MUNICIPALITY: _column(kept, _MUNICIPALITY, codes),
            **{
                field: _column(kept, field, _codes_of(field))
                for field in CODE_FIELDS
                if may_leave(OBJECTS, field, audience)
            },
        },
        "days": {
            field: "".join(_day(record.get(field)) for record in kept)
            for field in DAY_FIELDS
            if may_leave(OBJECTS, field, audience)
        },
        "texts": _packed(
            {
                field: [_texts(record, field) for record in kept]
                for field in TEXT_FIELDS
                if may_leave(OBJECTS, field, audience)
            }
        ),
        "evidence": _evidence(uuids, evidence, audience),
    }


def _checked(municipalities: Collection[str], *, fictitious: bool) -> tuple[str, ...]:
    known = [area.code for area in division.areas("gemeente")]
    unknown = sorted(set(municipalities) - set(known))
    if unknown or not municipalities:
        raise AtlasError(
            "Voor een atlas voor het team is nodig voor welke gemeenten het werkt.",
            got=", ".join(unknown) or "geen gemeente",
            expected="CBS-codes, zoals GM0106",
        )
    codes = tuple(code for code in known if code in municipalities)
    if len(codes) == len(known) and not fictitious:
        raise AtlasError(
            "Een atlas met de objecten van alle gemeenten kan alleen van verzonnen gegevens.",
            detail="Elke gemeente is zelf verantwoordelijk voor haar gegevens.",
            hint="Noem de gemeenten waarvoor het team werkt.",
        )
    return codes


def _is_certain(record: Mapping[str, Any]) -> bool:
    return record.get(_CERTAIN) == "ja"


def _order(record: Mapping[str, Any]) -> tuple[str, bool, list[tuple[str, int]], str]:
    """Municipality, then address with its numbers as numbers; without an address last."""
    address = str(record.get("adres") or "")
    parts = [(text.lower(), int(number or 0)) for text, number in re.findall("([^0-9]*)([0-9]*)", address)]
    return (division.area(str(record[_MUNICIPALITY])).name, not address, parts, str(record["uuid"]))


def _lists(codes: Sequence[str]) -> dict[str, Any]:
    """Every code list as [code, label] in the order of the signs; evidence has the values of each kind."""
    layer = working_layer(OBJECTS)
    lists: dict[str, Any] = {_MUNICIPALITY: [[code, division.area(code).name] for code in codes]}
    for name in CODE_FIELDS:
        field = layer.field(name)
        if field is not None and field.codes is not None:
            lists[name] = [[code.value, code.label] for code in field.codes.codes]
    lists["bewijs"] = [
        [source, label, [list(pair) for pair in VALUES[source].items()]] for source, label in SOURCES.items()
    ]
    return lists


def _codes_of(name: str) -> tuple[str, ...]:
    field = working_layer(OBJECTS).field(name)
    return tuple(code.value for code in field.codes.codes) if field and field.codes else ()


def _column(records: Sequence[Mapping[str, Any]], field: str, codes: Sequence[str]) -> str:
    signs = dict(zip(codes, _SIGNS, strict=False))
    try:
        return "".join(
            signs[str(record[field])] if record.get(field) not in (None, "") else _NO_CODE
            for record in records
        )
    except KeyError as error:
        raise AtlasError(
            "Een object heeft een waarde die niet in de codelijst staat.",
            where=field,
            expected=", ".join(codes),
            hint="Herstel de waarde in QGIS.",
        ) from error


def _day(value: object) -> str:
    """A day as the number of days since 1970, three signs."""
    if value in (None, ""):
        return _NO_DAY
    return _number(date.fromisoformat(str(value)[:10]).toordinal() - _EPOCH).rjust(_DAY_SIGNS, "0")


def _number(value: int) -> str:
    """A number from 0 in base 36."""
    signs = _SIGNS[value % 36]
    while value := value // 36:
        signs = _SIGNS[value % 36] + signs
    return signs


def _short(uuid: UUID) -> str:
    """A uuid in 22 signs of base64 for addresses."""
    return base64.urlsafe_b64encode(uuid.bytes).decode("ascii").rstrip("=")


def _places(records: Sequence[Mapping[str, Any]]) -> str:
    """`x y dx dy …`: the first place from zero, every next one from the place before; "." for no place."""
    steps: list[str] = []
    last_x = last_y = 0
    west, south, east, north = _FRAME
    for record in records:
        place = record.get(GEOMETRY_FIELD)
        if not isinstance(place, (tuple, list)):
            steps += (_NO_PLACE, _NO_PLACE)
            continue
        longitude, latitude = place
        if not (west <= longitude <= east and south <= latitude <= north):
            raise AtlasError(
                "Een object ligt niet in Drenthe of Groningen.",
                got=f"{longitude}, {latitude}",
                expected="lengte- en breedtegraad (WGS84)",
                hint="Reken de coördinaten eerst om vanuit RD.",
            )
        x, y = round(longitude * DEGREE), round(latitude * DEGREE)
        steps += (str(x - last_x), str(y - last_y))
        last_x, last_y = x, y
    return " ".join(steps)


def _texts(record: Mapping[str, Any], field: str) -> list[str]:
    text = str(record.get(field) or "")
    return [line for line in text.split("\n") if line] if field == _LINES else [text] * bool(text)


def _packed(columns: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, Any]:
    """Every text once: its pattern, and the numbers in it; and which texts each object has.

    Args:
        columns: Field -> for each object its texts.

    Returns:
        `patterns` as text with # for a number; `entries` with pattern and numbers, the most used first;
        `of` field -> for each object the numbers of its texts (base 36) with commas, objects with blanks.
    """
    uses = Counter(text for of_objects in columns.values() for texts in of_objects for text in texts)
    patterns: dict[str, str] = {}
    entries: list[str] = []
    position: dict[str, str] = {}
    for nth, text in enumerate(sorted(uses, key=lambda text: (-uses[text], text))):
        pattern = _TAKEN_OUT.sub("#", text)
        number = patterns.setdefault(pattern, _number(len(patterns)))
        entries.append(" ".join((number, *_TAKEN_OUT.findall(text))))
        position[text] = _number(nth)
    return {
        "patterns": list(patterns),
        "entries": ";".join(entries),
        "of": {
            field: " ".join(",".join(position[text] for text in texts) for texts in of_objects)
            for field, of_objects in columns.items()
        },
    }


def _evidence(uuids: Sequence[UUID], evidence: Iterable[Mapping[str, Any]], audience: str) -> str:
    """For each object what counts, oldest first: kind, value, day in 1 + 1 + 3 signs; objects with blanks.

    Raises:
        AtlasError: a kind or value that is not in its list; it is not repeated, as it may name a person.
    """
    if not all(may_leave(EVIDENCE, field, audience) for field in EVIDENCE_FIELDS):
        return ""
    pieces: Mapping[str, list[tuple[str, str, str]]] = {str(uuid): [] for uuid in uuids}
    kinds = dict(zip(SOURCES, _SIGNS, strict=False))
    values = {kind: dict(zip(VALUES[kind], _SIGNS, strict=False)) for kind in SOURCES}
    for record in evidence:
        of_object = pieces.get(str(record.get("object_uuid")))
        if of_object is None or is_withdrawn(record):
            continue
        kind, value = str(record.get("bewijsbron")), str(record.get("waarde"))
        if kind not in kinds or value not in values[kind]:
            raise AtlasError(
                "Een stuk bewijs heeft een bron of waarde die niet in de codelijst staat.",
                where=EVIDENCE,
                hint="Herstel de waarde in QGIS.",
            )
        of_object.append((_day(record.get("peildatum")), kinds[kind], values[kind][value]))
    return " ".join(
        "".join(f"{kind}{value}{day}" for day, kind, value in sorted(of_object))
        for of_object in pieces.values()
    )
