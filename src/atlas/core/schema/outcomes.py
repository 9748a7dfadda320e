"""What may become of a row of a table that is joined to areas: the code list of the report."""

from __future__ import annotations

LINKED = "gekoppeld"
LINKED_SPELLING = "gekoppeld_spelling"
LINKED_CORRECTED = "gecorrigeerd"
LINKED_MERGED = "herindeling"
DIVIDED = "verdeeld"
PLACE = "plaats"
AMBIGUOUS = "dubbelzinnig"
UNKNOWN = "onbekend"
OUTSIDE = "buiten_gebied"
DOUBLE = "dubbel"
VALUE_MISSING = "waarde_ontbreekt"
VALUE_UNREADABLE = "waarde_onleesbaar"
VALUE_OUT_OF_RANGE = "waarde_buiten_bereik"
ABOLISHED = "opgeheven"
TOTAL = "totaalregel"
FOOTNOTE = "voetnoot"

#: every row of every table gets exactly one of these
OUTCOMES = (
    LINKED, LINKED_SPELLING, LINKED_CORRECTED, LINKED_MERGED, DIVIDED, PLACE, AMBIGUOUS, UNKNOWN, OUTSIDE,
    DOUBLE, VALUE_MISSING, VALUE_UNREADABLE, VALUE_OUT_OF_RANGE, ABOLISHED, TOTAL, FOOTNOTE,
)  # fmt: skip
#: the outcomes of rows whose value is on the map; of a place only when it was asked for (`rows_on_map`)
JOINED_OUTCOMES = frozenset({LINKED, LINKED_SPELLING, LINKED_CORRECTED, LINKED_MERGED, DIVIDED})
#: the outcomes somebody should look at: corrected names too, because a correction may be wrong
ATTENTION_OUTCOMES = frozenset(
    {LINKED_CORRECTED, PLACE, AMBIGUOUS, UNKNOWN, DOUBLE, VALUE_MISSING, VALUE_UNREADABLE, VALUE_OUT_OF_RANGE}
)
