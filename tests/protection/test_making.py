"""Protected tables one after the other: what is shown at all, and what all of them together give away."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from atlas.core.counts.protected_counts import CONDITIONS, parts_of_wholes
from atlas.core.disclosure.protected import areas_within, cell_name, table_from_text
from atlas.core.disclosure.rules import own_rules, rules_for
from atlas.core.words.errors import AtlasError
from atlas.core.words.layer_names import OBJECTS
from atlas.protection.attack import attacked
from atlas.protection.audit import Edition, changed_much, narrowed
from atlas.protection.making import DOMINATED, SMALL_AREA, TOGETHER, Counted, hidden_areas, linked_sums, made
from atlas.protection.publications import Figure

KEY = b"k" * 32
RULES = rules_for("partners")
#: two regions of two and three municipalities, and one that is a region by itself
CODES = ("GM0014", "GM0037", "GM0047", "GM0765", "GM1895", "GM1950")
AREAS = [inside for _, _, inside in areas_within(CODES, RULES.geografieen)]
PARTS = [one.id for one in CONDITIONS if one.whole == OBJECTS]


def counted(numbers, peildatum="2026-01-01", farms=30, contributions=None):
    """`numbers`: (municipality, part) -> how many objects; the whole follows."""
    by_part = {part: {code: numbers.get((code, part), 0) for code in CODES} for part in PARTS}
    whole = {code: sum(of_part[code] for of_part in by_part.values()) for code in CODES}
    farms = farms if isinstance(farms, dict) else dict.fromkeys(CODES, farms)
    return Counted(peildatum, {OBJECTS: whole, **by_part}, AREAS, farms, contributions or {}, parts_of_wholes)


def some(seed):
    chance = random.Random(seed)
    return {(code, part): chance.choice([0, 0, 1, 2, 3, 5, 8]) for code in CODES for part in PARTS}


def near(table, counts):
    for cell, figure in table.cells.items():
        area, _, condition = cell.rpartition("|")
        assert abs(figure - sum(counts.numbers[condition][code] for code in area.split(","))) < 5


def as_read(tables):
    """The figures of tables as they stand in a file."""
    return [
        Figure(
            table.peildatum, f"{OBJECTS}_aantal", condition.partition(";")[2], area, table.peildatum,
            float(figure), max(0.0, figure - 4.0), figure + 4.0, "", "count",
        )
        for table in tables
        for cell, figure in table.cells.items()
        for area, _, condition in [cell.partition("|")]
    ]  # fmt: skip


def through_the_gate(tables):
    much = changed_much(tables)

    def changed(_about, first, second, cell):
        area, _, category = cell.partition("|")
        return much(first, second, f"{area}|{OBJECTS}{category and ';'}{category}")

    return attacked(as_read(tables), changed=changed)


@pytest.mark.parametrize("more", [1, 12])
def test_eight_editions_with_objects_more_in_each_give_nothing_away_together_at_the_gate_neither(more):
    chance, numbers, tables = random.Random(11), some(11), []
    for month in range(1, 9):
        for _ in range(more if tables else 0):
            numbers[chance.choice(sorted(numbers))] += 1
        counts = counted(numbers, f"2026-{month:02d}-01")
        tables.append(made(counts, RULES, KEY, tables))
        near(tables[-1], counts)
        assert tables[-1].before == (tables[-2].peildatum if len(tables) > 1 else "")
    sums = linked_sums(AREAS, [OBJECTS, *PARTS], parts_of_wholes)
    editions = [Edition(one.peildatum, one.cells, 5) for one in tables]
    assert narrowed(editions, sums, changed_much(tables)) == []
    assert through_the_gate(tables) == []
    assert set(tables[0].cells) == set(tables[-1].cells)
    moved = [
        cell for one, other in pairwise(tables) for cell in one.cells if one.cells[cell] != other.cells[cell]
    ]
    assert more > 1 or len(moved) < 0.1 * sum(len(one.cells) for one in tables)


def test_who_supposes_few_changes_where_there_were_many_is_no_finding_and_where_they_were_few_he_is():
    whole = [cell_name(CODES, OBJECTS), cell_name(["GM0014"], OBJECTS)]

    def tables(before, after):
        return [
            replace(
                made(counted({("GM0014", PARTS[0]): number}, date), RULES, KEY),
                cells=dict.fromkeys(whole, figure),
            )
            for date, number, figure in (("2026-01-01", before, 120), ("2026-06-01", after, 130))
        ]

    assert through_the_gate(tables(120, 132)) == []
    assert "hieruit volgt 123 tot 124" in through_the_gate(tables(124, 127))[0].how
    old, new = tables(120, 132)
    forgotten = replace(old, counted={})
    assert through_the_gate([forgotten, new]) == [], "by its figure 8 came in at least"
    assert through_the_gate([forgotten, replace(new, counted={})]), "nobody knows how many changed"


def test_no_audience_gets_what_was_counted_and_the_text_has_it_not():
    table = made(counted(some(4)), RULES, KEY)
    assert table.counted_in(CODES, OBJECTS) == sum(some(4).values())
    assert not table.for_audience(RULES, {OBJECTS: OBJECTS}).counted
    assert not table_from_text(table.as_text(), "x").counted


def test_the_same_numbers_in_any_order_give_the_same_text():
    numbers = some(2)
    turned = dict(reversed(numbers.items()))
    assert made(counted(numbers), RULES, KEY).as_text() == made(counted(turned), RULES, KEY).as_text()


def test_a_table_comes_back_from_its_text_as_it_was():
    table = made(counted(some(4)), own_rules("partners", {"grondtal": 10}, "x"), KEY)
    assert table_from_text(table.as_text(), "x") == table
    assert all(figure % 10 == 0 for figure in table.cells.values())


def test_a_region_of_one_municipality_is_its_municipality():
    table = made(counted(some(6)), RULES, KEY)
    assert cell_name(["GM0014"], OBJECTS) in table.cells
    assert sum(1 for cell in table.cells if cell.endswith(f"|{OBJECTS}") and "GM0014" in cell) == 2


def test_an_area_of_too_few_farms_is_hidden_with_a_second_and_a_merged_one_that_is_still_too_small_too():
    table = made(counted(some(1), farms={**dict.fromkeys(CODES, 30), "GM1895": 3}), RULES, KEY)
    hidden = {cell for cell, why in table.withheld.items() if why == SMALL_AREA}
    assert cell_name(["GM1895"], OBJECTS) in hidden
    assert cell_name(["GM1950"], OBJECTS) in hidden, "else the small one is the region less this one"
    assert cell_name(["GM1895", "GM1950"], OBJECTS) in table.cells
    few = {**dict.fromkeys(CODES, 30), "GM1895": 3, "GM1950": 3}
    table = made(counted(some(1), farms=few), RULES, KEY)
    assert cell_name(["GM1895", "GM1950"], OBJECTS) in table.withheld
    assert table.why_withheld(["GM1895", "GM1950"], OBJECTS) == SMALL_AREA


def test_a_number_that_is_mostly_of_one_yard_is_hidden():
    contributions = {OBJECTS: {**{code: [1, 1, 1, 1] for code in CODES}, "GM0014": [9, 1]}}
    table = made(counted(some(3), contributions=contributions), RULES, KEY)
    assert table.withheld[cell_name(["GM0014"], OBJECTS)] == DOMINATED


def test_parts_that_can_not_be_protected_are_taken_together_and_the_table_says_so(monkeypatch):
    def fussy(editions, sums, changed):
        parts = [one.total for one in sums if ";" in one.total]
        return [type("Found", (), {"cell": parts[0]})()] if parts else []

    monkeypatch.setattr("atlas.protection.making.narrowed", fussy)
    table = made(counted(some(5)), RULES, KEY)
    assert {cell.partition("|")[2] for cell in table.cells} == {OBJECTS}
    assert table.why_withheld(["GM0014"], PARTS[0]) == TOGETHER
    assert "samengenomen" in " ".join(table.notes)


def test_when_nothing_can_be_protected_there_is_no_table(monkeypatch):
    monkeypatch.setattr("atlas.protection.making.rounded", lambda *_, **__: None)
    with pytest.raises(AtlasError, match="geen aantal dat naar anderen mag"):
        made(counted(some(5)), RULES, KEY)


def test_hidden_areas_together_are_large_enough_to_be_shown():
    sizes = {"a": 3, "b": 4, "c": 50, "d": 60}
    areas = [("a",), ("b",), ("c",), ("d",), ("a", "b"), ("a", "b", "c", "d")]
    hidden = hidden_areas(areas, lambda codes: sum(sizes[code] for code in codes) >= 10)
    assert hidden == {frozenset("a"), frozenset("b"), frozenset("ab"), frozenset("c")}
