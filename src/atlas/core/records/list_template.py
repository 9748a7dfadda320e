"""The empty list of a layer: its columns by their label, what each may hold, and an example that is not read.

The workbook that people fill in and the page of the manual are made from the same description.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..schema.rural import working_layer
from ..tables.column_names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..schema.working import WorkingField, WorkingLayer
    from ..tables.table import Table

#: in the column Bron: this row shows how to fill in the others, and is never taken over
EXAMPLE_SOURCE = "FICTIEF voorbeeld: deze rij wordt niet ingelezen"
#: what the dossier knows better than a list, or fills itself
_NOT_ASKED = frozenset(
    {
        "uuid", "regime", "foto", "omtrek", "gemeente_zeker", "object_uuid", "bedrijf_uuid", "methode",
        "gewicht", "vervalt_op", "bag_pand_id",
    }
)  # fmt: skip
#: measured by the atlas, not typed in a list
_MEASURED = ("woningen_", "afstand_", "percentiel_")
_EXAMPLES: Mapping[str, str] = {
    "adres": "Voorbeeldweg 1, 1234AB Voorbeeldstad FICTIEF", "bron": EXAMPLE_SOURCE, "bronkenmerk": "V-1",
    "peildatum": "2026-01-31", "bewaren_tot": "2028-12-31", "datum": "2026-01-31", "team": "Team Voorbeeld",
    "doel": "Preventie", "toelichting": "Dak stuk; geen namen van personen",
}  # fmt: skip
_EXPLAINED = {"gemeente_code": "Naam of CBS-code; leeg volgt de gemeente uit de plaats"}
#: how the address of another layer's record is called in a list that has no address of its own
_ADDRESS = ("adres", "Adres", "Van het object in het dossier: straat, huisnummer, postcode en plaats")


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A column of an empty list: field, heading, whether it must be filled, values, an example."""

    name: str
    label: str
    required: bool
    values: tuple[str, ...]
    explanation: str
    example: str


def template_columns(layer: str) -> tuple[TemplateColumn, ...]:
    """The columns of the empty list of a layer, in the order of the schema.

    Raises:
        AtlasError: no such layer.
    """
    described = working_layer(layer)
    columns = [
        _column(known)
        for known in described.fields
        if not known.own and known.name not in _NOT_ASKED and not known.name.startswith(_MEASURED)
    ]
    if any(relation.via for relation in described.relations):
        name, label, explanation = _ADDRESS
        columns.insert(0, TemplateColumn(name, label, True, (), explanation, _EXAMPLES["adres"]))  # noqa: FBT003
    return tuple(columns)


def with_field_names(table: Table, layer: WorkingLayer) -> Table:
    """The table with the names of fields where its columns have their labels, whatever the case."""
    by_label = {folded(known.alias): known.name for known in layer.fields if not known.own}
    taken = set(table.columns)
    names = [
        name if name in taken and by_label.get(folded(name)) is None else _renamed(name, by_label, taken)
        for name in table.columns
    ]
    if len(set(names)) < len(names):
        return table
    return type(table)(table.source, tuple(names), table.cells, table.rows, table.around)


def _renamed(name: str, by_label: Mapping[str, str], taken: set[str]) -> str:
    ours = by_label.get(folded(name), name)
    return name if ours != name and ours in taken else ours


def column_table(layer: str) -> str:
    """The columns of a layer as a table of Markdown, for the manual."""
    lines = ["| kolom | verplicht | wat erin mag |", "|---|---|---|"]
    for column in template_columns(layer):
        what = "; ".join(column.values) or column.explanation
        lines.append(f"| {column.label} | {'ja' if column.required else ''} | {what} |")
    return "\n".join(lines)


def _column(known: WorkingField) -> TemplateColumn:
    values = tuple(dict.fromkeys(code.label for code in known.codes.codes)) if known.codes else ()
    required = known.required and not known.default and known.name != "gemeente_code"
    explanation = _EXPLAINED.get(known.name) or known.description or _words(known)
    example = _EXAMPLES.get(known.name) or (values[0] if values and required else "")
    return TemplateColumn(known.name, known.alias, required, values, explanation, example)


def _words(known: WorkingField) -> str:
    if known.format == "date":
        return "Een datum, zoals 2026-01-31"
    if known.format == "uuid":
        return "Het uuid van het record in het dossier"
    return "Een getal" if known.type != "text" else "Tekst"
