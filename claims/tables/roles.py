"""Which names of a clause are the subject, the rival, the place, the exception; and what else it says."""

from __future__ import annotations

from collections.abc import Sequence

from claims.tables.amounts import take_number
from claims.tables.assertion import Share
from claims.tables.clause import Clause
from claims.tables.sentences import RELATIONS
from claims.tables.tokens import Token

JOINING = frozenset({"and", "or", ",", "/", "nor", "&"})
TRANSITIVE = frozenset({"better-than", "worse-than", "same"})
"""Relations whose object is the rival."""


def clause_of(tokens: Sequence[Token]) -> Clause:
    """A clause with each name in its role."""
    clause = Clause(relation=next((t for i, t in enumerate(tokens) if _is_relation(tokens, i)), None))
    clause.words = frozenset(t.text.casefold() for t in tokens)
    clause.kinds = tuple(t.kind for t in tokens)
    role, joined = "subject", False
    for i, token in enumerate(tokens):
        turned = _turned(clause, tokens, i, role)
        if turned is None:
            _take(clause, tokens, i, role, joined)
        role = turned or role
        joined = _joins(token, joined)
    return clause


def _turned(clause: Clause, tokens: Sequence[Token], i: int, role: str) -> str | None:
    """The role of the names after a token that changes it, None for any other token."""
    token = tokens[i]
    if token is clause.relation:
        return "rival" if token.kind in TRANSITIVE else "place"
    if token.kind == "than":
        clause.than = True
        return "rival"
    if token.kind == "scope":
        return "place"
    if token.kind == "except" and _excepts(tokens, i):
        return "except"
    if token.text == "," and role in ("place", "rival", "except") and _before(tokens, i, clause.relation):
        return "subject"
    if token.kind == "modifier" and token.text.casefold() in ("by", "with") and _passive(tokens, i, clause):
        return "subject"
    return None


def _take(clause: Clause, tokens: Sequence[Token], i: int, role: str, joined: bool) -> None:
    """Puts a token where it belongs in its clause."""
    token = tokens[i]
    if token.kind == "name":
        assert token.mention is not None
        if not (i and tokens[i - 1].text.casefold() == "per"):
            clause.names.setdefault(role, []).append((token.mention, joined))
    elif token.kind in ("systems", "places"):
        clause.groups.setdefault(role, []).append(token)
    elif token.kind == "number":
        take_number(clause, tokens, i, role)
    else:
        _other(clause, token, tokens, i, role)


def _joins(token: Token, joined: bool) -> bool:
    """Whether the name after a token is joined to the one before it ("A and also B")."""
    word = token.text.casefold()
    silent = token.kind in ("all", "function") and word in ("both", "the", "also", "especially", "our")
    return word in JOINING or (joined and silent)


def _is_relation(tokens: Sequence[Token], i: int) -> bool:
    if tokens[i].kind not in RELATIONS:
        return False
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    return following is None or following.kind not in RELATIONS


def _before(tokens: Sequence[Token], i: int, relation: Token | None) -> bool:
    return relation is None or tokens[i].start < relation.start


def _excepts(tokens: Sequence[Token], i: int) -> bool:
    """Whether "but" and its like except something rather than join clauses."""
    word = tokens[i].text.casefold()
    return word != "but" or (i > 0 and tokens[i - 1].kind in ("all", "places", "systems"))


def _passive(tokens: Sequence[Token], i: int, clause: Clause) -> bool:
    """Whether "by" or "with" names who holds the place ("the best result is achieved by A")."""
    if clause.relation is None:
        return False
    if clause.relation.kind not in ("best", "worst", "highest", "lowest") or tokens[i].start < clause.relation.start:
        return False
    if i + 1 < len(tokens) and tokens[i + 1].kind == "number":
        return False
    before = tokens[i - 1].text.casefold() if i else ""
    return tokens[i].text.casefold() == "by" or before in ("achieved", "obtained", "reached")


def _denies(tokens: Sequence[Token], i: int, clause: Clause) -> bool:
    """Whether a negation bears on the relation: it stands shortly before it, and is not "not only"."""
    following = tokens[i + 1].text.casefold() if i + 1 < len(tokens) else ""
    if following in ("only", "additional", "longer") or clause.relation is None:
        return clause.relation is None and following not in ("only", "additional", "longer")
    if tokens[i].start > clause.relation.start:
        passive = clause.relation.kind in ("best", "worst", "highest", "lowest")
        return passive and following in ("achieved", "obtained", "reached", "necessarily", "given", "found")
    between = [t for t in tokens[i + 1 :] if t.start < clause.relation.start and t.kind != "sign"]
    return len(between) <= (2 if tokens[i].text.casefold() == "no" else 6) and not any(
        t.text == "," for t in tokens[i : i + len(between)]
    )


def _looks_like_a_name(word: str) -> bool:
    """Whether a word is written as names are: capitals inside, or letters with digits."""
    return any(sign.isupper() for sign in word[1:]) or (any(map(str.isdigit, word)) and any(map(str.isalpha, word)))


def _other(clause: Clause, token: Token, tokens: Sequence[Token], i: int, role: str) -> None:
    kind, word = token.kind, token.text.casefold()
    if kind == "not":
        clause.negated = clause.negated or _denies(tokens, i, clause)
    elif kind in ("all", "almost-all", "most"):
        following = [t.kind for t in tokens[i + 1 : i + 4]]
        if clause.share is None and (
            word in ("consistently", "always") or {"places", "name", "systems", "context"} & set(following)
        ):
            clause.share = Share(kind)
    elif kind in ("slight", "clear", "tested"):
        clause.degree = kind if clause.degree != "tested" else clause.degree
    elif kind == "overall":
        clause.overall = True
    elif kind in ("removing", "adding"):
        clause.changed = clause.changed or kind
    elif word in ("it", "its", "they", "their", "this", "these"):
        clause.pronoun = True
    elif kind == "word":
        clause.unread.append(token.text)
        if _looks_like_a_name(token.text):
            clause.strangers.setdefault(role, []).append(token.text)
