import json
from dataclasses import replace

import pytest

from atlas.core.areas import divisions as areas
from atlas.core.areas.divisions import DetailArea, DetailLevel
from atlas.core.disclosure.fields import Counted
from atlas.core.disclosure.records import release
from atlas.core.figures.edition import Edition, Maker
from atlas.core.figures.estimates import STATUSES, count_status
from atlas.core.figures.indicators import Catalogue, Value, load_catalogue
from atlas.core.figures.payload import build_payload
from atlas.core.files.embedded import embedded_path
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.words.errors import AtlasError

FILES = {"gemeente": "gemeenten", "surveyregio": "surveyregios", "provincie": "provincies"}
CONCERN = "zorgen_georganiseerde_criminaliteit_buurt"


def boundaries():
    shapes = {}
    for level, name in FILES.items():
        content = json.loads(
            embedded_path("data", "boundaries", f"{name}.geojson").read_text(encoding="utf-8")
        )
        shapes[level] = {
            feature["properties"]["code"]: {
                "geometry": feature["geometry"],
                "anchor": [feature["properties"]["label_lon"], feature["properties"]["label_lat"]],
            }
            for feature in content["features"]
        }
    return shapes


def payload(catalogue=None, **edition):
    return build_payload(
        catalogue or load_catalogue(), boundaries(), "CBS/Kadaster", Edition(**edition)
    ).content


def shifted(by):
    """The catalogue with every figure and its interval moved."""
    catalogue = load_catalogue()
    moved = tuple(
        replace(
            value,
            value=None if value.value is None else value.value + by,
            low=None if value.low is None else value.low + by,
            high=None if value.high is None else value.high + by,
        )
        for value in catalogue.values
    )
    return replace(catalogue, values=moved)


def view(content, indicator, level):
    found = next(entry for entry in content["indicators"] if entry["id"] == indicator)
    return next(entry for entry in found["views"] if entry["level"] == level)


def with_value(**change):
    catalogue = load_catalogue()
    first = next(value for value in catalogue.values if value.level == "surveyregio")
    others = tuple(value for value in catalogue.values if value is not first)
    return replace(catalogue, values=(replace(first, **change), *others)), first.area


def test_the_payload_is_json_and_the_same_each_time():
    assert json.dumps(payload()) == json.dumps(payload())
    assert json.loads(json.dumps(payload())) == payload()


def test_every_area_of_a_level_has_an_entry_in_every_view():
    content = payload()
    codes = {level["id"]: {area["code"] for area in level["areas"]} for level in content["levels"]}
    for indicator in content["indicators"]:
        for entry in indicator["views"]:
            assert set(entry["values"]) == codes[entry["level"]]


def test_a_view_exists_only_at_a_level_where_the_figure_was_measured():
    content = payload()
    measured = {(value.indicator, value.level) for value in load_catalogue().values}
    for indicator in content["indicators"]:
        for entry in indicator["views"]:
            assert (indicator["id"], entry["level"]) in measured
    assert not any(
        entry["level"] == "gemeente" for indicator in content["indicators"] for entry in indicator["views"]
    )


def test_panels_are_spoken_of_only_where_somebody_was_asked():
    catalogue = load_catalogue()
    first = replace(catalogue.indicators[0], measure="model")
    values = tuple(value for value in catalogue.values if value.indicator == first.id)
    modelled = payload(replace(catalogue, indicators=(first,), values=values, cards=()))["notes"]
    asked = payload()["notes"]
    assert (
        [note for note in asked if note not in modelled] == [note for note in asked if "panels" in note] != []
    )


def test_the_published_figures_come_through_unchanged():
    values = view(payload(), CONCERN, "surveyregio")["values"]
    assert {code: entry["text"] for code, entry in values.items()} == {
        "SR01": "21%", "SR02": "23%", "SR03": "26%", "SR04": "20%",
        "SR05": "24%", "SR06": "25%", "SR07": "28%", "SR08": "30%",
    }  # fmt: skip
    assert values["SR01"]["n_text"] == "1.037"


def test_a_region_map_has_the_province_figures_beside_it_and_a_province_map_has_not():
    content = payload()
    assert [entry["label"] for entry in view(content, CONCERN, "surveyregio")["references"]] == [
        "Drenthe",
        "Groningen (provincie)",
    ]
    assert view(content, CONCERN, "provincie")["references"] == []


