"""The gate: what holds records of a dossier, or is counted from them, leaves for the team only and is noted.

Every output of the plugin asks here before it makes anything. It is denied to every audience but the team,
holds records of the named municipalities only, and stands in the dossier's register (uitgifte) before it
exists.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterEnum,
    QgsProcessingParameterString,
)

from .atlas.core.areas.divisions import areas
from .atlas.core.disclosure.audiences import Audience
from .atlas.core.disclosure.fields import may_leave
from .atlas.core.disclosure.records import MUNICIPALITY
from .atlas.core.schema.rural import working_layer
from .atlas.core.words.errors import AtlasError
from .recognising import MADE_FROM, Records, dossier_of, records_of
from .source_layer import source_layer
from .texts import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from qgis.core import QgsMapLayer

    from .atlas.core.disclosure.released import Released
    from .atlas.dossier.issue_register import Said
    from .atlas.jobs.handing_out import Permit, Request

__all__ = [
    "TEAM", "Records", "add_issue_parameters", "check_inputs", "check_output",
    "dossier_of", "how_to_seal", "issue", "mark_made_from", "records_of", "requested", "user_name",
]  # fmt: skip

TEAM = Audience.TEAM.value
#: (algorithm, input) that ask the gate themselves, or whose result stays in the dossier
_ASKING = {
    ("assign_points", "POINTS"),
    ("countryside", "POINTS"),
    ("remoteness", "YARDS"),
    ("join_table", "INPUT"),
    ("choropleth", "INPUT"),
    ("import_records", "INPUT"),
    ("take_in_list", "INPUT"),
}
#: names of the parameters that `add_issue_parameters` adds
AUDIENCE_PARAMETER, MUNICIPALITIES_PARAMETER, PURPOSE_PARAMETER = "AUDIENCE", "MUNICIPALITIES", "PURPOSE"


def mark_made_from(layer: QgsMapLayer, permit: Permit) -> None:
    """Let a result remember its dossier, so that what is made of it passes the gate too."""
    layer.setCustomProperty(MADE_FROM, f"{permit.dossier.folder}|{permit.layers[0]}")


def check_output(
    folder: Path | None, layers: Sequence[str], request: Request, paths: Sequence[Path] = ()
) -> Permit:
    """Ask for an output with records of a dossier, or counted from them, before any work is done.

    Args:
        folder: Of the dossier; None when it is not known, of records that were copied out.
        layers: Names of the working layers whose records go along or are counted.
        request: For whom and for what.
        paths: The files that will be made, as far as they are known.

    Raises:
        AtlasError: the audience may not see these layers, there is no purpose or municipality, all
            municipalities of a real dossier are named, a file would stand inside the dossier, or the
            dossier can't be opened.
    """
    from .atlas.dossier.opening import open_dossier
    from .atlas.jobs.handing_out import permit_for

    for layer in layers:
        working_layer(layer)
        if request.audience != TEAM or not may_leave(layer, _key_field(layer), request.audience):
            raise AtlasError(
                "Objecten, erven, signalen, bezoeken en wat daaruit is geteld zijn alleen voor het team.",
                where=str(folder / f"{layer}.gpkg") if folder else layer,
                got=f"doelgroep {request.audience}",
                expected=f"doelgroep {TEAM}, met de gemeenten en het doel van de uitvoer",
                hint="Kies de doelgroep, de gemeenten en het doel bij de geavanceerde parameters.",
            )
    if folder is None:
        raise AtlasError(
            "Deze laag is een kopie van records van een dossier.",
            detail="Van welk dossier, is niet bekend; daardoor kan de uitvoer niet in zijn register komen.",
            where=layers[0],
            hint="Kies de laag van het dossier zelf.",
        )
    return permit_for(open_dossier(folder), layers, request, paths)


def check_inputs(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> None:
    """Refuse records of a dossier in every input that does not ask the gate itself.

    Raises:
        AtlasError: an input shows such records, or was made from them.
    """
    for definition in algorithm.parameterDefinitions():
        if definition.type() != "source" or (algorithm.name(), definition.name()) in _ASKING:
            continue
        layer = source_layer(algorithm, parameters, definition.name(), context)
        if records_of(layer) is not None:
            raise AtlasError(
                "Records van een dossier kunnen hier niet in: het resultaat zou niet alleen voor het team "
                "zijn.",
                where=f"{definition.description()}: {layer.name()}",
                hint="Tel ze per gebied met 'Punten in gebieden', met doelgroep, gemeenten en doel.",
            )


def issue(
    permit: Permit,
    path: Path,
    released: Released[Any],
    counts: Mapping[str, int] | None = None,
    *,
    rule: str = "",
    said: Said | None = None,
) -> AbstractContextManager[Path]:
    """Issue a file now: the line in the register first, then the file, then its checksum.

    Args:
        permit: From `check_output`.
        path: Where the file will stand.
        released: What is in the file, or was counted for it.
        counts: Layer -> how many of its records that are, when it is not all that was released.
        rule: What the register keeps of how it may leave, in words.
        said: What it keeps of the figures in the file.

    Returns:
        Gives the path to write to, beside `path`; it is moved into place when the block ends well.

    Raises:
        AtlasError: the register or the file can't be written: then there is no file.
    """
    return permit.issue(path, released, now=datetime.now(UTC), counts=counts, rule=rule, said=said)


def user_name() -> str:
    """Who works here, as the computer knows them; stands in the register."""
    return QgsApplication.userFullName() or QgsApplication.userLoginName()


def how_to_seal(folder: Path, request: Request) -> str:
    """What to do for a page that must be sealed: the whole command, for the same dossier and readers.

    QGIS keeps what an algorithm says and what it is given, so a passphrase can't pass through it; and it
    has no AES of its own.
    """
    words = ["atlas build", f'--dossier "{folder}"', f"--audience {request.audience}"]
    name_of = {area.code: area.name for area in areas("gemeente")}
    words += [f'--municipality "{name_of.get(code, code)}"' for code in request.municipalities]
    # a quote would end the word, and the others mean something to a window for commands
    purpose = request.purpose.translate(str.maketrans(dict.fromkeys('"`$%\\', "'")))
    words += [f'--purpose "{purpose}"', f'--out "{folder.parent / "uit"}"']
    return tr(
        "QGIS can't seal a page. Let this command make it, in a window for commands; it shows the passphrase "
        "once, for you to pass on by telephone: {command} Or say under the advanced parameters why this page "
        "is not sealed; that stands in the register."
    ).format(command=" ".join(words))


def add_issue_parameters(algorithm: QgsProcessingAlgorithm) -> None:
    """Add audience, municipalities and purpose, which are asked only when the input comes from a dossier."""
    for definition in (
        QgsProcessingParameterEnum(
            AUDIENCE_PARAMETER,
            tr("Audience (only for input from a dossier)"),
            options=[audience.value for audience in Audience],
            defaultValue=Audience.PUBLIC.value,
            usesStaticStrings=True,
        ),
        QgsProcessingParameterEnum(
            MUNICIPALITIES_PARAMETER,
            tr("Municipalities of the team (only for input from a dossier)"),
            options=[area.name for area in areas("gemeente")],
            allowMultiple=True,
            optional=True,
            usesStaticStrings=True,
        ),
        QgsProcessingParameterString(
            PURPOSE_PARAMETER, tr("Purpose, for the register (only for input from a dossier)"), optional=True
        ),
    ):
        definition.setFlags(definition.flags() | Qgis.ProcessingParameterFlag.Advanced)
        algorithm.addParameter(definition)


def requested(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> Request:
    """What was filled in at the parameters of `add_issue_parameters`."""
    from .atlas.jobs.handing_out import Request

    code_of = {area.name: area.code for area in areas("gemeente")}
    names = algorithm.parameterAsEnumStrings(parameters, MUNICIPALITIES_PARAMETER, context)
    return Request(
        audience=algorithm.parameterAsEnumString(parameters, AUDIENCE_PARAMETER, context),
        municipalities=tuple(code_of[name] for name in names if name),  # QGIS says [""] for none
        purpose=algorithm.parameterAsString(parameters, PURPOSE_PARAMETER, context),
        user=user_name(),
    )


def _key_field(layer: str) -> str:
    """The field whose leaving decides: the municipality where a layer has one, else its key."""
    return MUNICIPALITY if working_layer(layer).field(MUNICIPALITY) else "uuid"
