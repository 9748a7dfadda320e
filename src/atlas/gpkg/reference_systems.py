"""The coordinate systems a GeoPackage names, as rows of gpkg_spatial_ref_sys (clause 1.1.2.1.2).

The two undefined systems and WGS84 are obligatory; ours is RD New. The definitions are the WKT 1 that PROJ
gives for these codes (a test compares them), written out because QGIS may come without pyproj.
"""

from __future__ import annotations

from ..core.areas.crs import RD, WGS84

EPSG_RD, EPSG_WGS84 = (int(system.split(":")[1]) for system in (RD, WGS84))

_DEGREE = 'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]]'
_GREENWICH = 'PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]]'
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    f'AUTHORITY["EPSG","6326"]],{_GREENWICH},{_DEGREE},AUTHORITY["EPSG","4326"]]'
)
_RD = (
    'PROJCS["Amersfoort / RD New",GEOGCS["Amersfoort",DATUM["Amersfoort",SPHEROID["Bessel 1841",6377397.155,'
    f'299.1528128,AUTHORITY["EPSG","7004"]],AUTHORITY["EPSG","6289"]],{_GREENWICH},{_DEGREE},'
    'AUTHORITY["EPSG","4289"]],PROJECTION["Oblique_Stereographic"],'
    'PARAMETER["latitude_of_origin",52.1561605555556],PARAMETER["central_meridian",5.38763888888889],'
    'PARAMETER["scale_factor",0.9999079],PARAMETER["false_easting",155000],PARAMETER["false_northing",463000],'
    'UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],'
    'AUTHORITY["EPSG","28992"]]'
)

COLUMNS = ("srs_name", "srs_id", "organization", "organization_coordsys_id", "definition", "description")
ROWS: tuple[tuple[str | int | None, ...], ...] = (
    (
        "Undefined cartesian SRS",
        -1,
        "NONE",
        -1,
        "undefined",
        "undefined cartesian coordinate reference system",
    ),
    (
        "Undefined geographic SRS",
        0,
        "NONE",
        0,
        "undefined",
        "undefined geographic coordinate reference system",
    ),
    ("WGS 84", EPSG_WGS84, "EPSG", EPSG_WGS84, _WGS84, None),
    ("Amersfoort / RD New", EPSG_RD, "EPSG", EPSG_RD, _RD, None),
)
