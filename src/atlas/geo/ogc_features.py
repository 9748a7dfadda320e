"""A client for OGC API Features: pages, retries, and answers that are not what they seem.

Every request goes to the host that was asked for, over https (plain http on this machine only).
"""

from __future__ import annotations

import email.utils
import http.client
import ipaddress
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..core.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PAGE_SIZE = 1000
#: ten times what all years of all Dutch municipalities need
MAX_PAGES = 100
MAX_BYTES = 300_000_000
_TRY_LATER = "De meegeleverde grenzen blijven in gebruik. Probeer het later opnieuw."


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a service and how often to ask again."""

    timeout_s: float = 30.0
    attempts: int = 4
    #: doubles after every attempt, unless the service says how long to wait
    first_wait_s: float = 1.0
    longest_wait_s: float = 60.0
    sleep: Callable[[float], None] = time.sleep


class _PassingFaultError(Exception):
    """A fault that may be gone in a moment; `wait_s` when the service said how long."""

    def __init__(self, message: str, wait_s: float | None = None) -> None:
        super().__init__(message)
        self.wait_s = wait_s


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
    query = urllib.parse.urlencode({"f": "json", "limit": str(PAGE_SIZE), **parameters})
    url: str | None = f"{endpoint.rstrip('/')}/collections/{urllib.parse.quote(collection)}/items?{query}"
    check_address(endpoint, endpoint)
    features: list[dict[str, Any]] = []
    visited: set[str] = set()
    matched: int | None = None
    while url is not None:
        if url in visited or len(visited) >= MAX_PAGES:
            raise AtlasError(
                "De dienst blijft naar volgende pagina's verwijzen: het ophalen is gestopt.",
                where=endpoint, got=f"{len(visited)} pagina's", hint=_TRY_LATER,
            )  # fmt: skip
        visited.add(url)
        page = _patient_page(url, patience)
        features += page["features"]
        matched = page.get("numberMatched", matched)
        if on_page is not None:
            on_page(len(features))
        url = _next(page, url, endpoint)
    if isinstance(matched, int) and matched != len(features):
        raise AtlasError(
            "De dienst gaf niet alles wat hij heeft.",
            where=f"{endpoint}, {collection}",
            got=f"{len(features)} gebieden",
            expected=f"{matched} gebieden",
            hint=_TRY_LATER,
        )
    return features


def check_address(url: str, endpoint: str) -> None:
    """Check that an address is https, or on this machine, and on the host of the endpoint.

    Raises:
        AtlasError: it is not.
    """
    parts, asked = urllib.parse.urlsplit(url), urllib.parse.urlsplit(endpoint)
    secure = parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(parts.hostname or ""))
    if not secure or not parts.hostname:
        raise AtlasError(
            "Grenzen worden alleen over een beveiligde verbinding opgehaald.",
            got=url,
            expected="een adres met https://",
        )
    if (parts.scheme, parts.netloc) != (asked.scheme, asked.netloc):
        raise AtlasError(
            "De dienst verwijst door naar een ander adres, en dat is niet gevraagd.",
            got=url,
            expected=f"een adres bij {asked.netloc}",
            hint="Geef het nieuwe adres op met --endpoint als u het vertrouwt.",
        )


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


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
        except _PassingFaultError as fault:
            pause = wait if fault.wait_s is None else fault.wait_s
            if attempt == patience.attempts or pause > patience.longest_wait_s:
                raise AtlasError(
                    "De grenzen konden niet worden opgehaald.",
                    where=url,
                    got=str(fault),
                    detail=f"Het is {attempt} keer geprobeerd."
                    if pause <= patience.longest_wait_s
                    else f"De dienst vraagt om {pause:.0f} seconden te wachten.",
                    hint=_TRY_LATER,
                ) from fault
            patience.sleep(pause)
            wait *= 2
    raise AtlasError("Er is geen enkele poging gedaan.", expected="minstens één poging")


def _page(url: str, timeout_s: float) -> dict[str, Any]:
    agent = f"buitengebied-atlas/{__version__} (Python urllib)"
    request = urllib.request.Request(  # noqa: S310 - check_address allows https and this machine only
        url, headers={"Accept": "application/geo+json, application/json", "User-Agent": agent}
    )
    handlers: list[urllib.request.BaseHandler] = [_SameHost()]
    if _is_this_machine(urllib.parse.urlsplit(url).hostname or ""):
        handlers.append(urllib.request.ProxyHandler({}))
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=timeout_s) as answer:
            body = answer.read(MAX_BYTES + 1)
            if (
                answer.length and len(body) <= MAX_BYTES
            ):  # a read of a given size does not complain when the line breaks
                raise _PassingFaultError(f"het antwoord brak af: {answer.length} bytes ontbreken")
            kind = answer.headers.get_content_type()
    except urllib.error.HTTPError as error:
        with error:
            raise _refusal(url, error) from error
    except (urllib.error.URLError, TimeoutError, ConnectionError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise _PassingFaultError(f"geen verbinding ({reason})") from error
    return _checked(body, kind, url)


def _refusal(url: str, error: urllib.error.HTTPError) -> Exception:
    busy = error.code == http.HTTPStatus.TOO_MANY_REQUESTS
    if busy or error.code >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return _PassingFaultError(
            f"de dienst antwoordt {error.code}", _retry_after(error.headers.get("Retry-After"))
        )
    if error.code == http.HTTPStatus.NOT_FOUND:
        return AtlasError(
            "De dienst kent deze verzameling gebieden niet.",
            where=url,
            got="404",
            hint="Controleer het adres van de dienst (--endpoint) en het jaar.",
        )
    return AtlasError("De dienst weigert het verzoek.", where=url, got=str(error.code), hint=_TRY_LATER)


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


def _checked(body: bytes, kind: str, url: str) -> dict[str, Any]:
    if len(body) > MAX_BYTES:
        raise AtlasError(
            "Het antwoord van de dienst is te groot.", where=url, expected="hooguit 300 MB per pagina"
        )
    if kind == "text/html" or body.lstrip()[:1] == b"<":
        raise AtlasError(
            "De dienst gaf een webpagina in plaats van gegevens.",
            where=url,
            got=kind,
            expected="GeoJSON",
            hint="Controleer het adres (--endpoint). Op een netwerk met een inlogpagina: meld u eerst aan.",
        )
    try:
        page = json.loads(body)
    except ValueError as error:
        raise _PassingFaultError(f"het antwoord is onvolledig of onleesbaar ({error})") from error
    features = page.get("features") if isinstance(page, dict) else None
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise AtlasError(
            "Het antwoord van de dienst is geen lijst met gebieden.",
            where=url,
            expected="een GeoJSON FeatureCollection",
        )
    if page.get("numberReturned", len(features)) != len(features):
        raise _PassingFaultError(
            f"het antwoord heeft {len(features)} van de {page['numberReturned']} gebieden"
        )
    return page


def _next(page: Mapping[str, Any], url: str, endpoint: str) -> str | None:
    links = page.get("links")
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and link.get("rel") == "next" and isinstance(link.get("href"), str):
            following = urllib.parse.urljoin(url, link["href"])
            check_address(following, endpoint)
            return following
    return None
