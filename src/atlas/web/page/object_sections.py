"""The parts of the page that only a team gets: its vacant objects, and for whom they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from ...core.disclosure.audiences import Audience
from ...core.words.errors import AtlasError
from ...core.words.notation import counted, format_number
from .markup import Markup, element, join, json_block

Record = Mapping[str, Any]
AUDIENCE = Audience.TEAM
#: keys of the payload that hold records, or pictures made of them
_RECORDS = ("objects", "images")
NO_SUSPICION = "Een leeg object is geen verdacht object."
UNSEALED = (
    "NIET VERZEGELD: iedereen die dit bestand heeft, kan het lezen. "
    "Mail het niet en zet het niet op een gedeelde schijf."
)
_ABOUT_A_BUILDING = "Leegstand gaat over een gebouw, niet over een persoon, en is geen overtreding."
_KEYS = "Met het toetsenbord: pijltjes gaan door de lijst, Enter kiest een object, Escape laat het los."
WHAT_IT_IS = "Gebouwen en erven waarvan het team nagaat of ze leegstaan."


def without_records(payload: Record) -> dict[str, Any]:
    """The payload for the first block of data; the records stand in a block of their own."""
    return {key: value for key, value in payload.items() if key not in _RECORDS}


def data(payload: Record) -> Markup:
    """The objects, and pictures of surfaces, as a block of data that is read when they are asked for.

    Raises:
        AtlasError: objects or pictures in a page for others than a team.
    """
    if any(payload.get(key) for key in _RECORDS) and payload["audience"] != AUDIENCE:
        raise AtlasError(
            "Objecten gaan alleen naar het team van een gemeente.",
            got=payload["audience"],
            expected=AUDIENCE,
            hint="Maak voor anderen een atlas zonder dossier.",
        )
    if not payload.get("objects"):
        return Markup("")
    return json_block("atlas-objects", {**payload["objects"], "images": payload.get("images") or []})


def notices(payload: Record) -> Markup:
    """For which municipalities the page is, and that it is not sealed."""
    parts = (
        [element("p", competence(payload), class_="notice competence")] if payload.get("competence") else []
    )
    if payload.get("unsealed"):
        parts.append(element("p", UNSEALED, class_="notice unsealed"))
    return join(*parts)


def competence(payload: Record) -> str:
    """For whom the objects are, as a sentence."""
    labels = [label.removesuffix(" (gemeente)") for label in payload["competence"]["labels"]]
    if len(labels) == len(_municipalities(payload)):
        return "Met objecten van alle gemeenten: dat kan alleen omdat de gegevens verzonnen zijn."
    if len(labels) == 1:
        return f"Voor het team van de gemeente {labels[0]}. Objecten van andere gemeenten staan er niet in."
    return f"Voor het team van de gemeenten {', '.join(labels[:-1])} en {labels[-1]}."


def heading(payload: Record) -> Markup:
    """What the objects are; shown instead of the heading of a figure."""
    if not payload.get("objects"):
        return Markup("")
    return element(
        "header",
        element("p", "Buitengebied", class_="theme"),
        element("h2", "Objecten in het dossier", id="objects-title", tabindex="-1"),
        element("p", WHAT_IT_IS, class_="question"),
        element("p", id="objects-count", class_="scope"),
        element(
            "div",
            element(
                "p",
                element("strong", "Let op"),
                f" {NO_SUSPICION} {_ABOUT_A_BUILDING}",
            ),
            class_="caution",
        ),
        class_="heading objects-heading",
        id="objects-heading",
        hidden=True,
    )


def filters(payload: Record) -> Markup:
    """Where the filters go, which are the legend as well."""
    if not payload.get("objects"):
        return Markup("")
    return element(
        "section",
        element("h3", "Toon en filter", id="filters-title"),
        element("div", id="object-filters"),
        class_="object-filters",
        id="objects-filters",
        aria_labelledby="filters-title",
        hidden=True,
    )


def side(payload: Record) -> Markup:
    """Where the list and the chosen object go."""
    if not payload.get("objects"):
        return Markup("")
    return element(
        "div",
        element(
            "section",
            element("h3", "Lijst", id="list-title"),
            element("div", id="list-order", class_="list-order"),
            element(
                "div",
                element("div", id="object-rows", class_="object-rows", role="presentation"),
                id="object-list",
                class_="object-list",
                role="listbox",
                tabindex="0",
                aria_labelledby="list-title",
                aria_describedby="list-help",
            ),
            element(
                "p",
                _KEYS,
                id="list-help",
                class_="list-help",
            ),
        ),
        element("section", id="object-panel", class_="object-panel", aria_label="Gekozen object"),
        element("section", id="objects-print", class_="objects-print", aria_label="Lijst om te printen"),
        class_="object-side",
        id="objects-side",
        hidden=True,
    )


def summary(payload: Record) -> Markup:
    """What there is without scripts: how many objects of which conclusion, and how to see them."""
    objects = payload.get("objects")
    if not objects:
        return Markup("")
    conclusions = [label for _code, label in objects["lists"]["conclusie"]]
    codes = objects["codes"]
    counts = Counter(zip(codes["gemeente_code"], codes.get("conclusie", ""), strict=False))
    rows = []
    for nth, (_code, label) in enumerate(objects["lists"]["gemeente_code"]):
        cells = [counts[_sign(nth), _sign(conclusion)] for conclusion in range(len(conclusions))]
        cells.append(codes["gemeente_code"].count(_sign(nth)))
        numbers = (element("td", format_number(cell)) for cell in cells)
        rows.append(element("tr", element("th", label, scope="row"), *numbers))
    head = ("Gemeente", *conclusions, "Alle")
    return element(
        "section",
        element("h2", "Objecten in het dossier", id="objects-summary-title"),
        element("p", f"{WHAT_IT_IS} {NO_SUSPICION}", class_="lead"),
        element(
            "p",
            f"In dit bestand {'staat' if objects['count'] == 1 else 'staan'} "
            f"{counted(objects['count'], 'object', 'objecten')}. Kaart, lijst en redenen werken"
            " alleen met scripts: open het bestand in een browser waarin JavaScript aan staat.",
        ),
        element(
            "table",
            element("caption", "Aantal objecten per gemeente en conclusie"),
            element("thead", element("tr", *(element("th", label, scope="col") for label in head))),
            element("tbody", *rows),
        ),
        class_="objects-summary",
        aria_labelledby="objects-summary-title",
    )


def _sign(position: int) -> str:
    """The sign of a code in a column of codes (`core.counts.objects_payload`)."""
    return "0123456789abcdefghijklmnopqrstuvwxyz"[position]


def _municipalities(payload: Record) -> list[Record]:
    return next(level["areas"] for level in payload["levels"] if level["id"] == "gemeente")
