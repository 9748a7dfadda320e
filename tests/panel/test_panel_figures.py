"""From a panel's file to figures of regions, and no answer of anybody in anything that is written."""

import csv
import gzip
import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyreadstat
import pytest
from pyarrow import parquet

from atlas.core.figures.page_form import as_records
from atlas.core.words.errors import AtlasError
from atlas.flows.building import build_atlas
from atlas.flows.configuration import read_configuration
from atlas.flows.panel import PanelTask, make_figures, write_draft
from atlas.panel.reading import read_panel

PANEL = Path(__file__).parents[1] / "data" / "panel" / "FICTIEF_panel.csv.gz"
GENERAL = '[panel]\nperiod = "2025-11"\nsource = "Verzonnen panel (FICTIEF)"\n'
QUESTION = """
[[question]]
label = "{label}"
column = "{column}"
counted = [1]
other = {other}
left_out = {left_out}
base = "Verzonnen (FICTIEF)"
caution = "Verzonnen (FICTIEF)."
{more}
"""


def question(column="v01", label="Zag iets", other="[2, 8]", left_out="[]", more=""):
    return QUESTION.format(label=label, column=column, other=other, left_out=left_out, more=more)


@pytest.fixture
def panel(tmp_path):
    path = tmp_path / "panel.csv"
    path.write_bytes(gzip.decompress(PANEL.read_bytes()))
    return path


def made(folder, panel, *questions, **columns):
    asked = folder / "vragen.toml"
    asked.write_text(GENERAL + "".join(questions), encoding="utf-8")
    columns = {"weight": "weging", "region_column": "gemeente", **columns}
    return make_figures(PanelTask(panel, asked, **columns), folder / "cijfers.toml")


def rows(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))


def test_figures_of_regions_and_provinces_with_interval_and_state(tmp_path, panel):
    done = made(tmp_path, panel, question(), strata="strat")
    figures = {row["gebied_code"]: row for row in rows(done.table)}
    assert sorted(figures) == ["PV20", "PV22", *(f"SR0{number}" for number in range(1, 9))]
    assert figures["PV22"]["percentage"].startswith("25,31")
    assert figures["PV22"]["n"] == "2281"
    assert float(figures["PV22"]["n_effectief"].replace(",", ".")) < 2281 / 2
    assert figures["SR07"]["status"] == "indicatief"


def test_weet_niet_is_in_the_base_or_out_because_somebody_said_so(tmp_path, panel):
    inside = made(tmp_path, panel, question(), question(label="Zonder", other="[2]", left_out="[8]"))
    shares = {
        (row["cijfer"], row["gebied_code"]): float(row["percentage"].replace(",", "."))
        for row in rows(inside.table)
    }
    assert shares["Zonder", "PV22"] > shares["Zag iets", "PV22"]
    with pytest.raises(AtlasError, match="niet is gezegd of ze meetellen") as refused:
        made(tmp_path, panel, question(other="[2]"))
    assert refused.value.got == "8"


def test_a_follow_up_question_has_its_own_base(tmp_path, panel):
    done = made(tmp_path, panel, question("mr_1", other="[0]", more='empty = "other"\nasked = { v02 = [1] }'))
    counts = [int(row["n"]) for row in rows(done.table) if row["niveau"] == "surveyregio"]
    assert max(counts) < 150
    assert done.withheld > 0


def test_what_too_few_said_has_a_state_and_no_figure_anywhere(tmp_path, panel):
    done = made(tmp_path, panel, question("v60", "Bijna niemand"))
    withheld = [row for row in rows(done.table) if row["status"] == "te_weinig_respondenten"]
    assert withheld
    assert all(not row[name] for row in withheld for name in ("percentage", "laag", "hoog", "n_effectief"))
    configuration = tmp_path / "atlas.toml"
    head = '[atlas]\ntitle = "x (FICTIEF)"\nfictitious = true\nsurvey = false\naudience = "team"\n'
    configuration.write_text(head + done.configuration.read_text(encoding="utf-8"), encoding="utf-8")
    build_atlas(read_configuration(configuration), tmp_path / "uit", sheets=False)
    page = (tmp_path / "uit" / "atlas.html").read_text(encoding="utf-8")
    block = json.JSONDecoder().raw_decode(page[page.index('{"', page.index('id="atlas-payload"')) :])[0]
    payload = as_records(block)
    views = {view["level"]: view["values"] for view in payload["indicators"][0]["views"]}
    states = {code: one["status"] for values in views.values() for code, one in values.items()}
    assert {states[row["gebied_code"]] for row in withheld} == {"te_weinig_respondenten"}


