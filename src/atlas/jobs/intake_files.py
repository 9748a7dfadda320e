"""What an intake keeps: a saved mapping, and the blocks of own figures in a configuration file."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from ..core.disclosure.audiences import Audience
from ..core.disclosure.fields import check_counts_may_leave
from ..core.files.new_file import new_file
from ..core.files.toml_file import read_toml, why_not_toml
from ..core.joining.figure_intake import FigureMapping, configuration_blocks
from ..core.joining.own_figures import slug
from ..core.records.list_intake import ListMapping
from ..core.words.errors import AtlasError
from ..core.words.toml_text import toml_key, toml_lines, toml_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_SUFFIX = ".toml"
_BEGIN, _END = "# >>> atlas intake: ", "# <<< atlas intake"
_KINDS = ("lijst", "cijfers")


def mapping_path(file: Path) -> Path:
    """Where the mapping of a file is saved: beside it."""
    return file.with_name(f"{file.stem}.indeling{_SUFFIX}")


def save_mapping(path: Path, mapping: ListMapping | FigureMapping, sheet: str) -> None:
    """Write a mapping; the same mapping gives the same bytes.

    Raises:
        AtlasError: it can't stand there.
    """
    content = {
        name: value
        for name, value in asdict(mapping).items()
        if value not in ("", 0, False, (), {}) and name not in ("columns", "values")
    }
    kind = "lijst" if isinstance(mapping, ListMapping) else "cijfers"
    lines = [
        "# Hoe dit bestand is begrepen. Volgende keer: atlas intake BESTAND --mapping DIT_BESTAND",
        f"soort_bestand = {toml_value(kind)}",
        *([f"sheet = {toml_value(sheet)}"] if sheet else []),
        toml_lines(content).rstrip("\n"),
    ]
    if isinstance(mapping, ListMapping):
        lines += ["", "[columns]", toml_lines(mapping.columns).rstrip("\n")]
        for name, chosen in sorted(mapping.values.items()):  # in whatever order it was asked
            lines += ["", f"[values.{toml_key(name)}]", toml_lines(dict(sorted(chosen.items()))).rstrip("\n")]
    with new_file(path, suffix=_SUFFIX) as beside:
        beside.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_mapping(path: Path) -> tuple[ListMapping | FigureMapping, str]:
    """A saved mapping, and the sheet it was made for.

    Raises:
        AtlasError: no such file, no TOML, or no mapping.
    """
    try:
        content = read_toml(path)
    except OSError as error:
        raise AtlasError(
            "De vastgelegde indeling kan niet worden gelezen.", where=str(path),
            hint="Controleer de naam, of neem het bestand zonder haar in: dan wordt zij gemaakt.",
        ) from error  # fmt: skip
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _no_mapping(path, why_not_toml(error)) from error
    kind = content.pop("soort_bestand", "")
    sheet = content.pop("sheet", "")
    if kind not in _KINDS or not isinstance(sheet, str):
        raise _no_mapping(path, f"soort_bestand {kind!r}")
    made = ListMapping if kind == "lijst" else FigureMapping
    _check(content, made, path)
    if kind == "lijst":
        content["left"] = tuple(content.get("left", ()))
    return made(**content), sheet


def _check(content: Mapping[str, Any], made: type[Any], path: Path) -> None:
    types = {
        known.name: {"str": str, "bool": bool, "int": int}.get(str(known.type)) for known in fields(made)
    }
    for name, value in content.items():
        if name not in types:
            near = difflib.get_close_matches(name, types, n=1)
            raise _no_mapping(path, f"{name}{f', misschien {near[0]}' if near else ''}")
        wanted = types[name]
        texts = value if isinstance(value, list) else []
        if name in ("columns", "values", "where"):
            tables = value.values() if name == "values" and isinstance(value, dict) else [value]
            good = all(isinstance(t, dict) and all(isinstance(v, str) for v in t.values()) for t in tables)
        elif name == "left":
            good = isinstance(value, list) and all(isinstance(text, str) for text in texts)
        else:
            good = wanted is not None and type(value) is wanted
        if not good:
            raise _no_mapping(path, f"{name} = {value!r}"[:100])


def _no_mapping(path: Path, got: str) -> AtlasError:
    return AtlasError(
        "Dit is geen vastgelegde indeling, of er is iets in veranderd dat niet past.",
        where=str(path),
        got=got,
        expected="een bestand dat bij het innemen is gemaakt",
        hint="Neem het bestand in zonder de vastgelegde indeling: dan wordt zij opnieuw gemaakt.",
    )


def audience_for(counts: str) -> Audience:
    """The widest audience a count of this may have."""
    for audience in (Audience.PUBLIC, Audience.PARTNERS):
        try:
            if counts:
                check_counts_may_leave(counts, audience, "")
        except AtlasError:
            continue
        return audience
    return Audience.TEAM


def add_to_configuration(
    path: Path,
    mapping: FigureMapping,
    columns: Sequence[tuple[str, str]],
    *,
    file: Path,
    check: Callable[[Path], object],
    sheet: str = "",
    maker: tuple[str, str] = ("", ""),
) -> list[str]:
    """Put the periods of a figure in a configuration file; what it holds already stays.

    A block that an earlier intake wrote for the same figure and period is replaced. The file is checked
    before it is put in place.

    Args:
        path: The configuration file, made when it is not there.
        mapping: What the table is.
        file: The table; named relative to the configuration file where that can be.
        check: Reads a configuration file as far as this face can, and refuses one that is none.
        sheet: Of a workbook.
        columns: Each column with values, and its period.
        maker: Who made a new file's atlas, and whom to ask.

    Returns:
        What was added or replaced, in words.

    Raises:
        AtlasError: the file can't be read or holds the figure in a block of its own.
    """
    if path.exists():
        check(path)
        text = path.read_text(encoding="utf-8-sig")
    else:
        text = _new_configuration(mapping, maker)
    try:
        named = file.resolve().relative_to(path.resolve().parent).as_posix()
    except ValueError:
        named = file.resolve().as_posix()
    done = []
    for name, block in configuration_blocks(mapping, named, sheet, columns):
        text, what = _with_block(text, " ".join(name.split()), block)
        done.append(what)
    with new_file(path, suffix=_SUFFIX) as beside:
        beside.write_text(text, encoding="utf-8")
        check(beside)
        _check_twice(read_toml(beside).get("table", ()), path)
    return done


def _check_twice(tables: Sequence[Mapping[str, Any]], path: Path) -> None:
    seen: set[tuple[str, ...]] = set()
    for table in tables:
        key = tuple(" ".join(str(table.get(name, "")).split()) for name in ("label", "period", "level"))
        if key in seen:
            raise AtlasError(
                "Dit cijfer staat al in het configuratiebestand, in een blok van iemand zelf.",
                where=f"{path}, {key[0]}, {key[1]}",
                hint="Haal dat blok [[table]] weg, of geef dit cijfer een andere naam of periode.",
                choices=("label", "period"),
            )
        seen.add(key)


def _with_block(text: str, name: str, block: str) -> tuple[str, str]:
    fenced = f"{_BEGIN}{name}\n{block}{_END}\n"
    known = re.compile(re.escape(f"{_BEGIN}{name}\n") + r".*?" + re.escape(_END) + r"\n", re.DOTALL)
    if known.search(text):
        return known.sub(lambda _: fenced, text, count=1), f"{name}: vervangen"
    return f"{text.rstrip()}\n\n{fenced}", f"{name}: toegevoegd"


def _new_configuration(mapping: FigureMapping, maker: tuple[str, str]) -> str:
    audience = audience_for(mapping.counts)
    atlas = {
        "title": mapping.label, "subtitle": mapping.source, "audience": audience.value,
        "opening": slug(mapping.label), "survey": False,
    }  # fmt: skip
    named = {key: value for key, value in zip(("name", "contact"), maker, strict=True) if value}
    return (
        "# Gemaakt door atlas intake. Maak de pagina met: atlas build DIT_BESTAND --out uit\n[atlas]\n"
        + toml_lines(atlas)
        + ("\n[maker]\n" + toml_lines(named) if named else "")
    )
