"""``chuangwei report``: finished documents, one verb for each kind, all with the same options."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..document import FORMATS, Kind
from ..errors import Problem, ScoringError
from .common import say
from .consent import AcceptRepairs, MappingFile
from .database import DEFAULT, Database
from .dossier import Asked, AsOf, RoundOf, Sheets, Title, dossier_for
from .score import Calendar, Infer, Standards, Units
from .values import wrong

if TYPE_CHECKING:
    from ..document.content import Content
    from ..document.press import Press
    from ..report.dossier import Dossier

OfficeFile = Annotated[
    Path | None,
    typer.Option(
        "--office", metavar="文件", help="机关的设置（YAML: 机关名称、文号代字、联系人…）；没写的留空"
    ),
]
OwnTemplate = Annotated[
    Path | None, typer.Option("--template", metavar="文件", help="用自己的 Word 模板（.docx），只写 Word")
]
Kinds = Annotated[
    str, typer.Option("--format", metavar="格式", help="docx、pdf 或 xlsx；不写，这种文书有的都写")
]
Photos = Annotated[
    Path | None, typer.Option("--photos", metavar="文件夹", help="放照片的文件夹，按记录里的照片名放进文中")
]
Folder = Annotated[Path, typer.Option("-o", "--output", metavar="文件夹", help="写到哪个文件夹，没有就新建")]
Together = Annotated[bool, typer.Option("--together", help="另写一个合在一起的 PDF，好一次印完")]


def verb(kind: Kind) -> Callable[..., None]:
    """Return the verb that writes the documents of a kind."""

    def write(
        sheets: Sheets = None,
        round: RoundOf = "",
        db: Database = DEFAULT,
        as_of: AsOf = "",
        title: Title = "检查",
        standard: Standards = [],  # noqa: B006 - typer's way of a repeatable option
        units: Units = None,
        office: OfficeFile = None,
        template: OwnTemplate = None,
        format: Kinds = "",
        photos: Photos = None,
        output: Folder = Path("文书"),
        together: Together = False,
        infer: Infer = "",
        calendar: Calendar = None,
        accept_repairs: AcceptRepairs = False,
        mapping: MappingFile = None,
    ) -> None:
        formats = _formats(kind, format, template)
        if together and "pdf" not in formats:
            raise ScoringError(
                [Problem(message="--together 合成的是 PDF", hint="去掉 --together，或写 --format pdf")]
            )
        asked = Asked(
            sheets or (), round, db, title, as_of, standard, units, calendar, infer, mapping, accept_repairs,
            kind.period,
        )  # fmt: skip
        dossier, problems = dossier_for(asked)
        if not written(kind, dossier, office, photos, formats, output, template, together=together):
            unissued = round and not (dossier.orders or dossier.again)
            say(["没有要写的" + ("：这一轮还没有交办，先运行 chuangwei rectify issue" if unissued else "")])
        say(problems)
        if problems:
            raise typer.Exit(2)

    write.__doc__ = kind.about
    return write


def written(
    kind: Kind,
    dossier: Dossier,
    office: Path | None,
    photos: Path | None,
    formats: Sequence[str],
    output: Path,
    template: Path | None = None,
    *,
    together: bool = False,
    told: set[str] | None = None,
) -> bool:
    """Write the documents of a kind that a dossier comes to; return whether there are any.

    ``told`` holds what was said before, of other kinds, and need not be said again.
    """
    from ..document import contents, photo_names
    from ..load.office import read_office
    from ..rule.office import Office

    files = _photos(photos, photo_names(kind, dossier))
    found = list(contents(kind, dossier, read_office(office) if office else Office(), files))
    if found:
        notices = _write(kind, found, formats, template, files, output, together=together)
        fresh = [one for one in notices if told is None or one not in told]
        say(f"提示: {notice}" for notice in fresh)
        if told is not None:
            told.update(fresh)
    return bool(found)


def _formats(kind: Kind, asked: str, template: Path | None) -> Sequence[str]:
    """Settle the formats: what is asked for; of an office's own template Word alone; else all of the kind."""
    if asked and asked not in kind.formats:
        raise wrong("--format", asked, kind.formats)
    if template is None:
        return (asked,) if asked else kind.formats
    if asked == "pdf" or "docx" not in kind.formats:
        hint = "去掉 --format pdf，写好的 Word 用 WPS 另存为 PDF；或去掉 --template"
        raise ScoringError([Problem(message="自己的模板只能写 Word", hint=hint)])
    return FORMATS[:1]


def _write(
    kind: Kind,
    found: Sequence[Content],
    formats: Sequence[str],
    template: Path | None,
    photos: Mapping[str, Path],
    output: Path,
    *,
    together: bool,
) -> Sequence[str]:
    """Write every document; return what is to be known of them."""
    from ..document import remarks
    from ..document.press import Press
    from ..report import write_file, write_new

    keep = write_new if kind.filled else write_file
    with Press(kind, type(found[0]), formats, template=template, photos=photos) as press:
        make_folder(output)
        many = 0
        for name, content in _files(press, found, together=together):
            keep(output / name, content)
            many += 1
        say([f"已写到 {output}（{len(found)}份，{many}个文件）"])
        return [*remarks(kind, found), *press.notices]


def _photos(folder: Path | None, names: Iterable[str]) -> Mapping[str, Path]:
    """Return the files of some photos, and say which of them there are not."""
    from ..document.photos import find_photos

    if folder is None:
        return {}
    files, lost = find_photos(folder, names)
    say(lost)
    return files


def _files(press: Press, found: Sequence[Content], *, together: bool) -> Iterator[tuple[str, bytes]]:
    for one in found:
        yield from press.files(one)
    if together:
        yield from press.together(found)


def make_folder(path: Path) -> None:
    """Make the folder where it is not there."""
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        hint = "换一个文件夹；上一级要先建好"
        raise ScoringError(
            [Problem(str(path), message=f"文件夹建不了（{error.strerror}）", hint=hint)]
        ) from None
