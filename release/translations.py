"""The interface's texts: from the literals in `tr("...")` to complete `.ts` files.

`python -m release.translations` brings `qgis_plugin/i18n/*.ts` up to date: new texts are added, texts that
the plugin no longer has are dropped, translations stay. `--merge FILE.json ...` fills in Dutch from files of
the form {"English": "Nederlands"}. `--check` changes nothing and fails on a text that is missing, obsolete or
unfinished.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLUGIN = ROOT / "qgis_plugin"
FOLDER = PLUGIN / "i18n"
_CONTEXT = "BuitengebiedAtlas"
_LANGUAGES = {"nl": "nl_NL", "en": "en_US"}
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def texts_of(folder: Path = PLUGIN) -> dict[str, str]:
    """Every literal in a call of `tr` -> the module that has it first, in order of module and line.

    Raises:
        SyntaxError: `tr` gets something that is no literal: no translation could be made of it.
    """
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr"
        ]
        for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
            argument = node.args[0] if len(node.args) == 1 and not node.keywords else None
            if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                raise SyntaxError(f"{path}:{node.lineno}: tr() krijgt geen vaste tekst")  # noqa: TRY004 - of the source
            found.setdefault(argument.value, path.relative_to(folder).as_posix())
    return found


def read_translations(path: Path) -> dict[str, str]:
    """Text -> translation in a `.ts` file; empty when it is not finished."""
    if not path.exists():
        return {}
    # our own file, and Python's parser follows no reference outside it
    root = ET.parse(path).getroot()  # noqa: S314
    found = {}
    for message in root.iter("message"):
        translation = message.find("translation")
        finished = translation is not None and translation.get("type") is None
        found[message.findtext("source", "")] = (translation.text or "") if finished else ""
    return found


def write_translations(
    path: Path, language: str, texts: dict[str, str], translations: dict[str, str]
) -> None:
    """Write a `.ts` file with the texts in order; one without translation is marked as unfinished."""
    root = ET.Element("TS", version="2.1", language=_LANGUAGES[language], sourcelanguage="en_US")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = _CONTEXT
    for text, place in texts.items():
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "location", filename=f"../{place}")
        ET.SubElement(message, "source").text = text
        translation = ET.SubElement(message, "translation")
        if translations.get(text):
            translation.text = translations[text]
        else:
            translation.set("type", "unfinished")
    ET.indent(root, "  ")
    body = ET.tostring(root, encoding="unicode")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def faults_of(texts: dict[str, str], translations: dict[str, str], name: str) -> list[str]:
    """What is missing, obsolete, unfinished or differs in its placeholders."""
    found = [
        f"{name}: ontbreekt: {text!r} ({place})" for text, place in texts.items() if text not in translations
    ]
    found += [f"{name}: niet meer in de plugin: {text!r}" for text in translations if text not in texts]
    for text, translation in translations.items():
        if not translation:
            found.append(f"{name}: niet vertaald: {text!r}")
        elif sorted(_PLACEHOLDER.findall(text)) != sorted(_PLACEHOLDER.findall(translation)):
            found.append(f"{name}: andere invulplekken: {text!r}")
    return found


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Werk de vertalingen van de plugin bij.")
    parser.add_argument("--check", action="store_true", help="wijzig niets; zeg wat er ontbreekt")
    parser.add_argument(
        "--merge", nargs="+", type=Path, default=[], metavar="JSON", help="Nederlandse teksten"
    )
    chosen = parser.parse_args(arguments)
    texts = texts_of()
    merged = {}
    for path in chosen.merge:
        merged |= json.loads(path.read_text(encoding="utf-8"))
    faults = []
    for language in _LANGUAGES:
        path = FOLDER / f"buitengebied_atlas_{language}.ts"
        translations = read_translations(path)
        if not chosen.check:
            # the texts are English already
            translations = {text: text for text in texts} if language == "en" else translations | merged
            write_translations(path, language, texts, translations)
            translations = read_translations(path)
        faults += faults_of(texts, translations, path.name)
    for fault in faults:
        print(fault)
    print(f"{len(texts)} teksten, {len(faults)} gebreken")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
