"""Figures for partners and everyone: what protects them, what it costs, and what others' methods leave open.

Random linked tables are rounded and attacked; eight editions with one object more in each are attacked
together; a table of full size is timed; nearest 5 and a cell key in the manner of ONS stand beside ours.
"""

import hashlib
import hmac
import random
import sys
import time
from pathlib import Path

from measuring import ROOT, figure, sized

sys.path.insert(0, str(ROOT / "tests" / "protection"))
from linked_samples import linked_table

from atlas.core.areas.divisions import areas, members
from atlas.protection.audit import Edition, narrowed
from atlas.protection.bounds import derivable, sum_row
from atlas.protection.linked import Sum
from atlas.protection.rounding import rounded

#: so many linked tables are timed together
JOINED = 7
#: a figure under this many times the base counts as small
SMALL = 2
BASE, KEY = 5, b"bench" * 7
MUNICIPALITIES = [area.code for area in areas("gemeente")]
REGIONS = {
    area.code: [member.code for member in members(area.code)]
    for level in ("surveyregio", "provincie")
    for area in areas(level)
    if len(members(area.code)) > 1
} | {"T": MUNICIPALITIES}


def random_tables(count):
    wrong = open_cells = exact = errors = free_errors = cells = 0
    for seed in range(count):
        counts, sums = linked_table(random.Random(seed))
        figures = rounded(counts, sums, base=BASE, key=KEY)
        free = rounded(counts, sums, base=BASE, key=None)
        wrong += sum(figures[one.total] != sum(figures[part] for part in one.parts) for one in sums)
        wrong += sum(abs(figures[cell] - number) >= BASE for cell, number in counts.items())
        found = narrowed([Edition("1", figures, BASE)], sums)
        open_cells += len(found)
        exact += sum(one.ends is None or one.ends[0] == one.ends[1] for one in found)
        errors += sum(abs(figures[cell] - number) for cell, number in counts.items())
        free_errors += sum(abs(free[cell] - number) for cell, number in counts.items())
        cells += len(counts)
    print(f"{count} random linked tables, {cells} cells")
    figure("sums that do not hold, or errors of 5 or more", wrong, 0)
    figure("cells narrower than asked", open_cells, 0)
    figure("cells exactly known", exact, 0)
    figure("mean error", errors / cells)
    figure("mean error / that of free controlled rounding", errors / free_errors, 1.2)


def dossier_like(chance, indicators, categories):
    """Municipalities and regions, indicators with categories that add up to their total."""
    counts, sums = {}, []
    for indicator in range(indicators):
        parts = [f"{indicator};{number}" for number in range(categories)] if categories > 1 else []
        conditions = parts or [str(indicator)]
        for code in MUNICIPALITIES:
            size = chance.choice([0.5, 1, 2, 4])
            for condition in conditions:
                counts[f"{code}|{condition}"] = int(chance.expovariate(1 / (3 * size)))
            if parts:
                counts[f"{code}|{indicator}"] = sum(counts[f"{code}|{part}"] for part in parts)
        every = [*conditions, *([str(indicator)] if parts else [])]
        for region, inside in REGIONS.items():
            for condition in every:
                parts_of_region = tuple(f"{code}|{condition}" for code in inside)
                counts[f"{region}|{condition}"] = sum(map(counts.get, parts_of_region))
                sums.append(Sum(f"{region}|{condition}", parts_of_region))
        for area in (*MUNICIPALITIES, *REGIONS) if parts else ():
            sums += [Sum(f"{area}|{indicator}", tuple(f"{area}|{part}" for part in parts))]
    return counts, sums


def one_more(counts, cell):
    """The counts after one object more in a cell of a municipality."""
    code, condition = cell.split("|")
    around = [code, *(region for region, inside in REGIONS.items() if code in inside)]
    names = {f"{area}|{one}" for area in around for one in (condition, condition.partition(";")[0])}
    return {cell: number + (cell in names) for cell, number in counts.items()}


