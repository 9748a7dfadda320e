"""Rules for figures: what a file of them may say, and that what it doesn't name may not leave."""

import pytest

from atlas.core.disclosure.audiences import Audience
from atlas.core.disclosure.rules import OF_CRIME, checked_rules, may_be_counted, own_rules, rules_for
from atlas.core.files.embedded import embedded_path
from atlas.core.words.errors import AtlasError

PLAIN = {
    name: value
    for name, value in rules_for("partners").as_data().items()
    if name not in ("audience", "reden")
}


@pytest.mark.parametrize("base", [0, -5, 1, 2.5, "5", True, None])
def test_a_base_is_a_whole_number_of_two_or_more(base):
    with pytest.raises(AtlasError, match="waarde die niet kan") as caught:
        own_rules("partners", {"grondtal": base}, "[rules]")
    assert "grondtal" in caught.value.where
    assert "geheel getal" in caught.value.expected


@pytest.mark.parametrize("audience", ["iedereen", "Partners", ""])
def test_an_unknown_audience_has_no_rules(audience):
    with pytest.raises(AtlasError, match="doelgroep bestaat niet"):
        rules_for(audience)


def test_a_team_has_no_rules_for_figures():
    with pytest.raises(AtlasError, match="geen regels voor cijfers"):
        rules_for(Audience.TEAM)


def test_a_rule_that_is_missing_or_unknown_is_named():
    with pytest.raises(AtlasError, match="bestaat niet") as caught:
        checked_rules(Audience.PARTNERS, {**PLAIN, "afronden": 5}, where="x")
    assert caught.value.got == "afronden"
    with pytest.raises(AtlasError, match="ontbreekt een regel") as caught:
        checked_rules(Audience.PARTNERS, {k: v for k, v in PLAIN.items() if k != "telt"}, where="x")
    assert caught.value.expected == "telt"


@pytest.mark.parametrize(
    ("name", "value"),
    [("grondtal", 3), ("minste_bedrijven", 5), ("grootste_bijdrage", 80), ("grootste_aandeel", 100),
     ("vrije_tekst", True), ("verloopt_na_maanden", 60)],
)  # fmt: skip
def test_a_weaker_rule_needs_a_reason_that_is_kept(name, value):
    with pytest.raises(AtlasError, match="heeft een reden nodig") as caught:
        own_rules("partners", {name: value}, "[rules]")
    assert name in caught.value.got
    rules = own_rules("partners", {name: value, "reden": "afgesproken in het convenant"}, "[rules]")
    assert getattr(rules, name) == value
    assert rules.as_data()["reden"] == "afgesproken in het convenant"


@pytest.mark.parametrize(
    ("name", "value"),
    [("grondtal", 10), ("minste_bedrijven", 20), ("grootste_bijdrage", 30), ("geografieen", ["provincie"]),
     ("telt", ["objecten"]), ("verloopt_na_maanden", 6)],
)  # fmt: skip
def test_a_stricter_rule_is_free(name, value):
    assert own_rules("partners", {name: value}, "[rules]").reden == ""


@pytest.mark.parametrize("level", ["wijk", "buurt", "vierkant_500m"])
def test_no_reason_opens_a_finer_level(level):
    with pytest.raises(AtlasError, match="Op dit niveau"):
        own_rules("partners", {"geografieen": ["gemeente", level], "reden": "toch"}, "[rules]")


@pytest.mark.parametrize("crime", OF_CRIME)
def test_no_count_of_possible_crime_for_everyone_with_any_reason(crime):
    with pytest.raises(AtlasError, match="nooit naar iedereen"):
        own_rules("openbaar", {"telt": ["objecten", crime], "reden": "toch"}, "[rules]")
    assert not may_be_counted(crime, rules_for("openbaar"))
    assert may_be_counted(crime, rules_for("partners"))


@pytest.mark.parametrize("counts", ["personen", "", "Objecten", None, "leegstand_object"])
def test_what_no_table_mentions_may_not_be_counted(counts):
    assert not any(may_be_counted(counts, rules_for(audience)) for audience in ("openbaar", "partners"))


@pytest.mark.parametrize("strange", ["eenhoorns", "Objecten", "personen"])
def test_a_rule_that_counts_what_no_dossier_counts_is_refused_by_its_name(strange):
    with pytest.raises(AtlasError, match="wordt in een dossier niet geteld") as caught:
        own_rules("partners", {"telt": ["objecten", strange], "reden": "toch"}, "[rules]")
    assert caught.value.got == strange


def test_every_default_names_its_source():
    import tomllib

    content = tomllib.loads(embedded_path("data", "disclosure", "regels.toml").read_text(encoding="utf-8"))
    assert content["bronnen"].keys() == PLAIN.keys()
    assert all(len(source) > 20 for source in content["bronnen"].values())


def test_everyone_never_has_what_partners_have_not():
    public, partners = rules_for("openbaar"), rules_for("partners")
    assert set(public.telt) <= set(partners.telt)
    assert set(public.geografieen) <= set(partners.geografieen)
    assert public.grondtal == partners.grondtal


def test_one_contributor_may_not_have_most_of_a_sum():
    rules = rules_for("partners")
    assert rules.dominated([6, 1, 1])
    assert rules.dominated([3])
    assert not rules.dominated([2, 2, 2])
    assert not rules.dominated([])


def test_all_none_or_nearly_so_is_a_band():
    rules = rules_for("partners")
    assert rules.as_band(100.0) == rules.as_band(90.0) == (90.0, 100.0)
    assert rules.as_band(0.0) == rules.as_band(10.0) == (0.0, 10.0)
    assert rules.as_band(50.0) is None
