"""Figures of a protected table: shares from rounded numbers, with ends that always hold the true share."""

from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from atlas.core.counts.protected_counts import (
    ALONE,
    NOT_ALONE,
    NOT_MEASURED,
    OBJECTS,
    SIGNALS,
    VISITED,
    counted_by_municipality,
    parts_of_wholes,
)
from atlas.core.counts.protected_figures import protected_figures
from atlas.core.counts.rural_figures import rural_source
from atlas.core.disclosure.protected import ProtectedTable, cell_name
from atlas.core.disclosure.rules import rules_for
from atlas.core.words.layer_names import YARDS

ASSEN = ("GM0106",)
SOURCE = rural_source("2026-02-01", fictitious=True)


def table(figures, withheld=None, audience="partners"):
    cells = {cell_name(ASSEN, condition): figure for condition, figure in figures.items()}
    return ProtectedTable(
        "2026-02-01", ASSEN, rules_for(audience), "x", "x", MappingProxyType(cells),
        MappingProxyType(withheld or {}),
    )  # fmt: skip


def value(of, indicator):
    _, values = protected_figures(of, SOURCE, ASSEN)
    (found,) = [one for one in values if one.indicator == indicator]
    return found


def test_zero_is_said_as_what_it_can_be_and_the_rest_as_about():
    zero, more = (value(table({OBJECTS: figure}), "leegstand_object_aantal") for figure in (0, 15))
    assert (zero.text, zero.low, zero.high, zero.status) == ("0–4", 0, 4, "geteld")
    assert (more.text, more.low, more.high, more.n) == ("ongeveer 15", 11, 19, None)


def test_a_hidden_number_has_no_figure_and_says_why():
    found = value(table({YARDS: 40}, {OBJECTS: "x"}), "agrarisch_bedrijf_aantal")
    assert found.value == 40
    other = table({OBJECTS: 10})
    hidden = ProtectedTable(
        other.peildatum, ("GM0106", "GM0114"), other.rules, "x", "x", other.cells,
        MappingProxyType({cell_name(["GM0114"], OBJECTS): "te klein"}),
    )  # fmt: skip
    _, values = protected_figures(hidden, SOURCE, ("GM0106", "GM0114"))
    (emmen,) = [one for one in values if one.area == "GM0114"]
    assert (emmen.value, emmen.status, emmen.note) == (None, "onderdrukt", "te klein")


def test_all_or_nearly_all_is_a_band_and_too_wide_is_nothing():
    band = value(table({YARDS: 100, VISITED: 95}), "erfbezoek_dekking")
    assert (band.text, band.value, band.high, band.note) == ("90–100%", 95.0, 100.0, "")
    assert band.low <= 90
    wide = value(table({YARDS: 10, VISITED: 5}), "erfbezoek_dekking")
    assert (wide.value, wide.status) == (None, "onderdrukt")
    plain = value(table({YARDS: 100, VISITED: 40}), "erfbezoek_dekking")
    assert (plain.text, plain.note) == ("ongeveer 40%", "Van ongeveer 100.")


def test_signals_are_no_figure_for_everyone():
    assert value(table({SIGNALS: 20}), "signaal_aantal").value == 20
    assert protected_figures(table({SIGNALS: 20}, audience="openbaar"), SOURCE, ASSEN) == ((), ())


@given(
    alone=st.integers(0, 60), others=st.integers(0, 60), move=st.tuples(*[st.integers(-4, 4)] * 2)
)  # fmt: skip
def test_the_true_share_lies_between_the_ends(alone, others, move):
    near = [max(0, number + by) // 5 * 5 for number, by in zip((alone, others), move, strict=True)]
    if any(abs(figure - number) >= 5 for figure, number in zip(near, (alone, others), strict=True)):
        return
    found = value(table({ALONE: near[0], NOT_ALONE: near[1]}), "agrarisch_bedrijf_zonder_buren")
    if found.value is not None and alone + others:
        assert found.low - 1e-9 <= 100 * alone / (alone + others) <= found.high + 1e-9


def test_parts_of_one_field_make_the_whole_and_only_when_all_are_there():
    parts = [ALONE, NOT_ALONE, NOT_MEASURED]
    assert parts_of_wholes([YARDS, *parts]) == [(YARDS, tuple(parts))]
    assert parts_of_wholes([YARDS, ALONE, NOT_ALONE]) == parts_of_wholes(parts) == []


def test_every_record_is_counted_once_in_each_field():
    yards = [
        {"uuid": str(number), "gemeente_code": ASSEN[0], "woningen_250m": (None, 0, 3)[number % 3]}
        for number in range(9)
    ]
    visits = [{"uuid": "v", "bedrijf_uuid": "1", "uitkomst": "niemand_aanwezig"},
              {"uuid": "w", "bedrijf_uuid": "2", "uitkomst": "van_buiten_bekeken"}]  # fmt: skip
    records = {YARDS: yards, "erfbezoek": visits, OBJECTS: (), SIGNALS: (), "bevinding": ()}
    numbers = counted_by_municipality(records, ASSEN)
    assert {condition: of[ASSEN[0]] for condition, of in numbers.items()} == {
        YARDS: 9, VISITED: 1, f"{YARDS};bezocht=nee": 8, ALONE: 3, NOT_ALONE: 3, NOT_MEASURED: 3,
    }  # fmt: skip