def test_legend_counts_add_up_to_the_areas():
    for indicator in payload()["indicators"]:
        for entry in indicator["views"]:
            in_classes = sum(cls["count"] for cls in entry["legend"]["classes"])
            without = sum(
                state["count"] for state in entry["legend"]["states"] if state["status"] != "indicatief"
            )
            assert in_classes + without == len(entry["values"])


@pytest.mark.parametrize("status", ["te_weinig_respondenten", "onderdrukt"])
def test_a_withheld_figure_is_not_in_the_payload_at_all(status):
    catalogue, area = with_value(value=43.219, low=40.111, high=46.777, n=17, status=status)
    content = payload(catalogue)
    entry = view(content, CONCERN, "surveyregio")["values"][area]
    assert (entry["value"], entry["low"], entry["high"], entry["class"], entry["text"]) == (
        None,
        None,
        None,
        None,
        "–",
    )
    text = json.dumps(content)
    assert "43.2" not in text
    assert "46.7" not in text
    assert "40.11" not in text


def test_suppressed_figures_do_not_even_show_their_n():
    catalogue, _ = with_value(n=98765, status="onderdrukt")
    assert "98765" not in json.dumps(payload(catalogue))


def test_a_withheld_figure_does_not_move_the_classes():
    before = view(payload(), CONCERN, "surveyregio")["legend"]["breaks"]
    catalogue, _ = with_value(value=99.0, status="te_weinig_respondenten")
    after = view(payload(catalogue), CONCERN, "surveyregio")["legend"]["breaks"]
    assert max(after) <= max(before)


def test_an_area_without_a_figure_is_said_to_have_none():
    catalogue = load_catalogue()
    values = tuple(value for value in catalogue.values if value.area != "SR01")
    entry = view(payload(replace(catalogue, values=values)), CONCERN, "surveyregio")["values"]["SR01"]
    assert (entry["status"], entry["value"], entry["class"]) == ("geen_gegevens", None, None)


def test_the_axis_holds_every_figure_and_interval():
    for indicator in payload()["indicators"]:
        for entry in indicator["views"]:
            axis = entry["axis"]
            figures = [
                item[key]
                for item in [*entry["values"].values(), *entry["references"]]
                for key in ("value", "low", "high")
                if item[key] is not None
            ]
            assert axis["min"] <= min(figures)
            assert max(figures) <= axis["max"]
            assert [axis["ticks"][0]["value"], axis["ticks"][-1]["value"]] == [axis["min"], axis["max"]]


def test_the_axis_has_a_zero_from_which_lengths_can_be_compared():
    for indicator in payload()["indicators"]:
        for entry in indicator["views"]:
            assert entry["axis"]["min"] == 0
            assert entry["axis"]["ticks"][0]["value"] == 0


def test_the_axis_of_figures_far_from_zero_still_begins_there_and_of_negative_ones_holds_it():
    far, below = (view(payload(shifted(by)), CONCERN, "surveyregio")["axis"] for by in (60, -40))
    assert far["min"] == 0
    assert far["max"] >= 80
    assert below["min"] <= -20
    assert below["max"] >= 0
    assert 0 in [tick["value"] for tick in below["ticks"]]


def test_inferred_regions_say_so():
    regions = {area["code"]: area for level in payload()["levels"] for area in level["areas"]}
    assert regions["SR01"]["inferred"]
    assert regions["SR01"]["note"]
    assert not regions["SR08"]["inferred"]


def test_the_date_comes_from_the_sources_and_not_from_the_clock():
    assert payload()["date_label"] == "februari 2026"


def test_the_edition_is_in_the_payload():
    content = payload(title="Titel", maker=Maker(name="Gemeente", error_report="mail ons"), fictitious=True)
    assert (content["title"], content["maker"]["name"], content["fictitious"]) == ("Titel", "Gemeente", True)


def test_the_opening_indicator_is_the_one_asked_for():
    assert payload()["opening"]["indicator"] == CONCERN
    assert payload(opening="buurtpreventie_actief")["opening"]["level"] == "provincie"


def test_an_unknown_opening_indicator_or_audience_is_refused():
    with pytest.raises(AtlasError, match="bestaat niet"):
        payload(opening="bestaat_niet")
    with pytest.raises(AtlasError, match="doelgroep"):
        payload(audience="iedereen")


