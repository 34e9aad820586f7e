"""Comparisons: "MNLI beats QQP on XNLI by 2 points", "gains are larger on A than on B"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from analysis.registry.vocabulary import BASELINE
from claims.domains.registry.amounts import StatedAmount, amounts_of, degrees_fit
from claims.domains.registry.binder import Binder, leaves_of
from claims.domains.registry.bundles import ClauseAssertion, PhraseBindings, together
from claims.domains.registry.compare_formulas import Case, formulas_of, formulas_of_rows, levels_beside, of_rows_fit
from claims.domains.registry.gains import gain_noun, tails
from claims.domains.registry.parts import NounPhrase
from claims.language.chart import Edge, ParseNode
from claims.rewriting import conjunction

SIGN = {"better": ">", ">": ">", "worse": "<", "<": "<", "same": "=", "~": "~"}
OPPOSITE = {">": "<", "<": ">", "=": "=", "~": "~"}
ROLES = ("runs", "targets", "languages", "models")


def comparisons(binder: Binder, node: ParseNode, carry: PhraseBindings | None = None) -> Iterator[ClauseAssertion]:
    """Every assertion of a clause that compares."""
    del carry
    rivals = _unlike(binder, node)
    if not rivals:
        yield from _compared(binder, node)
        return
    ways = [list(_compared(binder, one)) for one in rivals]
    if all(len(way) == 1 for way in ways):
        yield ClauseAssertion(conjunction([way[0].formula for way in ways]), ways[0][0].bundle)


def _unlike(binder: Binder, node: ParseNode) -> list[ParseNode]:
    """As in "A beats continued MLM and translated data": one clause per right side, where they form no list."""
    right = node.first("right")
    runs = right.first("runs") if isinstance(right, ParseNode) else None
    if runs is None or node.first("neg") is not None or runs.first("neither") is not None:
        return []
    each = [*runs.find("one"), *(m.first("one") for m in runs.find("more"))]
    if len(each) < 2 or binder.bundle(runs) is not None:
        return []
    return [_against(node, ParseNode(right.rule, (("runs", ParseNode("runs", (("one", one),))),))) for one in each]


def _against(node: ParseNode, right: ParseNode) -> ParseNode:
    return ParseNode(node.rule, tuple((label, right if label == "right" else part) for label, part in node.parts))


def _compared(binder: Binder, node: ParseNode) -> Iterator[ClauseAssertion]:
    relation = _relation(node)
    sides = _sides(binder, node)
    amount = _amount(node)
    if relation is None or sides is None or amount is False:
        return
    role, first, second = sides
    negated = node.first("neg")
    degrees = tuple(dict.fromkeys(e.value["deg"] for n in (node, *node.find("tail")) for e in n.find("deg")))
    by_gain = _speaks_of_gains(node)
    valued = any(e.value["relation"] in ("better", "worse") for n in node.find("beat", "rel") for e in leaves_of(n))
    case = Case(
        role, first, second, relation, amount or None, degrees, None if negated is None else negated.start, by_gain,
        valued, _speaks_of_losses(node),
    )  # fmt: skip
    if not _fits(binder, case):
        return
    levels = levels_beside(node, case)
    if levels is None:
        return
    for formula in formulas_of_rows(case) if case.of_rows else formulas_of(case):
        yield ClauseAssertion(conjunction([formula, *levels]), first)


def _relation(node: ParseNode) -> str | None:
    """The relation of the left side to the right one; None where the words leave it open."""
    if node.first("differ", "tie") is not None:
        return "differ" if node.first("differ") is not None else "tie"
    if node.first("close") is not None:
        return "within"
    word = node.first("beat", "rel", "more", "equal", "same", "equally")
    above = node.first("above")
    if above is not None:
        return "<" if above.value.get("sign") == "-" else ">"
    if word is None:
        return None
    edge = next(leaves_of(word))
    sized = edge.value.get("bare") == "size" and node.first("noun", "measure", "measured", "what", "leftplace") is None
    if edge.value.get("about") is not None or sized:
        return None
    relation = SIGN[edge.value["relation"]]
    if edge.symbol == "beats.en":
        relation = OPPOSITE[relation]
    return OPPOSITE[relation] if _speaks_of_losses(node) else relation


def _speaks_of_losses(node: ParseNode) -> bool:
    noun, verb, measured = node.first("noun"), node.first("improve"), node.first("measure")
    if verb is not None and verb.value["relation"] in ("worse", "<"):
        return True
    said = [noun, measured.first("noun") if measured is not None else None]
    return any(word is not None and _is_loss(word) for word in said)


def _is_loss(noun: ParseNode | Edge) -> bool:
    word = noun.first("noun") if isinstance(noun, ParseNode) else noun
    return bool(word.value["sign"] == "-")


def _speaks_of_gains(node: ParseNode) -> bool:
    measure = node.first("measure")
    return node.first("improve", "noun", "more") is not None or (
        measure is not None and measure.first("noun") is not None
    )


def _amount(node: ParseNode) -> StatedAmount | Literal[False] | None:
    """The stated difference, None without one; False where a number is not a difference."""
    found = [*node.find("amount"), *(a for t in node.find("tail") for a in t.find("amount"))]
    levels = [t for t in node.find("tail") if t.first("lowamount", "high", "valued") is not None]
    if levels or len(found) > 1:
        return False
    if not found:
        return None
    read = amounts_of(found[0])
    return read[0] if read is not None and len(read) == 1 else False


# --------------------------------------------------------------------------------------- sides


def _sides(binder: Binder, node: ParseNode) -> tuple[str, PhraseBindings, PhraseBindings] | None:
    """The compared role and the bindings of both sides, each with the bindings that they share."""
    left, right = _pair(binder, node)
    noun = node.first("noun")
    shared = together(
        tails(binder, node),
        binder.of(node.find("measure", "measured", *(() if node.first("whatright") is not None else ("what",)))),
        gain_noun(binder, noun) if noun is not None else PhraseBindings(),
    )
    if left is None or right is None or shared is None:
        return None
    roles = [r for r in ROLES if getattr(left, r) and getattr(right, r) and getattr(left, r) != getattr(right, r)]
    if len(roles) != 1:
        return None
    if any(getattr(a, r) is not None for a, b in ((left, right), (right, left)) for r in ROLES if r not in roles
           if getattr(b, r) is None):  # fmt: skip
        return None
    first, second = together(left, shared), together(right, shared)
    if first is None or second is None:
        return None
    return roles[0], first, second


def _pair(binder: Binder, node: ParseNode) -> tuple[PhraseBindings | None, PhraseBindings | None]:
    places = node.first("leftplace"), node.first("rightplace")
    if places[0] is not None and places[1] is not None:
        first, second = binder.bundle(places[0]), binder.bundle(places[1])
        left = node.first("left")
        if left is None:
            return first, second
        who = binder.bundle(left)
        return together(who, first), together(who, second)
    if node.first("whatright") is not None:
        who = binder.bundle(node.first("left"))
        what = binder.of(node.find("what"))
        return together(who, what), together(who, binder.bundle(node.first("whatright")))
    right = node.first("right")
    if right is None:
        return binder.bundle(node.first("left")), PhraseBindings(runs=NounPhrase("run", (BASELINE,)))
    return binder.bundle(node.first("left")), binder.bundle(right)


def _fits(binder: Binder, case: Case) -> bool:
    """True if the two sides can be compared in this role, with these degree words and metrics."""
    if case.amount is not None and ("significant" in case.degrees or not degrees_fit(case.degrees, [case.amount])):
        return False
    one, two = getattr(case.first, case.role), getattr(case.second, case.role)
    bundles = (case.first, case.second)
    if any(b.only or b.negated is not None or b.over for b in bundles):
        return False
    if case.role == "runs" and _methods_clash(one, two):
        return False
    if case.role == "runs" and case.first.models is not None and len(case.first.models.members) > 1:
        return False
    if not all(binder.words["metric"][m].facts.get("higher_is_better", True) for m in case.first.metrics):
        return False
    if case.of_rows:
        return of_rows_fit(case)
    return _fits_plainly(case)


def _fits_plainly(case: Case) -> bool:
    """True if sides that are not rows of a leaderboard can be compared by this relation."""
    if case.relation in ("differ", "tie") or (case.first.targets is not None and case.first.targets.of_board):
        return False
    if case.relation == "within" and (case.amount is None or case.degrees):
        return False
    if case.relation in ("=", "~") and (case.amount is not None or case.degrees or case.negation is not None):
        return False
    if case.role == "models" and case.first.targets is None:
        return False
    if (
        case.role in ("languages", "targets")
        and not case.by_gain
        and case.first.runs is None
        and case.first.models is None
    ):
        return case.role == "languages" and case.first.targets is not None
    return True


def _methods_clash(one: NounPhrase, two: NounPhrase) -> bool:
    """True if a name on one side may belong to both, as in "For SQuAD, MLM beats translation"."""
    methods = {one.method, two.method} != {"plain"}
    return methods and bool(one.members) != bool(two.members)
