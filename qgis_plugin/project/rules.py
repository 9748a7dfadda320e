"""What a form fills in and what it refuses, as expressions of QGIS made from the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsFieldConstraints

from ..atlas.core.records.incoming import LONGEST_KEPT_MONTHS
from ..atlas.core.schema.rural import FICTITIOUS
from ..atlas.core.schema.steps import STEPS
from ..atlas.core.schema.working import FORMAT_WORDS, PATTERNS
from ..atlas.core.tables.persons import ELEVEN_TEST_WEIGHTS, NINE_DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qgis.core import QgsVectorLayer

    from ..atlas.core.schema.working import WorkingField, WorkingLayer

#: who edits: as QField knows him, else as this computer does
USER = (
    "coalesce(nullif(@cloud_username, ''), nullif(@user_full_name, ''), "
    "nullif(@user_account_name, ''), 'onbekend')"
)
_DEFAULTS = {"uuid": "uuid('WithoutBraces')", "today": "to_date(now())", "now": "now()", "user": USER}
_STAMPS_OF_A_CHANGE = ("gewijzigd_op", "gewijzigd_door")
_HARD = QgsFieldConstraints.ConstraintStrength.ConstraintStrengthHard


def default_value(
    field: WorkingField, layers: Mapping[str, QgsVectorLayer], *, fictitious: bool
) -> tuple[str, bool]:
    """The expression that fills a field, "" for none, and whether each change of the record fills it anew."""
    if field.default_from:
        return _DEFAULTS[field.default_from], field.name in _STAMPS_OF_A_CHANGE
    if field.format == "gemeente" and "gemeente" in layers:
        return f"array_first(overlay_intersects('{layers['gemeente'].id()}', \"code\"))", False
    if field.name == "bron" and fictitious:
        return _literal(FICTITIOUS), False
    return (_literal(field.default) if field.default else ""), False


def set_constraints(layer: QgsVectorLayer, described: WorkingLayer, *, fictitious: bool) -> None:
    """Refuse in the form what the file and an import would refuse, with the reason in words."""
    for field in described.fields:
        index = layer.fields().indexOf(field.name)
        if field.required:
            layer.setFieldConstraint(index, QgsFieldConstraints.Constraint.ConstraintNotNull, _HARD)
        if field.name == "uuid":
            layer.setFieldConstraint(index, QgsFieldConstraints.Constraint.ConstraintUnique, _HARD)
        rules = list(field_rules(field, described, fictitious=fictitious))
        if rules:
            expression = " AND ".join(f"({rule})" for rule, _ in rules)
            layer.setConstraintExpression(index, expression, " ".join(sentence for _, sentence in rules))
            layer.setFieldConstraint(index, QgsFieldConstraints.Constraint.ConstraintExpression, _HARD)


def field_rules(
    field: WorkingField, described: WorkingLayer, *, fictitious: bool
) -> Iterator[tuple[str, str]]:
    """What must hold of a field: an expression, and a sentence for when it does not."""
    name = f'"{field.name}"'
    empty = f"{name} IS NULL OR {name} = ''"
    if field.required and not field.codes:
        text = field.type == "text" and field.format not in ("date", "moment")
        yield (
            f"trim(coalesce({name}, '')) <> ''" if text else f"{name} IS NOT NULL",
            f"{field.alias} is verplicht.",
        )
    if field.format in PATTERNS and field.format not in ("date", "moment"):
        yield (
            f"{empty} OR regexp_match({name}, {_literal(PATTERNS[field.format])}) > 0",
            f"{field.alias}: {FORMAT_WORDS[field.format]}.",
        )
    if field.type == "text" and not (field.format or field.codes or field.own):
        yield (
            no_citizen_number(field.name),
            f"{field.alias}: geen burgerservicenummer (BSN), of een getal dat er een kan zijn.",
        )
    if field.format == "date" and not field.may_be_future:
        yield f"{name} IS NULL OR {name} <= to_date(now())", f"{field.alias} ligt niet na vandaag."
    if field.name == "bewaren_tot":
        yield (
            f"{name} IS NULL OR {name} <= to_date(now() + to_interval('{LONGEST_KEPT_MONTHS} months'))",
            "De termijn staat in het privacyprotocol van de gemeente; heel lang bewaren mag niet.",
        )
    if field.name == "bron":
        made_up = f"{name} LIKE {_literal(FICTITIOUS + '%')}"
        yield (
            (
                f"{name} IS NULL OR {made_up}",
                f"In dit dossier staan verzonnen gegevens: de bron begint met {FICTITIOUS}.",
            )
            if fictitious
            else (
                f"{name} IS NULL OR NOT {made_up}",
                f"{FICTITIOUS} hoort alleen in een dossier met verzonnen gegevens.",
            )
        )
    if field.minimum is not None or field.maximum is not None:
        yield from _bounds(field)
    for rule in described.requirements:
        if rule.fields[0] == field.name:
            yield rule.expression, rule.explanation
    yield from _no_step_skipped(field, described)


def no_citizen_number(name: str) -> str:
    """`core.tables.persons.holds_citizen_number` for QGIS: no such number from any place on."""
    text = f"' ' || coalesce(\"{name}\", '')"
    total = " + ".join(
        f"{weight} * to_int(substr(@digits, {place}, 1))"
        for place, weight in enumerate(ELEVEN_TEST_WEIGHTS, start=1)
    )
    digits = f"replace(regexp_substr(substr({text}, @element), '(?s)^.({NINE_DIGITS})'), '.', '')"
    passes = f"with_variable('digits', {digits}, @digits <> '000000000' AND ({total}) % 11 = 0)"
    found = (
        f"array_filter(generate_series(1, length({text})), "
        f"CASE WHEN regexp_match(substr({text}, @element), '(?s)^.{NINE_DIGITS}') = 0 "
        f"THEN false ELSE {passes} END)"
    )
    # looking from every place on is for the few texts that hold such digits at all
    return f"regexp_match({text}, '{NINE_DIGITS}') = 0 OR array_length({found}) = 0"


def _no_step_skipped(field: WorkingField, described: WorkingLayer) -> Iterator[tuple[str, str]]:
    """What may follow the value that is stored, of a field of which no step may be skipped."""
    steps = STEPS.get((described.name, field.name))
    if steps is not None and steps.strict:
        stored = f"attribute(get_feature_by_id(@layer, $id), '{field.name}')"
        yield (
            f"with_variable('was', {stored}, with_variable('value', \"{field.name}\", {steps.expression}))",
            f"{field.alias}: er wordt geen stap overgeslagen, en wat is afgesloten blijft dat.",
        )


def _bounds(field: WorkingField) -> Iterator[tuple[str, str]]:
    name = f'"{field.name}"'
    if field.minimum is not None:
        yield f"{name} IS NULL OR {name} >= {field.minimum:g}", f"{field.alias}: {field.minimum:g} of meer."
    if field.maximum is not None:
        yield f"{name} IS NULL OR {name} <= {field.maximum:g}", f"{field.alias}: hoogstens {field.maximum:g}."


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
