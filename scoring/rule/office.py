"""机关: what an office says of itself in the documents it issues. Everything may be left out, and is then left blank."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scoring.rule.card import Card, Day

Words = Annotated[str, Field(min_length=1, max_length=100)]


class Office(Card):
    """机关: one settings file; ``signed`` is the day under the signature, the documents' own day where it is None."""

    name: Annotated[Words, Field(alias="机关名称", description="如 状元乡创建卫生乡镇办公室")] = ""
    code: Annotated[Words, Field(alias="文号代字", description="如 状创督")] = ""
    first: Annotated[int, Field(alias="起始文号", ge=1, le=99_999, description="这一批第一份的号，如 12")] = 1
    contact: Annotated[Words, Field(alias="联系人")] = ""
    phone: Annotated[Words, Field(alias="电话")] = ""
    reply_to: Annotated[Words, Field(alias="回复到", description="整改回复报到哪里，如 乡创卫办邮箱")] = ""
    to: Annotated[Words, Field(alias="通报主送", description="如 各村（居）委会，乡直各单位")] = ""
    basis: Annotated[Words, Field(alias="督查依据", description="如 《状元乡创建省级卫生乡镇实施方案》")] = ""
    signed: Annotated[Day | None, Field(alias="落款日期")] = None
    copies: Annotated[
        tuple[Words, ...], Field(alias="抄送", strict=False, description="如 [乡党委, 乡政府]")
    ] = ()
    shown: Annotated[Words, Field(alias="公示期", description="如 2026年7月1日至7月7日")] = ""
    watch_phone: Annotated[Words, Field(alias="监督电话", description="公示上印出的电话，不隐去")] = ""