def test_regions_are_compared_with_each_other_and_with_the_rest_of_their_province(tmp_path, panel):
    found = rows(made(tmp_path, panel, question()).differences)
    assert len(found) == 8 * 7 // 2 + 8
    rest = [row for row in found if row["tweede"] == "de rest van de provincie"]
    assert len(rest) == 8
    assert {row["oordeel"] for row in found} <= {"geen aantoonbaar verschil", "eerste hoger", "eerste lager"}
    assert all(float(row["p_holm"].replace(",", ".")) <= 1 for row in found)
    negative = [row["verschil_punten"] for row in found if "-" in row["verschil_punten"]]
    assert negative
    assert all(text.startswith("-") for text in negative)


def test_two_waves_say_whether_their_overlap_is_taken_into_account(tmp_path, panel):
    previous = tmp_path / "vorige.csv"
    previous.write_bytes(panel.read_bytes())
    by_person = rows(made(tmp_path, panel, question(), previous=previous, person="id").differences)[-1]
    assert by_person["verschil_punten"] == "0"
    assert by_person["oordeel"] == "geen aantoonbaar verschil"
    assert by_person["toelichting"] == ""
    loose = rows(made(tmp_path, panel, question(), previous=previous).differences)[-1]
    assert "niet verrekend" in loose["toelichting"]
    with pytest.raises(AtlasError, match="twee keer voor in één meting"):
        made(tmp_path, panel, question(), previous=previous, person="gemeente")


def test_user_missing_values_of_spss_are_read_and_not_dropped(tmp_path, panel):
    table = read_panel(panel)
    frame = {name: table.columns[name] for name in ("v01", "weging", "gemeente")}
    path = tmp_path / "panel.sav"
    import pandas as pd

    pyreadstat.write_sav(
        pd.DataFrame(frame),
        path,
        missing_ranges={"v01": [8]},
        variable_value_labels={"v01": {1: "ja", 2: "nee", 8: "weet niet"}},
        column_labels={"v01": "Zag u iets?"},
    )
    of_csv = rows(made(tmp_path, panel, question()).table)
    assert rows(made(tmp_path, path, question()).table) == of_csv
    write_draft(path, tmp_path / "begin.toml", ["weging"])
    begun = (tmp_path / "begin.toml").read_text(encoding="utf-8")
    assert "# 8 (weet niet)" in begun
    assert "left_out = [8]" in begun
    assert 'label = "Zag u iets?"' in begun
    parquet.write_table(pa.table(frame), tmp_path / "panel.parquet")
    assert rows(made(tmp_path, tmp_path / "panel.parquet", question()).table) == of_csv


