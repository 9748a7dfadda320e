"""How the plugin's widgets that need only Qt are opened by the tests; without an entry: without arguments.

"module of the plugin:class" -> a function that gets the class and returns a widget that shows something.
"""

from __future__ import annotations

BUILDERS = {
    "gui.legend_view:Swatch": lambda made: made("#b30000", "cross"),
}
