"""By which facts a yard may be chosen for a visit, and the rules that a planner writes with them.

Rules are tiers and no weights: who is in a higher tier goes first, within a tier a draw decides. One table
says which field may be asked for which kind of visit; what it does not name chooses nobody. That holds for
everything about persons, for findings, for sums and scores, and for what was learned from data: an
indicator that decides who is visited can't be answered for to the person who is.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from ..files.embedded import read_embedded_csv
from ..files.reading_limits import check_plain, check_size
from ..files.toml_file import parse_toml, why_not_toml
from ..schema.rural import RURAL_LAYERS
from ..words.errors import AtlasError
from ..words.layer_names import SIGNALS
from ..words.notation import counted, format_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: how a field is asked; the words of the table
ASKED, LAST_OUTCOME, ONE_OF = "gevraagd", "laatste_uitkomst", "een_van"
LAPSES, LONG_AGO, REMOTE, FRAME = "vervalt", "lang_geleden", "afgelegen", "kader"
#: how it is asked -> the number a rule may give with it: key, what it is without, the least and the most
_NUMBERS: Final[Mapping[str, tuple[str, float, float, float]]] = {
    LAPSES: ("within_days", 90, 1, 3650),
    LONG_AGO: ("older_than_days", 730, 1, 36500),
    REMOTE: ("at_least", 67, 0, 100),
}
#: percent of the places that a draw over the whole rest of the frame decides
USUAL_SHARE: Final = 20
_ALL_PERCENT: Final = 100
_SHOWN: Final = 80
_KEYS: Final = ("places", "drawn", "order", "tier")
#: what `order` may say: the villages are visited in an order that is drawn
_DRAWN_ORDER: Final = "draw"


@dataclass(frozen=True, slots=True)
class ChoosingField:
    """What the table says of a field: for which kinds, how it is asked, which values count, and why."""

    name: str
    kinds: frozenset[str]
    test: str
    values: tuple[str, ...]
    in_words: str
    why: str


@dataclass(frozen=True, slots=True)
class Tier:
    """A rule: a field, how it is asked, and the number that comes with it (0 when none does)."""

    field: ChoosingField
    number: float = 0

    @property
    def text(self) -> str:
        """The rule as it is stored: the field, and its number by name."""
        if self.field.test not in _NUMBERS:
            return self.field.name
        return f"{self.field.name}, {_NUMBERS[self.field.test][0]} = {self.number:g}"

    @property
    def in_words(self) -> str:
        """The rule as a person reads it, who may be the one that lives there."""
        days = counted(round(self.number), "dag", "dagen")
        return self.field.in_words.format(dagen=days, getal=format_number(self.number))


@dataclass(frozen=True, slots=True)
class Rules:
    """What a planner asks.

    Attributes:
        places: How many yards can be visited; None: every yard.
        drawn: The percent of the places that is drawn.
        tiers: From high to low.
        by_village: Whether the order in which villages are visited is drawn too.
    """

    places: int | None = None
    drawn: float = USUAL_SHARE
    tiers: tuple[Tier, ...] = ()
    by_village: bool = False

    @property
    def text(self) -> str:
        """The rules in lines, as they are stored with the campaign."""
        places = "elk erf" if self.places is None else f"places = {self.places}, drawn = {self.drawn:g}"
        order = [f"order = {_DRAWN_ORDER}"] if self.by_village else []
        return ";\n".join([places, *order, *(tier.text for tier in self.tiers)])


@cache
def choosing_fields() -> Mapping[str, ChoosingField]:
    """What the table says, by `layer.field`; what is not in it may choose nobody."""
    found = {}
    for row in read_embedded_csv("data", "disclosure", "kiesvelden.csv"):
        name = f"{row['laag']}.{row['veld']}"
        kinds = frozenset(kind for kind in ("preventief", "toezicht") if row[kind] == "ja")
        values = tuple(value for value in row["waarden"].split("|") if value)
        words, why = row["in_woorden"], row["toelichting"]
        found[name] = ChoosingField(name, kinds, row["toets"], values, words, why)
    return found


def frame_values(field: str, kind: str) -> tuple[str, ...]:
    """The values of a field of a signal that bring a yard into the frame of a kind of visit; none: never."""
    known = choosing_fields()[f"{SIGNALS}.{field}"]
    return known.values if kind in known.kinds and known.test == FRAME else ()


def read_rules_file(path: Path, kind: str) -> Rules:
    """Read the rules of a planner from a file.

    Raises:
        AtlasError: it can't be read, or see `read_rules`.
    """
    try:
        check_plain(path)
        check_size(path)
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise AtlasError(
            "De regels kunnen niet worden gelezen.", where=str(path), hint="Controleer de naam en de map."
        ) from error
    except UnicodeDecodeError as error:
        raise AtlasError(
            "De regels zijn geen tekst in UTF-8.", where=str(path), hint="Sla het bestand op als UTF-8."
        ) from error
    return read_rules(text, kind, where=str(path))


def read_rules(text: str, kind: str, *, where: str) -> Rules:
    """Read the rules of a planner.

    Args:
        text: TOML.
        kind: `preventief` or `toezicht`.
        where: The file, for sentences.

    Raises:
        AtlasError: it is no TOML, holds a key that does not exist or a number that can't be, or a field that
            may not choose for this kind of visit.
    """
    try:
        content = parse_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise AtlasError(
            "De regels zijn niet te lezen.", where=where, got=why_not_toml(error), expected="TOML",
            hint="Kijk op de genoemde regel; hoofdstuk 10 van de handleiding heeft een voorbeeld.",
        ) from error  # fmt: skip
    _check_keys(content, _KEYS, where)
    places = content.get("places")
    if places is not None and (not isinstance(places, int) or isinstance(places, bool) or places < 1):
        raise _wrong(where, "places", places, "een heel getal vanaf 1, of weglaten: dan gaat het om elk erf")
    share = _number(content.get("drawn", USUAL_SHARE), "drawn", (0, _ALL_PERCENT), where)
    order = content.get("order")
    if order not in (None, _DRAWN_ORDER):
        raise _wrong(where, "order", order, f'"{_DRAWN_ORDER}": de volgorde van de dorpen wordt geloot')
    given = content.get("tier", [])
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise _wrong(where, "tier", given, "per trede een blok [[tier]]")
    tiers = tuple(_tier(one, kind, f"{where}, trede {number}") for number, one in enumerate(given, start=1))
    _check_order(tiers, where)
    if tiers and places is None:
        raise AtlasError(
            "Er staan treden in de regels, maar niet hoeveel erven er kunnen worden bezocht.", where=where,
            expected="places = een getal", hint="Laat de treden weg als elk erf wordt bezocht.",
        )  # fmt: skip
    return Rules(places, share, tiers, by_village=order is not None)


def _tier(given: Mapping[str, Any], kind: str, where: str) -> Tier:
    field = _allowed(given.get("field"), kind, where)
    key, usual, least, most = _NUMBERS.get(field.test, ("", 0, 0, 0))
    _check_keys(given, ("field", key) if key else ("field",), where)
    return Tier(field, _number(given.get(key, usual), key, (least, most), where) if key else 0)


def _allowed(name: object, kind: str, where: str) -> ChoosingField:
    """The field, when it may choose for this kind of visit.

    Raises:
        AtlasError: it may not, with why.
    """
    known = choosing_fields()
    may = sorted(one.name for one in known.values() if kind in one.kinds and one.test != FRAME)
    if isinstance(name, str) and name in may:
        return known[name]
    if isinstance(name, str) and name in known:
        why = known[name].why
    elif isinstance(name, str) and _exists(name):
        why = "Wat de tabel niet noemt kiest niemand: niets over personen, geen bevinding, geen som of score."
    else:
        why = "Dit veld bestaat niet in het dossier."
    raise AtlasError(
        f"Dit veld mag geen erf kiezen voor een bezoek van de soort {kind}.", detail=why, where=where,
        got=str(name) if name is not None else "geen field", expected=", ".join(may),
        hint="Kies een van deze velden, of laat de trede weg.",
    )  # fmt: skip


def _exists(name: str) -> bool:
    layer, _, field = name.partition(".")
    return layer in RURAL_LAYERS and RURAL_LAYERS[layer].field(field) is not None


def _check_order(tiers: Sequence[Tier], where: str) -> None:
    """Check that no rule stands twice, and that how remote a yard is comes last: it is for coverage only."""
    names = [tier.field.name for tier in tiers]
    doubled = [name for name in names if names.count(name) > 1]
    if doubled:
        raise AtlasError("Dezelfde regel staat er twee keer in.", where=where, got=doubled[0])
    remote = [number for number, tier in enumerate(tiers) if tier.field.test == REMOTE]
    if remote and remote[0] < len(tiers) - 1:
        raise AtlasError(
            "Hoe afgelegen een erf ligt is alleen voor de dekking: dat is de laatste trede.", where=where,
            got=f"trede {remote[0] + 1} van {len(tiers)}", hint="Zet deze trede achteraan, en één keer.",
        )  # fmt: skip


def _check_keys(content: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    unknown = [key for key in content if key not in known]
    if unknown:
        raise AtlasError(
            "Deze sleutel bestaat niet in de regels.", where=where, got=", ".join(unknown),
            expected=", ".join(known), hint="Er zijn treden en geen gewichten.",
        )  # fmt: skip


def _number(value: object, key: str, bounds: tuple[float, float], where: str) -> float:
    least, most = bounds
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        number = float(value)
        if least <= number <= most:
            return number
    raise _wrong(where, key, value, f"een getal van {least:g} tot en met {most:g}")


def _wrong(where: str, key: str, got: object, expected: str) -> AtlasError:
    return AtlasError(
        "Deze waarde kan niet in de regels.", where=where, got=f"{key} = {got}", expected=expected
    )
