"""Signals and findings near a border with another municipality, for the own team of one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ..core.disclosure.released import content_of
from ..core.records.border_request import BorderCase, Search, border_letter
from ..core.schema.visits import FINDING_CATEGORIES, REPORT_CATEGORIES
from ..core.words.errors import AtlasError
from ..core.words.layer_names import FINDINGS, SIGNALS, VISITS, YARDS
from .access import letter_writer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from shapely import Geometry

    from ..core.disclosure.released import Records

    Place = tuple[float, float]

_SIGNAL, _FINDING = "Signaal", "Bevinding"
_READ = (SIGNALS, VISITS, FINDINGS, YARDS)


def write_border_cases(
    folder: Path,
    path: Path,
    municipality: str,
    others: tuple[str, ...],
    search: Search,
    *,
    purpose: str,
    user: str,
    now: datetime,
) -> int:
    """Write the list of a municipality with its requests, through the register.

    Args:
        folder: Of the dossier.
        path: .pdf or .docx.
        municipality: Code of the municipality whose team gets the list; only its records stand in it.
        others: Codes of municipalities that the same team works for, whose records count for clusters.
        search: Distances and numbers.
        purpose: What it is for.
        user: Who asks.
        now: When.

    Returns:
        How many cases there are.

    Raises:
        AtlasError: a distance or number that can't be, or it may not leave.
    """
    from ..dossier.opening import open_dossier
    from ..jobs.handing_out import TEAM, Request, permit_for

    if search.border_m <= 0 or search.within_m <= 0 or search.least < 2:  # noqa: PLR2004 - one is no cluster
        raise AtlasError(
            "Deze afstand of dit aantal kan niet.",
            got=f"{search.border_m:g} m, {search.within_m:g} m, {search.least}",
            expected="afstanden boven 0, en ten minste 2 voor een cluster",
        )
    write = letter_writer(path)
    dossier = open_dossier(folder)
    request = Request(TEAM, (municipality, *others), purpose, user)
    permit = permit_for(dossier, _READ, request, [path])
    released = permit.release()
    cases = _cases(released.content, municipality, search)
    day = now.date().isoformat()
    letter = released.into(
        lambda _records: border_letter(
            cases, municipality, search, purpose=purpose, day=day, fictitious=dossier.fictitious
        )
    )
    signals = sum(one.what.startswith(_SIGNAL) for one in cases)
    counts = {SIGNALS: signals, FINDINGS: len(cases) - signals}
    with permit.issue(path, letter, now=now, counts=counts) as beside:
        write(beside, content_of(letter))
    return len(cases)


def _cases(records: Records, municipality: str, search: Search) -> list[BorderCase]:
    import numpy as np
    import shapely

    from ..geo.measuring.clusters import clusters

    found = _placed(records)
    if not found:
        return []
    places = np.array([place for place, _code, _what, _day in found], dtype=np.float64)
    numbers = clusters(places, within_m=search.within_m, least=search.least)
    members: dict[int, set[str]] = defaultdict(set)
    for number, (_place, code, _what, _day) in zip(numbers.tolist(), found, strict=True):
        if number >= 0:
            members[number].add(code)
    over = {number: codes for number, codes in members.items() if len(codes) > 1}
    areas = _areas()
    cases = []
    for number, (place, code, what, day) in zip(numbers.tolist(), found, strict=True):
        if code != municipality:
            continue
        point = shapely.Point(place)
        away = {other: shape.distance(point) for other, shape in areas.items() if other != municipality}
        near = tuple(sorted(other for other, metres in away.items() if metres <= search.border_m))
        cluster = number + 1 if number in over else 0
        if near or cluster:
            spans = tuple(sorted(over[number] - {municipality})) if cluster else ()
            cases.append(BorderCase(what, day, place, near, min(away.values()), cluster, spans))
    return sorted(cases, key=lambda one: (one.cluster or 10**9, one.distance_m, one.day, one.what))


def _placed(records: Records) -> list[tuple[Place, str, str, str]]:
    """(place, municipality, what, day) of signals, and of what was observed on a yard."""
    found = [
        (one["geometrie"], str(one["gemeente_code"]), _said(_SIGNAL, one, REPORT_CATEGORIES), _day(one))
        for one in records[SIGNALS]
        if one.get("geometrie")
    ]
    yards: Mapping[str, Any] = {str(one["uuid"]): one for one in records[YARDS] if one.get("geometrie")}
    yard_of = {str(one["uuid"]): str(one.get("bedrijf_uuid")) for one in records[VISITS]}
    for one in records[FINDINGS]:
        yard = yards.get(yard_of.get(str(one["bezoek_uuid"]), ""))
        if yard is not None and one["waarneming"] == "waargenomen":
            said = _said(_FINDING, one, FINDING_CATEGORIES)
            found.append((yard["geometrie"], str(yard["gemeente_code"]), said, _day(one)))
    return sorted(found, key=lambda each: (each[0], each[1:]))


def _said(what: str, one: Mapping[str, Any], words: Mapping[str, str]) -> str:
    return f"{what}: {words.get(str(one['categorie']), str(one['categorie'])).lower()}"


def _day(one: Mapping[str, Any]) -> str:
    return str(one["peildatum"])[:10]


def _areas() -> dict[str, Geometry]:
    """The municipalities as they are embedded, in EPSG:28992."""
    from ..geo.boundaries.levels import boundary_payload
    from ..store.geopackage import in_rd

    boundaries, _source, _warnings = boundary_payload()
    return {code: in_rd(area["geometry"]) for code, area in boundaries["gemeente"].items()}
