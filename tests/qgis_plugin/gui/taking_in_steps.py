"""Own tables and lists with their choices, and the steps of the window that takes them in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bare_window import settle
from qgis.PyQt.QtTest import QTest

KEEP = f"{date.today().year + 3}-01-01"  # noqa: DTZ011 - a term that is not over
PATIENCE = 120_000  # ms; a busy machine
FIGURE = {
    "unit": "count", "label": "Meldingen", "source": "FICTIEF", "base": "Alle meldingen",
    "caution": "FICTIEF", "counts": "meldingen",
}  # fmt: skip
LIST = {"bron": "FICTIEF", "bewaren_tot": KEEP, "peildatum": "2025-01-05"}
SAID = ("--source", "FICTIEF", "--keep-until", KEEP, "--reference-date", "2025-01-05")
BARNS = "Nr;Locatie;X;Y;Type gebouw;Opmerking;Gezien door\n" + "".join(
    f"{number};Verzonnenweg {number}, Nergenshuizen FICTIEF;{233_000 + number};557000;{kind};dak stuk;AB\n"
    for number, kind in enumerate(("Schuur", "schuur/loods", "stal", "loosd"), start=1)
)
YEARS = "import openpyxl; b = openpyxl.Workbook(); b.remove(b.active)\n" + "".join(
    f"s = b.create_sheet('Jaar {year}'); s.append(['Gemeente', 'Aantal']);"
    f" s.append(['Assen', {year - 2000}]); s.append(['Emmen', 4]); s.append(['Totaal', {year - 1996}])\n"
    for year in (2023, 2024)
) + "b.save('t.xlsx')"  # fmt: skip
MESSY = (
    "import openpyxl; b = openpyxl.Workbook(); s = b.active\n"
    "for r in (['Meldingen per gemeente, 2023-2024'], ['Bron: FICTIEF meldpunt'], [],"
    " ['Gemeente', 'Aantal', None, None], [None, 2022, 2023, 2024], ['Aa & Hunze', 30, 32, 1],"
    " ['gem. Assen', 93, 90, 2], ['Emmen', 5, 6, 3], ['Nergenshuizen', 1, 2, 4]): s.append(r)\n"
    "s.merge_cells('B4:D4'); b.save('t.xlsx')"
)


@dataclass(frozen=True)
class Case:
    """A file, and the same choices in either face."""

    #: text of a CSV, or a program that writes a workbook
    file: str
    command: tuple[str, ...]
    answers: dict[str, str]
    name: str = "t.csv"
    kind: str = "cijfers"
    sheet: str = ""
    header: int = 0
    layer: str = "leegstand_object"
    roles: tuple[tuple[str, str], ...] = ()
    #: a part of a sentence of the preview
    shown: str = ""
    values: dict[str, str] = field(default_factory=dict)


def figure_options(**more):
    return tuple(part for name, value in {**FIGURE, **more}.items() for part in (f"--{name}", value))


CASES = {
    "years in columns": Case(
        "Gemeente;Meldingen 2023;Meldingen 2024\nAssen;3;4\nEmmen;5;6\nTotaal;8;10\n",
        figure_options(), FIGURE,
        shown="2024: 2 gebieden met een cijfer, samen 10; in de tabel staat Totaal 10.",
    ),
    "another column is the value": Case(
        "Gemeente;Meldingen;Bezoeken\nAssen;3;4\nEmmen;5;6\n",
        (*figure_options(period="2025"), "--value", "Bezoeken"), {**FIGURE, "period": "2025"},
        roles=(("Bezoeken", "value"),), shown="2025: 2 gebieden met een cijfer, samen 10",
    ),
    "a header of two rows below a title": Case(
        MESSY, figure_options(), FIGURE, name="t.xlsx", shown="Aa & Hunze is",
    ),
    "a sheet for each year": Case(
        YEARS, (*figure_options(), "--sheet", "Jaar {periode}"), FIGURE, name="t.xlsx",
        sheet="Jaar {periode}", shown="2024: 2 gebieden met een cijfer, samen 28",
    ),
    "a sheet for each year, with the names in a row of one's choice": Case(
        YEARS.replace("['Gemeente', 'Aantal']", "['Rayon', 'Noord']); s.append(['Gemeente', 'Aantal']"),
        (*figure_options(), "--sheet", "Jaar {periode}#rij2"), FIGURE, name="t.xlsx",
        sheet="Jaar {periode}", header=2, shown="2024: 2 gebieden met een cijfer, samen 28",
    ),
    "dashes that must be said": Case(
        "Gemeente;Meldingen 2024\nAssen;-\nEmmen;5\nGroningen;6\n",
        (*figure_options(), "--dash", "zero"), {**FIGURE, "dash": "zero"}, shown="samen 11",
    ),
    "a list with names of its own": Case(
        BARNS, ("--dossier", "d", "--column", "adres=Locatie", *SAID,
                "--choose", "soort:schuur/loods=schuur", "--choose", "soort:loosd=loods"), LIST,
        kind="lijst", roles=(("Locatie", "adres"),), values={"schuur/loods": "schuur", "loosd": "loods"},
        shown="Nieuw 4, gewijzigd 0, ongewijzigd 0; 0 rijen worden niet overgenomen.",
    ),
    "signals": Case(
        "Melding;X;Y;Datum melding;Soort melding;Soort melder\n"
        "licht aan;233001;557000;2025-01-02;gedumpt_afval;inwoner\n",
        ("--dossier", "d", "--layer", "signaal", "--column", "toelichting=Melding", *SAID), LIST,
        kind="lijst", layer="signaal", roles=(("Melding", "toelichting"),),
    ),
}  # fmt: skip


def write(room, case, atlas_environment):
    if case.name.endswith(".csv"):
        (room / case.name).write_text(case.file, encoding="utf-8")
    else:
        done = atlas_environment("python", "-c", case.file, cwd=room)
        assert done.returncode == 0, done.stderr
    return room / case.name


def wait(taking):
    for _ in range(PATIENCE // 20):
        if not taking.window.is_busy():
            break
        QTest.qWait(20)
    assert not taking.window.is_busy()
    settle()


def choose(box, key):
    position = box.findData(key)
    assert position >= 0, key
    box.setCurrentIndex(position)
    box.activated.emit(position)


def click(taking, button):
    getattr(taking.window, button).click()
    wait(taking)


def answer(taking, case):
    from buitengebied_atlas.gui.intake_table import QuietCombo

    form = taking.window.questions
    given = dict(case.answers)
    for number, one in enumerate(getattr(taking.steps, "_unsure", ())):
        given[f"value_{number}"] = case.values[one.text]
    for key, text in given.items():
        widget = form.field(key)
        if isinstance(widget, QuietCombo) and widget.isEditable():
            widget.setEditText(text)
        elif isinstance(widget, QuietCombo):
            choose(widget, text)
        else:
            widget.setText(text)


def through(taking, path, case):
    """Up to the preview."""
    taking.read(path)
    wait(taking)
    window = taking.window
    assert window.kind() == case.kind, "what it seems to be"
    assert window.header.text() == "recognised"
    if case.sheet:
        choose(window.sheet, case.sheet)
    window.header.setValue(case.header)
    if case.kind == "lijst":
        choose(window.layer, case.layer)
    click(taking, "next")
    assert window.step() == 1, window.problem()
    for column, role in case.roles:
        choose(window.columns.box(column), role)
    click(taking, "next")
    answer(taking, case)
    click(taking, "next")
