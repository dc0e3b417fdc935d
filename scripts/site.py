"""Check the built site: its pages name no outside host, and every link leads to a file and a place in it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_ADDRESSES = ("href", "src", "srcset", "action", "data", "poster", "content")
_OUTSIDE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_IN_STYLE = re.compile(r"url\(\s*['\"]?(?!data:|#)([^'\")]+)|@import\s+['\"]([^'\"]+)")


class _Page(HTMLParser):
    """The addresses a page names and the places in it that can be linked to."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.places: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one tag."""
        for name, value in attrs:
            if value and name in _ADDRESSES and (name != "content" or _OUTSIDE.match(value)):
                self.addresses.append(value)
            if value and (name == "id" or (tag == "a" and name == "name")):
                self.places.add(value)


@cache
def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text("utf-8"))
    return page


def problems(folder: Path) -> Iterator[str]:
    """Yield what is wrong with the site in a folder, page by page."""
    pages = sorted(folder.rglob("*.html"))
    if not pages:
        yield f"{folder}: no page"
    for path in pages:
        for address in _read(path).addresses:
            if complaint := _complaint(path, address, folder):
                yield f"{path.relative_to(folder)}: {address}: {complaint}"
    for path in sorted(folder.rglob("*.css")):
        for found in _IN_STYLE.finditer(path.read_text("utf-8")):
            address = found[1] or found[2]
            if complaint := _complaint(path, address, folder):
                yield f"{path.relative_to(folder)}: {address[:80]}: {complaint}"


def _complaint(path: Path, address: str, folder: Path) -> str:
    """Return what is wrong with an address that a file names; empty where nothing is."""
    if address.startswith(("data:", "mailto:", "tel:", "javascript:")):
        return ""
    if _OUTSIDE.match(address):
        return "an outside host"
    parts = urlsplit(address)
    root = folder if parts.path.startswith("/") else path.parent
    target = (root / unquote(parts.path).lstrip("/")).resolve() if parts.path else path.resolve()
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return "no such file"
    if parts.fragment and target.suffix == ".html" and not parts.fragment.startswith("__"):
        return "" if unquote(parts.fragment) in _read(target).places else "no such place"
    return ""


if __name__ == "__main__":
    found = list(problems(Path(sys.argv[1]).resolve()))
    sys.stdout.write("".join(f"{one}\n" for one in found))
    sys.exit(bool(found))
