"""The command `atlas` in a process of its own, split off one that has loaded the libraries: half its time.

Nothing of the atlas is loaded beforehand. `tests/test_cli.py` runs the program itself.
"""

from __future__ import annotations

import gc
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

LIBRARIES = ("geopandas", "matplotlib.figure", "openpyxl", "pyogrio", "rich.console", "shapely", "typer")
_MOST_SECONDS = 300
_MOST_BYTES = 1 << 20


@contextmanager
def warm_command():
    """Gives `run(*arguments, cwd)`, with the environment of the moment, and as `stdin` a file or nothing."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.settimeout(_MOST_SECONDS)
    server = subprocess.Popen(
        [sys.executable, __file__, str(theirs.fileno())],
        pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
        start_new_session=True,  # a passphrase is asked of stdin: never of the terminal of who tests
    )  # fmt: skip
    theirs.close()

    def run(*arguments, cwd, stdin=None):
        words = [*map(str, arguments)]
        request = json.dumps({"words": words, "cwd": str(cwd), "environment": dict(os.environ)}).encode()
        with (
            Path(os.devnull).open() as nothing,
            tempfile.TemporaryFile("w+", encoding="utf-8") as said,
            tempfile.TemporaryFile("w+", encoding="utf-8") as complained,
        ):
            files = [nothing.fileno() if stdin is None else stdin, said.fileno(), complained.fileno()]
            socket.send_fds(ours, [request], files)
            code = int(ours.recv(_MOST_BYTES))
            texts = [file.seek(0) or file.read() for file in (said, complained)]
        return subprocess.CompletedProcess(["atlas", *words], code, *texts)

    yield run
    ours.close()
    server.wait(timeout=30)


def serve(asked):
    """Split off a process for each request, and give its exit code; in that process, returns the request."""
    for name in LIBRARIES:
        import_module(name)
    gc.freeze()
    while True:
        request, files, _flags, _address = socket.recv_fds(asked, _MOST_BYTES, 3)
        if not request:
            sys.exit()
        child = os.fork()
        if not child:
            asked.close()
            return json.loads(request), files
        for file in files:
            os.close(file)
        asked.send(b"%d" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    begun, opened = serve(socket.socket(fileno=int(sys.argv[1])))
    for number, file in enumerate(opened):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(begun["environment"])
    time.tzset()
    os.chdir(begun["cwd"])
    del sys.path[0]  # that of this file
    sys.argv = ["atlas", *begun["words"]]
    from atlas.cli import main

    main()
