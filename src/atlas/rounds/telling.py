"""What a plan amounts to, in sentences that every face tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.words.notation import counted, format_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .checker import Breach
    from .plans import Plan

_HOUR_S = 3600
_ENDED = {
    "seconds": "De tijdgrens is bereikt: een volgende keer kan het plan anders zijn.",
    "stopped": "Gestopt op verzoek: dit is het beste plan tot dan.",
}


def plan_lines(plan: Plan) -> Iterator[str]:
    """What the plan is: visits, rounds, hours, for each team, and pairs near each other."""
    yield (
        f"{counted(plan.visits, 'bezoek', 'bezoeken')} in {counted(len(plan.rounds), 'ronde', 'ronden')}, "
        f"{format_number(plan.driving_s / _HOUR_S, 1)} uur rijden; methode {plan.method}, "
        f"{counted(plan.iterations or 0, 'stap', 'stappen')}."
    )
    for team in plan.teams:
        yield (
            f"{team.team}: {counted(team.visits, 'bezoek', 'bezoeken')} op "
            f"{counted(team.days, 'dag', 'dagen')}, {format_number(team.work_s / _HOUR_S, 1)} uur onderweg, "
            f"waarvan {format_number(team.driving_s / _HOUR_S, 1)} uur rijden."
        )
    if plan.near_pairs:
        yield (
            f"Erven dicht bij elkaar: {counted(plan.near_pairs, 'paar', 'paren')}, "
            f"waarvan {len(plan.parted)} niet met één team op één dag."
        )
    if plan.moved:
        moved = counted(len(plan.moved), "toegezegd bezoek is", "toegezegde bezoeken zijn")
        yield f"{moved} verplaatst: {', '.join(plan.moved)}."


def plan_remarks(plan: Plan, travel_note: str) -> Iterator[str]:
    """What a planner must know beside it: how it ended, notes, how travel was reckoned, what is left out."""
    if plan.ended in _ENDED:
        yield _ENDED[plan.ended]
    yield from (sentence for sentence in (*plan.notes, travel_note) if sentence)
    for one in plan.left_out:
        yield f"Niet ingepland: {one.stop}. {one.reason}"


def breaches_to_tell(plan: Plan, breaches: Iterable[Breach]) -> Iterator[str]:
    """What the checker says; not of a stop that is left out: `plan_remarks` has the reason."""
    left_out = {one.stop for one in plan.left_out}
    yield from (one.sentence for one in breaches if one.stop not in left_out)
