"""Names and numbers of persons hidden in texts that anybody may read.

Hidden are the names that are known, names that stand where a text speaks of somebody's home or office (王老三家, 户主王老三),
and long numbers: telephones, papers of identity. What has none of these shapes is not found: somebody must still look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方"
    "石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢"
    "路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边"
)
_COMPOUND = (
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|"
    "赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|钟离|长孙|司徒|令狐"
)
_SURNAME = f"(?:{_COMPOUND}|[{_SURNAMES}])"
_NAME = f"{_SURNAME}[\u4e00-\u9fff]"
# Words that end in 家 and are nobody's name.
_NOBODY = "农人商店厂住公"
_HOME = re.compile(f"({_NAME}{{1,2}})(?<![{_NOBODY}])(?=家(?!具|电|庭)|户(?!外|数|厕))")
_SAID = re.compile(f"(?<=户主|村民|住户|居民|农户|业主|店主|老板|摊主)([:：]?)({_NAME}{{1,2}})")
_GAP = r"[-\s()（）—.·_/]{0,2}"
# A day is no telephone, whatever stands behind it.
_NUMBER = re.compile(
    rf"(?<!\d)(?P<day>(?:19|20)\d\d[-./]\d\d?[-./]\d\d?(?!\d))|(?<!\d)\d(?:{_GAP}\d){{4,}}(?:{_GAP}[Xx])?"
)
_SHORTEST, _LIKELY, _MOBILE = 5, 7, 11  # digits
# What stands in a register where a person should: an office or a part, and titles that go with a name or alone.
_PARTS = (
    "委会",
    "办",
    "所",
    "站",
    "中心",
    "单位",
    "公司",
    "政府",
    "学校",
    "小学",
    "中学",
    "人",
    "工",
    "员",
    "户",
    "主",
    "者",
)
_TITLE = re.compile("副?(?:书记|[乡镇县区市村组队所站院校部局科股]长|主任|干事|会计|委员|老板|经理|老师)$")
# Whose head is a title and nobody's name: 财政所长, 林业站长, 武装部长.
_HEADED = re.compile(
    "(?:财政|司法|农技|农业|农经|水利|林业|文化|文广|卫生|国土|供电|税务|畜牧|农机|计生|民政|"
    "派出|工商|交管|环卫|武装|组织|宣传|统战|自然资源|市场监管|综治|信访|社保|规划|城管|土管)[所站院校部局科股]长"
)
_APART = re.compile(r"[、，,;；/\s]+")
_SPACED = re.compile(r"(?<![^\s、，,;；/])(\S)\s+(\S)(?![^\s、，,;；/])")
_NAMED = re.compile(_SURNAME)


class Mask:
    """Hide some known names and numbers, and whatever looks like one."""

    def __init__(self, names: Iterable[str], numbers: Iterable[str] = (), shown: Iterable[str] = ()) -> None:
        """Keep what to hide; ``shown`` are numbers that are meant to be read, such as whom to call."""
        self.names = frozenset(one for name in names for one in _persons(name))
        self._shown = frozenset(map(_digits, shown)) - {""}
        self.numbers = frozenset(one for one in map(_digits, numbers) if len(one) >= _SHORTEST) - self._shown

    def __call__(self, text: str) -> str:
        """Return a text in which nobody is named."""
        text = self._known.sub(lambda found: _starred(found[0]), text) if self.names else text
        text = _HOME.sub(lambda found: _starred(found[1]), text)
        text = _SAID.sub(lambda found: found[1] + _starred(found[2]), text)
        return _NUMBER.sub(self._number, text)

    @cached_property
    def _known(self) -> re.Pattern[str]:
        """Return what finds a known name, the longest first, however its characters are spaced."""
        spaced = (
            r"\s*".join(map(re.escape, name)) for name in sorted(self.names, key=lambda one: (-len(one), one))
        )
        return re.compile("|".join(spaced))

    def _number(self, found: re.Match[str]) -> str:
        """Hide the middle of a mobile number, all but the ends of a longer one, and all of a shorter."""
        digits = _digits(found[0])
        known = any(one in digits for one in self.numbers)
        if not known and (found["day"] or digits in self._shown or len(digits) < _LIKELY):
            return found[0]
        kept = (3, 4) if len(digits) >= _MOBILE else (0, 0)
        return digits[: kept[0]] + "*" * (len(digits) - sum(kept)) + digits[len(digits) - kept[1] :]


def _persons(words: str) -> Iterable[str]:
    """Yield the persons named in a cell of a register, where several may stand, with a title or without.

    >>> list(_persons("乡长 孙立、李主任")), list(_persons("张 三")), list(_persons("村委会主任、保洁员"))
    (['孙立', '李主任'], ['张三'], [])
    """
    for name in _APART.split(_SPACED.sub(r"\1\2", words)):
        bare = _TITLE.sub("", name)
        if bare != name and (_HEADED.fullmatch(name) or not _NAMED.match(bare)):
            continue
        if len(bare) > 1 and (not bare.endswith(_PARTS) or (len(bare) <= 3 and _NAMED.match(bare))):
            yield bare
        elif len(bare) == 1 and bare != name:
            yield name


def _starred(name: str) -> str:
    bare = "".join(name.split())
    return bare[0] + "*" * (len(bare) - 1)


def _digits(text: str) -> str:
    return "".join(str(int(char)) for char in text if char.isdecimal()) + (
        "X" if text.strip()[-1:] in ("X", "x") else ""
    )
