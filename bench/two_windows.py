"""Two windows of QGIS and the command on one dossier: rounds of editing, concluding and importing.

In each round both windows change and save an object in turn, with their maps being drawn, and the command
concludes and imports. A refusal is tried again for a minute. At the end every change must be in the dossier.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import measuring
from measuring import ROOT, sized

ROUNDS = int(os.environ.get("ROUNDS", str(sized(100, 2))))
#: a sentence and so much patience must solve every refusal; s
PATIENCE = 60
_STATUSES = ("bezocht", "leegstand_vermoed")


def insistently(ask, refusals):
    """Ask until it is granted; the refusals are counted with how long they lasted."""
    began, refused = time.monotonic(), ""
    while (said := ask()) is not None:
        refused = said
        if time.monotonic() - began > PATIENCE:
            sys.exit(f"refused for {PATIENCE} s: {refused}")
        time.sleep(1)
    if refused:
        refusals.append((time.monotonic() - began, refused.splitlines()[0]))


def command(folder, *arguments):
    """What the command `atlas objects` refuses, None when it does what is asked."""
    done = subprocess.run(
        [ROOT / ".venv/bin/atlas", "objects", *map(str, arguments)],
        cwd=folder.parent, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},  # the command of this tree, as the plugin is
    )  # fmt: skip
    return None if done.returncode == 0 else done.stderr


def measure(plugin_root):
    """Print how many rounds, refusals and losses."""
    sys.path[:0] = [str(plugin_root), *(str(ROOT / "tests/qgis_plugin" / part) for part in ("", "project"))]
    from buitengebied_atlas.atlas.dossier.records import read_layers
    from fictitious_dossier import filled, uuid, vacant
    from windows import own_windows

    refusals, folder = [], Path(tempfile.mkdtemp()) / "dossier"
    dossier = filled(folder, [vacant(number, "GM0106") for number in range(1, ROUNDS + 1)], [])
    header = "uuid;soort;bron;peildatum;bewaren_tot;x;y;gemeente_code;gemeente_zeker;adres"
    table = folder.parent / "nieuw.csv"
    with own_windows(2, folder, plugin_root) as windows:
        for window in windows:
            window.do("pan", "on")
        for number in range(1, ROUNDS + 1):
            for window, status in zip(windows, _STATUSES, strict=True):
                for step in (("edit", uuid(number), status), ("save",)):
                    insistently(lambda w=window, s=step: w.do(*s).get("refused"), refusals)
            table.write_text(
                f"{header}\n{uuid(number + 10_000)};schuur;FICTIEF;2026-02-01;2040-01-01;231000;561000;"
                f"GM0106;ja;Verzonnenweg {number}b, 9999 ZZ Verzonnen\n"
            )  # fmt: skip
            insistently(lambda: command(folder, "conclude", folder), refusals)
            insistently(lambda: command(folder, "import", folder, table), refusals)
    records = {record["uuid"]: record for record in read_layers(dossier)["leegstand_object"]}
    lost = sum(records[uuid(number)]["status"] != _STATUSES[-1] for number in range(1, ROUNDS + 1))
    missing = sum(uuid(number + 10_000) not in records for number in range(1, ROUNDS + 1))
    longest = max((seconds for seconds, _ in refusals), default=0)
    measuring.figure(f"two windows and the command, {ROUNDS} rounds: lost", lost + missing, 0)
    measuring.figure("two windows and the command: longest refusal", longest, PATIENCE, unit="s")
    print(f"  {len(refusals)} refusals: {dict(Counter(sentence for _, sentence in refusals))}")


def start():
    """Package the plugin, and measure in QGIS's own Python on a screen of its own."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "release.plugin_zip", "--tree", folder], cwd=ROOT, check=True)
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return subprocess.run(
            ["xvfb-run", "--auto-servernum", ROOT / ".venv-qgis/bin/python", Path(__file__), folder],
            env=environment,
            check=False,
        ).returncode


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]))
    else:
        sys.exit(start())
