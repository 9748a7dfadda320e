"""A client for OGC API Features: pages, retries, and answers that are not what they seem.

Every request goes to the host that was asked for, over https (plain http on this machine only).
"""

from __future__ import annotations

import email.utils
import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ... import __version__
from ...core.areas.service_answers import (
    ACCEPT,
    MAX_BYTES,
    MAX_PAGES,
    PassingFaultError,
    check_address,
    endless,
    first_page,
    gave_up,
    is_this_machine,
    next_page,
    read_page,
    refuse_incomplete,
    refused_page,
)
from ...core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a service and how often to ask again."""

    timeout_s: float = 30.0
    attempts: int = 4
    #: doubles after every attempt, unless the service says how long to wait
    first_wait_s: float = 1.0
    longest_wait_s: float = 60.0
    sleep: Callable[[float], None] = time.sleep


def fetch_features(
    endpoint: str,
    collection: str,
    parameters: Mapping[str, str],
    *,
    patience: Patience | None = None,
    on_page: Callable[[int], None] | None = None,
) -> list[dict[str, Any]]:
    """All features of a collection, over all its pages.

    Args:
        endpoint: Root of the service, e.g. "https://api.pdok.nl/cbs/gebiedsindelingen/ogc/v1".
        collection: Id of the collection.
        parameters: Query parameters beside `f` and `limit`.
        patience: Timeouts and retries.
        on_page: Called with the number of features so far after every page.

    Returns:
        GeoJSON features, coordinates longitude and latitude (CRS84).

    Raises:
        AtlasError: no connection, no such collection, an answer that is not a page of features, fewer
            features than promised, pages without end, or an address that is not https.
    """
    patience = patience or Patience()
    url: str | None = first_page(endpoint, collection, parameters)
    features: list[dict[str, Any]] = []
    visited: set[str] = set()
    matched: int | None = None
    while url is not None:
        if url in visited or len(visited) >= MAX_PAGES:
            raise endless(endpoint, len(visited))
        visited.add(url)
        page = _patient_page(url, patience)
        features += page["features"]
        matched = page.get("numberMatched", matched)
        if on_page is not None:
            on_page(len(features))
        url = next_page(page, url, endpoint)
    refuse_incomplete(matched, len(features), endpoint, collection)
    return features


class _SameHost(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *answer: Any) -> urllib.request.Request | None:  # noqa: ANN401 - as in urllib
        request, *_, new_address = answer
        check_address(new_address, request.full_url)
        return super().redirect_request(*answer)


def _patient_page(url: str, patience: Patience) -> dict[str, Any]:
    wait = patience.first_wait_s
    for attempt in range(1, patience.attempts + 1):
        try:
            return _page(url, patience.timeout_s)
        except PassingFaultError as fault:
            pause = wait if fault.wait_s is None else fault.wait_s
            if attempt == patience.attempts or pause > patience.longest_wait_s:
                detail = (
                    f"Het is {attempt} keer geprobeerd."
                    if pause <= patience.longest_wait_s
                    else f"De dienst vraagt om {pause:.0f} seconden te wachten."
                )
                raise gave_up(url, fault, detail) from fault
            patience.sleep(pause)
            wait *= 2
    raise AtlasError("Er is geen enkele poging gedaan.", expected="minstens één poging")


def _page(url: str, timeout_s: float) -> dict[str, Any]:
    agent = f"buitengebied-atlas/{__version__} (Python urllib)"
    request = urllib.request.Request(  # noqa: S310 - check_address allows https and this machine only
        url, headers={"Accept": ACCEPT, "User-Agent": agent}
    )
    handlers: list[urllib.request.BaseHandler] = [_SameHost()]
    if is_this_machine(urllib.parse.urlsplit(url).hostname or ""):
        handlers.append(urllib.request.ProxyHandler({}))
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=timeout_s) as answer:
            body = answer.read(MAX_BYTES + 1)
            if (
                answer.length and len(body) <= MAX_BYTES
            ):  # a read of a given size does not complain when the line breaks
                raise PassingFaultError(f"het antwoord brak af: {answer.length} bytes ontbreken")
            kind = answer.headers.get_content_type()
    except urllib.error.HTTPError as error:
        with error:
            raise refused_page(url, error.code, _retry_after(error.headers.get("Retry-After"))) from error
    except (urllib.error.URLError, TimeoutError, ConnectionError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise PassingFaultError(f"geen verbinding ({reason})") from error
    return read_page(body, kind, url)


def _retry_after(header: str | None) -> float | None:
    """The wait of a Retry-After header (RFC 9110: seconds, or a date), None when there is none to be read."""
    if header is None:
        return None
    if header.strip().isdigit():
        return float(header)
    try:
        moment = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())
