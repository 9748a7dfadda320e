"""What all algorithms of the atlas share: words, help, refusals as sentences, and results that look right."""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from functools import cache
from html import escape
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
)

from ..atlas import dossier
from ..atlas.core.words.errors import AtlasError
from ..cancelling import Cancelled, check_cancelled
from ..controls import told
from ..gate import check_inputs
from ..icons import icon
from ..language import help_file
from ..layers.run_files import check_files
from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from qgis.core import QgsMapLayer
    from qgis.PyQt.QtGui import QIcon

    from ..atlas.jobs.progress import Progress

#: lines of a report that the log shows as well
MOST_IN_LOG = 20
_PARAMETER_LINE = re.compile(r"^- ([A-Z_0-9]+): (.+)$")


class AtlasAlgorithm(QgsProcessingAlgorithm):
    """Base of the algorithms. It holds no state: one instance may run in several threads.

    A subclass gives ID (also the name of its module and help files), GROUP (a key of `group_labels`), ICON,
    `label()`, `add_parameters()` and `carry_out()`, and may give TAGS (words in both languages).
    """

    ID = ""
    GROUP = ""
    ICON = "atlas"
    TAGS: tuple[str, ...] = ()

    def label(self) -> str:
        """The name that a user reads."""
        raise NotImplementedError

    def add_parameters(self) -> None:
        """Add the parameters, with `self.addParameter`."""
        raise NotImplementedError

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Do it. May raise AtlasError (told as a sentence) and Cancelled."""
        raise NotImplementedError

    def explained(self, error: AtlasError) -> AtlasError:
        """An error with what this window knows of it."""
        return error

    def createInstance(self) -> AtlasAlgorithm:
        return type(self)()

    def name(self) -> str:
        return self.ID

    def displayName(self) -> str:
        return self.label()

    def groupId(self) -> str:
        return self.GROUP

    def group(self) -> str:
        return group_labels()[self.GROUP]

    def icon(self) -> QIcon:
        return icon(self.ICON)

    def tags(self) -> list[str]:
        return [*self.TAGS, "buitengebied", "atlas", "rural"]

    def shortHelpString(self) -> str:
        labels = {known.name(): known.description() for known in self.parameterDefinitions()}
        return _html(help_file(self.ID).read_text(encoding="utf-8"), labels)

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        if self.parameterDefinitions():  # the provider did it, where an error can be caught, before QGIS does
            return
        self.add_parameters()
        explained = parameter_help(str(help_file(self.ID)))
        for definition in self.parameterDefinitions():
            definition.setHelp(explained.get(definition.name(), ""))

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        try:
            check_inputs(self, parameters, context)
            check_files(self, parameters, context)
            with notes_told(feedback):
                return self.carry_out(parameters, context, feedback)
        except AtlasError as error:
            raise QgsProcessingException(told(self.explained(error), self)) from error
        except Cancelled:
            feedback.pushInfo(tr("Cancelled: nothing was changed."))
            return {}


def group_labels() -> dict[str, str]:
    """Key of a group -> what a user reads."""
    return {
        "boundaries": tr("Boundaries"),
        "figures": tr("Figures"),
        "countryside": tr("Rural area"),
        "dossier": tr("Object dossier"),
        "visits": tr("Farm visits"),
        "output": tr("Page, print and field"),
    }


class _Notes(logging.Handler):
    """Tells what is noted about a dossier, in this thread, as warnings; each sentence once."""

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        super().__init__(logging.WARNING)
        self._feedback, self._thread, self._said = feedback, get_ident(), set[str]()

    def emit(self, record: logging.LogRecord) -> None:
        sentence = record.getMessage()
        if record.thread == self._thread and sentence not in self._said:
            self._said.add(sentence)
            self._feedback.pushWarning(sentence)


@contextmanager
def notes_told(feedback: QgsProcessingFeedback) -> Iterator[None]:
    """Show what is wrong with a dossier whenever one is opened: QGIS itself shows no log of Python."""
    noted, handler = logging.getLogger(dossier.__name__), _Notes(feedback)
    noted.addHandler(handler)
    try:
        yield
    finally:
        noted.removeHandler(handler)


def warn_of(feedback: QgsProcessingFeedback, sentences: Sequence[str]) -> None:
    """Show the first of many warnings, and how many more are in the report."""
    for sentence in sentences[:MOST_IN_LOG]:
        feedback.pushWarning(sentence)
    say_how_many_more(feedback.pushWarning, len(sentences))


def say_how_many_more(push: Callable[[str], object], count: int) -> None:
    """Say how many lines are in the report only, when there are more than the log shows."""
    if count > MOST_IN_LOG:
        push(tr("{count} more are in the report.").format(count=count - MOST_IN_LOG))


def told_steps(feedback: QgsProcessingFeedback) -> Progress:
    """Where a job is, as QGIS shows it; the job stops at the next step when the user asked to stop."""

    def tell(step: str, done: float) -> None:
        if done < 1:  # by then it is done: too late to stop
            check_cancelled(feedback)
        feedback.setProgressText(step)
        feedback.setProgress(100 * done)

    return tell


class _WhenLoaded(QgsProcessingLayerPostProcessorInterface):
    """Calls a function with the layer, in the main thread, when Processing has loaded it."""

    # Processing keeps no reference to a post-processor: without ours it is gone before it is called
    _alive: dict[str, _WhenLoaded] = {}  # noqa: RUF012 - shared on purpose

    def __init__(self, key: str, finish: Callable[[QgsMapLayer], None]) -> None:
        super().__init__()
        self._key = key
        self._finish = finish
        self._alive[key] = self

    def postProcessLayer(
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        del self._alive[self._key]
        self._finish(layer)


def finish_when_loaded(
    context: QgsProcessingContext,
    destination: str,
    name: str,
    finish: Callable[[QgsMapLayer], None],
    *,
    group: str = "",
) -> None:
    """Give a result layer its human name, its group in the layer tree and, once loaded, its style.

    Nothing happens when the result will not be loaded into a project.

    Args:
        context: Of the algorithm.
        destination: What `parameterAsSink` or `parameterAsOutputLayer` returned.
        name: Name of the layer.
        finish: Called with the layer in the main thread.
        group: Name of the group in the layer tree; none when empty.
    """
    if not context.willLoadLayerOnCompletion(destination):
        return
    details = context.layerToLoadOnCompletionDetails(destination)
    details.name = name
    details.forceName = True
    details.groupName = group
    details.setPostProcessor(_WhenLoaded(destination, finish))


@cache
def parameter_help(path: str) -> dict[str, str]:
    """Name of a parameter -> its sentence in a help file."""
    found = map(_PARAMETER_LINE.match, Path(path).read_text(encoding="utf-8").splitlines())
    return {match[1]: match[2] for match in found if match}


def _html(markdown: str, labels: Mapping[str, str]) -> str:
    """Headings, paragraphs and lists; `qgis_process` has no window system, so Qt's own reader won't do.

    Args:
        markdown: A help file.
        labels: Name of a parameter -> what the dialog calls it.
    """
    parts = []
    for block in markdown.strip().split("\n\n"):
        lines = [line.strip() for line in block.splitlines()]
        if lines[0].startswith("## "):
            parts.append(f"<h3>{escape(_headings()[lines.pop(0)[3:]])}</h3>")
        if lines and lines[0].startswith("- "):
            parts.append(f"<ul>{''.join(_item(line, labels) for line in lines)}</ul>")
        elif lines:
            parts.append(f"<p>{escape(' '.join(lines))}</p>")
    return "".join(parts)


def _item(line: str, labels: Mapping[str, str]) -> str:
    found = _PARAMETER_LINE.match(line)
    if found is None:
        return f"<li>{escape(line[2:])}</li>"
    name = escape(labels.get(found[1], found[1]))
    # no <b>: QGIS colours that a dark grey, which a dark theme hides
    return f"<li><span style='font-weight: bold'>{name}:</span> {escape(found[2])}</li>"


def _headings() -> dict[str, str]:
    """Heading in a help file -> what a user reads."""
    return {"Parameters": tr("Parameters"), "Result": tr("Result")}
