"""The audit says of a report what a careful reader would."""

from __future__ import annotations

from decimal import Decimal

import pytest
from shared_files import shared

from analysis.registry.vocabulary import vocabulary
from claims.assertion import Fact, StatedNumber
from claims.audit import AuditFinding, concepts, contradict, study_of
from claims.gathering import gather_evidence
from claims.readers import read_report
from claims.report import Claim, Cut, Mark, Reference, Report, StatedTotals
from claims.verify import CheckedReport, Verifier

EXAMINED = "English Intermediate-Task Training Improves Zero-Shot Cross-Lingual Transfer Too"


def claim(number: int, text: str, mark: Mark = "yes", confidence: float | None = 0.2, cut: Cut = "no") -> Claim:
    return Claim(f"C{number:02d}", text, mark, "✓", confidence, str(confidence), number, cut)


def report(*claims: Claim, path: str = "r.txt", **more: object) -> Report:
    fields: dict[str, object] = {"examines": EXAMINED, "references": (Reference("a", "2005.13013"),)}
    return Report(path, "0" * 64, "text", claims, **(fields | more))  # type: ignore[arg-type]


def checked(*reports: Report) -> tuple[list[CheckedReport], tuple[AuditFinding, ...]]:
    verifier = Verifier(gather_evidence([])[0])
    return [verifier.check(r) for r in reports], verifier.across.findings()


def fact(entity: str, attribute: str, number: str) -> Fact:
    return Fact(entity, attribute, (StatedNumber(Decimal(number)),))


def codes(result: CheckedReport) -> dict[str, AuditFinding]:
    return {finding.code: finding for finding in result.findings}


MNLI = "MNLI contains 392,702 training examples."
QQP = "QQP is sourced from Quora."


def test_stated_counts_that_differ_from_what_was_read_are_found_and_equal_ones_are_not() -> None:
    (result,), _ = checked(report(claim(1, MNLI), claim(2, QQP, "no"), stated=StatedTotals(14, 3, 2)))
    found = codes(result)
    assert "states 3 claims; 2 were read" in found["claim-count-differs"].message
    assert "states 2 verified claims; 1 are marked" in found["verified-count-differs"].message
    assert "14 papers retrieved and lists 1" in found["papers-not-listed"].message
    (result,), _ = checked(report(claim(1, MNLI), claim(2, QQP, "no"), stated=StatedTotals(1, 2, 1)))
    assert not {"claim-count-differs", "verified-count-differs", "papers-not-listed"} & set(codes(result))


def test_a_threshold_that_explains_all_marks_is_found_with_its_bounds() -> None:
    low = [claim(n, MNLI, "no", 0.1 - n / 100) for n in range(3)]
    high = [claim(n + 3, QQP, "yes", 0.15 + n / 100) for n in range(3)]
    (result,), _ = checked(report(*low, *high))
    assert "above 0.1 and at most 0.15" in codes(result)["threshold-explains-marks"].message
    (result,), _ = checked(report(claim(1, MNLI, "no", 0.2), claim(2, QQP, "yes", 0.15)))
    assert "threshold-explains-marks" not in codes(result)


@pytest.mark.parametrize(("yes", "no"), [(1, 1), (2, 1), (2, 2), (1, 18), (3, 2)])
def test_few_marks_prove_no_threshold(yes: int, no: int) -> None:
    low = [claim(n, MNLI, "no", 0.1) for n in range(no)]
    high = [claim(no + n, QQP, "yes", 0.9) for n in range(yes)]
    (result,), _ = checked(report(*low, *high))
    assert "threshold-explains-marks" not in codes(result)


def test_facts_that_exclude_each_other_contradict_and_facts_that_add_to_each_other_do_not() -> None:
    fifteen, sixteen = fact("xnli", "languages", "15"), fact("xnli", "languages", "16")
    assert contradict(fifteen, sixteen)
    assert not contradict(fifteen, fact("pawsx", "languages", "16"))
    assert not contradict(fifteen, fact("xnli", "training_examples", "16"))
    exact, rounded = fact("mnli", "train_examples", "392702"), fact("mnli", "train_examples", "3.93E+5")
    assert not contradict(exact, rounded)
    quora, reddit = Fact("qqp", "source", ("Quora",)), Fact("qqp", "source", ("Reddit",))
    assert contradict(quora, reddit)
    assert not contradict(quora, Fact("qqp", "source", ("Reddit", "quora")))


def test_marks_that_are_all_the_same_are_said_to_tell_nothing() -> None:
    (result,), _ = checked(report(claim(1, MNLI), claim(2, QQP)))
    assert "all-marked-verified" in codes(result)


def test_a_correct_fact_called_unverified_is_told_and_a_wrong_one_called_verified_too() -> None:
    wrong = "QQP is sourced from Reddit."
    (result,), _ = checked(report(claim(1, MNLI, "no", 0.1), claim(2, wrong, "yes", 0.2)))
    found = codes(result)
    assert found["correct-claim-marked-unverified"].claims == ("C01",)
    assert found["wrong-claim-marked-verified"].claims == ("C02",)


def test_a_question_that_no_claim_speaks_to_is_unanswered() -> None:
    question = "How does linguistic distance correlate with zero-shot accuracy?"
    (result,), _ = checked(report(claim(1, MNLI), question=question))
    assert "linguistic distance" in codes(result)["question-unanswered"].message
    about = "The gain from MNLI falls with linguistic distance."
    (result,), _ = checked(report(claim(1, about), question=question))
    assert "question-unanswered" not in codes(result)


