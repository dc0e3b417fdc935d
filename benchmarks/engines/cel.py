"""common-expression-language (Rust): 40 programs compiled once, one context a record."""

from __future__ import annotations

from benchmarks.engines.conditions import Records, Run, in_ascii, written


def run(drawn: Records) -> Run:
    """Return a run of common-expression-language."""
    import cel

    programs, records = [cel.compile(text) for text in written()], in_ascii(drawn)

    def held() -> int:
        found = 0
        for one in records:
            context = cel.Context(one)
            found += sum([program.execute(context) for program in programs])
        return found

    return held
