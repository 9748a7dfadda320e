"""The present boundaries of CBS, asked of PDOK through QGIS itself: its proxy and certificates hold."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from qgis.core import QgsBlockingNetworkRequest
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from ..atlas.core.areas.feature_pages import ACCEPT, read_page
from ..atlas.core.files.service_answers import PassingFaultError, Patience, check_address, refused_page
from ..atlas.core.words.notation import counted
from ..atlas.jobs.boundaries import fetch_areas
from ..cancelling import check_cancelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qgis.core import QgsProcessingFeedback

_ATTEMPTS = 3
_FIRST_WAIT_S = 1.0
_TIMEOUT_MS = 30_000
_STEP_S = 0.05
_REFUSED = 400
#: now and then a reply has lost its status by the time it is read (seen under load), but not its error
_STATUS_OF_ERROR = {
    QNetworkReply.NetworkError.InternalServerError: 500,
    QNetworkReply.NetworkError.ServiceUnavailableError: 503,
    QNetworkReply.NetworkError.ContentAccessDenied: 403,
    QNetworkReply.NetworkError.ContentNotFoundError: 404,
}


def fetched_areas(
    endpoint: str, level: str, year: int, feedback: QgsProcessingFeedback
) -> dict[str, Mapping[str, Any]]:
    """The areas of a level in a year, as GeoJSON features in WGS84 by code: see `fetch_areas`.

    Args:
        endpoint: Root of the service.
        level: "gemeente" or "provincie".
        year: Year of the division.
        feedback: Told how far it is; asked whether to stop.

    Raises:
        AtlasError: see `fetch_areas`.
        Cancelled: the user asked to stop.
    """
    host = QUrl(endpoint).host()
    return fetch_areas(
        endpoint, level, year, lambda url: _page(url, feedback),
        patience=Patience(_ATTEMPTS, _FIRST_WAIT_S, sleep=lambda seconds: _wait(seconds, feedback)),
        on_page=lambda count: feedback.pushInfo(
            f"{counted(count, 'gebied', 'gebieden')} opgehaald van {host}."
        ),
    )  # fmt: skip


def _wait(seconds: float, feedback: QgsProcessingFeedback) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        check_cancelled(feedback)
        time.sleep(_STEP_S)


def _page(url: str, feedback: QgsProcessingFeedback) -> dict[str, Any]:
    check_cancelled(feedback)
    asked = QNetworkRequest(QUrl(url))
    asked.setRawHeader(b"Accept", ACCEPT.encode())
    asked.setTransferTimeout(_TIMEOUT_MS)
    request = QgsBlockingNetworkRequest()
    problem = request.get(asked, True, feedback)
    check_cancelled(feedback)
    answer = request.reply()
    # QGIS follows a redirection by itself; what another host answered is not used
    check_address(answer.request().url().toString(), url)
    told = answer.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
    status = told if isinstance(told, int) else _STATUS_OF_ERROR.get(answer.error(), 0)
    if status >= _REFUSED:
        raise refused_page(url, status)
    broken = answer.error() != QNetworkReply.NetworkError.NoError
    if problem != QgsBlockingNetworkRequest.ErrorCode.NoError or broken or not status:
        reason = request.errorMessage() or answer.errorString() or "geen antwoord"
        raise PassingFaultError(f"geen verbinding ({reason})")
    kind = bytes(answer.rawHeader(b"Content-Type")).decode("latin-1").split(";")[0].strip().lower()
    return read_page(bytes(answer.content()), kind, url)
