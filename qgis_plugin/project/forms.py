"""The forms of the dossier's layers, made from the schema: tabs, widgets, and where each field stands.

Every field of the schema has its place: one that no tab names stands in the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    Qgis,
    QgsAttributeEditorContainer,
    QgsAttributeEditorField,
    QgsAttributeEditorRelation,
    QgsAttributeEditorTextElement,
    QgsDefaultValue,
    QgsEditFormConfig,
    QgsEditorWidgetSetup,
)

from ..atlas.core.areas.divisions import areas
from ..atlas.core.schema.rural import RURAL_LAYERS
from ..atlas.core.vacancy.evidence import VALUES
from ..atlas.core.words import layer_names
from .form_tabs import tabs_of
from .rules import default_value, set_constraints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qgis.core import QgsAttributeEditorElement, QgsVectorLayer

    from ..atlas.core.schema.working import WorkingField, WorkingLayer

#: the table with the values of evidence; a private layer, so that the form offers those of the chosen source
VALUE_LIST = "lijst_bewijswaarde"
#: texts of more than one line
_LONG_TEXTS = ("toelichting", "redenen", "methode", "regels", "indicatoren")
#: fields that are told instead of shown, as nobody reads or types them: what the form says of them
_TOLD = {
    "omtrek": "[% CASE WHEN coalesce(\"omtrek\", '') = '' THEN 'niet bekend' "
    "WHEN geom_from_wkt(\"omtrek\") IS NULL THEN 'onleesbaar' "
    "ELSE 'bekend, ' || format_number(area(geom_from_wkt(\"omtrek\")), 0, 'nl') || ' m²' END %]",
}
_FEATURE_NAMES = {
    layer_names.OBJECTS: "coalesce(nullif(\"adres\", ''), represent_value(\"soort\") || ' zonder adres')",
    layer_names.EVIDENCE: 'represent_value("bewijsbron") || \': \' || represent_value("waarde")',
    layer_names.YARDS: "coalesce(nullif(\"adres\", ''), 'Erf zonder adres')",
    layer_names.SIGNALS: "represent_value(\"categorie\") || ', ' || format_date(\"peildatum\", 'd-M-yyyy')",
    layer_names.CAMPAIGNS: '"naam"',
    layer_names.ROUNDS: "\"naam\" || ', ' || format_date(\"dag\", 'd-M-yyyy') || ', ' || \"team\"",
    layer_names.STOPS: (
        "represent_value(\"keuze\") || coalesce(': ' || represent_value(\"bedrijf_uuid\"), '')"
    ),
    layer_names.VISITS: "format_date(\"datum\", 'd-M-yyyy') || ', ' || represent_value(\"uitkomst\")",
    layer_names.FINDINGS: 'represent_value("categorie") || \': \' || represent_value("waarneming")',
    layer_names.CONFLICTS: '"veld" || \', \' || represent_value("besluit")',
}


def set_form(
    layer: QgsVectorLayer,
    described: WorkingLayer,
    layers: Mapping[str, QgsVectorLayer],
    *,
    fictitious: bool,
    photo_root: str,
) -> None:
    """Give a layer its form, widgets, defaults and constraints.

    Args:
        layer: The layer.
        described: What the schema says of it.
        layers: All layers of the dossier in the project, whose relations the project knows already.
        fictitious: Whether the dossier holds made-up records.
        photo_root: The folder that paths of photos start from; "" for that of the project.
    """
    config = layer.editFormConfig()
    config.setLayout(Qgis.AttributeFormLayout.DragAndDrop)
    config.setSuppress(QgsEditFormConfig.FeatureFormSuppress.SuppressOff)
    for field in described.fields:
        index = layer.fields().indexOf(field.name)
        layer.setFieldAlias(index, field.alias)
        layer.setEditorWidgetSetup(index, _widget(field, described, layers, photo_root))
        config.setReadOnly(index, field.own or field.name in ("uuid", "regime"))
        # stamps speak for themselves on one line; a text needs the width of the form
        config.setLabelOnTop(index, field.name in _LONG_TEXTS)
        expression, on_update = default_value(field, layers, fictitious=fictitious)
        if expression:
            layer.setDefaultValueDefinition(index, QgsDefaultValue(expression, on_update))
    set_constraints(layer, described, fictitious=fictitious)
    layer.setEditorWidgetSetup(layer.fields().indexOf("fid"), QgsEditorWidgetSetup("Hidden", {}))
    _arrange(config, layer, described, layers)
    layer.setEditFormConfig(config)
    layer.setDisplayExpression(_FEATURE_NAMES[described.name])
    _name_photos(layer, described)


def _arrange(
    config: QgsEditFormConfig,
    layer: QgsVectorLayer,
    described: WorkingLayer,
    layers: Mapping[str, QgsVectorLayer],
) -> None:
    config.clearTabs()
    root = config.invisibleRootContainer()
    for tab in tabs_of(described):
        page = QgsAttributeEditorContainer(tab.title, root)
        page.setType(Qgis.AttributeEditorContainerType.Tab)
        for group in tab.groups:
            box = QgsAttributeEditorContainer(group.title, page)
            box.setType(Qgis.AttributeEditorContainerType.GroupBox)
            box.setColumnCount(1)
            for name in group.fields:
                box.addChildElement(_element(described, name, layer.fields().indexOf(name), box))
            page.addChildElement(box)
        for child in tab.children:
            if child in layers:
                page.addChildElement(_children(described.name, child, page))
        config.addTab(page)


def _element(
    described: WorkingLayer, name: str, index: int, box: QgsAttributeEditorContainer
) -> QgsAttributeEditorElement:
    """A field with its widget, or what is told of it."""
    if name not in _TOLD:
        return QgsAttributeEditorField(name, index, box)
    field = described.field(name)
    element = QgsAttributeEditorTextElement(field.alias if field else name, box)
    element.setText(_TOLD[name])
    return element


def _children(parent: str, child: str, page: QgsAttributeEditorContainer) -> QgsAttributeEditorRelation:
    """The list of the records of another layer that belong to this one."""
    described = RURAL_LAYERS[child]
    field = next(relation.field for relation in described.relations if relation.layer == parent)
    element = QgsAttributeEditorRelation(f"{child}__{field}", page)
    element.setLabel(described.alias)
    element.setRelationWidgetTypeId("relation_editor")
    element.setShowLabel(True)
    return element


def _widget(
    field: WorkingField, described: WorkingLayer, layers: Mapping[str, QgsVectorLayer], photo_root: str
) -> QgsEditorWidgetSetup:
    relation = next((item for item in described.relations if item.field == field.name), None)
    if relation is not None and relation.layer in layers:
        return _related(field, described)
    if field.codes is not None or field.format == "gemeente":
        return _listed(field, described, layers)
    if field.format in ("date", "moment"):
        return _calendar(field)
    if field.format == "path":
        return _photo(photo_root)
    if field.type != "text":
        return _number(field)
    shown = {"IsMultiline": field.name in _LONG_TEXTS, "UseHtml": False}
    return QgsEditorWidgetSetup("Hidden" if field.name in _TOLD else "TextEdit", shown)


def _related(field: WorkingField, described: WorkingLayer) -> QgsEditorWidgetSetup:
    return QgsEditorWidgetSetup(
        "RelationReference",
        {
            "Relation": f"{described.name}__{field.name}", "AllowNULL": not field.required,
            "ShowForm": False, "ShowOpenFormButton": False, "MapIdentification": True,
            "OrderByValue": True, "ReadOnly": False,
        },
    )  # fmt: skip


def _listed(
    field: WorkingField, described: WorkingLayer, layers: Mapping[str, QgsVectorLayer]
) -> QgsEditorWidgetSetup:
    if described.name == layer_names.EVIDENCE and field.name == "waarde" and VALUE_LIST in layers:
        return _values_of_the_source(layers[VALUE_LIST])
    if field.codes is None:
        return _choices({area.name: area.code for area in areas("gemeente")})
    return _choices({code.label: code.value for code in field.codes.codes})


def _choices(values: Mapping[str, str]) -> QgsEditorWidgetSetup:
    return QgsEditorWidgetSetup("ValueMap", {"map": [{label: value} for label, value in values.items()]})


def _values_of_the_source(values: QgsVectorLayer) -> QgsEditorWidgetSetup:
    """Only what the chosen source can say; all values as long as none is chosen."""
    chosen = "current_value('bewijsbron')"
    cases = " ".join(
        f"WHEN {chosen} = '{source}' THEN \"waarde\" IN ({', '.join(repr(code) for code in codes)})"
        for source, codes in VALUES.items()
    )
    return QgsEditorWidgetSetup(
        "ValueRelation",
        {
            "Layer": values.id(), "LayerName": values.name(), "LayerProviderName": "ogr",
            "Key": "waarde", "Value": "omschrijving", "AllowNull": False, "OrderByValue": False,
            "AllowMulti": False, "FilterExpression": f"CASE {cases} ELSE true END",
        },
    )  # fmt: skip


def _calendar(field: WorkingField) -> QgsEditorWidgetSetup:
    moment = field.format == "moment"
    return QgsEditorWidgetSetup(
        "DateTime",
        {
            # also of a required date: QGIS would show today where nothing is, and nobody chose that
            "allow_null": True, "calendar_popup": True, "field_iso_format": False,
            "display_format": "dd-MM-yyyy HH:mm" if moment else "dd-MM-yyyy",
            "field_format": "yyyy-MM-dd HH:mm:ss" if moment else "yyyy-MM-dd",
        },
    )  # fmt: skip


def _photo(root: str) -> QgsEditorWidgetSetup:
    """A picture by its path from the project's folder, or from `root`."""
    return QgsEditorWidgetSetup(
        "ExternalResource",
        {
            "StorageMode": 0, "RelativeStorage": 2 if root else 1, "DefaultRoot": root,
            "DocumentViewer": 1, "DocumentViewerHeight": 0, "DocumentViewerWidth": 320,
            "FileWidget": True, "FileWidgetButton": True,
            "FileWidgetFilter": "Foto's (*.jpg *.jpeg *.png)", "StorageType": "",
            "PropertyCollection": {"name": "", "type": "collection", "properties": {}},
        },
    )  # fmt: skip


def _number(field: WorkingField) -> QgsEditorWidgetSetup:
    return QgsEditorWidgetSetup(
        "Range",
        {
            "Min": field.minimum if field.minimum is not None else -1e9,
            "Max": field.maximum if field.maximum is not None else 1e9,
            "Step": 1, "Precision": 1 if field.type == "real" else 0, "Style": "SpinBox", "AllowNull": True,
            "Suffix": f" {field.unit}" if field.unit else "",
        },
    )  # fmt: skip


def _name_photos(layer: QgsVectorLayer, described: WorkingLayer) -> None:
    """How QField names a photo it takes: inside the dossier, in the form that the schema asks for."""
    if described.field("foto") is not None:
        name = f"'fotos/{described.name}_' || format_date(now(), 'yyyyMMddHHmmsszzz') || '.{{extension}}'"
        layer.setCustomProperty("QFieldSync/attachment_naming", f'{{"foto": "{name}"}}')
