"""The page for partners and for everyone with figures of a dossier: what its stored protected table says."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsGeometry,
    QgsRectangle,
)

from .atlas.core.areas.crs import WGS84
from .atlas.core.counts.protected_figures import square_level, squares_within
from .atlas.core.counts.team_page import first_of_dossier
from .atlas.core.disclosure.sealing import check_open, in_register
from .atlas.core.disclosure.squares import SIDE_M, SQUARES, corner_of
from .atlas.core.figures.edition import Edition
from .atlas.core.figures.indicators import load_catalogue
from .atlas.core.figures.payload import build_payload
from .atlas.jobs.protected_table import rule_in_register, said_of, stored_table, with_protected
from .gate import how_to_seal
from .layers.rd_transform import to_rd

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from .atlas.core.disclosure.released import Released
    from .atlas.core.figures.payload import Payload
    from .atlas.jobs.handing_out import Request
    from .atlas.jobs.protected_table import ProtectedRecords

#: of degrees: as the command draws the same areas
_DECIMALS, _TOLERANCE_M = 4, 50


def read_stored(folder: Path, request: Request, output: Path, *, unsealed: str) -> ProtectedRecords:
    """The stored protected table of a dossier, for a page of an audience.

    Raises:
        AtlasError: there is no such table, or a page for this audience must be sealed.
    """
    records = stored_table(folder, request, output)
    check_open(
        request.audience,
        fictitious=records.dossier.fictitious,
        reason=unsealed,
        hint=how_to_seal(folder, request),
    )
    return records


def protected_payload(records: ProtectedRecords) -> Released[Payload]:
    """The payload of the published figures and those of the table."""
    from .atlas.core.areas.embedded_boundaries import embedded_boundaries

    catalogue, municipalities = with_protected(load_catalogue(), records), records.released.municipalities
    edition = Edition(
        audience=records.released.audience,
        fictitious=records.dossier.fictitious,
        opening=first_of_dossier(catalogue),
    )
    shapes, source = embedded_boundaries()
    level = square_level(records.table, municipalities)
    if level:
        areas = squares_within(records.table, municipalities)
        shapes[SQUARES] = {code: _shape(squares) for code, squares in areas.items()}
    payload = build_payload(
        catalogue, shapes, source, edition, [level] if level else [], records=records.released
    )
    return payload.into(lambda shown: {**shown, "notes": [*shown["notes"], *records.notes]})


def issue_stored(
    records: ProtectedRecords, request: Request, path: Path, released: Released[Payload], *, unsealed: str
) -> AbstractContextManager[Path]:
    """The path to write the page to: the line in the register goes first, with figures, table and rules."""
    from .atlas.dossier.handing_out import issue_released

    rule = " ".join(
        part for part in (rule_in_register(records), in_register(sealed=False, reason=unsealed)) if part
    )
    figures = [indicator["id"] for indicator in released.content["indicators"]]
    return issue_released(
        records.dossier, path, released, user=request.user, now=datetime.now(UTC), rule=rule,
        said=said_of(records, figures),
    )  # fmt: skip


def _shape(squares: Iterable[str]) -> dict[str, Any]:
    """An area of squares as the payload wants it: in degrees, with a place for its label."""
    corners = [corner_of(square) for square in squares]
    boxes = [QgsGeometry.fromRect(QgsRectangle(x, y, x + SIDE_M, y + SIDE_M)) for x, y in corners]
    whole = QgsGeometry.unaryUnion(boxes)
    whole.convertToMultiType()
    largest = max((QgsGeometry(part.clone()) for part in whole.constParts()), key=QgsGeometry.area)
    anchor, _ = largest.poleOfInaccessibility(_TOLERANCE_M)
    transform = to_rd(QgsCoordinateReferenceSystem(WGS84), QgsCoordinateTransformContext(), SQUARES)
    for geometry in (whole, anchor):
        geometry.transform(transform, Qgis.TransformDirection.Reverse)
    point = anchor.asPoint()
    return {
        "geometry": json.loads(whole.asJson(_DECIMALS)),
        "anchor": [round(point.x(), _DECIMALS), round(point.y(), _DECIMALS)],
    }
