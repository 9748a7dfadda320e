"""The background map: tiles fetched only when asked for, kept on disk, and never a reason to fail."""

from __future__ import annotations

import logging
import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
import platformdirs
import pyproj
from matplotlib.patches import Rectangle

from ..core.areas.crs import RD, WGS84
from ..core.words.errors import AtlasError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Provider = str | Mapping[str, Any]

_LOG = logging.getLogger("atlas.sheet")
#: what the server sees of us
_USER_AGENT = {"user-agent": "buitengebied-atlas"}
_TIMEOUT_S = 10.0
#: ground metres of a pixel at the equator at zoom 0, tiles of 256 pixels
_EQUATOR_M = 156_543.03392
#: dots an inch the background should have on paper: labels on the tiles keep a readable size
_DOTS_PER_INCH = 150
_LARGEST_ZOOM = 19
#: how dark black on a tile becomes; names on the map must stand out from it
_STRENGTH = 0.55
#: part of the pixels that counts as the paper of the tiles, and so leaves the class colours as they are
_PAPER = 60


@dataclass(frozen=True, slots=True)
class Background:
    """The background as ink: black with an opacity, laid over the classes like a stamp.

    What is light on the tiles is left open, so that a class keeps the colour it has in the legend.
    """

    opacity: np.ndarray
    #: left, right, bottom, top in EPSG:28992
    extent: tuple[float, float, float, float]
    #: what of it is shown: west, south, east, north in EPSG:28992
    shown: tuple[float, float, float, float]
    attribution: str

    def draw(self, axes: Axes, *, zorder: float) -> None:
        """Lay the background over what is drawn below `zorder`."""
        (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
        ink = np.zeros((*self.opacity.shape, 4), dtype=np.uint8)
        ink[..., 3] = np.round(self.opacity * 255)
        image = axes.imshow(ink, extent=self.extent, aspect="auto", interpolation="bilinear", zorder=zorder)
        west, south = max(left, self.shown[0]), max(bottom, self.shown[1])
        east, north = min(right, self.shown[2]), min(top, self.shown[3])
        image.set_clip_path(Rectangle((west, south), east - west, north - south, transform=axes.transData))
        axes.set(xlim=(left, right), ylim=(bottom, top))
        axes.set_axis_off()


def fetch_background(
    provider: Provider, bounds: tuple[float, float, float, float], metres_per_mm: float
) -> Background | None:
    """Fetch the tiles of an area, or read them from the cache, and turn them into RD.

    Every tile that was fetched is kept under the user's cache folder; a second run makes no request for it.
    What goes wrong with the server, a tile or the cache ends in a warning in the log `atlas.sheet`.

    Args:
        provider: Address of tiles in web mercator with {x}, {y} and {z}, or a provider of xyzservices.
        bounds: West, south, east and north in EPSG:28992.
        metres_per_mm: Scale of the map, for the level of detail.

    Returns:
        The background, or None when it could not be had.

    Raises:
        AtlasError: the address holds no {x}, {y} and {z}.
    """
    source = _source(provider)
    try:
        import contextily  # noqa: PLC0415 - takes a second and is needed only here

        contextily.set_cache_dir(str(Path(platformdirs.user_cache_dir("buitengebied-atlas"), "tegels")))
        west, south, east, north = _lon_lat(bounds)
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # the cache complains about a tile it can't read and fetches it anew
            tiles, extent = contextily.bounds2img(
                west,
                south,
                east,
                north,
                zoom=_zoom(metres_per_mm, (south + north) / 2, source),
                source=source,
                ll=True,
                headers=_USER_AGENT,
                timeout=_TIMEOUT_S,
            )
            image, rd_extent = contextily.warp_tiles(tiles, extent, t_crs=RD)
    except Exception as error:  # noqa: BLE001 - five libraries deep, and a background is never worth a sheet
        _LOG.warning(
            "De achtergrondkaart van %s is niet opgehaald; de kaartbladen hebben een lege achtergrond. (%s)",
            _host(source),
            f"{type(error).__name__}: {error}".split("\n", 1)[0][:200],
        )
        return None
    return Background(_ink(image), tuple(float(edge) for edge in rd_extent), bounds, _attribution(source))


def _source(provider: Provider) -> Mapping[str, Any]:
    from xyzservices import TileProvider  # noqa: PLC0415 - not needed without a background

    given = {"url": provider} if isinstance(provider, str) else provider
    source = TileProvider({"name": "achtergrond", "url": "", "attribution": "", **given})
    if not all(f"{{{key}}}" in str(source.get("url", "")) for key in "xyz"):
        raise AtlasError(
            "Het adres van de achtergrondkaart klopt niet.",
            got=str(source.get("url", "")),
            expected="een adres met {z}, {x} en {y}",
            hint="Bijvoorbeeld https://tegels.voorbeeld.nl/{z}/{x}/{y}.png",
        )
    return source


def _lon_lat(bounds: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    to_wgs84 = pyproj.Transformer.from_crs(RD, WGS84, always_xy=True)
    return to_wgs84.transform_bounds(*bounds)


def _zoom(metres_per_mm: float, latitude: float, source: Mapping[str, Any]) -> int:
    """The zoom whose pixels are as fine as the paper shows, within what the provider serves."""
    metres_per_dot = metres_per_mm * 25.4 / _DOTS_PER_INCH
    ideal = math.ceil(math.log2(_EQUATOR_M * math.cos(math.radians(latitude)) / metres_per_dot))
    return max(int(source.get("min_zoom", 0)), min(ideal, int(source.get("max_zoom", _LARGEST_ZOOM))))


def _ink(image: np.ndarray) -> np.ndarray:
    """Darkness of each pixel against the paper of the tiles, 0-1, weakened; transparent pixels have none."""
    lightness = image[..., :3] @ np.array([0.2126, 0.7152, 0.0722]) / 255
    opaque = image[..., 3] > 0
    paper = float(np.percentile(lightness[opaque], _PAPER)) if opaque.any() else 1.0
    darkness = 1 - np.clip(lightness / max(paper, 0.01), 0, 1)
    return np.where(opaque, darkness * _STRENGTH, 0.0)


def _host(source: Mapping[str, Any]) -> str:
    return urlsplit(str(source["url"])).hostname or str(source["url"])


def _attribution(source: Mapping[str, Any]) -> str:
    return str(source.get("attribution", "")) or f"Tegels van {_host(source)}."