def test_a_postcode_goes_to_the_municipality_of_most_of_its_rows(tmp_path):
    lines = [f"{1 if number % 2 else 2};1;{9400 + number % 3}" for number in range(300)]
    (tmp_path / "panel.csv").write_text("v01;w;pc\n" + "\n".join(lines) + "\n")
    (tmp_path / "pc.csv").write_text(
        "postcode;gemeente\n9400AA;Assen\n9400AB;Assen\n9400AC;Emmen\n9401;Assen\n"
    )
    done = made(
        tmp_path, tmp_path / "panel.csv", question(), weight="w", region_column="pc",
        region_from="postcode", postcodes=tmp_path / "pc.csv",
    )  # fmt: skip
    assert {row["gebied_code"]: row["n"] for row in rows(done.table)} == {"SR01": "200", "PV22": "200"}
    assert done.notes == ("100 respondenten tellen niet mee: geen bekende gemeente.",)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("v01;w;g\n1;;Assen\n", "Niet elke respondent heeft een gewicht."),
        ("v01;w;g\n1;-2;Assen\n2;1;Assen\n", "Een gewicht is een getal van nul of hoger."),
        ("v01;w;g\n1;1;Zwolle\n", "Van geen enkele respondent is de gemeente te bepalen."),
        ("v01;x;g\n1;1;Assen\n", 'De kolom "w" staat niet in het panelbestand.'),
    ],
)
def test_a_panel_that_says_too_little_gets_a_sentence(tmp_path, text, title):
    (tmp_path / "panel.csv").write_text(text)
    with pytest.raises(AtlasError) as refused:
        made(tmp_path, tmp_path / "panel.csv", question(), weight="w", region_column="g")
    assert refused.value.title == title


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("", "Dit bestand met vragen heeft een andere vorm dan verwacht."),
        (question() + question(), "Twee vragen heten hetzelfde."),
        (question(other="[1, 2]"), "Een code staat in twee groepen."),
        (question(more="weet_niet = 8"), "Dit is geen bekende sleutel."),
        (question(other='"2"'), "Deze waarde heeft de verkeerde vorm."),
        (question(label="=1+1"), "Deze naam kan niet in een tabel staan."),
        (question(label="a\\nb"), "Deze naam kan niet in een tabel staan."),
        (question(more='direction = "omhoog"'), "Deze keuze bestaat niet."),
        (question(other="[true]"), "Hier hoort een lijst van codes."),
        (question(other="[nan]"), "Hier hoort een lijst van codes."),
        (question(other="[1" + "0" * 400 + "]"), "Hier hoort een lijst van codes."),
        (question(other="[1" + "0" * 6000 + "]"), "Dit bestand met vragen kan niet worden gelezen."),
        (question(other="[" * 4000), "Dit bestand met vragen kan niet worden gelezen."),
        (question(more="asked = { v02 = [99] }"), "Niemand zit in de basis van deze vraag."),
    ],
)
def test_a_mistake_in_the_questions_gets_a_sentence(tmp_path, panel, asked, title):
    with pytest.raises(AtlasError) as refused:
        made(tmp_path, panel, asked)
    assert refused.value.title == title
    assert not (tmp_path / "cijfers.toml").exists()


def test_a_draft_names_codes_and_never_what_a_few_respondents_have(tmp_path):
    """Ten weights of ten respondents are few enough to look like codes."""
    ten = "".join(f"{1 + number % 2};{number}.25;{number};Assen\n" for number in range(10))
    (tmp_path / "panel.csv").write_text("v01;w;id;g\n" + ten)
    write_draft(tmp_path / "panel.csv", tmp_path / "begin.toml", [])
    begun = (tmp_path / "begin.toml").read_text(encoding="utf-8")
    assert begun.count("[[question]]") == begun.count('column = "v01"') == 1
    (tmp_path / "een.csv").write_text("v01;w;id;g\n1;0.5;7;Assen\n")
    with pytest.raises(AtlasError, match="Geen kolom"):
        write_draft(tmp_path / "een.csv", tmp_path / "een.toml", [])


def test_what_somebody_wrote_is_not_replaced(tmp_path, panel):
    for name in ("cijfers.toml", "cijfers.csv", "cijfers.verschillen.csv", "begin.toml"):
        (tmp_path / name).write_text("eigen werk\n")
        with pytest.raises(AtlasError, match=r"blijft staan|niet vervangen"):
            write_draft(panel, tmp_path / name, []) if name == "begin.toml" else made(
                tmp_path, panel, question()
            )
        assert (tmp_path / name).read_text() == "eigen werk\n"
        (tmp_path / name).unlink()
    first = made(tmp_path, panel, question()).configuration.read_bytes()
    assert made(tmp_path, panel, question()).configuration.read_bytes() == first
    for name in (".", "uit.csv", "uit"):
        task = PanelTask(panel, tmp_path / "vragen.toml", weight="weging", region_column="gemeente")
        with pytest.raises(AtlasError, match=r"op \.toml"):
            make_figures(task, Path(name))


def test_a_stratum_of_one_is_counted_and_not_named(tmp_path, panel):
    with pytest.raises(AtlasError, match="stratum zit één respondent") as refused:
        made(tmp_path, panel, question(), strata="id")
    assert "2025-0" not in str(refused.value)
    assert refused.value.got == "4481 van de 4481 strata"


