"""An own list of 100,000 rows: how soon the preview is there, and its cost beside the plain import.

The two lists hold the same rows: one with columns of its own names and values by their label, taken in by the
intake; one with the names and codes of the layer, by `objects import`. Each goes into a dossier of its own.
"""

import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from measuring import figure, sized

from atlas.core.records.import_file import ImportRequest
from atlas.core.records.list_intake import ListMapping, recognise, unsure_values
from atlas.dossier.opening import init_dossier
from atlas.flows.importing import ImportTask, import_ports
from atlas.flows.intake import read_own_table
from atlas.jobs.importing import import_rows
from atlas.jobs.intake import preview_list
from atlas.jobs.progress import silent

ROWS, TURNS = sized(100_000, 2_000), sized(3, 1)
OWN = ("Volgnr", "Locatie adres", "X", "Y", "Type gebouw", "Kenmerk", "Datum opname", "Opmerking")
OURS = ("adres", "x", "y", "soort", "bronkenmerk", "peildatum", "toelichting")
KINDS = (("Schuur", "schuur"), ("Stal", "stal"), ("Loods", "loods"))
REQUEST = ImportRequest("leegstand_object", "", "FICTIEF", "2030-01-01")
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def rows():
    for number in range(ROWS):
        label, code = KINDS[number % 3]
        x, y = 225_000 + number % 300 * 100, 540_000 + number // 300 * 100
        address = f"Verzonnenweg {number % 900 + 1}, Nergenshuizen {number // 900} FICTIEF"
        yield number, address, x, y, label, code, f"F-{number}", "2026-01-05", "dak stuk"


def write(folder):
    own, ours = folder / "eigen.csv", folder / "velden.csv"
    with own.open("w", encoding="utf-8") as one, ours.open("w", encoding="utf-8") as other:
        one.write(";".join(OWN) + "\n")
        other.write(";".join(OURS) + "\n")
        for number, address, x, y, label, code, mark, day, remark in rows():
            one.write(f"{number};{address};{x};{y};{label};{mark};{day};{remark}\n")
            other.write(f"{address};{x};{y};{code};{mark};{day};{remark}\n")
    return own, ours


def understood(path):
    table = read_own_table(path, None)
    mapping, _left = recognise(table, ListMapping("leegstand_object"))
    assert not unsure_values(table, mapping)
    return table, mapping


def preview(own, dossier):
    begin = time.perf_counter()
    table, mapping = understood(own)
    ports = import_ports(ImportTask(own, REQUEST, mapping=mapping), own.with_suffix(".r.csv"), silent, table)
    assert preview_list(dossier, REQUEST, ports, user="bench", now=NOW).taken
    return time.perf_counter() - begin


def taken_in(path, dossier, mapping=None):
    begin = time.perf_counter()
    ports = import_ports(ImportTask(path, REQUEST, mapping=mapping), path.with_suffix(".r.csv"), silent)
    done = import_rows(dossier, REQUEST, ports, user="bench", now=NOW)
    assert len(done.plan.inserts) == ROWS
    return time.perf_counter() - begin


def main():
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        own, ours = write(folder)
        empty = init_dossier(folder / "leeg", fictitious=True).folder
        preview(own, empty)  # libraries are loaded, borders read
        previews = [preview(own, empty) for _ in range(TURNS)]
        _table, mapping = understood(own)
        by_intake, plain = [], []
        for turn in range(TURNS):
            for times, path, used in ((plain, ours, None), (by_intake, own, mapping)):
                dossier = init_dossier(folder / f"{turn}-{path.stem}", fictitious=True).folder
                times.append(taken_in(path, dossier, used))
        print(f"  plain {statistics.median(plain):.1f} s, intake {statistics.median(by_intake):.1f} s")
        figure("preview of an own list", statistics.median(previews), 2.0, unit="s")
        ratio = statistics.median(by_intake) / statistics.median(plain)
        figure("taking in an own list, beside the plain import", ratio, 1.1, unit="x")


if __name__ == "__main__":
    main()
