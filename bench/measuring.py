"""Whole processes, measured side by side: wall seconds and peak memory, in turns, as medians and a ratio.

What a measurement is to reach is told with `figure`; `run.py` makes one table of all of them.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: small and once, to see that it runs: what it measures then says nothing
QUICK = bool(os.environ.get("ATLAS_BENCH_QUICK"))


@dataclass(frozen=True)
class Run:
    seconds: float
    megabytes: float


def sized(full, quick):
    """How much is measured: the second when only to see that it runs."""
    return quick if QUICK else full


def figure(what, measured, aim=None, *, unit="", at_least=False):
    """Print a figure, and leave it for the table in which `make bench` ends.

    Args:
        what: What is measured, in a few words.
        measured: The figure.
        aim: What it is to be at most; None when nothing is promised.
        unit: Of both.
        at_least: The aim is the least it is to be.
    """
    told = {"what": what, "measured": measured, "aim": aim, "unit": unit, "at_least": at_least}
    print(f"  {what}: {measured:,.2f}{unit and ' '}{unit}", flush=True)
    if os.environ.get("ATLAS_BENCH_FIGURES"):
        with Path(os.environ["ATLAS_BENCH_FIGURES"]).open("a", encoding="utf-8") as file:
            file.write(json.dumps(told) + "\n")


def run_once(command, cwd=None):
    """Run one process to its end: wall seconds, and the peak resident memory the system accounts to it."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command}: exit code {process.returncode}")
    return Run(seconds, usage.ru_maxrss / 1024)


def side_by_side(title, ours, plain, *, runs=5, cwd=None, at_most=None):
    """Ours and plain in turns, so that a machine that slows down slows both; tells medians and the ratio."""
    runs = sized(runs, 1)
    pairs = [(run_once(ours, cwd), run_once(plain, cwd)) for _ in range(runs)]
    print(title)
    for name, position in (("ours", 0), ("plain", 1)):
        seconds = statistics.median(pair[position].seconds for pair in pairs)
        megabytes = max(pair[position].megabytes for pair in pairs)
        print(f"  {name:6} {seconds:7.2f} s   {megabytes:6.0f} MB")
    ratio = statistics.median(pair[0].seconds / pair[1].seconds for pair in pairs)
    figure(f"{title}: ours / plain, median of {runs}", ratio, at_most)


def in_qgis(script, *arguments):
    """Run `script --in-qgis arguments` in QGIS's Python, with the plugin as it is in the zip."""
    with tempfile.TemporaryDirectory() as room:
        subprocess.run([sys.executable, "-m", "release.plugin_zip", "--tree", room], cwd=ROOT, check=True)
        environment = {
            "PATH": os.defpath,
            "HOME": room,
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_RUNTIME_DIR": room,
            "QGIS_CUSTOM_CONFIG_PATH": f"{room}/profile",
            "PYTHONNOUSERSITE": "1",
            "PYTHONPATH": f"{room}:/usr/share/qgis/python/plugins",
            **{name: value for name, value in os.environ.items() if name.startswith("ATLAS_BENCH_")},
        }
        command = [ROOT / ".venv-qgis/bin/python", ROOT / "bench/start_qgis.py", script, *arguments]
        subprocess.run(command, env=environment, check=True)


def longest_wait(algorithm_id, parameters):
    """In QGIS: run an algorithm in a task; the longest that a timer of 5 ms in the window had to wait."""
    from qgis.core import (
        QgsApplication,
        QgsProcessingAlgRunnerTask,
        QgsProcessingContext,
        QgsProcessingFeedback,
    )
    from qgis.PyQt.QtCore import QEventLoop, QTimer

    algorithm = QgsApplication.processingRegistry().createAlgorithmById(algorithm_id)
    context, feedback, ended = QgsProcessingContext(), QgsProcessingFeedback(), []
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
    loop, timer, ticks = QEventLoop(), QTimer(), [time.perf_counter()]
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start(5)
    task.executed.connect(lambda well, _results: (ended.append(well), loop.quit()))
    QgsApplication.taskManager().addTask(task)
    loop.exec()
    if ended != [True]:
        sys.exit(f"{algorithm_id}: {feedback.textLog()}")
    return max(after - before for before, after in pairwise(ticks))
