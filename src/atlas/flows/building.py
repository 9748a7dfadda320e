"""Build the atlas: figures, boundaries and own tables become one payload; every face draws that."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.areas.districts import DISTRICT_LEVEL, DISTRICT_YEAR, district_level
from ..core.counts.team_page import AUDIENCE, first_of_dossier, with_counts
from ..core.figures.indicators import Catalogue, load_catalogue
from ..core.figures.level_entries import without_details
from ..core.figures.panel_delivery import DELIVERY_SHEET, with_delivery
from ..core.figures.payload import build_payload
from ..core.files.output_gate import check_outputs
from ..core.joining.joined import JoinReport
from ..core.joining.own_figures import with_own_figure
from ..core.schema.outcomes import ATTENTION_OUTCOMES
from ..core.words.errors import AtlasError
from ..jobs.progress import Progress, silent
from ..store.tables import read_table
from .joining import join_table, write_report
from .protected_outputs import protected_names
from .sealing import chosen_sealing, page_path, sealing_in_register, write_page
from .team_outputs import output_names

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from ..core.areas.divisions import DetailLevel
    from ..core.disclosure.released import Released
    from ..core.figures.payload import Payload
    from ..core.joining.dividing import Division
    from ..core.joining.joined import Joined
    from ..web.page import Basemap
    from .configuration import Configuration, OwnTable
    from .team import TeamRequest


_HIDDEN = "onderdrukt"
_NO_SHEETS = (
    "Van de cijfers per wijk zijn er geen kaartbladen: zoveel namen passen niet op een blad. Ze staan op de "
    "pagina en in de GeoPackage."
)


@dataclass(frozen=True, slots=True)
class Built:
    """The files that were written, and what the maker should look at."""

    files: tuple[Path, ...]
    warnings: tuple[str, ...]
    #: rows of own tables that could not be joined as they stand; each is in a report
    attention: int
    #: who gets which passphrase of a sealed page: shown once, kept nowhere
    passphrases: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def build_atlas(
    configuration: Configuration,
    out: Path,
    *,
    basemap: bool = False,
    sheets: bool = True,
    every_period: bool = False,
    team: TeamRequest | None = None,
    progress: Progress = silent,
) -> Built:
    """Write `atlas.html`, `atlas.gpkg` and, unless told not to, `kaarten/` into `out`.

    For a team with a dossier it is one page instead, `atlas-team.html`, with its figures as a GeoPackage and
    a PDF of sheets (FICTIEF is in their names when the dossier is), through the register of issues.

    Args:
        configuration: Edition, own tables and boundaries; `Configuration()` is the embedded atlas.
        out: Folder, made when it is not there.
        basemap: Offer the background map on the page and print it on the sheets. This is the only choice
            that makes a request: for the sheets now, for the page when a reader switches it on.
        sheets: Also draw the printed sheets.
        every_period: Of the sheets also those of earlier periods.
        team: A dossier to build from. Other audiences get the figures of its protected table only: a page
            `atlas-partners.html` with the figures as a GeoPackage, a CSV and a PDF, through the register too.
        progress: Told what is being done.

    Raises:
        AtlasError: bad input or a folder that can't be written; every file is whole or absent.
    """
    _check_outputs(configuration, out, team)
    progress("Cijfers lezen", 0.0)
    catalogue, delivered = _surveyed(configuration)
    reports = reports_of(configuration.tables, out)
    tables = _joined(configuration.tables, reports)
    catalogue, notes, attention = _with_tables(catalogue, tables)
    notes = [*delivered, *notes]
    background = configuration.basemap if basemap else None
    if team is not None and configuration.edition.audience == AUDIENCE:
        written, warnings, passphrases = _build_team_page(
            catalogue, configuration, team, out, background=background, sheets=sheets, progress=progress
        )
        return Built((*reports, *written), (*notes, *warnings), attention, passphrases)
    if team is not None:
        written, warnings, passphrases = _build_protected(
            catalogue, configuration, team, out, background=background, sheets=sheets, progress=progress
        )
        return Built((*reports, *written), (*notes, *warnings), attention, passphrases)
    progress("Grenzen lezen", 0.1)
    payload, warnings = _payload(catalogue, configuration)
    _check_told(payload)
    progress("Pagina maken", 0.2)
    files = [*reports, write_page(payload, out / "atlas.html", background)]
    progress("GeoPackage schrijven", 0.35)
    files.append(_write_geopackage(payload, out / "atlas.gpkg"))
    if sheets:
        progress("Kaartbladen tekenen", 0.5)
        printed = payload.into(without_details)
        if len(printed.content["levels"]) < len(payload.content["levels"]):
            warnings = [*warnings, _NO_SHEETS]
        files += _write_sheets(
            printed, out / "kaarten", background, every_period=every_period, progress=progress
        )
    progress("Klaar", 1.0)
    return Built(tuple(files), (*notes, *warnings), attention)


def published_payload(configuration: Configuration, output: Path | None = None) -> Released[Payload]:
    """What a configuration publishes of figures, without a dossier.

    Args:
        configuration: Edition, own tables and boundaries.
        output: The file that will be made of it: the reports of own tables are written beside it.

    Raises:
        AtlasError: bad input.
    """
    catalogue, _delivered = _surveyed(configuration)
    if output is None:  # a sentence on the screen
        lists: dict[Path, tuple[Division, ...]] = {}
        tables = [(table, join_table(table.join, lists)) for table in configuration.tables]
        for _table, joined in tables:
            if joined.refusal is not None:
                raise joined.refusal
    else:
        tables = _joined(configuration.tables, reports_of(configuration.tables, output.parent))
    catalogue, _notes, _attention = _with_tables(catalogue, tables)
    payload, _warnings = _payload(catalogue, configuration)
    _check_told(payload)
    return payload


def _surveyed(configuration: Configuration) -> tuple[Catalogue, tuple[str, ...]]:
    """The figures of the survey, as published and as its bureaus delivered, and remarks about those."""
    catalogue = load_catalogue() if configuration.survey else Catalogue((), (), (), ())
    if configuration.panel is None:
        return catalogue, ()
    catalogue, notes = with_delivery(catalogue, read_table(configuration.panel, sheet=DELIVERY_SHEET))
    return catalogue, tuple(f"{configuration.panel.name}: {note}" for note in notes)


def _check_outputs(configuration: Configuration, out: Path, team: TeamRequest | None) -> None:
    """Before any work is done: where the files will stand. Sheets are asked about when they are drawn."""
    inputs = [
        configuration.boundaries,
        configuration.panel,
        *(table.join.path for table in configuration.tables),
    ]
    if team is not None:
        inputs += [team.dossier, team.addresses, team.neighbourhoods, *team.rasters]
    names = [f"atlas-team{ending}.html" for ending in ("", "-FICTIEF")] if team else []
    names += [name for made_up in (False, True) for name in output_names(fictitious=made_up)] if team else []
    if team and configuration.edition.audience != AUDIENCE:
        names += [
            name
            for made_up in (False, True)
            for name in protected_names(configuration.edition.audience, fictitious=made_up)
        ]
    check_outputs(
        [out / name for name in ("atlas.html", "atlas.gpkg", *names)],
        reports=reports_of(configuration.tables, out),
        inputs=inputs,
    )


def reports_of(tables: Sequence[OwnTable], out: Path) -> list[Path]:
    """A report for every block: named after its file, with the number of the block where names would meet."""
    stems = [table.join.path.stem.casefold() for table in tables]
    taken: set[str] = set()
    reports = []
    for number, (table, stem) in enumerate(zip(tables, stems, strict=True), start=1):
        numbers = (f"-{number}", *(f"-{number}-{again}" for again in range(2, len(tables) + 2)))
        for ending in numbers if stems.count(stem) > 1 else ("", *numbers):
            report = out / f"{table.join.path.stem}{ending}.rapport.csv"
            if report.name.casefold() not in taken:
                break
        taken.add(report.name.casefold())
        reports.append(report)
    return reports


def _joined(tables: Sequence[OwnTable], reports: Sequence[Path]) -> list[tuple[OwnTable, Joined]]:
    """Every table joined, and every report written: also of the blocks behind one that is refused."""
    joined: list[tuple[OwnTable, Joined]] = []
    refusals: list[AtlasError] = []
    lists: dict[Path, tuple[Division, ...]] = {}
    for table, report in zip(tables, reports, strict=True):
        try:
            result = join_table(table.join, lists)
        except AtlasError as error:
            write_report(JoinReport.empty(), report)
            refusals.append(error)
            continue
        write_report(result.report, report)
        if result.refusal is not None:
            result.refusal.where = f"{table.join.path}; alle rijen staan in {report}"
            refusals.append(result.refusal)
        joined.append((table, result))
    if refusals:
        raise refusals[0]
    return joined


def _with_tables(
    catalogue: Catalogue, tables: Sequence[tuple[OwnTable, Joined]]
) -> tuple[Catalogue, list[str], int]:
    """The catalogue with the user's figures, remarks about them, and how many rows need attention."""
    notes: list[str] = []
    attention = 0
    for table, joined in tables:
        where, unit = str(table.join.path), joined.unit
        catalogue = with_own_figure(
            catalogue, table.figure, joined, level=table.join.level, unit=unit, where=where
        )
        counts = joined.report.counts()
        attention += sum(count for outcome, count in counts.items() if outcome in ATTENTION_OUTCOMES)
        notes += [f"{table.join.path.name}: {note}" for note in joined.notes]
    return catalogue, notes, attention


