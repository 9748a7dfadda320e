"""The yards of a campaign to plan, and a plan of its rounds into the dossier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.files.dossier_folder import CAMPAIGNS, ROUNDS, STOPS, VISITS, YARDS
from ..core.records.campaign_rounds import NO_PLACE, asked_of, named_campaign, plan_campaign
from ..dossier.changes import apply_import
from ..dossier.opening import open_dossier
from ..dossier.records import read_layers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from ..core.records.campaign_rounds import Asked, PlannedRound
    from ..core.records.matching import Record
    from ..dossier.files import Dossier


@dataclass(frozen=True, slots=True)
class CampaignToPlan:
    """A campaign with the yards that are to be planned, as they were read: nothing is written yet."""

    dossier: Dossier
    campaign: Record
    asked: Asked
    layers: Mapping[str, Sequence[Record]]


def campaign_to_plan(folder: Path, name: str) -> CampaignToPlan:
    """Read a campaign and its yards.

    Raises:
        AtlasError: no dossier, or no campaign of that name.
    """
    dossier = open_dossier(folder)
    layers = read_layers(dossier, (CAMPAIGNS, ROUNDS, STOPS, YARDS, VISITS))
    campaign = named_campaign(layers[CAMPAIGNS], name)
    return CampaignToPlan(dossier, campaign, asked_of(campaign, layers), layers)


def keep_plan(
    asked: CampaignToPlan,
    rounds: Sequence[PlannedRound],
    left_out: Mapping[str, str],
    *,
    method: str,
    now: datetime,
    user: str,
) -> None:
    """Write a plan into the dossier it was made for, all of it or nothing.

    Args:
        asked: What was planned.
        rounds: The rounds that go out.
        left_out: Uuid of a stop -> why it is not planned, in Dutch.
        method: How it was planned, and with which travel times.
        now: When.
        user: Who plans.

    Raises:
        AtlasError: the dossier has changed since, or can't be written; nothing has changed then.
    """
    why = {**left_out, **dict.fromkeys(asked.asked.nowhere, NO_PLACE)}
    plans = plan_campaign(
        asked.campaign, asked.layers, rounds, why,
        visited=frozenset(asked.asked.visited), method=method, now=now, user=user,
    )  # fmt: skip
    apply_import(asked.dossier, plans)
