"""How many modules a cell and a row enter on their way: the fewer, the less to hold in mind when reading.

Counted are the modules of `atlas` whose functions are called, once the tables that come along are in memory.
"""

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

TABLE = b"gemeente;waarde\nAssen;12,5\n"
OBJECT = (
    "uuid;bag_pand_id;soort;bron;peildatum;bewaren_tot;x;y\n"
    "00000000-0000-4000-8000-00000000000{number};010610000000001{number};schuur;FICTIEF;2025-06-01;2027-06-01;234000;556000\n"
)


def entered(walk):
    """The modules of `atlas` in which a function is called during a walk."""
    found = set()

    def look(frame, event, _argument):
        name = frame.f_globals.get("__name__", "")
        if event == "call" and name.startswith("atlas.") and frame.f_code.co_name != "<module>":
            found.add(name)

    walk()
    sys.setprofile(look)
    try:
        walk()
    finally:
        sys.setprofile(None)
    return sorted(found)


def a_cell():
    """From the bytes of a table to a value on an area."""
    joined = join(
        read_csv(TABLE, "tabel.csv"), level="gemeente", key="gemeente", value="waarde", unit="percent"
    )
    assert joined.values[0].value == 12.5


def a_row(room):
    """From a file to a record in a dossier that is there, by the command."""
    file = Path(room, "objecten.csv")
    file.write_text(OBJECT.format(number=len(list(Path(room).iterdir()))), encoding="utf-8")
    task = ImportTask(file, ImportRequest("leegstand_object"))
    report = Path(tempfile.mkdtemp(dir=room), "rapport.csv")
    done = import_file(
        Path(room, "dossier"), task, report, user="toets", now=datetime(2025, 7, 1, tzinfo=UTC)
    )
    assert len(done.plan.inserts) == 1, done


with tempfile.TemporaryDirectory() as room:
    init_dossier(Path(room, "dossier"), fictitious=True)
    ways = (
        ("modules a CSV cell enters on its way to a joined value", entered(a_cell), 10),
        ("modules an object row enters on its way into a dossier", entered(lambda: a_row(room)), 15),
    )
for what, modules, aim in ways:
    figure(what, len(modules), aim)
    print("    " + ", ".join(name.removeprefix("atlas.") for name in modules))
