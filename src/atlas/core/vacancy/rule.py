"""Is a rural object in use, partly empty or empty? Evidence in, a conclusion with its reasons out.

The rule with its cases is the table in docs/vacancy.md, which the tests read. In short: what was seen on the
spot decides over registers, and ages; registers (WOZ user, HR establishment, BRP person: hit or no hit, all
on one reference date) say something about an address only; of the BAG, building and address are two sources:
a demolition is for good, a building that is not there is not empty, and "buiten gebruik" is a ruin; what
contradicts each other gives `onbekend` with both sides named, until a visit confirms the last one; evidence
expires. Nothing here is about a person, and nothing is added up to a score.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..tables.registers import HIT, NO_HIT, NOT_ASKED
from .evidence import (
    BAG,
    BAG_ADDRESS,
    BAG_STATUSES,
    BARNS_EMPTY,
    EMPTY,
    FAIR,
    GONE,
    HIGH,
    IN_USE,
    LOW,
    NONE,
    NOT_SEEN,
    NOT_YET,
    OBSERVATION,
    PARTLY_EMPTY,
    REGISTERS,
    REPORT,
    RUIN,
    SET_ASIDE,
    UNKNOWN,
    Evidence,
    Terms,
    about_bag,
    clause,
    in_words,
    lower_first,
    sentence,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


#: (what was seen or reported, what registers or another report say) that can both be true, beside equal ones
_TOGETHER = frozenset(
    {(PARTLY_EMPTY, IN_USE), (BARNS_EMPTY, IN_USE), (BARNS_EMPTY, PARTLY_EMPTY), (BARNS_EMPTY, EMPTY)}
)
_BY_VISIT = "Wat ter plaatse is gezien geeft de doorslag."
_CONTRADICTION = "De gegevens spreken elkaar tegen; ga ter plaatse kijken."
_NO_ADDRESS = (
    "Dit object heeft geen adres in de BAG, voor zover bekend, en kan daarom niet uit registers worden "
    "beoordeeld; alleen kijken helpt."
)
_AGED = "Dat is langer geleden; daarom is de betrouwbaarheid niet meer hoog."
_CONFIRMED = "Wat het laatst is gezien, is bij een ander bezoek bevestigd en geldt."
_NO_VACANCY = "Dat bewijst geen leegstand: het zegt niets over wat er in de gebouwen gebeurt."
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

    `outcome` is "" when it says nothing, and may be `BARNS_EMPTY`. `day` is the day it was so. `fresh` is
    False when that is too long ago to be highly reliable. `hits` counts the registers that know the address.
    """

    outcome: str = ""
    day: date = date.min
    reasons: tuple[str, ...] = ()
    contradiction: bool = False
    fresh: bool = True
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
        evidence: Everything known about the object. What is dated after `today` is named and does not count
            until its day has come.
        today: The day of the judgement: what expired before it is named and does not count.
        has_address: Whether the object has a verblijfsobject; without one registers say nothing about it.
        terms: How long evidence counts; None for the default terms.
    """
    terms = terms or Terms()
    items = sorted(set(evidence), key=_order)
    weighed = [item for item in items if item.gewicht != SET_ASIDE]
    counted = [item for item in weighed if item.peildatum <= today]
    expired = tuple(item for item in counted if terms.expiry(item) <= today)

    def on(day: date) -> _Verdict:
        live = [item for item in weighed if item.peildatum <= day < terms.expiry(item)]
        return _decide(live, day, has_address=has_address, terms=terms)

    verdict = on(today)
    remarks = (
        *(f"Telt niet meer mee sinds {in_words(terms.expiry(item))}: {clause(item)}." for item in expired),
        *(
            f"Telt nog niet mee, want de peildatum ligt na {in_words(today)}; controleer die: {clause(item)}."
            for item in weighed
            if item.peildatum > today
        ),
        *(
            f"Buiten beschouwing gelaten door het team: {clause(item)}."
            for item in items
            if item.gewicht == SET_ASIDE
        ),
    )
    return Conclusion(
        conclusie=verdict.outcome,
        betrouwbaarheid=verdict.reliability,
        redenen=(*verdict.reasons, *remarks),
        verlopen=expired,
        geldig_tot=_valid_to(weighed, on, today, terms),
        bouwvallig=any(
            item.waarde == RUIN
            for item in _latest([one for one in counted if today < terms.expiry(one)], BAG)
        ),
    )


def _valid_to(
    weighed: Sequence[Evidence], on: Callable[[date], _Verdict], today: date, terms: Terms
) -> date | None:
    """The first day that brings another conclusion or reliability: found by trying each that may."""
    days = {terms.expiry(item) for item in weighed} | {item.peildatum for item in weighed}
    days |= {terms.fresh_until(item.peildatum) for item in weighed if item.bron == OBSERVATION}
    now = on(today)
    for day in sorted(day for day in days if today < day < date.max):
        later = on(day)
        if (later.outcome, later.reliability) != (now.outcome, now.reliability):
            return day
    return None


def _decide(live: Sequence[Evidence], day: date, *, has_address: bool, terms: Terms) -> _Verdict:
    """The decision table of docs/vacancy.md, over evidence that counts on a day, sorted."""
    observed = _seen([item for item in live if item.bron == OBSERVATION], terms, day)
    reported = _seen([item for item in live if item.bron == REPORT], terms)
    about_address = [item for item in live if item.bron in REGISTERS]
    registers = _registers(about_address) if has_address else _Side()
    registers = _of_address(registers, _latest(live, BAG_ADDRESS))
    verdict = _demolished(live, observed, reported, registers)
    if verdict is None and (observed.outcome or observed.contradiction):
        verdict = _on_the_spot(observed, reported, registers, has_address=has_address)
    if verdict is None:
        verdict = _from_afar(reported, registers, has_address=has_address)
    verdict = _unbuilt(verdict, observed, _latest(live, BAG))
    said = dict.fromkeys((*verdict.reasons, *observed.reasons, *reported.reasons, *registers.reasons))
    no_address = () if has_address or not (about_address or verdict.outcome == UNKNOWN) else (_NO_ADDRESS,)
    # what is gone is always named, also when the BAG has said something else since
    bag = [item for item in live if item.bron in (BAG, BAG_ADDRESS) and item.waarde in GONE]
    bag += [item for item in (*_latest(live, BAG), *_latest(live, BAG_ADDRESS)) if item not in bag]
    statuses = map(about_bag, sorted(bag, key=_order))
    return replace(verdict, reasons=tuple(dict.fromkeys((*said, *no_address, *statuses))))


def _demolished(live: Sequence[Evidence], observed: _Side, *others: _Side) -> _Verdict | None:
    """What the BAG says is gone can't be judged, unless somebody has stood before it since."""
    gone = [item for item in live if item.bron == BAG and item.waarde in GONE]
    if not gone or (observed.day >= gone[-1].peildatum and observed.outcome):
        return None
    reason = (
        f"Volgens de BAG bestaat het pand niet of niet meer ({lower_first(BAG_STATUSES[gone[-1].waarde])}, "
        f"{in_words(gone[-1].peildatum)}); controleer of dit object van de lijst kan."
    )
    # what was so before it went contradicts nothing
    said_since = [side.day for side in (observed, *others) if side.outcome or side.contradiction]
    said_since += [item.peildatum for item in _latest(live, BAG) if item not in gone]
    against = any(day >= gone[-1].peildatum for day in said_since)
    return _Verdict(UNKNOWN, NONE, (*((_CONTRADICTION,) if against else ()), reason))


