"""What a campaign found: weighted by chance, drawn beside chosen, and never "nothing"."""

from __future__ import annotations

import pytest

from atlas.core.counts.visit_evaluation import evaluate
from atlas.core.figures.estimates import effective_n, smallest_change, wilson
from atlas.core.words.errors import AtlasError

CAMPAIGN = {"uuid": "c", "soort": "preventief", "peildatum": "2026-03-01"}
DUMPED, SMELL = "gedumpt_afval", "opvallende_geur"


def a_stop(number, choice="loting", chance=0.5, stratum="midden"):
    return {
        "uuid": f"s{number}", "campagne_uuid": "c", "bedrijf_uuid": f"y{number}", "keuze": choice,
        "kans": chance, "stratum": stratum,
    }  # fmt: skip


def a_visit(number, outcome="toegang_verleend", **more):
    return {
        "uuid": f"v{number}", "bedrijf_uuid": f"y{number}", "soort": "preventief", "datum": "2026-03-09",
        "uitkomst": outcome, **more,
    }  # fmt: skip


def a_finding(number, category=DUMPED, seen="waargenomen"):
    return {
        "uuid": f"f{number}{category}",
        "bezoek_uuid": f"v{number}",
        "categorie": category,
        "waarneming": seen,
    }


def reckoned(stops, visits, findings, categories=(DUMPED,), signals=()):
    records = {"ronde_stop": stops, "erfbezoek": visits, "bevinding": findings, "signaal": signals}
    return evaluate(CAMPAIGN, records, categories)


def test_a_yard_that_had_little_chance_stands_for_more_of_the_frame():
    stops = [a_stop(1, chance=1.0), a_stop(2, chance=1.0), a_stop(3, chance=0.25), a_stop(4, chance=0.25)]
    result = reckoned(stops, [a_visit(number) for number in range(1, 5)], [a_finding(3)])
    (indicator,) = result.indicators
    weights = [1, 1, 4, 4]
    assert indicator.whole.estimate.value == pytest.approx(40)
    assert indicator.whole.estimate.n_effective == pytest.approx(effective_n(weights))
    low, high = wilson(0.4, effective_n(weights))
    assert (indicator.whole.estimate.low, indicator.whole.estimate.high) == pytest.approx(
        (100 * low, 100 * high)
    )
    assert "op 1 van 4 bezochte erven, 40,0 per 100" in indicator.whole.sentence


def test_nothing_found_is_at_most_so_much_and_never_safe():
    stops = [a_stop(number) for number in range(40)]
    result = reckoned(stops, [a_visit(number) for number in range(40)], [])
    (indicator,) = result.indicators
    said = " ".join(indicator.sentences)
    assert "op geen van 40 bezochte erven; dat is hoogstens 8,8 per 100" in said
    assert "zegt niet dat er niets is" in said
    assert "veilig" not in said.lower()
    assert " 0 per 100" not in said
    assert "0,0" not in said


def test_of_the_only_yard_that_was_visited_nothing_is_said_in_the_plural():
    result = reckoned([a_stop(1)], [a_visit(1)], [])
    (indicator,) = result.indicators
    assert "niet op het ene bezochte erf; dat is hoogstens 79,3 per 100" in indicator.whole.sentence


def test_who_was_not_there_or_did_not_want_to_is_counted_and_not_looked_at():
    stops = [a_stop(number) for number in range(5)] + [a_stop(9, "niet_gekozen")]
    visits = [
        a_visit(0), a_visit(1, "geen_medewerking"), a_visit(2, "niemand_aanwezig"),
        a_visit(3, datum="2026-02-01"), a_visit(4, soort="toezicht"),
    ]  # fmt: skip
    result = reckoned(stops, visits, [a_finding(number) for number in range(5)])
    assert (result.frame, result.planned, result.reached, result.refused, result.nobody) == (6, 5, 1, 1, 1)
    assert (result.indicators[0].whole.yards, result.indicators[0].whole.found) == (1, 1)
    assert result.coverage.startswith("6 erven in het kader, 5 gekozen, 1 bezocht")


def test_where_nobody_looked_counts_for_nothing():
    stops = [a_stop(1), a_stop(2)]
    result = reckoned(stops, [a_visit(1), a_visit(2)], [a_finding(1, seen="niet_bekeken"), a_finding(2)])
    assert result.indicators[0].whole.yards == 1
    nowhere = reckoned([a_stop(1)], [a_visit(1)], [a_finding(1, seen="niet_bekeken")])
    assert nowhere.indicators[0].sentences == ["Gedumpt afval: nergens naar gekeken."]


def test_every_stratum_has_its_own_figure():
    stops = [a_stop(number, stratum="midden" if number % 2 else "minst afgelegen") for number in range(20)]
    result = reckoned(stops, [a_visit(number) for number in range(20)], [a_finding(1), a_finding(3)])
    assert [(one.name, one.yards, one.found) for one in result.indicators[0].strata] == [
        ("Midden", 10, 2),
        ("Minst afgelegen", 10, 0),
    ]