def test_missing_boundaries_are_named():
    shapes = boundaries()
    del shapes["gemeente"]["GM0106"]
    with pytest.raises(AtlasError) as error:
        build_payload(load_catalogue(), shapes, "CBS/Kadaster")
    assert "Assen" in str(error.value)


def test_an_atlas_without_any_map_is_refused():
    with pytest.raises(AtlasError, match="geen enkel cijfer"):
        payload(Catalogue((), (), (), ()))


def test_five_values_get_classes_and_four_get_one_neutral_fill():
    def made(count):
        catalogue = load_catalogue()
        first = catalogue.indicators[0]
        values = tuple(
            Value(first.id, "gemeente", area.code, "2025", 10.0 + position, None, None, None, "ok", "")
            for position, area in enumerate(areas.areas("gemeente")[:count])
        )
        return view(payload(replace(catalogue, values=values)), first.id, "gemeente")["legend"]

    assert made(5)["kind"] == "classes"
    assert made(4)["kind"] == "single"


def test_with_a_direction_and_a_national_figure_the_colours_diverge_from_it():
    catalogue = load_catalogue()
    first = catalogue.indicators[0]
    values = [
        Value(first.id, "gemeente", area.code, "2025", 10.0 + position, None, None, None, "ok", "")
        for position, area in enumerate(areas.areas("gemeente")[:12])
    ]
    values.append(Value(first.id, "land", "NL00", "2025", 16.0, None, None, None, "ok", ""))
    legend = view(payload(replace(catalogue, values=tuple(values))), first.id, "gemeente")["legend"]
    assert 16.0 in legend["breaks"]
    assert "16%" in legend["note"]


BUURT = DetailLevel(
    "buurt", "Buurt", "Buurten", "Alleen van de gemeenten van het team.",
    tuple(
        DetailArea(f"BU0106000{nth}", f"Nergens {nth}", f"Nergens {nth}", "PV22", ("GM0106",), ("WK010600",))
        for nth in range(8)
    ),
)  # fmt: skip
SHAPES = {
    area.code: {"geometry": {"type": "MultiPolygon", "coordinates": []}, "anchor": [6.5, 53.0]}
    for area in BUURT.areas
}


def with_buurten(**edition):
    catalogue = load_catalogue()
    counted = replace(
        catalogue.indicators[0], id="telling", unit="count", measure="telling",
        counts=(Counted("adressen", "t.csv"),),
    )  # fmt: skip
    values = [
        Value(
            "telling", "buurt", area.code, "2026-02", float(nth), None, None, None,
            count_status(nth, "count"), "",
        )
        for nth, area in enumerate(BUURT.areas[1:])
    ]  # fmt: skip
    values += [Value("telling", "gemeente", "GM0106", "2026-02", 1.0, None, None, None, "geteld", "")]
    catalogue = replace(
        catalogue, indicators=(*catalogue.indicators, counted), values=(*catalogue.values, *values)
    )
    shapes = {**boundaries(), "buurt": SHAPES}
    return build_payload(catalogue, shapes, "CBS/Kadaster", Edition(**edition), (BUURT,)).content


def test_a_level_of_one_edition_has_areas_views_and_a_legend_of_its_own():
    content = with_buurten(audience="team")
    level = content["levels"][-1]
    assert (level["id"], level["detail"], len(level["areas"])) == ("buurt", True, 8)
    assert level["areas"][0]["inside"] == ["WK010600"]
    found = view(content, "telling", "buurt")
    assert found["values"]["BU01060000"]["status"] == "niet_bekeken"
    assert found["values"]["BU01060001"]["status"] == "niets_vastgelegd"
    assert found["values"]["BU01060007"]["text"] == "6"
    assert sum(entry["count"] for entry in found["legend"]["classes"]) == 6


def test_a_count_is_a_circle_of_which_the_area_is_proportional_and_the_ground_is_plain():
    found = view(with_buurten(audience="team"), "telling", "buurt")
    legend = found["legend"]
    assert legend["kind"] == "circles"
    assert len(legend["classes"]) == 1
    radii = {code: value["radius"] for code, value in found["values"].items()}
    for code, value in found["values"].items():
        assert radii[code] ** 2 == pytest.approx(
            (value["value"] or 0) * legend["circles"]["radius_of_one"] ** 2, abs=0.5
        )
    assert [entry["value"] for entry in legend["circles"]["examples"]] == [6, 2, 1]


