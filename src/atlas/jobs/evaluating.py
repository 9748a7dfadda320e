"""Write down what a campaign measures before its first visit, and reckon afterwards what it found."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.counts.visit_evaluation import WHAT_COUNTS, evaluate
from ..core.disclosure.audiences import Audience
from ..core.records.campaign_rounds import named_campaign, visits_in
from ..core.records.import_plan import Change, ImportPlan, Update
from ..core.schema.visits import FINDING_CATEGORIES
from ..core.tables.registers import write_moment
from ..core.words.errors import AtlasError
from ..core.words.layer_names import CAMPAIGNS, FINDINGS, SIGNALS, STOPS, VISITS, YARDS
from ..core.words.notation import counted, format_period
from ..dossier.changes import apply_import
from ..dossier.handing_out import release_records
from ..dossier.issue_register import MEASURED, append_line, check_issue
from ..dossier.opening import open_dossier
from ..dossier.records import read_layers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from ..core.counts.visit_evaluation import Evaluation
    from ..core.disclosure.released import Released
    from ..core.records.matching import Record

_LAYERS = (CAMPAIGNS, STOPS, YARDS, VISITS, FINDINGS)
#: what an evaluation is reckoned from
EVALUATED_LAYERS = (*_LAYERS, SIGNALS)
_DAY = 10


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What a campaign found, when its indicators were written down, and Dutch sentences."""

    result: Released[Evaluation]
    since: str
    notes: tuple[str, ...]

    @property
    def measured(self) -> str:
        """When it was written down what is measured."""
        return f"Wat er wordt gemeten is vastgelegd op {self.since}, voor het eerste bezoek."

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was found, for the team; "" between what is about different things."""
        found = self.result.content
        about = (sentence for one in found.indicators for sentence in ("", *one.sentences))
        villages = () if found.villages is None else ("", *found.villages.sentences)
        return (found.coverage, self.measured, *about, *villages, "", WHAT_COUNTS)


def register_indicators(
    folder: Path, campaign: str, indicators: Sequence[str], *, purpose: str, user: str, now: datetime
) -> str:
    """Write down what a campaign measures, in the register and with the campaign, before its first visit.

    Who chooses afterwards what was measured finds what he looks for.

    Args:
        folder: Of the dossier.
        campaign: Its name.
        indicators: Categories of findings.
        purpose: What for; stands in the register.
        user: Who.
        now: When.

    Returns:
        A Dutch sentence: what is measured, and whether that is new.

    Raises:
        AtlasError: no such campaign or category, other indicators were written down before, somebody was
            visited already, or the dossier can't be written.
    """
    unknown = [one for one in indicators if one not in FINDING_CATEGORIES]
    if unknown or not indicators:
        raise AtlasError(
            "Deze indicator bestaat niet." if unknown else "Noem wat er wordt gemeten.",
            got=", ".join(unknown), expected=", ".join(FINDING_CATEGORIES),
        )  # fmt: skip
    dossier = open_dossier(folder)
    layers = read_layers(dossier, _LAYERS)
    found = named_campaign(layers[CAMPAIGNS], campaign)
    text = "\n".join(dict.fromkeys(indicators))
    if found.get("indicatoren"):
        if found["indicatoren"] == text:
            return _measured(campaign, indicators, "zo was het al vastgelegd")
        raise AtlasError(
            "Voor deze campagne is al vastgelegd wat er wordt gemeten; dat verandert niet meer.",
            where=campaign, got=", ".join(indicators), expected=", ".join(str(found["indicatoren"]).split()),
        )  # fmt: skip
    yards = {one.get("bedrijf_uuid") for one in layers[STOPS] if one.get("campagne_uuid") == found["uuid"]}
    visited = len({one["bedrijf_uuid"] for one in visits_in(found, layers[VISITS])} & yards)
    if visited:
        raise AtlasError(
            "Er is al bezocht; wat er wordt gemeten staat vast voor het eerste bezoek.", where=campaign,
            got=counted(visited, "bezocht erf", "bezochte erven"),
            hint="Leg het vast bij de volgende campagne.",
        )  # fmt: skip
    codes = check_issue(
        dossier, None, purpose=purpose, audience=Audience.TEAM,
        municipalities=[str(found["gemeente_code"])], user=user,
    )  # fmt: skip
    stamp = write_moment(now)
    append_line(
        dossier,
        {
            "tijdstip": stamp, "door": user.strip(), "handeling": MEASURED, "doel": purpose.strip(),
            "publiek": Audience.TEAM, "gemeenten": ",".join(codes), "lagen": CAMPAIGNS,
            "aantal": len(text.split()), "controlegetal": hashlib.sha256(text.encode()).hexdigest(),
        },
    )  # fmt: skip
    apply_import(dossier, _noted(found, text, stamp, user))
    return _measured(campaign, indicators, "vastgelegd")


def _measured(campaign: str, indicators: Sequence[str], said: str) -> str:
    return f"{campaign}: {', '.join(FINDING_CATEGORIES[one] for one in indicators)}; {said}."


def _noted(campaign: Record, text: str, stamp: str, user: str) -> ImportPlan:
    fields = {"indicatoren": text, "indicatoren_op": stamp}
    kept = {"gewijzigd_op": stamp, "gewijzigd_door": user, "ingelezen_op": stamp}
    changes = tuple(Change(name, campaign.get(name), value) for name, value in fields.items())
    update = Update(1, str(campaign["uuid"]), changes, {**campaign, **fields, **kept})
    return ImportPlan(CAMPAIGNS, (), (update,), (), (), (), by_uuid=True)


def evaluate_campaign(folder: Path, campaign: str, *, purpose: str) -> Evaluated:
    """Reckon what a campaign found, for the team of its municipality.

    Args:
        folder: Of the dossier.
        campaign: Its name.
        purpose: What for.

    Raises:
        AtlasError: no such campaign, or nobody wrote down beforehand what it measures.
    """
    dossier = open_dossier(folder)
    found = named_campaign(read_layers(dossier, [CAMPAIGNS])[CAMPAIGNS], campaign)
    if not found.get("indicatoren"):
        raise AtlasError(
            "Voor deze campagne is niet vooraf vastgelegd wat er wordt gemeten.", where=campaign,
            detail="Wie achteraf kiest wat telt, vindt altijd iets.",
            hint="Leg het bij de volgende campagne vast.", choices=("visit_indicators",),
        )  # fmt: skip
    released = release_records(
        dossier, EVALUATED_LAYERS, audience=Audience.TEAM,
        municipalities=[str(found["gemeente_code"])], purpose=purpose,
    )  # fmt: skip
    categories = str(found["indicatoren"]).split()
    result = released.into(
        lambda records: evaluate(
            found, {layer: [dict(one) for one in of] for layer, of in records.items()}, categories
        )
    )
    since = format_period(str(found["indicatoren_op"])[:_DAY])
    return Evaluated(result, since, (*dossier.notes, *released.sentences))