def _build_team_page(
    catalogue: Catalogue,
    configuration: Configuration,
    team: TeamRequest,
    out: Path,
    *,
    background: Basemap | None,
    sheets: bool,
    progress: Progress,
) -> tuple[list[Path], list[str], tuple[tuple[str, str], ...]]:
    from .team import read_team_records, team_levels, team_payload, with_countryside
    from .team_outputs import issued, write_team_outputs

    progress("Dossier lezen", 0.1)
    records = read_team_records(team)
    fictitious = records.fictitious
    sealing = chosen_sealing(team, AUDIENCE, fictitious=fictitious)
    progress("Objecten tellen", 0.3)
    counted = team_levels(records, team)
    catalogue = with_countryside(with_counts(catalogue, records.released, counted.levels), records, counted)
    edition = replace(
        configuration.edition,
        fictitious=configuration.edition.fictitious or fictitious,
        opening=configuration.edition.opening or first_of_dossier(catalogue),
    )
    details = [(level.detail, level.shapes) for level in counted.levels if level.detail]
    figures, warnings = _payload(
        catalogue, replace(configuration, edition=edition), details, records.released
    )
    payload = team_payload(figures, records, team, sealed=sealing is not None)
    page = page_path(out / f"atlas-team{'-FICTIEF' if fictitious else ''}.html", sealing)
    out.mkdir(parents=True, exist_ok=True)
    written = write_team_outputs(
        payload, records, team, out,
        sheets=sheets, progress=lambda step, done: progress(step, 0.4 + done / 2),
    )  # fmt: skip
    progress("Pagina maken", 0.9)
    with issued(payload, records, team, page, rule=sealing_in_register(team, sealing)) as beside:
        write_page(payload, beside, background, sealing)
    told = sealing.told() if sealing else ()
    return [*written, page], [*warnings, *records.released.sentences, *counted.notes], told


