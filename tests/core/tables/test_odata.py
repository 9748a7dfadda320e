"""Answers of the statistical service. The layouts are real, the numbers are made up."""

import json

import pytest

from atlas.core.joining.join import join
from atlas.core.joining.statistics import Choice
from atlas.core.tables.odata import is_answer, read_text_table
from atlas.core.words.errors import AtlasError

KINDS = {"0.0.0 ": "Totaal misdrijven", "3.1.1 ": "3.1.1 Drugshandel"}
PROPERTIES = [
    {"Type": "Dimension", "Key": "SoortMisdrijf", "Title": "Soort misdrijf"},
    {"Type": "GeoDetail", "Key": "WijkenEnBuurten", "Title": "Wijken en buurten"},
    {"Type": "TimeDimension", "Key": "Perioden", "Title": "Perioden"},
    {"Type": "Topic", "Key": "Misdrijven_1", "Title": "Geregistreerde misdrijven", "Unit": "aantal"},
]


def write(folder, name, rows, **more):
    (folder / name).write_text(json.dumps({"odata.metadata": "x", "value": rows, **more}), encoding="utf-8")
    return folder / name


def version_3(folder, **more):
    rows = [
        {
            "ID": number,
            "SoortMisdrijf": kind,
            "WijkenEnBuurten": area,
            "Perioden": period,
            "Misdrijven_1": value,
        }
        for number, (kind, period, area, value) in enumerate(
            (kind, period, area, None if area.startswith("BU") else number)
            for number, period in enumerate(("2025MM11", "2025MM12", "2025JJ00"), start=10)
            for kind in KINDS
            for area in ("GM0106    ", "GM1680    ", "WK168000  ", "BU16800000")
        )
    ]
    write(folder, "DataProperties.json", PROPERTIES)
    write(folder, "SoortMisdrijf.json", [{"Key": key, "Title": title} for key, title in KINDS.items()])
    return write(folder, "TypedDataSet.json", rows, **more)


def version_4(folder, rows, *, status="Voorlopig"):
    (folder / "MeasureCodes.csv").write_text(
        "Identifier;Title;Unit\nM1;Totaal geregistreerde misdrijven;aantal\n"
        "M2;Misdrijven per 1000 inw.;per 1 000 inwoners\n"
    )
    (folder / "PeriodenCodes.csv").write_text(f"Identifier;Title;Status\n2024JJ00;2024;{status}\n")
    (folder / "SoortMisdrijfCodes.csv").write_text(
        'Identifier;Title;Description\nT1;Misdrijven, totaal;"a\nb"\n'
    )
    (folder / "Dimensions.csv").write_text(
        "Identifier;Kind\nSoortMisdrijf;Dimension\nRegioS;GeoDimension\nPerioden;TimeDimension\n"
    )
    path = folder / "Observations.csv"
    head = "Id;Measure;SoortMisdrijf;RegioS;Perioden;Value;StringValue;ValueAttribute\n"
    path.write_text(head + "".join(f"{number};{row}\n" for number, row in enumerate(rows)))
    return path


def joined(path, value, *, level="gemeente", unit=None, **choice):
    return join(read_text_table(path), level=level, value=value, unit=unit, choice=Choice(**choice))


def test_version_3_asks_for_kind_and_period_and_never_adds_months_to_their_year(tmp_path):
    path = version_3(tmp_path)
    assert is_answer(path)
    refused = joined(path, "Geregistreerde misdrijven").refusal
    assert "periode" in refused.title
    assert '"Totaal misdrijven"' in refused.detail
    assert refused.choices == ("period", "where")
    for where in ({"Soort misdrijf": "Totaal misdrijven"}, {"soort misdrijf": "0.0.0"}):
        found = joined(path, "Geregistreerde misdrijven", where=where, period="2025")
        assert found.refusal is None
        assert {value.area.name: value.value for value in found.values} == {"Assen": 12, "Aa en Hunze": 12}
        assert {line.text: line.outcome for line in found.report}["WK168000"] == "buiten_gebied"


def test_a_page_of_more_is_refused(tmp_path):
    path = version_3(tmp_path, **{"odata.nextLink": "https://dienst.example/volgende"})
    with pytest.raises(AtlasError) as refused:
        read_text_table(path)
    assert "nextLink" in refused.value.got


def test_an_answer_that_is_broken_off_gets_a_sentence(tmp_path):
    path = version_3(tmp_path)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(AtlasError) as refused:
        read_text_table(path)
    assert "afgebroken" in refused.value.title


@pytest.mark.parametrize("rows", [{"Key": "x"}, 7, None, ["x"]])
def test_a_code_list_that_is_no_list_gets_a_sentence(tmp_path, rows):
    path = version_3(tmp_path, codelijsten={"SoortMisdrijf": rows})
    with pytest.raises(AtlasError, match="codelijst in dit bestand is beschadigd") as raised:
        read_text_table(path)
    assert raised.value.where == f"{path}, codelijsten, SoortMisdrijf"


def test_version_4_takes_unit_status_and_reason_from_its_code_lists(tmp_path):
    path = version_4(
        tmp_path,
        [
            "M1;T1;GM0106;2024JJ00;3300;;None",
            "M2;T1;GM0106;2024JJ00;33,0;;None",
            "M2;T1;GM1966;2024JJ00;;;Impossible",
        ],
    )
    found = joined(path, "Misdrijven per 1000 inw.", period="2024")
    assert [(value.area.name, value.value) for value in found.values] == [("Assen", 33.0)]
    assert (found.unit, found.divided_by, found.status) == ("per_1000", "inwoners", "voorlopig")
    assert {line.text: line.explanation for line in found.report}["GM1966"].startswith("Impossible")
    assert joined(path, "m1", period="2024").values[0].value == 3300


