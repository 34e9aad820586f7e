"""The audit of a whole report, and of several beside each other.

Every finding has a code, a sentence, and the claims it speaks of. Findings are about the report:
its counts, the rule behind its marks, its question, its references, its own contradictions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import comb

from analysis.registry.vocabulary import Entry, Vocabulary
from analysis.wording import counted
from claims.assertion import And, Associated, Compare, Fact, Formula, Not, StatedNumber, Trend
from claims.attribution.finding import Attribution
from claims.calibration import calibrate
from claims.citations import cited_by_report
from claims.domains.registry.names import ids_named, known_concepts
from claims.reading import Reading
from claims.report import Claim, Report
from claims.rewriting import nodes
from claims.verdict import Verdict

_PROSE = frozenset(("text", "markdown", "pdf", "docx", "latex", "rst", "org", "notebook"))
"""Layouts of which a list of references is to be expected."""
_RARE = 20
"""Arrangements of marks of which the one that was found is no accident."""


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """Something the audit found.

    Attributes:
        code: stable name. message: one sentence. claims: ids of the claims concerned ("C07", or
            "report.txt#C07" across reports).
    """

    code: str
    message: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim with its reading and verdict, and its attributions to the sources it cites, where they were checked."""

    claim: Claim
    reading: Reading
    verdict: Verdict
    attributions: tuple[Attribution, ...] = ()


def audit(report: Report, checked: Sequence[CheckedClaim], registry: Vocabulary) -> tuple[AuditFinding, ...]:
    """The findings on one report."""
    found: list[AuditFinding] = []
    for look in (
        _opening, _counts, _cut, _marks, _question, _references, _title, _contradictions, _against_marks, _calibration,
    ):  # fmt: skip
        found += look(report, checked, registry)
    return tuple(found)


# ------------------------------------------------------------------------------------ counts


def _opening(report: Report, _: Sequence[CheckedClaim], __: Vocabulary) -> Iterator[AuditFinding]:
    if report.encoding:
        yield AuditFinding("encoding-guessed", f"The file {report.encoding}.")
    if report.read_by:
        yield AuditFinding("read-by-plugin", f"The file was read as {report.layout} by a plugin, {report.read_by}.")


def _counts(report: Report, _: Sequence[CheckedClaim], __: Vocabulary) -> Iterator[AuditFinding]:
    stated, claims = report.stated, report.claims
    if stated.claims is not None and stated.claims != len(claims):
        message = f"The report states {counted(stated.claims, 'claim')}; {len(claims)} were read."
        yield AuditFinding("claim-count-differs", message)
    verified = sum(claim.mark == "yes" for claim in claims)
    if stated.verified is not None and stated.verified != verified:
        message = f"The report states {stated.verified} verified claims; {verified} are marked so."
        yield AuditFinding("verified-count-differs", message)
    if stated.papers is not None and len(report.references) < stated.papers:
        papers = counted(stated.papers, "paper")
        message = f"The report states {papers} retrieved and lists {len(report.references) or 'none'}."
        yield AuditFinding("papers-not-listed", message)


def _cut(report: Report, _: Sequence[CheckedClaim], __: Vocabulary) -> Iterator[AuditFinding]:
    cut = [claim.id for claim in report.claims if claim.cut != "no"]
    if cut:
        verb = "claim is" if len(cut) == 1 else "claims are"
        yield AuditFinding(
            "claims-cut", f"{len(cut)} of {len(report.claims)} {verb} cut off in the report.", tuple(cut)
        )
    if report.abstract_cut:
        yield AuditFinding("abstract-cut", "The abstract breaks off in the middle of a sentence.")


# ------------------------------------------------------------------------------------- marks


def _marks(report: Report, _: Sequence[CheckedClaim], __: Vocabulary) -> Iterator[AuditFinding]:
    marks = {claim.mark for claim in report.claims}
    if marks == {"yes"} and len(report.claims) > 1:
        yield AuditFinding(
            "all-marked-verified", "Every claim is marked verified: the marks tell no claim from another."
        )
    threshold = threshold_of(report.claims)
    if threshold is not None:
        yield AuditFinding("threshold-explains-marks", threshold_text(*threshold))


def threshold_of(claims: Iterable[Claim]) -> tuple[float, float] | None:
    """The gap (highest confidence not verified, lowest verified) that explains all marks, if there is one.

    None where so few marks would fall apart so by chance in more than one case of twenty.
    """
    rated = [(c.mark, c.confidence) for c in claims if c.confidence is not None and c.mark in {"yes", "no"}]
    yes = [confidence for mark, confidence in rated if mark == "yes"]
    no = [confidence for mark, confidence in rated if mark == "no"]
    return (max(no), min(yes)) if parts_surely(len(yes), len(no)) and max(no) < min(yes) else None


