"""A file on its way into the dossier."""

import datetime as dt

import pytest

from atlas.core.records.import_file import ImportRequest, read_records
from atlas.core.tables.table import Table
from atlas.core.words.errors import AtlasError

DAY = dt.date(2026, 3, 2)


def answers(number, **more):
    return Table.from_columns(
        "FICTIEF.csv",
        {"bag_vbo_id": ["0106010000000001"] * number, "waarde": ["treffer"] * number, **more},
        first_row=2,
    )


@pytest.mark.parametrize("more", [{}, {"bewijsbron": [None] * 529}])
def test_answers_of_a_register_that_nobody_named_are_refused_in_one_sentence(more):
    with pytest.raises(AtlasError) as caught:
        read_records(answers(529, **more), ImportRequest("leegstand_bewijs"), today=DAY, places=None)
    assert caught.value.choices == ("register",)
    assert "529 rijen" in caught.value.got


def test_evidence_that_names_its_source_is_read():
    class Nowhere:
        def locate(self, rows):
            """No row has a place."""

    table = answers(2, bewijsbron=["waarneming", None])
    found = read_records(table, ImportRequest("leegstand_bewijs"), today=DAY, places=Nowhere())
    assert len(found.records) == 2
