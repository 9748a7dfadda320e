"""Figures of a dossier for partners and for everyone, read from its stored protected table, by either face.

A table is made by the command alone (it needs a solver). What is read here is the one that was handed out
before: a table that is gone or another than the register knows would be a second answer to the same question,
and two answers give the number away.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..core.counts.protected_counts import COUNTS_OF
from ..core.counts.protected_figures import protected_figures
from ..core.counts.rural_figures import rural_source
from ..core.disclosure.figures import release_table
from ..core.disclosure.rules import own_rules
from ..core.words.errors import AtlasError
from ..core.words.notation import counted, format_period
from ..dossier.issue_register import Said, check_issue, read_register
from ..dossier.locks import slot
from ..dossier.opening import open_dossier
from ..dossier.protected_tables import erase_tables, read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ..core.disclosure.protected import ProtectedTable
    from ..core.disclosure.released import Released
    from ..core.disclosure.rules import Rules
    from ..core.figures.indicators import Catalogue
    from ..dossier.files import Dossier
    from ..dossier.register_chain import Line
    from .handing_out import Request

_RESTORE = "Zet de map beschermd terug uit een reservekopie van het dossier."


@dataclass(frozen=True, slots=True)
class ProtectedRecords:
    """A dossier with its newest protected table, for one audience.

    `notes` are for the readers, `warnings` for the maker.
    """

    dossier: Dossier
    released: Released[ProtectedTable]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def table(self) -> ProtectedTable:
        """The part of the table that the audience may have."""
        return self.released.content


def stored_table(folder: Path, request: Request, path: Path | None = None) -> ProtectedRecords:
    """The newest protected table that is there, for an audience; none is made for it.

    Args:
        folder: Of the dossier.
        request: For whom, which municipalities, for what.
        path: The file that will be made, when it is known.

    Raises:
        AtlasError: there is no table with these municipalities: others get no figure then; or it is not the
            one that was handed out before.
    """
    dossier = open_dossier(folder)
    codes = check_issue(
        dossier, path, purpose=request.purpose, audience=request.audience,
        municipalities=request.municipalities, user=request.user,
    )  # fmt: skip
    tables = [one for one in read_tables(folder) if set(codes) <= set(one.municipalities)]
    check_tables_are_there(dossier)
    if not tables:
        raise AtlasError(
            "Er is geen beschermde tabel met deze gemeente, en zonder gaan er geen aantallen naar buiten.",
            where=str(folder), got=", ".join(codes),
            hint="Maak eerst met de opdracht atlas de pagina voor deze doelgroep: daarbij ontstaat de tabel.",
            choices=("make_protected_table",),
        )  # fmt: skip
    rules = own_rules(request.audience, {}, "[rules]")
    return for_audience(dossier, tables[-1], rules, codes, purpose=request.purpose)


def refuse_without_figures(table: ProtectedTable, rules: Rules, dossier: Dossier) -> None:
    """Refuse a table that says nothing.

    Raises:
        AtlasError: it has no number.
    """
    if not table.cells:
        fewest = counted(rules.minste_bedrijven, "erf", "erven")
        raise AtlasError(
            "Voor deze gemeenten is er geen aantal dat anderen mogen zien; er is niets gemaakt.",
            detail=f"Van minder dan {fewest} wordt geen aantal gegeven.",
            where=str(dossier.folder), got=", ".join(table.municipalities),
            hint="Noem meer gemeenten, of wacht tot er meer is vastgelegd.",
            choices=("municipality",),
        )  # fmt: skip


def for_audience(
    dossier: Dossier,
    table: ProtectedTable,
    rules: Rules,
    codes: Iterable[str],
    *,
    purpose: str,
    warnings: Sequence[str] = (),
) -> ProtectedRecords:
    """The part of a table that an audience may have, with what its readers are told.

    Raises:
        AtlasError: its rules ask for more than the table was made with, there is
            no number it may see, or the register knows another table.
    """
    peildatum = table.peildatum
    seen = table.for_audience(rules, COUNTS_OF)
    refuse_without_figures(seen, rules, dossier)
    released = release_table(
        seen,
        municipalities=codes,
        purpose=purpose,
        fictitious=dossier.fictitious,
    )
    last = format_period(rules.last_day(peildatum))
    until = f"De cijfers van het dossier zijn te gebruiken tot en met {last}."
    records = ProtectedRecords(dossier, released, (rules.sentence, until, *table.notes), tuple(warnings))
    said = said_of(records, ())
    for line in _handed_out(dossier):
        same = line["publiek"] == rules.audience and line["regels"] == said.rules
        if same and str(line["tabel"]).startswith(f"{peildatum} ") and line["tabel"] != said.table:
            raise AtlasError(
                "Dit is een andere beschermde tabel dan waaruit al is uitgegeven.",
                where=f"{dossier.folder}, peildatum {peildatum}",
                detail=f"Regel {line['nummer']} van het register noemt een andere.",
                hint=_RESTORE,
            )
    return records


def check_tables_are_there(dossier: Dossier) -> None:
    """Refuse when the newest table that figures were handed out of is gone.

    Raises:
        AtlasError: it is; a table made now would tell the same number a second time, in another way.
    """
    handed_out = {_date_of(line) for line in _handed_out(dossier)}
    there = {table.peildatum for table in read_tables(dossier.folder)}
    if handed_out and max(handed_out) > max(there, default=""):
        raise AtlasError(
            "De beschermde tabel waaruit het laatst is uitgegeven is er niet meer.",
            where=str(dossier.folder),
            got=", ".join(sorted(there)) or "geen tabel",
            expected=max(handed_out),
            detail="Een nieuwe rondt dezelfde aantallen anders af, en twee afrondingen geven ze prijs.",
            hint=_RESTORE,
        )


def drop_refused(dossier: Dossier) -> tuple[str, ...]:
    """Erase the tables of which a file was begun and none was ever made: nobody has a figure of them.

    Returns:
        Their reference dates. A following build makes such a table again, of what is in the dossier then.
    """
    handed_out = {_date_of(line) for line in _handed_out(dossier)}
    begun = {_date_of(line) for line in read_register(dossier) if line["tabel"]}
    refused = tuple(sorted(begun - handed_out))
    with slot(dossier.folder):
        erase_tables(dossier.folder, refused)
    return refused


def _handed_out(dossier: Dossier) -> list[Line]:
    """The lines of files with figures of a table that were made: what was begun and refused is no file."""
    return [line for line in read_register(dossier) if line["tabel"] and line["controlegetal"]]


def _date_of(line: Line) -> str:
    return str(line["tabel"]).partition(" ")[0]


def with_protected(catalogue: Catalogue, records: ProtectedRecords) -> Catalogue:
    """The catalogue with the figures of the table."""
    source = replace(
        rural_source(records.table.peildatum, fictitious=records.dossier.fictitious),
        licence_note="Afgeronde aantallen; de gegevens zelf blijven bij de gemeente.",
    )
    indicators, values = protected_figures(records.table, source, records.released.municipalities)
    return replace(
        catalogue,
        indicators=(*catalogue.indicators, *indicators),
        values=(*catalogue.values, *values),
    )


def rule_in_register(records: ProtectedRecords) -> str:
    """The rule as the register keeps it, with the table and why it is weaker, if it is."""
    rules = records.table.rules
    why = f" Soepeler dan de regel: {rules.reden}" if rules.reden else ""
    return f"Beschermde tabel {records.table.peildatum}, afgerond op {rules.grondtal}.{why}"


def said_of(records: ProtectedRecords, figures: Iterable[str]) -> Said:
    """What the register says of the figures in a file: which, of which table, by which rules."""
    table = records.table
    checksum = hashlib.sha256(table.as_text().encode()).hexdigest()
    return Said(tuple(figures), f"{table.peildatum} {checksum}", table.rules.checksum)
