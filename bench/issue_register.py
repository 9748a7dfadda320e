"""The register of issues under attack: edits within it, a tail cut off, a history written anew.

Edits must show from the chain itself. A tail that was cut off and a history that was written anew can't: they
show from the files that were handed out, so it is measured with 20 of 200 at hand, drawn anew each time.
"""

import random

from measuring import figure, sized

from atlas.dossier.issue_register import COMPLETED, ISSUED
from atlas.dossier.register_chain import NOTHING, Head, look_through, next_line

ISSUES, AT_HAND = 200, 20
START = Head(0, NOTHING)
EMPTY = dict.fromkeys(("gewiste_regels", "controlegetal", "hoort_bij", "ontvanger"))


def register(issues, start=START, said=""):
    """The lines of so many issues, two each, behind a line."""
    lines, head = [], start
    for number in range(issues):
        for action in (ISSUED, COMPLETED):
            moment = f"2026-{number // 28 % 12 + 1:02d}-{number % 28 + 1:02d}T12:00:00.000Z"
            what = {"tijdstip": moment, "door": "beheer", "handeling": action, "doel": f"doel {number}{said}"}
            lines.append(next_line({**EMPTY, **what, "aantal": number}, head))
            head = Head(lines[-1]["nummer"], lines[-1]["keten"])
    return lines


def edited(lines, chance):
    """One edit: a cell, a line taken away that is not the last, one put in, or two that change places."""
    made = [dict(line) for line in lines]
    place = chance.randrange(len(made) - 1)
    match chance.choice(("change", "remove", "insert", "swap")):
        case "change":
            name = chance.choice(sorted(made[place]))
            made[place][name] = chance.choice([cell for cell in ("x", 7, None) if cell != made[place][name]])
        case "remove":
            del made[place]
        case "insert":
            before = Head(place, made[place]["vorige"])  # as well as it can be done
            made.insert(place, next_line({**EMPTY, "handeling": ISSUED, "doel": "erbij"}, before))
        case "swap":
            other = chance.choice([number for number in range(len(made)) if number != place])
            made[place], made[other] = made[other], made[place]
    return made


def found(lines, files):
    """Whether a file at hand tells that the register does not hold its line any more."""
    known = {(line["nummer"], line["keten"]) for line in lines}
    return any((line["nummer"], line["keten"]) not in known for line in files)


def main():
    chance = random.Random(20261130)
    small = register(20)
    times = sized(10_000, 100)
    seen = sum(bool(look_through(edited(small, chance)).broken) for _ in range(times))
    figure(f"{times} edits to the register that show", 100 * seen / times, 100, unit="%", at_least=True)
    lines = register(ISSUES)
    handed_out = lines[::2]

    def share(attacks, times):
        hits = [found(attacks(), chance.sample(handed_out, AT_HAND)) for _ in range(times)]
        return 100 * sum(hits) / times

    def cut(least):
        return lambda: lines[: 2 * chance.randrange(ISSUES - least + 1)]

    def rewritten(last):
        def attack():
            kept = 2 * chance.randrange(last)
            start = Head(kept, lines[kept - 1]["keten"]) if kept else START
            return [*lines[:kept], *register(ISSUES - kept // 2, start, " anders")]

        return attack

    tails, histories = sized(1605, 50), sized(1697, 10)
    figure(
        f"{tails} tails of 20 issues or more cut off, found",
        share(cut(20), tails),
        99,
        unit="%",
        at_least=True,
    )
    figure(f"{tails} tails of any length cut off, found", share(cut(1), tails), unit="%")
    figure(
        f"{histories} histories written anew from the first half, found",
        share(rewritten(ISSUES // 2), histories), 100, unit="%", at_least=True,
    )  # fmt: skip
    figure(
        f"{histories} histories written anew from anywhere, found",
        share(rewritten(ISSUES), histories),
        unit="%",
    )


if __name__ == "__main__":
    main()
