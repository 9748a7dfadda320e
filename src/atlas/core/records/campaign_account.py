"""What a municipality itself says of a campaign, in a file (TOML): its tally, who was asked, what was done.

The tally is of the campaign and stands in no record: that a farmer was approached by a criminal organisation
is a number here and never a fact about a yard.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ..files.toml_file import read_toml, why_not_toml
from ..schema.visits import PICTURE_INPUTS
from ..tables.personal_text import personal_signs
from ..words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: key of the tally -> what it counts
TALLY = {
    "benaderd": "Benaderd door een criminele organisatie, zegt de bewoner",
    "waardering": "Waardeert het bezoek",
    "bondgenoot": "Wil bondgenoot zijn, met toestemming om dat te bewaren",
    "teruggekoppeld": "Kreeg terug wat er met het gesprek is gedaan",
}
_UNTIL = "bondgenoot_tot"
_CAMPAIGN = "campagne"
_PARTS = {"telling": {*TALLY, _UNTIL, _CAMPAIGN}, "terugkoppeling": {"gedaan", "contact"}}
_INPUT = {"soort", "gevraagd", "aan", "op"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One of the five inputs: which, of whom it was asked, and when as ISO text; "" for what wasn't."""

    kind: str
    of_whom: str = ""
    on: str = ""

    @property
    def was_asked(self) -> bool:
        """Whether it was."""
        return bool(self.of_whom)


@dataclass(frozen=True, slots=True)
class Account:
    """What a municipality says of a campaign.

    Attributes:
        campaign: Of which the tally is.
        tally: Key of `TALLY` -> a number; only those that were counted.
        allies_until: The term of the consent of allies, as ISO text.
        inputs: All five, in the order of `PICTURE_INPUTS`.
        done: What was done with what was heard, sentences for farmers.
        contact: Where a farmer can go.
    """

    campaign: str
    tally: Mapping[str, int]
    allies_until: str
    inputs: tuple[Asked, ...]
    done: tuple[str, ...]
    contact: str


NOTHING = Account("", {}, "", tuple(Asked(kind) for kind in PICTURE_INPUTS), (), "")


def read_account(path: Path) -> Account:
    """Read the file of a campaign.

    Raises:
        AtlasError: what is wrong, and where.
    """
    try:
        content = read_toml(path)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AtlasError(
            "Dit bestand is niet te lezen.", where=str(path), got=why_not_toml(error),
            expected="TOML, in UTF-8",
            hint="Controleer de naam en de map, en kijk op de genoemde regel.",
        ) from error  # fmt: skip
    return account_from(content, str(path))


def account_from(content: Mapping[str, Any], where: str) -> Account:
    """What the content of such a file says.

    Args:
        content: As `tomllib` gives it.
        where: The file, for sentences.

    Raises:
        AtlasError: an unknown name, a number or day that is none, an input twice, or a text that looks as if
            it is about a person.
    """
    for name in content:
        if name not in {*_PARTS, "invoer"}:
            raise _wrong(where, name, ", ".join([*_PARTS, "invoer"]))
    tally, back = (_part(content, name, where) for name in _PARTS)
    counts = {name: _number(tally[name], f"{where}, telling.{name}") for name in TALLY if name in tally}
    until = _day(tally.get(_UNTIL), f"{where}, telling.{_UNTIL}")
    if counts.get("bondgenoot") and not until:
        raise AtlasError(
            "Wie bondgenoot wil zijn, gaf daar toestemming voor tot een dag.",
            where=f"{where}, telling", expected=f"{_UNTIL} = jjjj-mm-dd",
        )  # fmt: skip
    done = back.get("gedaan", [])
    if not isinstance(done, list):
        raise _wrong(f"{where}, terugkoppeling.gedaan", str(done), "een lijst van zinnen")
    campaign = str(tally.get(_CAMPAIGN, "")).strip()
    if counts and not campaign:
        raise _wrong(f"{where}, telling", "niets", f'{_CAMPAIGN} = "de naam van de campagne"')
    return Account(
        campaign,
        counts,
        until,
        _inputs(content.get("invoer", []), where),
        tuple(_text(one, f"{where}, terugkoppeling.gedaan") for one in done),
        str(back.get("contact", "")).strip(),
    )


def check_tally(account: Account, reached: Mapping[str, int]) -> None:
    """Hold the tally against the dossier.

    Args:
        account: What the municipality says.
        reached: Name of a campaign -> how many yards were visited with a result.

    Raises:
        AtlasError: no such campaign, or more is counted than there were visits.
    """
    if not account.tally:
        return
    if account.campaign not in reached:
        raise AtlasError(
            "De telling is van een campagne die niet in het dossier staat.", got=account.campaign,
            expected=", ".join(sorted(reached)) or "een campagne van deze gemeente",
        )  # fmt: skip
    most = reached[account.campaign]
    for key, number in account.tally.items():
        if number > most:
            raise AtlasError(
                "Er is meer geteld dan er erven zijn bezocht.", where=f"telling.{key}", got=str(number),
                expected=f"ten hoogste {most}, het aantal dat met resultaat is bezocht",
            )  # fmt: skip


def _part(content: Mapping[str, Any], name: str, where: str) -> Mapping[str, Any]:
    part = content.get(name, {})
    if not isinstance(part, dict):
        raise _wrong(f"{where}, {name}", str(part), f"een blok [{name}]")
    for key in part:
        if key not in _PARTS[name]:
            raise _wrong(f"{where}, {name}", key, ", ".join(sorted(_PARTS[name])))
    return part


def _inputs(items: object, where: str) -> tuple[Asked, ...]:
    found: dict[str, Asked] = {}
    for number, item in enumerate(items if isinstance(items, list) else [items], start=1):
        at = f"{where}, invoer {number}"
        if not isinstance(item, dict) or not set(item) <= _INPUT:
            raise _wrong(at, str(item), f"een blok [[invoer]] met {', '.join(sorted(_INPUT))}")
        kind = str(item.get("soort"))
        if kind not in PICTURE_INPUTS or kind in found:
            raise _wrong(at, kind, f"elk één keer: {', '.join(PICTURE_INPUTS)}")
        asked, of_whom = item.get("gevraagd", False), _text(item.get("aan", ""), at)
        on = _day(item.get("op"), f"{at}, op")
        if not isinstance(asked, bool) or asked != bool(of_whom) or asked != bool(on):
            raise _wrong(
                at, f"gevraagd = {asked}, aan = {of_whom or 'niets'}, op = {on or 'niets'}",
                "gevraagd = true met aan wie en op welke dag, of gevraagd = false zonder",
            )  # fmt: skip
        found[kind] = Asked(kind, of_whom, on)
    return tuple(found.get(kind, Asked(kind)) for kind in PICTURE_INPUTS)


def _number(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _wrong(where, str(value), "een aantal: 0 of meer")
    return value


def _day(value: object, where: str) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    raise _wrong(where, str(value), "een datum (jjjj-mm-dd), zonder aanhalingstekens")


def _text(value: object, where: str) -> str:
    """A sentence of the municipality's own, in which nobody can be known."""
    text = str(value).strip()
    signs = personal_signs(text)
    if signs:
        raise AtlasError(
            "Deze zin lijkt over een persoon te gaan; hij komt op papier dat verder gaat.",
            where=where, got=f"{', '.join(sorted(signs))}: {text}", hint="Schrijf hem zonder.",
        )  # fmt: skip
    return text


def _wrong(where: str, got: str, expected: str) -> AtlasError:
    return AtlasError("Dit bestand klopt niet.", where=where, got=got, expected=expected)
