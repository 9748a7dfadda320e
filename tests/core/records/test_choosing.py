"""Who is chosen for a visit: by tiers and a draw that anybody can repeat, with the chance of every yard."""

from __future__ import annotations

import hashlib
import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.records.choosing import needs_draw, select, village_order
from atlas.core.records.choosing_facts import Frame
from atlas.core.records.choosing_rules import Rules, read_rules
from atlas.core.schema.campaigns import ALL, BY_DRAW, BY_TIER, NOT_CHOSEN
from atlas.core.words.errors import AtlasError

THIRDS = ("meest afgelegen", "midden", "minst afgelegen")


def made_frame(number, tiers=0):
    """Made-up yards: every third in a stratum, every fifth in a tier when there are tiers."""
    yards = tuple(f"erf-{index:04d}" for index in range(number))
    return Frame(
        yards,
        {yard: index // 5 % tiers + 1 for index, yard in enumerate(yards) if tiers and index % 5 == 0},
        {yard: THIRDS[index % 3] for index, yard in enumerate(yards)},
        dict.fromkeys(yards, ()),
        (),
    )


@given(st.integers(1, 120), st.integers(0, 3), st.integers(1, 130), st.floats(0, 100), st.text(max_size=5))
def test_every_place_is_taken_and_every_yard_has_an_outcome_and_a_chance(number, tiers, places, share, seed):
    frame = made_frame(number, tiers)
    rules = Rules(places, share)
    chosen = select(frame, rules, seed)
    assert [one.uuid for one in chosen.yards] == list(frame.yards)
    assert chosen.places == min(places, number)
    assert sum(one.chance for one in chosen.yards) == pytest.approx(chosen.places)
    assert all(0 <= one.chance <= 1 for one in chosen.yards)
    assert all((one.chance > 0) or one.outcome == NOT_CHOSEN for one in chosen.yards)
    assert all(one.outcome != NOT_CHOSEN for one in chosen.yards if one.chance == 1)
    if needs_draw(frame, rules):
        drawn = sum(one.outcome == BY_DRAW for one in chosen.yards)
        assert drawn == chosen.drawn >= math.ceil(places * share / 100)
    else:
        assert {one.outcome for one in chosen.yards} == {ALL}


@given(st.integers(2, 80), st.integers(0, 3), st.data())
def test_the_draw_is_spread_over_the_strata(number, tiers, data):
    frame = made_frame(number, tiers)
    places = data.draw(st.integers(1, number - 1))
    chosen = select(frame, Rules(places), "zaad")
    rest = [one for one in chosen.yards if one.outcome != BY_TIER]
    for third in THIRDS:
        members = [one for one in rest if frame.strata[one.uuid] == third]
        drawn = sum(one.outcome == BY_DRAW for one in members)
        assert abs(drawn - chosen.drawn * len(members) / len(rest)) < 1


def test_the_chance_of_a_yard_is_how_often_it_is_chosen():
    frame, rules, times = made_frame(30, tiers=2), Rules(9, 34), 4_000
    often = Counter()
    for seed in range(times):
        chosen = select(frame, rules, str(seed))
        often.update(one.uuid for one in chosen.yards if one.outcome != NOT_CHOSEN)
    for one in chosen.yards:
        spread = math.sqrt(one.chance * (1 - one.chance) / times)
        assert abs(often[one.uuid] / times - one.chance) <= 4.5 * spread


def test_a_higher_tier_goes_first():
    frame = made_frame(100, tiers=2)  # ten yards in each
    chosen = {one.uuid: one for one in select(frame, Rules(15), "zaad").yards}
    assert sum(one.outcome == BY_TIER for one in chosen.values()) == 12
    assert all(chosen[name].outcome == BY_TIER for name, number in frame.tiers.items() if number == 1)


@given(st.integers(4, 60), st.data())
def test_a_new_yard_moves_no_other(number, data):
    """It takes a place at most, by its own lot: nobody who stayed behind comes in by it."""
    before = made_frame(number)
    before = Frame(before.yards, {}, dict.fromkeys(before.yards, "midden"), {}, ())
    after = Frame((*before.yards, "erf-9999"), {}, {**before.strata, "erf-9999": "midden"}, {}, ())
    rules = Rules(data.draw(st.integers(1, number - 1)), 100)
    one, other = (
        {item.uuid for item in select(frame, rules, "zaad").yards if item.outcome == BY_DRAW}
        for frame in (before, after)
    )
    assert other <= one | {"erf-9999"}
    assert len(one) == len(other) == rules.places


def test_anybody_with_the_list_can_repeat_the_draw():
    frame = made_frame(12)
    chosen = {one.uuid for one in select(frame, Rules(3, 100), "2026").yards if one.outcome == BY_DRAW}
    by_hand = set()
    for third in THIRDS:
        members = [name for name in frame.yards if frame.strata[name] == third]
        lots = {hashlib.sha256(f"2026:loting:{name}".encode()).hexdigest(): name for name in members}
        by_hand.add(lots[min(lots)])
    assert chosen == by_hand


# the order of villages


def test_the_order_of_villages_is_drawn_by_a_lot_that_anybody_can_repeat():
    villages = ["Rolde", "Vries", "Norg", "Rolde"]
    order = village_order(villages, "zaad")
    by_hand = sorted(
        {"Rolde", "Vries", "Norg"}, key=lambda one: hashlib.sha256(f"zaad:dorp:{one}".encode()).hexdigest()
    )
    assert list(order) == by_hand
    assert list(order.values()) == [1, 2, 3]
    more = village_order([*villages, "Peize"], "zaad")
    assert [one for one in more if one != "Peize"] == by_hand, "a village more moves no other"


def test_an_order_asks_for_a_draw_also_when_every_yard_is_visited():
    rules = read_rules('order = "draw"', "preventief", where="regels.toml")
    assert rules.by_village
    assert needs_draw(made_frame(3), rules)
    assert {one.outcome for one in select(made_frame(3), rules, "zaad").yards} == {ALL}
    assert "order = draw" in rules.text
    with pytest.raises(AtlasError, match="kan niet in de regels"):
        read_rules('order = "alfabet"', "preventief", where="regels.toml")
