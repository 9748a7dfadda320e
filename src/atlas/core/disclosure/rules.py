"""The rules for figures, for each audience: data in `data/disclosure/regels.toml`, checked here.

`may_leave` decides about a field; these rules decide about a number of records: at which areas, how it is
rounded, from how large a population, and of what. What they do not name may not leave.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from calendar import monthrange
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from ..files.embedded import embedded_path
from ..words.errors import AtlasError
from ..words.notation import format_number
from .audiences import Audience, audience_of
from .squares import SQUARES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: a reader who knows an offence of an address knows it of a person (AVG 10, UAVG 33): not for everyone, ever
OF_CRIME = ("signalen", "bevindingen")
#: finer areas point at yards, with any reason
GEOGRAPHIES = ("gemeente", "surveyregio", "provincie", SQUARES)
_WHOLE = ("grondtal", "minste_bedrijven", "minste_per_vierkant", "verloopt_na_maanden")
_PERCENT = ("grootste_bijdrage", "grootste_aandeel", "grootste_marge")
_LISTS = ("geografieen", "telt")
#: rules of which a higher number protects more
_HIGHER_IS_STRICTER = ("grondtal", "minste_bedrijven", "minste_per_vierkant")
#: rules that are in the numbers of a table once it is made
MADE_WITH = ("grondtal", "minste_bedrijven", "minste_per_vierkant", "grootste_bijdrage")
_ALL, _LEAST_BASE = 100, 2
_MONTHS = 12
REASON = "reden"


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for the figures of one audience; the names are those of the file.

    Args:
        audience: For whom.
        geografieen: Levels at which a figure may be given.
        grondtal: Every number is a multiple of this, and less than this from the truth.
        minste_bedrijven: Least number of farms of an area of which a figure is given.
        minste_per_vierkant: Least number of objects of squares of which a figure is given.
        grootste_bijdrage: Percent of a sum that one contributor may have.
        grootste_aandeel: Percent from which (and, mirrored, up to which) a share becomes a band.
        grootste_marge: Percentage points between the ends of a share's interval; wider is not shown.
        vrije_tekst: Whether text that somebody typed may name a person by a number or form of address.
        verloopt_na_maanden: Months after the reference date in which the figures may be used.
        telt: What may be counted.
        reden: Why a rule is weaker than it stands in the file; "" when none is.
    """

    audience: str
    geografieen: tuple[str, ...]
    grondtal: int
    minste_bedrijven: int
    minste_per_vierkant: int
    grootste_bijdrage: int
    grootste_aandeel: int
    grootste_marge: int
    vrije_tekst: bool
    verloopt_na_maanden: int
    telt: tuple[str, ...]
    reden: str = ""

    @property
    def sentence(self) -> str:
        """The rule as its readers are told, in one Dutch sentence."""
        return (
            f"Elk aantal is een veelvoud van {self.grondtal} en wijkt minder dan {self.grondtal} af van wat "
            f'is geteld; "0–{self.grondtal - 1}" kan ook nul zijn.'
        )

    @property
    def checksum(self) -> str:
        """By what a set of rules is known in the register."""
        text = json.dumps(self.as_data(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def last_day(self, peildatum: str) -> str:
        """The last day on which figures of a reference date may be used, both as ISO text."""
        return later_by(peildatum, self.verloopt_na_maanden)

    def as_data(self) -> dict[str, Any]:
        """The rules as they are stored with a table."""
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()
        }

    def dominated(self, contributions: Iterable[int]) -> bool:
        """Whether one contributor has so large a part of a sum that the sum tells about it."""
        parts = sorted(contributions)
        return bool(parts) and _ALL * parts[-1] > self.grootste_bijdrage * sum(parts)

    def as_band(self, percent: float) -> tuple[float, float] | None:
        """The band in place of a share of all, none or nearly so; None for any other share."""
        if percent >= self.grootste_aandeel:
            return float(self.grootste_aandeel), float(_ALL)
        if percent <= _ALL - self.grootste_aandeel:
            return 0.0, float(_ALL - self.grootste_aandeel)
        return None


def later_by(day: str, months: int) -> str:
    """The last day of the month so many months after a day, both as ISO text."""
    month = int(day[5:7]) + months
    year, month = int(day[:4]) + (month - 1) // _MONTHS, (month - 1) % _MONTHS + 1
    return f"{year:04d}-{month:02d}-{monthrange(year, month)[1]:02d}"


@cache
def register_months() -> int:
    """So many months after a file may no longer be used its line in the register is emptied."""
    return int(_content_of_file()["bewaren"]["register_maanden"])


@cache
def _content_of_file() -> dict[str, Any]:
    return tomllib.loads(embedded_path("data", "disclosure", "regels.toml").read_text(encoding="utf-8"))


@cache
def rules_for(audience: str) -> Rules:
    """The rules of an audience as they stand in the file.

    Raises:
        AtlasError: the audience does not exist, or has no rules: then no figure may reach it.
    """
    named = audience_of(audience)
    return checked_rules(named, _content_of_file().get(named), where=f"regels.toml, [{named}]")


def own_rules(audience: str, changes: Mapping[str, Any], where: str) -> Rules:
    """The rules of an audience with those that a maker changed: stricter is free, weaker needs a reason.

    Args:
        audience: For whom.
        changes: Name of a rule -> its value, and `reden`.
        where: Where the changes stand, for sentences.

    Raises:
        AtlasError: an unknown rule, a value that can't be, or a weaker rule without a reason.
    """
    rules = rules_for(audience)
    if not changes:
        return rules
    changed = checked_rules(
        audience_of(audience), {**_content(rules), **changes}, where=where, with_reason=True
    )
    strange = sorted(set(changed.telt) - set(rules_for(Audience.PARTNERS).telt))
    if strange:
        raise AtlasError(
            "Dit wordt in een dossier niet geteld.",
            where=f"{where}, telt",
            got=", ".join(strange),
            expected=", ".join(rules.telt),
        )
    weaker = [name for name in changes if name != REASON and is_weaker(name, rules, changed)]
    if weaker and not changed.reden:
        raise AtlasError(
            "Een soepeler regel heeft een reden nodig.",
            where=where,
            got=", ".join(f"{name} = {changes[name]}" for name in weaker),
            expected=", ".join(f"{name} = {getattr(rules, name)}" for name in weaker),
            hint=f'Zet erbij waarom: {REASON} = "…". Dat komt in de tabel en in het register.',
        )
    return changed if weaker else replace(changed, reden="")


def may_be_counted(counts: str, rules: Rules) -> bool:
    """Whether a number of these may be a figure for an audience: what is not known may not.

    Args:
        counts: What is counted, e.g. "objecten".
        rules: Of the audience.
    """
    if rules.audience == Audience.PUBLIC and counts in OF_CRIME:
        return False
    return isinstance(counts, str) and counts in rules.telt


def checked_rules(audience: Audience, content: object, *, where: str, with_reason: bool = False) -> Rules:
    """Rules as they stand in a file, checked.

    Raises:
        AtlasError: a rule is missing, unknown or has a value that can't be.
    """
    if not isinstance(content, dict):
        raise AtlasError(
            "Voor deze doelgroep zijn er geen regels voor cijfers; dan gaat er geen cijfer naar toe.",
            where=where,
            expected=f"{Audience.PUBLIC} of {Audience.PARTNERS}",
        )
    known = {*_WHOLE, *_PERCENT, *_LISTS, "vrije_tekst"} | ({REASON} if with_reason else set())
    unknown, missing = sorted(content.keys() - known), sorted(known - content.keys() - {REASON})
    if unknown or missing:
        raise AtlasError(
            "Deze regel bestaat niet." if unknown else "Er ontbreekt een regel.",
            where=where,
            got=", ".join(unknown),
            expected=", ".join(sorted(known) if unknown else missing),
        )
    for name in _WHOLE:
        least = _LEAST_BASE if name == "grondtal" else 1
        _check_whole(name, content[name], least, None, where)
    for name in _PERCENT:
        _check_whole(name, content[name], 51 if name == "grootste_aandeel" else 1, _ALL, where)
    for name in _LISTS:
        _check_list(name, content[name], GEOGRAPHIES if name == "geografieen" else None, where)
    if not isinstance(content["vrije_tekst"], bool):
        raise _refused("vrije_tekst", content["vrije_tekst"], "true of false", where)
    crime = [what for what in content["telt"] if what in OF_CRIME]
    if audience == Audience.PUBLIC and crime:
        raise AtlasError(
            "Een telling van signalen of bevindingen gaat nooit naar iedereen.",
            where=where,
            got=", ".join(crime),
            detail="Een signaal of bevinding gaat over een mogelijke overtreding (AVG 10, UAVG 33).",
        )
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in content.items()
        if name != REASON
    }
    return Rules(audience=audience.value, reden=str(content.get(REASON, "")).strip(), **given)


