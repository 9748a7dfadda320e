"""Figures pass one door: what a count counts decides for whom it is, and what is withheld is not in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.disclosure import figures as door
from atlas.core.disclosure.audiences import Audience
from atlas.core.disclosure.fields import Counted
from atlas.core.disclosure.figures import WITHHELD, release_figures, told_n
from atlas.core.disclosure.records import release, release_issued
from atlas.core.disclosure.released import content_of, release_open
from atlas.core.figures.estimates import COUNT_STATUSES, STATUSES
from atlas.core.figures.indicators import Value, load_catalogue
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.words.errors import AtlasError

ASSEN = "GM0106"
OBJECTS = "leegstand_object"


def catalogue(*counts, measure="telling", **value):
    whole = load_catalogue()
    indicator = replace(whole.indicators[0], id="eigen", label="Eigen", measure=measure, counts=counts)
    given_value = {"value": 12.0, "low": 10.0, "high": 14.0, "n": 80.0, "status": "ok", **value}
    figure = Value("eigen", "gemeente", ASSEN, "2025", note="", **given_value)
    return replace(whole, indicators=(indicator,), values=(figure,))


def records(audience="team"):
    found = [{"uuid": "a", "gemeente_code": ASSEN, "gemeente_zeker": "ja"},
             {"uuid": "b", "gemeente_code": ASSEN, "gemeente_zeker": "nee"}]  # fmt: skip
    return release(
        tuple(RURAL_LAYERS.values()), {OBJECTS: found}, (OBJECTS,),
        audience=audience, municipalities=[ASSEN], purpose="ronde", fictitious=True,
    )  # fmt: skip


@pytest.mark.parametrize("audience", ["openbaar", "partners"])
@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((Counted("signalen", "t.csv"),), "Een telling van signalen gaat niet naar"),
        ((Counted("inwoners", "t.csv"), Counted("personen", "u.csv")), "Een telling van personen gaat niet"),
        ((Counted("", "t.csv"),), "moet bekend zijn wat er is geteld"),
        ((), "moet bekend zijn wat er is geteld"),
    ],
)
def test_a_count_that_may_not_leave_or_does_not_say_what_it_counts_goes_to_a_team_only(
    audience, counts, words
):
    with pytest.raises(AtlasError, match=words):
        release_figures(catalogue(*counts), audience=audience)
    assert release_figures(catalogue(*counts), audience="team").content.values[0].value == 12.0


def test_the_sentence_names_the_table_and_the_figure():
    with pytest.raises(AtlasError) as caught:
        release_figures(catalogue(Counted("tips", "t.csv")), audience="openbaar")
    assert caught.value.where == "t.csv, Eigen"


@given(
    st.sampled_from([*STATUSES, *COUNT_STATUSES]), st.floats(0, 100), st.sampled_from(list(Audience)),
)  # fmt: skip
def test_no_figure_in_a_state_that_withholds_it_ever_leaves(status, figure, audience):
    found = catalogue(measure="steekproef", value=figure, low=figure, high=figure, n=7.0, status=status)
    done = release_figures(found, audience=audience)
    (value,) = done.content.values
    shown = (value.value, value.low, value.high)
    assert shown == ((None,) * 3 if status in WITHHELD else (figure,) * 3)
    assert (value.n is None) == (status == "onderdrukt")
    assert value.status == status
    assert bool(done.withheld) == (status in WITHHELD)
    assert found.values[0].value == figure  # the catalogue itself stays as it was


@pytest.mark.parametrize(("n", "told"), [(1.0, None), (4.0, None), (5.0, 5.0), (29.0, 29.0)])
def test_fewer_than_five_respondents_are_not_told_beside_a_figure_that_is_withheld(n, told):
    found = catalogue(measure="steekproef", status="te_weinig_respondenten", n=n, n_effective=n)
    (value,) = release_figures(found, audience="team").content.values
    assert (value.n, value.n_effective) == (told, told)
    assert told_n(n, "ok") == n


def test_what_is_withheld_is_counted_with_its_reason():
    done = release_figures(catalogue(measure="steekproef", status="onderdrukt"), audience="openbaar")
    assert done.sentences == ("Eigen: 1 waarde niet getoond: onderdrukt.",)
    assert done.withheld_of("eigen") == 1
    assert done.notes == ()  # these say what records stay behind


def test_a_field_that_the_audience_may_not_see_is_not_in_it(monkeypatch):
    def only_the_team(layer, field, audience):
        return (layer, field) != ("waarde", "n") or audience == "team"

    monkeypatch.setattr(door, "may_leave", only_the_team)
    found = catalogue(measure="steekproef")
    assert release_figures(found, audience="openbaar").content.values[0].n is None
    assert release_figures(found, audience="team").content.values[0].n == 80.0


def test_figures_of_records_keep_the_municipalities_the_purpose_and_what_stays_behind():
    counted = release_figures(
        catalogue(Counted("objecten", "het dossier")), audience="team", records=records()
    )
    page = counted.into(lambda figures: {"figures": len(figures.values)})
    assert page.content == {"figures": 1}
    assert (page.municipalities, page.purpose, page.fictitious) == ((ASSEN,), "ronde", True)
    assert page.counts == {OBJECTS: 1}
    assert page.withheld_in(OBJECTS, ASSEN) == 1


def test_a_count_is_not_rounded_because_it_says_so_but_because_it_stands_in_a_protected_table():
    found = catalogue(Counted("objecten", "tabel", rounded=True))
    with pytest.raises(AtlasError, match="Een telling van objecten gaat niet naar partners"):
        release_figures(found, audience="partners")
    assert release_figures(found, audience="team", records=records()).content.values


def test_they_go_where_the_records_go():
    with pytest.raises(ValueError, match="where the records go"):
        release_figures(catalogue(measure="steekproef"), audience="openbaar", records=records())


def test_there_is_no_audience_but_those_of_the_list():
    with pytest.raises(AtlasError, match="Deze doelgroep bestaat niet"):
        release_figures(catalogue(), audience="iedereen")
    with pytest.raises(AtlasError, match="Deze doelgroep bestaat niet"):
        release_open({}, audience="iedereen")


def test_what_is_made_of_a_file_that_was_handed_out_goes_to_the_same_team_only():
    layers = tuple(RURAL_LAYERS.values())
    asked = {"municipalities": [ASSEN], "purpose": "kaart", "fictitious": False, "counts": {OBJECTS: 3}}
    done = release_issued(layers, ["rij"], audience="team", **asked)
    assert (content_of(done), done.counts, done.municipalities) == (["rij"], {OBJECTS: 3}, (ASSEN,))
    for change in ({"audience": "openbaar"}, {"municipalities": []}, {"purpose": " "}):
        with pytest.raises(AtlasError):
            release_issued(layers, ["rij"], **{"audience": "team", **asked, **change})


@pytest.mark.parametrize("given_instead", [{}, [], None, "tekst", catalogue()])
def test_a_writer_is_given_nothing_else(given_instead):
    with pytest.raises(TypeError, match="what was released"):
        content_of(given_instead)