def parts_surely(n_yes: int, n_no: int) -> bool:
    """True if marks that fall apart at one confidence are more than chance.

    Marks that are strewn over n confidences at random have all yes above all no in one of
    C(n, n_yes) arrangements.
    """
    return n_yes > 0 and n_no > 0 and comb(n_yes + n_no, n_yes) >= _RARE


def threshold_text(highest_no: float, lowest_yes: float) -> str:
    """The finding on a threshold, in a sentence."""
    return (
        f"A threshold on the confidence, above {highest_no:g} and at most {lowest_yes:g}, explains every mark: "
        "the marks say nothing that the confidences do not."
    )


def _against_marks(_: Report, checked: Sequence[CheckedClaim], __: Vocabulary) -> Iterator[AuditFinding]:
    missed = [c.claim.id for c in checked if c.claim.mark == "no" and c.verdict.verdict == "supported"]
    if missed:
        message = f"{_claims(missed)} marked unverified although the evidence supports {_them(missed)}."
        yield AuditFinding("correct-claim-marked-unverified", message, tuple(missed))
    wrong = [c.claim.id for c in checked if c.claim.mark == "yes" and c.verdict.verdict in {"refuted", "mixed"}]
    if wrong:
        message = f"{_claims(wrong)} marked verified although the evidence speaks against {_them(wrong)}."
        yield AuditFinding("wrong-claim-marked-verified", message, tuple(wrong))
    over = [c.claim.id for c in checked if c.claim.mark == "yes" and "overstated" in c.verdict.flags]
    if over:
        message = f"{_claims(over)} marked verified although the source itself says less."
        yield AuditFinding("overstated-claim-marked-verified", message, tuple(over))


def _claims(ids: Sequence[str]) -> str:
    return f"Claim {ids[0]} is" if len(ids) == 1 else f"Claims {', '.join(ids)} are"


def _them(ids: Sequence[str]) -> str:
    return "it" if len(ids) == 1 else "them"


def _calibration(_: Report, checked: Sequence[CheckedClaim], __: Vocabulary) -> Iterator[AuditFinding]:
    found = calibrate([(c.claim.mark, c.claim.confidence, c.verdict.verdict) for c in checked])
    if found.auc is None or min(found.n_supported, found.n_other) < 3:
        return
    tendency = "higher" if found.auc > 0.5 else "lower"
    clear = abs(found.auc - 0.5) > 1.96 * found.spread
    message = (
        f"Confidence against verdicts: a claim the evidence supports has a {tendency} confidence than one it does not "
        f"(yet) support in {max(found.auc, 1 - found.auc):.0%} of pairs ({found.n_supported} × {found.n_other}; 50% is "
        f"chance); {'more than chance would give' if clear else 'within what chance gives'}."
    )
    yield AuditFinding("confidence-against-verdicts", message)


# ---------------------------------------------------------------------------------- question


def concepts(sentence: str, registry: Vocabulary) -> frozenset[str]:
    """The concepts of a research question, or of a claim, beyond intermediate training itself."""
    others = {registry["benchmark"][b].name for b in ids_named(sentence, "BENCH", registry) if b != "xtreme"}
    return frozenset(known_concepts().named(sentence)) | others


def associated(formula: Formula | None) -> frozenset[str]:
    """The concepts that an assertion's trends and associations are about, negated ones included."""
    axes = {n.axis for n in nodes(formula) if isinstance(n, Trend | Associated)} if formula is not None else set()
    return frozenset().union(*(known_concepts().of_axis.get(axis, frozenset()) for axis in axes))


def _question(report: Report, checked: Sequence[CheckedClaim], registry: Vocabulary) -> Iterator[AuditFinding]:
    if not report.question:
        return
    asked = concepts(report.question, registry)
    if not asked:
        return
    spoken = (concepts(claim.completed or claim.text, registry) for claim in report.claims)
    stated = (associated(c.reading.assertion) for c in checked if c.reading.complete)
    if not any(said & asked for said in (*spoken, *stated)):
        about = ", ".join(sorted(asked))
        message = f"No claim answers the research question: none speaks of {about}."
        yield AuditFinding("question-unanswered", message)


# -------------------------------------------------------------------------------- references


def _references(report: Report, _: Sequence[CheckedClaim], registry: Vocabulary) -> Iterator[AuditFinding]:
    if not report.references:
        if report.layout in _PROSE:
            yield AuditFinding("cites-nothing", "The report cites nothing: no reference could carry its claims.")
        return
    papers = [paper for r in report.references if r.arxiv and (paper := _paper(r.arxiv, registry)) is not None]
    for paper in papers:
        if paper.facts["bearing"] == "unrelated":
            message = (
                f"Reference {paper.facts['arxiv']} ({paper.name}) is unrelated to the claims: {paper.facts['note']}."
            )
            yield AuditFinding("unrelated-reference", message)
    sources = [p for p in papers if p.facts["bearing"] == "source"]
    if sources and len(papers) == len(report.references) > 1:
        numbers = ", ".join(str(p.facts["arxiv"]) for p in sources)
        message = (
            f"{len(sources)} of {len(report.references)} references ({numbers}) can carry the claims; "
            "the others report no such results."
        )
        yield AuditFinding("references-carry-little", message)


