"""Is a rural object in use, partly empty or empty? Evidence in, a conclusion with its reasons out.

The rule with its cases is the table in docs/vacancy.md, which the tests read. In short: what was seen on the
spot decides over registers; registers (WOZ user, HR establishment, BRP person: hit or no hit, all on one
reference date) say something about an address only; the BAG's "buiten gebruik" is a ruin and no vacancy; what
contradicts each other gives `onbekend` with both sides named; evidence expires. Nothing here is about a
person, and nothing is added up to a score.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from .errors import AtlasError
from .evidence import (
    BAG,
    BAG_STATUSES,
    BARNS_EMPTY,
    CONCLUSIONS,
    EMPTY,
    FAIR,
    HIGH,
    IN_USE,
    LOW,
    NONE,
    NOT_SEEN,
    OBSERVATION,
    PARTLY_EMPTY,
    REGISTERS,
    RELIABILITIES,
    REPORT,
    RUIN,
    SEEN,
    SET_ASIDE,
    UNKNOWN,
    Evidence,
    Terms,
    evidence_from_record,
)
from .notation import format_period
from .registers import HIT, NO_HIT, NOT_ASKED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "CONCLUSIONS",
    "RELIABILITIES",
    "Conclusion",
    "Evidence",
    "Terms",
    "conclude",
    "evidence_from_record",
    "refuse_future",
]

_NO_LONGER_THERE = frozenset({"gesloopt", "niet_gerealiseerd", "ten_onrechte_opgevoerd"})
#: (what was seen or reported, what registers or another report say) that can both be true, beside equal ones
_TOGETHER = frozenset(
    {(PARTLY_EMPTY, IN_USE), (BARNS_EMPTY, IN_USE), (BARNS_EMPTY, PARTLY_EMPTY), (BARNS_EMPTY, EMPTY)}
)
_BY_VISIT = "Wat ter plaatse is gezien geeft de doorslag."
_CONTRADICTION = "Het bewijs spreekt elkaar tegen; ga ter plaatse kijken."
_NO_ADDRESS = (
    "Dit object heeft geen adres in de BAG, voor zover bekend, en kan daarom niet uit registers worden "
    "beoordeeld; alleen kijken helpt."
)
_ALL_THREE = (
    "Pas als WOZ, Handelsregister en BRP op dezelfde peildatum alle drie geen treffer geven, is een adres "
    "administratief leeg."
)


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the evidence comes to on one day.

    `conclusie` is a key of `CONCLUSIONS`, `betrouwbaarheid` of `RELIABILITIES`. `redenen` are Dutch sentences
    with date and source, the deciding one first. `verlopen` is the evidence that no longer counts.
    `geldig_tot` is the first day on which conclusion or reliability changes because evidence expires, without
    anything new; None when that never happens. `bouwvallig`: the BAG calls it "buiten gebruik".
    """

    conclusie: str
    betrouwbaarheid: str
    redenen: tuple[str, ...]
    verlopen: tuple[Evidence, ...]
    geldig_tot: date | None
    bouwvallig: bool


@dataclass(frozen=True, slots=True)
class _Side:
    """What one kind of source comes to.

    `outcome` is "" when it says nothing, and may be `BARNS_EMPTY`. `day` is the day it was so. `hits` counts
    the registers that know the address.
    """

    outcome: str = ""
    day: date = date.min
    reasons: tuple[str, ...] = ()
    contradiction: bool = False
    hits: int = 0


@dataclass(frozen=True, slots=True)
class _Verdict:
    outcome: str
    reliability: str
    reasons: tuple[str, ...]


def conclude(
    evidence: Iterable[Evidence], *, today: date, has_address: bool, terms: Terms | None = None
) -> Conclusion:
    """What the evidence about one object comes to; the order of the evidence does not matter.

    Args:
        evidence: Everything known about the object.
        today: The day of the judgement: what expired before it is named and does not count.
        has_address: Whether the object has a verblijfsobject; without one registers say nothing about it.
        terms: How long evidence counts; None for the default terms.

    Raises:
        AtlasError: evidence from after `today`.
    """
    terms = terms or Terms()
    items = sorted(set(evidence), key=_order)
    for item in items:
        refuse_future(item, today)
    counted = [item for item in items if item.gewicht != SET_ASIDE]
    live = [item for item in counted if terms.expiry(item) > today]
    expired = tuple(item for item in counted if terms.expiry(item) <= today)
    verdict = _decide(live, has_address=has_address, terms=terms)
    remarks = (
        *(f"Telt niet meer mee sinds {_day(terms.expiry(item))}: {_clause(item)}." for item in expired),
        *(
            f"Buiten beschouwing gelaten door het team: {_clause(item)}."
            for item in items
            if item.gewicht == SET_ASIDE
        ),
    )
    return Conclusion(
        conclusie=verdict.outcome,
        betrouwbaarheid=verdict.reliability,
        redenen=(*verdict.reasons, *remarks),
        verlopen=expired,
        geldig_tot=_valid_to(live, verdict, has_address=has_address, terms=terms),
        bouwvallig=any(item.waarde == RUIN for item in _latest_bag(live)),
    )


