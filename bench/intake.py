"""An own list of 100,000 rows: how soon the preview is there, and its cost beside the plain import.

The two lists hold the same rows: one with columns of its own names and values by their label, taken in by the
intake (understood, tried, written); one with the names and codes of the layer, by `objects import`. Each goes
into a dossier of its own, in turns. All in seconds of the processor: wall time is that of others as well.
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
    begin = time.process_time()
    table, mapping = understood(own)
    ports = import_ports(ImportTask(own, REQUEST, mapping=mapping), own.with_suffix(".r.csv"), silent, table)
    assert preview_list(dossier, REQUEST, ports, user="bench", now=NOW).taken
    return time.process_time() - begin, ports


def by_intake(path, dossier):
    """Seconds of the whole intake: what it is, what would happen, and the import."""
    seconds, ports = preview(path, dossier)
    return seconds + imported(dossier, ports)


def plainly(path, dossier):
    begin = time.process_time()
    ports = import_ports(ImportTask(path, REQUEST), path.with_suffix(".r.csv"), silent)
    return time.process_time() - begin + imported(dossier, ports)


def imported(dossier, ports):
    begin = time.process_time()
    done = import_rows(dossier, REQUEST, ports, user="bench", now=NOW)
    assert len(done.plan.inserts) == ROWS
    return time.process_time() - begin


def main():
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        own, ours = write(folder)
        empty = init_dossier(folder / "leeg", fictitious=True).folder
        preview(own, empty)  # libraries are loaded, borders read
        previews = [preview(own, empty)[0] for _ in range(TURNS)]
        figure("preview of an own list", statistics.median(previews), 2.0, unit="s")
        ratios = []
        for turn in range(TURNS):
            plain, intake = (
                take(path, init_dossier(folder / f"{turn}-{path.stem}", fictitious=True).folder)
                for take, path in ((plainly, ours), (by_intake, own))
            )
            print(f"  plain {plain:.1f} s, intake {intake:.1f} s", flush=True)
            ratios.append(intake / plain)
        figure("taking in an own list, beside the plain import", statistics.median(ratios), 1.1, unit="x")


if __name__ == "__main__":
    main()
