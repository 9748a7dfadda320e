"""A contract for import-linter: a package imports the standard library, relatively itself, and what is named.

The other contracts stand in pyproject.toml. This one reads the source, because the import graph does not say
whether an import of one's own package was written relatively, and inside the QGIS plugin only that works.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from importlinter import Contract, ContractCheck, fields, output


class StandardLibraryOnly(Contract):
    """Fails on every absolute import of something outside `sys.stdlib_module_names`.

    `also` names packages that may be imported too, `rooms` the packages beside this one.
    """

    package = fields.StringField()
    also = fields.SetField(fields.StringField(), required=False, default=set())
    rooms = fields.SetField(fields.StringField(), required=False, default=set())

    def check(self, graph, verbose):
        folder = Path("src", *self.package.split("."))
        broken = []
        for path in sorted(folder.rglob("*.py")):
            inside = len(path.relative_to(folder).parts)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                broken += [f"{path}:{node.lineno} {name}" for name in self._outside(node, inside)]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check):
        for line in check.metadata["broken"]:
            output.print_error(line)

    def _outside(self, node, inside):
        if isinstance(node, ast.Import):
            return [alias.name for alias in node.names if not self._may_be_absolute(alias.name)]
        if isinstance(node, ast.ImportFrom):
            if node.level == 0:
                return [] if self._may_be_absolute(node.module) else [node.module]
            beside = node.level == inside + 1 and (node.module or "").split(".")[0] in self.rooms
            if node.level > inside and not beside:
                return ["." * node.level + (node.module or "") + " leaves the package"]
        return []

    def _may_be_absolute(self, module):
        first = module.split(".")[0]
        return first in sys.stdlib_module_names or first in self.also
