"""Run by the tests: an import that is killed, or meets a full disk, over and over; prints what was found.

Usage: python dossier_crashing.py {steps|moments|disk|erasing} FOLDER STRIDE

STRIDE: 1 tries every point; more passes over that many less one, between those it tries.
"""

from __future__ import annotations

import json
import logging
import os
import random
import resource
import shutil
import signal
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import dossier_samples as samples
from atlas.core.files.dossier_folder import JOURNAL_FILE
from atlas.core.words.errors import AtlasError
from atlas.dossier.changes import apply_import
from atlas.dossier.expiry import expire
from atlas.dossier.opening import open_dossier
from atlas.dossier.records import read_layers

#: where the code lies that is killed
ROOMS = {
    Path(sys.modules[name].__file__).parent for name in ("atlas.dossier.opening", "atlas.core.files.new_file")
}
OBJECTS, EVIDENCE = "leegstand_object", "leegstand_bewijs"
REFUSED, HALF_WAY = 3, 4
WHEN = datetime(2027, 7, 1, 12, tzinfo=UTC)


class Stage:
    """A dossier in its old state, to be put back before each attempt."""

    def __init__(self, folder, incoming):
        self.dossier = samples.filled(folder)
        self.files = {path: path.read_bytes() for path in folder.iterdir()}
        self.plans = samples.plans(self.dossier, incoming, now=samples.LATER)
        self.old = samples.contents(self.dossier)
        self.apply()
        self.new = samples.contents(self.dossier)
        self.reset()

    def apply(self):
        apply_import(self.dossier, self.plans)

    def reset(self):
        for path in self.dossier.folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path not in self.files:
                path.unlink()
        for path, content in self.files.items():
            if path.stat().st_mode & 0o200:
                path.write_bytes(content)

    def state(self):
        """What is found at the next opening: "oud", "nieuw" or what else it is."""
        dossier = open_dossier(self.dossier.folder)
        found = samples.contents(dossier)
        if (dossier.folder / JOURNAL_FILE).exists():
            return "journaal blijft staan"
        if found == self.old:
            self.apply()  # what did not happen can still be done
            return "oud" if samples.contents(dossier) == self.new else "niet opnieuw in te lezen"
        return "nieuw" if found == self.new else "mengsel"


def child(work):
    """Fork; in the child do the work and leave with a code. Returns its process id."""
    process = os.fork()
    if process:
        return process
    code = 0
    try:
        work()
    except AtlasError as error:
        code = HALF_WAY if "halverwege" in str(error) else REFUSED
    except BaseException:  # noqa: BLE001 - a forked process must not go on as the test itself
        code = 99
    os._exit(code)


def ended(process):
    """How a process ended: its code, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def killed_at(step, work, functions):
    """Do the work and kill this process when it comes to its nth line in some functions of the dossier."""
    code = "".join(path.read_text(encoding="utf-8") for room in ROOMS for path in room.glob("*.py"))
    if unknown := {name for name in functions if f"def {name}(" not in code}:
        raise LookupError(unknown)
    count = 0

    def watch(frame, event, _argument):
        nonlocal count
        if frame.f_code.co_name not in functions or Path(frame.f_code.co_filename).parent not in ROOMS:
            return None
        if event == "line":
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)
        return watch

    sys.settrace(watch)
    work()
    sys.settrace(None)


def incoming(evidence):
    """New and changed records in three files."""
    return {
        OBJECTS: [samples.vacant(101, prioriteit="hoog"), samples.vacant(301)],
        EVIDENCE: [samples.evidence(1000 + number, 301) for number in range(evidence)],
        "signaal": [samples.signal(331, object_uuid=samples.uuid(301))],
    }


def steps(folder, stride):
    """Killed at the lines of the functions that decide when what is on disk."""
    stage, found = Stage(folder, incoming(2)), Counter()
    functions = {
        "_apply",
        "_write",
        "_commit",
        "write_journal",
        "kept_file",
        "_beside",
        "patiently",
        "sync_folder",
    }
    step = 1 - stride
    while True:
        step += stride
        stage.reset()
        outcome = ended(child(partial(killed_at, step, stage.apply, functions)))
        if outcome != -signal.SIGKILL:
            return {**found, "laatste": outcome}
        left = (folder / JOURNAL_FILE).exists()
        state = stage.state()
        found[state] += 1
        found["met journaal"] += left


def moments(folder, _stride):
    """Killed at a random moment, also in the middle of what SQLite does."""
    stage, found, chance = Stage(folder, incoming(60)), Counter(), random.Random(7)
    start = time.perf_counter()
    stage.apply()
    whole = time.perf_counter() - start
    for _ in range(30):
        stage.reset()
        process = child(stage.apply)
        time.sleep(chance.uniform(0, 1.3) * whole)
        os.kill(process, signal.SIGKILL)
        ended(process)
        found[stage.state()] += 1
    return found


def disk(folder, stride):
    """No file may grow beyond a limit: the limit goes up until the import fits."""
    stage, found = Stage(folder, incoming(400)), Counter()
    limit = 0
    while True:
        limit += 15_000 * stride
        stage.reset()

        def limited(work=stage.apply, limit=limit):
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            work()

        outcome = ended(child(limited))
        if outcome == 0:
            found[stage.state()] += 1
            return found
        found[{REFUSED: "geweigerd", HALF_WAY: "halverwege"}.get(outcome, f"code {outcome}")] += 1
        if outcome == HALF_WAY:  # while the disk is full it can't be opened either, and says so
            again = ended(child(lambda: limited(lambda: open_dossier(folder))))
            found[f"openen bij volle schijf {again}"] += 1
        found[stage.state()] += 1


def erasing(folder, stride):
    """Killed at one of 25 lines of the erasing; done again, everything is gone."""
    stage, found = Stage(folder, incoming(2)), Counter()
    stage.apply()
    today = date(2027, 7, 1)
    (folder / "fotos").mkdir()
    full = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    functions = {
        "_erase",
        "erase_rows",
        "_erase_history",
        "_erase_photos",
        "rebuild",
        "append_line",
        "_check_gone",
        "write_order",
    }
    step = 0
    while True:
        step += 25 * stride
        for path, content in full.items():
            if path.stat().st_mode & 0o200:
                path.write_bytes(content)
        work = partial(expire, stage.dossier, today, erase=True, user="a", now=WHEN)
        outcome = ended(child(partial(killed_at, step, work, functions)))
        if outcome != -signal.SIGKILL:
            return {**found, "laatste": outcome}
        dossier = open_dossier(folder)
        expire(dossier, today, erase=True, user="a", now=WHEN)
        left = sum(map(len, read_layers(dossier).values())) + sum(
            samples.uuid(101).encode() in path.read_bytes() for path in folder.iterdir() if path.is_file()
        )
        found["weg" if not left else "niet weg"] += 1


if __name__ == "__main__":
    logging.disable()  # that an import was finished is said at each opening
    place = Path(sys.argv[2])
    shutil.rmtree(place, ignore_errors=True)
    sys.stdout.write(json.dumps(globals()[sys.argv[1]](place, int(sys.argv[3]))))
