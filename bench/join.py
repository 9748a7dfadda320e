"""Joining 1,000,000 rows with messy municipality names, filtered, report included, beside a pandas script.

One row in twenty is of another kind and is left out by both. The pandas script resolves every different name
once with the same resolver, adds up per area and writes a report with the same columns. It knows no totals,
footnotes, doubles, parts of merged municipalities or range.
"""

import random
import sys
import tempfile
from pathlib import Path

from measuring import side_by_side, sized

from atlas.core.areas import divisions

ROWS = sized(1_000_000, 20_000)
SPELLINGS = 3_000
OTHERS = 0.05

OURS = """
import sys
from pathlib import Path
from atlas.core.joining.join import join
from atlas.core.joining.statistics import Choice
from atlas.core.tables.csv_text import read_csv
source, report, result = sys.argv[1:]
table = read_csv(Path(source).read_bytes(), source)
joined = join(
    table, level="gemeente", key="gemeente", value="aantal", unit="count", combine="sum",
    choice=Choice(where={"soort": "melding"}),
)
with open(report, "w", encoding="utf-8-sig", newline="") as file:
    joined.report.write_csv(file)
if joined.refusal:
    sys.exit(str(joined.refusal))
with open(result, "w", encoding="utf-8") as file:
    file.writelines(f"{value.area.code},{value.value}\\n" for value in joined.values)
"""

PLAIN = """
import sys, pandas
from atlas.core.areas.resolving import resolve
source, report, result = sys.argv[1:]
table = pandas.read_csv(source, sep=";", dtype=str, keep_default_na=False)
table["rij"] = range(2, len(table) + 2)
table = table[table.soort == "melding"].copy()
found = {name: resolve(name, "gemeente") for name in table.gemeente.unique()}
table["uitkomst"] = table.gemeente.map({name: one.reason for name, one in found.items()})
codes = {name: one.area.code if one.area else "" for name, one in found.items()}
table["gebied_code"] = table.gemeente.map(codes)
table["toelichting"] = table.gemeente.map({name: one.explanation for name, one in found.items()})
table["waarde"] = pandas.to_numeric(table.aantal.str.replace(",", "."), errors="coerce")
table.rename(columns={"gemeente": "tekst"})[
    ["rij", "tekst", "uitkomst", "gebied_code", "toelichting"]
].to_csv(report, index=False)
table[table.gebied_code != ""].groupby("gebied_code").waarde.sum().to_csv(result)
"""


def messy_names(chance):
    """Names as people type them: capitals, blanks, "gem.", codes, typing errors, names from elsewhere."""
    names = [one.name for one in divisions.areas("gemeente")]
    codes = [one.code for one in divisions.areas("gemeente")]
    elsewhere = ["Leeuwarden", "Zwolle", "Noord-Holland", "Hardenberg", "onbekend", "Totaal", "geen idee", ""]
    found = set(names + codes + [code.removeprefix("GM") for code in codes] + elsewhere)
    while len(found) < SPELLINGS:
        name = chance.choice(names)
        letter = chance.randrange(len(name))
        found.add(
            chance.choice(
                (
                    name.upper(),
                    f"  {name.lower()} ",
                    f"gem. {name}",
                    f"Gemeente {name}",
                    name[:letter] + name[letter + 1 :],
                    name[:letter] + chance.choice("aeiouxlmnrst") + name[letter:],
                    name[:letter] + name[letter] + name[letter:],
                    f"{name} {chance.randrange(100)}",
                )
            )
        )
    return sorted(found)


def write_table(path):
    chance = random.Random(20251101)
    names = messy_names(chance)
    with path.open("w", encoding="utf-8") as file:
        file.write("nummer;gemeente;soort;aantal\n")
        for number in range(ROWS):
            kind = "proef" if chance.random() < OTHERS else "melding"
            file.write(f"{number};{chance.choice(names)};{kind};{chance.randrange(500)}\n")


with tempfile.TemporaryDirectory() as folder:
    table = Path(folder, "tabel.csv")
    write_table(table)
    ours = [sys.executable, "-c", OURS, str(table), f"{folder}/ours.csv", f"{folder}/ours_result.csv"]
    plain = [sys.executable, "-c", PLAIN, str(table), f"{folder}/plain.csv", f"{folder}/plain_result.csv"]
    side_by_side(f"{ROWS:,} rows filtered, joined and reported, beside pandas", ours, plain, at_most=1.15)
    sums = [
        {
            line.split(",")[0]: float(line.split(",")[1])
            for line in path.read_text().splitlines()
            if line[:2] == "GM"
        }
        for path in (Path(folder, "ours_result.csv"), Path(folder, "plain_result.csv"))
    ]
    if sums[0] != sums[1]:
        sys.exit("THE SUMS DIFFER")
    print("  the same sums")
