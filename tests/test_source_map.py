"""docs/source-map.yaml: the source's sentences, each with the clauses that check it or the reason why none does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from scoring.load.rules import read_plain, shipped
from scoring.rule.source import Basis

MAP: Mapping[str, Sequence[Mapping[str, Any]]] = read_plain(
    Path(__file__).parent.parent / "docs" / "source-map.yaml"
)["对照"]
# What a clause and its sentence must have in common: four signs, or the whole of a shorter quotation.
ENOUGH = 4


@dataclass(frozen=True, slots=True)
class Quoted:
    """One clause, 加分 included, and the parts of its 原文."""

    id: str
    parts: tuple[str, ...]


def quoted() -> Iterator[Quoted]:
    for standard in shipped():
        bonuses = () if standard.bonus is None else standard.bonus.clauses
        for card in (*standard.clauses, *bonuses):
            yield Quoted(card.id, tuple(re.split("……|；", card.source_text)))


CLAUSES = {one.id: one for one in quoted()}
PASSAGES = [
    (standard.id, place, text)
    for standard in shipped()
    if isinstance(standard.basis, Basis)
    for place, text in standard.basis.passages.items()
]
SENTENCES = [(place, one) for place, sentences in MAP.items() for one in sentences]
MAPPED = [(one["句"], id) for _, one in SENTENCES for id in one.get("条款", ())]


def folded(text: str) -> str:
    """Return the letters and digits of a text: quotation marks, commas and blanks say nothing here."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


def shares(part: str, sentence: str) -> bool:
    one, other = folded(part), folded(sentence)
    run = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return run.size >= min(ENOUGH, len(one))


@pytest.mark.parametrize(
    ("id", "place", "text"), PASSAGES, ids=[f"{id} {place}" for id, place, _ in PASSAGES]
)
def test_every_passage_a_standard_quotes_is_there_sentence_by_sentence(
    id: str, place: str, text: str
) -> None:
    assert folded(text) in folded("".join(one["句"] for one in MAP[place])), (
        f"{id} 引了{place}，对照里没有这些话"
    )


@pytest.mark.parametrize(("place", "sentence"), SENTENCES, ids=[one["句"][:20] for _, one in SENTENCES])
def test_every_sentence_has_its_clauses_or_the_reason_why_not(
    place: str, sentence: Mapping[str, Any]
) -> None:
    assert len(sentence) == 2, f"{place}: 写 句，再写 条款 或 不查 中的一样"
    ids, reason = sentence.get("条款", []), sentence.get("不查", "")
    assert len(ids) == len(set(ids))
    assert ids or len(reason) >= 4
    assert re.search("[,;。:、]$", sentence["句"]), "一句抄到标点为止"


@pytest.mark.parametrize(("sentence", "id"), MAPPED, ids=[f"{id} {sentence[:12]}" for sentence, id in MAPPED])
def test_a_mapped_clause_exists_and_speaks_of_the_sentence(sentence: str, id: str) -> None:
    assert id in CLAUSES
    assert any(shares(part, sentence) for part in CLAUSES[id].parts), CLAUSES[id].parts


@pytest.mark.parametrize("clause", CLAUSES.values(), ids=CLAUSES)
def test_every_clause_stands_beside_each_sentence_it_quotes(clause: Quoted) -> None:
    beside = [sentence for sentence, id in MAPPED if id == clause.id]
    for part in clause.parts:
        assert any(shares(part, sentence) for sentence in beside), f"把 {clause.id} 加到“{part}”那一句下面"


def test_a_reason_names_only_clauses_that_exist() -> None:
    named = {id for _, one in SENTENCES for id in re.findall(r"[A-Z]{2}-[0-9J]+[a-z]?", one.get("不查", ""))}
    assert named
    assert named <= CLAUSES.keys()


def test_what_shares_no_words_is_not_taken_for_the_same_duty() -> None:
    assert shares("绿化", "即:绿化、美化、净化、亮化、文化;")
    assert not shares("确保门前无乱扔乱放的垃圾杂物", "实行全天候保洁、管理。")
