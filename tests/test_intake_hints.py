"""Every error of `atlas intake` says what to do, and doing that helps."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from intake_runs import CHOSEN, CITY, COUNTS, FIGURE, FIXED, KEEP, LIST, furnish, run, sheet

SOURCE = Path(__file__).parents[1] / "src" / "atlas"


def text(name, content):
    return lambda room: (room / name).write_text(content, encoding="utf-8")


def nothing(room):
    """No file more than there are."""


OWN = "[atlas]\naudience = 'team'\n[[table]]\n" + "".join(
    f"{key} = '{value}'\n"
    for key, value in {
        "path": "t.csv", "level": "gemeente", "key": "Gemeente", "value": "Meldingen 2024", "unit": "count",
        "label": "Meldingen", "period": "2024", "source": "x", "base": "x", "caution": "x",
    }.items()
)  # fmt: skip
MAPPED = (
    "soort_bestand = 'lijst'\nlayer = 'leegstand_object'\nsource = 'FICTIEF'\nkeep_until = '" + KEEP + "'\n"
)
ADDRESS = "[columns]\nadres = 'Adres'\npostcode = 'Postcode'\nwoonplaats = 'Plaats'\n"
#: beginning of the sentence -> files, what goes wrong, and what the hint says to do
HINTS = {
    "Geen werkblad heet zo": (
        lambda room: sheet(room / "t.xlsx", [("Gemeente", "Meldingen 2024"), ("Assen", 3)]),
        ("t.xlsx", *FIGURE, "--sheet", "Jaar {periode}"), ("t.xlsx", *FIGURE, "--sheet", "Sheet"),
    ),
    "In deze rij staan geen namen": (
        nothing, ("t.csv", *FIGURE, "--sheet", "#rij9"), ("t.csv", *FIGURE, "--sheet", "#rij1"),
    ),
    "Kolom 2 heeft geen naam": (
        text("t2.csv", f"Meldingen;;FICTIEF\n{COUNTS}"),
        ("t2.csv", *FIGURE), ("t2.csv", *FIGURE, "--sheet", "#rij2"),
    ),
    "Een leeg bestand om in te vullen": (
        nothing, ("objects", "template", "signaal", "-o", "a.csv"),
        ("objects", "template", "signaal", "-o", "a.xlsx"),
    ),
    "Een lijst komt in een dossier": (
        nothing, ("s.xlsx", "--layer", "leegstand_object", *FIXED, *CHOSEN), (*LIST, *FIXED, *CHOSEN),
    ),
    "Wat elk record moet hebben": (nothing, (*LIST, *CHOSEN), (*LIST, *CHOSEN, *FIXED)),
    "Van sommige waarden is niet zeker": (nothing, (*LIST, *FIXED), (*LIST, *FIXED, *CHOSEN)),
    "Deze waarde staat niet in de lijst.": (
        nothing, (*LIST, *FIXED, "--choose", "soort:loosd=lood"), (*LIST, *FIXED, *CHOSEN),
    ),
    "Dit veld heeft geen lijst": (
        nothing, (*LIST, *FIXED, "--choose", "toelichting:a=b"), (*LIST, *FIXED, *CHOSEN),
    ),
    "Zo is niet duidelijk welke tekst": (
        nothing, (*LIST, *FIXED, "--choose", "schuur"), (*LIST, *FIXED, *CHOSEN),
    ),
    "Zo'n kolom heeft deze laag niet": (
        nothing, (*LIST, *FIXED, *CHOSEN, "--column", "soor=Type gebouw"),
        (*LIST, *FIXED, *CHOSEN, "--column", "soort=Type gebouw"),
    ),
    "Geen kolom van deze lijst zegt over welke plek": (
        text("s.csv", f"Waar staat het;Soort\nVerzonnenweg 1 9400AA {CITY};schuur\n"),
        ("s.csv", *LIST[1:], *FIXED), ("s.csv", *LIST[1:], *FIXED, "--column", "adres=Waar staat het"),
    ),
    "Twee kolommen van deze lijst": (
        text("s.csv", f"Adres;Type pand;Type object\nVerzonnenweg 1 9400AA {CITY};schuur;stal\n"),
        ("s.csv", *LIST[1:], *FIXED), ("s.csv", *LIST[1:], *FIXED, "--ignore", "Type pand"),
    ),
    "De vastgelegde indeling past niet": (
        text("m.toml", MAPPED + "left = ['Nr', 'Sinds', 'Gezien door', 'Opmerking']\n" + ADDRESS
             + "soort = 'Soortje'\n[values.soort]\nloosd = 'loods'\n'schuur/loods' = 'schuur'\n"),
        (*LIST, "--mapping", "m.toml", "--no-questions", *FIXED[4:]),
        (*LIST, "--mapping", "m.toml", *FIXED[4:], "--column", "soort=Type gebouw"),
    ),
    "Dit bestand heeft kolommen die": (
        text("m.toml", MAPPED + "left = ['Nr', 'Sinds', 'Gezien door', 'Type gebouw']\n" + ADDRESS),
        (*LIST, "--mapping", "m.toml", *FIXED[4:]),
        (*LIST, "--mapping", "m.toml", *FIXED[4:], "--ignore", "Opmerking"),
    ),
    "De vastgelegde indeling kan niet worden gelezen": (
        nothing, (*LIST, "--mapping", "weg.toml", *FIXED), (*LIST, *FIXED, *CHOSEN),
    ),
    "Dit is geen vastgelegde indeling": (
        text("m.toml", "soort_bestand = 'iets'\n"), (*LIST, "--mapping", "m.toml", *FIXED),
        (*LIST, *FIXED, *CHOSEN),
    ),
    "Er zou niets worden overgenomen": (
        text("s.csv", f"Adres;bewaren_tot\nVerzonnenweg 1 9400AA {CITY};2001-01-01\n"),
        ("s.csv", *LIST[1:], *FIXED), ("s.csv", *LIST[1:], *FIXED, "--ignore", "bewaren_tot"),
    ),
    "Om dit op een kaart te zetten": (nothing, ("t.csv",), ("t.csv", *FIGURE)),
    "In deze tabel kan meer dan één kolom": (
        text("t2.csv", "Gemeente;Meldingen;Misdrijven\nAssen;3;4\n"), ("t2.csv", *FIGURE, "--period", "2024"),
        ("t2.csv", *FIGURE, "--period", "2024", "--value", "Meldingen"),
    ),
    'De kolom "': (
        nothing, ("t.csv", *FIGURE, "--value", "Melding"), ("t.csv", *FIGURE, "--value", "Meldingen 2024"),
    ),
    "In deze kolom staan geen gebieden": (
        text("t2.csv", "Gemeente;Ploeg;Meldingen 2024\nAssen;rood;3\nEmmen;geel;4\n"),
        ("t2.csv", *FIGURE, "--key", "Ploeg"), ("t2.csv", *FIGURE, "--key", "Gemeente"),
    ),
    "Van welke periode": (
        text("t2.csv", "Gemeente;Meldingen\nAssen;3\n"), ("t2.csv", *FIGURE),
        ("t2.csv", *FIGURE, "--period", "2024"),
    ),
    "Uit de periode blijkt geen jaar": (
        text("t2.csv", "Gemeente;Meldingen\nAssen;3\n"),
        ("t2.csv", "--per-population", "--unit", "per_1000", *FIGURE[2:], "--period", "voorjaar"),
        ("t2.csv", "--per-population", "--unit", "per_1000", *FIGURE[2:], "--period", "2024"),
    ),
    "Dit cijfer staat al in het configuratiebestand": (
        text("atlas.toml", OWN), ("t.csv", *FIGURE, "--yes"), ("t.csv", *FIGURE, "--label", "Anders"),
    ),
}  # fmt: skip


@pytest.fixture
def room(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return furnish(tmp_path)


@pytest.mark.parametrize("title", HINTS)
def test_every_hint_can_be_followed(room, title):
    """The error is there, says what to do, and is gone or another once that was done."""
    prepare, wrong, followed = HINTS[title]
    prepare(room)
    done = run(*wrong)
    assert done.exit_code == 1, done.output
    assert title in done.output, done.output
    assert "Wat te doen: " in done.output
    with_what = next((line for line in done.output.splitlines() if "Waarmee" in line), "")
    named = re.findall(r"--[a-z-]+", with_what)
    after = run(*followed)
    assert title not in after.output
    assert after.exit_code == (0 if {"--mapping", "-o"} & set(followed) else 3), after.output
    added = [one for one in followed if one.startswith("--") and followed.count(one) > wrong.count(one)]
    assert not added or not named or set(added) & set(named), (added, named)


def test_no_error_of_the_intake_is_without_a_followed_hint():
    said = set()
    rooms = (
        "core/joining/figure_choices", "core/joining/figure_intake", "core/records/list_intake",
        "core/records/list_columns", "flows/intake", "jobs/intake", "jobs/intake_files",
    )  # fmt: skip
    commands = [f"cli/{path.stem}" for path in (SOURCE / "cli").glob("intake*.py")]
    for place in (f"{module}.py" for module in (*rooms, *commands)):
        for node in ast.walk(ast.parse((SOURCE / place).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "AtlasError":
                first = node.args[0]
                values = first.values if isinstance(first, ast.JoinedStr) else [first]
                said.add(next(v.value for v in values if isinstance(v, ast.Constant)))
    answered = {
        "De tekst gaat niet mee."
    }  # with questions only: followed in the test of a text about a person
    followed = (*HINTS, *answered)
    unknown = {one for one in said if not any(one.startswith(t) or t.startswith(one) for t in followed)}
    assert unknown == set()


@pytest.mark.usefixtures("room")
def test_all_that_a_list_leaves_open_is_said_at_once():
    done = run(*LIST)
    assert done.exit_code == 1
    told = " ".join(done.output.split())
    for said in ("Van sommige waarden is niet zeker", "wat elk record moet hebben", "--choose", "--source"):
        assert said in told
    assert run(*LIST, *FIXED, *CHOSEN).exit_code == 3
