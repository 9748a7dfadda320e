"""The BAG 2.0 extract in small: XML files, and the ZIP of ZIPs in which the Kadaster sends them. FICTIEF."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from register_samples import PLACE, STREET

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from register_samples import Address

_NAMES = "www.kadaster.nl/schemas/lvbag"
_EXTRACT_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><sl-bag-extract:bagStand '
    f'xmlns:Objecten="{_NAMES}/imbag/objecten/v20200601" xmlns:gml="http://www.opengis.net/gml/3.2" '
    f'xmlns:Historie="{_NAMES}/imbag/historie/v20200601" '
    f'xmlns:Objecten-ref="{_NAMES}/imbag/objecten-ref/v20200601" '
    f'xmlns:selecties-extract="http://{_NAMES}/extract-selecties/v20200601" '
    f'xmlns:sl-bag-extract="http://{_NAMES}/extract-deelbestand-lvc/v20200601" '
    'xmlns:sl="http://www.kadaster.nl/schemas/standlevering-generiek/1.0">'
    "<sl-bag-extract:bagInfo><selecties-extract:LVC-Extract><selecties-extract:StandTechnischeDatum>2026-02-08"
    "</selecties-extract:StandTechnischeDatum></selecties-extract:LVC-Extract></sl-bag-extract:bagInfo>"
    "<sl:standBestand><sl:dataset>LVBAG</sl:dataset><sl:inhoud><sl:objectTypen><sl:objectType>{kind}"
    "</sl:objectType></sl:objectTypen></sl:inhoud>"
)
_EXTRACT_TAIL = "</sl:standBestand></sl-bag-extract:bagStand>"
STREET_ID, PLACE_ID = "0106300099000001", "9999"


def extract_xml(kind: str, objects: Iterable[str]) -> bytes:
    body = "".join(
        f"<sl:stand><sl-bag-extract:bagObject>{one}</sl-bag-extract:bagObject></sl:stand>" for one in objects
    )
    return (_EXTRACT_HEAD.format(kind=kind) + body + _EXTRACT_TAIL).encode()


def _version(number: int = 1, begin: str = "2010-01-01", end: str = "") -> str:
    ended = f"<Historie:eindGeldigheid>{end}</Historie:eindGeldigheid>" if end else ""
    return (
        "<Objecten:voorkomen><Historie:Voorkomen>"
        f"<Historie:voorkomenidentificatie>{number}</Historie:voorkomenidentificatie>"
        f"<Historie:beginGeldigheid>{begin}</Historie:beginGeldigheid>{ended}"
        "<Historie:tijdstipRegistratie>2010-01-01T12:00:00.000</Historie:tijdstipRegistratie>"
        "</Historie:Voorkomen></Objecten:voorkomen>"
    )


def _reference(kind: str, domain: str, ids: Iterable[str]) -> str:
    return "".join(
        f'<Objecten-ref:{kind}Ref domein="NL.IMBAG.{domain}">{one}</Objecten-ref:{kind}Ref>' for one in ids
    )


def _tail(status: str) -> str:
    return (
        f"<Objecten:status>{status}</Objecten:status><Objecten:geconstateerd>N</Objecten:geconstateerd>"
        "<Objecten:documentdatum>2010-01-01</Objecten:documentdatum>"
        "<Objecten:documentnummer>FICTIEF</Objecten:documentnummer>"
    )


def extract_object(one: Address, *, begin: str = "2010-01-01", end: str = "", secondary: str = "") -> str:
    also = _reference("Nummeraanduiding", "Nummeraanduiding", [secondary] if secondary else [])
    also = f"<Objecten:heeftAlsNevenadres>{also}</Objecten:heeftAlsNevenadres>" if also else ""
    purposes = "".join(f"<Objecten:gebruiksdoel>{name}</Objecten:gebruiksdoel>" for name in one.purposes)
    main = _reference("Nummeraanduiding", "Nummeraanduiding", [one.address_id])
    return (
        f"<Objecten:Verblijfsobject><Objecten:heeftAlsHoofdadres>{main}</Objecten:heeftAlsHoofdadres>{also}"
        f"{_version(begin=begin, end=end)}"
        f'<Objecten:identificatie domein="NL.IMBAG.Verblijfsobject">{one.vbo_id}</Objecten:identificatie>'
        "<Objecten:geometrie><Objecten:punt>"
        '<gml:Point srsName="urn:ogc:def:crs:EPSG::28992" srsDimension="3">'
        f"<gml:pos>{one.x} {one.y} 0.0</gml:pos></gml:Point></Objecten:punt></Objecten:geometrie>"
        f"{purposes}<Objecten:oppervlakte>{one.area}</Objecten:oppervlakte>{_tail(one.status)}"
        f"<Objecten:maaktDeelUitVan>{_reference('Pand', 'Pand', [one.building_id])}"
        "</Objecten:maaktDeelUitVan>"
        "</Objecten:Verblijfsobject>"
    )


def extract_number(one: Address, *, begin: str = "2010-01-01", end: str = "") -> str:
    letter = f"<Objecten:huisletter>{one.letter}</Objecten:huisletter>" if one.letter else ""
    return (
        "<Objecten:Nummeraanduiding>"
        f'<Objecten:identificatie domein="NL.IMBAG.Nummeraanduiding">{one.address_id}'
        "</Objecten:identificatie>"
        f"<Objecten:huisnummer>{one.number}</Objecten:huisnummer>{letter}"
        f"<Objecten:postcode>{one.postcode}</Objecten:postcode>"
        "<Objecten:typeAdresseerbaarObject>Verblijfsobject</Objecten:typeAdresseerbaarObject>"
        f"{_tail('Naamgeving uitgegeven')}{_version(begin=begin, end=end)}"
        f"<Objecten:ligtAan>{_reference('OpenbareRuimte', 'Openbareruimte', [STREET_ID])}</Objecten:ligtAan>"
        "</Objecten:Nummeraanduiding>"
    )


def extract_street(name: str = STREET) -> str:
    return (
        "<Objecten:OpenbareRuimte>"
        f'<Objecten:identificatie domein="NL.IMBAG.Openbareruimte">{STREET_ID}</Objecten:identificatie>'
        f"<Objecten:naam>{name}</Objecten:naam><Objecten:type>Weg</Objecten:type>"
        f"{_tail('Naamgeving uitgegeven')}"
        f"<Objecten:ligtIn>{_reference('Woonplaats', 'Woonplaats', [PLACE_ID])}</Objecten:ligtIn>{_version()}"
        "</Objecten:OpenbareRuimte>"
    )


def extract_place(name: str = PLACE) -> str:
    ring = "235000 556000 236000 556000 236000 557000 235000 556000"
    return (
        "<Objecten:Woonplaats>"
        f'<Objecten:identificatie domein="NL.IMBAG.Woonplaats">{PLACE_ID}</Objecten:identificatie>'
        f"<Objecten:naam>{name}</Objecten:naam><Objecten:geometrie><Objecten:vlak>"
        '<gml:Polygon srsName="urn:ogc:def:crs:EPSG::28992" srsDimension="2"><gml:exterior><gml:LinearRing>'
        f"<gml:posList>{ring}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></Objecten:vlak>"
        f"</Objecten:geometrie>{_tail('Woonplaats aangewezen')}{_version()}</Objecten:Woonplaats>"
    )


def extract_files(rows: Sequence[Address], *, history: Sequence[str] = ()) -> dict[str, bytes]:
    """Names and contents of the XML files of an extract; the objects are spread over two files."""
    objects = [*map(extract_object, rows), *history]
    half = len(objects) // 2
    return {
        "9999VBO08022026-000001.xml": extract_xml("VBO", objects[:half]),
        "9999VBO08022026-000002.xml": extract_xml("VBO", objects[half:]),
        "9999NUM08022026-000001.xml": extract_xml("NUM", map(extract_number, rows)),
        "9999OPR08022026-000001.xml": extract_xml("OPR", [extract_street()]),
        "9999WPL08022026-000001.xml": extract_xml("WPL", [extract_place()]),
    }


def write_extract_folder(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def write_extract_zip(path: Path, files: dict[str, bytes]) -> Path:
    """As the Kadaster sends it: a ZIP with a ZIP for each kind of object."""
    kinds: dict[str, dict[str, bytes]] = {}
    for name, content in files.items():
        kinds.setdefault(name[:15], {})[name] = content
    outer = {f"{kind}.zip": zipped(content) for kind, content in kinds.items()}
    path.write_bytes(zipped({**outer, "Leveringsdocument-BAG-Extract.xml": b"<x/>"}))
    return path


def zipped(files: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return whole.getvalue()
