"""A value is only joined when it can honestly be; the report is there in every case."""

import io
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.areas.divisions import areas
from atlas.core.joining.join import join
from atlas.core.schema.outcomes import JOINED_OUTCOMES, OUTCOMES
from atlas.core.tables.table import Table
from atlas.core.words.errors import AtlasError
from join_samples import GRONINGEN_2018, joined, outcomes, values

# --- refused, with the report in every case ---


@pytest.mark.parametrize(
    ("rows", "options", "title"),
    [
        ("Assen;140\n", {}, "die niet kunnen"),
        ("Assen;-1\n", {}, "die niet kunnen"),
        ("Assen;1.204\nEmmen;3\n", {"unit": "count"}, "decimaalteken"),
        ("Assen;7,9\nEmmen;8.1\n", {}, "twee decimaaltekens"),
        ("Assen;-\nEmmen;3\n", {}, "streepje"),
        ("Assen;0,14\nEmmen;0,2\n", {}, "breuken"),
        ("Bohemen;3\nAtlantis;4\n", {}, "Geen enkele rij"),
        ("Assen;\nEmmen;veel\n", {}, "Geen enkel gebied"),
        ("Totaal;3\nBron: CBS\n", {}, "Geen enkele rij"),
    ],
)
def test_a_refusal_leaves_the_report(rows, options, title):
    result = joined(rows, **options)
    assert title in result.refusal.title
    assert len(result.report) == rows.count("\n")


def test_the_reason_of_a_spoiled_code_is_in_the_refusal():
    assert "rekenblad" in joined("1.06E+02;5\n").refusal.detail


def test_a_key_of_another_level_is_recognised():
    result = joined("Noord-Drenthe;3\nOldambt/Westerwolde;4\n")
    assert result.refusal.hint == "Bedoelde u het niveau surveyregio? Kies dat dan."
    assert result.refusal.choices == ("level",)


@pytest.mark.parametrize(
    "options",
    [{"key": "naam"}, {"value": "cijfer"}, {"n": "n"}, {"weight": "w"}, {"level": "buurt"},
     {"municipality": "naam"}, {"level": "wijk", "year": 2021},
     {"unit": "procent"},
     {"combine": "mean"}, {"decimal": ";"}, {"dash": "nul"}, {"unit": "count", "weight": "waarde"}],
)  # fmt: skip
def test_a_choice_that_does_not_exist_is_refused_with_a_sentence(options):
    with pytest.raises(AtlasError) as caught:
        joined("Assen;3\n", **options)
    assert caught.value.title


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><b>',
        "</script>",
        "{{ 7 * 7 }}",
        "\u202e\u05e0\u05e1\u05e2\u202c",
        "🚜🐄",
        "\ud800",
        "'",
        "x" * 500,
    ],
)
def test_strange_names_are_unknown_and_harmless(text):
    table = Table.from_columns("tabel.xlsx", {"gemeente": ["Assen", text], "waarde": [3, 4]})
    result = join(table, level="gemeente", key="gemeente", value="waarde", unit="percent")
    line = list(result.report)[1]
    assert line.outcome == "onbekend"
    assert line.text == text[:200]
    file = io.StringIO(newline="")
    result.report.write_csv(file)
    assert file.getvalue().encode("utf-8").count(b"\n") == 3


# --- always ---

names = st.sampled_from(
    [
        *(one.name for one in areas("gemeente")), *(one.code for one in areas("gemeente")), "Groningen",
        "Haren",
        "Ten Boer", "GM0014", "Bedum", "Winsum", "Hoogezand-Sappemeer", "Menterwolde", "Slochteren",
        "gem. Emmen", "Beilen", "Westerbork", "Roden",
        "Asssen", "Drenthe", "Totaal", "Nederland", "Leeuwarden", "Bohemen", "Bron: CBS", "* noot", "",
        " ", None,
        14, 106.0, 9999,
    ]
)  # fmt: skip
cells = st.one_of(
    st.sampled_from(
        ["x", ".", "", None, "n.b.", "-99997", "veel", "140", "-3", "1.204", "7,9", "12.75", "-", "5%"]
    ),
    st.integers(0, 100),
    st.floats(0, 100).map(lambda value: round(value, 1)),
)
tables = st.lists(
    st.tuples(st.one_of(names, st.text(max_size=8)), cells, cells, cells), min_size=1, max_size=25
)
choices = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(["percent", "count", "number", "eur", "grade_0_10"]),
        "n": st.sampled_from([None, "n"]),
        "combine": st.sampled_from(["error", "sum"]),
        "year": st.sampled_from([None, 2018, 2020, 2025]),
        "decimal": st.sampled_from([None, ",", "."]),
        "dash": st.sampled_from([None, "zero", "missing"]),
        "level": st.sampled_from(["gemeente", "gemeente", "provincie"]),
        "places": st.sampled_from(["error", "sum"]),
    }
)


