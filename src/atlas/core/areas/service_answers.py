"""What is asked of an OGC API Features service and what its answers mean; others do the asking.

Every request goes to the host that was asked for, over https (plain http on this machine only).
"""

from __future__ import annotations

import http
import ipaddress
import json
import urllib.parse
from typing import TYPE_CHECKING, Any

from ..words.errors import AtlasError
from ..words.notation import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE_SIZE = 1000
#: ten times what all years of all Dutch municipalities need
MAX_PAGES = 100
MAX_BYTES = 300_000_000
TRY_LATER = "De meegeleverde grenzen blijven in gebruik. Probeer het later opnieuw."
ACCEPT = "application/geo+json, application/json"


class PassingFaultError(Exception):
    """A fault that may be gone in a moment; `wait_s` when the service said how long."""

    def __init__(self, message: str, wait_s: float | None = None) -> None:
        super().__init__(message)
        self.wait_s = wait_s


def first_page(endpoint: str, collection: str, parameters: Mapping[str, str]) -> str:
    """The address of the first page of a collection.

    Raises:
        AtlasError: the address of the service is not https, nor on this machine.
    """
    check_address(endpoint, endpoint)
    query = urllib.parse.urlencode({"f": "json", "limit": str(PAGE_SIZE), **parameters})
    return f"{endpoint.rstrip('/')}/collections/{urllib.parse.quote(collection)}/items?{query}"


def next_page(page: Mapping[str, Any], url: str, endpoint: str) -> str | None:
    """The address of the page after this one, None for the last.

    Raises:
        AtlasError: the service refers to another host.
    """
    links = page.get("links")
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and link.get("rel") == "next" and isinstance(link.get("href"), str):
            following: str = urllib.parse.urljoin(url, link["href"])
            check_address(following, endpoint)
            return following
    return None


def check_address(url: str, endpoint: str) -> None:
    """Check that an address is https, or on this machine, and on the host of the endpoint.

    Raises:
        AtlasError: it is not.
    """
    parts, asked = urllib.parse.urlsplit(url), urllib.parse.urlsplit(endpoint)
    secure = parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(parts.hostname or ""))
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
            hint="Geef het nieuwe adres op als adres van de dienst als u het vertrouwt.",
            choices=("endpoint",),
        )


def is_this_machine(host: str) -> bool:
    """Whether a host is the machine this runs on."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def refused_page(url: str, status: int, wait_s: float | None = None) -> Exception:
    """What an answer with an error status means: a PassingFaultError, or an AtlasError."""
    if status == http.HTTPStatus.TOO_MANY_REQUESTS or status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return PassingFaultError(f"de dienst antwoordt {status}", wait_s)
    if status == http.HTTPStatus.NOT_FOUND:
        return AtlasError(
            "De dienst kent deze verzameling gebieden niet.",
            where=url,
            got="404",
            hint="Controleer het adres van de dienst en het jaar.",
            choices=("endpoint", "year"),
        )
    return AtlasError("De dienst weigert het verzoek.", where=url, got=str(status), hint=TRY_LATER)


def read_page(body: bytes, kind: str, url: str) -> dict[str, Any]:
    """An answer as a page of features.

    Args:
        body: The answer.
        kind: Its content type.
        url: What was asked, for sentences.

    Raises:
        PassingFaultError: the answer is cut off or holds fewer features than it says.
        AtlasError: it is something else.
    """
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
            hint="Controleer het adres. Op een netwerk met een inlogpagina: meld u eerst aan.",
            choices=("endpoint",),
        )
    try:
        page = json.loads(body)
    except ValueError as error:
        raise PassingFaultError(f"het antwoord is onvolledig of onleesbaar ({error})") from error
    features = page.get("features") if isinstance(page, dict) else None
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise AtlasError(
            "Het antwoord van de dienst is geen lijst met gebieden.",
            where=url,
            expected="een GeoJSON FeatureCollection",
        )
    if page.get("numberReturned", len(features)) != len(features):
        told = counted(page["numberReturned"], "gebied", "gebieden")
        raise PassingFaultError(f"het antwoord heeft {len(features)} van de {told}")
    return dict(page)


def gave_up(url: str, fault: PassingFaultError, detail: str) -> AtlasError:
    """The sentence for a fault that did not pass."""
    return AtlasError(
        "De grenzen konden niet worden opgehaald.", where=url, got=str(fault), detail=detail, hint=TRY_LATER
    )


def endless(endpoint: str, pages: int) -> AtlasError:
    """The sentence for a service whose pages have no end."""
    return AtlasError(
        "De dienst blijft naar volgende pagina's verwijzen: het ophalen is gestopt.",
        where=endpoint,
        got=f"{pages} pagina's",
        hint=TRY_LATER,
    )


def refuse_incomplete(matched: object, count: int, endpoint: str, collection: str) -> None:
    """Check that there are as many features as the service says it has; `matched` is `numberMatched`.

    Raises:
        AtlasError: there are not.
    """
    if isinstance(matched, int) and matched != count:
        raise AtlasError(
            "De dienst gaf niet alles wat hij heeft.",
            where=f"{endpoint}, {collection}",
            got=counted(count, "gebied", "gebieden"),
            expected=counted(matched, "gebied", "gebieden"),
            hint=TRY_LATER,
        )
