"""Pages of areas of an OGC API Features service: their addresses, and what is on them."""

from __future__ import annotations

import urllib.parse
from typing import TYPE_CHECKING, Any

from ..files.service_answers import PassingFaultError, check_address, read_json
from ..words.errors import AtlasError
from ..words.notation import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE_SIZE = 1000
ACCEPT = "application/geo+json, application/json"


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
    page = read_json(body, kind, url, "GeoJSON")
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