def test_a_count_has_no_state_of_a_survey_and_no_column_of_dashes():
    content = with_buurten(audience="team")
    found = view(content, "telling", "buurt")
    assert found["table"] == {
        "columns": ["value", "status"],
        "interval": "door afronding",
        "n": "Aantal (n)",
        "status": "Stand",
    }
    assert found["legend"]["offered"] == ["niets_vastgelegd", "niet_bekeken", "onderdrukt"]
    assert not {value["status"] for value in found["values"].values()} & set(STATUSES)


def test_a_rate_stays_a_fill_and_a_survey_keeps_its_states_and_columns():
    content = with_buurten(audience="team")
    for indicator in content["indicators"]:
        for entry in indicator["views"]:
            assert ("circles" in entry["legend"]) == (indicator["unit"] == "count")
            assert all(
                ("radius" in value) == (indicator["unit"] == "count") for value in entry["values"].values()
            )
            if indicator["measure"] != "telling":
                assert entry["table"]["status"] == "Hoe zeker"
                assert entry["legend"]["offered"] == [status for status in STATUSES if status != "ok"]


def test_the_levels_of_the_atlas_come_before_those_of_one_edition():
    content = with_buurten(audience="team", opening="telling")
    indicator = next(entry for entry in content["indicators"] if entry["id"] == "telling")
    assert [entry["level"] for entry in indicator["views"]] == ["gemeente", "buurt"]
    assert content["opening"]["level"] == "gemeente"


@pytest.mark.parametrize("audience", ["openbaar", "partners"])
def test_a_level_of_a_team_reaches_nobody_else(audience):
    with pytest.raises(AtlasError, match="mogen deze doelgroep niet bereiken"):
        with_buurten(audience=audience)


def test_a_region_of_too_few_respondents_says_that_it_is_no_secret():
    shown = payload()
    few = [
        (view["level"], entry["note"])
        for indicator in shown["indicators"]
        for view in indicator["views"]
        for entry in view["values"].values()
        if entry["status"] == "te_weinig_respondenten"
    ]
    assert few
    assert all(("te benaderen" in note) == (level != "gemeente") for level, note in few)


def test_a_team_is_told_by_which_rule_and_until_when_it_has_its_figures():
    record = {"uuid": "u", "gemeente_code": "GM0106", "gemeente_zeker": "ja"}
    records = {"leegstand_object": [{**record, "bewaren_tot": day} for day in ("2028-01-01", "2027-06-30")]}
    released = release(
        tuple(RURAL_LAYERS.values()), records, ["leegstand_object"], audience="team",
        municipalities=["GM0106"], purpose="proef", fictitious=False,
    )  # fmt: skip
    told = build_payload(
        load_catalogue(), boundaries(), "CBS/Kadaster", Edition(audience="team"), records=released
    ).content["notes"]
    assert any("niet afgerond" in note for note in told)
    assert any(note.startswith("Te gebruiken tot en met 30 juni 2027") for note in told)
    assert not any("Te gebruiken" in note for note in payload()["notes"])


@pytest.mark.parametrize(
    ("field", "text", "sign"),
    [("caution", "Bel Jan op 06-12345678", "telefoonnummer"), ("base", "bij dhr. Verzonnen", "aanspreking"),
     ("label", "Erven (vraag a@voorbeeld.nl)", "e-mailadres"), ("note", "bus 12-BDF-3 gezien", "kenteken")],
)  # fmt: skip
def test_a_text_about_a_person_reaches_nobody_but_a_team(field, text, sign):
    catalogue = load_catalogue()
    if field == "note":
        catalogue = replace(
            catalogue, values=(replace(catalogue.values[0], note=text), *catalogue.values[1:])
        )
    else:
        first, *others = catalogue.indicators
        catalogue = replace(catalogue, indicators=(replace(first, **{field: text}), *others))
    for audience in ("openbaar", "partners"):
        with pytest.raises(AtlasError, match="gaat over een persoon") as caught:
            payload(catalogue, audience=audience)
        assert sign in caught.value.got
        assert text not in str(caught.value)
    assert payload(catalogue, audience="team")["indicators"]
