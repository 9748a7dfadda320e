"""The part of a team's page that says how far its campaigns of farm visits are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...core.disclosure.audiences import Audience
from ...core.words.errors import AtlasError
from ...core.words.notation import counted, format_number, format_period
from .markup import Markup, element

Record = Mapping[str, Any]
_CAUTION = (
    "Een bevinding is geen verdenking. Waar niets is gevonden is niet bewezen dat er niets is, en over erven "
    "die niet zijn bezocht zegt dit niets."
)
_KEY = "Zwart: bezocht met resultaat. Grijs: gekozen, nog niet bezocht met resultaat. Wit: niet gekozen."
#: key -> how a number of yards or findings is called
_YARDS = {
    "frame": "Erven in het kader",
    "chosen": "waarvan gekozen",
    "planned": "waarvan in een ronde",
    "reached": "Bezocht met resultaat",
    "nobody": "Niemand thuis tot nu toe",
    "refused": "Geen medewerking",
    "to_go": "Nog te bezoeken",
}
_FINDINGS = {
    "reported": "Erven met een melding of waarneming",
    "answered": "Erven die antwoord kregen op een melding",
    "observed": "Meldingen en waarnemingen",
    "unresolved": "Nog te beoordelen of te wegen",
    "follow_up": "Vervolg afgesproken, nog geen dag",
}


def section(payload: Record) -> Markup:
    """How far each campaign is, as tables; nothing in a page without campaigns.

    Raises:
        AtlasError: campaigns in a page for others than a team.
    """
    campaigns = payload.get("campaigns") or ()
    if not campaigns:
        return Markup("")
    if payload["audience"] != Audience.TEAM:
        raise AtlasError(
            "Hoe ver een campagne is, is alleen voor het team van een gemeente.",
            got=payload["audience"],
            expected=Audience.TEAM,
            hint="Voor anderen zijn er afgeronde aantallen per gebied.",
        )
    return element(
        "section",
        element("h2", "Voortgang van de erfbezoeken", id="progress-title"),
        element("p", _CAUTION, class_="caution"),
        *map(_campaign, campaigns),
        class_="progress",
        id="voortgang",
        aria_labelledby="progress-title",
    )


def _campaign(one: Record) -> Markup:
    frame, reached = one["frame"], one["reached"]
    of_frame = (
        f"{format_number(reached)} bezocht met resultaat: {format_number(100 * reached / (frame or 1))}%."
    )
    told = (
        f"{one['kind']}. Gekozen op {format_period(one['since'])}. "
        f"Van {counted(frame, 'erf', 'erven')} in het kader {'is' if reached == 1 else 'zijn'} er {of_frame}"
    )
    return element(
        "article",
        element("h3", f"{one['municipality']}: {one['name']}"),
        element("p", told),
        element("div", _bar(one), element("small", _KEY), class_="progress-bar"),
        _table("Erven", [(label, one[key]) for key, label in _YARDS.items()]),
        _table("Wat er is gehoord en gezien", [(label, one[key]) for key, label in _FINDINGS.items()]),
        _table("Naar soort", one["findings"]) if one["findings"] else "",
    )


def _bar(one: Record) -> Markup:
    """The frame as a bar: reached in black, chosen and not yet reached in grey, the rest white."""
    whole = max(one["frame"], 1)
    reached, chosen = 100 * one["reached"] / whole, 100 * max(one["chosen"], one["reached"]) / whole
    return element(
        "svg",
        element("rect", x=0, y=0, width=f"{chosen:.1f}", height=4, fill="#b9c2cb"),
        element("rect", x=0, y=0, width=f"{reached:.1f}", height=4, fill="#1c2733"),
        element(
            "rect",
            x=0,
            y=0,
            width=100,
            height=4,
            fill="none",
            stroke="#56626f",
            vector_effect="non-scaling-stroke",
        ),
        viewBox="0 0 100 4",
        width="100%",
        height="14",
        preserveAspectRatio="none",
        role="img",
        aria_label=f"{one['reached']} bezocht en {one['chosen']} gekozen van {one['frame']}",
    )


def _table(title: str, rows: Any) -> Markup:  # noqa: ANN401 - pairs of a name and a number
    return element(
        "table",
        element("caption", title),
        element(
            "tbody",
            *(
                element("tr", element("th", label, scope="row"), element("td", format_number(number)))
                for label, number in rows
            ),
        ),
    )
