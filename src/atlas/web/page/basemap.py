"""The background map: the only thing in the page that asks another computer for something."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from ...core.words.errors import AtlasError

_LOOPBACK = ("127.0.0.1", "localhost")
_HOST = re.compile(r"[a-z0-9.-]+")
_PLACES = ("{z}", "{x}", "{y}")


@dataclass(frozen=True, slots=True)
class Basemap:
    """Map tiles of a provider, switched on by the reader and never before.

    Args:
        url: Template of one tile, web mercator, with {z}, {x} and {y}.
        attribution: Whom to name beside the map, plain text.
        provider: Who receives the requests, in the sentence beside the switch.
        max_zoom: The closest zoom level the provider has.

    Raises:
        AtlasError: no https address, a host with a placeholder, or {z}, {x}, {y} missing.
    """

    url: str
    attribution: str
    provider: str
    max_zoom: int = 19

    def __post_init__(self) -> None:
        _ = self.origin
        missing = [place for place in _PLACES if place not in self.url]
        if missing:
            raise AtlasError(
                "Het adres van de achtergrondkaart mist een deel.",
                got=self.url,
                expected="een adres met {z}, {x} en {y}",
                hint=f"Zet {' en '.join(missing)} op de juiste plaats in het adres.",
            )

    @property
    def host(self) -> str:
        """The computer that receives the requests."""
        return self.origin.partition("://")[2]

    @property
    def origin(self) -> str:
        """Scheme, host and port: exactly what the page's policy lets through."""
        return tile_origin(self.url)

    def as_data(self) -> dict[str, str | int]:
        """What the page's script needs to offer these tiles."""
        return {
            "url": self.url,
            "attribution": self.attribution,
            "provider": self.provider,
            "host": self.host,
            "max_zoom": self.max_zoom,
        }


def tile_origin(url: str) -> str:
    """Scheme, host and port of a tile address.

    Raises:
        AtlasError: the address is not https (http on this computer itself is allowed), or its host is not
            one fixed name.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    secure = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    if not secure or not _HOST.fullmatch(host) or parts.username is not None:
        raise AtlasError(
            "Dit adres kan geen achtergrondkaart leveren.",
            got=url,
            expected="een https-adres met één vaste computernaam, zonder {s}",
            hint="Gebruik bijvoorbeeld het adres van de BRT-achtergrondkaart van PDOK.",
        )
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


#: the grey background map of the Dutch government, made to put figures on
BRT_GREY = Basemap(
    url="https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/{z}/{x}/{y}.png",
    attribution="Kaartgegevens: © Kadaster (BRT-A)",
    provider="PDOK (Kadaster)",
)
