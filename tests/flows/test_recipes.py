"""Published tables in an atlas, with source and caution; the layouts are real, the numbers made up."""

import tomllib

import pytest

from atlas.core.joining.recipes import NOT_SEEN, read_recipe, recipe, recipes
from atlas.core.words.errors import AtlasError
from atlas.flows.building import build_atlas
from atlas.flows.configuration import read_configuration
from atlas.flows.recipes import add_figures

POLICE = """"Geregistreerde misdrijven en aangiften; soort misdrijf, gemeente 2026 (FICTIEF)"
"Soort misdrijf: Totaal misdrijven"
""
"Onderwerp";"Geregistreerde misdrijven";"Geregistreerde misdrijven"
"Perioden";"2023";"2024"
"Regio's";"aantal";"aantal"
"Assen";"3263";"3300"
"Emmen";"4100";"4200"
"Bron: Politie"
"""
KERNCIJFERS = """"Perioden";"Regio's";"Bevolking/Totale bevolking (aantal)"
"2024";"Assen";33000
"2025";"Assen";33003
"""


@pytest.fixture
def police(tmp_path):
    path = tmp_path / "misdrijven.csv"
    path.write_text(POLICE, encoding="utf-8")
    return path


def tables(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))["table"]


def test_every_recipe_says_what_a_reader_must_know():
    for known in recipes():
        assert known.source
        assert known.licence
        assert known.layout in ("gezien", "genoemd", "niet_gezien")
        for figure in known.figures:
            assert figure.caution
            assert figure.definition
            assert bool(figure.denominator) == figure.unit.startswith("per_1")
            assert bool(figure.measure) == bool(figure.label) == (known.layout != NOT_SEEN)


def test_a_table_is_recognised_and_its_newest_year_goes_into_the_atlas(tmp_path, police):
    configuration = tmp_path / "atlas.toml"
    done = add_figures(police, configuration, maker=("Proef (FICTIEF)", "proef@voorbeeld.example"))
    assert done.recipe.id == "47013NED"
    assert done.notes == ()
    (block,) = tables(configuration)
    assert (block["period"], block["counts"], block["measure"]) == ("2024", "misdrijven", "telling")
    assert "Politie" in block["source"]
    assert "where" not in block  # the file is of one kind: it stands above its header
    build_atlas(read_configuration(configuration), tmp_path / "uit", sheets=False)
    page = (tmp_path / "uit" / "atlas.html").read_text(encoding="utf-8")
    assert "wat niet is gemeld of ontdekt" in page


def test_periods_are_chosen_and_one_that_is_not_there_is_named(tmp_path, police):
    configuration = tmp_path / "atlas.toml"
    add_figures(police, configuration, periods=["2023", "2024JJ00"])
    assert [block["period"] for block in tables(configuration)] == ["2023", "2024"]
    again = add_figures(police, configuration, periods=["2024"])
    assert again.added == ("Geregistreerde misdrijven, 2024: vervangen",)
    with pytest.raises(AtlasError) as refused:
        add_figures(police, configuration, periods=["2019"])
    assert refused.value.expected == "2023, 2024"


def test_a_table_without_a_title_is_known_by_the_id_in_its_name_or_by_the_user(tmp_path):
    named = tmp_path / "70072ned_UntypedDataSet_30112026_101112.csv"
    named.write_text(KERNCIJFERS, encoding="utf-8")
    assert add_figures(named, tmp_path / "a.toml").recipe.id == "70072ned"
    plain = tmp_path / "kern.csv"
    plain.write_text(KERNCIJFERS, encoding="utf-8")
    with pytest.raises(AtlasError, match="niet herkend") as refused:
        add_figures(plain, tmp_path / "b.toml")
    assert refused.value.choices == ("recipe",)
    assert not (tmp_path / "b.toml").exists()
    assert add_figures(plain, tmp_path / "b.toml", name="70072NED").added


def test_a_table_that_lacks_the_figures_of_its_recipe_is_refused(tmp_path, police):
    with pytest.raises(AtlasError, match="geen cijfer van dit recept"):
        add_figures(police, tmp_path / "a.toml", name="80781ned")
    with pytest.raises(AtlasError, match="geen cijfer van dit recept"):
        add_figures(police, tmp_path / "a.toml", name="zicht_op_ondermijning")
    with pytest.raises(AtlasError, match="Dit recept is er niet"):
        recipe("12345NED")


def test_a_recipe_with_an_unknown_or_missing_key_gets_a_sentence(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text('title = "x"\nkleur = "rood"\n')
    with pytest.raises(AtlasError, match="onbekende sleutel"):
        read_recipe(path)
    path.write_text('title = "x"\n')
    with pytest.raises(AtlasError, match="mist een sleutel"):
        read_recipe(path)


def test_every_table_of_the_list_has_its_recipe_and_says_how_well_it_is_known():
    named = {one: known.layout for known in recipes() for one in (*known.ids, known.id)}
    seen = ("47013NED", "70072ned", "woonplaatsen", "84489NED")
    stated = ("47018NED", "47022NED", "83648NED", "80781ned", "85146NED", "81877NED")
    years = next(known.years for known in recipes() if known.id == "kerncijfers_wijken_en_buurten")
    assert sorted(years.values()) == list(range(2013, 2026))
    unseen = ("jeugdverdachten", "waarstaatjegemeente", "zicht_op_ondermijning")
    assert {one: named[one] for one in seen} == dict.fromkeys(seen, "gezien")
    assert {one: named[one] for one in (*stated, *years)} == dict.fromkeys((*stated, *years), "genoemd")
    assert {one: named[one] for one in unseen} == dict.fromkeys(unseen, NOT_SEEN)
    (risk,) = recipe("zicht_op_ondermijning").figures
    assert "bevestigt geen misdrijf" in risk.caution
    assert "Niet fijner" in risk.caution
    assert "niet mee op volgorde" in risk.caution


def test_a_list_of_places_holds_no_figure_and_says_where_it_goes(tmp_path):
    path = tmp_path / "84489NED_TypedDataSet.csv"
    path.write_text("Woonplaatsen;Woonplaatscode_1;Naam_2;Code_3\nWP1017;1017;Midden-Groningen;GM1952\n")
    with pytest.raises(AtlasError) as refused:
        add_figures(path, tmp_path / "a.toml")
    assert "Een plaats is niet haar gemeente" in refused.value.detail
    assert refused.value.choices == ("residences",)
