"""What registers and observers say about an invented object: a table of cases, difficult ones included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from ..core.tables.registers import HIT, NO_HIT, NOT_ASKED
from ..core.vacancy.evidence import (
    BAG,
    BAG_ADDRESS,
    BARNS_EMPTY,
    EMPTY,
    IN_USE,
    NOT_SEEN,
    OBSERVATION,
    PARTLY_EMPTY,
    REGISTERS,
    REPORT,
    RUIN,
    Evidence,
    add_months,
)

if TYPE_CHECKING:
    from datetime import date

    import numpy as np


@dataclass(frozen=True, slots=True)
class Saying:
    """One piece of evidence of a case.

    Args:
        source: A key of `core.vacancy.evidence.SOURCES`.
        value: What it says.
        days: Between so many days before the day of the demo; for a register, or the BAG about an
            address, the years ago, twice: it was asked on the first of the month before.
    """

    source: str
    value: str
    days: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A case: what is known of an object, and how far the team is with it.

    Args:
        name: For tests and documentation.
        with_address: How often among objects with an address, relative.
        without: And among barns without one.
        status: Of the object.
        use: Its gebruiksklasse.
        says: The evidence, the oldest first.
        ruin: Whether the BAG calls the building out of use.
    """

    name: str
    with_address: int
    without: int
    status: str
    use: str
    says: tuple[Saying, ...] = ()
    ruin: bool = False


def _registers(woz: str, hr: str, brp: str, years_ago: int = 0) -> tuple[Saying, ...]:
    return tuple(
        Saying(register, value, (years_ago, years_ago))
        for register, value in zip(REGISTERS, (woz, hr, brp), strict=True)
    )


_RECENT, _EARLIER, _LAST_YEAR, _LONG_AGO = (5, 25), (60, 240), (400, 560), (760, 1000)

