"""How the plugin's widgets that need only Qt are opened by the tests; without an entry: without arguments.

"module of the plugin:class" -> a function that gets the class and returns a widget that shows something.
"""

from __future__ import annotations

import importlib


def columns(made):
    """Three columns of a file."""
    shown = importlib.import_module(f"{made.__module__}").ShownColumn
    table = made()
    table.show_columns(
        [shown("Adres", "adres", "", ("Weg 1", "Weg 2")), shown("Nr", "", "een volgnummer", ("1", "2"))],
        [("", "(niet overnemen)"), ("adres", "Adres")],
        [2, 3],
    )
    return table


def form(made):
    """A question of each kind."""
    loaded = importlib.import_module(f"{made.__module__}")
    ask, asked = loaded.Question, made()
    asked.set_questions([
        ask("", "Kop", loaded.HEADING), ask("bron", "Bron", value="FICTIEF"),
        ask("soort", "Soort", loaded.CHOICE, "stal", (("schuur", "Schuur"), ("stal", "Stal"))),
        ask("per", "Deel", loaded.CHECK, "ja"),
    ])  # fmt: skip
    assert asked.answers() == {"bron": "FICTIEF", "soort": "stal", "per": "ja"}
    return asked


def window(made):
    """The window at its last step."""
    opened = made()
    opened.set_layers([("leegstand_object", "Objecten")], [("", "(geen)")], "/map")
    opened.show_step(3)
    opened.set_preview(["Nieuw 4."])
    opened.set_problem("Er zou niets worden overgenomen.")
    return opened


BUILDERS = {
    "gui.intake_form:QuestionForm": form,
    "gui.intake_table:ColumnRoles": columns,
    "gui.intake_window:IntakeWindow": window,
    "gui.legend_view:Swatch": lambda made: made("#b30000", "cross"),
}
