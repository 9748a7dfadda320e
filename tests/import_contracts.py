"""A contract for import-linter: a package imports the standard library and, relatively, itself; nothing else.

The other contracts stand in pyproject.toml. This one reads the source, because the import graph does not say
whether an import of one's own package was written relatively, and inside the QGIS plugin only that works.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from importlinter import Contract, ContractCheck, fields, output


class StandardLibraryOnly(Contract):
    """Fails on every absolute import of something outside `sys.stdlib_module_names`."""

    package = fields.StringField()

    def check(self, graph, verbose):
        folder = Path("src", *self.package.split("."))
        broken = []
        for path in sorted(folder.rglob("*.py")):
            inside = len(path.relative_to(folder).parts)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                broken += [f"{path}:{node.lineno} {name}" for name in _outside(node, inside)]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check):
        for line in check.metadata["broken"]:
            output.print_error(line)


def _outside(node, inside):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names if not _is_standard(alias.name)]
    if isinstance(node, ast.ImportFrom):
        if node.level == 0:
            return [] if _is_standard(node.module) else [node.module]
        if node.level > inside:
            return ["." * node.level + (node.module or "") + " leaves the package"]
    return []


def _is_standard(module):
    return module.split(".")[0] in sys.stdlib_module_names
