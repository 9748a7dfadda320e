"""What a spreadsheet would run gets an apostrophe; what it would not stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.words.spreadsheet_text import harmless, harmless_line

TEXTS = st.text(max_size=12) | st.text("=+-@\t\r\n 1A(\x08\ufeff\uff1d\u200e", max_size=6)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "\u200e=", "\uff1d", "\x08="])
def test_a_formula_gets_an_apostrophe_also_behind_what_cannot_be_seen(start):
    assert harmless(f"{start}1+1") == f"'{start}1+1"


def test_a_number_below_zero_is_no_formula():
    assert (harmless(-3), harmless(-3.5), harmless("-3"), harmless(None)) == (-3, -3.5, "'-3", None)


@given(TEXTS)
def test_a_text_is_never_changed_but_by_an_apostrophe(text):
    assert harmless(text) in (text, f"'{text}")
    assert harmless(harmless(text)) == harmless(text)


@given(TEXTS)
def test_a_line_is_printable_and_no_formula(text):
    line = harmless_line(text)
    assert line.isprintable()
    assert not line.startswith(("=", "+", "-", "@", "\uff1d"))