def test_the_five_research_questions_are_told_apart_by_what_they_ask() -> None:
    words = vocabulary()
    asked = {
        "What is the cost-effectiveness, in training FLOPs, of scaling intermediate data?": "computational cost",
        "How do models vary when English is replaced with other high-resource languages?": "intermediate tasks in other languages",
        "How does the distance between English and target languages correlate with accuracy?": "linguistic distance",
        "What is the impact of fine-tuning order on robustness against adversarial perturbations?": "order of training",
        "Is there a consistent hierarchy of tasks across language families?": "a hierarchy of tasks",
    }
    for question, concept in asked.items():
        assert concept in concepts(question, words)


def test_a_claim_that_states_the_association_a_question_asks_for_answers_it() -> None:
    question = "How does linguistic distance correlate with zero-shot accuracy?"
    near = "Languages closer to English benefit more from intermediate training."
    far = "More target-task data improves TyDiQA."
    assert not concepts(near, vocabulary())
    (answered,), _ = checked(report(claim(1, near), question=question))
    (unanswered,), _ = checked(report(claim(1, far), question=question))
    assert "question-unanswered" not in codes(answered)
    assert "question-unanswered" in codes(unanswered)


def test_the_questions_of_the_five_reports_stay_unanswered() -> None:
    paths = sorted(shared("reports", "seeds").glob("*.txt"))
    results, _ = checked(*(read_report(path) for path in paths))
    assert len(paths) == 5
    assert {r.report.path for r in results if "question-unanswered" not in codes(r)} == set()


def test_references_that_cannot_carry_the_claims_are_named() -> None:
    unrelated = (Reference("a", "2005.13013"), Reference("b", "2010.08244"))
    (result,), _ = checked(report(claim(1, MNLI), references=unrelated))
    assert "2010.08244" in codes(result)["unrelated-reference"].message
    assert "1 of 2 references" in codes(result)["references-carry-little"].message
    (result,), _ = checked(report(claim(1, MNLI), references=()))
    assert "cites-nothing" in codes(result)


def test_a_title_that_goes_beyond_the_examined_study_is_found() -> None:
    (result,), _ = checked(report(claim(1, MNLI), title="Task Hierarchy on XTREME-R"))
    assert "XTREME-R" in codes(result)["title-beyond-source"].message


def test_two_claims_that_cannot_both_be_true_are_found() -> None:
    pairs = [
        ("XNLI benefits from intermediate training.", "XNLI does not benefit from intermediate training."),
        ("MNLI improves XNLI by 2.1 points.", "MNLI improves XNLI by 3.4 points."),
        ("MNLI outperforms QQP on XNLI.", "QQP outperforms MNLI on XNLI."),
        ("MNLI contains more than 400,000 training examples.", "MNLI contains fewer than 300,000 training examples."),
    ]
    for one, other in pairs:
        (result,), _ = checked(report(claim(1, one), claim(2, other)))
        assert codes(result)["claims-contradict"].claims == ("C01", "C02"), one
    (result,), _ = checked(report(claim(1, MNLI), claim(2, QQP)))
    assert "claims-contradict" not in codes(result)


def test_the_same_statement_marked_both_ways_across_reports_is_found_even_inside_a_conjunction() -> None:
    alone = "XNLI does not see benefits from intermediate training."
    inside = "TyDiQA improves with MNLI, whereas intermediate training brings no benefit for XNLI."
    _, across = checked(
        report(claim(1, alone, "no", 0.1), path="a.txt"), report(claim(4, inside, "yes", 0.2), path="b.txt")
    )
    (finding,) = [f for f in across if f.code == "same-claim-marked-differently"]
    assert finding.claims == ("a.txt#C01", "b.txt#C04")


def test_across_reports_one_threshold_may_explain_the_marks_of_all() -> None:
    low = [claim(n, MNLI, "no", 0.1) for n in range(3)]
    high = [claim(n, QQP, "yes", 0.2) for n in range(3)]
    _, across = checked(report(*low, path="a"), report(*high, path="b"))
    assert "threshold-explains-marks" in {f.code for f in across}
    _, across = checked(report(claim(1, MNLI, "no", 0.3), path="a"), report(claim(1, QQP, "yes", 0.2), path="b"))
    assert "threshold-explains-marks" not in {f.code for f in across}


def test_a_single_report_has_no_findings_across_reports() -> None:
    assert checked(report(claim(1, MNLI)))[1] == ()


def test_the_examined_study_is_found_by_title_and_never_assumed_for_another_paper() -> None:
    words = vocabulary()
    assert study_of(report(claim(1, MNLI)), words) == "phang2020"
    assert study_of(report(claim(1, MNLI), examines=EXAMINED.lower() + "."), words) == "phang2020"
    assert study_of(report(claim(1, MNLI), examines="Some Other Paper"), words) is None


def test_confidences_that_rank_the_supported_claims_at_random_are_said_to_be_within_chance() -> None:
    open_claim = "MNLI improves XNLI by 2.0 points."
    claims = [claim(i, MNLI if i % 2 else open_claim, "yes", 0.1 * (i % 4 + 1)) for i in range(12)]
    (result,), _ = checked(report(*claims))
    assert "within what chance gives" in codes(result)["confidence-against-verdicts"].message
