"""A Markdown extension for the site: a line break between two Chinese characters is no blank."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_CHINESE = "[\u2014-\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’]"
_BREAK = re.compile(rf"(?<={_CHINESE})\n *(?={_CHINESE})")


class _Join(Treeprocessor):
    def run(self, root: Element) -> None:
        """Join the lines of every text outside code."""
        for node in root.iter():
            if node.tag not in ("pre", "code") and node.text:
                node.text = _BREAK.sub("", node.text)
            if node.tail:
                node.tail = _BREAK.sub("", node.tail)


class Unbroken(Extension):
    """Join lines after everything else was read."""

    def extendMarkdown(self, md: Any) -> None:  # noqa: N802 - the library's name
        """Hand the joining to Markdown."""
        md.treeprocessors.register(_Join(md), "unbroken", 0)


def makeExtension(**settings: Any) -> Extension:  # noqa: N802 - the library's name
    """Return the extension, as Markdown asks for it."""
    return Unbroken(**settings)
