"""Addresses in the countryside as a figure: counted, divided by all, and by which definition."""

from atlas.core.areas.divisions import areas
from atlas.core.counts.rural_addresses import NUMBER, SHARE, countryside_figures
from atlas.core.counts.rural_methods import CountrysideMethod

METHOD = CountrysideMethod("oad", {}, "2026-02-01")
ALL = tuple(area.code for area in areas("gemeente"))
COUNTED = {code: (10 * nth, 100) for nth, code in enumerate(ALL[:-1])}


def figures(own=ALL):
    indicators, values = countryside_figures(COUNTED, METHOD, municipalities=own, fictitious=True)
    return indicators, {(value.indicator, value.area): value for value in values}


def test_each_municipality_has_a_number_and_its_share_of_all_addresses():
    _, values = figures()
    assert (values[NUMBER, ALL[3]].value, values[NUMBER, ALL[3]].status) == (30.0, "geteld")
    assert (values[SHARE, ALL[3]].value, values[SHARE, ALL[3]].n) == (30.0, 100)
    assert values[NUMBER, ALL[0]].status == "niets_vastgelegd"
    assert values[SHARE, ALL[0]].status == "geteld"
    assert values[SHARE, ALL[-1]].status == "niets_vastgelegd"


def test_a_province_has_a_share_of_sums_and_no_number():
    _, values = figures()
    assert (NUMBER, "PV22") not in values
    assert values[SHARE, "PV22"].n % 100 == 0


def test_only_areas_that_are_wholly_of_the_team():
    _, values = figures(own=ALL[:1])
    assert {area for _indicator, area in values} == {ALL[0]}


def test_the_definition_travels_with_the_figure_and_fiction_says_so():
    indicators, _ = figures()
    for indicator in indicators:
        assert METHOD.text in indicator.definition
        assert indicator.source.title.startswith("FICTIEF")
