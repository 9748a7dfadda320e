"""Which answer of which question is counted, and among whom: a few lines of TOML for each figure.

Nothing follows by itself: every code that occurs is counted, other, or left out, so that "weet niet" stands
in the base because somebody said so.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from ..core.figures.classes import DIRECTIONS
from ..core.files.toml_file import read_toml, why_not_toml
from ..core.words.errors import AtlasError
from ..core.words.spreadsheet_text import harmless_line
from ..core.words.toml_text import toml_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from .reading import Answer, PanelFile

#: a column with more different codes is an age, a weight or an open answer
_MOST_CODES = 15
#: fewer answers than this for each code: the list of codes would be the list of what these respondents said
_LEAST_FOR_CODE = 5
#: codes are small numbers; from here on whole numbers are not told apart
_CODE_LIMIT = 2**53
#: what stands in a draft before its questions
_PARTS_BEFORE = 2
_HEAD = """# Per cijfer een blok. Zet elke code in counted (telt), other (basis, telt niet) of left_out.
# Haal weg wat niet op de kaart komt, en vul base, caution, period en source in.

"""
_LEFT_OUT_WORDS = (
    "weet niet",
    "weet ik niet",
    "geen antwoord",
    "geen mening",
    "niet van toepassing",
    "n.v.t.",
)


@dataclass(frozen=True, slots=True)
class Question:
    """A figure: the share of those in its base who gave an answer that is counted.

    Attributes:
        label: What the figure is called on the map.
        column: Column with the answers; of a set with several answers the one of this answer.
        counted: Codes that count.
        other: Codes that are in the base and don't count.
        left_out: Codes that are not in the base.
        base: Who was asked, in words for the reader.
        empty: What no answer is: "left_out", or "other" (an answer of a set that wasn't ticked).
        asked: Column -> codes: only respondents with one of these were asked.
        caution: What a reader must know.
        question: The question in our words.
        theme: Theme on the page.
        direction: Whether higher is better, of `core.figures.classes.DIRECTIONS`.
    """

    label: str
    column: str
    counted: tuple[float | str, ...]
    base: str
    caution: str
    other: tuple[float | str, ...] = ()
    left_out: tuple[float | str, ...] = ()
    empty: str = "left_out"
    asked: Mapping[str, tuple[float | str, ...]] = field(default_factory=dict)
    question: str = ""
    theme: str = "Panel"
    direction: str = "geen"

    def answers(self, panel: PanelFile) -> list[bool | None]:
        """Whether each respondent gave the answer that is counted; None for who is not in the base.

        Raises:
            AtlasError: a code that the question does not name, or nobody in the base.
        """
        cells = panel.column(self.column)
        known: dict[Answer, bool | None] = dict.fromkeys(self.counted, True)
        known |= dict.fromkeys(self.other, False)
        known |= dict.fromkeys(self.left_out)
        known[None] = False if self.empty == "other" else None
        unknown = [cell for cell in dict.fromkeys(cells) if cell not in known]
        if unknown:
            labels = panel.labels.get(self.column, {})
            raise AtlasError(
                "Bij deze vraag komen antwoorden voor waarvan niet is gezegd of ze meetellen.",
                where=f'{panel.source}, kolom "{self.column}"',
                got=", ".join(_named(code, labels) for code in unknown[:8])
                if len(unknown) <= _MOST_CODES
                else f"{len(unknown)} verschillende antwoorden",
                hint="Zet elke code in counted (telt), other (telt niet) of left_out (niet in de basis).",
            )
        found = [known[cell] for cell in cells]
        for column, codes in self.asked.items():
            wanted = set(codes)
            found = [
                answer if cell in wanted else None
                for answer, cell in zip(found, panel.column(column), strict=True)
            ]
        if all(answer is None for answer in found):
            raise AtlasError(
                "Niemand zit in de basis van deze vraag.", where=f'{panel.source}, "{self.label}"'
            )
        return found


@dataclass(frozen=True, slots=True)
class Questions:
    """The figures of one wave, and what holds for all of them."""

    period: str
    source: str
    questions: tuple[Question, ...]
    published: str = ""


def read_questions(path: Path) -> Questions:
    """Read the questions.

    Raises:
        AtlasError: no TOML, an unknown or missing key, a wrong type, or a code in two groups.
    """
    try:
        content = read_toml(path)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AtlasError(
            "Dit bestand met vragen kan niet worden gelezen.", where=str(path), got=why_not_toml(error),
            expected="TOML in UTF-8, zoals atlas panel questions het maakt",
            hint="Controleer de naam en de map, en kijk op de genoemde regel.",
        ) from error  # fmt: skip
    general = _checked(
        content.get("panel", {}), {"period": str, "source": str, "published": str}, f"{path}, [panel]"
    )
    blocks = content.get("question", [])
    if set(content) - {"panel", "question"} or not isinstance(blocks, list) or not blocks:
        raise AtlasError(
            "Dit bestand met vragen heeft een andere vorm dan verwacht.",
            where=str(path),
            expected="een kop [panel] en voor elk cijfer een kop [[question]]",
        )
    asked = [
        _question(block, f"{path}, [[question]] nummer {place}")
        for place, block in enumerate(blocks, start=1)
    ]
    labels = [question.label for question in asked]
    double = next((label for label in labels if labels.count(label) > 1), None)
    if double is not None:
        raise AtlasError("Twee vragen heten hetzelfde.", where=str(path), got=double)
    missing = [name for name in ("period", "source") if not general.get(name)]
    if missing:
        raise AtlasError("Er ontbreekt iets in [panel].", where=str(path), expected=", ".join(missing))
    return Questions(general["period"], general["source"], tuple(asked), general.get("published", ""))


_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "counted": list, "other": list, "left_out": list, "asked": dict,
}  # fmt: skip


def _question(block: object, where: str) -> Question:
    types = {known.name: _TYPES.get(known.name, str) for known in fields(Question)}
    given = _checked(block, types, where)
    missing = [name for name in ("label", "column", "counted", "base", "caution") if not given.get(name)]
    if missing:
        raise AtlasError("Er ontbreekt iets bij deze vraag.", where=where, expected=", ".join(missing))
    for name in ("counted", "other", "left_out"):
        given[name] = _codes(given.get(name, []), f"{where}, {name}")
    given["asked"] = {
        str(column): _codes(codes, f"{where}, asked") for column, codes in given.get("asked", {}).items()
    }
    label = given["label"]
    if label != harmless_line(label):
        raise AtlasError(
            "Deze naam kan niet in een tabel staan.", where=f"{where}, label", got=label,
            expected="één regel tekst, zonder = + - of @ vooraan",
        )  # fmt: skip
    if given.get("direction", "geen") not in DIRECTIONS:
        raise AtlasError(
            "Deze keuze bestaat niet.", where=f"{where}, direction", got=given["direction"],
            expected=", ".join(DIRECTIONS),
        )  # fmt: skip
    groups = [code for name in ("counted", "other", "left_out") for code in given[name]]
    if len(set(groups)) != len(groups):
        raise AtlasError("Een code staat in twee groepen.", where=where, got=given["label"])
    if given.get("empty", "left_out") not in ("left_out", "other"):
        raise AtlasError("Deze keuze bestaat niet.", where=f"{where}, empty", expected="left_out of other")
    return Question(**given)


def _checked(content: object, types: Mapping[str, Any], where: str) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise AtlasError("Hier hoort een kop met sleutels.", where=where)
    for key, value in content.items():
        if key not in types:
            raise AtlasError("Dit is geen bekende sleutel.", where=where, got=key, expected=", ".join(types))
        if not isinstance(value, types[key]):
            raise AtlasError(
                "Deze waarde heeft de verkeerde vorm.", where=f"{where}, {key}", got=repr(value)[:80]
            )
    return dict(content)


def _codes(values: object, where: str) -> tuple[float | str, ...]:
    if not isinstance(values, list) or not all(map(_is_code, values)):
        raise AtlasError(
            "Hier hoort een lijst van codes.", where=where, got=repr(values)[:80], expected="[1, 2]"
        )
    return tuple(float(value) if isinstance(value, int | float) else value for value in values)


def _is_code(value: object) -> bool:
    """A text or a number; no truth value, and no number beyond those that a panel has."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return False
    return isinstance(value, str) or abs(value) < _CODE_LIMIT


def draft_questions(panel: PanelFile, skipped: Sequence[str]) -> str:
    """A beginning of the file of questions: every column with a few codes, all of them still to be decided.

    Args:
        panel: The panel.
        skipped: Columns with a weight, a key or a region.

    Raises:
        AtlasError: no column looks like a question.
    """
    parts = [_HEAD, "[panel]\n" + toml_lines({"period": "", "source": ""})]
    for name, cells in panel.columns.items():
        codes = sorted({cell for cell in cells if isinstance(cell, float)})
        if (
            name in skipped
            or not codes
            or len(codes) > _MOST_CODES
            or not all(code.is_integer() for code in codes)
            or len(codes) * _LEAST_FOR_CODE > sum(cell is not None for cell in cells)
            or any(isinstance(cell, str) for cell in cells)
        ):
            continue
        labels = panel.labels.get(name, {})
        out = [code for code in codes if labels.get(code, "").strip().casefold() in _LEFT_OUT_WORDS]
        meant = "".join(f"# {_named(code, labels)}\n" for code in codes)
        block = {
            "label": panel.titles.get(name, name),
            "column": name,
            "counted": [],
            "other": [_plain(code) for code in codes if code not in out],
            "left_out": [_plain(code) for code in out],
            "base": "",
            "caution": "",
        }
        parts.append(f"\n[[question]]\n{meant}{toml_lines(block)}")
    if len(parts) == _PARTS_BEFORE:
        raise AtlasError(
            "Geen kolom van dit panelbestand ziet eruit als een vraag.",
            where=panel.source,
            expected=f"hoogstens {_MOST_CODES} codes in hele getallen, die samen vaker zijn gegeven",
        )
    return "".join(parts)


def _plain(code: float) -> float | int:
    return int(code) if code.is_integer() else code


def _named(code: Answer, labels: Mapping[float | str, str]) -> str:
    shown = str(_plain(code)) if isinstance(code, float) else "een tekst"
    label = labels.get(code) if code is not None else None
    return f"{shown} ({label})" if label else shown
