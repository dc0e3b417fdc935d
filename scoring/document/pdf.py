"""Contents set as PDF; the only door to typst. One compiler sets many documents."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from types import TracebackType

from scoring.document.content import Content, plain
from scoring.document.extra import needed
from scoring.document.fonts import Fonts, bundled, chosen
from scoring.errors import Problem, ScoringError, shortened

_PHOTOS = "photos"


class Typesetter:
    """Set documents of one kind as PDF; used as a context, at whose end its folder is gone.

    The templates and the photos lie in a folder of its own, and nothing outside it can be read.
    """

    def __init__(
        self, kind: str, photos: Mapping[str, Path] | None = None, *, system_fonts: bool = True
    ) -> None:
        with needed():
            import typst
        self._typst = typst
        self._folder = tempfile.TemporaryDirectory(prefix="chuangwei-")
        root = Path(self._folder.name)
        for one in ("common.typ", f"{kind}.typ"):
            (root / one).write_bytes(files("scoring.document").joinpath("templates", one).read_bytes())
        self._photos = _copied(photos or {}, root)
        fonts = [str(one) for one in bundled()]
        known = typst.Fonts(include_system_fonts=system_fonts, font_paths=fonts)
        self.fonts: Fonts = chosen(known.families())
        if not self.fonts.families:
            self._folder.cleanup()
            hint = "运行 pip install 'chuangwei[docs]'，它带着中文字体"
            raise ScoringError([Problem(message="这台电脑没有中文字体，排不了 PDF", hint=hint)])
        self._compiler = typst.Compiler(
            str(root / f"{kind}.typ"), root=str(root), font_paths=fonts, ignore_system_fonts=not system_fonts
        )

    def __enter__(self) -> Typesetter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def pdf(self, contents: Sequence[Content]) -> bytes:
        """Return one PDF of some documents, the same bytes for the same contents and fonts.

        Raises ScoringError where a photo cannot be shown.
        """
        data = [plain(one, lambda name: self._photos.get(name, "")) for one in contents]
        inputs = {
            "documents": json.dumps(data, ensure_ascii=False),
            "fonts": json.dumps({**self.fonts.families, "latin": self.fonts.latin}),
        }
        try:
            made = self._compiler.compile(sys_inputs=inputs)
        except self._typst.TypstError as error:
            name = contents[0].id if contents else ""
            message = f"排不成 PDF（{shortened(str(error), 200)}）"
            raise ScoringError(
                [
                    Problem(
                        name,
                        message=message,
                        hint="多半是哪张照片坏了；去掉 --photos，或先只写 Word: --format docx",
                    )
                ]
            ) from None
        assert isinstance(made, bytes)
        return made


def _copied(photos: Mapping[str, Path], root: Path) -> dict[str, str]:
    """Copy photos under numbers beside the templates; return where each lies, by its name."""
    (root / _PHOTOS).mkdir()
    found = {}
    for number, (name, path) in enumerate(sorted(photos.items()), start=1):
        place = f"{_PHOTOS}/{number}{path.suffix.lower()}"
        (root / place).write_bytes(path.read_bytes())
        found[name] = f"/{place}"
    return found
