"""Score hygienic-township inspections by declarative rules.

The names below are the library's interface; everything else may change between versions. They are loaded when first
used, so that ``import scoring`` costs next to nothing.

``assess`` and ``assess_files`` return an ``Assessment``; ``render`` writes it as table, JSON, CSV or XLSX, ``ledger``
reads one card aloud. ``open_store`` opens a database of rounds. Mistakes of users are ``Problem`` values: in ``Assessment.problems``, or carried by a
``ScoringError`` where nothing can be done.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scoring.api import assess, assess_files, open_store
    from scoring.errors import Problem, ScoringError
    from scoring.explain.ledger import ledger
    from scoring.find import find_scheme, find_standards
    from scoring.history.ladder import Policy
    from scoring.history.past import Earlier, History, PastFinding, PastOrder
    from scoring.inspection import Inspection, NotApplicable, NotChecked, Unit
    from scoring.load.rules import load_standard
    from scoring.report import render
    from scoring.rule.scheme import Scheme
    from scoring.rule.standard import Standard
    from scoring.score import Assessment
    from scoring.sheets.register import read_register
    from scoring.store import Store

__all__ = [
    "Assessment",
    "Earlier",
    "History",
    "Inspection",
    "NotApplicable",
    "NotChecked",
    "PastFinding",
    "PastOrder",
    "Policy",
    "Problem",
    "Scheme",
    "ScoringError",
    "Standard",
    "Store",
    "Unit",
    "assess",
    "assess_files",
    "find_scheme",
    "find_standards",
    "ledger",
    "load_standard",
    "open_store",
    "read_register",
    "render",
]

_HOME = {
    "Assessment": "score",
    "Earlier": "history.past",
    "History": "history.past",
    "Inspection": "inspection",
    "NotApplicable": "inspection",
    "NotChecked": "inspection",
    "PastFinding": "history.past",
    "PastOrder": "history.past",
    "Policy": "history.ladder",
    "Problem": "errors",
    "Scheme": "rule.scheme",
    "ScoringError": "errors",
    "Standard": "rule.standard",
    "Store": "store",
    "Unit": "inspection",
    "assess": "api",
    "assess_files": "api",
    "find_scheme": "find",
    "find_standards": "find",
    "ledger": "explain.ledger",
    "load_standard": "load.rules",
    "open_store": "api",
    "read_register": "sheets.register",
    "render": "report",
}


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used."""
    if name not in _HOME:
        raise AttributeError(f"module 'scoring' has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"scoring.{_HOME[name]}"), name)
    return found