def test_no_answer_weight_or_key_of_anybody_is_written_anywhere(tmp_path):
    """Also not in a temporary file or in what is printed."""
    secret = ["geheim-persoon-77", "open antwoord over de buurman", "0.7315927"]
    lines = [f"{1 + number % 2};1;Assen;persoon-{number};niets" for number in range(200)]
    lines.append(f"1;{secret[2]};Assen;{secret[0]};{secret[1]}")
    source = tmp_path / "bron"
    source.mkdir()
    (source / "panel.csv").write_text("v01;w;g;id;open\n" + "\n".join(lines) + "\n")
    (source / "vragen.toml").write_text(GENERAL + question())
    elsewhere = tmp_path / "rest"
    (elsewhere / "tmp").mkdir(parents=True)
    options = [
        "--questions", source / "vragen.toml", "--weight", "w", "--region-from", "gemeente",
        "--region-column", "g", "--output", elsewhere / "cijfers.toml",
    ]  # fmt: skip
    command = [sys.executable, "-c", "from atlas.cli import main; main()", "panel", "figures"]
    done = subprocess.run(
        [*command, source / "panel.csv", *options],
        capture_output=True,
        text=True,
        check=False,
        cwd=elsewhere,
        env={
            "TMPDIR": str(elsewhere / "tmp"),
            "HOME": str(elsewhere),
            "PATH": "",
            "PYTHONPATH": ":".join(sys.path),
        },
    )
    assert done.returncode == 0, done.stderr
    files = [path for path in elsewhere.rglob("*") if path.is_file()]
    assert {"cijfers.toml", "cijfers.csv", "cijfers.verschillen.csv"} <= {path.name for path in files}
    told = [done.stdout, done.stderr, *(path.read_text(encoding="utf-8", errors="replace") for path in files)]
    assert not [text for text in told for word in secret if word in text]


def test_a_municipality_is_a_point_with_its_interval_and_only_on_request(tmp_path, panel):
    """No classes, no order and no verdict between municipalities or on one through time."""
    without = made(tmp_path, panel, question())
    assert {row["niveau"] for row in rows(without.table)} == {"surveyregio", "provincie"}
    asked = made(tmp_path, panel, question(), municipalities=True, previous=panel)
    of_municipalities = [row for row in rows(asked.table) if row["niveau"] == "gemeente"]
    assert len(of_municipalities) == 22
    assert {row["status"] for row in of_municipalities} >= {"indicatief"}
    assert not any(
        "(gemeente)" in line or "Assen" in line for line in asked.differences.read_text().splitlines()
    )
    configuration = tmp_path / "atlas.toml"
    text = asked.configuration.read_text(encoding="utf-8")
    later = text.replace('period = "2025-11"', 'period = "2027-11"')
    configuration.write_text(
        '[atlas]\ntitle = "Proef (FICTIEF)"\nfictitious = true\nsurvey = false\n' + text + later,
        encoding="utf-8",
    )
    build_atlas(read_configuration(configuration), tmp_path / "uit", sheets="none")
    page = (tmp_path / "uit" / "atlas.html").read_text(encoding="utf-8")
    start = page.index('{"', page.index('id="atlas-payload"'))
    (indicator,) = as_records(json.JSONDecoder().raw_decode(page[start:])[0])["indicators"]
    by_level = {view["level"]: view for view in indicator["views"]}
    view, regions = by_level["gemeente"], by_level["surveyregio"]
    assert (view["legend"]["kind"], view["legend"]["unordered"], view["pairs"]) == ("single", True, {})
    assert view["overlap_note"] == ""
    assert "geen volgorde" in view["legend"]["note"]
    assert regions["pairs"]
    assert "unordered" not in regions["legend"]
    shown = [value for value in view["values"].values() if value["value"] is not None]
    assert shown
    assert all(value["low"] < value["value"] < value["high"] for value in shown)
    change = {line["level"]: line["change"] for line in indicator["timelines"]}
    assert (change["gemeente"]["kind"], change["gemeente"]["verdicts"]) == ("zonder_oordeel", {})
    assert change["surveyregio"]["verdicts"]
    assert "rangschik gemeenten er niet mee" in indicator["caution"]
