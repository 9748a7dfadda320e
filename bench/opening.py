"""Opening a dossier of 50,000 objects with its records looked after, beside what it takes without.

Without: every file is complete, of this dossier and whole for SQLite, which is what opening was before
records had checksums. With: also whether a record is another one than was written, when not too many may be.
In turns, in the processor time of the process: what else the machine does counts for neither.

    python bench/opening.py [number of objects]
"""

import logging
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from measuring import ROOT, figure, sized

sys.path.insert(0, str(ROOT / "tests"))

import dossier_samples as samples
from atlas.dossier.checking import check_dossier
from atlas.dossier.files import SEAL_FILE, dossier_files
from atlas.dossier.locks import reading
from atlas.dossier.opening import check_complete, open_dossier
from atlas.gpkg.geopackage import read_items

OBJECTS = "leegstand_object"
#: ms
MOST_LONGER = 50
MOST_OF_A_CHECK_S = 5
TURNS = sized(7, 1)


def main():
    logging.disable()  # what is said is measured elsewhere
    count = int(sys.argv[1]) if len(sys.argv) > 1 else sized(50_000, 200)
    with tempfile.TemporaryDirectory() as room:
        objects = [samples.vacant(1 + nth, geometrie=place(nth)) for nth in range(count)]
        dossier = samples.filled(Path(room, "made"), {OBJECTS: objects})
        took = milliseconds(check_dossier, dossier) / 1000
        figure(f"check of {count} objects", took, MOST_OF_A_CHECK_S, unit="s")
        for state, prepare in STATES.items():
            folder = Path(shutil.copytree(dossier.folder, Path(room, "team")))
            with prepare(folder):
                longer(state, folder)
            shutil.rmtree(folder)


def place(nth):
    return 230_000.25 + nth % 300 * 100, 540_000.5 + nth // 300 * 100


def longer(state, folder):
    """How much longer opening takes than without looking after records, the first time and later."""
    took = [(milliseconds(open_dossier, folder), milliseconds(without, folder)) for _ in range(TURNS)]
    plain = statistics.median(turn[1] for turn in took)
    figure(f"opening, {state}: first time longer", took[0][0] - plain, MOST_LONGER, unit="ms")
    later = statistics.median(turn[0] for turn in took)
    figure(f"opening, {state}: longer than {plain:.0f} ms", later - plain, MOST_LONGER, unit="ms")


def milliseconds(ask, about):
    begin = time.process_time()
    ask(about)
    return 1000 * (time.process_time() - begin)


def without(folder):
    check_complete(folder)
    for path in dossier_files(folder):
        with reading(path) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                sys.exit(f"{path} is damaged")
            read_items(connection)


@contextmanager
def edited(folder, *, which="0", held=False, sealed=True):
    """Some objects are edited by hand, in a program that still holds the file or no longer."""
    if not sealed:
        (folder / SEAL_FILE).unlink()
    with ExitStack() as program:
        editing = program.enter_context(samples.other_program(folder / f"{OBJECTS}.gpkg", wal=True))
        editing.execute(f"UPDATE {OBJECTS} SET toelichting = 'x' WHERE {which}")
        if not held:
            program.close()
        yield


STATES = {
    "at rest": edited,
    "held by QGIS": partial(edited, held=True),
    "one record edited": partial(edited, which="fid = 7"),
    "one record edited, held by QGIS": partial(edited, which="fid = 7", held=True),
    "all records edited": partial(edited, which="1"),
    "all records edited, held by QGIS": partial(edited, which="1", held=True),
    "never looked through": partial(edited, sealed=False),
}

main()
