"""Read files as an outsider does, beside all that was handed out before, and say what they give away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.words.errors import AtlasError
from ..core.words.layer_names import OBJECTS
from ..core.words.notation import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ..protection.attack import FigureChanged
    from ..protection.linked import Sum
    from ..protection.publications import Figure
    from ..protection.single_figures import Finding
    from ..protection.traces import Secrets

_SHOWN = 10
#: shorter is a word like any other
_LEAST_NAME = 5


@dataclass(frozen=True, slots=True)
class Audited:
    """What an audit read and found: how many figures of the files, and of tables handed out before.

    `supposed_few`: between the dates in them few records were taken to change, whether they did or not.
    """

    files: int
    figures: int
    tables: int
    findings: tuple[str, ...]
    supposed_few: bool = False


def audit_files(
    paths: Sequence[Path], register: Path | None = None, phrase_of: Callable[[Path], str] | None = None
) -> Audited:
    """What an outsider learns from files that were handed out, and of a sealed one what its recipient does.

    Args:
        paths: The files.
        register: The dossier they come from (its folder, or its register): the protected tables of it are
            put beside them, and what stands in its records is looked for.
        phrase_of: Asks the passphrase of a sealed file; None when nobody can be asked.

    Raises:
        AtlasError: a file that can't be read, a passphrase that does not open it, no dossier, or no solver.
    """
    attack, publications, traces = _protection()
    folder = _dossier(register) if register else None
    secrets = _secrets(folder) if folder else None
    before, linked, changed = _handed_out(folder)
    figures: list[Figure] = []
    found: list[Finding] = []
    for path in paths:
        content = _opened(path, _read(path), phrase_of)
        found += traces.traces_in(path, content, secrets)
        described = publications.read_described(path, content)
        if described is not None:
            found += attack.attacked_as_described(described)
        figures += publications.read_figures(path, content)
    found += attack.attacked([*figures, *before], linked=linked, changed=changed)
    tables = len({one.file for one in before})
    supposed_few = folder is None and attack.compares_editions(figures)
    return Audited(len(paths), len(figures), tables, tuple(one.sentence for one in found), supposed_few)


def check_file(path: Path, folder: Path) -> None:
    """Refuse a file for partners or for everyone that gives away more than was agreed.

    Args:
        path: Where it is being made.
        folder: The dossier it comes from.

    Raises:
        AtlasError: what an outsider can work out, or finds in its bytes.
    """
    _refuse(path, audit_files([path], folder).findings)


def check_hidden(path: Path, content: bytes) -> None:
    """Refuse a file without a dossier in which a hidden figure follows from the others.

    Args:
        path: What it will be called.
        content: What will stand in it.

    Raises:
        AtlasError: which figure, and the sum; or there is no solver.
    """
    attack, publications, _traces = _protection()
    found = attack.hidden_given_away(publications.read_figures(path, content))
    _refuse(path, tuple(one.sentence for one in found))


def _refuse(path: Path, findings: tuple[str, ...]) -> None:
    if findings:
        raise AtlasError(
            "Dit bestand verraadt meer dan is afgesproken; het is niet gemaakt.",
            where=path.name,
            got="; ".join(findings[:_SHOWN]),
            detail=f"{counted(len(findings), 'bevinding', 'bevindingen')} van de controle op wat een "
            "buitenstaander eruit haalt.",
            hint="Laat weg wat hier staat, of geef het alleen aan het team.",
        )


def _protection():  # noqa: ANN202 - three modules
    try:
        from ..protection import attack, publications, traces
    except ImportError as error:
        raise AtlasError(
            "Nagaan wat een bestand verraadt vraagt de bibliotheek highspy.",
            hint="Laat de beheerder die installeren: pip install 'buitengebied-atlas[protection]'.",
        ) from error
    return attack, publications, traces


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AtlasError(
            "Dit bestand kan niet worden gelezen.", where=str(path),
            hint="Controleer de naam en de map, en of u het mag lezen.",
        ) from error  # fmt: skip


def _opened(path: Path, content: bytes, phrase_of: Callable[[Path], str] | None) -> bytes:
    """The bytes of a file, of a sealed one those that its recipient sees."""
    from ..sealing import is_sealed, open_sealed

    if not is_sealed(content):
        return content
    if phrase_of is None:
        raise AtlasError(
            "Dit bestand is verzegeld: een buitenstaander haalt er niets uit, en de atlas ook niet.",
            where=str(path),
            hint="Wat een ontvanger eruit haalt is nagegaan voordat het werd verzegeld.",
        )
    return open_sealed(content, phrase_of(path))


def _dossier(register: Path) -> Path:
    from ..core.files.dossier_folder import looks_like_dossier

    folder = register if register.is_dir() else register.parent
    if not looks_like_dossier(folder):
        raise AtlasError(
            "Hier is geen dossier, dus ook geen register.",
            where=str(register),
            expected="de map van het dossier, of het register uitgifte.gpkg erin",
        )
    return folder


def _handed_out(
    folder: Path | None,
) -> tuple[list[Figure], list[tuple[str, str, Sum]], FigureChanged]:
    """The figures of all protected tables, of what partners have; what links them, and where much changed."""
    from ..core.counts.protected_counts import CONDITIONS
    from ..core.disclosure.protected import shown
    from ..dossier.protected_tables import read_tables
    from ..protection.audit import changed_much
    from ..protection.publications import Figure
    from ..protection.squares import linked_squares

    whole = {one.id: one.whole or one.id for one in CONDITIONS}
    tables, figures = read_tables(folder) if folder else [], list[Figure]()
    much = changed_much(tables)

    def changed(about: str, first: str, second: str, cell: str) -> bool:
        area, _, category = cell.partition("|")
        condition = ";".join(filter(None, (about.removesuffix("_aantal"), category)))
        return much(first, second, f"{area}|{condition}")

    for table in tables:
        code_of = {",".join(squares): code for code, squares in table.square_areas.items()}
        for cell, figure in table.cells.items():
            area, _, condition = cell.rpartition("|")
            told = shown(figure, table.rules.grondtal)
            low = max(told.low, table.rules.minste_per_vierkant) if area in code_of else told.low
            figures.append(
                Figure(
                    f"beschermde tabel {table.peildatum}", f"{whole[condition]}_aantal",
                    "" if whole[condition] == condition else condition.partition(";")[2],
                    code_of.get(area, area), table.peildatum, float(figure), float(low), float(told.high),
                    "", "count",
                )
            )  # fmt: skip
    linked = [(f"{OBJECTS}_aantal", date, one) for date, one in linked_squares(tables, "")]
    return figures, linked, changed


def _secrets(folder: Path) -> Secrets:
    """The addresses and names in the records of a dossier."""
    from ..dossier.opening import open_dossier
    from ..dossier.records import read_layers
    from ..protection.traces import Secrets

    layers = read_layers(open_dossier(folder))
    every = [record for records in layers.values() for record in records]
    addresses = {str(record["adres"]).casefold() for record in every if record.get("adres")}
    names = {
        str(record[name])
        for record in every
        for name in ("aangemaakt_door", "gewijzigd_door")
        if record.get(name) and len(str(record[name])) >= _LEAST_NAME
    }
    return Secrets(frozenset(addresses), frozenset(name for name in names if "FICTIEF" not in name))
