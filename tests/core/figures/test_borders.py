"""Which borders are dashed: only the line between two regions of one province whose members are inferred."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.figures.borders import borders, inferred_by_area, inferred_pairs, lines_beside
from atlas_samples import atlas


def square(west):
    corners = [[west, 0], [west + 1, 0], [west + 1, 1], [west, 1], [west, 0]]
    return {"type": "Polygon", "coordinates": [corners]}


def row_of(names):
    return {name: square(west) for west, name in enumerate(names)}


def stretches(lines):
    return sorted(tuple(sorted(pair)) for line in lines for pair in pairwise(line))


def area(code, province="PV22", *, inferred=True):
    return {"code": code, "province": province, "inferred": inferred}


def test_two_inferred_regions_of_one_province_share_an_inferred_border():
    assert inferred_pairs([area("B"), area("A")]) == [["A", "B"]]


def test_the_border_of_a_province_is_never_inferred():
    assert inferred_pairs([area("A", "PV20"), area("B", "PV22")]) == []


def test_a_border_with_a_region_that_the_source_describes_is_not_inferred():
    assert inferred_pairs([area("A"), area("B", inferred=False)]) == []


def test_each_stretch_is_drawn_once_and_only_the_one_between_the_pair_is_dashed():
    found = borders(row_of("ABC"), [["A", "B"]])
    everything = stretches(found.solid) + stretches(found.inferred)
    assert len(everything) == len(set(everything)) == 10
    assert stretches(found.inferred) == [((1, 0), (1, 1))]


def test_the_outer_edge_of_inferred_regions_is_solid():
    found = borders(row_of("A"), [["A", "B"]])
    assert not found.inferred
    assert len(stretches(found.solid)) == 4


@given(st.sets(st.sampled_from(list(combinations(range(6), 2)))))
def test_drawn_area_by_area_or_at_once_the_dashed_lines_are_the_same(chosen):
    geometry = row_of("ABCDEF")
    pairs = sorted(["ABCDEF"[first], "ABCDEF"[second]] for first, second in chosen)
    at_once = stretches(borders(geometry, pairs).inferred)
    by_area = [line for lines in inferred_by_area(geometry, pairs).values() for line in lines]
    assert stretches(by_area) == at_once


@pytest.mark.parametrize(
    ("level", "others"),
    [
        ("gemeente", ("provincie",)),
        ("surveyregio", ("gemeente", "provincie")),
        ("provincie", ("gemeente",)),
        ("buurt", ("gemeente", "provincie")),
    ],
)
def test_municipalities_and_provinces_help_to_find_ones_way_at_every_level(level, others):
    assert lines_beside(level) == others


def test_on_the_real_map_no_stretch_of_a_province_border_is_dashed():
    levels = {level["id"]: level for level in atlas()["levels"]}
    regions, provinces = levels["surveyregio"], levels["provincie"]
    assert regions["inferred_borders"] == [["SR01", "SR02"], ["SR01", "SR03"], ["SR02", "SR03"]]
    assert all(not level["inferred_borders"] for level in (levels["gemeente"], provinces))
    dashed = stretches(borders(regions["geometry"], regions["inferred_borders"]).inferred)
    assert dashed
    assert not set(dashed) & set(stretches(borders(provinces["geometry"], []).solid))
