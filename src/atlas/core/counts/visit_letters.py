"""Word back for farmers, the sheet to test the picture with, and what a campaign found.

The content of three documents, in sentences and tables; PDF, DOCX and page only write it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..records.access_letter import Letter, Section
from ..records.campaign_account import TALLY
from ..records.in_words import municipality_name
from ..schema.rural import FICTITIOUS
from ..schema.visits import PICTURE_INPUTS
from ..words.layer_names import FINDINGS, OBJECTS, SIGNALS, YARDS
from ..words.notation import counted, format_number, format_period
from .protected_counts import CONCLUSIONS, VISITED
from .visit_evaluation import WHAT_COUNTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..disclosure.protected import ProtectedTable
    from ..records.campaign_account import Account
    from .campaign_progress import Progress
    from .visit_evaluation import Evaluation, Indicator

_ROUNDED = (
    "Deze aantallen zijn afgerond, zodat niemand erin te herkennen is: 'ongeveer 15' kan iets meer of minder "
    "zijn, en '0–4' zegt niet of er iets was."
)
_NO_PROOF = (
    "Weinig meldingen is geen bewijs dat er weinig speelt. Een bevinding of signaal is geen overtreding, en "
    "een leeg gebouw is geen verdacht gebouw."
)
_WHY_VISITED = (
    "De gemeente bezocht erven om kennis te maken, te horen wat u opvalt, en te vertellen waar u "
    "terechtkunt. Het gesprek was vrijwillig."
)
_WHERE_TO_REPORT = (
    "Ziet u iets wat niet klopt, meld het. Bij haast of gevaar: bel 112. Geen haast: 0900-8844. Anoniem kan "
    "bij Meld Misdaad Anoniem: 0800-7000."
)
_MOST = (
    "Het interval is waar het cijfer voor alle erven van de groep met 95% zekerheid in ligt. Waar niets is "
    "gevonden staat hoeveel het hoogstens kan zijn; dat er niets is, zegt het niet."
)
_CONTACT = "Neem contact op met de gemeente."
_QUESTIONS = ("Hebben we hetzelfde beeld?", "Zien wij zaken over het hoofd?")
_CONCLUSION = {"leeg": "leeg", "gedeeltelijk_leeg": "gedeeltelijk leeg", "in_gebruik": "in gebruik",
               "onbekend": "niet bekend"}  # fmt: skip
_FOR_TEAM = "Alleen voor het team van de gemeente; niet verder geven"
_ROOM = 6


def feedback_letter(
    table: ProtectedTable, municipality: str, account: Account, *, fictitious: bool
) -> Letter:
    """One page for the farmers of a municipality: what was done, what was heard, what became of it.

    Args:
        table: For everyone: rounded numbers.
        municipality: Its code.
        account: What the municipality says of it.
        fictitious: Whether it is made up.
    """
    name = municipality_name(municipality)
    figures = _rounded(table, municipality)
    told = [f"{label}: {figures[key]}." for key, label in _FOR_FARMERS if key in figures]
    done = account.done or ("Hier schrijft de gemeente wat er met de meldingen is gedaan.",)
    return Letter(
        _marked(f"Terugkoppeling erfbezoeken in {name}", fictitious=fictitious),
        f"Voor de agrariërs in {name}. Stand van {format_period(table.peildatum)}.",
        (
            Section(
                "Bedankt voor het gesprek",
                (_WHY_VISITED,),
            ),
            Section(
                "Wat wij hebben gehoord",
                (*told, _ROUNDED, _NO_PROOF) if told else (_NOTHING_TO_SHOW, _NO_PROOF),
            ),
            Section("Wat er is gedaan", done),
            Section(
                "Wat u kunt doen",
                (
                    _WHERE_TO_REPORT,
                    f"Vragen, of nog eens een bezoek? {account.contact or _CONTACT}",
                    "Wat over uw erf is vastgelegd, mag u opvragen; vraag de gemeente om inzage.",
                ),
            ),
        ),
        "Aantallen zijn afgerond; er staat niets in over een erf of een persoon",
    )


def review_letter(
    figures: Sequence[tuple[str, str]],
    municipality: str,
    account: Account,
    campaigns: Sequence[Progress],
    *,
    day: str,
    rounded: bool,
    fictitious: bool,
) -> Letter:
    """The sheet to test the picture of the rural area with: of whom it is, in figures, and room to answer.

    Args:
        figures: Name and figure, as the audience may have it.
        municipality: Its code.
        account: What the municipality says of it.
        campaigns: Its campaigns; none for others than a team.
        day: Reference date of the figures, as ISO text.
        rounded: Whether the figures are of a protected table.
        fictitious: Whether it is made up.
    """
    name = municipality_name(municipality)
    rows = [
        (PICTURE_INPUTS[one.kind], "gevraagd" if one.was_asked else "niet gevraagd", one.of_whom or "–",
         format_period(one.on) if one.on else "–")
        for one in account.inputs
    ]  # fmt: skip
    missing = [PICTURE_INPUTS[one.kind].lower() for one in account.inputs if not one.was_asked]
    gap = f"Niet gevraagd: {', '.join(missing)}. Daarover zegt dit beeld niets." if missing else ""
    parts = [
        Section(
            "Waarop dit beeld rust",
            tuple(filter(None, (gap,))),
            rows=(("Bron", "Gevraagd", "Aan wie", "Wanneer"), *rows),
        ),
        Section(
            "Het beeld in cijfers",
            tuple(filter(None, (f"Stand van {format_period(day)}.", _ROUNDED if rounded else "", _NO_PROOF))),
            rows=(("Wat", "Aantal"), *(figures or [("Er is geen cijfer dat mag worden getoond", "–")])),
        ),
        *(
            Section(f"Campagne {one.name}", (one.kind, *_of_campaign(one, account)), rows=_campaign_rows(one))
            for one in campaigns
        ),
        Section(
            "Toetsing", ("Vul in per partner; schrijf geen namen van personen of bedrijven op.",),
            rows=(("Partner", *_QUESTIONS), *(("", "", "") for _ in range(_ROOM))),
        ),
    ]  # fmt: skip
    return Letter(
        _marked(f"Toetsingsblad buitengebied: {name}", fictitious=fictitious),
        "Om met partners te toetsen: " + " ".join(f"«{one}»" for one in _QUESTIONS),
        tuple(parts),
        "Alleen voor de partners in de toetsing; niet verder geven" if rounded else _FOR_TEAM,
    )


def evaluation_letter(
    found: Evaluation, campaign: str, municipality: str, *, measured: str, fictitious: bool
) -> Letter:
    """What a campaign found, how sure that is and what it could have seen; for the team.

    Args:
        found: As it was reckoned.
        campaign: Its name.
        municipality: Its code.
        measured: When it was written down what is measured, in a sentence.
        fictitious: Whether it is made up.
    """
    villages = () if found.villages is None else (Section("Per dorp", tuple(found.villages.sentences)),)
    return Letter(
        _marked(f"Evaluatie van {campaign}", fictitious=fictitious),
        f"Gemeente {municipality_name(municipality)}. {found.coverage}",
        (
            *(_found(one) for one in found.indicators),
            *villages,
            Section("Hoe u dit leest", (measured, WHAT_COUNTS, _MOST)),
        ),
        _FOR_TEAM,
    )


def _found(one: Indicator) -> Section:
    if one.whole is None:
        return Section(one.label, ("Nergens naar gekeken.",))
    heads = ("Groep", "Bezochte erven", "Met bevinding", "Per 100 erven (95%-interval)")
    return Section(one.label, tuple(one.verdicts), rows=(heads, *(group.row for group in one.groups)))


def team_figures(counts: Mapping[str, Mapping[str, int]], municipality: str) -> list[tuple[str, str]]:
    """Name and figure of what a team counted in its municipality.

    Args:
        counts: Condition -> municipality -> number, see `counted_by_municipality`.
        municipality: Its code.
    """
    return [
        (label, format_number(counts[condition][municipality]))
        for condition, label in _FIGURES
        if condition in counts
    ]


def protected_rows(table: ProtectedTable, municipality: str) -> list[tuple[str, str]]:
    """Name and figure of what others than the team may have of a municipality."""
    figures = _rounded(table, municipality)
    return [(label, figures[condition]) for condition, label in _FIGURES if condition in figures]


_FIGURES = (
    (YARDS, "Agrarische erven"),
    (VISITED, "waarvan bezocht"),
    (FINDINGS, "Bevindingen bij bezoeken"),
    (SIGNALS, "Signalen"),
    (OBJECTS, "Objecten waarvan leegstand wordt nagegaan"),
    *((f"{OBJECTS};conclusie={one}", f"waarvan {_CONCLUSION[one]}") for one in CONCLUSIONS),
)
_FOR_FARMERS = (
    (YARDS, "Agrarische erven in de gemeente"),
    (VISITED, "Erven die zijn bezocht"),
    (FINDINGS, "Wat bewoners vertelden of bezoekers zagen"),
)
_NOTHING_TO_SHOW = (
    "Er zijn te weinig erven of meldingen om een aantal te noemen waarin niemand te herkennen is."
)


def _rounded(table: ProtectedTable, municipality: str) -> dict[str, str]:
    conditions = dict.fromkeys([*(one for one, _label in _FIGURES), *(one for one, _label in _FOR_FARMERS)])
    found = ((one, table.shown([municipality], one)) for one in conditions)
    return {one: shown.text for one, shown in found if shown is not None}


def _campaign_rows(one: Progress) -> tuple[tuple[str, str], ...]:
    return (
        ("Wat", "Aantal"),
        ("Erven in het kader", format_number(one.frame)),
        ("gekozen", format_number(one.chosen)),
        ("bezocht met resultaat", format_number(one.reached)),
        ("niemand thuis tot nu toe", format_number(one.nobody)),
        ("geen medewerking", format_number(one.refused)),
        ("Meldingen en waarnemingen", format_number(one.observed)),
        ("nog te beoordelen of te wegen", format_number(one.unresolved)),
        *((label, format_number(number)) for label, number in one.findings),
    )


def _of_campaign(one: Progress, account: Account) -> tuple[str, ...]:
    """The tally of the campaign, of all that were visited; what was not counted is said."""
    tally = account.tally if account.campaign == one.name else {}
    told = [
        f"{label}: {format_number(tally[key])} van {counted(one.reached, 'erf', 'erven')}."
        for key, label in TALLY.items()
        if key in tally
    ]
    if tally.get("bondgenoot"):
        told.append(f"De toestemming van bondgenoten geldt tot en met {format_period(account.allies_until)}.")
    missing = [label.lower() for key, label in TALLY.items() if key not in tally]
    if missing:
        told.append(f"Niet geteld: {'; '.join(missing)}.")
    return tuple(told)


def _marked(title: str, *, fictitious: bool) -> str:
    return f"{FICTITIOUS}: {title}" if fictitious else title
