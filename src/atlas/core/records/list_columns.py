"""What a column of an own list is, by its name and its cells: a field, part of an address, an id, a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..schema.rural import working_layer
from ..tables.address_columns import is_weak, part_of_address
from ..tables.column_names import ADDRESS_PARTS, BAG_ID_NAMES, PLACE_NAMES, folded
from ..tables.persons import names_a_person
from ..words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..schema.working import WorkingLayer
    from ..tables.table import Table

#: a field -> the folded names that people give its column, beside its own name and alias
FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "soort": (
        "type",
        "typegebouw",
        "soortgebouw",
        "gebouwtype",
        "gebouwsoort",
        "typeobject",
        "soortobject",
        "objectsoort",
        "objecttype",
        "gebouw",
        "typepand",
        "soortpand",
    ),
    "gebruiksklasse": ("gebruik", "huidiggebruik", "gebruiksklasse"),
    "status": ("status", "stand", "voortgang", "statusteam"),
    "prioriteit": ("prioriteit", "prio", "urgentie"),
    "vab": ("vab", "vrijkomendeagrarischebebouwing"),
    "vab_stopjaar": ("stopjaar", "jaargestopt", "gestoptin", "jaarvanstoppen"),
    "toelichting": (
        "opmerking",
        "opmerkingen",
        "toelichting",
        "omschrijving",
        "notitie",
        "notities",
        "bijzonderheden",
    ),
    "bronkenmerk": (
        "kenmerk",
        "zaaknummer",
        "zaaknr",
        "dossiernummer",
        "referentie",
        "meldingsnummer",
        "bronkenmerk",
        "kenmerkbron",
        "objectnummer",
        "objectid",
    ),
    "bron": ("bron", "herkomst"),
    "peildatum": (
        "peildatum",
        "datum",
        "opnamedatum",
        "datumopname",
        "datumwaarneming",
        "gezienop",
        "datumgezien",
        "datummelding",
        "meldingsdatum",
        "datumsignaal",
        "datumantwoord",
    ),
    "bewaren_tot": ("bewarentot", "bewaartermijn"),
    "gemeente_code": ("gemeente", "gemeentecode", "gemeentenaam", "gmcode"),
    "waarde": ("waarde", "treffer", "hit", "uitkomst", "resultaat", "antwoord", "aanwezig", "waarneming"),
    "bewijsbron": ("bewijsbron", "soortbewijs", "register"),
    "categorie": ("categorie", "soortsignaal", "soortmelding", "signaal", "bevinding", "soortbevinding"),
    "melder_soort": ("meldersoort", "soortmelder", "soortbron", "bronsoort"),
    "weging": ("weging", "uitkomstweging"),
    "datum": ("datum", "bezoekdatum", "datumbezoek"),
    "team": ("team", "naamteam"),
    "regeling": ("regeling", "wet", "verordening", "wettelijkeregeling"),
    "doel": ("doel", "doelbezoek"),
    "uitkomst": ("uitkomst", "resultaat", "uitkomstbezoek"),
}
#: a column that says by whom something was seen: of people in the team nothing is kept either
_BY_WHOM = ("gezien door", "opgenomen door", "ingevuld door", "waarnemer", "inspecteur", "medewerker",
            "behandelaar", "toezichthouder", "controleur", "auteur", "initialen")  # fmt: skip
#: what says of a row which place or record it is about, beside an address, an id, a place and a uuid
_ABOUT = ("gemeente_code", "bronkenmerk", "omtrek")
_MOST_NAMED = 6
#: no list holds these: the dossier fills them
RUNNING = frozenset({"nr", "nummer", "no", "volgnr", "volgnummer", "rij", "regel", "id", "fid"})


def offered_names(layer: str) -> tuple[str, ...]:
    """What a column of a list for this layer can be: fields, parts of an address, ids and places."""
    described = working_layer(layer)
    own = [known.name for known in described.fields if not known.own]
    via = [name for relation in described.relations for name in relation.via]
    placed = PLACE_NAMES if described.geometry is not None else ()
    return tuple(dict.fromkeys((*own, *via, *_address_names(described), *placed)))


def refuse_nowhere(table: Table, columns: Mapping[str, str]) -> AtlasError | None:
    """The sentence for a list of which no column says what its rows are about; None when one does.

    Args:
        table: The list.
        columns: Our name -> its column.
    """
    about = {*ADDRESS_PARTS, *BAG_ID_NAMES, *PLACE_NAMES, *_ABOUT}
    if any(name in about or name.endswith("uuid") for name in columns):
        return None
    return AtlasError(
        "Geen kolom van deze lijst zegt over welke plek of welk record een rij gaat.",
        where=table.source,
        got=", ".join(f'"{column}"' for column in table.columns[:_MOST_NAMED]),
        expected="een adres, een BAG-id, coördinaten, een gemeente of een kenmerk",
        hint="Zeg welke kolom het is. Begint de lijst met een adres, zet er dan een rij met namen boven.",
        choices=("column",),
    )


def as_text(cell: object) -> str:
    """A cell as it is compared and shown: single blanks, whole numbers without a point."""
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return "" if cell is None else " ".join(str(cell).split())


def _address_names(described: WorkingLayer) -> tuple[str, ...]:
    if described.field("adres") is None and not described.relations:
        return ()
    return (*ADDRESS_PARTS, *BAG_ID_NAMES)


def our_name(column: str, described: WorkingLayer, table: Table, taken: Mapping[str, str]) -> str:
    """The field, part of an address, id or place that a column is by its name; "" for none."""
    name = folded(column)
    offered = offered_names(described.name)
    fields = [known for known in described.fields if known.name in offered]
    for known in fields:
        if name in (folded(known.name), folded(known.alias)):
            return known.name
    for ours, names in {**BAG_ID_NAMES, **PLACE_NAMES}.items():
        if ours in offered and name in names and not (ours == "punt" and name == "locatie"):
            return ours
    meant = [known.name for known in fields if name in FIELD_NAMES.get(known.name, ())]
    meant.sort(key=lambda one: (one in taken, one == "peildatum"))  # of a visit "datum" is its day
    if meant:
        return meant[0]
    # "Locatie" is where people put an address
    part = "adres" if name == "locatie" else part_of_address(column)
    if part in offered and not is_weak(column):
        return part
    if part and is_weak(column) and _is_house_number(table, column, taken):
        return part
    return ""


def _is_house_number(table: Table, column: str, taken: Mapping[str, str]) -> bool:
    """Whether "Nr" beside a street without numbers is its house number: not when the rows are numbered."""
    if "huisnummer" in taken or "adres" in taken:
        return False
    numbers = [as_text(cell) for cell in table.column(column)]
    streets = [name for name in table.columns if part_of_address(name) in ("straat", "adres")]
    if not streets or any(part_of_address(name) == "adres" for name in streets):
        return False
    running = numbers == [str(number) for number in range(1, len(numbers) + 1)]
    return not running and all(number[:1].isdigit() for number in numbers if number)


def personal(column: str) -> str:
    """Why a column is not kept as it is about a person; "" when it is not."""
    if names_a_person(column):
        return "deze kolom noemt een persoon; het dossier gaat over plekken"
    words = " ".join(column.lower().replace("_", " ").split())
    if any(word in words for word in _BY_WHOM):
        return "wie het zag of opschreef wordt niet bewaard"
    return ""


def why_left(column: str, described: WorkingLayer) -> str:
    """Why a column that is no field stays out, in words."""
    if folded(column) in RUNNING:
        return "een volgnummer; is het een vast kenmerk in de bron, noem de kolom dan bronkenmerk"
    return f"de laag {described.name} heeft hier geen veld voor"