def test_rows_of_margins_are_one_figure_with_its_interval(tmp_path):
    rows = [
        f"A1;{margin};{area};2023JJ00;{value};;None"
        for area in ("PV20", "PV22", "GM0014")
        for margin, value in (("MW00000", "17,5"), ("MOG0095", "15,9"), ("MBG0095", "19,1"))
    ]
    path = tmp_path / "Observations.csv"
    head = "Id;Measure;Marges;RegioS;Perioden;Value;StringValue;ValueAttribute\n"
    path.write_text(head + "".join(f"{number};{row}\n" for number, row in enumerate(rows)))
    found = joined(path, "A1", level="provincie", unit="percent")
    assert found.refusal is None
    assert [(value.area.code, value.value, value.interval) for value in found.values] == [
        ("PV20", 17.5, (15.9, 19.1)),
        ("PV22", 17.5, (15.9, 19.1)),
    ]
    assert [line.outcome for line in found.report] == ["gekoppeld", "gekoppeld", "buiten_gebied"]


def test_an_answer_without_code_lists_is_read_by_its_codes(tmp_path):
    path = tmp_path / "antwoord.json"
    rows = [
        {"Id": 1, "Measure": "T001", "WijkenEnBuurten": "GM0106", "Value": 7.0, "StringValue": None},
        {
            "Id": 2,
            "Measure": "T001",
            "WijkenEnBuurten": "GM0114",
            "Value": None,
            "ValueAttribute": "Impossible",
        },
    ]
    path.write_text(json.dumps({"@odata.context": "x", "value": rows}))
    found = joined(path, "T001")
    assert [(value.area.name, value.value) for value in found.values] == [("Assen", 7.0)]


def test_two_topics_or_kinds_with_one_title_stay_two(tmp_path):
    """Version 3 repeats "Totaal" below each group of topics: the last of them must not be all of them."""
    rows = [
        {"ID": number, "RegioS": "GM0106", "Soort": kind, "Totaal_1": 10 + number, "Totaal_2": 1000}
        for number, kind in enumerate(("A1", "A2"))
    ]
    topics = [{"Type": "Topic", "Key": f"Totaal_{number}", "Title": "Totaal"} for number in (1, 2)]
    write(tmp_path, "DataProperties.json", topics)
    write(tmp_path, "Soort.json", [{"Key": "A1", "Title": "Overig"}, {"Key": "A2", "Title": "Overig"}])
    path = write(tmp_path, "TypedDataSet.json", rows)
    found = joined(path, "Totaal [Totaal_1]", where={"Soort": "A2"})
    assert [value.value for value in found.values] == [11]
    with pytest.raises(AtlasError) as refused:
        joined(path, "Totaal", where={"Soort": "A1"})
    assert "Totaal [Totaal_1]" in str(refused.value)


def test_two_measures_with_one_title_are_never_added_up(tmp_path):
    path = version_4(tmp_path, ["M1;T1;GM0106;2024JJ00;10;;None", "M2;T1;GM0106;2024JJ00;1000;;None"])
    (tmp_path / "MeasureCodes.csv").write_text("Identifier;Title;Unit\nM1;Totaal;aantal\nM2;Totaal;aantal\n")
    assert [value.value for value in joined(path, "M1").values] == [10]
    assert [value.value for value in joined(path, "M2").values] == [1000]


def test_titles_that_are_codes_of_one_another_choose_by_code(tmp_path):
    path = version_3(tmp_path)
    kinds = list(KINDS)
    write(
        tmp_path,
        "SoortMisdrijf.json",
        [{"Key": kinds[0], "Title": kinds[1]}, {"Key": kinds[1], "Title": kinds[0]}],
    )
    by_code = joined(path, "Geregistreerde misdrijven", where={"Soort misdrijf": kinds[0]}, period="2025")
    assert {value.value for value in by_code.values} == {12}


@pytest.mark.parametrize("name", ["Onderwerp", "Waarde", "a/b", "../t", "x" * 300, "x\0y"])
def test_a_dimension_of_any_name_neither_hides_a_figure_nor_names_a_file(tmp_path, name):
    rows = [
        {"Id": 1, "Measure": "M1", "RegioS": "GM0106", name: "z", "Value": 7.0},
        {"Id": 2, "Measure": "M2", "RegioS": "GM0106", name: "z", "Value": 8.0},
    ]
    path = tmp_path / "antwoord.json"
    path.write_text(json.dumps({"@odata.context": "x", "value": rows}))
    assert [value.value for value in joined(path, "M2").values] == [8]


def test_a_margin_that_is_given_twice_is_refused(tmp_path):
    rows = [
        {"ID": number, "RegioS": "GM0106", "Marges": margin, "Aandeel_1": value}
        for number, (margin, value) in enumerate(
            (("MW00000", 20), ("MOG0095", 10), ("MBG0095", 30), ("MW00000", 99))
        )
    ]
    with pytest.raises(AtlasError, match="dezelfde marge") as refused:
        joined(write(tmp_path, "TypedDataSet.json", rows), "Aandeel_1")
    assert refused.value.got == "rij 1 en rij 4"
