"""The chain of the register: every edit in it shows; a cut tail and a rewrite show from a file at hand."""

from __future__ import annotations

import random
import shutil
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.core.words.errors import AtlasError
from atlas.dossier import issue_register, locks
from atlas.dossier.checking import check_dossier
from atlas.dossier.issue_register import append_line, chained, read_lines, read_register, record_issue
from atlas.dossier.opening import open_dossier
from atlas.dossier.register_chain import (
    EMPTIED,
    Head,
    clock_set_back,
    content_hash,
    emptied,
    line_hash,
    look_through,
    next_line,
    numbers_in,
    said_numbers,
)
from atlas.jobs.register_lines import head_of, list_lines, show_line, verify
from dossier_samples import ISSUE, LATER, filled

PAGE = "<!DOCTYPE html>\n<html><head><title>Proef (FICTIEF)</title></head></html>"


@pytest.fixture
def dossier(tmp_path):
    return filled(tmp_path / "team")


def hand_out(dossier, path, text=PAGE, **change):
    with record_issue(dossier, path, layers={"leegstand_object": 2}, **{**ISSUE, **change}) as beside:
        beside.write_text(text, encoding="utf-8")
    return path


def around_the_rules(dossier, *statements):
    """What somebody does who knows SQLite: the triggers go, and then anything can be written."""
    with closing(sqlite3.connect(dossier.path("uitgifte"), isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            connection.execute(statement)


def lines_of(count):
    """A register that was never on disk."""
    lines, head = [], look_through([]).head
    for number in range(count):
        said = {
            "tijdstip": f"2026-02-01T12:{number % 60:02d}:00.000Z", "door": "beheer", "handeling": "uitgifte",
            "doel": f"doel {number}", "aantal": number, "gewiste_regels": None, "controlegetal": None,
            "hoort_bij": None,
        }  # fmt: skip
        lines.append(next_line(said, head))
        head = Head(lines[-1]["nummer"], lines[-1]["keten"])
    return lines


@given(st.integers(0, 2**32), st.sampled_from(["change", "remove", "insert", "swap", "renumber", "copy"]))
@settings(max_examples=300, deadline=None)
def test_every_edit_within_the_register_is_found(seed, what):
    edited, chance = [dict(line) for line in lines_of(12)], random.Random(seed)
    place = chance.randrange(11)
    match what:
        case "change":
            name = chance.choice([name for name in edited[0] if name != "hoort_bij"])
            others = [cell for cell in ("iets anders", 99, None, "") if cell != edited[place][name]]
            edited[place][name] = chance.choice(others)
        case "remove":
            del edited[place]
        case "insert":
            edited.insert(place, next_line({"doel": "erbij", "handeling": "uitgifte"}, Head(place, "0" * 64)))
            edited[place]["gewiste_regels"] = edited[place]["controlegetal"] = None
        case "swap":
            other = chance.choice([n for n in range(12) if n != place])
            edited[place], edited[other] = edited[other], edited[place]
        case "renumber":
            edited[place]["nummer"] += chance.choice([-1, 1])
        case "copy":
            edited.insert(place, dict(edited[place]))
    assert look_through(edited).broken


def test_a_register_as_it_was_written_is_right_whatever_its_length():
    for count in (0, 1, 2, 40):
        looked = look_through(lines_of(count))
        assert (looked.broken, looked.accepted, looked.head.number) == ((), (), count)


def test_an_edit_with_hashes_made_anew_breaks_the_chain_behind_it():
    lines = lines_of(5)
    lines[2]["doel"] = "iets anders"
    lines[2]["inhoud"] = content_hash(lines[2])
    lines[2]["keten"] = line_hash(3, lines[2]["vorige"], lines[2]["inhoud"])
    (broken,) = look_through(lines).broken
    assert broken.sentence == "regel 4 past niet op regel 3"


def test_a_line_whose_contents_went_after_its_term_still_fits_and_says_nothing_more():
    lines = lines_of(5)
    lines[1] = emptied(lines[1])
    assert "beheer" not in repr(lines[1])
    assert "doel 1" not in repr(lines[1])
    assert "leeggemaakt" in look_through(lines).broken[0].sentence  # by whom, nobody knows
    said = {"handeling": EMPTIED, "gewiste_regels": "2", "tijdstip": "2026-03-01T12:00:00.000Z", "door": "x"}
    lines.append({**dict.fromkeys(lines[0]), **next_line(said, Head(5, lines[4]["keten"]))})
    assert look_through(lines).broken == ()
    lines[1]["doel"] = "iets verzonnen"
    assert "staat weer iets" in look_through(lines).broken[0].sentence


def test_the_hash_of_a_line_that_went_tells_nothing_by_guessing():
    one, two = (next_line({"door": "beheer", "doel": "rondje"}, Head(0, "0" * 64)) for _ in range(2))
    assert one["inhoud"] != two["inhoud"]


@given(st.sets(st.integers(1, 60)))
def test_numbers_are_said_in_short_and_read_back(numbers):
    assert numbers_in(said_numbers(numbers)) == numbers


def test_a_clock_that_was_set_back_is_seen():
    lines = [{"nummer": 1, "tijdstip": "2026-02-01T12:00:00.000Z"}]
    lines += [{"nummer": 2, "tijdstip": "2026-02-01T11:58:00.000Z"}]  # two computers
    lines += [{"nummer": 3, "tijdstip": "2026-01-01T12:00:00.000Z"}]
    assert clock_set_back(lines) == (3,)


def test_nothing_is_handed_out_from_a_register_that_was_edited(dossier, tmp_path):
    for name in ("een", "twee"):
        hand_out(dossier, tmp_path / f"{name}.html")
    around_the_rules(dossier, "DELETE FROM uitgifte WHERE nummer = 2")
    with pytest.raises(AtlasError, match="niet meer zoals het is geschreven") as caught:
        hand_out(dossier, tmp_path / "drie.html")
    assert "na regel 1 komt regel 3" in caught.value.got
    assert not (tmp_path / "drie.html").exists()
    with pytest.raises(AtlasError, match="niet meer zoals"):
        append_line(dossier, {"tijdstip": "2026-02-01T12:00:00Z", "handeling": "gewist", "aantal": 0})
    assert any("na regel 1 komt regel 3" in note for note in open_dossier(dossier.folder).notes)
    assert any("na regel 1 komt regel 3" in one for one in check_dossier(dossier).wrong)


def test_what_is_accepted_stays_visible_and_the_chain_goes_on(dossier, tmp_path):
    for name in ("een", "twee"):
        hand_out(dossier, tmp_path / f"{name}.html")
    around_the_rules(
        dossier, "UPDATE uitgifte SET doel = 'iets anders' WHERE nummer = 1",
        "DELETE FROM uitgifte WHERE nummer = 3",
    )  # fmt: skip
    check_dossier(dossier, accept=True)
    assert check_dossier(dossier).wrong == ()
    accepted = read_lines(dossier)[-1]
    assert (accepted["handeling"], accepted["nummer"]) == ("aanvaard", 5)
    assert "inhoud van regel 1" in accepted["doel"]
    hand_out(dossier, tmp_path / "drie.html")
    (verdict,) = verify(dossier.folder, [])
    assert verdict.right
    assert any("inhoud van regel 1 is gewijzigd" in one for one in verdict.sentences)
    around_the_rules(dossier, "UPDATE uitgifte SET doel = 'weer anders' WHERE nummer = 1")
    assert not verify(dossier.folder, [])[0].right  # accepted as it stood then


def test_an_accepted_register_stays_right_when_numbers_were_swapped(dossier, tmp_path):
    hand_out(dossier, tmp_path / "een.html")
    around_the_rules(
        dossier,
        "UPDATE uitgifte SET fid = 99 WHERE nummer = 1",
        "UPDATE uitgifte SET fid = 100 WHERE nummer = 0",
    )
    assert "na regel 0 komt regel 2" in check_dossier(dossier).wrong[0]
    check_dossier(dossier, accept=True)
    assert check_dossier(dossier).wrong == ()
    assert verify(dossier.folder, [hand_out(dossier, tmp_path / "twee.html")])[1].right


def test_a_cut_tail_is_found_by_a_file_that_was_handed_out(dossier, tmp_path):
    early, late = (hand_out(dossier, tmp_path / f"{name}.html") for name in ("een", "twee"))
    head = head_of(dossier.folder)
    around_the_rules(dossier, "DELETE FROM uitgifte WHERE nummer > 2", "DELETE FROM controle")
    register, first, second = verify(dossier.folder, [early, late])
    assert (register.right, first.right, second.right) == (True, True, False)  # the chain alone can't tell
    assert "korter dan toen dit bestand werd uitgegeven" in second.sentences[0]
    assert not verify(dossier.folder, [], head=head)[1].right
    hand_out(dossier, tmp_path / "drie.html")  # somebody goes on from there
    (sentence,) = verify(dossier.folder, [late])[1].sentences
    assert "herschreven" in sentence


def test_an_older_copy_put_back_is_found_by_a_file_and_at_opening(dossier, tmp_path):
    hand_out(dossier, tmp_path / "een.html")
    shutil.copy2(dossier.path("uitgifte"), tmp_path / "oud.gpkg")
    path = hand_out(dossier, tmp_path / "twee.html")
    assert open_dossier(dossier.folder).notes == ()
    shutil.copy2(tmp_path / "oud.gpkg", dossier.path("uitgifte"))
    assert any("korter dan de vorige keer" in note for note in open_dossier(dossier.folder).notes)
    assert not verify(dossier.folder, [path])[1].right


def test_a_rewritten_history_is_found_by_a_file_that_was_handed_out(dossier, tmp_path):
    path = hand_out(dossier, tmp_path / "een.html")
    lines = [{**line, "doel": "iets anders", "uuid": line["uuid"]} for line in read_lines(dossier)]
    made = chained([{k: v for k, v in line.items() if k not in CHAIN} for line in lines], LATER.isoformat())
    columns = ", ".join(made[0])
    around_the_rules(dossier, "DELETE FROM uitgifte", "DELETE FROM controle")
    with closing(sqlite3.connect(dossier.path("uitgifte"))) as connection, connection:
        for line in made[:2]:
            marks = ", ".join("?" * len(line))
            connection.execute(
                f"INSERT INTO uitgifte ({', '.join(line)}) VALUES ({marks})", list(line.values())
            )
    assert columns
    register, of_file = verify(dossier.folder, [path])
    assert (register.right, of_file.right) == (True, False)
    assert "een andere dan toen dit bestand werd uitgegeven" in of_file.sentences[0]


CHAIN = ("nummer", "zout", "inhoud", "vorige", "keten")


def test_equal_bytes_stand_in_several_lines_and_all_are_named(dossier, tmp_path):
    paths = [hand_out(dossier, tmp_path / f"a{number}.csv", "gebied;aantal\n") for number in range(4)]
    (_, verdict) = verify(dossier.folder, [paths[2]])
    assert verdict.right
    assert [f"a{number}.csv" in said for number, said in enumerate(verdict.sentences[:4])] == [True] * 4
    assert "niet te zien welke keer" in verdict.sentences[4]


def test_a_file_that_was_changed_an_unknown_one_and_one_never_completed_get_a_sentence(dossier, tmp_path):
    path = hand_out(dossier, tmp_path / "een.html")
    path.write_text(path.read_text().replace("</head>", "<script>steel()</script></head>"))
    strange = tmp_path / "vreemd.html"
    strange.write_text(PAGE)
    half = tmp_path / "half.html"
    with pytest.raises(RuntimeError), record_issue(dossier, half, layers={"signaal": 1}, **ISSUE):
        raise RuntimeError
    begun = read_lines(dossier)[-1]
    half.write_text(f"atlas-uitgifte {begun['nummer']} {begun['keten']}")
    found = verify(dossier.folder, [path, strange, half])[1:]
    assert [one.right for one in found] == [False] * 3
    words = (
        "gewijzigd nadat het is uitgegeven. Vul er geen wachtzin in",
        "staat niet in dit register",
        "niet voltooid",
    )
    assert [word in one.sentences[0] for word, one in zip(words, found, strict=True)] == [True] * 3
    with pytest.raises(AtlasError, match="kan niet worden gelezen"):
        verify(dossier.folder, [tmp_path / "weg.html"])
    with pytest.raises(AtlasError, match="geen kop"):
        verify(dossier.folder, [], head="zomaar iets")


def test_two_colleagues_at_once_make_one_chain(dossier, tmp_path, monkeypatch):
    monkeypatch.setattr(locks, "BUSY_TIMEOUT_S", 60.0)
    failed = []

    def colleague(name):
        try:
            for number in range(5):
                hand_out(dossier, tmp_path / f"{name}{number}.html", user=name)
        except AtlasError as error:
            failed.append(error)

    threads = [threading.Thread(target=colleague, args=[name]) for name in ("an", "bo")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    lines = read_lines(dossier)
    assert look_through(lines).broken == ()
    assert [line["nummer"] for line in lines] == list(range(1, 21))
    assert all(one.right for one in verify(dossier.folder, sorted(tmp_path.glob("*.html"))))


def test_a_register_that_is_gone_means_no_file(dossier, tmp_path):
    dossier.path("uitgifte").unlink()
    with pytest.raises(AtlasError, match="ontbreekt"):
        hand_out(dossier, tmp_path / "een.html")
    assert not (tmp_path / "een.html").exists()


def test_lines_are_listed_and_shown(dossier, tmp_path):
    assert list_lines(dossier.folder) == []
    hand_out(dossier, tmp_path / "een.html", recipient="RIEC Noord")
    begun, completed = list_lines(dossier.folder)
    for word in ("1. 1 februari 2026 12:00 UTC", "door beheer", "RIEC Noord", "rondje maart", "Assen"):
        assert word in begun
    assert "Voltooid: een.html staat er" in completed
    assert "2 records uit leegstaande objecten" in begun
    shown = dict(show_line(dossier.folder, 2))
    assert shown["Controlegetal"] == read_register(dossier)[0]["controlegetal"]
    with pytest.raises(AtlasError, match="niet in het register"):
        show_line(dossier.folder, 3)


def test_lines_of_before_the_chain_are_chained_and_the_last_one_says_from_where():
    old = [
        {
            "uuid": f"00000000-0000-4000-8000-{number:012d}",
            "doel": "oud",
            "handeling": "uitgifte",
            "ontvanger": None,
        }
        for number in range(3)
    ]
    made = chained(old, "2026-03-01T12:00:00Z")
    assert [line["uuid"] for line in made[:3]] == [line["uuid"] for line in old]
    assert (
        look_through([{**dict.fromkeys(("gewiste_regels", "controlegetal")), **one} for one in made]).broken
        == ()
    )
    assert (made[3]["handeling"], made[3]["aantal"]) == ("ketting", 3)
    assert chained([], "2026-03-01T12:00:00Z") == []
    assert replace(issue_register.Said(), table="x").table == "x"
