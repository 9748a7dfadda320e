"""The user's own command `atlas`, for what needs libraries that QGIS does not have.

Nothing but what is named in a field or in the settings is ever started; without a shell, and without what
QGIS says of its own Python, which would lead another Python astray.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsProcessingParameterFile
from qgis.PyQt.QtCore import QProcess, QProcessEnvironment

from .atlas.core.words.errors import AtlasError
from .cancelling import check_cancelled
from .settings import ATLAS_COMMAND
from .texts import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingFeedback
    from qgis.PyQt.QtCore import QByteArray

COMMAND = "COMMAND"
#: what QGIS sets for its own Python and libraries
_OF_QGIS = ("PYTHON", "QGIS_", "QT_", "GDAL_", "PROJ_", "LD_LIBRARY_PATH")
#: how long the command may be silent before it is looked at whether the user stopped it, ms
_LOOK_MS = 200
_MOST_SAID = 2_000


@dataclass(frozen=True)
class Said:
    """What a command said, and with which code it ended."""

    code: int
    lines: tuple[str, ...]
    remarks: tuple[str, ...]


def add_command(algorithm: QgsProcessingAlgorithm) -> None:
    """Add the advanced parameter that names the command; it remembers what was filled in."""
    definition = QgsProcessingParameterFile(
        COMMAND,
        tr("Your own command atlas (empty: none)"),
        behavior=Qgis.ProcessingFileParameterBehavior.File,
        # a program has no ending on Linux, and without a filter QGIS asks for one
        fileFilter=tr("All files (*)"),
        defaultValue=ATLAS_COMMAND.get() or None,
        optional=True,
    )
    definition.setFlags(definition.flags() | Qgis.ProcessingParameterFlag.Advanced)
    algorithm.addParameter(definition)


def chosen_command(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> Path | None:
    """The command that was filled in, which is remembered; None when there is none.

    Raises:
        AtlasError: no such file.
    """
    named = algorithm.parameterAsFile(parameters, COMMAND, context).strip()
    if not named:
        ATLAS_COMMAND.forget()
        return None
    path = Path(named)
    if not path.is_file():
        raise AtlasError(
            "De opdracht atlas staat daar niet.", got=named,
            expected="het programma atlas, op Windows atlas.exe",
            hint="Kies het bestand, of laat dit leeg.",
        )  # fmt: skip
    ATLAS_COMMAND.set(named)
    return path


def run_command(command: Path, arguments: Sequence[str], feedback: QgsProcessingFeedback) -> Said:
    """Run the command until it ends, or until the user stops.

    Args:
        command: The program.
        arguments: What it is told.
        feedback: Asked whether to stop.

    Raises:
        AtlasError: it does not start.
        Cancelled: the user stopped; the command is gone then.
    """
    process = QProcess()
    process.setProcessEnvironment(_environment())
    process.start(str(command), list(arguments))
    if not process.waitForStarted():
        raise AtlasError(
            "De opdracht atlas start niet.", where=str(command), got=process.errorString(),
            hint="Probeer haar in een venster met opdrachten, of laat dit leeg.",
        )  # fmt: skip
    try:
        while not process.waitForFinished(_LOOK_MS):
            if process.state() == QProcess.ProcessState.NotRunning:
                break
            check_cancelled(feedback)
    finally:
        if process.state() != QProcess.ProcessState.NotRunning:
            process.kill()
            process.waitForFinished()
    crashed = process.exitStatus() != QProcess.ExitStatus.NormalExit
    return Said(
        -1 if crashed else process.exitCode(),
        _lines(process.readAllStandardOutput()),
        _lines(process.readAllStandardError()),
    )


def options(**given: object) -> list[str]:
    """Words for the command: each name as an option with its value; what is empty is left out."""
    told = (
        (f"--{name.replace('_', '-')}", str(value))
        for name, value in given.items()
        if value not in (None, "")
    )
    return [word for pair in told for word in pair]


def refused(command: Path, said: Said) -> AtlasError:
    """The error for a command that did not do what was asked, with its own words."""
    words = " ".join((*said.remarks, *said.lines))[-_MOST_SAID:]
    return AtlasError(
        "De opdracht atlas heeft dit niet gedaan.", where=str(command), detail=words or f"code {said.code}"
    )


def _environment() -> QProcessEnvironment:
    kept = QProcessEnvironment.systemEnvironment()
    for name in kept.keys():  # noqa: SIM118 - Qt's own, no dict
        if name.upper().startswith(_OF_QGIS):
            kept.remove(name)
    kept.insert("PYTHONUTF8", "1")
    # a narrow window would break the sentences
    kept.insert("COLUMNS", "10000")
    return kept


def _lines(output: QByteArray) -> tuple[str, ...]:
    text = bytes(output).decode("utf-8", "replace")
    return tuple(line.strip() for line in text.splitlines() if line.strip())
