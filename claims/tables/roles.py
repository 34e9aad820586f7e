"""Which names of a clause are the subject, the rival, the place, the exception; and what else it says."""

from __future__ import annotations

from collections.abc import Sequence

from claims.tables.amounts import take_number
from claims.tables.assertion import ALL, Share
from claims.tables.clause import Clause
from claims.tables.names import looks_like_a_name
from claims.tables.sentences import RELATIONS
from claims.tables.tokens import Token

JOINING = frozenset({"and", "or", ",", "/", "nor", "&"})
TRANSITIVE = frozenset({"better-than", "worse-than", "same", "correlates"})
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
        return _after_scope(tokens, i, role)
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


def _after_scope(tokens: Sequence[Token], i: int, role: str) -> str | None:
    """The role of the names after "on" and its like: another place than the first in "on X than on Y"."""
    before = tokens[i - 1].kind if i else ""
    if role == "rival" and before == "than":
        return "versus"
    return None if role == "except" and before == "except" else "place"


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
            _give_way(clause, tokens, i, role)
            clause.names.setdefault(role, []).append((token.mention, joined))
    elif token.kind in ("systems", "places"):
        clause.groups.setdefault(role, []).append(token)
    elif token.kind == "number":
        take_number(clause, tokens, i, role)
    else:
        _other(clause, token, tokens, i, role)


def _give_way(clause: Clause, tokens: Sequence[Token], i: int, role: str) -> None:
    """Drops words that only resemble a name where the name follows in brackets ("the transfer baseline (RA-TRANS)")."""
    mention = tokens[i].mention
    inside = 0 < i < len(tokens) - 1 and tokens[i - 1].text == "(" and tokens[i + 1].text == ")"
    if mention is None or not inside or not clause.names.get(role):
        return
    before, _ = clause.names[role][-1]
    if before.best.axis == mention.best.axis and before.best.score < mention.best.score:
        clause.names[role].pop()


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


def _other(clause: Clause, token: Token, tokens: Sequence[Token], i: int, role: str) -> None:
    """Puts a token that is neither a name nor a number where it belongs."""
    kind, word = token.kind, token.text.casefold()
    if kind == "not":
        _deny(clause, tokens, i, role)
    elif kind in ("all", "almost-all", "most"):
        _share(clause, tokens, i, role)
    elif kind == "ordinal":
        clause.rank = ORDINALS.get(word, 1)
    elif kind in ("slight", "clear", "tested"):
        clause.degree = kind if clause.degree != "tested" else clause.degree
    elif kind == "overall":
        clause.overall = True
    elif kind in ("removing", "adding"):
        clause.changed = clause.changed or kind
    elif kind == "word":
        _unknown(clause, tokens, i, role)
    if word == "only" and _leaves_out(tokens, i):
        clause.exclusive = _role_of_only(clause, tokens, i, role)
    clause.pronoun |= word in PRONOUNS


def _unknown(clause: Clause, tokens: Sequence[Token], i: int, role: str) -> None:
    """Keeps a word that nothing explains; in "mechanisms like A" the words before say no more than A."""
    word = tokens[i].text
    if word == "like" and role == "subject" and i + 1 < len(tokens) and tokens[i + 1].kind == "name":
        clause.unread.clear()
        return
    clause.unread.append(word)
    if looks_like_a_name(word):
        clause.strangers.setdefault(role, []).append(word)


def _leaves_out(tokens: Sequence[Token], i: int) -> bool:
    """Whether "only" bears on what is named ("only A", "the only model", "only on X"), not on a number or a size."""
    following = [t for t in tokens[i + 1 : i + 4] if t.kind not in ("function", "scope", "filler", "sign")]
    elsewhere = i > 0 and tokens[i - 1].kind in ("not", "word")  # "not only", "trained only on"
    return not elsewhere and bool(following) and following[0].kind in ("name", "systems", "word", "context")


def _role_of_only(clause: Clause, tokens: Sequence[Token], i: int, role: str) -> str:
    """In "only A" and in "A is the only model" it bears on the subject, else on the role it stands in."""
    named = i + 1 < len(tokens) and tokens[i + 1].kind == "systems" and clause.relation is None
    return "subject" if named else role


PRONOUNS = frozenset({"it", "its", "they", "their", "this", "these"})


def _deny(clause: Clause, tokens: Sequence[Token], i: int, role: str) -> None:
    """What a negation denies: the relation, names one by one, or every rival."""
    word = tokens[i].text.casefold()
    if word == "neither" and clause.relation is not None and _lists(tokens, i, clause.relation):
        clause.neither = role
    elif word == "nor" and clause.neither:
        return
    elif word == "no" and not clause.names.get("subject") and _no_other(tokens, i):
        clause.nobody = True
    else:
        clause.negated = clause.negated or _denies(tokens, i, clause)
        if word == "not always" and clause.negated and clause.share is None:
            clause.share = ALL


def _lists(tokens: Sequence[Token], i: int, relation: Token) -> bool:
    """Whether "neither" stands before names ("neither A nor B outperforms C", "outperforms neither A nor B")."""
    named = i + 1 < len(tokens) and tokens[i + 1].kind == "name"
    return tokens[i].start > relation.start or named


def _share(clause: Clause, tokens: Sequence[Token], i: int, role: str) -> None:
    """In how many places a statement holds, where "all" and its like bear on places."""
    following = [t.kind for t in tokens[i + 1 : i + 4] if t.kind in ("places", "name", "systems", "context")]
    throughout = tokens[i].text.casefold() in ("consistently", "always", "everywhere")
    of_systems = following[:1] == ["systems"] and not throughout
    if following[:1] == ["name"] and role == "rival" and not throughout:
        return  # "all the baselines", where a header is called so
    if (clause.share is None or clause.all_systems) and (throughout or following):
        clause.all_anywhere = clause.all_systems and not of_systems
        places = tokens[i].text.casefold() == "both" and following[:1] == ["places"]
        clause.share = Share(tokens[i].kind, out_of=2 if places else None)
    clause.all_systems |= of_systems
