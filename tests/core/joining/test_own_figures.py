"""Tables of a user as figures: two labels are two figures, and their weighting decides how sure they are."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from atlas.core.counts.team_page import first_of_dossier
from atlas.core.figures.indicators import Catalogue
from atlas.core.figures.map_layers import map_name
from atlas.core.joining.join import join
from atlas.core.joining.own_figures import Figure, slug, with_own_figure
from atlas.core.tables.table import Table
from atlas.core.words.errors import AtlasError

EMPTY = Catalogue((), (), (), ())
FIGURE = Figure("FICTIEF cijfer", "2025", "FICTIEF", "FICTIEF", "")


def joined():
    return join(
        Table.from_columns("t.csv", {"Gemeente": ["Assen", "Emmen"], "Aandeel": [12, 14]}),
        level="gemeente", key="Gemeente", value="Aandeel", unit="percent",
    )  # fmt: skip


def catalogue_of(*figures):
    catalogue = EMPTY
    for label, period, theme, source in figures:
        figure = Figure(label, period, source, "Inwoners", "Verzonnen.", theme=theme)
        catalogue = with_own_figure(
            catalogue, figure, joined(), level="gemeente", unit="percent", where="t.csv"
        )
    return catalogue


@pytest.mark.parametrize(
    "labels",
    [
        ("Leegstand", "Leegstand (%)"),
        ("Leegstand", "leegstand", "Leegstand!", "Leegstand 2"),
        ("🐄", "🚜", "!"),
        ("شاغر", "مزرعة"),
        ("a" * 400, "a" * 401),
    ],
)
def test_two_labels_are_two_figures_and_two_themes(labels):
    catalogue = catalogue_of(*((label, "2025", label, "FICTIEF") for label in labels))
    assert [indicator.label for indicator in catalogue.indicators] == list(labels)
    assert len({indicator.id for indicator in catalogue.indicators}) == len(labels)
    assert len({theme.id for theme in catalogue.themes}) == len(labels)
    assert all(len(indicator.id) < 90 for indicator in catalogue.indicators)


def test_one_label_in_two_periods_is_one_figure_and_twice_the_same_period_is_refused():
    catalogue = catalogue_of(*(("Leegstand (%)", period, "Eigen", "FICTIEF") for period in ("2024", "2025")))
    assert [indicator.id for indicator in catalogue.indicators] == ["leegstand"]
    with pytest.raises(AtlasError, match="staat al in de atlas"):
        catalogue_of(*[("Leegstand", "2025", "Eigen", "FICTIEF")] * 2)


def test_one_label_with_two_units_is_refused_and_not_drawn_as_one():
    catalogue = catalogue_of(("Leegstand", "2024", "Eigen", "FICTIEF"))
    figure = Figure("Leegstand", "2025", "FICTIEF", "Inwoners", "Verzonnen.")
    with pytest.raises(AtlasError, match="andere eenheid"):
        with_own_figure(catalogue, figure, joined(), level="gemeente", unit="count", where="t.csv")


def test_a_source_called_dossier_is_not_taken_for_the_dossier():
    assert first_of_dossier(catalogue_of(("Leegstand", "2025", "Eigen", "Dossier FICTIEF"))) == ""


def test_periods_that_are_written_alike_are_two_layers():
    views = [{"level": "gemeente", "period": period} for period in ("2025 H1", "2025-H1", "🐄", "🚜")]
    names = [map_name({"id": slug("Leegstand"), "views": views}, view) for view in views]
    assert len(set(names)) == len(names)
    one = {"id": "leegstand", "views": views[:1]}
    assert map_name(one, views[0]) == "kaart_leegstand_gemeente"


def assen(percent, n, figure=FIGURE, unit="percent"):
    """The value of Assen, after a table of one row was joined."""
    table = Table.from_columns("FICTIEF", {"gebied": ["Assen"], "cijfer": [percent], "n": [n]})
    answers = join(table, level="gemeente", key="gebied", value="cijfer", unit=unit, n="n")
    catalogue = with_own_figure(EMPTY, figure, answers, level="gemeente", unit=unit, where="tabel 1")
    return catalogue.values[0]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "ontwerpeffect 3 aangenomen"),
        ({"assumed_design_effect": 2.5}, "ontwerpeffect 2,50 aangenomen"),
        ({"design_effect": 1.4}, "gepubliceerde ontwerpeffect 1,40"),
    ],
)
def test_the_design_effect_is_the_published_one_else_the_assumed_one_else_that_of_every_survey(given, said):
    assert said in assen(20.0, 900.0, replace(FIGURE, **given)).note


@pytest.mark.parametrize(
    ("percent", "n", "state"),
    [(100.0, 1.0, "te_weinig_respondenten"), (2.0, 240.0, "te_weinig_respondenten"), (2.0, 300.0, "ok")],
)
def test_a_share_of_fewer_than_five_respondents_is_not_shown(percent, n, state):
    assert assen(percent, n, replace(FIGURE, design_effect=1.0)).status == state


def test_a_mean_of_a_few_people_is_not_shown_either():
    assert assen(7.9, 12.0, unit="grade_0_10").status == "te_weinig_respondenten"
    assert assen(7.9, 900.0, unit="grade_0_10").status == "indicatief"


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ({"design_effect": 1.4, "assumed_design_effect": 3.0}, "twee ontwerpeffecten"),
        ({"design_effect": -2.0}, "getal boven nul"),
        ({"assumed_design_effect": math.nan}, "getal boven nul"),
    ],
)
def test_an_assumption_beside_a_publication_or_below_zero_is_refused(given, title):
    with pytest.raises(AtlasError, match=title) as raised:
        assen(20.0, 900.0, replace(FIGURE, **given))
    assert "tabel 1" in str(raised.value.where)
