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
    if role == "denied":
        return None
    if token.kind == "not" and i and tokens[i - 1].text.casefold() == "but" and _last_relation(tokens, i, clause):
        return "denied"
    if token is clause.relation:
        return "rival" if token.kind in TRANSITIVE else "place"
    if token.kind == "than":
        clause.than = True
        return "rival"
    if token.kind == "scope":
        return None if role == "except" and i and tokens[i - 1].kind == "except" else "place"
    if token.kind == "except" and _excepts(tokens, i):
        if i + 1 < len(tokens) and tokens[i + 1].number is not None and not tokens[i + 1].unit:
            clause.share = Share("all-but", int(tokens[i + 1].number or 0))
            return None
        return "except"
    if token.text == "," and role in ("place", "rival", "except") and _before(tokens, i, clause.relation):
        return "subject"
    if token.kind == "modifier" and token.text.casefold() in ("by", "with") and _passive(tokens, i, clause):
        return "subject"
    return None


def _last_relation(tokens: Sequence[Token], i: int, clause: Clause) -> bool:
    """Whether the clause's relation stands before a token, and none after it."""
    after = any(token.kind in RELATIONS for token in tokens[i:])
    return clause.relation is not None and clause.relation.start < tokens[i].start and not after


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
    silent = token.kind in ("all", "word", "context", "scope", "than") or word in (
        "the",
        "also",
        "especially",
        "our",
        "a",
    )
    return word in JOINING or (joined and silent)


ORDINALS = {
    word: k + 1
    for words in (
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
        ("1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th"),
    )
    for k, word in enumerate(words)
}


def _no_other(tokens: Sequence[Token], i: int) -> bool:
    """Whether "no" denies every rival: "no (other) system outperforms A"."""
    following = [t for t in tokens[i + 1 : i + 4] if t.text.casefold() not in ("other", "single")]
    return bool(following) and following[0].kind == "systems"


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
    """Puts a token that is neither a name nor a number where it belongs."""
    kind, word = token.kind, token.text.casefold()
    if kind == "not":
        _deny(clause, tokens, i, role)
    elif kind in ("all", "almost-all", "most"):
        _share(clause, tokens, i)
    elif kind == "ordinal":
        clause.rank = ORDINALS.get(word, 1)
    elif kind in ("slight", "clear", "tested"):
        clause.degree = kind if clause.degree != "tested" else clause.degree
    elif kind == "overall":
        clause.overall = True
    elif kind in ("removing", "adding"):
        clause.changed = clause.changed or kind
    elif kind == "word":
        clause.unread.append(token.text)
        if _looks_like_a_name(token.text):
            clause.strangers.setdefault(role, []).append(token.text)
    clause.pronoun |= word in PRONOUNS


PRONOUNS = frozenset({"it", "its", "they", "their", "this", "these"})


def _deny(clause: Clause, tokens: Sequence[Token], i: int, role: str) -> None:
    """What a negation denies: the relation, names one by one, or every rival."""
    word = tokens[i].text.casefold()
    if word == "neither" and clause.relation is not None and tokens[i].start > clause.relation.start:
        clause.neither = role
    elif word == "no" and not clause.names.get("subject") and _no_other(tokens, i):
        clause.nobody = True
    else:
        clause.negated = clause.negated or _denies(tokens, i, clause)


def _share(clause: Clause, tokens: Sequence[Token], i: int) -> None:
    """In how many places a statement holds, where "all" and its like bear on places."""
    following = {t.kind for t in tokens[i + 1 : i + 4]}
    throughout = tokens[i].text.casefold() in ("consistently", "always", "everywhere")
    if clause.share is None and (throughout or {"places", "name", "systems", "context"} & following):
        clause.share = Share(tokens[i].kind)
