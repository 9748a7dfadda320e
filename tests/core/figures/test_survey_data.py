"""The embedded figures: complete, accounted for, and saying nothing the sources do not support."""

from __future__ import annotations

import re
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from atlas.core.areas import divisions as areas
from atlas.core.figures.estimates import effective_n
from atlas.core.figures.indicators import load_catalogue
from atlas.core.files.embedded import read_embedded_csv
from atlas.core.words.notation import check_unit

ROOT = Path(__file__).parents[3]
SOURCE_IDS = (ROOT / "tests/data/source_indicator_ids.txt").read_text(encoding="utf-8").split()
FIGURES = (ROOT / "docs/figures.md").read_text(encoding="utf-8")
CATALOGUE = load_catalogue()
MAPPED = {indicator.id for indicator in CATALOGUE.indicators}
ON_CARDS = [
    figure for row in read_embedded_csv("data", "survey", "kaartjes.csv") for figure in row["figuren"].split()
]
BACKGROUND = {row["id"]: row for row in read_embedded_csv("data", "survey", "achtergrond.csv")}
LEFT_OUT = read_embedded_csv("data", "survey", "weggelaten.csv")

#: (indicator, area) -> figure, read once more from the source texts
READ_FROM_THE_SOURCE = {
    "zorgen_georganiseerde_criminaliteit_buurt": {
        "SR01": 21, "SR02": 23, "SR03": 26, "SR04": 20, "SR05": 24, "SR06": 25, "SR07": 28, "SR08": 30,
        "PV22": 23, "PV20": 26,
    },
    "georganiseerde_criminaliteit_buurt_soms_tot_vaak": {"PV22": 12, "PV20": 16},
    "buitengebied_verdachte_activiteiten_gezien": {"PV22": 14, "PV20": 7},
    "ooit_onveilig_door_vermoedelijk_betrokkenen": {"PV22": 6, "PV20": 9},
    "rapportcijfer_veiligheid_buurt": {"PV22": 7.9, "PV20": 7.7},
    "buurtpreventie_actief": {"PV22": 55, "PV20": 36},
    "veel_criminaliteit_buurt_veiligheidsmonitor": {"PV22": 5, "PV20": 9, "NL00": 9},
    "zoo_jonge_aanwas_aandeel_gemeenten_nl_hoger": {"PV20": 55, "PV22": 63},
}  # fmt: skip
RESPONDENTS = {
    "SR01": 1037, "SR02": 752, "SR03": 531, "SR04": 539, "SR05": 334, "SR06": 335, "SR07": 364, "SR08": 556,
    "PV22": 2332, "PV20": 2149,
}  # fmt: skip


def left_out_by(figure):
    return [row["patroon"] for row in LEFT_OUT if fnmatchcase(figure, row["patroon"])]


