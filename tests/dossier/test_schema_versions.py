"""A layer changes with a new version and a step towards it, or not at all: older dossiers stay readable."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from itertools import combinations, product

import pytest

from atlas.core.schema.published import SCHEMA_VERSION
from atlas.dossier.migration import STEPS
from schema_versions import FOLDER, present, write_down, written_down

VERSIONS = written_down()
STEPPED = sorted(VERSIONS)[:-1]
WORKING = [
    (version, layer)
    for version in STEPPED
    for layer, held in VERSIONS[version]["layers"].items()
    if "rules" in held
]


def test_no_layer_differs_from_what_its_version_holds():
    assert VERSIONS[SCHEMA_VERSION] == json.loads(json.dumps(present())), (
        "A layer, field, code list or rule changed. Raise SCHEMA_VERSION, write the step from the version "
        "before in atlas.dossier.migration, and run tests/schema_versions.py."
    )


def test_every_version_is_written_down_and_has_a_step_to_the_next():
    assert sorted(VERSIONS) == list(range(1, SCHEMA_VERSION + 1))
    assert sorted(STEPS) == STEPPED


def test_what_a_version_held_is_never_written_again():
    before = {path: path.read_bytes() for path in FOLDER.iterdir()}
    for version in VERSIONS:
        with pytest.raises(FileExistsError):
            write_down(version, {})
    assert {path: path.read_bytes() for path in FOLDER.iterdir()} == before


def codes_of(content, layer):
    """The fields of a layer with a code list, and what they may hold."""
    found = {}
    for name, described in content["layers"][layer]["fields"].items():
        names = [part.removeprefix("codes ") for part in described.split(", ") if part.startswith("codes ")]
        if names:
            found[name] = content["codes"][names[0]]
    return found


def keeps_the_rules(connection, content, layer, record):
    """Whether SQLite would take this record, by the rules of a version."""
    columns = ", ".join(f'? AS "{name}"' for name in record)
    rules = content["layers"][layer]["rules"].values()
    return all(
        connection.execute(f"SELECT {rule} FROM (SELECT {columns})", [*record.values()]).fetchone()[0]
        for rule in rules
    )


def records_of(content, layer):
    """Records with everything filled in, with every two codes that may stand beside each other."""
    codes = codes_of(content, layer)
    filled = {name: codes[name][0] if name in codes else "1" for name in content["layers"][layer]["fields"]}
    with closing(sqlite3.connect(":memory:")) as connection:
        for one, other in combinations(codes, 2):
            for here, there in product(codes[one], codes[other]):
                record = {**filled, one: here, other: there}
                if keeps_the_rules(connection, content, layer, record):
                    yield record


@pytest.mark.parametrize(("version", "layer"), WORKING)
def test_a_step_leads_to_records_that_the_next_version_takes(version, layer):
    after = VERSIONS[version + 1]
    codes, fields = codes_of(after, layer), set(after["layers"][layer]["fields"])
    records = list(records_of(VERSIONS[version], layer))
    assert records
    with closing(sqlite3.connect(":memory:")) as connection:
        for record in records:
            stepped = STEPS[version](layer, record)
            assert {name for name, cell in stepped.items() if cell is not None} <= fields
            for name, allowed in codes.items():
                assert stepped.get(name) in (None, *allowed), name
            whole = {**dict.fromkeys(sorted(fields)), **stepped}
            assert keeps_the_rules(connection, after, layer, whole), stepped
