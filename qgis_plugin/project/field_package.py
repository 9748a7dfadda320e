"""The package that a team takes into the field, with its project: made by the job, checked by QGIS."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ..atlas.core.words.errors import AtlasError
from ..atlas.jobs.field_package import Package, packed_layers, write_round_package
from ..atlas.jobs.field_package import write_package as write_packed
from ..gate import check_output
from .dossier_project import build_project
from .field_check import ERROR, check_project, opened_project

if TYPE_CHECKING:
    from pathlib import Path

    from ..atlas.jobs.handing_out import Request
    from .field_check import Finding


def write_package(folder: Path, path: Path, request: Request) -> tuple[Package, list[Finding]]:
    """Write the package of a dossier for a team, with its project, and say what to know before it is used.

    Args:
        folder: Of the dossier.
        path: The zip; it must not lie inside the dossier.
        request: For whom and for what.

    Raises:
        AtlasError: not for the team, see `jobs.field_package.write_package`, or a package that would not work
            in the field.
    """
    check_output(folder, packed_layers(), request, [path])
    findings: list[Finding] = []
    done = write_packed(
        folder, path, request, now=datetime.now(UTC),
        finish=lambda packed: findings.extend(_checked(build_project(packed))),
    )  # fmt: skip
    return done, findings


def write_round(folder: Path, path: Path, **asked: str) -> tuple[Package, list[Finding]]:
    """Write the package of one round, with its project; see `write_package`.

    Args:
        folder: Of the dossier.
        path: The zip; it must not lie inside the dossier.
        asked: See `jobs.field_package.write_round_package`.

    Raises:
        AtlasError: see there, or a package that would not work in the field.
    """
    findings: list[Finding] = []
    done = write_round_package(
        folder, path, **asked, now=datetime.now(UTC),
        finish=lambda packed: findings.extend(_checked(build_project(packed))),
    )  # fmt: skip
    return done, findings


def _checked(path: Path) -> list[Finding]:
    """What there is to know of the package; an error stops it."""
    with opened_project(path) as project:
        findings = check_project(project)
    errors = [finding for finding in findings if finding.level == ERROR]
    if errors:
        first = errors[0]
        raise AtlasError(
            "Het pakket zou in het veld niet werken en is niet gemaakt.",
            where=first.layer, got=first.what, hint=first.remedy,
        )  # fmt: skip
    return findings
