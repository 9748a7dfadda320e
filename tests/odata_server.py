"""A small OData server on this machine: one table of version 4 and one of version 3, FICTIEF, in pages.

As the real ones it gives all rows unless a filter says which, counts them when asked, and links on.
"""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, quote, urlsplit

from ogc_server import Handler, Service

AREAS = ("GM0106", "GM0114", "GM0014", "GM0363", "PV22", "NL01")
YEARS = ("2022JJ00", "2023JJ00", "2024JJ00")
KINDS = {"T001161": "Misdrijven, totaal", "CRI1000": "1 Vermogensmisdrijven"}
TABLE_4, TABLE_3 = "83648NED", "47013NED"


def _names(codes, key, pad=0, **more):
    return [{key: code.ljust(pad), "Title": title} | more for code, title in codes]


def _version_4():
    observations = [
        {
            "Id": number, "Measure": measure, "SoortMisdrijf": kind, "RegioS": area, "Perioden": year,
            "Value": 100.0 + number, "StringValue": None, "ValueAttribute": "None",
        }
        for number, (area, year, kind, measure) in enumerate(
            (area, year, kind, measure)
            for area in AREAS for year in YEARS for kind in KINDS for measure in ("M004200_2", "M004200_4")
        )
    ]  # fmt: skip
    return {
        "Observations": observations,
        "Dimensions": [
            {"Identifier": "SoortMisdrijf", "Title": "Soort misdrijf", "Kind": "Dimension"},
            {"Identifier": "RegioS", "Title": "Regio's", "Kind": "GeoDimension"},
            {"Identifier": "Perioden", "Title": "Perioden", "Kind": "TimeDimension"},
        ],
        "MeasureCodes": [
            {"Identifier": "M004200_2", "Title": "Totaal geregistreerde misdrijven", "Unit": "aantal"},
            {"Identifier": "M004200_4", "Title": "Geregistreerde misdrijven per 1000 inw."},
        ],
        "SoortMisdrijfCodes": _names(KINDS.items(), "Identifier"),
        "RegioSCodes": _names(((area, f"{area} (FICTIEF)") for area in AREAS), "Identifier"),
        "PeriodenCodes": _names(((year, year[:4]) for year in YEARS), "Identifier", Status="Definitief"),
    }  # fmt: skip


def _version_3():
    kinds = {"0.0.0 ": "Totaal misdrijven", "1.1.1 ": "1.1.1 Diefstal/inbraak woning"}
    return {
        "TypedDataSet": [
            {
                "ID": number, "SoortMisdrijf": kind, "RegioS": area.ljust(10), "Perioden": year,
                "GeregistreerdeMisdrijven_1": None if area == "GM0014" else 100 + number,
            }
            for number, (area, year, kind) in enumerate(
                (area, year, kind) for area in AREAS for year in (*YEARS, "2024MM12") for kind in kinds
            )
        ],
        "DataProperties": [
            {"Key": "SoortMisdrijf", "Type": "Dimension", "Title": "Soort misdrijf"},
            {"Key": "RegioS", "Type": "GeoDimension", "Title": "Regio's"},
            {"Key": "Perioden", "Type": "TimeDimension", "Title": "Perioden"},
            {
                "Key": "GeregistreerdeMisdrijven_1", "Type": "Topic", "Title": "Geregistreerde misdrijven",
                "Unit": "aantal",
            },
        ],
        "SoortMisdrijf": _names(kinds.items(), "Key"),
        "RegioS": _names(((area, f"{area} (FICTIEF)") for area in AREAS), "Key", pad=10),
        "Perioden": _names(((year, year[:4]) for year in (*YEARS, "2024MM12")), "Key"),
    }  # fmt: skip


TABLES = {TABLE_4: _version_4(), TABLE_3: _version_3()}


def chosen(rows, said):
    """The rows for which a filter of the form (A eq 'x' or A eq 'y') and (B eq 'z') holds."""
    for part in re.findall(r"\(([^()]*)\)", said):
        pairs = re.findall(r"(\w+) eq '((?:[^']|'')*)'", part)
        rows = [row for row in rows if any(row[name] == code.replace("''", "'") for name, code in pairs)]
    return rows


class TableHandler(Handler):
    """Answers of the service; its moods are those of the server of areas."""

    def answer(self, cut=0, extra=None):
        service, parts = self.server.service, urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        steps = parts.path.strip("/").split("/")
        sets = TABLES.get(steps[0])
        if sets is None or (len(steps) > 1 and steps[1] not in sets):
            self.send(404, b"not found", kind="text/plain")
            return
        if len(steps) == 1:
            self.tell({"value": [{"name": name, "url": name} for name in sets]})
            return
        mark = "@odata." if steps[0] == TABLE_4 else "odata."
        rows = chosen(service.change(sets[steps[1]]), query.get("$filter", ""))
        start = int(query.get("$skip", "0"))
        page = rows[start : start + service.page_size]
        content = {f"{mark}context": "FICTIEF", "value": page}
        if "$count" in query or "$inlinecount" in query:
            total = len(rows) if service.matched is None else service.matched
            content[f"{mark}count"] = total if steps[0] == TABLE_4 else str(total)
        if service.next_link is not None:
            content[f"{mark}nextLink"] = service.next_link(service, query)
        elif start + service.page_size < len(rows):
            query["$skip"] = str(start + service.page_size)
            said = "&".join(f"{key}={quote(value)}" for key, value in query.items())
            content[f"{mark}nextLink"] = f"{service.endpoint}{parts.path}?{said}"
        self.tell(content, cut)

    def tell(self, content, cut=0):
        self.send(200, json.dumps(content).encode(), kind="application/json", cut=cut)


__all__ = ["TABLES", "TABLE_3", "TABLE_4", "Service", "TableHandler"]