@given(tables, choices, st.booleans())
def test_every_row_gets_one_line_and_one_outcome(rows, options, weighted):
    columns = dict(zip(("gemeente", "waarde", "n", "w"), map(list, zip(*rows, strict=True)), strict=True))
    table = Table.from_columns("tabel.xlsx", columns)
    weight = "w" if weighted and options["unit"] != "count" else None
    if (options["unit"], options["level"]) != ("count", "gemeente"):
        options = {**options, "places": "error"}
    result = join(table, key="gemeente", value="waarde", weight=weight, **options)

    lines = {line.row: line for line in result.report}
    assert list(lines) == list(range(2, len(rows) + 2))
    assert all(line.outcome in OUTCOMES for line in lines.values())
    assert sum(result.report.counts().values()) == len(rows)

    behind = [(row, value.area.code) for value in result.values for row in value.rows]
    assert sorted(row for row, _ in behind) == sorted({row for row, _ in behind})
    on_map = {*JOINED_OUTCOMES, *(["plaats"] if options["places"] == "sum" else ())}
    linked = {(line.row, line.area_code) for line in lines.values() if line.outcome in on_map}
    assert set(behind) == linked
    assert result.report.rows_on_map() == len(linked)
    assert len({value.area for value in result.values}) == len(result.values)
    assert all(line.explanation for line in lines.values() if line.outcome != "gekoppeld")
    assert result.values or result.refusal is not None


@given(st.lists(st.tuples(names, st.integers(0, 10**6)), min_size=1, max_size=40))
def test_counts_never_disappear_and_never_count_twice(rows):
    table = Table.from_columns(
        "t.xlsx", {"gemeente": [name for name, _ in rows], "waarde": [n for _, n in rows]}
    )
    result = join(table, level="gemeente", key="gemeente", value="waarde", unit="count", combine="sum")
    of_row = dict(zip(table.rows, table.column("waarde"), strict=True))
    linked = [of_row[line.row] for line in result.report if line.outcome in JOINED_OUTCOMES]
    assert math.fsum(value.value for value in result.values) == sum(linked)


@given(st.permutations(GRONINGEN_2018.splitlines()))
def test_the_order_of_the_rows_never_changes_a_value(rows):
    assert values(joined("\n".join(rows), unit="count", year=2018)) == {"GM0014": 230.0}


# --- what a note is, and what is only short ---


def test_a_word_that_is_no_area_is_no_note_when_its_row_holds_more():
    result = joined("Assen;7;\nBohemen;;x\n", header="gemeente;waarde;opmerking")
    assert outcomes(result) == ["gekoppeld", "onbekend"]


def test_a_note_may_stand_in_another_column_when_it_stands_alone():
    note = "Bron: het panel van november, gewogen naar leeftijd en geslacht van de inwoners"
    result = joined(f"Assen;7;\n;;{note}\n;8;{note}\n", header="gemeente;waarde;opmerking")
    assert outcomes(result) == ["gekoppeld", "voetnoot", "onbekend"]
    assert list(result.report)[1].text == note


def test_a_long_remark_in_another_column_is_a_note_only_alone():
    remark = "hier staat een lange zin die niets zegt over een gebied maar wel over hoe deze tabel is gemaakt"
    alone = joined(f"Assen;7;;\n;;{remark};\n", header="gemeente;waarde;opmerking;meer")
    beside = joined(f"Assen;7;;\n;;{remark};nog iets\n", header="gemeente;waarde;opmerking;meer")
    assert (outcomes(alone)[1], outcomes(beside)[1]) == ("voetnoot", "onbekend")


def test_a_total_or_a_place_without_a_value_is_no_note():
    result = joined("Assen;7\nTotaal;\nBeilen;\n", unit="count", places="sum")
    assert "voetnoot" not in outcomes(result)


def test_a_missing_n_is_said_at_the_row_and_a_known_one_is_not():
    result = joined("Assen;7;\nEmmen;8;100\n", header="gemeente;waarde;n", n="n")
    first, second = (line.explanation for line in result.report)
    assert "n is niet bekend" in first
    assert "n is niet bekend" not in second
