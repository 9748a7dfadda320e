"""How many modules a cell and a row enter on their way: the fewer, the less to hold in mind when reading.

Counted are the modules of `atlas` that get the value itself in hand: a function of theirs is called with it,
or with something that holds it (a table, a record, a plan). Beside it stands of how many a function is called
while it is on its way, once the tables that come along are in memory: borders, limits, locks, the gate.
"""

import dataclasses
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from measuring import figure

from atlas.core.joining.join import join
from atlas.core.records.import_file import ImportRequest
from atlas.core.tables.csv_text import read_csv
from atlas.dossier.opening import init_dossier
from atlas.flows.importing import ImportTask, import_file

#: what no other text or number here holds; of two rows the second is followed, the first is there by then
CELL, MARKS = 12.53, ("eersteling", "tweedeling")
TABLE = b"gemeente;waarde\nAssen;12,53\n"
OBJECT = (
    "uuid;bag_pand_id;soort;bron;peildatum;bewaren_tot;x;y;toelichting\n"
    "00000000-0000-4000-8000-00000000000{number};010610000000001{number};schuur;FICTIEF;2025-06-01;2027-06-01;"
    "234000;556000;{mark}\n"
)
_DEPTH, _FIRST = 4, 50


def holds(value, marks, depth=_DEPTH):
    """Whether a value is one of the marks, or holds it within reach."""
    if isinstance(value, str):
        return any(isinstance(mark, str) and mark in value for mark in marks)
    if isinstance(value, bytes):
        return any(isinstance(mark, str) and mark.encode() in value for mark in marks)
    if isinstance(value, int | float):
        return value in marks
    if depth == 0 or isinstance(value, type):
        return False
    if isinstance(value, dict):
        within = [*list(value)[:_FIRST], *list(value.values())[:_FIRST]]
    elif isinstance(value, list | tuple | set | frozenset):
        within = list(value)[:_FIRST]
    elif dataclasses.is_dataclass(value):
        within = [getattr(value, field.name, None) for field in dataclasses.fields(value)]
    elif type(value).__module__.startswith("atlas."):
        within = list(getattr(value, "__dict__", {}).values())
    else:
        return False
    return any(holds(one, marks, depth - 1) for one in within)


def entered(walk, *marks):
    """The modules of `atlas` that get a value in hand during a walk, and of how many one is called."""
    in_hand, called = set(), set()

    def look(frame, event, _argument):
        name, code = frame.f_globals.get("__name__", ""), frame.f_code
        if event != "call" or not name.startswith("atlas.") or code.co_name.startswith("<"):
            return
        called.add(name)
        sys.setprofile(None)
        given = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        if name not in in_hand and any(holds(frame.f_locals.get(one), marks) for one in given):
            in_hand.add(name)
        sys.setprofile(look)

    walk()
    sys.setprofile(look)
    try:
        walk()
    finally:
        sys.setprofile(None)
    return sorted(in_hand), len(called)


def a_cell():
    """From the bytes of a table to a value on an area."""
    joined = join(
        read_csv(TABLE, "tabel.csv"), level="gemeente", key="gemeente", value="waarde", unit="percent"
    )
    assert joined.values[0].value == CELL


def a_row(room):
    """From a file to a record in a dossier that is there, by the command."""
    file = Path(room, "objecten.csv")
    number = len(list(Path(room).glob("tmp*")))
    file.write_text(OBJECT.format(number=number, mark=MARKS[number]), encoding="utf-8")
    task = ImportTask(file, ImportRequest("leegstand_object"))
    report = Path(tempfile.mkdtemp(dir=room), "rapport.csv")
    done = import_file(
        Path(room, "dossier"), task, report, user="toets", now=datetime(2025, 7, 1, tzinfo=UTC)
    )
    assert len(done.plan.inserts) == 1, done


with tempfile.TemporaryDirectory() as room:
    init_dossier(Path(room, "dossier"), fictitious=True)
    row = entered(lambda: a_row(room), MARKS[1])
    ways = (
        ("modules a CSV cell enters on its way to a joined value", entered(a_cell, "12,53", CELL), 10),
        ("modules an object row enters on its way into a dossier", row, 15),
    )
for what, (modules, called), aim in ways:
    figure(what, len(modules), aim)
    print(f"    of {called} of which a function is called")
    print("    " + ", ".join(name.removeprefix("atlas.") for name in modules))
