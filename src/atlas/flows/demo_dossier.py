"""The fictitious countryside as files, and a dossier made of them by the commands a team would use."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from ..core.files.new_file import new_file
from ..core.records.import_file import ImportRequest
from ..core.words.layer_names import EVIDENCE, FINDINGS, OBJECTS, SIGNALS, VISITS, YARDS
from ..jobs.concluding import conclude
from ..jobs.progress import Progress, silent
from .demo import DEMO_DAY, make_demo
from .importing import ImportTask, import_file
from .registers import match_businesses

if TYPE_CHECKING:
    from pathlib import Path

    from .demo import DemoFiles

#: who made the demo, in its records
USER = "demo"


def make_demo_with_dossier(
    out: Path, *, seed: int, scale: float = 1.0, progress: Progress = silent
) -> tuple[Path, Path]:
    """Write the demo files into `out/bestanden`, and the dossier made of them into `out/dossier-FICTIEF`.

    The same seed and scale give the same records.

    Returns:
        The folders of the files and of the dossier.

    Raises:
        AtlasError: the folder holds a dossier already, or can't be written.
    """
    from ..dossier.opening import init_dossier

    folder = out / "dossier-FICTIEF"
    init_dossier(folder, fictitious=True)
    files = make_demo(
        out / "bestanden", seed=seed, scale=scale, progress=lambda step, done: progress(step, done / 2)
    )
    now = datetime.combine(DEMO_DAY, time(12), UTC)
    yards = match_businesses(
        files.farms, files.addresses, files.folder / "FICTIEF_erven.csv",
        today=DEMO_DAY, kernen=files.kernen, roads=files.roads,
    ).path  # fmt: skip
    tasks = _tasks(files, yards)
    for position, task in enumerate(tasks):
        progress(f"{task.path.name} inlezen", 0.5 + position / len(tasks) / 2)
        report = files.folder / f"{task.path.stem}.rapport.csv"
        import_file(folder, task, report, user=USER, now=now)
    _import_visits(files.folder, folder, seed, now)
    conclude(folder, today=DEMO_DAY, now=now, user=USER)
    progress("Klaar", 1.0)
    return files.folder, folder


def _import_visits(files: Path, folder: Path, seed: int, now: datetime) -> None:
    """Visits and findings: made when the yards have their uuid, which a visit names."""
    from ..dossier.opening import open_dossier
    from ..dossier.records import read_records
    from ..fiction.visits import write_visits

    made = write_visits(read_records(open_dossier(folder), YARDS), seed, DEMO_DAY)
    for layer, name, frame in (
        (VISITS, "FICTIEF_erfbezoeken.csv", made.visits),
        (FINDINGS, "FICTIEF_bevindingen.csv", made.findings),
    ):
        path = files / name
        with new_file(path) as beside:
            frame.to_csv(beside, index=False, encoding="utf-8-sig", lineterminator="\n")
        report = files / f"{path.stem}.rapport.csv"
        import_file(folder, ImportTask(path, ImportRequest(layer)), report, user=USER, now=now)


def _tasks(files: DemoFiles, yards: Path) -> list[ImportTask]:
    from ..core.vacancy.evidence import REGISTERS

    return [
        ImportTask(files.objects, ImportRequest(OBJECTS)),
        ImportTask(yards, ImportRequest(YARDS)),
        ImportTask(files.signals, ImportRequest(SIGNALS)),
        *(
            ImportTask(path, ImportRequest(EVIDENCE, source if source in REGISTERS else ""))
            for source, path in files.evidence.items()
        ),
    ]