def _content(rules: Rules) -> dict[str, Any]:
    return {name: value for name, value in rules.as_data().items() if name not in ("audience", REASON)}


def is_weaker(name: str, before: Rules, after: Rules) -> bool:
    """Whether a rule protects less after than before."""
    old, new = getattr(before, name), getattr(after, name)
    if name in _LISTS:
        return not set(new) <= set(old)
    return bool(new < old if name in _HIGHER_IS_STRICTER else new > old)


def _check_whole(name: str, value: object, least: int, most: int | None, where: str) -> None:
    if (
        isinstance(value, bool)
        or not isinstance(value, int)
        or value < least
        or (most is not None and value > most)
    ):
        upto = f" tot en met {format_number(most)}" if most is not None else " of hoger"
        raise _refused(name, value, f"een geheel getal van {format_number(least)}{upto}", where)


def _check_list(name: str, value: object, allowed: tuple[str, ...] | None, where: str) -> None:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise _refused(name, value, "een lijst met namen", where)
    strange = [item for item in value if allowed is not None and item not in allowed]
    if strange:
        raise AtlasError(
            "Op dit niveau gaat er geen cijfer van het dossier naar anderen.",
            where=f"{where}, {name}",
            got=", ".join(strange),
            expected=", ".join(allowed or ()),
        )


def _refused(name: str, value: object, expected: str, where: str) -> AtlasError:
    return AtlasError(
        "Een regel voor cijfers heeft een waarde die niet kan.",
        where=f"{where}, {name}",
        got=repr(value)[:_ALL],
        expected=expected,
    )