@pytest.mark.parametrize(
    ("found_at_chosen", "found_at_drawn", "words"),
    [
        (25, 2, "meer gevonden dan op gelote"),
        (6, 5, "niet te onderscheiden"),
        (3, 0, "niet te onderscheiden"),
    ],
)
def test_chosen_beside_drawn_is_a_difference_or_not_to_be_told_apart(found_at_chosen, found_at_drawn, words):
    stops = [a_stop(number, "regel" if number < 40 else "loting") for number in range(80)]
    found = [*range(found_at_chosen), *range(40, 40 + found_at_drawn)]
    result = reckoned(
        stops, [a_visit(number) for number in range(80)], [a_finding(number) for number in found]
    )
    (indicator,) = result.indicators
    assert (indicator.chosen.found, indicator.drawn.found) == (found_at_chosen, found_at_drawn)
    assert words in indicator.compared


def test_looking_at_more_asks_more_of_each():
    """Seven against one of forty: apart by itself, and not among ten."""
    stops = [a_stop(number, "regel" if number < 40 else "loting") for number in range(80)]
    visits = [a_visit(number) for number in range(80)]
    one = [a_finding(number) for number in (*range(8), 40)]
    alone = reckoned(stops, visits, one).indicators[0].compared
    others = [SMELL, "afgedekte_ramen", "extra_ventilatie", "knallen", "overig"]
    more = [a_finding(number, category) for category in others for number in (*range(4), *range(40, 44))]
    among = reckoned(stops, visits, [*one, *more], (DUMPED, *others)).indicators[0].compared
    assert "meer gevonden" in alone
    assert "niet te onderscheiden" in among


def test_everybody_visited_has_nothing_to_compare():
    stops = [a_stop(number, "allemaal", 1.0) for number in range(10)]
    result = reckoned(stops, [a_visit(number) for number in range(10)], [a_finding(1)])
    assert (result.indicators[0].drawn, result.indicators[0].compared) == (None, "")


def test_the_smallest_change_that_can_be_seen_is_that_of_the_panel():
    """Of 417 respondents with design effect 3 a share of 7% must move about nine points."""
    assert round(100 * smallest_change(0.07, 417 / 3)) == 9
    with pytest.raises(AtlasError):
        smallest_change(1.2, 100)
    result = reckoned([a_stop(1)], [a_visit(1)], [a_finding(1)])
    assert result.indicators[0].sentences[-1].startswith("De kleinste verandering die zo te zien is")


def in_villages(visited, told, villages=8, by="inwoner"):
    """Four yards in each village, those of `visited` seen; `told`: village -> reports of its yards."""
    stops = [
        {**a_stop(4 * village + number), "plaats": f"Dorp {village}", "volgorde": village}
        for village in range(1, villages + 1)
        for number in range(4)
    ]
    visits = [a_visit(4 * village + number) for village in visited for number in range(4)]
    signals = [
        {
            "uuid": f"r{village}{number}",
            "bedrijf_uuid": f"y{4 * village}",
            "peildatum": day,
            "melder_soort": by,
        }
        for village, (many, day) in told.items()
        for number in range(many)
    ]
    return reckoned(stops, visits, [], signals=signals).villages


def test_villages_that_wait_for_their_turn_are_the_comparison():
    after = "2026-04-01"
    apart = in_villages((1, 2, 3, 4), dict.fromkeys((1, 2, 3, 4), (3, after)))
    assert (apart.visited.reports, apart.waiting.reports) == (12, 0)
    # of the seventy ways to take four of eight villages two are as far apart as this one
    assert apart.chance == pytest.approx(2 / 70)
    assert "meer gemeld dan toeval verklaart" in " ".join(apart.sentences)
    assert "geen strafbaar feit" in " ".join(apart.sentences)
    same = in_villages((1, 2, 3, 4), {1: (3, after), 6: (3, after)})
    assert same.chance == 1
    assert "niet te onderscheiden" in " ".join(same.sentences)


def test_what_was_reported_before_the_first_visit_does_not_count():
    assert in_villages((1, 2, 3, 4), {1: (9, "2026-03-09")}).visited.reports == 0


def test_too_few_to_compare_and_another_order_are_said():
    few = in_villages((1, 2), {1: (9, "2026-04-01")})
    assert few.chance is None
    assert "te weinig dorpen of meldingen" in " ".join(few.sentences)
    other = in_villages((1, 2, 3, 8), dict.fromkeys((1, 2, 3, 8), (3, "2026-04-01")))
    assert other.chance is None
    assert "niet in de gelote volgorde" in other.sentences[-1]


def test_what_who_visits_reports_himself_is_no_effect_of_visiting():
    own = in_villages((1, 2, 3, 4), dict.fromkeys((1, 2, 3, 4), (3, "2026-04-01")), by="gemeente")
    assert (own.visited.reports, own.chance) == (0, None)


def test_without_a_drawn_order_or_when_nobody_waits_nothing_is_compared():
    assert reckoned([a_stop(1)], [a_visit(1)], []).villages is None
    assert in_villages(range(1, 9), {}) is None
    assert in_villages((), {}) is None


def test_of_very_many_orders_some_are_drawn_the_same_each_time():
    told = dict.fromkeys(range(1, 13), (1, "2026-04-01"))
    first, again = (in_villages(range(1, 13), told, villages=24) for _ in range(2))
    assert first == again
    assert first.chance < 0.01
