"""`atlas intake`: an own table and list, understood, shown, and taken in; every hint can be followed."""

from __future__ import annotations

import ast
import re
import tomllib
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from atlas.cli.app import app
from atlas.core.records.list_columns import offered_names
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.dossier.opening import init_dossier, open_dossier
from atlas.dossier.records import read_layers
from atlas.flows.configuration import read_configuration

SOURCE = Path(__file__).parents[1] / "src" / "atlas"
CITY = "Nergenshuizen"
KEEP = f"{date.today().year + 3}-01-01"  # noqa: DTZ011 - a term that is not over
BAG = (
    "adresseerbaarobject_identificatie,openbare_ruimte_naam,huisnummer,postcode,woonplaats_naam,x,y,status\n"
    + (
        "".join(
            f"01060100000000{number:02},Verzonnenweg,{number},9400AA,{CITY},{233000 + number},557000,"
            "Verblijfsobject in gebruik\n"
            for number in range(1, 9)
        )
    )
)
ROWS = [("Nr", "Adres", "Postcode", "Plaats", "Type gebouw", "Sinds", "Opmerking", "Gezien door")] + [
    (number, f"Verzonnenweg {number}", "9400 AA", CITY, kind, "2024", "dak stuk", "AB")
    for number, kind in ((1, "Schuur"), (2, "schuur/loods"), (3, "stal"), (4, "loosd"))
]
FIXED = ("--source", "FICTIEF", "--keep-until", KEEP, "--reference-date", "2025-01-05", "--user", "t")
CHOSEN = ("--choose", "soort:schuur/loods=schuur", "--choose", "soort:loosd=loods")
FIGURE = (
    "--unit", "count", "--counts", "meldingen", "--base", "Alle meldingen", "--caution", "FICTIEF",
    "--source", "FICTIEF", "--label", "Meldingen",
)  # fmt: skip
COUNTS = "Gemeente;Meldingen 2023;Meldingen 2024\nAssen;3;4\nEmmen;5;6\nGroningen;7;8\nTotaal;15;18\n"