def _unbuilt(verdict: _Verdict, observed: _Side, latest: Sequence[Evidence]) -> _Verdict:
    """A building that is still to be built is not empty, unless somebody has stood before it since."""
    coming = [item for item in latest if item.waarde in NOT_YET]
    if verdict.outcome not in (EMPTY, PARTLY_EMPTY) or not coming or observed.day >= coming[0].peildatum:
        return verdict
    reason = (
        f"Volgens de BAG staat het gebouw er nog niet ({lower_first(BAG_STATUSES[coming[0].waarde])}, "
        f"{in_words(coming[0].peildatum)}); wat nog niet gebouwd is, staat niet leeg."
    )
    return _Verdict(UNKNOWN, NONE, (reason, *verdict.reasons))


def _of_address(registers: _Side, latest: Sequence[Evidence]) -> _Side:
    """That registers do not know an address that is not there says nothing about the building."""
    missing = [item for item in latest if item.waarde in GONE | NOT_YET]
    if not missing or registers.outcome != EMPTY:
        return registers
    reason = (
        f"Volgens de BAG is het adres er niet of nog niet ({lower_first(BAG_STATUSES[missing[0].waarde])}, "
        f"{in_words(missing[0].peildatum)}); dat registers het niet kennen, zegt dan niets over het gebouw."
    )
    return _Side(reasons=(reason, *registers.reasons[1:]))


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
    aged = () if observed.fresh else (_AGED,)
    reasons = (observed.reasons[0], *aged, *observed.reasons[1:], *((_BY_VISIT,) if against else ()))
    reliability = HIGH if observed.fresh else FAIR
    if observed.outcome != BARNS_EMPTY:
        return _Verdict(observed.outcome, reliability, reasons)
    if not has_address:
        return _Verdict(EMPTY, reliability, reasons)
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


