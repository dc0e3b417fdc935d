"""Which fonts a PDF is set in: the office's own where the machine has them, else the two that come with the extra."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

# What each part of a page should be set in, by every name such a font goes by, the best first.
_WANTED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "body": ("仿宋", ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FZFangSong-Z02")),
    "hei": ("黑体", ("SimHei", "黑体", "STHeiti", "FZHei-B01")),
    "kai": ("楷体", ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "FZKai-Z03")),
    "song": ("宋体", ("SimSun", "宋体", "STSong", "FZShuSong-Z01")),
    "title": ("小标宋", ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", "STZhongsong")),
}
_SERIF, _SANS = ("Noto Serif SC", "Noto Serif CJK SC"), ("Noto Sans SC", "Noto Sans CJK SC")
LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Fonts:
    """The family for each part of a page, and what was taken instead of what should be there."""

    families: Mapping[str, str]
    latin: bool
    notices: tuple[str, ...]


def chosen(installed: Collection[str]) -> Fonts:
    """Return the fonts to take of those that are installed; there are no families where none of them is Chinese."""
    families, missing, instead = {}, [], []
    for part, (name, wanted) in _WANTED.items():
        spare = (*_SANS, *_SERIF) if part == "hei" else (*_SERIF, *_SANS)
        found = next((one for one in (*wanted, *spare) if one in installed), "")
        if found:
            families[part] = found
        if found not in wanted:
            missing.append(name)
            instead.append(found)
    said = f"这台电脑没有{'、'.join(missing)}，PDF 用 {'、'.join(dict.fromkeys(instead))} 代替"
    return Fonts(families, LATIN in installed, (said,) if missing else ())


def bundled() -> tuple[Path, ...]:
    """Return the folders of the fonts that came with the extra; none where it lacks them."""
    try:
        from pylopdf_fonts_zh_cn import serif_path
    except ModuleNotFoundError:
        return ()
    return (serif_path().parent,)
