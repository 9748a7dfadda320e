"""Widgets found by name and used as a user does, and how long the window does not answer."""

from __future__ import annotations

import time

from bare_window import settle
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtTest import QTest

#: between two beats, 5 ms apart, the window answers; what the main thread computes between them holds it up
_BEAT_MS = 5


class Heartbeat:
    """Measures the longest work of the main thread between two beats, in ms of processor time.

    What the clock says depends on what else the machine does; `bench/plugin_start.py` looks at that.
    """

    def __enter__(self):
        self.longest_ms, self._last = 0.0, time.thread_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT_MS)
        return self

    def __exit__(self, *_):
        self._timer.stop()
        self._beat()

    def _beat(self):
        now = time.thread_time()
        self.longest_ms, self._last = max(self.longest_ms, (now - self._last) * 1000), now


def child(widget, kind, name):
    found = widget.findChild(kind, name)
    assert found is not None, name
    return found


def choose(box, label):
    """Choose a line of a combo box with the keyboard."""
    box.setFocus()
    position = box.findText(label, Qt.MatchFlag.MatchContains)
    assert position >= 0, [box.itemText(line) for line in range(box.count())]
    while box.currentIndex() != position:
        QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < position else Qt.Key.Key_Up)
    settle()


def make_narrow(window, dock):
    """As narrow as the window lets a panel be."""
    window.mainWindow().resizeDocks([dock], [1], Qt.Orientation.Horizontal)
    settle()
    assert dock.width() < 480


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def read(dock):
    settle(dock.objects.shows_dossier)
    settle()


def texts(bar):
    return [item.text() for item in bar.items()]