def sheet(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.fixture
def room(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    init_dossier(tmp_path / "d", fictitious=True)
    (tmp_path / "bag.csv").write_text(BAG, encoding="utf-8")
    (tmp_path / "t.csv").write_text(COUNTS, encoding="utf-8")
    sheet(tmp_path / "s.xlsx", ROWS)
    return tmp_path


def run(*args, answers=None):
    command = args if args[0] == "objects" else ("intake", *args)
    if answers and "--questions" in args and "--mapping" not in args:
        answers = f"\n{answers}"  # first is asked where the header is
    done = CliRunner().invoke(app, list(map(str, command)), input=answers)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def objects(room):
    return read_layers(open_dossier(room / "d"))["leegstand_object"]


LIST = ("s.xlsx", "--dossier", "d", "--addresses", "bag.csv")


def test_a_list_with_names_of_its_own_is_read_and_next_month_is_one_command(room):
    done = run(*LIST, *FIXED, *CHOSEN)
    assert done.exit_code == 3, "without --yes nothing is written, and that is no success"
    assert "9400 AA Nergenshuizen, BAG-id 0106010000000001, gemeente Assen" in done.output
    assert objects(room) == []
    assert not (room / "s.indeling.toml").exists()
    assert run(*LIST, *FIXED, *CHOSEN, "--yes").exit_code == 0
    kinds = {record["adres"].split(",")[0]: record["soort"] for record in objects(room)}
    assert kinds == {"Verzonnenweg 1": "schuur", "Verzonnenweg 2": "schuur", "Verzonnenweg 3": "stal",
                     "Verzonnenweg 4": "loods"}  # fmt: skip
    assert {record["bag_vbo_id"] for record in objects(room)} == {f"010601000000000{n}" for n in range(1, 5)}
    assert "AB" not in str(objects(room))
    mapping = (room / "s.indeling.toml").read_text(encoding="utf-8")
    assert "2025-01-05" not in mapping, "a date of one file is of no other"
    again = run(*LIST, "--mapping", "s.indeling.toml", "--reference-date", "2025-02-05", "--user", "t")
    assert "nieuw 0, gewijzigd 4" in again.output, again.output
    assert (room / "s.indeling.toml").read_text(encoding="utf-8") == mapping


def test_columns_that_moved_are_found_by_name_and_others_asked_for(room):
    assert run(*LIST, *FIXED, *CHOSEN, "--yes").exit_code == 0
    moved = [tuple(reversed(row)) for row in ROWS]
    sheet(room / "s.xlsx", moved)
    month = (*LIST, "--mapping", "s.indeling.toml", "--reference-date", "2025-02-05", "--user", "t")
    assert "gewijzigd 4" in run(*month).output
    renamed = [tuple("Gebouwtype" if cell == "Type gebouw" else cell for cell in row) for row in ROWS]
    sheet(room / "s.xlsx", renamed)
    done = run(*month)
    assert done.exit_code == 1
    assert '"Type gebouw"' in done.output
    assert '"Gebouwtype"' in done.output
    assert "ongewijzigd 4" in run(*month, "--column", "soort=Gebouwtype").output


def test_a_table_of_years_becomes_blocks_and_a_year_more_takes_one_command(room):
    done = run("t.csv", *FIGURE)
    assert done.exit_code == 3
    assert "2024: 3 gebieden met een cijfer, samen 18; in de tabel staat Totaal 18." in done.output
    assert run("t.csv", *FIGURE, "--yes").exit_code == 0
    made = read_configuration(room / "atlas.toml")
    assert [table.figure.period for table in made.tables] == ["2023", "2024"]
    assert made.edition.audience == "team", "a count of reports may not go further"
    (room / "t.csv").write_text(
        "Gemeente;Meldingen 2025;Meldingen 2024\nAssen;3;4\nEmmen;5;6\n", encoding="utf-8"
    )
    assert run("t.csv", "--mapping", "t.indeling.toml").exit_code == 0
    values = {
        table.figure.period: table.join.value for table in read_configuration(room / "atlas.toml").tables
    }
    assert values == {year: f"Meldingen {year}" for year in ("2023", "2024", "2025")}


def test_periods_below_each_other_are_periods_of_one_figure(room):
    rows = "".join(f"{name};{year};{year - 2000}\n" for year in (2023, 2024) for name in ("Assen", "Emmen"))
    (room / "t.csv").write_text("Gemeente;Jaar;Meldingen\n" + rows, encoding="utf-8")
    assert run("t.csv", *FIGURE, "--yes").exit_code == 0
    tables = read_configuration(room / "atlas.toml").tables
    assert [(one.figure.period, one.join.period_column) for one in tables] == [
        ("2023", "Jaar"),
        ("2024", "Jaar"),
    ]
    rows += "".join(f"{name};2024;1\n" for name in ("Assen", "Emmen"))
    (room / "t.csv").write_text("Gemeente;Jaar;Meldingen\n" + rows, encoding="utf-8")
    assert run("t.csv", "--mapping", "t.indeling.toml").exit_code == 1


def test_a_sheet_for_each_year_is_one_figure(room):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for year in (2021, 2022, 2023, 2024):
        own = book.create_sheet(f"Jaar {year}")
        for row in (("Gemeente", "Aantal"), ("Assen", year - 2000), ("Emmen", 4)):
            own.append(row)
    book.save(room / "jaren.xlsx")
    done = run("jaren.xlsx", *FIGURE)
    assert done.exit_code == 1
    assert '--sheet "Jaar {periode}"' in done.output
    assert run("jaren.xlsx", *FIGURE, "--sheet", "Jaar {periode}", "--yes").exit_code == 0
    tables = read_configuration(room / "atlas.toml").tables
    assert [(one.join.sheet, one.figure.period) for one in tables][2:] == [
        ("Jaar 2023", "2023"), ("Jaar 2024", "2024"),
    ]  # fmt: skip
    assert run("jaren.xlsx", "--mapping", "jaren.indeling.toml").exit_code == 0


def test_rates_by_inhabitants_are_a_choice(room):
    args = ("t.csv", "--per-population", "--unit", "per_1000", *FIGURE[2:])
    assert run(*args, "--yes").exit_code == 0
    assert [table.join.per_population for table in read_configuration(room / "atlas.toml").tables] == [
        2023,
        2024,
    ]


def test_what_somebody_wrote_in_the_configuration_stays(room):
    own = '# van ons\n[atlas]\ntitle = "Eigen"\naudience = "team"\n'
    (room / "atlas.toml").write_text(own, encoding="utf-8")
    assert run("t.csv", *FIGURE, "--yes").exit_code == 0
    text = (room / "atlas.toml").read_text(encoding="utf-8")
    assert text.startswith(own.rstrip())
    assert run("t.csv", *FIGURE, "--yes").exit_code == 0
    assert (room / "atlas.toml").read_text(encoding="utf-8") == text
    assert len(tomllib.loads(text)["table"]) == 2


def test_questions_are_answered_by_enter_and_change_what_is_wrong(room):
    answers = ["", "d"]  # a list; the dossier
    answers[0] = "lijst"
    answers += ["-", "", "", "", "", "-", "", "-"]  # the columns
    answers += ["schuur", "", "FICTIEF", KEEP, "2025-01-05", "ja"]
    done = run(
        "s.xlsx", "--addresses", "bag.csv", "--questions", "--user", "t", answers="\n".join(answers) + "\n"
    )
    assert done.exit_code == 0, done.output
    assert sorted(record["soort"] for record in objects(room)) == ["loods", "schuur", "schuur", "stal"]
    answers = ["cijfers", *[""] * 5, "FICTIEF", "Alle", "FICTIEF", "meldingen", "nee"]
    done = run("t.csv", "--questions", answers="\n".join(answers) + "\n")
    assert done.exit_code == 1, done.output
    assert not (room / "atlas.toml").exists()


FIGURE_ANSWERS = ["cijfers", *[""] * 5, "FICTIEF", "Alle", "FICTIEF", "meldingen"]


def test_sheets_of_years_are_offered_together_beside_a_sheet_of_text(room):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Toelichting: FICTIEF"])
    for year in (2023, 2024):
        made = book.create_sheet(f"Jaar {year}")
        for row in (("Gemeente", "Meldingen"), ("Assen", 3), ("Emmen", year - 2000)):
            made.append(row)
    book.save(room / "jaren.xlsx")
    refused = run("jaren.xlsx", *FIGURE)
    assert 'Alle jaren tegelijk: --sheet "Jaar {periode}"' in refused.output
    answers = ["", "cijfers", *[""] * 5, "FICTIEF", "Alle", "FICTIEF", "meldingen", "ja"]
    done = CliRunner().invoke(app, ["intake", "jaren.xlsx", "--questions"], input="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    assert len(read_configuration(room / "atlas.toml").tables) == 2


TITLED = f"Meldingen per gemeente (FICTIEF)\nBron: meldpunt; FICTIEF\n{COUNTS}"


def test_the_header_is_where_the_user_says(room):
    (room / "t.csv").write_text(TITLED, encoding="utf-8")
    sheet(room / "t.xlsx", [("Rayon", "Noord", "Midden"), *(line.split(";") for line in COUNTS.split("\n"))])
    for name in ("t.csv", "t.xlsx"):
        assert run(name, *FIGURE, "--yes", "--config", f"{name}.toml").exit_code == 1
        row = 3 if name == "t.csv" else 2
        done = run(name, *FIGURE, "--yes", "--config", f"{name}.toml", "--sheet", f"#rij{row}")
        assert done.exit_code == 0, done.output
        tables = read_configuration(room / f"{name}.toml").tables
        assert [table.join.sheet for table in tables] == [f"#rij{row}"] * 2
        again = run(name, "--mapping", f"{name.partition('.')[0]}.indeling.toml", "--config", "weer.toml")
        assert again.exit_code == 0, again.output
        (room / "weer.toml").unlink()


def test_the_header_is_asked_for_and_may_be_another_row(room):
    (room / "t.csv").write_text(TITLED, encoding="utf-8")
    answers = ["twee", "3", "", *FIGURE_ANSWERS, "ja"]
    done = CliRunner().invoke(app, ["intake", "t.csv", "--questions"], input="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    assert "geen nummer van een rij" in done.output
    assert len(read_configuration(room / "atlas.toml").tables) == 2


def test_after_no_one_answer_is_changed_and_the_others_stay(room):
    answers = [*FIGURE_ANSWERS, "nee", "misschien", "wijzigen", "12", "6", "Meldpunt (FICTIEF)", "ja"]
    done = run("t.csv", "--questions", answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    assert '"misschien" staat er niet bij' in done.output
    figures = [table.figure for table in read_configuration(room / "atlas.toml").tables]
    assert {figure.source for figure in figures} == {"Meldpunt (FICTIEF)"}
    assert {figure.base for figure in figures} == {"Alle"}


def test_after_no_the_answers_are_kept_and_the_next_run_goes_on_from_them(room):
    done = run("t.csv", "--questions", answers="\n".join([*FIGURE_ANSWERS, "nee", "bewaren"]) + "\n")
    assert done.exit_code == 1
    assert not (room / "atlas.toml").exists()
    (command,) = re.findall(r"--mapping \S+ --questions", done.output)
    again = run("t.csv", *command.split(), answers="ja\n")
    assert again.exit_code == 0, again.output
    assert len(read_configuration(room / "atlas.toml").tables) == 2


def test_what_can_not_be_is_mended_by_changing_one_answer(room):
    wrong = [*FIGURE_ANSWERS]
    wrong[3] = "Bestaat niet {periode}"
    answers = [*wrong, "wijzigen", "3", "Meldingen {periode}", "ja"]
    done = run("t.csv", "--questions", answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    assert "Bestaat niet" in done.output
    assert len(read_configuration(room / "atlas.toml").tables) == 2


def test_a_list_that_is_refused_keeps_its_answers_and_changes_one(room):
    answers = ["-", "", "", "", "", "-", "", "-", "schuur", "", "FICTIEF", KEEP, "2025-01-05", "nee"]
    answers += ["wijzigen", "bron", "Ander"]  # that can't be: the dossier holds made-up records
    answers += ["wijzigen", "bron", "FICTIEF ander", "nee", "wijzigen", "Opmerking", "-", "ja"]
    command = ("--layer", "leegstand_object", "--dossier", "d", "--addresses", "bag.csv", "--questions")
    done = run("s.xlsx", *command, "--user", "t", answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    assert {record["bron"] for record in objects(room)} == {"FICTIEF ander"}
    assert {record["toelichting"] for record in objects(room)} == {None}


def test_text_about_a_person_is_asked_about_and_no_answer_is_lost_by_it(room):
    sheet(room / "s.xlsx", [*ROWS[:-1], (*ROWS[-1][:6], "bel dhr. Jansen", "AB")])
    answers = ["-", "", "", "", "", "-", "", "-", "schuur", "", "FICTIEF", KEEP, "2025-01-05", "nee"]
    command = ("--layer", "leegstand_object", "--dossier", "d", "--addresses", "bag.csv", "--questions")
    command = ("s.xlsx", *command, "--user", "t")
    done = run(*command, answers="\n".join([*answers, "wijzigen", "Opmerking", "-", "ja"]) + "\n")
    assert done.exit_code == 0, done.output
    assert "een aanspreking" in done.output
    assert {record["toelichting"] for record in objects(room)} == {None}
    again = run(*command, answers="\n".join([*answers[:-1], "ja", "ja"]) + "\n")
    assert again.exit_code == 0, again.output
    assert "bel dhr. Jansen" in {record["toelichting"] for record in objects(room)}


def test_an_answer_that_can_not_be_used_is_asked_for_again(room):
    wrong = ["", "FICTIEF", "1-2", KEEP, f"{date.today().year + 1}-01-01", "5-1-2025", "ja"]  # noqa: DTZ011
    answers = ["-", "", "", "", "", "-", "", "-", "schuur", "", *wrong]
    command = ("--layer", "leegstand_object", "--dossier", "d", "--addresses", "bag.csv", "--questions")
    done = run("s.xlsx", *command, "--user", "t", answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    for said in ("Hier is een antwoord nodig", "Dit is geen datum", "Deze datum ligt in de toekomst"):
        assert said in done.output
    assert {str(record["peildatum"])[:10] for record in objects(room)} == {"2025-01-05"}


def test_a_unit_is_named_in_dutch(room):
    answers = [
        "cijfers",
        "",
        "",
        "",
        "kilo",
        "rapportcijfer (0-10)",
        "Cijfer",
        "FICTIEF",
        "Alle",
        "FICTIEF",
        "nee",
    ]
    done = run("t.csv", "--questions", answers="\n".join(answers) + "\n")
    assert '"kilo" is geen eenheid' in done.output
    assert "grade_0_10" not in done.output


def test_a_workbook_with_three_tables_is_asked_which(room):
    blocks = [("Gemeente", "Meldingen 2024"), ("Assen", 3), ("Emmen", 4), ()] * 3
    sheet(room / "t.xlsx", [("Een",), *blocks])
    done = run("t.xlsx", *FIGURE)
    assert done.exit_code == 1
    assert "staan 3 tabellen" in done.output
    assert "Sheet#2" in done.output
    assert run("t.xlsx", *FIGURE, "--sheet", "Sheet#2", "--yes").exit_code == 0
    assert read_configuration(room / "atlas.toml").tables[0].join.sheet == "Sheet#2"


def test_a_list_of_one_column_with_postcode_and_place(room):
    lines = "".join(f"Verzonnenweg {number} 9400AA {CITY}\n" for number in range(1, 9))
    (room / "een.csv").write_text("Adres\n" + lines, encoding="utf-8")
    assert run("een.csv", "--dossier", "d", "--addresses", "bag.csv", *FIXED, "--yes").exit_code == 0
    assert len({record["bag_vbo_id"] for record in objects(room)}) == 8


def test_what_the_dossier_would_refuse_is_said_before_it_is_asked_for(room):
    real = [*FIXED]
    real[1] = "eigen ronde"
    done = run(*LIST, *real, *CHOSEN)
    assert done.exit_code == 1
    assert "Verzonnen en echte gegevens" in done.output
    rows = f"Adres;Soort;Opmerking\nVerzonnenweg 1 9400AA {CITY};stal;bel 06-12345678\n"
    (room / "p.csv").write_text(rows, encoding="utf-8")
    done = run("p.csv", *LIST[1:], *FIXED)
    assert done.exit_code == 1
    assert "--accept-personal-text" in done.output
    assert "12345678" not in done.output.split("In vrije tekst")[1]
    assert run("p.csv", *LIST[1:], *FIXED, "--accept-personal-text", "--yes").exit_code == 0


def test_a_list_of_one_column_with_whole_addresses_is_read(room):
    lines = "".join(f'"Verzonnenweg {number}, 9400 AA {CITY}"\n' for number in (1, 2, 3))
    (room / "een.csv").write_text(f"Locatie\n{lines}", encoding="utf-8")
    done = run("een.csv", *LIST[1:], *FIXED, "--yes")
    assert done.exit_code == 0, done.output
    assert len({record["bag_vbo_id"] for record in objects(room)}) == 3


def test_two_columns_that_disagree_are_refused(room):
    (room / "twee.csv").write_text(f"Adres;Huisnummer;Plaats\nVerzonnenweg 1;2;{CITY}\n", encoding="utf-8")
    done = run("twee.csv", "--dossier", "d", "--addresses", "bag.csv", *FIXED)
    assert done.exit_code == 1
    assert "verschillende huisnummers" in done.output
    done = run(
        "twee.csv", "--dossier", "d", "--addresses", "bag.csv", *FIXED, "--ignore", "Huisnummer", "--yes"
    )
    assert objects(room)[0]["bag_vbo_id"].endswith("01")


def test_a_list_of_elsewhere_takes_nothing_and_says_so(room):
    (room / "w.csv").write_text(
        'Adres;Soort\n"Weg 1, Elders";schuur\n"Weg 2, Elders";stal\n', encoding="utf-8"
    )
    done = run("w.csv", "--dossier", "d", "--addresses", "bag.csv", *FIXED, "--yes")
    assert done.exit_code == 1
    assert "2 niet gevonden in de BAG" in done.output
    assert objects(room) == []


def text(name, content):
    return lambda room: (room / name).write_text(content, encoding="utf-8")


def nothing(room):
    """No file more than there are."""


OWN = "[atlas]\naudience = 'team'\n[[table]]\n" + "".join(
    f"{key} = '{value}'\n"
    for key, value in {
        "path": "t.csv", "level": "gemeente", "key": "Gemeente", "value": "Meldingen 2024", "unit": "count",
        "label": "Meldingen", "period": "2024", "source": "x", "base": "x", "caution": "x",
    }.items()
)  # fmt: skip
MAPPED = (
    "soort_bestand = 'lijst'\nlayer = 'leegstand_object'\nsource = 'FICTIEF'\nkeep_until = '" + KEEP + "'\n"
)
ADDRESS = "[columns]\nadres = 'Adres'\npostcode = 'Postcode'\nwoonplaats = 'Plaats'\n"
#: beginning of the sentence -> files, what goes wrong, and what the hint says to do
HINTS = {
    "Geen werkblad heet zo": (
        lambda room: sheet(room / "t.xlsx", [("Gemeente", "Meldingen 2024"), ("Assen", 3)]),
        ("t.xlsx", *FIGURE, "--sheet", "Jaar {periode}"), ("t.xlsx", *FIGURE, "--sheet", "Sheet"),
    ),
    "In deze rij staan geen namen": (
        nothing, ("t.csv", *FIGURE, "--sheet", "#rij9"), ("t.csv", *FIGURE, "--sheet", "#rij1"),
    ),
    "Kolom 2 heeft geen naam": (
        text("t2.csv", f"Meldingen;;FICTIEF\n{COUNTS}"),
        ("t2.csv", *FIGURE), ("t2.csv", *FIGURE, "--sheet", "#rij2"),
    ),
    "Een leeg bestand om in te vullen": (
        nothing, ("objects", "template", "signaal", "-o", "a.csv"),
        ("objects", "template", "signaal", "-o", "a.xlsx"),
    ),
    "Een lijst komt in een dossier": (
        nothing, ("s.xlsx", "--layer", "leegstand_object", *FIXED, *CHOSEN), (*LIST, *FIXED, *CHOSEN),
    ),
    "Wat elk record moet hebben": (nothing, (*LIST, *CHOSEN), (*LIST, *CHOSEN, *FIXED)),
    "Van sommige waarden is niet zeker": (nothing, (*LIST, *FIXED), (*LIST, *FIXED, *CHOSEN)),
    "Deze waarde staat niet in de lijst.": (
        nothing, (*LIST, *FIXED, "--choose", "soort:loosd=lood"), (*LIST, *FIXED, *CHOSEN),
    ),
    "Dit veld heeft geen lijst": (
        nothing, (*LIST, *FIXED, "--choose", "toelichting:a=b"), (*LIST, *FIXED, *CHOSEN),
    ),
    "Zo is niet duidelijk welke tekst": (
        nothing, (*LIST, *FIXED, "--choose", "schuur"), (*LIST, *FIXED, *CHOSEN),
    ),
    "Zo'n kolom heeft deze laag niet": (
        nothing, (*LIST, *FIXED, *CHOSEN, "--column", "soor=Type gebouw"),
        (*LIST, *FIXED, *CHOSEN, "--column", "soort=Type gebouw"),
    ),
    "Twee kolommen van deze lijst": (
        text("s.csv", f"Adres;Type pand;Type object\nVerzonnenweg 1 9400AA {CITY};schuur;stal\n"),
        ("s.csv", *LIST[1:], *FIXED), ("s.csv", *LIST[1:], *FIXED, "--ignore", "Type pand"),
    ),
    "De vastgelegde indeling past niet": (
        text("m.toml", MAPPED + "left = ['Nr', 'Sinds', 'Gezien door', 'Opmerking']\n" + ADDRESS
             + "soort = 'Soortje'\n[values.soort]\nloosd = 'loods'\n'schuur/loods' = 'schuur'\n"),
        (*LIST, "--mapping", "m.toml", "--no-questions", *FIXED[4:]),
        (*LIST, "--mapping", "m.toml", *FIXED[4:], "--column", "soort=Type gebouw"),
    ),
    "Dit bestand heeft kolommen die": (
        text("m.toml", MAPPED + "left = ['Nr', 'Sinds', 'Gezien door', 'Type gebouw']\n" + ADDRESS),
        (*LIST, "--mapping", "m.toml", *FIXED[4:]),
        (*LIST, "--mapping", "m.toml", *FIXED[4:], "--ignore", "Opmerking"),
    ),
    "De vastgelegde indeling kan niet worden gelezen": (
        nothing, (*LIST, "--mapping", "weg.toml", *FIXED), (*LIST, *FIXED, *CHOSEN),
    ),
    "Dit is geen vastgelegde indeling": (
        text("m.toml", "soort_bestand = 'iets'\n"), (*LIST, "--mapping", "m.toml", *FIXED),
        (*LIST, *FIXED, *CHOSEN),
    ),
    "Er zou niets worden overgenomen": (
        text("s.csv", f"Adres;bewaren_tot\nVerzonnenweg 1 9400AA {CITY};2001-01-01\n"),
        ("s.csv", *LIST[1:], *FIXED), ("s.csv", *LIST[1:], *FIXED, "--ignore", "bewaren_tot"),
    ),
    "Om dit op een kaart te zetten": (nothing, ("t.csv",), ("t.csv", *FIGURE)),
    "In deze tabel kan meer dan één kolom": (
        text("t2.csv", "Gemeente;Meldingen;Misdrijven\nAssen;3;4\n"), ("t2.csv", *FIGURE, "--period", "2024"),
        ("t2.csv", *FIGURE, "--period", "2024", "--value", "Meldingen"),
    ),
    'De kolom "': (
        nothing, ("t.csv", *FIGURE, "--value", "Melding"), ("t.csv", *FIGURE, "--value", "Meldingen 2024"),
    ),
    "In deze kolom staan geen gebieden": (
        text("t2.csv", "Gemeente;Ploeg;Meldingen 2024\nAssen;rood;3\nEmmen;geel;4\n"),
        ("t2.csv", *FIGURE, "--key", "Ploeg"), ("t2.csv", *FIGURE, "--key", "Gemeente"),
    ),
    "Van welke periode": (
        text("t2.csv", "Gemeente;Meldingen\nAssen;3\n"), ("t2.csv", *FIGURE),
        ("t2.csv", *FIGURE, "--period", "2024"),
    ),
    "Uit de periode blijkt geen jaar": (
        text("t2.csv", "Gemeente;Meldingen\nAssen;3\n"),
        ("t2.csv", "--per-population", "--unit", "per_1000", *FIGURE[2:], "--period", "voorjaar"),
        ("t2.csv", "--per-population", "--unit", "per_1000", *FIGURE[2:], "--period", "2024"),
    ),
    "Dit cijfer staat al in het configuratiebestand": (
        text("atlas.toml", OWN), ("t.csv", *FIGURE, "--yes"), ("t.csv", *FIGURE, "--label", "Anders"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("title", HINTS)
def test_every_hint_can_be_followed(room, title):
    """The error is there, says what to do, and is gone or another once that was done."""
    prepare, wrong, followed = HINTS[title]
    prepare(room)
    done = run(*wrong)
    assert done.exit_code == 1, done.output
    assert title in done.output, done.output
    assert "Wat te doen: " in done.output
    with_what = next((line for line in done.output.splitlines() if "Waarmee" in line), "")
    named = re.findall(r"--[a-z-]+", with_what)
    after = run(*followed)
    assert title not in after.output
    assert after.exit_code == (0 if {"--mapping", "-o"} & set(followed) else 3), after.output
    added = [one for one in followed if one.startswith("--") and followed.count(one) > wrong.count(one)]
    assert not added or not named or set(added) & set(named), (added, named)


def test_no_error_of_the_intake_is_without_a_followed_hint():
    said = set()
    rooms = (
        "core/joining/figure_choices", "core/joining/figure_intake", "core/records/list_intake",
        "flows/intake", "jobs/intake", "jobs/intake_files",
    )  # fmt: skip
    commands = [f"cli/{path.stem}" for path in (SOURCE / "cli").glob("intake*.py")]
    for place in (f"{module}.py" for module in (*rooms, *commands)):
        for node in ast.walk(ast.parse((SOURCE / place).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "AtlasError":
                first = node.args[0]
                values = first.values if isinstance(first, ast.JoinedStr) else [first]
                said.add(next(v.value for v in values if isinstance(v, ast.Constant)))
    answered = {
        "De tekst gaat niet mee."
    }  # with questions only: followed in the test of a text about a person
    followed = (*HINTS, *answered)
    unknown = {one for one in said if not any(one.startswith(t) or t.startswith(one) for t in followed)}
    assert unknown == set()


@pytest.mark.parametrize(
    "layer", [name for name, known in RURAL_LAYERS.items() if not (known.append_only or known.made_here)]
)
def test_every_field_is_offered_under_its_own_name(layer):
    own = {known.name for known in RURAL_LAYERS[layer].fields if not known.own}
    assert own <= set(offered_names(layer))
