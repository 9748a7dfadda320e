"""A dossier in hard times: killed while it is written, a disk that is full, a bit that flips; then `check`.

Each time the dossier must be as before or as after, nothing of the work may be left lying, and a value that
nobody changed must get a sentence. A mixture, a loss, a leftover and a silent change are counted: the
aim of each is 0.

    python bench/hard_times.py [number of times]
"""

import json
import logging
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path

from measuring import ROOT, figure, sized

sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "dossier")]

from dossier_crashing import Stage, child, ended, incoming  # noqa: E402

import dossier_samples as samples  # noqa: E402
from atlas.core.files.dossier_folder import JOURNAL_FILE  # noqa: E402
from atlas.core.words.errors import AtlasError  # noqa: E402
from atlas.dossier.checking import check_dossier  # noqa: E402
from atlas.dossier.files import ORDER_FILE, OWN_FILES  # noqa: E402
from atlas.dossier.issue_register import read_register, record_issue  # noqa: E402
from atlas.dossier.opening import open_dossier  # noqa: E402

#: what may stand in a dossier that is at rest
KEPT = {*OWN_FILES} - {JOURNAL_FILE, ORDER_FILE}
FAULTS = ("mixtures", "lost", "leftovers", "silent changes")
#: small enough for a page or two, large enough for the whole import
_LIMITS = (1_000, 900_000)


def main():
    logging.disable()  # what is said is counted
    times = int(sys.argv[1]) if len(sys.argv) > 1 else sized(500, 12)
    chance, found, told = random.Random(20261130), Counter(), Counter()
    with tempfile.TemporaryDirectory() as room:
        stage = Stage(Path(room, "team"), incoming(60))
        stage.files = {path: path.read_bytes() for path in stage.dossier.folder.iterdir()}
        whole = -time.perf_counter()
        stage.apply()
        whole += time.perf_counter()
        for number in range(times):
            stage.reset()
            trouble = (killed, full_disk, flipped)[number % 3]
            outcome, faults = trouble(stage, chance, whole)
            told[f"{trouble.__name__}: {outcome}"] += 1
            found.update(faults)
            if faults:
                print(f"  number {number}, {trouble.__name__}: {', '.join(faults)}", flush=True)
    print("  " + json.dumps(told, sort_keys=True))
    for fault in FAULTS:
        figure(f"hard times, {times} times: {fault}", found[fault], 0)


def work(stage):
    """An import over three files, and an output through the register."""
    stage.apply()
    output = stage.dossier.folder.parent / "uitvoer.csv"
    layers = {"leegstand_object": 1}
    with record_issue(stage.dossier, output, layers=layers, **samples.ISSUE) as beside:
        beside.write_text("FICTIEF")


def killed(stage, chance, whole):
    """Killed at a random moment."""
    process = child(partial(work, stage))
    time.sleep(chance.uniform(0, 1.5) * whole)
    os.kill(process, signal.SIGKILL)
    ended(process)
    return after(stage)


def full_disk(stage, chance, _whole):
    """No file may grow beyond a size."""
    limit = chance.randrange(*_LIMITS)

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        work(stage)

    ended(child(limited))
    return after(stage)


def after(stage):
    """Open it, check it and compare: which state, and what is wrong with it."""
    folder, faults = stage.dossier.folder, []
    dossier = open_dossier(folder)
    for path in folder.parent.glob(".*"):
        os.utime(path, (0, 0))  # nobody is making it any more
    checked = check_dossier(dossier)
    if checked.wrong:
        faults.append("lost")
    contents = samples.contents(dossier)
    state = "old" if contents == stage.old else "new" if contents == stage.new else "mixture"
    if state == "mixture":
        faults.append("mixtures")
    if any(stage.old[0][name] and not contents[0][name] for name in contents[0]):
        faults.append("lost")
    output = folder.parent / "uitvoer.csv"
    lines = read_register(dossier)
    known = any(line["controlegetal"] for line in lines) or any(str(output) in note for note in checked.notes)
    if output.exists() and not known:
        faults.append("lost")
    output.unlink(missing_ok=True)
    left = [path.name for path in folder.iterdir() if path.name not in KEPT]
    left += [path.name for path in folder.parent.glob(".*")]
    if left:
        print(f"  left: {', '.join(left)}")
        faults.append("leftovers")
    return state, faults


def flipped(stage, chance, _whole):
    """One bit of a file is another; sometimes after the import, sometimes beside an edit by hand."""
    folder = stage.dossier.folder
    if chance.random() < 1 / 2:
        stage.apply()
    if chance.random() < 1 / 2:
        with samples.other_program(stage.dossier.path("signaal"), wal=chance.random() < 1 / 2) as editing:
            editing.execute("UPDATE signaal SET toelichting = ? WHERE uuid = ?", ["x", samples.uuid(131)])
    before = samples.contents(stage.dossier)[0]
    path = stage.dossier.path(chance.choice(samples.EDITABLE))
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    try:
        opened = open_dossier(folder)
        checked = check_dossier(opened)
        same = samples.contents(opened)[0] == before
    except AtlasError:
        return "refused", []
    if checked.wrong or opened.notes:
        return "told", []
    return ("nothing changed", []) if same else ("silent", ["silent changes"])


main()
