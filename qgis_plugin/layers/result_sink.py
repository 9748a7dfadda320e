"""Where an algorithm's features go: a layer in memory, or a file that appears whole or not at all."""

from __future__ import annotations

import re
import secrets
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingUtils,
)

from ..atlas.core.disclosure.audiences import Audience
from ..atlas.core.disclosure.released import content_of, release_open
from ..atlas.core.files.new_file import cannot_write, new_file
from ..atlas.core.words.errors import AtlasError
from ..atlas.core.words.spreadsheet_text import harmless
from ..gate import issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from qgis.core import QgsFeature

    from ..atlas.core.disclosure.released import Released
    from ..atlas.jobs.handing_out import Permit

#: for what is made of the user's own layers, of borders and registers: no record of a dossier is in it
WITHOUT_RECORDS = release_open(None, audience=Audience.TEAM)
#: "memory:", "ogr:dbname=...", "postgres://...": no file; one letter and a colon is a drive of Windows
_NO_FILE = re.compile(r"^[A-Za-z]{2,}:")


class ResultSink:
    """Takes features; `destination` is known when the block of `result_sink` has ended."""

    def __init__(self, sink: QgsFeatureSink, texts: Sequence[int] = ()) -> None:
        self._sink: QgsFeatureSink | None = sink
        self._texts = texts
        self.destination = ""

    def add(self, features: Sequence[QgsFeature]) -> None:
        """Write features.

        Raises:
            AtlasError: the file or the database does not take them.
        """
        for feature in features if self._texts else ():
            _make_harmless(feature, self._texts)
        if not self._sink.addFeatures(list(features), QgsFeatureSink.Flag.FastInsert):
            raise AtlasError(
                "Het resultaat kan niet worden geschreven.",
                got=self._sink.lastError(),
                hint="Controleer of er ruimte is op de schijf, of kies een andere plaats.",
            )

    def close(self) -> None:
        """Write what is waiting and let go of the file; the sink takes no more."""
        sink, self._sink = self._sink, None
        if sink is not None and not sink.flushBuffer():
            raise AtlasError("Het resultaat kan niet worden geschreven.", got=sink.lastError())

    def drop(self) -> None:
        """Let go of the file or layer: QGIS may take it away before Python would."""
        self._sink = None


@contextmanager
def result_sink(  # noqa: PLR0917 - the order of QGIS's own parameterAsSink
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
    fields: QgsFields,
    geometry_type: Qgis.WkbType,
    crs: QgsCoordinateReferenceSystem,
    *,
    released: Released[Any],
    permit: Permit | None = None,
    counts: Mapping[str, int] | None = None,
) -> Iterator[ResultSink]:
    """Give a sink for the output `name`. A failed or cancelled block leaves nothing behind.

    Args:
        algorithm: Whose parameter it is.
        parameters: Of the algorithm.
        name: Of the parameter, a feature sink.
        context: Of the algorithm.
        fields: Of the result.
        geometry_type: Of the result.
        crs: Of the result.
        released: What the result is made of.
        permit: When the result holds records of a dossier or is counted from them. It is then written in
            the register first, and is always a file: one in QGIS's own temporary folder if need be.
        counts: With a permit, layer -> number of records, when it is not all that was released.

    Raises:
        AtlasError: the file can't be written, or not as one file while the register asks for one.
        TypeError: it was not released.
        ValueError: it was released for a team's municipalities, and there is no permit.
    """
    content_of(released)
    if released.municipalities and permit is None:
        raise ValueError("what is made of records of a dossier stands in its register")
    scratch, described = _like(context), (fields, geometry_type, crs)
    wanted = algorithm.parameterAsOutputLayer(parameters, name, scratch)
    path = _file(wanted, permit, context)
    if path is None:
        # a layer in memory has no room for aliases and comments; QGIS would warn of each
        plain = (_plain(fields), geometry_type, crs)
        sink, destination = _sink(
            lambda: algorithm.parameterAsSink(parameters, name, context, *plain), wanted
        )
        result = ResultSink(sink)
        del sink
        try:
            yield result
        except BaseException:
            result.drop()
            raise
        result.close()
        result.destination = destination
        return
    with issue(permit, path, released, counts) if permit else new_file(path) as beside:
        folder = path.with_name(f".{path.stem}.{secrets.token_hex(4)}")
        try:
            folder.mkdir()
            inside = {**parameters, name: str(folder / path.name)}
            sink, _ = _sink(lambda: algorithm.parameterAsSink(inside, name, scratch, *described), str(path))
            result = ResultSink(sink, _texts(fields))
            del sink
            try:
                yield result
            except BaseException:
                result.drop()
                raise
            result.close()
            (folder / path.name).replace(beside)
            for side_file in folder.iterdir():  # a shapefile is several files
                side_file.replace(path.parent / side_file.name)
        except OSError as error:
            raise cannot_write(path, error) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    details = scratch.layersToLoadOnCompletion().get(wanted)
    if details is not None:
        context.addLayerToLoadOnCompletion(str(path), details)
    result.destination = str(path)


def _texts(fields: QgsFields) -> list[int]:
    """The positions of the fields that hold text."""
    return [position for position, field in enumerate(fields) if not field.isNumeric()]


def _make_harmless(feature: QgsFeature, texts: Sequence[int]) -> None:
    """No text in a file is one that a spreadsheet would run: attribute tables are opened in one."""
    for position in texts:
        value = feature.attribute(position)
        if (safe := harmless(value)) is not value:
            feature.setAttribute(position, safe)


def file_of(destination: str) -> Path | None:
    """The file that a destination of Processing names; None for a layer in memory or a database."""
    return None if _NO_FILE.match(destination) else Path(destination)


def _file(wanted: str, permit: Permit | None, context: QgsProcessingContext) -> Path | None:
    path = file_of(wanted)
    if permit is None:
        return path
    if path is None and wanted.startswith("memory:"):
        return Path(QgsProcessingUtils.generateTempFilename("team.gpkg", context))
    if path is None or path.suffix.lower() in (".shp", ".tab", ".mif"):
        raise AtlasError(
            "Gegevens uit een dossier gaan naar één bestand, want dat staat in het register van uitgifte.",
            got=wanted,
            expected="een .gpkg, .geojson of .csv",
        )
    return path


def _sink(ask: Callable[[], tuple[QgsFeatureSink, str]], where: str) -> tuple[QgsFeatureSink, str]:
    """The sink that QGIS gives, and what it calls it.

    Raises:
        AtlasError: it gives none.
    """
    try:
        sink, destination = ask()
    except QgsProcessingException as error:
        sink, destination, reason = None, "", str(error)
    else:
        reason = ""
    if sink is None:
        raise AtlasError(
            "Het resultaat kan niet worden geschreven.",
            where=where,
            got=reason,
            hint="Kies een andere plaats, of een ander soort bestand zoals .gpkg.",
        )
    return sink, destination


def _plain(fields: QgsFields) -> QgsFields:
    """The fields with their names and kinds only; a layer gets its aliases with its style."""
    made = QgsFields()
    for field in fields:
        bare = QgsField(field)
        bare.setAlias("")
        bare.setComment("")
        made.append(bare)
    return made


def _like(context: QgsProcessingContext) -> QgsProcessingContext:
    """A context of its own for what must not be loaded, with the settings of `context`."""
    scratch = QgsProcessingContext()
    scratch.setProject(context.project())
    scratch.setTransformContext(context.transformContext())
    scratch.setDefaultEncoding(context.defaultEncoding())
    return scratch