def refuse_future(item: Evidence, today: date) -> None:
    """Raise `AtlasError` for evidence from after `today`."""
    if item.peildatum > today:
        raise AtlasError(
            "Dit bewijs heeft een peildatum in de toekomst.",
            got=_day(item.peildatum),
            expected=f"een datum tot en met {_day(today)}",
            where=item.bron,
            hint="Controleer de peildatum in de bron.",
        )


def _valid_to(live: Sequence[Evidence], now: _Verdict, *, has_address: bool, terms: Terms) -> date | None:
    """The first expiry day that brings another conclusion or reliability: found by trying each."""
    for day in sorted({terms.expiry(item) for item in live}):
        left = [item for item in live if terms.expiry(item) > day]
        later = _decide(left, has_address=has_address, terms=terms)
        if (later.outcome, later.reliability) != (now.outcome, now.reliability):
            return day
    return None


def _decide(live: Sequence[Evidence], *, has_address: bool, terms: Terms) -> _Verdict:
    """The decision table of docs/vacancy.md, over evidence that counts, sorted."""
    observed = _seen([item for item in live if item.bron == OBSERVATION], terms)
    reported = _seen([item for item in live if item.bron == REPORT], terms)
    about_address = [item for item in live if item.bron in REGISTERS]
    registers = _registers(about_address) if has_address else _Side()
    verdict = _demolished(live, observed, reported, registers)
    if verdict is None and (observed.outcome or observed.contradiction):
        verdict = _on_the_spot(observed, reported, registers, has_address=has_address)
    if verdict is None:
        verdict = _from_afar(reported, registers, has_address=has_address)
    said = dict.fromkeys((*verdict.reasons, *observed.reasons, *reported.reasons, *registers.reasons))
    no_address = () if has_address or not (about_address or verdict.outcome == UNKNOWN) else (_NO_ADDRESS,)
    return replace(verdict, reasons=(*said, *no_address, *map(_about_bag, _latest_bag(live))))


def _demolished(live: Sequence[Evidence], observed: _Side, *others: _Side) -> _Verdict | None:
    """What the BAG says is gone can't be judged, unless somebody has stood before it since."""
    gone = [item for item in _latest_bag(live) if item.waarde in _NO_LONGER_THERE]
    if not gone or (observed.day >= gone[0].peildatum and observed.outcome):
        return None
    reason = (
        f"Volgens de BAG bestaat het pand niet of niet meer ({BAG_STATUSES[gone[0].waarde].lower()}, "
        f"{_day(gone[0].peildatum)}); controleer of dit object van de lijst kan."
    )
    other_side = (_CONTRADICTION,) if any(side.outcome for side in (observed, *others)) else ()
    return _Verdict(UNKNOWN, NONE, (*other_side, reason))


def _on_the_spot(observed: _Side, reported: _Side, registers: _Side, *, has_address: bool) -> _Verdict:
    """There is an observation that counts: it decides, unless newer evidence says otherwise."""
    others = [side for side in (reported, registers) if side.outcome or side.contradiction]
    against = [side for side in others if side.contradiction or not _together(observed, side)]
    newer = [side for side in against if side.day > observed.day]
    if observed.contradiction or newer:
        sides = (observed, *newer)
        return _Verdict(
            UNKNOWN, NONE, (_CONTRADICTION, *(reason for side in sides for reason in side.reasons))
        )
    reasons = (*observed.reasons, *((_BY_VISIT,) if against else ()))
    if observed.outcome != BARNS_EMPTY:
        return _Verdict(observed.outcome, HIGH, reasons)
    if not has_address:
        return _Verdict(EMPTY, HIGH, reasons)
    return _with_dwelling(reasons, [side for side in others if side not in against])


def _from_afar(reported: _Side, registers: _Side, *, has_address: bool) -> _Verdict:
    """Nobody has looked: reports and registers must agree, and never make it certain."""
    sides = [side for side in (reported, registers) if side.outcome or side.contradiction]
    disagree = len(sides) == 2 and not _together(reported, registers)  # noqa: PLR2004 -- both
    if disagree or any(side.contradiction for side in sides):
        return _Verdict(
            UNKNOWN, NONE, (_CONTRADICTION, *(reason for side in sides for reason in side.reasons))
        )
    if not sides:
        return _Verdict(UNKNOWN, NONE, ("Er is geen bewijs dat nog telt en iets zegt over het gebruik.",))
    reliability = FAIR if len(sides) > 1 or registers.hits > 1 else LOW
    if reported.outcome == BARNS_EMPTY and not has_address:
        return _Verdict(EMPTY, reliability, reported.reasons)
    if reported.outcome == BARNS_EMPTY:
        return _with_dwelling(reported.reasons, sides[1:])
    return _Verdict(sides[0].outcome, reliability, sides[0].reasons)


