"""How far a campaign of visits is, counted from the records of a team: of the frame, not of who was reached.

Only for a team. Others get rounded numbers of a protected table, in which no campaign stands.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..records.in_words import municipality_name
from ..schema.campaigns import DROPPED, NOT_CHOSEN
from ..schema.visits import FINDING_CATEGORIES, SEEN_OUTCOMES, VISIT_KINDS
from ..words.layer_names import CAMPAIGNS, FINDINGS, ROUNDS, STOPS, VISITS
from ..words.notation import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Record = Mapping[str, Any]

#: what is read for it
PROGRESS_LAYERS = (CAMPAIGNS, ROUNDS, STOPS, VISITS, FINDINGS)
_REFUSED, _NOBODY, _SEEN = "geen_medewerking", "niemand_aanwezig", "waargenomen"
_TO_DO, _WEIGH, _ANSWERED, _NONE = "nog_te_doen", "naar_weging", "terugkoppeling", (None, "", "geen")
_DAY = 10


@dataclass(frozen=True, slots=True)
class Progress:
    """A campaign in numbers of yards and findings.

    Attributes:
        name: Of the campaign.
        municipality: Its name.
        kind: Of the visits, in words.
        since: The day of the choice, as ISO text.
        frame: How many yards could be chosen.
        chosen: How many were.
        planned: How many of those have a place in a round.
        reached: Yards at which somebody was spoken, or that were seen.
        refused: Yards where nobody would cooperate, and nobody was reached another time.
        nobody: Yards where nobody was home, up to now.
        findings: What was observed, by category in words, most first.
        unresolved: Findings that nobody judged yet, or that are to be weighed.
        follow_up: Findings with a follow-up that has no day yet.
        answered: Yards that had word back of what they reported.
        reported: Yards with anything observed or reported.
    """

    name: str
    municipality: str
    kind: str
    since: str
    frame: int
    chosen: int
    planned: int
    reached: int
    refused: int
    nobody: int
    findings: tuple[tuple[str, int], ...]
    unresolved: int
    follow_up: int
    answered: int
    reported: int

    @property
    def to_go(self) -> int:
        """Chosen yards that nobody visited with a result."""
        return max(0, self.chosen - self.reached - self.refused)

    @property
    def observed(self) -> int:
        """How many things were observed or reported."""
        return sum(number for _name, number in self.findings)

    @property
    def sentence(self) -> str:
        """The campaign in a few words, for who works on it."""
        said = [
            f"Kader {counted(self.frame, 'erf', 'erven')}, {self.chosen} gekozen, {self.planned} ingepland.",
            f"{self.reached} bezocht, {self.refused} zonder medewerking,",
            f"{self.nobody} niet thuis, {self.to_go} te gaan.",
        ]
        if self.observed:
            said.append(
                f"{counted(self.observed, 'bevinding', 'bevindingen')}, {self.unresolved} nog te beoordelen, "
                f"{self.follow_up} met een opvolging die nog geen datum heeft; antwoord kregen "
                f"{self.answered} van {counted(self.reported, 'erf', 'erven')} met een bevinding."
            )
        return " ".join(said)


def campaign_progress(layers: Mapping[str, Sequence[Record]]) -> list[Progress]:
    """Each campaign, by name.

    A visit belongs to a campaign when it says so (its stop), or says nothing and is of its kind, to a yard of
    its frame, and not before its choice.

    Args:
        layers: Records of `PROGRESS_LAYERS`.
    """
    return [
        _progress(one, layers)
        for one in sorted(layers[CAMPAIGNS], key=lambda one: (str(one["naam"]), str(one["uuid"])))
    ]


def _progress(campaign: Record, layers: Mapping[str, Sequence[Record]]) -> Progress:
    stops = [stop for stop in layers[STOPS] if stop.get("campagne_uuid") == campaign["uuid"]]
    out = {one["uuid"] for one in layers[ROUNDS] if one.get("status") != DROPPED}
    chosen = [stop for stop in stops if stop.get("keuze") != NOT_CHOSEN]
    yards = {stop.get("bedrijf_uuid") for stop in stops}
    own = {stop["uuid"] for stop in stops}
    since = str(campaign.get("peildatum"))[:_DAY]
    visits = {
        str(one["uuid"]): one
        for one in layers[VISITS]
        if one.get("bedrijf_uuid") in yards
        and (one.get("stop_uuid") in own or not one.get("stop_uuid"))
        and one.get("soort") == campaign.get("soort")
        and str(one.get("datum"))[:_DAY] >= since
    }
    of = {
        outcome: {one["bedrijf_uuid"] for one in visits.values() if one.get("uitkomst") == outcome}
        for outcome in (*SEEN_OUTCOMES, _REFUSED, _NOBODY)
    }
    reached = set[Any]().union(*(of[outcome] for outcome in SEEN_OUTCOMES))
    findings = [
        one
        for one in layers[FINDINGS]
        if str(one.get("bezoek_uuid")) in visits and one.get("waarneming") == _SEEN
    ]
    counts = Counter(str(one.get("categorie")) for one in findings)
    followed = [one for one in findings if one.get("opvolging") not in _NONE]
    return Progress(
        name=str(campaign["naam"]),
        municipality=municipality_name(str(campaign["gemeente_code"])),
        kind=VISIT_KINDS.get(str(campaign["soort"]), str(campaign["soort"])),
        since=since,
        frame=len(stops),
        chosen=len(chosen),
        planned=sum(stop.get("ronde_uuid") in out for stop in chosen),
        reached=len(reached),
        refused=len(of[_REFUSED] - reached),
        nobody=len(of[_NOBODY] - reached - of[_REFUSED]),
        findings=tuple((FINDING_CATEGORIES.get(code, code), number) for code, number in counts.most_common()),
        unresolved=sum(one.get("triage") in (None, _TO_DO, _WEIGH) for one in findings),
        follow_up=sum(not one.get("opvolging_op") for one in followed),
        answered=len(_yards(followed, visits, answered=True)),
        reported=len(_yards(findings, visits, answered=False)),
    )


def _yards(findings: Sequence[Record], visits: Mapping[str, Record], *, answered: bool) -> set[Any]:
    """The yards of findings; of those only that had word back, when that is asked."""
    return {
        visits[str(one["bezoek_uuid"])]["bedrijf_uuid"]
        for one in findings
        if not answered or (one.get("opvolging") == _ANSWERED and one.get("opvolging_op"))
    }
