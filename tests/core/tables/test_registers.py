"""Cells of registers: what is read, what is mended and said, what is refused with a sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from atlas.core.areas.divisions import areas, mergers
from atlas.core.tables.registers import (
    BAG_KINDS,
    in_provinces,
    read_bag_id,
    read_date,
    read_hit,
    read_moment,
    read_position,
    read_uuid,
    rounded_ids,
    write_moment,
)
from atlas.core.words.errors import AtlasError

TODAY = date(2025, 7, 1)
PREFIXES = sorted(
    {area.code[2:] for area in areas("gemeente")} | {merger.former.code[2:] for merger in mergers()}
)
bag_ids = st.builds(
    "{}{}{:010d}".format,
    st.sampled_from(PREFIXES),
    st.sampled_from(sorted(BAG_KINDS)),
    st.integers(0, 10**10 - 1),
)
cells = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}", fullmatch=True)
    | st.from_regex(r"[0-9]{1,20}", fullmatch=True)
    | st.dates()
    | st.datetimes()
)


def refused(function, *args, **kwargs):
    with pytest.raises(AtlasError) as caught:
        function(*args, **kwargs)
    return caught.value


# BAG ids


@given(bag_ids)
def test_every_bag_id_of_the_provinces_is_read_as_it_is(text):
    assert read_bag_id(text).value == text
    assert read_bag_id(text).note == ""


@given(bag_ids)
def test_leading_zeros_that_went_are_put_back_and_said(text):
    assume(text.startswith("0"))
    for cell in (text.lstrip("0"), int(text), float(int(text))):
        reading = read_bag_id(cell)
        assert reading.value == text
        assert text in reading.note


@given(bag_ids, st.integers(0, 15))
def test_an_id_that_lost_another_digit_is_never_taken_for_a_different_one(text, position):
    lost = text[:position] + text[position + 1 :]
    try:
        value = read_bag_id(lost).value
    except AtlasError:
        return
    assert value.lstrip("0") == lost.lstrip("0")
    assert value[:4] in PREFIXES or value[:4] in {"0039", "0052", "1661"}


@pytest.mark.parametrize(
    "cell",
    ["0014100000012345", "'0014100000012345", " 0014 1000 0001 2345 ", "NL.IMBAG.Pand.0014100000012345"],
)
def test_an_id_is_recognised_in_the_clothes_it_wears(cell):
    assert read_bag_id(cell).value == "0014100000012345"


@pytest.mark.parametrize("cell", ["1.4E+13", "1,23E+15", "1.23e15", "1,68010000001234E+15"])
def test_an_id_in_scientific_notation_is_refused_with_the_way_to_mend_it(cell):
    error = refused(read_bag_id, cell)
    assert "afgerond" in error.title
    assert error.got == cell
    assert "als tekst" in error.hint


@pytest.mark.parametrize("cell", [1680100000012340, 1680100000012340.0])
def test_a_long_id_that_is_a_number_and_ends_in_zero_is_refused(cell):
    assert "laatste cijfer" in refused(read_bag_id, cell).title


def test_a_long_id_that_is_a_number_and_kept_its_last_digit_is_read():
    assert read_bag_id(1680100000012345).value == "1680100000012345"
    assert read_bag_id("1680100000012340").value == "1680100000012340"


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "onbekend",
        "001410000001234",  # 15 digits that start with 0: nothing was stripped, a digit is missing
        "168010000001234",  # with a 0 in front: municipality 0168 lies elsewhere
        "14400000012345",  # with zeros in front: 40 is no kind of object
        "00141000000123456",
        "0014990000012345",
        "١٢٣٤١٠٠٠٠٠٠١٢٣٤٥",  # digits, but not ours
        -14100000012345,
        14100000012345.5,
        True,
        None,
        float("nan"),
        float("inf"),
    ],
)
def test_what_is_no_bag_id_is_refused(cell):
    error = refused(read_bag_id, cell)
    assert error.title == "Dit is geen BAG-id."
    assert "16 cijfers" in error.expected


def test_an_id_of_another_kind_is_refused_by_name():
    error = refused(read_bag_id, "0014010000012345", kinds=("pand",))
    assert "van een verblijfsobject" in error.title
    assert "pand" in error.expected


def test_an_id_made_by_a_municipality_across_the_border_is_read():
    assert read_bag_id("0085100000012345").value == "0085100000012345"


def test_a_column_whose_last_digits_were_zeroed_is_recognised():
    whole = [f"16801000000123{last:02d}" for last in range(1, 60, 7)]
    assert rounded_ids([text[:-1] + "0" for text in whole])
    assert not rounded_ids(whole)
    assert not rounded_ids([whole[0][:-1] + "0"] * 100)
    assert not rounded_ids([f"00141000000{number:04d}0" for number in range(100)])


# dates


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_in_the_notations_that_mean_one_day(day):
    for cell in (
        day,
        datetime(day.year, day.month, day.day, 13, 30, tzinfo=UTC),
        day.isoformat(),
        f"{day.isoformat()}T10:00:00+01:00",
        f"{day.day}-{day.month}-{day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}",
    ):
        assert read_date(cell).value == day.isoformat()


@given(st.dates(date(1950, 1, 2), date(2099, 12, 31)))
def test_every_serial_number_of_a_spreadsheet_is_read_and_said(day):
    serial = (day - date(1899, 12, 30)).days
    for cell in (serial, float(serial), serial + 0.75, str(serial)):
        reading = read_date(cell)
        assert reading.value == day.isoformat()
        assert str(serial) in reading.note


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1 april 2025", "2025-04-01"),
        ("1 mrt 2025", "2025-03-01"),
        ("31 december 2024", "2024-12-31"),
        ("20250401", "2025-04-01"),
        (20250401, "2025-04-01"),
        ("13/4/2025", "2025-04-13"),
        ("4/4/2025", "2025-04-04"),
        ("2025-4-1", "2025-04-01"),
        ("1-4-2025 00:00:00", "2025-04-01"),
    ],
)
def test_other_notations_of_a_day_are_read(cell, expected):
    assert read_date(cell).value == expected


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("31-02-2025", "31 februari 2025 bestaat niet."),
        ("2025-02-29", "29 februari 2025 bestaat niet."),
        ("2025-13-01", "Maand 13 bestaat niet."),
        ("0-4-2025", "0 april 2025 bestaat niet."),
        ("1-4-25", "Het jaartal heeft twee cijfers; dat kan meer dan één datum zijn."),
        ("4/5/2025", "Dit kan 4 mei zijn en 5 april."),
        ("4/25/2025", "De maand staat voor de dag."),
        ("1899-12-30", "Deze datum lijkt een lege datum die een programma heeft ingevuld."),
        ("0001-01-01", "Deze datum lijkt een lege datum die een programma heeft ingevuld."),
        ("0000-00-00", "Maand 0 bestaat niet."),
        ("gisteren", "Dit is geen datum."),
        ("2025", "Dit is geen datum."),
        (2025, "Dit is geen datum."),
        ("31 foktober 2025", "Dit is geen datum."),
        (True, "Dit is geen datum."),
        (None, "Dit is geen datum."),
        (float("nan"), "Dit is geen datum."),
        (1e300, "Dit is geen datum."),
    ],
)
def test_what_is_no_day_is_refused_with_a_sentence(cell, sentence):
    error = refused(read_date, cell)
    assert error.title == sentence
    assert error.expected
    assert error.hint


def test_a_date_in_the_future_is_refused_where_it_may_not_be():
    assert read_date("2025-07-01", latest=TODAY).value == "2025-07-01"
    error = refused(read_date, "2025-07-02", latest=TODAY)
    assert "toekomst" in error.title
    assert "1 juli 2025" in error.expected
    assert read_date("2025-07-02").value == "2025-07-02"


# whatever the cell holds


@given(cells)
def test_no_cell_ever_brings_a_reader_down(cell):
    for reader in (read_bag_id, read_date, read_moment, read_uuid, read_hit, read_position):
        try:
            reader(cell)
        except AtlasError as error:
            assert error.title  # noqa: PT017 -- a sentence is one of the two right answers


@given(cells)
def test_what_was_read_is_read_the_same_again(cell):
    for reader in (read_bag_id, read_date, read_moment, read_uuid):
        try:
            value = reader(cell).value
        except AtlasError:
            continue
        assert reader(value).value == value
        assert reader(value).note == ""


# moments, uuids, hits, places


def test_moments_are_kept_in_utc():
    amsterdam = timezone(timedelta(hours=2))
    assert write_moment(datetime(2025, 7, 1, 10, 30, tzinfo=amsterdam)) == "2025-07-01T08:30:00Z"
    assert read_moment("2025-07-01T10:30:00+02:00").value == "2025-07-01T08:30:00Z"
    assert read_moment("2025-07-01T08:30:00.250Z").value == "2025-07-01T08:30:00Z"
    assert read_moment(datetime(2025, 7, 1, 8, 30, tzinfo=UTC)).value == "2025-07-01T08:30:00Z"
    assert "tijdstip" in refused(read_moment, "vanmorgen").title


def test_braces_and_capitals_of_a_uuid_are_mended_and_said():
    bare = "3f2b8c1e-0d4a-4c5b-9e6f-7a8b9c0d1e2f"
    assert read_uuid(bare).note == ""
    reading = read_uuid("{" + bare.upper() + "}")
    assert reading.value == bare
    assert "accolades" in reading.note
    for wrong in ("", "12", bare.replace("-", ""), bare + "0", "urn:uuid:" + bare):
        assert "uuid" in refused(read_uuid, wrong).title


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("treffer", "treffer"),
        ("Hit", "treffer"),
        ("ja", "treffer"),
        (1, "treffer"),
        (1.0, "treffer"),
        (True, "treffer"),
        ("geen_treffer", "geen_treffer"),
        ("Geen treffer", "geen_treffer"),
        ("no hit", "geen_treffer"),
        (0, "geen_treffer"),
        (False, "geen_treffer"),
        ("", "niet_bevraagd"),
        ("n.v.t.", "niet_bevraagd"),
        ("niet bevraagd", "niet_bevraagd"),
    ],
)
def test_a_register_answers_hit_or_no_hit(cell, answer):
    assert read_hit(cell) == answer


def test_a_name_in_the_place_of_a_hit_is_never_repeated():
    error = refused(read_hit, "J. Jansen")
    assert "Jansen" not in str(error)
    assert "treffer" in error.expected


@pytest.mark.parametrize("place", [(233_900, 582_000), (199_000, 509_000), (284_000.0, 626_000.0)])
def test_a_place_in_or_near_the_provinces_is_read(place):
    assert read_position(place) == place


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ((0, 0), "0 en 0"),
        ((582_000, 233_900), "verwisseld"),
        ((6.57, 53.2), "graden"),
        ((53.2, 6.57), "graden"),
        ((121_000, 487_000), "niet in of bij Drenthe en Groningen"),
        ((233_900, float("nan")), "geen plaats"),
        ((233_900, 582_000, 3.2), "geen plaats"),
        (("233900", "582000"), "geen plaats"),
        ("233900, 582000", "geen plaats"),
        ((), "geen plaats"),
    ],
)
def test_a_place_elsewhere_is_refused_with_what_is_wrong(place, sentence):
    error = refused(read_position, place)
    assert sentence in error.title
    assert "RD New" in error.expected


@given(st.floats(0, 300_000), st.floats(300_000, 650_000))
def test_a_place_is_read_exactly_when_it_lies_in_the_frame(x, y):
    if in_provinces(x, y):
        assert read_position((x, y)) == (x, y)
    else:
        refused(read_position, (x, y))