def _paper(arxiv: str, registry: Vocabulary) -> Entry | None:
    return next((paper for paper in registry["paper"].values() if paper.facts["arxiv"] == arxiv), None)


def _title(report: Report, _: Sequence[CheckedClaim], registry: Vocabulary) -> Iterator[AuditFinding]:
    """A title that names a benchmark on which the examined study reports nothing."""
    study = study_of(report, registry)
    if study is None or not report.title:
        return
    for bench in ids_named(report.title, "BENCH", registry):
        if bench != registry["study"][study].facts["benchmark"]:
            message = (
                f"The title speaks of {registry['benchmark'][bench].name}, on which the examined study reports nothing."
            )
            yield AuditFinding("title-beyond-source", message)


def study_of(report: Report, registry: Vocabulary) -> str | None:
    """The study a report examines: by the title it names, by its own title, by its references.

    None where the report is about another paper than a study the vocabulary knows.
    """
    cited = cited_by_report(report, registry)
    if cited.by == "report":
        return cited.paper if cited.paper in registry["study"] else None
    return next(iter(registry["study"]), None)


def models_named(report: Report, registry: Vocabulary) -> frozenset[str]:
    """The ids of the models that a report's title, question or abstract names, or its examined paper's title."""
    texts = (report.examines, report.title, report.question, report.abstract)
    return frozenset(model for text in texts if text for model in ids_named(text, "MODEL", registry))


# ---------------------------------------------------------------------------- contradictions


def _contradictions(_: Report, checked: Sequence[CheckedClaim], __: Vocabulary) -> Iterator[AuditFinding]:
    stated = [(c.claim.id, part) for c in checked if c.reading.complete for part in parts_of(c.reading.assertion)]
    seen: set[tuple[str, str]] = set()
    for i, (first, a) in enumerate(stated):
        for second, b in stated[i + 1 :]:
            if first != second and (first, second) not in seen and contradict(a, b):
                seen.add((first, second))
                yield AuditFinding(
                    "claims-contradict", f"Claims {first} and {second} cannot both be true.", (first, second)
                )


def parts_of(formula: Formula | None) -> tuple[Formula, ...]:
    """The statements a conjunction joins."""
    if formula is None:
        return ()
    return formula.parts if isinstance(formula, And) else (formula,)


def contradict(a: Formula, b: Formula) -> bool:
    """True if two statements exclude each other by their form alone."""
    if (isinstance(b, Not) and b.part == a) or (isinstance(a, Not) and a.part == b):
        return True
    if isinstance(a, Fact) and isinstance(b, Fact):
        return _facts_exclude(a, b)
    if not isinstance(a, Compare) or not isinstance(b, Compare):
        return False
    if isinstance(a.right, StatedNumber) and isinstance(b.right, StatedNumber):
        return a.left == b.left and _numbers_exclude(a, b)
    return (
        {a.relation, b.relation} <= {">", ">="}
        and ">" in {a.relation, b.relation}
        and (a.left, a.right) == (b.right, b.left)
    )


def _facts_exclude(a: Fact, b: Fact) -> bool:
    """True if two facts give one attribute of one thing a different number, or wholly different values.

    Values of a list may add to each other ("sourced from Quora", "from Quora and Reddit"): they
    exclude each other only where they share none.
    """
    if (a.entity, a.attribute) != (b.entity, b.attribute):
        return False
    numbers = [[v for v in f.values if isinstance(v, StatedNumber)] for f in (a, b)]
    if all(len(told) == 1 for told in numbers):
        return _apart(_bounds("=", numbers[0][0]), _bounds("=", numbers[1][0]))
    names = [{v.casefold() for v in f.values if isinstance(v, str)} for f in (a, b)]
    return all(names) and not names[0] & names[1]


def _numbers_exclude(a: Compare, b: Compare) -> bool:
    assert isinstance(a.right, StatedNumber)
    assert isinstance(b.right, StatedNumber)
    return _apart(_bounds(a.relation, a.right), _bounds(b.relation, b.right))


def _apart(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """True if two intervals share no more than an end."""
    return a[0] >= b[1] or b[0] >= a[1]


def _bounds(relation: str, number: StatedNumber) -> tuple[float, float]:
    value, half = float(number.value), number.half_width
    match relation:
        case "=":
            return value - half, value + half
        case ">" | ">=":
            return value, float("inf")
        case "<" | "<=":
            return float("-inf"), value
        case _:
            return float("-inf"), float("inf")


# -------------------------------------------------------------------------- several reports
