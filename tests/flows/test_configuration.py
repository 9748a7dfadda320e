import os
from pathlib import Path

import pytest

from atlas.core.words.errors import AtlasError
from atlas.core.words.spelling import legible
from atlas.flows.configuration import read_configuration

EXAMPLE = Path(__file__).parents[2] / "docs" / "voorbeeld" / "atlas.voorbeeld.toml"
TABLE = """
[[table]]
path = "cijfers.csv"
level = "gemeente"
key = "Gemeente"
value = "Aandeel"
label = "Bekend"
period = "2025"
source = "Bron"
base = "Iedereen"
caution = "Let op"
"""


def written(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "atlas.toml"
    path.write_bytes(text.encode(encoding))
    return path


def test_the_example_is_a_valid_configuration_and_says_it_is_fictitious():
    configuration = read_configuration(EXAMPLE)
    assert configuration.edition.fictitious
    assert configuration.tables[0].join.path == EXAMPLE.parent / "FICTIEF_meldpunt.csv"


def test_paths_are_relative_to_the_file(tmp_path):
    configuration = read_configuration(written(tmp_path, 'boundaries = "grenzen"\n' + TABLE))
    assert configuration.boundaries == tmp_path / "grenzen"
    assert configuration.tables[0].join.path == tmp_path / "cijfers.csv"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[atlas\n", ["geen geldige TOML", "rond regel 1, teken 7"]),
        ("a=" + "[" * 100_000, ["geen geldige TOML"]),
        ("# " + "x" * 1_100_000, ["groter dan hier wordt gelezen"]),
        ("[atals]\n", ["onbekende sleutel", "Bedoelt u atlas?"]),
        ('[atlas]\ntitel = "x"\n', ["onbekende sleutel", "titel", "Bedoelt u title?"]),
        ("[atlas]\ntitle = 3\n", ["verkeerde vorm", "title", "tekst tussen aanhalingstekens"]),
        ('[atlas]\nfictitious = "ja"\n', ["verkeerde vorm", "true of false"]),
        ('[atlas]\nsurvey = "nee"\n', ["verkeerde vorm", "survey"]),
        ("atlas = 3\n", ["verkeerde vorm", "kop tussen rechte haken"]),
        ("[table]\n", ["verkeerde vorm", "[[table]]"]),
        ("boundaries = 1\n", ["verkeerde vorm", "boundaries"]),
        ("[maker]\nnaam = 'x'\n", ["onbekende sleutel", "Bedoelt u name?"]),
        (TABLE.replace('value = "Aandeel"\n', ""), ["ontbreekt", "value", "nummer 1"]),
        (TABLE.replace('caution = "Let op"\n', ""), ["ontbreekt", "caution"]),
        (TABLE + "year = '2018'\n", ["verkeerde vorm", "geheel getal"]),
        (TABLE + "year = true\n", ["verkeerde vorm", "geheel getal"]),
        (TABLE + "direction = 'omhoog'\n", ["keuze bestaat niet", "hoger_is_gunstiger"]),
        (TABLE + "measure = 'gok'\n", ["keuze bestaat niet", "steekproef"]),
        (TABLE + "colour = 'rood'\n", ["onbekende sleutel", "colour"]),
    ],
)
def test_a_mistake_in_the_file_gets_its_sentence(tmp_path, text, words):
    with pytest.raises(AtlasError) as error:
        read_configuration(written(tmp_path, text))
    for word in words:
        assert word in str(error.value)


@pytest.mark.parametrize(
    ("period", "said", "year"), [("2024-11", "true", 2024), ("2024", "2025", 2025), ("2024", "false", None)]
)
def test_inhabitants_of_the_year_of_the_period_unless_another_is_said(tmp_path, period, said, year):
    text = TABLE.replace('period = "2025"', f'period = "{period}"') + f"per_population = {said}\n"
    assert read_configuration(written(tmp_path, text)).tables[0].join.per_population == year


def test_inhabitants_of_a_period_without_a_year_are_refused(tmp_path):
    text = TABLE.replace('period = "2025"', 'period = "voorjaar"') + "per_population = true\n"
    with pytest.raises(AtlasError, match="blijkt geen jaar"):
        read_configuration(written(tmp_path, text))


def test_a_file_that_is_not_there_or_not_utf8_gets_a_sentence(tmp_path):
    with pytest.raises(AtlasError, match="niet worden gelezen"):
        read_configuration(tmp_path / "weg.toml")
    with pytest.raises(AtlasError, match="UTF-8"):
        read_configuration(written(tmp_path, "# caf\u00e9", "cp1252"))


def test_no_text_of_a_user_turns_the_sentence_after_it_around():
    assert (
        legible("Let op \u202eomgekeerd\u2066\n en\x1b[31m verder\u202c") == "Let op omgekeerd en [31m verder"
    )
    assert (
        legible("\U0001f468\u200d\U0001f33e \u0645\u06cc\u200c\u062e")
        == "\U0001f468\u200d\U0001f33e \u0645\u06cc\u200c\u062e"
    )


def test_the_texts_of_a_figure_are_legible_and_the_names_of_columns_as_they_are(tmp_path):
    text = TABLE.replace('value = "Aandeel"', 'value = "Aan\u202edeel"').replace("Let op", "Let \u202eop")
    table = read_configuration(written(tmp_path, text)).tables[0]
    assert table.figure.caution == "Let op"
    assert table.join.value == "Aan\u202edeel"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are of Unix")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pijp.toml")
    with pytest.raises(AtlasError, match="geen gewoon bestand"):
        read_configuration(tmp_path / "pijp.toml")
