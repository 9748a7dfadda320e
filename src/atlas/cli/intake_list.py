"""`atlas intake` of a list: its columns, its values, what no column says, the preview, the import."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from ..core.words.errors import AtlasError
from . import intake_questions
from .choices import who_does
from .intake_run import agreed, check_taken, save, show_preview
from .messages import say, say_error, sentences, steps
from .rural import say_imported

if TYPE_CHECKING:
    from pathlib import Path

    from ..core.records.import_file import ImportRequest
    from ..core.records.list_intake import ListMapping
    from ..core.tables.table import Table
    from ..jobs.importing import ImportPorts
    from .intake_run import Run


class _Prepared(NamedTuple):
    """An import that was looked at and can be carried out."""

    request: ImportRequest
    ports: ImportPorts
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListTask:
    """What is of this one run: the dossier, the BAG, the report, who does it, and the list's own date."""

    dossier: Path | None
    addresses: Path | None
    reference_date: str
    report: Path
    user: str | None
    accept_personal_text: bool


def take_list(run: Run, table: Table, mapping: ListMapping, task: ListTask) -> None:
    """Show how a list was understood and what would happen, and import it."""
    from ..core.records.import_file import ImportRequest
    from ..core.records.list_intake import refuse_open
    from ..flows.importing import ImportTask, import_ports
    from ..jobs.importing import import_rows
    from ..jobs.intake import preview_list

    with sentences():
        folder = _dossier(task, run.file)
        mapping = _with_columns(run, table, mapping)
        who, now = who_does(task.user), datetime.now(UTC)

    def complete(answers: tuple[ListMapping, str]) -> tuple[ListMapping, str]:
        mapping, day = answers
        if not run.questions and (refusal := refuse_open(table, mapping, day)):
            raise refusal
        return _with_constants(table, _with_values(table, mapping), day)

    def look(answers: tuple[ListMapping, str]) -> _Prepared:
        try:
            return prepared(answers, accept=task.accept_personal_text)
        except AtlasError as error:
            if not (run.questions and "accept_personal_text" in error.choices):
                raise
            say_error(error)
        if intake_questions.confirm("De tekst zo overnemen?"):
            return prepared(answers, accept=True)
        raise AtlasError(
            "De tekst gaat niet mee.", hint="Haal hem uit het bestand, of laat zijn kolom weg: wijzigen."
        )

    def prepared(answers: tuple[ListMapping, str], *, accept: bool) -> _Prepared:
        mapping, day = answers
        request = ImportRequest(
            mapping.layer, mapping.register, mapping.source, mapping.keep_until, accept, day
        )
        with steps() as progress:
            ports = import_ports(
                ImportTask(run.file, request, task.addresses, run.sheet, mapping=mapping),
                task.report, progress, table,
            )  # fmt: skip
            preview = preview_list(folder, request, ports, user=who, now=now)
        show_preview(preview)
        check_taken(preview.taken)
        return _Prepared(request, ports, tuple(preview.sentences))

    with sentences():
        (mapping, _day), found = agreed(
            run, (mapping, task.reference_date), complete=complete, look=look,
            change=lambda answers: intake_questions.change_list(table, *answers),
            mapping_of=lambda answers: answers[0],
        )  # fmt: skip
    with sentences(), steps() as progress:
        ports = replace(found.ports, progress=progress)
        done = import_rows(folder, found.request, ports, user=who, now=now)
        save(run, mapping)
    say_imported(done, task.report, found.told)


def _dossier(task: ListTask, file: Path) -> Path:
    if task.dossier is None:
        raise AtlasError(
            "Een lijst komt in een dossier, en dat is niet genoemd.",
            where=str(file),
            hint="Noem de map van het dossier; een nieuw dossier maakt u eerst.",
            choices=("dossier", "make_dossier"),
        )
    return task.dossier


def _with_columns(run: Run, table: Table, mapping: ListMapping) -> ListMapping:
    from ..core.records.list_intake import understood
    from .intake_questions import ask_columns, show

    mapping, left = understood(table, mapping, saved=bool(run.saved))
    show(table, {column: name for name, column in mapping.columns.items()})
    if run.questions:
        return ask_columns(table, mapping, left)
    for one in left:
        say(f'Niet overgenomen: "{one.column}" ({one.why}).')
    return mapping


def _with_values(table: Table, mapping: ListMapping) -> ListMapping:
    from ..core.records.list_intake import unsure_values
    from .intake_questions import ask_values

    unsure = unsure_values(table, mapping)
    return ask_values(mapping, unsure) if unsure else mapping


def _with_constants(table: Table, mapping: ListMapping, day: str) -> tuple[ListMapping, str]:
    from ..core.records.list_intake import missing_constants
    from .intake_questions import ask_constants

    said = ask_constants(missing_constants(table, mapping, day))
    mapping = replace(
        mapping,
        source=said.get("bron", mapping.source),
        keep_until=said.get("bewaren_tot", mapping.keep_until),
    )
    return mapping, said.get("peildatum", day)
