import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.areas.divisions import areas, members
from atlas.core.counts.tallies import AreaTotals, chosen_totals, combined_totals, count_records
from atlas.core.words.errors import AtlasError


def figures(tally, code):
    one = next(one for one in tally.counts if one.code == code)
    return one.count, one.per_1000_addresses, one.per_km2


def test_a_count_is_divided_by_addresses_and_by_area():
    totals = AreaTotals("gemeente", ("GM0014", "GM0106"), (4000, 500), (200.0, 80.0), "totaal")
    tally = count_records(["GM0014"] * 6 + ["GM0106"], totals)
    assert figures(tally, "GM0014") == (6, 1.5, 0.03)
    assert figures(tally, "GM0106") == (1, 2.0, 0.0125)


def test_an_area_without_records_counts_nought_and_one_without_addresses_has_no_rate():
    totals = AreaTotals("buurt", ("BU1", "BU2"), (0, 10), (None, 2.0), "totaal")
    tally = count_records(["BU1"], totals)
    assert figures(tally, "BU2") == (0, 0, 0)
    assert figures(tally, "BU1") == (1, None, None)


def test_records_in_no_area_and_of_an_uncertain_municipality_are_reported():
    totals = AreaTotals("gemeente", ("GM0014",), (10,), (1.0,), "totaal")
    tally = count_records(
        ["GM0014", "GM0014", "GM0014", "", "GM9999"],
        totals,
        municipality_certain=[True, False, False, False, True],
    )
    assert (tally.records, tally.placed, tally.unplaced, tally.uncertain) == (5, 3, 2, 2)
    assert (tally.counts[0].count, tally.counts[0].uncertain) == (3, 2)
    assert tally.notes[0] == "2 van de 5 records liggen in geen van deze gebieden en tellen niet mee."
    assert tally.notes[1].startswith("Van 2 van de 5 records is de gemeente nog niet zeker")


def test_no_records_is_a_count_of_nought_everywhere():
    totals = AreaTotals("gemeente", ("GM0014",), (10,), (1.0,), "totaal")
    tally = count_records([], totals, municipality_certain=[])
    assert (tally.records, tally.notes, tally.counts[0].count) == (0, (), 0)


def test_one_certainty_for_each_record_is_needed():
    totals = AreaTotals("gemeente", ("GM0014",), (10,), (1.0,), "totaal")
    with pytest.raises(AtlasError, match="gemeente zeker"):
        count_records(["GM0014", "GM0014"], totals, municipality_certain=[True])


@given(st.lists(st.sampled_from([one.code for one in areas("gemeente")] + ["", "GM0000"])))
def test_every_record_is_placed_or_reported_at_every_level(codes):
    municipal = AreaTotals(
        "gemeente",
        tuple(one.code for one in areas("gemeente")),
        (1,) * 22,
        (1.0,) * 22,
        "totaal",
    )
    for level in ("gemeente", "surveyregio", "provincie"):
        totals = municipal if level == "gemeente" else combined_totals(municipal, level)
        belongs = {one.code: whole.code for whole in areas(level) for one in members(whole.code)}
        tally = count_records([belongs.get(code, "") for code in codes], totals)
        assert sum(one.count for one in tally.counts) + tally.unplaced == tally.records == len(codes)
        assert tally.unplaced == sum(code in ("", "GM0000") for code in codes)
        for one in tally.counts:
            inside = {member.code for member in members(one.code)}
            assert one.count == sum(code in inside for code in codes)


def test_the_totals_of_a_choice_of_areas_keep_count_of_the_addresses_elsewhere():
    totals = AreaTotals("buurt", ("BU1", "BU2", "BU3"), (3, 4, 5), (1.0, None, 3.0), "totaal", 2)
    chosen = chosen_totals(totals, {"BU3", "BU1"})
    assert (chosen.codes, chosen.addresses, chosen.area_km2) == (("BU1", "BU3"), (3, 5), (1.0, 3.0))
    assert chosen.addresses_outside == 6
