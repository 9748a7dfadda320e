"""The question that is asked when a form is saved with what looks as if it belongs to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtWidgets import QMessageBox, QWidget

from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Sequence


def text_question(parent: QWidget | None, layer: str, found: Sequence[str]) -> QMessageBox:
    """The box; `saves_all_the_same` says what was answered.

    Args:
        parent: The window above which it stands.
        layer: Name of the layer.
        found: What was found, a line for each kind; never the text itself.
    """
    box = QMessageBox(parent)
    box.setObjectName("text_question")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(tr("Text about a person?"))
    box.setText(
        tr("In {layer} free text holds what belongs to a person, or looks like it:").format(layer=layer)
    )
    lines = "\n".join(f"• {line}" for line in found)
    advice = tr(
        "The dossier is about places. Without this text the rest is saved, and the field stays as it was. "
        "Save it only when it has to be there and the protocol of your municipality allows it."
    )
    box.setInformativeText(f"{lines}\n\n{advice}")
    without = box.addButton(tr("Save without this text"), QMessageBox.ButtonRole.RejectRole)
    save = box.addButton(tr("Save all the same"), QMessageBox.ButtonRole.AcceptRole)
    save.setObjectName("save_all_the_same")
    box.setDefaultButton(without)
    box.setEscapeButton(without)
    return box


def saves_all_the_same(parent: QWidget | None, layer: str, found: Sequence[str]) -> bool:
    """Ask, and wait for the answer."""
    box = text_question(parent, layer, found)
    box.exec()
    clicked = box.clickedButton()
    return clicked is not None and clicked.objectName() == "save_all_the_same"