def eight_editions(dossiers, editions):
    """One object more in each edition; the outsider's guess is a municipal cell whose figure went up."""
    right = guesses = found = 0
    longest = 0.0
    for seed in range(dossiers):
        chance, key, before, issued = random.Random(seed), bytes([seed]) * 32, {}, []
        counts, sums = dossier_like(chance, 1, 4)
        own = [cell for cell in counts if cell.startswith("GM") and ";" in cell]
        for edition in range(editions):
            grown = chance.choice(own)
            counts = one_more(counts, grown) if edition else counts
            figures, cuts, kept = None, [], set()
            for _ in range(12):
                figures = rounded(counts, sums, base=BASE, key=key, before=before, kept=kept, cuts=cuts)
                attack = narrowed([*issued, Edition(str(edition), figures, BASE)], sums)
                if not attack:
                    break
                cuts.append(figures)
            if edition:
                risen = [cell for cell in own if figures[cell] > before[cell]] or own
                right += (grown in risen) / len(risen)
                guesses += 1
            issued.append(Edition(str(edition), figures, BASE))
            before = figures
        found += len(narrowed(issued, sums))
        begin = time.process_time()
        narrowed(issued[:JOINED], sums)
        longest = max(longest, time.process_time() - begin)
    print(f"{dossiers} dossiers, {editions} editions with one object more in each, attacked together")
    figure("cells narrowed", found, 0)
    figure("best guess of the cell right", 100 * right / guesses, 10, unit="%")
    figure(f"{min(editions, JOINED)} linked tables audited together, longest", longest, 5, unit="s")


def full_size(indicators):
    counts, sums = dossier_like(random.Random(1), indicators, 1)
    begin = time.process_time()
    figures = rounded(counts, sums, base=BASE, key=KEY)
    rounding = time.process_time() - begin
    begin = time.process_time()
    known = {cell: (max(0, one - BASE + 1), one + BASE - 1) for cell, one in figures.items()}
    small = [cell for cell, one in figures.items() if one < SMALL * BASE]
    derivable(known, [sum_row(one) for one in sums], small)
    print(f"22 municipalities, {indicators} indicators: {len(counts)} cells, {len(small)} of them small")
    figure("rounding", rounding, 2, unit="s")
    figure("the attacker, both ends of every small cell", time.process_time() - begin, 10, unit="s")


def nearest(counts, _sums=()):
    return {cell: BASE * ((number + BASE // 2) // BASE) for cell, number in counts.items()}


def cell_key(counts, sums):
    """In the manner of ONS: noise of -2 to 2 from a key of the records in the cell, then to the nearest 5."""
    inside = {one.total: one.parts for one in sums}

    def records(cell):
        return "".join(map(records, inside[cell])) if cell in inside else f"{cell}:{counts[cell]};"

    noisy = {}
    for cell, number in counts.items():
        digest = hmac.new(KEY, records(cell).encode(), hashlib.sha256).digest()
        noisy[cell] = max(0, number + digest[0] % 5 - 2) if number else 0
    return nearest(noisy)


def beside_others(count):
    """Sums that do not hold, and small cells that the published rule and the sums narrow."""
    print(f"{count} random linked tables, beside others' methods")
    methods = {"nearest 5": (2, nearest), "cell key, ONS": (4, cell_key)}
    for name, (most, method) in methods.items():
        broken = total = narrow = small = errors = cells = 0
        for seed in range(count):
            counts, sums = linked_table(random.Random(seed), fields=1)
            figures = method(counts, sums)
            broken += sum(figures[one.total] != sum(figures[part] for part in one.parts) for one in sums)
            total += len(sums)
            known = {cell: (max(0, one - most), one + most) for cell, one in figures.items()}
            asked = [cell for cell, one in figures.items() if one < SMALL * BASE]
            ends = derivable(known, [sum_row(one) for one in sums], asked)
            wide = {cell: known[cell][1] - known[cell][0] for cell in asked}
            narrow += sum(1 for cell, one in ends.items() if one and one[1] - one[0] < wide[cell])
            small += len(asked)
            errors += sum(abs(figures[cell] - number) for cell, number in counts.items())
            cells += len(counts)
        figure(f"{name}: sums that do not hold", 100 * broken / total, unit="%")
        figure(f"{name}: small cells that the sums narrow", 100 * narrow / small, unit="%")
        figure(f"{name}: mean error", errors / cells)


if __name__ == "__main__":
    if not Path(ROOT / "tests").is_dir():
        sys.exit("needs the tests beside it")
    random_tables(sized(1000, 30))
    eight_editions(sized(6, 1), sized(8, 3))
    full_size(sized(100, 10))
    beside_others(sized(200, 10))
