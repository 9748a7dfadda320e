"""What each version of the schema held, as data/schema/VERSION.json: a file of that version looks like this.

A layer that changes gets a new version and a step from the one before (`atlas.dossier.migration`), and then
`python tests/schema_versions.py` writes down the new one. What is written down already is never overwritten.
"""

from __future__ import annotations

import json
from pathlib import Path

from atlas.core.schema.published import LAYERS, SCHEMA_VERSION
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.schema.working import WorkingField, WorkingLayer

FOLDER = Path(__file__).parent / "data" / "schema"


def written_down():
    """Version -> what it held, of every version there has been."""
    return {
        int(path.stem): json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*.json"), key=lambda path: int(path.stem))
    }


def present():
    """The layers and code lists of the code as it is; words for people are left out, they may be improved."""
    layers = (*LAYERS.values(), *RURAL_LAYERS.values())
    lists = {field.codes.name: field.codes for layer in layers for field in layer.fields if field.codes}
    return {
        "codes": {name: [code.value for code in lists[name].codes] for name in sorted(lists)},
        "layers": {layer.name: _layer(layer) for layer in layers},
    }


def _layer(layer):
    described = {
        "geometry": layer.geometry,
        "key": list(layer.key),
        "fields": {field.name: _field(field) for field in layer.fields},
    }
    if isinstance(layer, WorkingLayer):
        described["rules"] = {rule.name: rule.expression for rule in layer.requirements}
        described["relations"] = {
            relation.field: f"{relation.layer}, {relation.on_erase}" for relation in layer.relations
        }
    return described


def _field(field):
    said = [field.type]
    if field.codes:
        said.append(f"codes {field.codes.name}")
    if field.unit:
        said.append(f"unit {field.unit}")
    if field.required:
        said.append("required")
    if isinstance(field, WorkingField):
        said += [
            f"{name} {value}"
            for name, value in (
                ("format", field.format),
                ("default", field.default),
                ("filled with", field.default_from),
                ("minimum", field.minimum),
                ("maximum", field.maximum),
            )
            if value not in ("", None)
        ]
    return ", ".join(said)


def write_down(version, content):
    """Keep a version that is not kept yet.

    Raises:
        FileExistsError: it is there, and what it held does not change any more.
    """
    with (FOLDER / f"{version}.json").open("x", encoding="utf-8") as file:
        file.write(json.dumps(content, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    write_down(SCHEMA_VERSION, present())
