"""The one table of steps: no value without its steps, no step skipped, and what is closed stays closed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from atlas.core.records.changes import plan_import
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.schema.steps import STEPS, check_step, next_values
from atlas.core.words.errors import AtlasError

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
SIGNALS = "signaal"
UUID = "00000000-0000-4000-8000-000000000001"


def a_signal(phase, weighing="naar_broncheck"):
    return {
        "uuid": UUID, "categorie": "gedumpt_afval", "melder_soort": "inwoner", "fase": phase,
        "weging": weighing, "gemeente_code": "GM0106", "gemeente_zeker": "ja", "bron": "FICTIEF",
        "bronkenmerk": "melding-1", "peildatum": "2026-02-01", "bewaren_tot": "2030-01-01",
    }  # fmt: skip


def imported(before, row):
    existing = [item.record for item in plan_import([], [before], now=NOW, user="a", layer=SIGNALS).inserts]
    return plan_import(existing, [row], now=NOW, user="a", layer=SIGNALS)


@pytest.mark.parametrize(("layer", "field"), STEPS)
def test_every_value_of_a_field_has_its_steps(layer, field):
    steps, codes = STEPS[layer, field], RURAL_LAYERS[layer].field(field).codes
    assert steps.codes.codes == codes.codes
    assert list(steps.after) == [code.value for code in codes.codes]
    assert {value for after in steps.after.values() for value in after} <= set(steps.after)


@pytest.mark.parametrize(("layer", "field"), STEPS)
def test_from_where_something_begins_every_value_can_be_reached(layer, field):
    reached, queue = set(), [next(iter(STEPS[layer, field].after))]
    while queue:
        value = queue.pop()
        if value not in reached:
            reached.add(value)
            queue += next_values(layer, field, value)
    assert reached == set(STEPS[layer, field].after)


@pytest.mark.parametrize(
    ("before", "after"),
    [("intake", "broncheck"), ("intake", "plan"), ("weging", "plan"), ("afgesloten", "intake"),
     ("intake", "overgedragen")],
)  # fmt: skip
def test_no_phase_is_skipped_and_what_is_closed_stays_so(before, after):
    with pytest.raises(AtlasError, match="Deze fase kan hier niet op volgen"):
        check_step(SIGNALS, "fase", before, after)
    plan = imported(a_signal(before), a_signal(after))
    assert plan.updates == ()
    assert [(item.row, item.field) for item in plan.refusals] == [(2, "fase")]
    assert "hier niet op volgen" in plan.refusals[0].reason


def test_a_file_that_goes_a_step_further_is_taken_over_and_a_new_signal_may_be_anywhere():
    plan = imported(a_signal("weging"), a_signal("broncheck"))
    assert [change.in_file for update in plan.updates for change in update.changes] == ["broncheck"]
    new = plan_import([], [a_signal("afgesloten")], now=NOW, user="a", layer=SIGNALS)
    assert len(new.inserts) == 1


def test_the_same_phase_again_is_no_step():
    check_step(SIGNALS, "fase", "afgesloten", "afgesloten")
    assert imported(a_signal("plan"), a_signal("plan")).refusals == ()
