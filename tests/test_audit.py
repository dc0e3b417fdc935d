"""The audit chain: any change, cut or insertion names the first link that does not hold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.audit import GENESIS, Event, canonical, link, verify

bodies = st.dictionaries(
    st.text(max_size=5), st.one_of(st.integers(), st.text(max_size=5), st.none(), st.booleans()), max_size=3
)


def chain(said: list[dict[str, object]]) -> list[Event]:
    found: list[Event] = []
    for number, body in enumerate(said, start=1):
        previous = found[-1].hash if found else GENESIS
        found.append(link(previous, number, "2026-06-01T08:00:00", "李", "导入", "六月", body))
    return found


@given(st.lists(bodies, max_size=6))
def test_a_whole_chain_holds_and_passes_through_each_of_its_heads(said: list[dict[str, object]]) -> None:
    events = chain(said)
    assert verify(events) is None
    assert all(verify(events, one.hash) is None for one in events)


@given(st.lists(bodies, min_size=1, max_size=6), st.data())
def test_any_change_is_found_at_its_place(said: list[dict[str, object]], data: st.DataObject) -> None:
    events = chain(said)
    at = data.draw(st.integers(0, len(events) - 1))
    changed = data.draw(
        st.sampled_from(
            [
                {"who": "赵"},
                {"body": {"x": 1, "y": 2, "z": 3, "w": 4}},
                {"at": "2026-06-02T08:00:00"},
                {"kind": "评分"},
            ]
        )
    )
    broken = verify([*events[:at], replace(events[at], **changed), *events[at + 1 :]])  # type: ignore[arg-type]
    assert broken is not None
    assert broken.number == at + 1


@given(st.lists(bodies, min_size=2, max_size=6), st.data())
def test_a_missing_or_moved_link_is_found(said: list[dict[str, object]], data: st.DataObject) -> None:
    events = chain(said)
    at = data.draw(st.integers(0, len(events) - 2))
    assert verify(events[:at] + events[at + 1 :]) is not None
    events[at], events[at + 1] = events[at + 1], events[at]
    assert verify(events) is not None


def test_a_cut_end_shows_only_by_a_head_written_down() -> None:
    events = chain([{"n": n} for n in range(4)])
    assert verify(events[:2]) is None
    broken = verify(events[:2], events[3].hash)
    assert broken is not None
    assert "末尾的记录可能被截去" in broken.message


def test_a_float_never_enters_the_trail() -> None:
    for value in (0.5, {"a": [1, 2.0]}, {"a": "1", "b": {"c": ("2", [0.5])}}, float("nan")):
        with pytest.raises(TypeError):
            canonical(value)