def _with_dwelling(reasons: tuple[str, ...], others: Sequence[_Side]) -> _Verdict:
    """Barns are empty; what else is known says whether the dwelling is in use."""
    outcomes = {PARTLY_EMPTY if side.outcome == IN_USE else side.outcome for side in others} - {BARNS_EMPTY}
    said = (*reasons, *(reason for side in others for reason in side.reasons))
    if len(outcomes) > 1:
        return _Verdict(UNKNOWN, NONE, (_CONTRADICTION, *said))
    if not outcomes:
        return _Verdict(UNKNOWN, NONE, (*said, "Of de woning in gebruik is, is niet bekend."))
    return _Verdict(outcomes.pop(), FAIR, said)


def _together(seen: _Side, other: _Side) -> bool:
    """Whether two sides can both be true; a side without outcome never gets here with one that has it."""
    pair = (seen.outcome, other.outcome)
    return seen.outcome == other.outcome or pair in _TOGETHER


def _seen(items: Sequence[Evidence], terms: Terms) -> _Side:
    """What observations (or reports) come to: the latest, unless one shortly before says otherwise."""
    judged = [item for item in items if item.waarde != NOT_SEEN]
    unseen = tuple(_sentence(item) for item in items if item.waarde == NOT_SEEN)
    if not judged:
        return _Side(reasons=unseen)
    newest = judged[-1].peildatum
    recent = [item for item in judged if newest - item.peildatum <= timedelta(days=terms.contradiction_days)]
    outcomes = {item.waarde for item in recent}
    if outcomes & {PARTLY_EMPTY, EMPTY}:
        outcomes.discard(BARNS_EMPTY)  # says less, and the same
    earlier = [item for item in judged if item not in recent]
    replaced = (f"Eerder was het anders: {_clause(item)}." for item in earlier if item.waarde not in outcomes)
    reasons = (*(_sentence(item) for item in reversed(recent)), *replaced, *unseen)
    if len(outcomes) > 1:
        return _Side("", newest, reasons, contradiction=True)
    return _Side(outcomes.pop(), newest, reasons)


def _registers(items: Sequence[Evidence]) -> _Side:
    """The eight combinations of WOZ, HR and BRP (IMVG): 1 to 7, any hit, in use; 8, no hit at all, empty.

    One reference date counts: the newest one on which a register knew the address, or on which all three were
    asked and none did. When each register that knew it has said "no hit" since, the registers contradict
    themselves.
    """
    answers: dict[date, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for item in items:
        if item.waarde != NOT_ASKED:
            answers[item.peildatum][item.bron].add(item.waarde)
    sentences = tuple(_sentence(item) for item in items)
    decisive = [day for day, asked in answers.items() if _is_decisive(asked)]
    if not decisive:
        return _Side(reasons=(*sentences, _ALL_THREE) if sentences else ())
    day = max(decisive)
    asked = answers[day]
    said = tuple(_sentence(item) for item in items if item.peildatum >= day)
    known = {register for register, values in asked.items() if HIT in values}
    if not known:
        empty = f"Het adres is op {_day(day)} administratief leeg: geen van de drie registers kent het."
        return _Side(EMPTY, day, (empty, *said))
    firm = {register for register in known if NO_HIT not in asked[register]}
    later = {register for other, values in answers.items() if other > day for register in values}
    standing = firm - later
    if not standing:
        return _Side("", max(answers), said, contradiction=True)
    return _Side(IN_USE, day, ("Het adres is volgens de registers in gebruik.", *said), hits=len(standing))


def _is_decisive(asked: dict[str, set[str]]) -> bool:
    return any(HIT in values for values in asked.values()) or len(asked) == len(REGISTERS)


def _latest_bag(live: Sequence[Evidence]) -> list[Evidence]:
    """What the BAG said last; more than one when pand and verblijfsobject differ."""
    statuses = [item for item in live if item.bron == BAG]
    return [item for item in statuses if item.peildatum == statuses[-1].peildatum]


def _about_bag(item: Evidence) -> str:
    if item.waarde == RUIN:
        return (
            f"De BAG noemt het pand op {_day(item.peildatum)} 'buiten gebruik': dat betekent bouwvallig, het "
            "zegt niet dat het leegstaat."
        )
    return _sentence(item)


def _order(item: Evidence) -> tuple[date, str, str, date, str]:
    return (item.peildatum, item.bron, item.waarde, item.vervalt_op or date.min, item.gewicht)


def _day(day: date) -> str:
    return format_period(day.isoformat())


def _sentence(item: Evidence) -> str:
    clause = _clause(item)
    return f"{clause[0].upper()}{clause[1:]}."


def _clause(item: Evidence) -> str:
    """One piece of evidence in words, with its date and source."""
    on = f"op {_day(item.peildatum)}"
    if item.bron == OBSERVATION:
        return f"{on} is ter plaatse gezien: {_lower(SEEN[item.waarde])}"
    if item.bron == REPORT:
        return f"{on} is opgegeven: {_lower(SEEN[item.waarde])}"
    if item.bron == BAG:
        return f"{on} was de status in de BAG: {_lower(BAG_STATUSES[item.waarde])}"
    if item.waarde == NOT_ASKED:
        return f"{on} is {REGISTERS[item.bron]} niet bevraagd"
    return f"{on} gaf {REGISTERS[item.bron]} {'een' if item.waarde == HIT else 'geen'} treffer"


def _lower(label: str) -> str:
    return label[0].lower() + label[1:]
