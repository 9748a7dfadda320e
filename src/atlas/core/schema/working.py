"""The words in which an editable layer is described, beside those of `schema`: formats, defaults, relations.

GeoPackage, forms, PostGIS and the planning of an import read the same description.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from .published import Code, CodeList, Field, Layer

if TYPE_CHECKING:
    from collections.abc import Mapping

#: how the text of a field is written; stored as text unless a file format knows dates
Format = Literal["", "uuid", "date", "moment", "time", "bag_pand", "bag_vbo", "gemeente", "path"]
#: what fills a new record's field when nobody does
DefaultFrom = Literal["", "uuid", "today", "now", "user"]
#: what happens to a record when the one it belongs to is erased
OnErase = Literal["erase", "detach"]

#: format -> a pattern of the whole text, understood by Python, QGIS (regexp_match) and PostgreSQL
PATTERNS: dict[Format, str] = {
    "uuid": "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
    "date": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "moment": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?Z$",
    "time": "^([01][0-9]|2[0-3]):[0-5][0-9]$",
    "bag_pand": "^[0-9]{4}10[0-9]{10}$",
    "bag_vbo": "^[0-9]{4}0[123][0-9]{10}$",
    "gemeente": "^GM[0-9]{4}$",
    "path": "^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$",
}
#: format -> what it means, for the form and for a refusal
FORMAT_WORDS: dict[Format, str] = {
    "uuid": "een uuid zonder accolades",
    "date": "een datum (jjjj-mm-dd)",
    "moment": "een tijdstip in UTC",
    "time": "een tijd (uu:mm)",
    "bag_pand": "16 cijfers, met 10 als vijfde en zesde cijfer",
    "bag_vbo": "16 cijfers, met 01, 02 of 03 als vijfde en zesde cijfer",
    "gemeente": "GM en vier cijfers",
    "path": "een pad binnen de map van het dossier, zoals fotos/erf.jpg",
}


@dataclass(frozen=True, slots=True)
class WorkingField(Field):
    """A field that people edit.

    Args:
        format: How its text is written.
        default: What a new record gets, as text; "" for nothing.
        default_from: Or where the value comes from.
        minimum: The least a number may be; None for no limit.
        maximum: The most a number may be.
        may_be_future: Whether a date may lie after today.
        own: Kept by the dossier itself (bookkeeping, conclusions): a file never sets it.
    """

    format: Format = ""
    default: str = ""
    default_from: DefaultFrom = ""
    minimum: float | None = None
    maximum: float | None = None
    may_be_future: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """`field` holds the uuid of a record of `layer`.

    `via` are columns by which a file may name that record instead ("bag_vbo_id"), in order of preference.
    """

    field: str
    layer: str
    on_erase: OnErase
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """A rule over several fields of one record.

    When `when_field` holds one of `when_values` (always, without a `when_field`), one of `fields` must be
    filled and, if `values` are given, hold one of those. `explanation` is the Dutch sentence for the form.
    """

    name: str
    explanation: str
    fields: tuple[str, ...]
    values: tuple[str, ...] = ()
    when_field: str = ""
    when_values: tuple[str, ...] = ()

    def holds(self, record: Mapping[str, object]) -> bool:
        """Whether a record keeps the rule."""
        if self.when_field and record.get(self.when_field) not in self.when_values:
            return True
        filled = [record[name] for name in self.fields if record.get(name) not in (None, "")]
        return any(not self.values or value in self.values for value in filled)

    @property
    def expression(self) -> str:
        """The rule for SQLite, PostgreSQL and QGIS, which share this much."""
        then = " OR ".join(
            f'"{name}" IN ({_listed(self.values)})'
            if self.values
            else f'"{name}" IS NOT NULL AND "{name}" <> \'\''
            for name in self.fields
        )
        if not self.when_field:
            return then
        field = f'"{self.when_field}"'
        return f"{field} IS NULL OR {field} NOT IN ({_listed(self.when_values)}) OR {then}"


@dataclass(frozen=True, slots=True)
class Identity:
    """Fields that together recognise a record that comes again.

    Two records that are equal in all `fields` (filled in both) are the same one, unless they differ in one of
    `unless_different` (filled in both): two dwellings in one pand are two objects.
    """

    fields: tuple[str, ...]
    unless_different: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkingLayer(Layer):
    """An editable layer: one GeoPackage file, records told apart by `uuid`.

    `identities` go from precise to coarse. `append_only`: a register that is written to and never edited.
    `made_here`: only the dossier itself makes its records, no list and no package brings one.
    """

    fields: tuple[WorkingField, ...]
    identities: tuple[Identity, ...] = ()
    relations: tuple[Relation, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    append_only: bool = False
    made_here: bool = False

    def field(self, name: str) -> WorkingField | None:
        """The field with this name, None when there is none."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def known_by_uuid(self) -> WorkingLayer:
        """The same layer, whose records nothing but their uuid tells apart."""
        return replace(self, identities=())


def code_list(name: str, labels: Mapping[str, str]) -> CodeList:
    """A code list from code -> Dutch label."""
    return CodeList(name, tuple(Code(value, label) for value, label in labels.items()))


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)
