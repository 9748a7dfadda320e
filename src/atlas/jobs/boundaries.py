"""The present boundaries from the service of CBS and PDOK: all pages, and patience with faults that pass.

Source: CBS/Kadaster "gebiedsindelingen", OGC API Features, CC BY 4.0. Without `jaarcode` the service gives
every year at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.areas.boundary_areas import COLLECTIONS, check_year, of_the_area
from ..core.areas.feature_pages import first_page, next_page
from ..core.files.service_answers import MAX_PAGES, Patience, asked_patiently, endless, refuse_incomplete

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    #: asks for an address, and reads the answer with `core.areas.feature_pages`: a page, or an error of it
    Ask = Callable[[str], Mapping[str, Any]]


def fetch_areas(
    endpoint: str,
    level: str,
    year: int,
    ask: Ask,
    *,
    patience: Patience | None = None,
    on_page: Callable[[int], None] = lambda _count: None,
) -> dict[str, Mapping[str, Any]]:
    """The areas of a level in a year, as GeoJSON features in WGS84 by code.

    Args:
        endpoint: Root of an OGC API Features service with the collections of `COLLECTIONS`.
        level: "gemeente" or "provincie".
        year: Year of the division.
        ask: How the service is asked.
        patience: How often, and how to wait.
        on_page: Called with the number of features so far after every page.

    Raises:
        AtlasError: see `fetch_features`, or a year without these areas.
    """
    check_year(year)
    features = fetch_features(
        endpoint, COLLECTIONS[level], {"jaarcode": str(year)}, ask, patience=patience, on_page=on_page
    )
    return of_the_area(features, level, year, endpoint)


def fetch_features(
    endpoint: str,
    collection: str,
    parameters: Mapping[str, str],
    ask: Ask,
    *,
    patience: Patience | None = None,
    on_page: Callable[[int], None] = lambda _count: None,
) -> list[dict[str, Any]]:
    """All features of a collection, over all its pages.

    Args:
        endpoint: Root of the service, e.g. "https://api.pdok.nl/cbs/gebiedsindelingen/ogc/v1".
        collection: Id of the collection.
        parameters: Query parameters beside `f` and `limit`.
        ask: How the service is asked.
        patience: How often, and how to wait.
        on_page: Called with the number of features so far after every page.

    Returns:
        GeoJSON features, coordinates longitude and latitude (CRS84).

    Raises:
        AtlasError: no connection, no such collection, an answer that is not a page of features, fewer
            features than promised, pages without end, or an address that is not https.
    """
    url: str | None = first_page(endpoint, collection, parameters)
    features: list[dict[str, Any]] = []
    visited: set[str] = set()
    matched: int | None = None
    while url is not None:
        if url in visited or len(visited) >= MAX_PAGES:
            raise endless(endpoint, len(visited))
        visited.add(url)
        page = asked_patiently(url, ask, patience or Patience())
        features += page["features"]
        matched = page.get("numberMatched", matched)
        on_page(len(features))
        url = next_page(page, url, endpoint)
    refuse_incomplete(matched, len(features), f"{endpoint}, {collection}")
    return features