SCENARIOS = (
    Scenario("niets bekend", 60, 240, "te_inventariseren", "onbekend"),
    Scenario(
        "administratief leeg", 190, 0, "leegstand_vermoed", "onbekend", _registers(NO_HIT, NO_HIT, NO_HIT),
    ),
    Scenario(
        "administratief leeg en leeg gezien", 130, 0, "leegstand_bevestigd", "geen",
        (*_registers(NO_HIT, NO_HIT, NO_HIT), Saying(OBSERVATION, EMPTY, _RECENT)),
    ),
    Scenario("leeg gezien", 60, 300, "leegstand_bevestigd", "geen", (Saying(OBSERVATION, EMPTY, _EARLIER),)),
    Scenario(
        "gedeeltelijk leeg", 120, 0, "bezocht", "wonen",
        (*_registers(HIT, NO_HIT, HIT), Saying(OBSERVATION, PARTLY_EMPTY, _EARLIER)),
    ),
    Scenario(
        "schuren leeg, woning volgens register in gebruik", 70, 0, "leegstand_vermoed", "wonen",
        (*_registers(HIT, NOT_ASKED, HIT), Saying(OBSERVATION, BARNS_EMPTY, _EARLIER)),
    ),
    Scenario(
        "schuur leeg gezien", 0, 120, "bezocht", "opslag", (Saying(OBSERVATION, BARNS_EMPTY, _EARLIER),),
    ),
    Scenario(
        "in gebruik volgens registers", 60, 0, "geen_bijzonderheden", "wonen", _registers(HIT, HIT, HIT),
    ),
    Scenario(
        "in gebruik gezien", 50, 60, "geen_bijzonderheden", "agrarisch",
        (Saying(OBSERVATION, IN_USE, _EARLIER),),
    ),
    Scenario(
        "tegenspraak: leeg gezien, daarna treffer", 50, 0, "leegstand_vermoed", "onbekend",
        (Saying(OBSERVATION, EMPTY, _EARLIER), *_registers(HIT, NO_HIT, HIT)),
    ),
    Scenario(
        "tegenspraak: twee waarnemingen", 25, 50, "bezocht", "onbekend",
        (Saying(OBSERVATION, EMPTY, (45, 80)), Saying(OBSERVATION, IN_USE, _RECENT)),
    ),
    Scenario(
        "tegenspraak: opgave en registers", 25, 0, "leegstand_vermoed", "onbekend",
        (*_registers(HIT, HIT, NO_HIT), Saying(REPORT, EMPTY, _RECENT)),
    ),
    Scenario("opgave leeg", 40, 110, "leegstand_vermoed", "geen", (Saying(REPORT, EMPTY, _EARLIER),)),
    Scenario(
        "bouwval", 40, 90, "te_inventariseren", "geen", (Saying(BAG, RUIN, _EARLIER),), ruin=True,
    ),
    Scenario(
        "bouwval die leeg is gezien", 25, 30, "leegstand_bevestigd", "geen",
        (Saying(BAG_ADDRESS, RUIN, (0, 0)), Saying(BAG, RUIN, _EARLIER), Saying(OBSERVATION, EMPTY, _RECENT)),
        ruin=True,
    ),
    Scenario(
        "bewijs verlopen", 45, 0, "te_inventariseren", "onbekend",
        (*_registers(NO_HIT, NO_HIT, NO_HIT, 3), Saying(OBSERVATION, EMPTY, _LONG_AGO)),
    ),
    Scenario(
        "waarneming verlopen", 0, 70, "te_inventariseren", "onbekend",
        (Saying(OBSERVATION, EMPTY, _LONG_AGO),),
    ),
    Scenario(
        "twee van de drie registers", 30, 0, "te_inventariseren", "onbekend",
        _registers(NO_HIT, NO_HIT, NOT_ASKED),
    ),
    Scenario(
        "vroeger leeg, nu in gebruik", 25, 0, "afgehandeld", "wonen",
        (*_registers(NO_HIT, NO_HIT, NO_HIT, 1), *_registers(HIT, NO_HIT, HIT)),
    ),
    Scenario(
        "niet te beoordelen", 20, 30, "bezocht", "onbekend",
        (Saying(OBSERVATION, NOT_SEEN, _LAST_YEAR),),
    ),
)  # fmt: skip
#: of a farm that works: its own cases
WORKING = tuple(
    scenario
    for scenario in SCENARIOS
    if scenario.name in ("gedeeltelijk leeg", "in gebruik gezien", "niets bekend")
)
#: with these two every source of evidence says something
EVERY_SOURCE = ("tegenspraak: opgave en registers", "bouwval die leeg is gezien")


def choose_scenarios(
    has_address: np.ndarray, is_working: np.ndarray, rng: np.random.Generator
) -> list[Scenario]:
    """A case for each object, shapes (n,); every source of evidence occurs, also with few objects."""
    always = [scenario for scenario in SCENARIOS if scenario.name in EVERY_SOURCE]
    chosen = []
    for addressed, working in zip(has_address, is_working, strict=True):
        if always and addressed and not working:
            chosen.append(always.pop())
            continue
        cases = WORKING if working else SCENARIOS
        weights = [case.with_address if addressed else case.without for case in cases]
        total = sum(weights)
        chosen.append(cases[int(rng.choice(len(cases), p=[weight / total for weight in weights]))])
    return chosen


def evidence_of(scenario: Scenario, day: date, rng: np.random.Generator) -> list[Evidence]:
    """The evidence of a case, with its dates.

    Args:
        scenario: The case.
        day: The day of the demo; nothing is later.
        rng: The source of chance.
    """
    found = []
    for saying in scenario.says:
        if saying.source in REGISTERS or saying.source == BAG_ADDRESS:
            on = add_months(day.replace(day=1), -1 - 12 * saying.days[0])
        else:
            on = day - timedelta(days=int(rng.integers(saying.days[0], saying.days[1] + 1)))
        found.append(Evidence(saying.source, saying.value, on))
    return found
