"""Step 2, infer: what follows from the findings of one unit.

Two readings of the same generic rules: ``durable`` gives them (``rules``) to durable-rules, ``reference`` says them in
Python and is the oracle of the tests. Both are asked through ``memo``, once per distinct pattern of a clause. A new
consequence is a ``MarkKind``, one rule in ``rules.rules``, one function in ``reference.RULES``, and what it reads in
``memo._Reader``. 严重条款达 is a veto of its own kind: no 一票否决 is derived from it, so tally counts it once.

Rules are generic (none names a clause; the numbers they are made with are the ``Ruleset``), only ever add, and join facts
of one clause only: that facts may arrive in any order, and that a unit can be asked about clause by clause, rests on it.
"""

from __future__ import annotations

from functools import lru_cache

from scoring.errors import Problem, ScoringError
from scoring.finding import Infer
from scoring.infer import reference
from scoring.infer.memo import Memo

NAMES = ("durable", "reference")
_WAY_OUT = "装好 C 编译器和 Python 头文件后重装 durable-rules，或改用 --infer reference（结果相同）"


@lru_cache(maxsize=4)
def choose(name: str | None) -> tuple[Infer, str]:
    """Return a memoised reading and a notice (empty unless the choice fell back); the same one each time.

    ``name`` is ``durable``, ``reference`` or None: durable-rules where it works, else the reference with a notice.
    One instance serves a whole process and all its threads: a ruleset of the engine, once used, is never freed.
    Raises ScoringError where durable-rules is asked for by name and does not work.
    """
    if name == "reference":
        return Memo(reference.infer), ""
    if name not in (None, "durable"):
        raise ScoringError([Problem(message=f"没有“{name}”这种推理方式", hint=f"可用: {'、'.join(NAMES)}")])
    from scoring.infer import durable

    reason = durable.unavailable()
    if not reason:
        return Memo(durable.Durable()), ""
    if name == "durable":
        raise ScoringError([Problem(message=f"durable-rules 用不了（{reason}）", hint=_WAY_OUT)])
    return Memo(reference.infer), f"durable-rules 用不了（{reason}），已改用内置推理，结果相同"
