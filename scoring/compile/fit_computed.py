"""Fit a computed field (计算) to what stands above it: names exist, numbers are numbers, bands meet, rounding is declared."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.compile.fit import CardError, Fields, condition
from scoring.compile.fit_bands import band_of, settle_bands
from scoring.errors import KEY, did_you_mean
from scoring.grammar.arithmetic import Arithmetic, ArithmeticFault, divides, names_of, read
from scoring.grammar.bands import Band
from scoring.grammar.condition import Condition, fields_of
from scoring.rule.computed import Computed, Constant, Formula, Level, Lookup
from scoring.rule.form_field import FormField


@dataclass(frozen=True, slots=True)
class CompiledField:
    """One computed field ready to be worked out; ``field`` is what the result is.

    ``needs`` are the names it is worked out from, ``reads`` those and what its sample asks.
    """

    name: str
    card: Computed
    field: FormField
    needs: tuple[str, ...]
    reads: tuple[str, ...]
    formula: Arithmetic | None = None
    bands: tuple[tuple[str, Band], ...] = ()
    sample: Condition | None = None


def compile_field(name: str, card: Computed, known: Fields) -> CompiledField:
    """Fit one computed field to the form and to those above it.

    Raises CardError for the first thing that does not fit, with the key it stands under.
    """
    if name in known:
        raise CardError((KEY,), f"“{name}”已经在登记表里", "换一个名称")
    sample = None if card.sample is None else condition(card.sample, known, "样本")
    if isinstance(card, Formula):
        formula: Arithmetic | None = _formula(card, known)
        needs = names_of(formula) if formula else ()
    else:
        formula = None
        if isinstance(card, Lookup):
            _every_option(card, known)
        needs = () if isinstance(card, Constant) else (card.by,)
    reads = tuple(dict.fromkeys((*needs, *(fields_of(sample) if sample else ()))))
    skips = any(known[one].may_skip for one in needs)
    bands = _bands(card, known) if isinstance(card, Level) else ()
    field = card.as_field().model_copy(update={"may_skip": skips})
    return CompiledField(name, card, field, needs, reads, formula, bands, sample)


def _known(name: str, known: Fields, key: str, at: int = 0) -> FormField:
    if name not in known:
        raise CardError(
            (key,), f"“{name}”不在登记表里，上面也没有算出它", did_you_mean(name, known, label="有"), at
        )
    return known[name]


def _formula(card: Formula, known: Fields) -> Arithmetic:
    try:
        tree = read(card.formula)
    except ArithmeticFault as error:
        raise CardError(("算",), error.message, error.hint, error.at) from None
    for name in names_of(tree):
        at = max(card.formula.find(name), 0)
        if not _known(name, known, "算", at).numeric:
            raise CardError(("算",), f"“{name}”填的是{known[name].kind}，不能计算", "换成数字的检查项", at)
    rounds = card.rounding is not None, card.places is not None
    if divides(tree) and not any(rounds):
        raise CardError(("算",), "用了除法，没说怎么取整", "加 取整: 进一（或舍去、四舍五入），或 保留: 2")
    if all(rounds):
        raise CardError(("取整",), "取整和保留只写一个", "取整得整数，保留得小数")
    if card.floor is not None and card.ceiling is not None and card.floor > card.ceiling:
        raise CardError(("不低于",), "不低于的数大于不高于的")
    return tree


def _every_option(card: Lookup, known: Fields) -> None:
    field = _known(card.by, known, "按")
    if not field.choices:
        raise CardError(
            ("按",), f"“{card.by}”填的是{field.kind}，不是选项", "换成填选项的检查项；数字用 分级"
        )
    for option in card.numbers:
        if option not in field.choices:
            raise CardError(
                ("取", option, KEY), f"“{card.by}”没有“{option}”这个选项", did_you_mean(option, field.choices)
            )
    missing = [option for option in field.choices if option not in card.numbers]
    if missing:
        raise CardError(("取",), f"“{missing[0]}”没写取多少", f"加 {missing[0]}: 数字")


def _bands(card: Level, known: Fields) -> tuple[tuple[str, Band], ...]:
    field = _known(card.by, known, "按")
    if not field.numeric:
        raise CardError(("按",), f"“{card.by}”填的是{field.kind}，不是数字", "换成数字的检查项；选项用 取")
    bands = {level: band_of(words, field, ("分级", level)) for level, words in card.levels.items()}
    settle_bands(bands, field, ("分级",))
    return tuple(bands.items())
