"""The two coordinate systems and the one transformation between them: as text for PROJ, and in plain Python.

Every room that transforms uses this very text, so that two products can't differ by a grid file. Where there
is no PROJ library to ask, `rd_from_wgs84` computes what the text says, with its numbers and the formulas of
PROJ: it agrees with PROJ to a micrometre (see the test). For many points `geo.reading.crs` is faster.
"""

from __future__ import annotations

import math
import re
from functools import cache

#: measuring and storing
RD = "EPSG:28992"
#: the page, GeoJSON and what most people send
WGS84 = "EPSG:4326"
#: "Amersfoort to WGS 84 (4)" (EPSG), from longitude and latitude in degrees to RD New in metres. Written out,
#: so that a grid file on somebody's machine can't change our coordinates. In the two provinces the routes
#: without a grid differ 1-2 mm from each other; the transformation itself is accurate to about 1 m.
WGS84_TO_RD = (
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 "
    "+step +proj=cart +ellps=WGS84 +step +inv +proj=helmert +x=565.4171 +y=50.3319 +z=465.5524 "
    "+rx=0.398957388243134 +ry=-0.343987817378283 +rz=1.87740163998045 +s=4.0725 "
    "+convention=coordinate_frame "
    "+step +inv +proj=cart +ellps=bessel +step +proj=pop +v_3 "
    "+step +proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 "
    "+ellps=bessel"
)


_NUMBERS = {name: float(number) for name, number in re.findall(r"\+(\w+)=(-?[\d.]+)", WGS84_TO_RD)}
#: half the long axis in metres, and the flattening (EPSG 7030 and 7004)
_WGS84_ELLIPSOID = (6_378_137.0, 1 / 298.257223563)
_BESSEL = (6_377_397.155, 1 / 299.1528128)
_ARC_SECOND = math.pi / 648_000

_Place = tuple[float, float, float]


def rd_from_wgs84(longitude: float, latitude: float) -> tuple[float, float]:
    """Longitude and latitude in degrees (WGS84) -> x and y in metres (RD New, EPSG:28992)."""
    geocentric = _geocentric(math.radians(longitude), math.radians(latitude), _WGS84_ELLIPSOID)
    return _oblique_stereographic(*_geographic(_to_amersfoort(geocentric), _BESSEL))


def _geocentric(longitude: float, latitude: float, ellipsoid: tuple[float, float]) -> _Place:
    """X, Y, Z in metres of a place on the ellipsoid (EPSG Guidance Note 7-2, method 9602)."""
    axis, flattening = ellipsoid
    squared = flattening * (2 - flattening)
    radius = axis / math.sqrt(1 - squared * math.sin(latitude) ** 2)
    across = radius * math.cos(latitude)
    return (
        across * math.cos(longitude),
        across * math.sin(longitude),
        radius * (1 - squared) * math.sin(latitude),
    )


def _to_amersfoort(place: _Place) -> _Place:
    """The Helmert transformation of EPSG method 9607 (coordinate frame), backwards as PROJ does it."""
    scale = 1 + _NUMBERS["s"] * 1e-6
    x, y, z = (
        (number - _NUMBERS[shift]) / scale for number, shift in zip(place, ("x", "y", "z"), strict=True)
    )
    around_x, around_y, around_z = (_NUMBERS[name] * _ARC_SECOND for name in ("rx", "ry", "rz"))
    return (
        x - around_z * y + around_y * z,
        around_z * x + y - around_x * z,
        -around_y * x + around_x * y + z,
    )


def _geographic(place: _Place, ellipsoid: tuple[float, float]) -> tuple[float, float]:
    """Longitude and latitude in radians; Bowring (1976), far within a micrometre this near the ellipsoid."""
    axis, flattening = ellipsoid
    x, y, z = place
    short, squared = axis * (1 - flattening), flattening * (2 - flattening)
    across = math.hypot(x, y)
    theta = math.atan2(z * axis, across * short)
    return math.atan2(y, x), math.atan2(
        z + squared / (1 - squared) * short * math.sin(theta) ** 3,
        across - squared * axis * math.cos(theta) ** 3,
    )


@cache
def _sphere() -> tuple[float, float, float, float]:
    """The sphere of Gauss at the origin: exponent, factor, latitude of the origin on it, radius in axes."""
    eccentricity, latitude = _eccentricity(), math.radians(_NUMBERS["lat_0"])
    squared, sine = eccentricity**2, math.sin(latitude)
    exponent = math.sqrt(1 + squared * math.cos(latitude) ** 4 / (1 - squared))
    origin = math.asin(sine / exponent)
    factor = math.tan(origin / 2 + math.pi / 4) / _isometric(latitude, exponent)
    return exponent, factor, origin, math.sqrt(1 - squared) / (1 - squared * sine**2)


def _eccentricity() -> float:
    return math.sqrt(_BESSEL[1] * (2 - _BESSEL[1]))


def _isometric(latitude: float, exponent: float) -> float:
    along = _eccentricity() * math.sin(latitude)
    bulge: float = ((1 - along) / (1 + along)) ** (_eccentricity() / 2)
    grown: float = (math.tan(latitude / 2 + math.pi / 4) * bulge) ** exponent
    return grown


def _oblique_stereographic(longitude: float, latitude: float) -> tuple[float, float]:
    """EPSG method 9809: the ellipsoid on a sphere, and the sphere on a plane."""
    exponent, factor, origin, radius = _sphere()
    on_sphere = 2 * math.atan(factor * _isometric(latitude, exponent)) - math.pi / 2
    east = exponent * (longitude - math.radians(_NUMBERS["lon_0"]))
    away = 1 + (
        math.sin(origin) * math.sin(on_sphere) + math.cos(origin) * math.cos(on_sphere) * math.cos(east)
    )
    size = 2 * radius * _BESSEL[0] * _NUMBERS["k"] / away
    x = size * math.cos(on_sphere) * math.sin(east)
    y = size * (
        math.cos(origin) * math.sin(on_sphere) - math.sin(origin) * math.cos(on_sphere) * math.cos(east)
    )
    return x + _NUMBERS["x_0"], y + _NUMBERS["y_0"]
