"""`atlas intake`: an own table and list, understood, shown, and taken in; every hint can be followed."""

from __future__ import annotations

import re
import tomllib
from datetime import date

import openpyxl
import pytest
from typer.testing import CliRunner

from atlas.cli.app import app
from atlas.core.records.list_columns import offered_names
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.flows.configuration import read_configuration
from intake_runs import (
    CHOSEN,
    CITY,
    COUNTS,
    FIGURE,
    FIXED,
    KEEP,
    LIST,
    ROWS,
    furnish,
    objects,
    run,
    sheet,
)


@pytest.fixture
def room(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return furnish(tmp_path)


def test_a_list_with_names_of_its_own_is_read_and_next_month_is_one_command(room):
    done = run(*LIST, *FIXED, *CHOSEN)
    assert done.exit_code == 3, "without --yes nothing is written, and that is no success"
    assert "9400 AA Nergenshuizen, BAG-id 0106010000000001, gemeente Assen" in done.output
    assert objects(room) == []
    assert not (room / "s.indeling.toml").exists()
    done = run(*LIST, *FIXED, *CHOSEN, "--yes")
    assert done.exit_code == 0
    assert done.output.count("bag.csv: 8 van 8 rijen gebruikt.") == 1
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


def test_only_rows_that_would_be_taken_are_shown_as_understood(room):
    sheet(room / "s.xlsx", [*ROWS, (9, *ROWS[1][1:4], "stal", *ROWS[1][5:])])
    done = run(*LIST, *FIXED, *CHOSEN)
    assert "Per gemeente: gemeente Assen 3." in done.output
    assert "Nieuw 3," in done.output
    assert "Rij 2: Verzonnenweg" not in done.output
    assert "): gaat over hetzelfde als een andere rij. Bijvoorbeeld rij 2" in " ".join(done.output.split())


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
    book = openpyxl.Workbook()
    book.active.append(["Toelichting: FICTIEF"])
    for year in (2023, 2024):
        made = book.create_sheet(f"Jaar {year}")
        for row in (("Rayon", "Noord"), ("Gemeente", "Meldingen"), ("Assen", 3), ("Emmen", year - 2000)):
            made.append(row)
    book.save(room / "jaren.xlsx")
    refused = run("jaren.xlsx", *FIGURE)
    assert 'Alle jaren tegelijk: --sheet "Jaar {periode}"' in refused.output
    answers = ["", "2", "", "cijfers", *[""] * 5, "FICTIEF", "Alle", "FICTIEF", "meldingen", "ja"]
    done = CliRunner().invoke(app, ["intake", "jaren.xlsx", "--questions"], input="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    tables = read_configuration(room / "atlas.toml").tables
    assert [table.join.sheet for table in tables] == ["Jaar 2023#rij2", "Jaar 2024#rij2"]


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


@pytest.mark.parametrize("said", ["#rij9999999", "#rij99999999999999999999", "#rij²", "#rij-1", "#2", "#"])
def test_what_is_no_row_of_a_text_is_a_sentence_at_once(room, said):
    (room / "t.csv").write_text(TITLED, encoding="utf-8")
    done = run("t.csv", *FIGURE, "--yes", "--sheet", said)
    assert done.exit_code == 1
    assert "geen namen van kolommen" in done.output or "geen werkbladen" in done.output


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


#: a list with questions, and what is typed for its columns and doubtful values
ASKED = ("s.xlsx", "--layer", "leegstand_object", *LIST[1:], "--questions", "--user", "t")
COLUMNS = ["-", "", "", "", "", "-", "", "-", "schuur", ""]


def test_a_list_that_is_refused_keeps_its_answers_and_changes_one(room):
    answers = [*COLUMNS, "FICTIEF", KEEP, "2025-01-05", "nee"]
    answers += ["wijzigen", "bron", "Ander"]  # that can't be: the dossier holds made-up records
    answers += ["wijzigen", "bron", "FICTIEF ander", "nee", "wijzigen", "Opmerking", "-", "ja"]
    done = run(*ASKED, answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    assert {record["bron"] for record in objects(room)} == {"FICTIEF ander"}
    assert {record["toelichting"] for record in objects(room)} == {None}


def test_text_about_a_person_is_asked_about_and_no_answer_is_lost_by_it(room):
    sheet(room / "s.xlsx", [*ROWS[:-1], (*ROWS[-1][:6], "bel dhr. Jansen", "AB")])
    answers = [*COLUMNS, "FICTIEF", KEEP, "2025-01-05", "nee"]
    done = run(*ASKED, answers="\n".join([*answers, "wijzigen", "Opmerking", "-", "ja"]) + "\n")
    assert done.exit_code == 0, done.output
    assert "een aanspreking" in done.output
    assert {record["toelichting"] for record in objects(room)} == {None}
    again = run(*ASKED, answers="\n".join([*answers[:-1], "ja", "ja"]) + "\n")
    assert again.exit_code == 0, again.output
    assert "bel dhr. Jansen" in {record["toelichting"] for record in objects(room)}


def test_an_answer_that_can_not_be_used_is_asked_for_again(room):
    wrong = ["", "FICTIEF", "1-2", KEEP, f"{date.today().year + 1}-01-01", "5-1-2025", "ja"]  # noqa: DTZ011
    answers = [*COLUMNS, *wrong]
    done = run(*ASKED, answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    for said in ("Hier is een antwoord nodig", "Dit is geen datum", "Deze datum ligt in de toekomst"):
        assert said in done.output
    assert {str(record["peildatum"])[:10] for record in objects(room)} == {"2025-01-05"}


def test_a_unit_is_named_in_dutch(room):
    answers = ["cijfers", *[""] * 3, "kilo", "rapportcijfer (0-10)", "Cijfer", *["FICTIEF"] * 3, "nee"]
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
    done = run("twee.csv", *LIST[1:], *FIXED)
    assert done.exit_code == 1
    assert "verschillende huisnummers" in done.output
    done = run("twee.csv", *LIST[1:], *FIXED, "--ignore", "Huisnummer", "--yes")
    assert objects(room)[0]["bag_vbo_id"].endswith("01")


def test_a_list_of_elsewhere_takes_nothing_and_says_so(room):
    (room / "w.csv").write_text(
        'Adres;Soort\n"Weg 1, Elders";schuur\n"Weg 2, Elders";stal\n', encoding="utf-8"
    )
    done = run("w.csv", "--dossier", "d", "--addresses", "bag.csv", *FIXED, "--yes")
    assert done.exit_code == 1
    assert "2 niet gevonden in de BAG" in done.output
    assert objects(room) == []


@pytest.mark.parametrize(
    "layer", [name for name, known in RURAL_LAYERS.items() if not (known.append_only or known.made_here)]
)
def test_every_field_is_offered_under_its_own_name(layer):
    own = {known.name for known in RURAL_LAYERS[layer].fields if not known.own}
    assert own <= set(offered_names(layer))


def test_an_answer_of_a_register_is_shown_with_the_object_that_it_is_about(room):
    assert run(*LIST, *FIXED, *CHOSEN, "--yes", "--user", "t").exit_code == 0
    rows = (f"Verzonnenweg 1 9400AA {CITY};nee", f"Nergens 9, {CITY};ja")
    answers = "adres;treffer;peildatum\n" + "".join(f"{row};2025-01-05\n" for row in rows)
    (room / "hr.csv").write_text(answers, encoding="utf-8")
    done = run("hr.csv", "--dossier", "d", "--register", "hr_vestiging", *FIXED[:4], "--user", "t")
    told = " ".join(done.output.split())
    assert "Rij 2: het object Verzonnenweg 1" in told, done.output
    assert ": geen treffer" in told
    assert "1 rij niet overgenomen (rij 3): over geen object van het dossier." in told


def test_a_total_of_one_province_is_not_held_beside_the_sum_of_all(room):
    text = "Gemeente;Meldingen 2024\nAssen;3\nEmmen;5\nPekela;2\nTer Apel;7\nTotaal Groningen;2\n"
    (room / "t.csv").write_text(text, encoding="utf-8")
    told = " ".join(run("t.csv", *FIGURE).output.split())
    assert "samen 10; een totaal daarvan staat er niet" in told
    assert "1 rij met uitkomst 'plaats', zoals rij 5, Ter Apel" in told


def test_the_same_barn_three_times_is_asked_about(room):
    rows = "".join(f"Verzonnenweg 1 9400AA {CITY};{kind}\n" for kind in ("schuur", "stal", "schuur"))
    (room / "s.csv").write_text(f"Adres;Soort\n{rows}Verzonnenweg 2 9400AA {CITY};stal\n", encoding="utf-8")
    told = " ".join(run("s.csv", *LIST[1:], *FIXED).output.split())
    assert "Rij 2, 3 en 4 hebben één adres" in told
    assert "Is het één gebouw, houd dan één rij over." in told
    assert "rij 5 hebben" not in told.lower()
