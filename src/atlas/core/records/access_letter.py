"""The answer to a person who asks what is recorded about a yard or object (AVG art. 15), in Dutch sentences.

One maker of the content; DOCX, PDF and QGIS only write it. Left out: names of colleagues, who made a report
and the number of its case (art. 15 lid 4), and the links to other yards and objects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..schema.published import GEOMETRY_FIELD
from ..schema.rural import FICTITIOUS, RURAL_LAYERS
from ..vacancy.evidence import is_withdrawn
from ..words import layer_names as layers
from ..words.notation import counted, format_period
from .about_place import DELETED
from .in_words import field_in_words, municipality_name, record_name, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from ..schema.working import WorkingLayer
    from .about_place import AboutPlace
    from .matching import Record

#: layer -> the heading under which its records stand
HEADINGS = {
    layers.OBJECTS: "Het object",
    layers.YARDS: "Het erf",
    layers.EVIDENCE: "Bewijs: wat registers en waarnemingen over leegstand zeggen",
    layers.SIGNALS: "Signalen: meldingen, geen feiten",
    layers.CAMPAIGNS: "Campagnes van erfbezoeken",
    layers.ROUNDS: "Ronden",
    layers.STOPS: "Keuzes voor een erfbezoek, en waarom",
    layers.VISITS: "Bezoeken",
    layers.FINDINGS: "Bevindingen: wat bij een bezoek is gezien of niet gezien",
    layers.CONFLICTS: "Twee waarden: wat in het dossier stond en wat uit het veld kwam",
}
#: names of colleagues, and what the dossier keeps for itself
_LEFT_OUT = frozenset({"aangemaakt_door", "gewijzigd_door", "ingelezen_op", "uuid", "regime"})
#: told in one sentence
_MOMENTS = frozenset({"aangemaakt_op", "gewijzigd_op"})
#: by these the person who made a report could be known
_OF_THE_REPORTER = {layers.SIGNALS: frozenset({"melder_soort", "bronkenmerk"})}
_DAY = 10
#: kinds of a line of the history, as a reader says them
_CHANGED = {"nieuw": "vastgelegd", "gewijzigd": "gewijzigd", "verwijderd": "verwijderd"}
_OPENING = (
    "Hieronder staat alles wat erin staat, in gewone zinnen, met waar het vandaan komt en tot wanneer het "
    "wordt bewaard."
)
_ABOUT_PLACES = (
    "Het dossier gaat over plekken en niet over personen. Een leeg object is geen verdacht object, een "
    "signaal is geen feit en een bevinding is geen verdenking."
)
_LEFT_OUT_SAID = (
    "Weggelaten zijn: namen van medewerkers, wie een melding deed en het nummer van die melding (AVG "
    "artikel 15, vierde lid), en wat over andere erven en objecten gaat."
)
_UNCERTAIN = (
    "De plek ligt zo dicht bij een grens dat niet zeker is dat zij in {where} ligt. Zolang dat zo is, wordt "
    "hierover niets uitgegeven."
)
_MAY_ASK = (
    "Klopt er iets niet, dan kunt u vragen om het te verbeteren of aan te vullen (AVG artikel 16), om het te "
    "wissen (artikel 17), of bezwaar maken (artikel 21)."
)
_MAY_COMPLAIN = (
    "Bent u het niet eens met het antwoord, dan kunt u een klacht indienen bij de functionaris voor "
    "gegevensbescherming van de gemeente of bij de Autoriteit Persoonsgegevens."
)

FOOT = "Vertrouwelijk: alleen voor de vrager"


@dataclass(frozen=True, slots=True)
class Block:
    """What is said of one record: its name, and sentences."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the letter: a heading, sentences, a table with its headings in the first row, and blocks.

    A row of empty cells is room to write in.
    """

    title: str
    sentences: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in plain sentences, for any writer; `foot` stands on every page."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    foot: str = FOOT


@dataclass(frozen=True, slots=True)
class Sender:
    """Who answers, whom to ask, and the day of the letter."""

    day: date
    maker: str = ""
    contact: str = ""


def access_letter(
    about: AboutPlace,
    histories: Mapping[str, Sequence[Mapping[str, object]]],
    issued: Sequence[str],
    sender: Sender,
    *,
    fictitious: bool,
) -> Letter:
    """Write down all that is recorded about a place.

    Args:
        about: The records.
        histories: uuid -> the lines of its history with `velden` as field -> (before, after).
        issued: To whom it may have been handed out, in sentences.
        sender: Who answers.
        fictitious: Whether the records are made up.
    """
    name = "; ".join(
        dict.fromkeys(
            record_name(RURAL_LAYERS[layer], record)
            for layer, records in about.records.items()
            for record in records
            if record in about.main
        )
    )
    title = f"Wat er is vastgelegd over {name}"
    where = " en ".join(municipality_name(code) for code in about.municipalities)
    sections = [_opening(about, where, sender)]
    for layer, records in about.records.items():
        blocks = tuple(Block(title_of(layer, record), tuple(_told(layer, record))) for record in records)
        sections.append(Section(HEADINGS[layer], blocks=blocks))
    sections += [_history(about, histories), _issued(issued), _rights(sender)]
    day = format_period(sender.day.isoformat())
    return Letter(
        f"{FICTITIOUS}: {title}" if fictitious else title,
        f"Inzage op grond van artikel 15 van de AVG. Gemeente {where}, {day}.",
        tuple(sections),
    )


def _opening(about: AboutPlace, where: str, sender: Sender) -> Section:
    number = sum(map(len, about.records.values()))
    stands = "staat" if number == 1 else "staan"
    count = counted(number, "record", "records")
    said = [
        f"In het dossier van het buitengebied {stands} over deze plek {count}. {_OPENING}",
        _ABOUT_PLACES,
        _LEFT_OUT_SAID,
    ]
    if not about.is_certain:
        said.append(_UNCERTAIN.format(where=where))
    if sender.maker:
        said.append(f"Dit overzicht is gemaakt door {sender.maker}.")
    return Section("Waar het om gaat", tuple(said))


def _told(layer: str, record: Record) -> Iterator[str]:
    """Every filled field of a record in a sentence."""
    described = RURAL_LAYERS[layer]
    links = {relation.field for relation in described.relations}
    hidden = _LEFT_OUT | _MOMENTS | links | _OF_THE_REPORTER.get(layer, frozenset())
    for name in (*described.field_names, GEOMETRY_FIELD):
        value = record.get(name)
        if name in hidden or value in (None, ""):
            continue
        alias, words = field_in_words(described, name, value)
        if name == "foto":
            yield f"Er is een foto bij ({words}); die hoort bij dit overzicht."
        elif name == "bewaren_tot":
            yield f"Dit wordt bewaard tot en met {words}."
        else:
            said = _on_one_line(words)
            yield f"{alias}: {said}" + "." * (not said.endswith(("?", "!")))
    places = [one.field for one in described.relations if RURAL_LAYERS[one.layer].geometry is not None]
    if len([link for link in places if record.get(link)]) > 1:
        yield "Dit gaat ook over een andere plek; die is weggelaten."
    if layer == layers.EVIDENCE and is_withdrawn(record):
        yield "Dit bewijs is ingetrokken en telt niet mee."
    made, changed = (format_period(str(record.get(name) or "")[:_DAY]) for name in sorted(_MOMENTS))
    yield f"Vastgelegd op {made}, voor het laatst gewijzigd op {changed}."
    if record.get(DELETED):
        yield "Dit is in het dossier verwijderd en staat alleen nog in de geschiedenis."
    yield f"Kenmerk van dit record: {record['uuid']}."


def _history(about: AboutPlace, histories: Mapping[str, Sequence[Mapping[str, object]]]) -> Section:
    blocks = []
    for layer, records in about.records.items():
        for record in records:
            lines = tuple(
                text
                for line in histories.get(str(record["uuid"]), ())
                for text in _line(RURAL_LAYERS[layer], line)
            )
            if len(lines) > 1:  # the first says that it was made, which stands above
                blocks.append(Block(title_of(layer, record), lines))
    said = ("Wat eerder is vastgelegd en nog in de geschiedenis staat, met de reden als die is gegeven.",)
    return Section("Wijzigingen", said if blocks else ("Er is niets gewijzigd.",), tuple(blocks))


def _line(layer: WorkingLayer, line: Mapping[str, object]) -> Iterator[str]:
    day = format_period(str(line["tijdstip"])[:_DAY])
    kind = _CHANGED.get(str(line["soort"]), str(line["soort"]))
    links = {relation.field for relation in layer.relations}
    hidden = _LEFT_OUT | links | _OF_THE_REPORTER.get(layer.name, frozenset())
    velden = line["velden"]
    parts = []
    for name, (before, after) in velden.items() if isinstance(velden, dict) else ():
        if name in hidden:
            continue
        if name == GEOMETRY_FIELD:
            parts.append("de plek")
            continue
        alias, was = field_in_words(layer, name, before)
        _alias, is_now = field_in_words(layer, name, after)
        was, is_now = _on_one_line(was), _on_one_line(is_now)
        gone = line["soort"] == "verwijderd"
        parts.append(f"{alias} was {was}" if gone else f"{alias}: van {was} naar {is_now}")
    reason = f" Reden: {str(line['reden']).rstrip('.')}." if line.get("reden") else ""
    told = f": {'. '.join(parts)}" if parts else ""
    yield f"{day}, {kind}{told}.{reason}"


def _on_one_line(text: str) -> str:
    return " ".join(text.splitlines()).rstrip(".")


def _issued(issued: Sequence[str]) -> Section:
    title = "Aan wie het is uitgegeven"
    if not issued:
        return Section(title, ("Volgens het register van uitgifte is dit aan niemand uitgegeven.",))
    said = (
        "Het register van uitgifte noemt van een bestand de lagen en de gemeenten, niet de records. In deze "
        "bestanden kan staan wat hierboven staat:"
    )
    return Section(title, (said,), (Block("Uitgiften", tuple(issued)),))


def _rights(sender: Sender) -> Section:
    ask = f" Vragen: {sender.contact}." if sender.contact else ""
    return Section("Wat u kunt doen", (f"{_MAY_ASK}{ask}", _MAY_COMPLAIN))
