"""Rules of a rule-based renderer, made so that Python never writes into a rule that QGIS has freed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsRuleBasedRenderer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qgis.core import QgsSymbol


def drawing_rule(
    symbol: QgsSymbol, condition: str = "", label: str = "", key: str = ""
) -> QgsRuleBasedRenderer.Rule:
    """A rule: what it draws, of which features, and its name in the legend and in a style.

    It is a copy on purpose. The destructor of `Rule` is not virtual, so a rule that Python made does not tell
    its wrapper that QGIS has deleted it (with its renderer, or by `removeChild`), and the wrapper then clears
    eight bytes of freed memory: QGIS fell over later, in whatever had moved in there. A copy is made by QGIS,
    and its wrapper writes nothing.
    """
    rule = QgsRuleBasedRenderer.Rule(symbol, 0, 0, condition, label).clone()
    if key:
        rule.setRuleKey(key)
    return rule


def rule_renderer(rules: Iterable[QgsRuleBasedRenderer.Rule]) -> QgsRuleBasedRenderer:
    """A renderer with these rules, in their order."""
    root = QgsRuleBasedRenderer.Rule(None).clone()
    for rule in rules:
        root.appendChild(rule)
    return QgsRuleBasedRenderer(root)
