"""The start of the command, whole processes: the help, and the join of a table of twelve rows.

The help stands beside a command of Typer with as many commands of one option each, the join beside a pandas
script that reads the same table, looks every name up in a list, and writes a CSV.
"""

import sys
import tempfile
from pathlib import Path

from measuring import side_by_side

from atlas.core.areas.divisions import areas

HELP = """
import typer
app = typer.Typer(add_completion=False)
for number in range(24):
    def command(name: str = typer.Option("", help="A name.")) -> None:
        "Does nothing."
    app.command(f"command{number}")(command)
app()
"""
JOIN = """
import sys, pandas
source, names, result = sys.argv[1:]
table = pandas.read_csv(source, sep=";")
known = pandas.read_csv(names)
found = known.merge(table, left_on="naam", right_on="gemeente", how="left")
found[["code", "naam", "aantal"]].to_csv(result, index=False)
"""

atlas = Path(sys.executable).with_name("atlas")
with tempfile.TemporaryDirectory() as folder:
    side_by_side(
        "atlas --help beside a bare Typer command", [atlas, "--help"], [sys.executable, "-c", HELP, "--help"]
    )
    table, names = Path(folder, "tabel.csv"), Path(folder, "namen.csv")
    known = areas("gemeente")
    table.write_text(
        "gemeente;aantal\n" + "".join(f"{one.name};10\n" for one in known[:12]), encoding="utf-8"
    )
    names.write_text("code,naam\n" + "".join(f"{one.code},{one.name}\n" for one in known), encoding="utf-8")
    side_by_side(
        "atlas join of a small CSV beside pandas",
        [
            atlas,
            "join",
            table,
            "--level",
            "gemeente",
            "--key",
            "gemeente",
            "--value",
            "aantal",
            "-o",
            f"{folder}/uit.csv",
        ],
        [sys.executable, "-c", JOIN, table, names, f"{folder}/plain.csv"],
        at_most=1,
    )
