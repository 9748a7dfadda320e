"""The command as a person runs it: the real process, its exit code, what it prints and what it leaves."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def atlas():
    """The program as it is installed; other tests split it off a process that has the libraries."""
    command = Path(sys.executable).with_name("atlas")

    def run(*arguments, cwd):
        return subprocess.run(
            [command, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False, timeout=300
        )

    return run


def written(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def report_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


JOIN = ("--level", "gemeente", "--key", "Gemeente", "--value", "Aandeel", "--unit", "percent")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["build", "--help"], ["join", "--help"], ["boundaries", "--help"]]
)
def test_help_is_dutch(atlas, tmp_path, arguments):
    done = atlas(*arguments, cwd=tmp_path)
    assert done.returncode == 0
    assert "Gebruik:" in done.stdout
    for english in ("Usage", "Show this message", "[required]", "[default"):
        assert english not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["buld"], "De opdracht 'buld' bestaat niet. Bedoelt u 'build'"),
        (["join"], "Het argument TABEL ontbreekt."),
        (["join", "x.csv", "--level", "gemente"], "De waarde 'gemente' past niet bij '--level'."),
        (["join", "x.csv", "--lvel", "gemeente"], "De optie --lvel bestaat niet."),
        (["join", "x.csv", "--key"], "Bij de optie --key hoort een waarde."),
        (["join", "x.csv", *JOIN, "-o", "x.csv", "--year", "toen"], "Bij '--year' hoort een geheel getal."),
        (["area"], "Het argument NAAM ontbreekt."),
        (["area", "a", "b"], "Dit hoort er niet bij: b"),
    ],
)
def test_a_usage_error_is_a_dutch_sentence_and_exits_with_2(atlas, tmp_path, arguments, sentence):
    done = atlas(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert sentence in done.stderr


def test_an_area_is_found_by_a_former_name_and_the_answer_says_so(atlas, tmp_path):
    done = atlas("area", "Hoogezand-Sappemeer", cwd=tmp_path)
    assert done.returncode == 0
    assert "GM1952" in done.stdout
    assert "Midden-Groningen" in done.stderr


def test_an_ambiguous_area_is_refused_with_its_candidates(atlas, tmp_path):
    done = atlas("area", "Groningen", cwd=tmp_path)
    assert done.returncode == 1
    assert "GM0014" in done.stdout
    assert "PV20" in done.stdout


def test_the_indicators_are_listed_with_level_and_source(atlas, tmp_path):
    done = atlas("indicators", cwd=tmp_path)
    assert done.returncode == 0
    assert "surveyregio" in done.stdout


@pytest.mark.parametrize("name", ["uit.csv", "uit.geojson", "uit.gpkg"])
def test_a_table_is_joined_and_its_report_lies_beside_the_result(atlas, tmp_path, name):
    table = written(tmp_path / "t.csv", "Gemeente;Aandeel\nAssen;12,5\nWolden, De;7,0\nTotaal;9,9\n")
    done = atlas("join", table, *JOIN, "-o", name, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / name).stat().st_size
    outcomes = [line["uitkomst"] for line in report_of(tmp_path / "uit.rapport.csv")]
    assert outcomes == ["gekoppeld", "gekoppeld_spelling", "totaalregel"]


def test_a_count_of_one_is_said_as_one(atlas, tmp_path):
    table = written(tmp_path / "t.csv", "Gemeente;Aandeel\nAssen;12,5\n")
    done = atlas("join", table, *JOIN, "-o", "uit.csv", cwd=tmp_path)
    assert "uit.csv: 1 gebied met een waarde" in done.stdout
    assert "rapport van 1 regel\n" in done.stdout


def test_no_cell_or_heading_reaches_the_terminal_as_more_than_text(atlas, tmp_path):
    text = "ge\x1b[2Jbied,waarde\n\x1b[31mAssen\x1b]0;titel\x07,1\n[red]Emmen[/],2\n[/],3\n\u202eassen,4\n"
    path = written(tmp_path / "tabel.csv", text)
    for key, shown in (("gebied", "[2Jbied"), ("ge\x1b[2Jbied", "")):
        options = ("--level", "gemeente", "--key", key, "--value", "waarde", "-o", tmp_path / "uit.csv")
        done = atlas("join", path, *options, cwd=tmp_path)
        said = done.stdout + done.stderr
        assert not any(letter in said for letter in "\x1b\x07\u202e")
        assert shown in said


def test_strict_exits_with_3_when_rows_need_attention_and_still_writes(atlas, tmp_path):
    table = written(tmp_path / "t.csv", "Gemeente;Aandeel\nAssen;12,5\nAtlantis;7,0\n")
    done = atlas("join", table, *JOIN, "-o", "uit.csv", "--strict", "--report", "r.csv", cwd=tmp_path)
    assert done.returncode == 3
    assert (tmp_path / "uit.csv").exists()
    assert [line["uitkomst"] for line in report_of(tmp_path / "r.csv")] == ["gekoppeld", "onbekend"]


def test_a_table_of_places_gives_no_municipality_a_value_unasked(atlas, tmp_path):
    table = written(tmp_path / "t.csv", "Gemeente;Aandeel\nBeilen;11\nRoden;15\n")
    asked = (
        "join",
        table,
        "--level",
        "gemeente",
        "--key",
        "Gemeente",
        "--value",
        "Aandeel",
        "--unit",
        "count",
    )
    refused = atlas(*asked, "-o", "uit.csv", "--strict", cwd=tmp_path)
    assert (refused.returncode, (tmp_path / "uit.csv").exists()) == (3, False)
    assert "plaatsen" in refused.stderr
    assert atlas(*asked, "-o", "uit.csv", "--places", "sum", cwd=tmp_path).returncode == 0
    assert [line["uitkomst"] for line in report_of(tmp_path / "uit.rapport.csv")] == ["plaats"] * 2


BAD_TABLES = {
    "empty file": "",
    "only a header": "Gemeente;Aandeel\n",
    "binary": "PK\x03\x04\x00\x00\x00binair\x00",
    "missing key column": "Plaats;Aandeel\nAssen;3\n",
    "only unknown areas": "Gemeente;Aandeel\nAtlantis;3\nLemuria;4\n",
    "two rows for one area": "Gemeente;Aandeel\nAssen;3,5\nAssen;4,5\n",
    "decimal mark undecided": "Gemeente;Aandeel\nAssen;1.204\nEmmen;2.305\n",
}


@pytest.mark.parametrize("content", BAD_TABLES.values(), ids=BAD_TABLES.keys())
def test_a_bad_table_exits_with_1_writes_its_report_and_no_result(atlas, tmp_path, content):
    table = written(tmp_path / "t.csv", content)
    before = written(tmp_path / "uit.csv", "van gisteren")
    done = atlas("join", table, *JOIN, "-o", before, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert before.read_text() == "van gisteren"
    assert (tmp_path / "uit.rapport.csv").exists()


@pytest.mark.parametrize(
    ("cell", "outcome"), [("101,5", "waarde_buiten_bereik"), ("-3,5", "waarde_buiten_bereik")]
)
def test_a_percentage_outside_0_to_100_is_reported(atlas, tmp_path, cell, outcome):
    table = written(tmp_path / "t.csv", f"Gemeente;Aandeel\nAssen;12,5\nEmmen;{cell}\n")
    atlas("join", table, *JOIN, "-o", "uit.csv", cwd=tmp_path)
    assert report_of(tmp_path / "uit.rapport.csv")[1]["uitkomst"] == outcome


def test_a_sentence_that_asks_for_a_choice_names_its_option(atlas, tmp_path):
    written(tmp_path / "tabel.csv", "Gemeente;Aandeel\nAssen;-\nEmmen;3\n")
    done = atlas("join", "tabel.csv", *JOIN, "--output", "uit.csv", cwd=tmp_path)
    assert "Waarmee: --dash zero of --dash missing" in done.stderr


def test_n_zero_is_reported(atlas, tmp_path):
    table = written(tmp_path / "t.csv", "Gemeente;Aandeel;n\nAssen;12,5;100\nEmmen;7,5;0\n")
    atlas("join", table, *JOIN, "--n", "n", "-o", "uit.csv", cwd=tmp_path)
    assert report_of(tmp_path / "uit.rapport.csv")[1]["uitkomst"] == "waarde_buiten_bereik"


def test_an_output_of_an_unknown_kind_is_refused_before_anything_is_written(atlas, tmp_path):
    table = written(tmp_path / "t.csv", "Gemeente;Aandeel\nAssen;12,5\n")
    done = atlas("join", table, *JOIN, "-o", "uit.docx", cwd=tmp_path)
    assert done.returncode == 1
    assert ".gpkg" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t.csv"]


def test_a_folder_that_cannot_be_made_gets_a_sentence(atlas, tmp_path):
    written(tmp_path / "out", "een bestand in de weg")
    done = atlas("build", "--no-sheets", "--trial", cwd=tmp_path)
    assert done.returncode == 1
    assert "kan niet worden geschreven" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_atlas_for_the_public_without_a_maker_is_refused_with_the_options_that_mend_it(atlas, tmp_path):
    refused = atlas("build", "--no-sheets", cwd=tmp_path)
    assert refused.returncode == 1
    assert all(option in refused.stderr for option in ("--maker", "--contact", "--trial"))
    assert not list(tmp_path.iterdir())
    wrong_day = atlas("build", "--trial", "--made-on", "vandaag", cwd=tmp_path)
    assert wrong_day.returncode == 1
    assert "--made-on" in wrong_day.stderr


def test_who_sits_at_the_terminal_is_asked_who_makes_it_and_whom_to_ask(monkeypatch, capsys):
    import io

    from atlas.cli import making
    from atlas.core.figures.edition import Edition

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr("sys.stdin", Terminal("Gemeente Assen\ngis@assen.example\n"))
    asked = {"maker": None, "contact": None, "made_on": "1-12-2026", "trial": False}
    edition, remarks = making.signed(Edition(), None, **asked)
    assert (edition.maker.name, edition.maker.contact) == ("Gemeente Assen", "gis@assen.example")
    assert (edition.made_on, remarks) == ("2026-12-01", [])
    assert "Wie beantwoordt vragen" in capsys.readouterr().err


def test_help_does_not_import_the_heavy_libraries(tmp_path):
    script = (
        "import sys, atlas.cli\n"
        "print(sorted({'pandas', 'geopandas', 'folium', 'matplotlib'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.strip() == "[]"


def test_boundaries_without_a_service_get_a_sentence_and_nothing_is_written(atlas, tmp_path):
    done = atlas(
        "boundaries",
        "update",
        "--year",
        2025,
        "--endpoint",
        "http://127.0.0.1:9/niets",
        "--out",
        "g",
        cwd=tmp_path,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_an_option_by_its_dutch_name_of_before_still_works_and_says_its_name(capsys):
    from atlas.cli.app import present_names

    given = ["build", "--gemeente", "Assen", "--buurten=buurten.gpkg", "--out", "uit"]
    known = ["build", "--municipality", "Assen", "--neighbourhoods=buurten.gpkg", "--out", "uit"]
    assert present_names(given) == known
    said = capsys.readouterr().err
    assert "--gemeente heet nu --municipality" in said
    assert "--buurten heet nu --neighbourhoods" in said


def test_a_join_that_is_not_told_which_column_names_those_it_found(atlas, tmp_path):
    (tmp_path / "t.csv").write_text("Gemeente;Aandeel;n\nAssen;7,9;400\n", encoding="utf-8")
    done = atlas("join", "t.csv", "--level", "gemeente", "-o", "uit.csv", cwd=tmp_path)
    assert done.returncode == 1
    assert 'Gevonden: de kolommen "Gemeente", "Aandeel", "n"' in done.stderr
    assert "Waarmee: --value" in done.stderr
    assert not (tmp_path / "uit.csv").exists()
    named = atlas(
        "join", "t.csv", "--level", "gemeente", "--key", "Gemeente", "--value", "Aandeel", "-o", "uit.csv",
        cwd=tmp_path,
    )  # fmt: skip
    assert named.returncode == 0, named.stderr


def test_a_result_of_a_join_says_by_whom_whom_to_ask_when_and_of_when_the_data_are(atlas, tmp_path):
    (tmp_path / "t.csv").write_text("Gemeente;Aandeel\nAssen;7,9\n", encoding="utf-8")
    said = ("--maker", "Gemeente Voorbeeld", "--contact", "gis@voorbeeld.example", "--made-on", "2026-12-01")
    done = atlas("join", "t.csv", *JOIN, "-o", "uit.csv", *said, "--data-of", "2025-11", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "niet ingevuld" not in done.stderr
    (assen,) = [
        row
        for row in csv.DictReader((tmp_path / "uit.csv").read_text(encoding="utf-8-sig").splitlines())
        if row["naam"] == "Assen"
    ]
    assert [assen[name] for name in ("gemaakt_door", "vragen_aan", "gemaakt_op", "nieuwste_gegevens")] == [
        "Gemeente Voorbeeld", "gis@voorbeeld.example", "1 december 2026", "november 2025",
    ]  # fmt: skip
    bare = atlas("join", "t.csv", *JOIN, "-o", "uit.geojson", cwd=tmp_path)
    assert "niet ingevuld: gemaakt door, vragen aan, gemaakt op en nieuwste gegevens" in bare.stderr
    assert '"gemaakt_door": "niet ingevuld"' in (tmp_path / "uit.geojson").read_text(encoding="utf-8")


def test_what_is_broken_off_says_that_the_rest_is_not_made(capsys, monkeypatch):
    from atlas.cli import app as command

    def broken_off(*_arguments, **_choices):
        raise KeyboardInterrupt

    monkeypatch.setattr("atlas.flows.building.build_atlas", broken_off)
    monkeypatch.setattr("sys.argv", ["atlas", "build", "--trial", "--out", "uit"])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == 130
    assert "de rest is niet gemaakt" in capsys.readouterr().err