def _seen(items: Sequence[Evidence], terms: Terms, day: date | None = None) -> _Side:
    """What observations (or reports) come to: the latest, unless one shortly before says otherwise.

    Args:
        items: Of one source, sorted.
        terms: What "shortly" is, and how long what was seen is fresh.
        day: Of the judgement, for observations: the same seen on two days in a row settles a contradiction. A
            report that is repeated does not, and never ages.
    """
    judged = [item for item in items if item.waarde != NOT_SEEN]
    unseen = tuple(sentence(item) for item in items if item.waarde == NOT_SEEN)
    if not judged:
        return _Side(reasons=unseen)
    newest = judged[-1].peildatum
    recent = [item for item in judged if newest - item.peildatum <= timedelta(days=terms.contradiction_days)]
    confirmed = _confirmed(judged) if day is not None else []
    settled = bool(confirmed) and len(_outcomes(recent)) > 1
    recent = confirmed if settled else recent
    outcomes = _outcomes(recent)
    earlier = [item for item in judged if item not in recent]
    replaced = (f"Eerder was het anders: {clause(item)}." for item in earlier if item.waarde not in outcomes)
    settling = (_CONFIRMED,) if settled else ()
    reasons = (*(sentence(item) for item in reversed(recent)), *settling, *replaced, *unseen)
    fresh = day is None or day < terms.fresh_until(newest)
    if len(outcomes) > 1:
        return _Side("", newest, reasons, contradiction=True)
    return _Side(outcomes.pop(), newest, reasons, fresh=fresh)


def _outcomes(items: Sequence[Evidence]) -> set[str]:
    """What was seen; that barns are empty is left out where more is known, for it says less and the same."""
    outcomes = {item.waarde for item in items}
    return outcomes - {BARNS_EMPTY} if outcomes & {PARTLY_EMPTY, EMPTY} else outcomes


def _confirmed(judged: Sequence[Evidence]) -> list[Evidence]:
    """The last observations that say the same, when on two days at least; none otherwise."""
    run: list[Evidence] = []
    for item in reversed(judged):
        if len(_outcomes([item, *run])) > 1:
            # what was seen on the day of another outcome confirms nothing
            run = [later for later in run if later.peildatum > item.peildatum]
            break
        run.insert(0, item)
    outcomes = _outcomes(run)
    days = {item.peildatum for item in run if item.waarde in outcomes}
    return [] if len(days) < 2 else run  # noqa: PLR2004 - a second visit


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
    sentences = tuple(sentence(item) for item in items)
    decisive = [day for day, asked in answers.items() if _is_decisive(asked)]
    if not decisive:
        return _Side(reasons=(*sentences, _ALL_THREE) if sentences else ())
    day = max(decisive)
    asked = answers[day]
    said = tuple(sentence(item) for item in items if item.peildatum >= day)
    known = {register for register, values in asked.items() if HIT in values}
    if not known:
        empty = (
            f"Het adres is op {in_words(day)} administratief leeg: WOZ, Handelsregister en BRP kennen er "
            f"geen gebruiker, vestiging of inschrijving. {_NO_VACANCY}"
        )
        return _Side(EMPTY, day, (empty, *said))
    firm = {register for register in known if NO_HIT not in asked[register]}
    later = {register for other, values in answers.items() if other > day for register in values}
    standing = firm - later
    if not standing:
        return _Side("", max(answers), said, contradiction=True)
    return _Side(IN_USE, day, ("Het adres is volgens de registers in gebruik.", *said), hits=len(standing))


def _is_decisive(asked: dict[str, set[str]]) -> bool:
    return any(HIT in values for values in asked.values()) or len(asked) == len(REGISTERS)


def _latest(live: Sequence[Evidence], source: str) -> list[Evidence]:
    """What a source said last; more than one when it said several things on one day."""
    said = [item for item in live if item.bron == source]
    return [item for item in said if item.peildatum == said[-1].peildatum]


def _order(item: Evidence) -> tuple[date, str, str, date, str]:
    return (item.peildatum, item.bron, item.waarde, item.vervalt_op or date.min, item.gewicht)
