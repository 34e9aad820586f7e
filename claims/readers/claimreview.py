"""ClaimReview, the markup fact checkers put into their pages (schema.org, JSON-LD)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from claims.marks import read_mark
from claims.readers.draft import Draft, DraftClaim, Layout, MalformedError, ReportHead
from claims.readers.options import ReadOptions
from claims.readers.source import ReportFile
from claims.readers.structured import Json, parse, read_keys, texts, with_lines, written
from claims.repair import unwrap
from claims.report import Mark
from claims.words import Words

_SCRIPT = re.compile(r"<script\b[^>]{0,300}\bapplication/ld\+json[^>]{0,300}>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_TYPE = re.compile(
    r"\"@?type\"\s*:\s*(?:\[[^\]]{0,200})?\"(?:https?://schema\.org/|schema:)?ClaimReview\""
    r"|\"(?:claimReviewed|textualRating)\"\s*:"
)
_TITLE = re.compile(r"<title[^>]{0,100}>([^<]{1,500})</title>", re.IGNORECASE)
_WORDS = ("alternateName", "textualRating", "name")
"""Keys of a rating that may hold its words, the surest first."""
_BEST, _WORST = 5.0, 1.0
"""Ends of schema.org's scale where a rating does not name its own."""


def recognise(_: ReportFile, text: str, __: ReadOptions) -> bool:
    """True if a text is JSON-LD, or a page with JSON-LD in it, that holds a ClaimReview."""
    return _TYPE.search(text) is not None and (text.lstrip()[:1] in "[{" or _SCRIPT.search(text) is not None)


def read(text: str, words: Words, _: ReadOptions) -> Draft:
    """Reads every ClaimReview of a text.

    Raises:
        MalformedError: the JSON is none.
    """
    in_page = text.lstrip()[:1] not in "[{"
    found: list[DraftClaim] = []
    head = ReportHead()
    for script, above in _scripts(text) if in_page else ((text, 0),):
        value = _parsed(script, above)
        reviews = with_lines([_claim(review, words) for review in _reviews(value)], script)
        found += [_moved(claim, above) for claim in reviews if claim.text]
        head = head if in_page else read_keys(value)
    title = _TITLE.search(text) if in_page else None
    return Draft(tuple(found), ReportHead(title=" ".join(title.group(1).split())) if title else head)


def _scripts(text: str) -> Iterator[tuple[str, int]]:
    """The JSON-LD scripts of a page that speak of a ClaimReview, with the lines above each."""
    start = _SCRIPT.search(text)
    while start:
        end = _SCRIPT_END.search(text, start.end())
        script = text[start.end() : end.start() if end else len(text)]
        if _TYPE.search(script):
            yield script, text.count("\n", 0, start.end())
        start = _SCRIPT.search(text, end.end()) if end else None


def _parsed(script: str, above: int) -> Json:
    try:
        return parse(script)[0]
    except MalformedError as error:
        if not above:
            raise
        raise MalformedError(f"the JSON-LD script at line {above + 1} {error.faults[0]}") from error


def _reviews(value: Json) -> Iterator[dict[str, Json]]:
    """Every record that is a ClaimReview, by its type or by its claim, in order, at whatever depth."""
    pending: list[Json] = [value]
    while pending:
        entry = pending.pop()
        if isinstance(entry, list):
            pending += reversed(entry)
        elif isinstance(entry, dict):
            told = entry.get("@type", entry.get("type", ""))
            if "claimReviewed" in entry or "ClaimReview" in re.split(r"[^A-Za-z]+", str(told)):
                yield entry
            elif _is_searched(entry):
                yield {**entry, "claimReviewed": entry["text"], "reviewRating": entry["claimReview"]}
                continue
            pending += reversed(list(entry.values()))


def _is_searched(entry: dict[str, Json]) -> bool:
    """True if a record is a claim with its reviews, as services that search for ClaimReviews answer."""
    reviews = entry.get("claimReview")
    return "text" in entry and isinstance(reviews, list) and any(isinstance(r, dict) for r in reviews)


def _claim(review: dict[str, Json], words: Words) -> DraftClaim:
    rating = review.get("reviewRating")
    rating = rating[0] if isinstance(rating, list) and rating else rating
    mark, raw = _rated(rating) if isinstance(rating, dict) else ("none", "")
    return DraftClaim(unwrap(written(review.get("claimReviewed", "")), words), mark, raw)


def _rated(rating: dict[str, Json]) -> tuple[Mark, str]:
    """The mark and text of a rating: by its words if they are known, else by its place between worst and best."""
    value = written(rating.get("ratingValue"))
    raw = written(next((rating[key] for key in _WORDS if rating.get(key)), None)) or value
    mark = read_mark(raw)
    if mark != "none":
        return mark, raw
    number, best, worst = (_number(rating.get(key)) for key in ("ratingValue", "bestRating", "worstRating"))
    best, worst = best if best is not None else _BEST, worst if worst is not None else _WORST
    if number is None or not worst <= number <= best or worst == best:
        return "none" if number is None else "unclear", raw
    return ("yes" if number == best else "no" if number == worst else "partly"), raw


def _number(value: Json) -> float | None:
    told = written(value)
    return float(told) if re.fullmatch(r"-?\d{1,9}(?:\.\d{1,9})?", told) else None


def _moved(claim: DraftClaim, above: int) -> DraftClaim:
    return replace(claim, line=claim.line + above) if claim.line else claim


LAYOUT = Layout("claimreview", recognise, texts, read)
