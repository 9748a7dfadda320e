"""The two coordinate systems and the one transformation between them, as text for PROJ.

Every room that transforms uses this very text, so that two products can't differ by a grid file.
"""

from __future__ import annotations

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
