"""A list, a table and a dossier for `atlas intake`, and the command itself."""

from __future__ import annotations

from datetime import date

import openpyxl
from typer.testing import CliRunner

from atlas.cli.app import app
from atlas.dossier.opening import init_dossier, open_dossier
from atlas.dossier.records import read_layers

CITY = "Nergenshuizen"
KEEP = f"{date.today().year + 3}-01-01"  # noqa: DTZ011 - a term that is not over
BAG = (
    "adresseerbaarobject_identificatie,openbare_ruimte_naam,huisnummer,postcode,woonplaats_naam,x,y,status\n"
    + (
        "".join(
            f"01060100000000{number:02},Verzonnenweg,{number},9400AA,{CITY},{233000 + number},557000,"
            "Verblijfsobject in gebruik\n"
            for number in range(1, 9)
        )
    )
)
ROWS = [("Nr", "Adres", "Postcode", "Plaats", "Type gebouw", "Sinds", "Opmerking", "Gezien door")] + [
    (number, f"Verzonnenweg {number}", "9400 AA", CITY, kind, "2024", "dak stuk", "AB")
    for number, kind in ((1, "Schuur"), (2, "schuur/loods"), (3, "stal"), (4, "loosd"))
]
FIXED = ("--source", "FICTIEF", "--keep-until", KEEP, "--reference-date", "2025-01-05", "--user", "t")
CHOSEN = ("--choose", "soort:schuur/loods=schuur", "--choose", "soort:loosd=loods")
FIGURE = (
    "--unit", "count", "--counts", "meldingen", "--base", "Alle meldingen", "--caution", "FICTIEF",
    "--source", "FICTIEF", "--label", "Meldingen",
)  # fmt: skip
COUNTS = "Gemeente;Meldingen 2023;Meldingen 2024\nAssen;3;4\nEmmen;5;6\nGroningen;7;8\nTotaal;15;18\n"


def sheet(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def run(*args, answers=None):
    command = args if args[0] == "objects" else ("intake", *args)
    if answers and "--questions" in args and "--mapping" not in args:
        answers = f"\n{answers}"  # first is asked where the header is
    done = CliRunner().invoke(app, list(map(str, command)), input=answers)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def objects(room):
    return read_layers(open_dossier(room / "d"))["leegstand_object"]


LIST = ("s.xlsx", "--dossier", "d", "--addresses", "bag.csv")


def furnish(folder):
    """Put a dossier, the BAG, a table and a list in a folder."""
    init_dossier(folder / "d", fictitious=True)
    (folder / "bag.csv").write_text(BAG, encoding="utf-8")
    (folder / "t.csv").write_text(COUNTS, encoding="utf-8")
    sheet(folder / "s.xlsx", ROWS)
    return folder