def _build_protected(
    catalogue: Catalogue,
    configuration: Configuration,
    team: TeamRequest,
    out: Path,
    *,
    background: Basemap | None,
    sheets: bool,
    progress: Progress,
) -> tuple[list[Path], list[str], tuple[tuple[str, str], ...]]:
    """The page and files for partners, or for everyone: of a dossier they hold the protected table only."""
    from ..jobs.protected_table import with_protected
    from .protected_outputs import checked, write_protected_outputs
    from .protecting import read_protected, square_details

    audience = configuration.edition.audience
    progress("Dossier tellen", 0.1)
    records = read_protected(team, audience, configuration.rules)
    sealing = chosen_sealing(team, audience, fictitious=records.dossier.fictitious)
    catalogue = with_protected(catalogue, records)
    edition = replace(
        configuration.edition,
        fictitious=configuration.edition.fictitious or records.dossier.fictitious,
        opening=configuration.edition.opening or first_of_dossier(catalogue),
    )
    payload, warnings = _payload(
        catalogue, replace(configuration, edition=edition), square_details(records), records.released
    )
    payload = payload.into(lambda shown: {**shown, "notes": [*shown["notes"], *records.notes]})
    out.mkdir(parents=True, exist_ok=True)
    page = page_path(out / protected_names(audience, fictitious=records.dossier.fictitious)[0], sealing)
    progress("Pagina maken", 0.4)
    rule = sealing_in_register(team, sealing)
    with checked(payload, records, team, page, sealing=sealing, rule=rule) as beside:
        write_page(payload, beside, background)
    written = write_protected_outputs(
        payload, records, team, out,
        sheets=sheets, progress=lambda step, done: progress(step, 0.5 + done / 2),
    )  # fmt: skip
    return [page, *written], [*warnings, *records.warnings], sealing.told() if sealing else ()


