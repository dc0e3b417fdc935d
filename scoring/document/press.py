"""Make the files of documents: each content in each format that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from scoring.document import Kind, book
from scoring.document.content import Content
from scoring.document.pdf import Typesetter
from scoring.document.word import Template

File = tuple[str, bytes]


class Press:
    """Make documents of one kind, whose contents are of one class; used as a context.

    ``template`` is an office's own, ``photos`` are the files of photos by their names. Raises ScoringError where the template
    is not understood, or a component or a font is missing.
    """

    def __init__(
        self,
        kind: Kind,
        words: type,
        formats: Sequence[str],
        *,
        template: Path | None = None,
        photos: Mapping[str, Path] | None = None,
        system_fonts: bool = True,
    ) -> None:
        self._kind, self._photos, self._open = kind, photos or {}, ExitStack()
        self._sheet = "xlsx" in formats
        self._word = Template(kind.name, words, template, photo=kind.photo) if "docx" in formats else None
        self._pdf = (
            Typesetter(kind.name, self._photos, system_fonts=system_fonts) if "pdf" in formats else None
        )
        self.notices = self._pdf.fonts.notices if self._pdf else ()

    def __enter__(self) -> Press:
        if self._pdf:
            self._open.enter_context(self._pdf)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def files(self, content: Content) -> Iterator[File]:
        """Yield a document's files: name and bytes."""
        name = f"{self._kind.chinese}-{content.id}"
        if self._word:
            yield f"{name}.docx", self._word.docx(content, self._photos)
        if self._pdf:
            yield f"{name}.pdf", self._pdf.pdf([content])
        if self._sheet:
            yield f"{name}.xlsx", book(self._kind, content)

    def together(self, contents: Sequence[Content]) -> Iterator[File]:
        """Yield one PDF of all documents, to be printed on both sides at once."""
        if self._pdf:
            yield f"{self._kind.chinese}-全部.pdf", self._pdf.pdf(contents)
