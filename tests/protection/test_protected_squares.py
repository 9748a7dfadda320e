"""Squares beside municipalities: shown only when both together say no more than either."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from atlas.core.counts.protected_counts import parts_of_wholes
from atlas.core.disclosure.protected import areas_within, cell_name, table_from_text
from atlas.core.disclosure.rules import own_rules, rules_for
from atlas.core.disclosure.squares import square_at
from atlas.core.words.layer_names import OBJECTS
from atlas.protection.making import Counted, made
from atlas.protection.squares import Squares, narrowed_beside

KEY = b"q" * 32
RULES = rules_for("partners")
CODES = ("GM0106", "GM0114", "GM0118", "GM0119")
AREAS = [inside for _, _, inside in areas_within(CODES, RULES.geografieen)]
SIDE = 8


def counted(objects, *, peildatum="2026-01-01", farms=12, lost=0):
    """`objects`: (column, row) -> how many; each municipality is a block of columns, with one in common."""
    touching, numbers, of_code = {}, {}, dict.fromkeys(CODES, 0)
    for column in range(SIDE):
        for row in range(SIDE):
            square = square_at(220_000 + 5_000 * column, 540_000 + 5_000 * row)
            block = column // 2
            touching[square] = (
                (CODES[block], *CODES[block + 1 : block + 2]) if column % 2 else (CODES[block],)
            )
            numbers[square] = objects.get((column, row), 0)
            of_code[CODES[block]] += numbers[square]
    of_code[CODES[0]] += lost
    squares = Squares(OBJECTS, numbers, dict.fromkeys(touching, farms), touching)
    return Counted(
        peildatum, {OBJECTS: of_code}, AREAS, dict.fromkeys(CODES, 100), {}, parts_of_wholes, squares
    )


def some(seed):
    chance = random.Random(seed)
    return {(x, y): chance.choice([0, 1, 3, 5, 6, 8]) for x in range(SIDE) for y in range(SIDE)}


def truth(counts, area):
    return sum(counts.squares.numbers[square] for square in area)


@pytest.mark.parametrize("seed", range(6))
def test_squares_add_up_to_the_total_and_say_no_more_beside_the_municipalities(seed):
    counts = counted(some(seed))
    table = made(counts, RULES, KEY)
    figures = [table.shown_of_squares(area, OBJECTS).figure for area in table.square_areas.values()]
    assert sum(figures) == table.cells[cell_name(CODES, OBJECTS)]
    for area in table.square_areas.values():
        assert truth(counts, area) >= RULES.minste_per_vierkant
        shown = table.shown_of_squares(area, OBJECTS)
        assert shown.low <= truth(counts, area) <= shown.high
        assert shown.high - shown.low >= 4
    assert narrowed_beside([table], OBJECTS) == []
    assert table_from_text(table.as_text(), "x") == table
    without = made(replace(counts, squares=None), RULES, KEY)
    assert without.cells == table.of_municipalities, "a municipality has its figure with or without squares"


def test_a_municipality_less_its_squares_is_found_and_the_areas_go_together():
    """The squares within a municipality have more together than its own figure leaves for them."""
    counts = counted(some(3))
    table = made(counts, RULES, KEY)
    squares = sorted(square for square, codes in table.squares.items() if codes == ("GM0106",))
    full = {
        **{cell: 0 for cell in table.cells if not table.is_of_squares(cell)},
        cell_name(["GM0106"], OBJECTS): 5 * len(squares),
        **{cell_name([square], OBJECTS): 10 for square in squares},
    }
    attacked = replace(table, cells=full)
    assert narrowed_beside([attacked], OBJECTS)


def test_a_strip_that_could_be_worked_out_makes_areas_go_together(monkeypatch):
    from atlas.protection import squares as room

    seen = []

    def once(tables, condition):
        seen.append(tables[-1])
        found = narrowed_beside(tables, condition)
        if len(seen) == 1:
            code = next(iter(tables[-1].square_areas))
            return [type("Found", (), {"cell": f"GM0106&{code}|{condition}"})()]
        return found

    monkeypatch.setattr(room, "narrowed_beside", once)
    table = made(counted(some(1)), RULES, KEY)
    assert len(table.square_areas) == len(seen[0].square_areas) - 1
    monkeypatch.setattr(
        room, "narrowed_beside", lambda tables, _: [type("Found", (), {"cell": f"GM0106|{OBJECTS}"})()]
    )
    table = made(counted(some(1)), RULES, KEY)
    assert not table.square_areas
    assert "geen cijfers per vierkant" in " ".join(table.notes)


def test_too_few_in_all_squares_or_an_object_without_a_place_give_no_squares():
    few = made(counted({(0, 0): 3, (5, 5): 1}), RULES, KEY)
    lost = made(counted(some(1), lost=1), RULES, KEY)
    none = made(counted(some(1), farms=0), RULES, KEY)
    for table, why in ((few, "te weinig"), (lost, "plaats"), (none, "te weinig")):
        assert not table.square_areas
        assert why in " ".join(table.notes)


def test_who_may_not_have_squares_gets_none():
    rules = own_rules("partners", {"geografieen": ["gemeente"]}, "x")
    assert not made(counted(some(1)), rules, KEY).squares
    part = made(counted(some(1)), RULES, KEY).for_audience(
        own_rules("openbaar", {"geografieen": ["gemeente"]}, "x"), {OBJECTS: "objecten"}
    )
    assert not part.squares
    assert not [cell for cell in part.cells if cell.startswith("E")]


def test_eight_editions_only_take_areas_together_and_give_nothing_away_beside_each_other():
    chance, objects, tables = random.Random(4), some(4), []
    for month in range(1, 9):
        if tables:
            cell = chance.choice(sorted(objects))
            objects[cell] = max(0, objects[cell] + chance.choice([-1, 1]))
        counts = counted(objects, peildatum=f"2026-{month:02d}-01")
        tables.append(made(counts, RULES, KEY, tables))
        assert tables[-1].square_areas
    for before, after in pairwise(tables):
        for area in before.square_areas.values():
            assert any(set(area) <= set(larger) for larger in after.square_areas.values())
    assert narrowed_beside(tables, OBJECTS) == []
