"""A document as JSON text: the same for the same content, Chinese readable, a line break at the end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def json_text(document: Mapping[str, Any]) -> str:
    """Return a document as text; its keys stay in the order in which they were put."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