def documented_table(marker):
    text = FIGURES.split(f"<!-- {marker} -->")[1].split("<!-- end -->")[0]
    lines = [line for line in text.strip().splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


# --- every published figure is accounted for --------------------------------------------------------------


@pytest.mark.parametrize("figure", SOURCE_IDS)
def test_every_published_figure_is_mapped_told_as_text_or_left_out_with_a_reason(figure):
    places = [figure in MAPPED, figure in ON_CARDS, figure in BACKGROUND, len(left_out_by(figure)) == 1]
    assert places.count(True) == 1
    assert len(left_out_by(figure)) <= 1


def test_nothing_is_told_that_was_not_published():
    assert len(SOURCE_IDS) == len(set(SOURCE_IDS)) == 252
    assert MAPPED | set(ON_CARDS) | set(BACKGROUND) <= set(SOURCE_IDS)
    assert len(ON_CARDS) == len(set(ON_CARDS))


@pytest.mark.parametrize("row", LEFT_OUT, ids=lambda row: row["patroon"])
def test_every_rule_for_leaving_out_is_used_and_gives_a_reason_that_the_docs_name(row):
    assert any(fnmatchcase(figure, row["patroon"]) for figure in SOURCE_IDS)
    assert row["reden"].endswith(".")
    assert f"| `{row['groep']}` |" in FIGURES


def test_the_docs_list_every_mapped_indicator():
    assert set(re.findall(r"^\| `(\w+)` \| (?:surveyregio|provincie)", FIGURES, re.MULTILINE)) == MAPPED


@pytest.mark.parametrize(
    "pattern", ["respons_*", "*_samenvatting", "*_doel", "niet_toewijsbaar_*", "bibob_*"]
)
def test_sample_descriptions_targets_and_restatements_are_never_shown(pattern):
    assert not [figure for figure in MAPPED | set(ON_CARDS) if fnmatchcase(figure, pattern)]


# --- the figures are those of the source ------------------------------------------------------------------


def test_the_figures_are_those_of_the_sources_and_no_others():
    found = {}
    for value in CATALOGUE.values:
        found.setdefault(value.indicator, {})[value.area] = value.value
    assert found == READ_FROM_THE_SOURCE


def test_n_is_the_response_of_the_region_or_of_the_question():
    for value in CATALOGUE.values:
        if value.indicator == "buitengebied_verdachte_activiteiten_gezien":
            assert value.n == {"PV22": 469, "PV20": 417}[value.area]
        else:
            assert value.n in (None, RESPONDENTS.get(value.area))


def test_respondents_of_the_regions_and_of_unknown_region_add_up_to_the_province():
    drenthe = sum(RESPONDENTS[code] for code in ("SR01", "SR02", "SR03"))
    groningen = sum(RESPONDENTS[f"SR0{number}"] for number in range(4, 9))
    assert (drenthe + 12, groningen + 21) == (RESPONDENTS["PV22"], RESPONDENTS["PV20"])


def test_intervals_and_states_are_those_in_the_docs():
    table = {(row[0].strip("`"), row[1]): row[2:] for row in documented_table("intervals")}
    values = [value for value in CATALOGUE.values if value.low is not None]
    assert set(table) == {(value.indicator, value.area) for value in values}
    for value in values:
        effect = re.search(r"ontwerpeffect (\d) aangenomen", value.note).group(1)
        ends = [f"{value.low:.1f}", f"{value.high:.1f}"]
        figures = [f"{value.value:.0f}", str(value.n), effect, *ends, value.status]
        assert table[value.indicator, value.area] == [areas.area(value.area).label, *figures]


def changed_states(one, other):
    before = {(value.indicator, value.area): value.status for value in load_catalogue(one).values}
    after = {(value.indicator, value.area): value.status for value in load_catalogue(other).values}
    return {key: after[key] for key in after if after[key] != before[key]}


def test_a_design_effect_of_3_instead_of_2_changes_three_states_and_4_withholds_one():
    assert changed_states(2, 3) == {
        ("zorgen_georganiseerde_criminaliteit_buurt", "SR02"): "indicatief",
        ("zorgen_georganiseerde_criminaliteit_buurt", "SR04"): "indicatief",
        ("buitengebied_verdachte_activiteiten_gezien", "PV22"): "indicatief",
    }
    countryside = ("buitengebied_verdachte_activiteiten_gezien", "PV20")
    assert changed_states(3, 4) == {countryside: "te_weinig_respondenten"}
    assert changed_states(None, 3) == {countryside: "ok"}


@pytest.mark.parametrize(
    ("young", "respondents", "share", "assumed"), [(89, 2332, 0.22, 3), (96, 2149, 0.29, 4)]
)
def test_the_assumed_design_effects_are_above_what_the_youngest_group_alone_gives(
    young, respondents, share, assumed
):
    weights = [share / young] * young + [(1 - share) / (respondents - young)] * (respondents - young)
    assert 1.85 < respondents / effective_n(weights) < assumed


def test_each_figure_stands_once_per_area_and_period():
    keys = Counter((value.indicator, value.level, value.area, value.period) for value in CATALOGUE.values)
    assert set(keys.values()) == {1}


@pytest.mark.parametrize("indicator", CATALOGUE.indicators, ids=lambda indicator: indicator.id)
def test_a_figure_is_given_for_every_area_of_its_level(indicator):
    for level, period in CATALOGUE.views(indicator.id):
        given = {value.area for value in CATALOGUE.values_of(indicator.id, level, period)}
        assert given == {area.code for area in areas.areas(level)}


# --- words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("indicator", CATALOGUE.indicators, ids=lambda indicator: indicator.id)
def test_every_indicator_says_what_who_where_and_what_not_to_conclude(indicator):
    assert check_unit(indicator.unit)
    assert indicator.theme in {theme.id for theme in CATALOGUE.themes}
    assert indicator.question.endswith(("?", "."))
    assert indicator.caution.endswith(".")
    assert indicator.definition.endswith(".")
    assert indicator.base
    assert indicator.place


@pytest.mark.parametrize("card", CATALOGUE.cards, ids=lambda card: card.id)
def test_every_card_says_what_who_where_and_what_not_to_conclude(card):
    assert card.theme in {theme.id for theme in CATALOGUE.themes}
    assert card.caution.endswith(".")
    assert card.label
    assert card.text
    assert card.base
    assert card.place
    assert card.period


def test_every_source_has_a_date_and_a_word_on_re_use():
    for row in read_embedded_csv("data", "survey", "bronnen.csv"):
        assert re.fullmatch(r"\d{4}(-\d{2})?", row["gepubliceerd"])
        assert row["uitgever"]
        assert row["licentie"].endswith(".")


def test_a_range_says_that_our_text_lost_which_end_belongs_to_which_province():
    ranges = [card for card in CATALOGUE.cards if re.search(r"\d (tot|à) \d", card.text)]
    assert len(ranges) >= 10
    for card in ranges:
        assert "Welk uiteinde bij welke provincie" in card.caution or "uiteinden kunnen" in card.caution
        assert "niet in de tekstversie die wij hebben" in card.caution


def told_texts():
    for name in ("indicatoren", "kaartjes", "weggelaten", "bronnen"):
        for row in read_embedded_csv("data", "survey", f"{name}.csv"):
            yield from row.values()


def test_what_our_text_lost_is_never_called_the_silence_of_the_authors():
    for text in told_texts():
        assert not re.search(r"niet gepubliceerd|bron (zegt niet|(geeft|noemt) [^.;]*\bgeen)", text), text


def test_a_question_in_our_own_words_is_called_that():
    assert all(item.question.startswith("In onze woorden: ") for item in CATALOGUE.indicators)
    assert not [card.label for card in CATALOGUE.cards if "?" in card.label]


def test_people_are_never_labelled_by_what_an_answer_supposes_of_them():
    for text in told_texts():
        assert not re.search(r"crimineel zijn|(mensen|personen|jongeren) die (vermoedelijk )?crimin", text), (
            text
        )


#: what stands in the text of the sources in words, without a figure -> a part of the card that tells it
IN_WORDS = {
    "redenen_niet_melden": "10. anderen niet in de problemen",
    "angst_per_provincie": "Drenthe: angst, gebrek aan informatie en het idee dat melden geen zin heeft",
    "hulp_bij_melden": "1. meer vertrouwen in de politie; 2. informatie over wat er na een melding gebeurt",
    "tegengaan": "1. politie die zichtbaarder is; 2. beter contact tussen bewoners en instanties",
    "vermoedens_oldambt_westerwolde": "iets vaker dan in de andere delen",
    "leegstaande_panden_zuidoost_drenthe": "met name in Zuidoost-Drenthe",
    "jeugdige_verdachten_in_woorden": "Noord-Groningen: iets hoger",
}


@pytest.mark.parametrize(("card_id", "part"), IN_WORDS.items())
def test_findings_in_words_are_cards_that_give_no_percentage_and_say_so(card_id, part):
    card = next(card for card in CATALOGUE.cards if card.id == card_id)
    assert part in card.text
    assert "%" not in card.text
    assert "percentage" in card.caution


def test_fractions_stay_in_the_words_of_the_source():
    for card in CATALOGUE.cards:
        assert not re.search(r"\d[.,]\d", card.text), card.text


def test_the_countryside_figure_names_its_base_and_warns_that_little_seen_is_not_safe():
    indicator = CATALOGUE.indicator("buitengebied_verdachte_activiteiten_gezien")
    assert "469" in indicator.base
    assert "417" in indicator.base
    assert "zicht op het buitengebied" in indicator.base
    assert "niet hetzelfde als veilig" in indicator.caution
    assert indicator.direction == "geen"


def test_higher_is_more_favourable_for_the_grade_and_for_the_share_of_municipalities_with_more_risk():
    favourable = {item.id for item in CATALOGUE.indicators if item.direction == "hoger_is_gunstiger"}
    assert favourable == {"rapportcijfer_veiligheid_buurt", "zoo_jonge_aanwas_aandeel_gemeenten_nl_hoger"}


def test_the_risk_model_is_called_a_model():
    indicator = CATALOGUE.indicator("zoo_jonge_aanwas_aandeel_gemeenten_nl_hoger")
    assert indicator.measure == "model"
    assert "rekenmodel" in indicator.caution


def test_farm_visits_without_follow_up_are_not_called_absence_of_crime():
    card = next(card for card in CATALOGUE.cards if card.id == "erfbezoeken_meldingen")
    assert card.text == "ruim twintig; volgens de politie gaven ze geen aanleiding tot nader onderzoek"
    assert "betekent niet dat er geen criminaliteit is" in card.caution


def test_the_144_farms_have_the_places_and_the_year_that_the_source_gives():
    card = next(card for card in CATALOGUE.cards if card.id == "erfbezoeken")
    assert (card.text, card.period) == ("144", "2024")
    assert "rond Ten Boer en ten zuiden van Haren" in card.caution


def test_other_surveys_are_kept_apart_from_the_panel():
    for item in (*CATALOGUE.indicators, *CATALOGUE.cards):
        if item.source.id in ("veiligheidsmonitor", "crisisbarometer"):
            assert re.search(r"niet naast|geen maatstaf", item.caution), item.id
