"""Whole processes, measured side by side: wall seconds and peak memory, in turns, as medians and a ratio."""

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    seconds: float
    megabytes: float


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


def side_by_side(title, ours, plain, *, runs=5, cwd=None):
    """Ours and plain in turns, so that a machine that slows down slows both; prints medians and the ratio."""
    pairs = [(run_once(ours, cwd), run_once(plain, cwd)) for _ in range(runs)]
    print(title)
    for name, position in (("ours", 0), ("plain", 1)):
        seconds = statistics.median(pair[position].seconds for pair in pairs)
        megabytes = max(pair[position].megabytes for pair in pairs)
        print(f"  {name:6} {seconds:7.2f} s   {megabytes:6.0f} MB")
    ratio = statistics.median(pair[0].seconds / pair[1].seconds for pair in pairs)
    print(f"  ours / plain = {ratio:.2f} (median of {runs} pairs)")