def _payload(
    catalogue: Catalogue,
    configuration: Configuration,
    extra: Sequence[tuple[DetailLevel, Mapping[str, Any]]] = (),
    records: Released[Any] | None = None,
) -> tuple[Released[Payload], list[str]]:
    from ..geo.boundaries.levels import boundary_payload, level_shapes

    boundaries, source, warnings = boundary_payload(configuration.boundaries)
    details = [level for level, _ in extra]
    drawn = {**boundaries, **{level.id: dict(shapes) for level, shapes in extra}}
    if any(table.join.level == DISTRICT_LEVEL for table in configuration.tables):
        _check_one_division(drawn)
        details.append(district_level())
        drawn[DISTRICT_LEVEL], of_districts = level_shapes(DISTRICT_LEVEL)
        source = f"{source} {of_districts.replace('Grenzen', 'Wijken', 1)}"
    return build_payload(catalogue, drawn, source, configuration.edition, details, records=records), warnings


def _check_told(payload: Released[Payload]) -> None:
    """Refuse what lets an outsider who reads the page work out a figure that is hidden to protect people."""
    hidden = any(
        entry["status"] == _HIDDEN
        for indicator in payload.content["indicators"]
        for view in indicator["views"]
        for entry in view["values"].values()
    )
    if payload.audience == AUDIENCE or not hidden:
        return
    from ..web import AtlasMap
    from .auditing import check_hidden

    check_hidden(Path("atlas.html"), AtlasMap(payload).render().encode())


def _check_one_division(drawn: Container[str]) -> None:
    """Wijken of a team's file may be of another year: one page has one division of them."""
    if DISTRICT_LEVEL in drawn:
        raise AtlasError(
            "Een uitgave heeft wijken van één jaar.",
            got=f"een eigen tabel per wijk van {DISTRICT_YEAR}, en wijken uit het bestand met buurten",
            hint='Laat het bestand met wijken en buurten weg, of het blok met level = "wijk".',
        )


def _write_geopackage(payload: Released[Payload], path: Path) -> Path:
    from ..store.geopackage import write_atlas_geopackage

    write_atlas_geopackage(path, payload)
    return path


def _write_sheets(
    payload: Released[Payload],
    folder: Path,
    basemap: Basemap | None,
    *,
    every_period: bool,
    progress: Progress,
) -> list[Path]:
    from ..sheet.writing import write_sheets

    return write_sheets(
        payload,
        folder,
        basemap=basemap.as_data() if basemap else None,
        every_period=every_period,
        progress=lambda step, done: progress(step, 0.5 + done / 2),
    )
