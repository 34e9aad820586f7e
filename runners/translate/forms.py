"""Translation of examples, form by form; an example that does not survive is dropped with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from analysis.registry.vocabulary import vocabulary
from runners.examples import Choice, Classified, Example, QAExample, SentenceExample, Tagged
from runners.translate.engines import Engine
from runners.translate.spans import UNSPACED, found_once, marked, markers, recovered

SILENT = "the engine gave no translation (too long, or it did not come to an end)"
EMPTY = "the translation is empty"
ANSWER = "the answer is not found in the translated context"
COUNT = "the number of words changed"
ORDER = "words changed their order"
OPTIONS = "options that differed become the same"
PAIR = "the two texts become the same"


class Lost(Exception):  # noqa: N818 — no error, but what happens to examples
    """An example that does not survive; its argument is the reason."""


class Translator:
    """An engine that is asked for every text once.

    Attributes:
        spaced: whether the language translated into puts spaces between words.
    """

    def __init__(self, engine: Engine, language: str) -> None:
        self._engine = engine
        self._known: dict[str, str | None] = {}
        self.spaced = str(vocabulary()["language"][language].facts.get("script", "")) not in UNSPACED

    def learn(self, texts: Iterable[str]) -> None:
        """Translates what is not known yet, in one call of the engine."""
        wanted = [text for text in dict.fromkeys(texts) if text.strip() and text not in self._known]
        if wanted:
            self._known |= zip(wanted, self._engine(wanted), strict=True)

    def said(self, text: str) -> str | None:
        """The translation of a text that was learnt; None where there is none."""
        return (self._known[text] or "").strip() or None if text.strip() else text

    def __call__(self, text: str) -> str:
        """The translation of a text that was learnt.

        Raises:
            Lost: there is none.
        """
        found = self.said(text)
        if found is None:
            raise Lost(SILENT if self._known[text] is None else EMPTY)
        return found


def survivors(examples: Sequence[Example], translator: Translator) -> tuple[tuple[Example, ...], Counter[str]]:
    """The examples that survive, translated, and why the others do not."""
    translator.learn(text for example in examples for text in _texts(example))
    asked = [e for e in examples if isinstance(e, QAExample) and e.answers and not _placed(e, translator)]
    translator.learn(text for e in asked if (text := _marked(e)) is not None)
    kept: list[Example] = []
    dropped: Counter[str] = Counter()
    for example in examples:
        try:
            kept.append(_translated(example, translator))
        except Lost as lost:
            dropped[str(lost)] += 1
    return tuple(kept), dropped


def _texts(example: Example) -> Iterator[str]:
    match example:
        case Classified():
            yield from (example.first, example.second or "")
        case Tagged():
            yield from (" ".join(example.words), *example.words)
        case QAExample():
            yield from (example.question, example.context, *(text for text, _ in example.answers))
        case Choice():
            yield from (example.first, example.second, *example.options)
        case SentenceExample():
            yield example.text


def _translated(example: Example, say: Translator) -> Example:
    match example:
        case Classified():
            return _classified(example, say)
        case Tagged():
            return _tagged(example, say)
        case QAExample():
            return _asked(example, say)
        case Choice():
            return _choice(example, say)
        case SentenceExample():
            return replace(example, text=say(example.text))


def _classified(example: Classified, say: Translator) -> Classified:
    first = say(example.first)
    second = None if example.second is None else say(example.second)
    if first == second and example.first != example.second:
        raise Lost(PAIR)  # whatever the label was, it need not hold for one text twice
    return replace(example, first=first, second=second)


def _choice(example: Choice, say: Translator) -> Choice:
    options = tuple(say(option) for option in example.options)
    if len(set(options)) < len(set(example.options)):
        raise Lost(OPTIONS)
    return replace(example, first=say(example.first), second=say(example.second), options=options)


def _asked(example: QAExample, say: Translator) -> QAExample:
    question = say(example.question)
    if not example.answers:
        return replace(example, question=question, context=say(example.context))
    if placed := _placed(example, say):
        return replace(example, question=question, context=say(example.context), answers=placed)
    pair, text = markers(example.context), _marked(example)
    if pair is None or text is None:
        raise Lost(ANSWER)
    found = recovered(say(text), pair)
    if found is None:
        raise Lost(ANSWER)
    context, answer, start = found
    return replace(example, question=question, context=context, answers=((answer, start),))


def _placed(example: QAExample, say: Translator) -> tuple[tuple[str, int], ...]:
    """Answers whose translation stands once in the translated context, as they do in the source."""
    context = say.said(example.context) or ""
    once = [text for text, _ in example.answers if found_once(text, example.context)]
    found = (found_once(say.said(text) or "", context, spaced=say.spaced) for text in once)
    return tuple(dict.fromkeys(place for place in found if place is not None))


def _marked(example: QAExample) -> str | None:
    """The context with its first answer marked."""
    text, start = example.answers[0]
    return None if start < 0 else marked(example.context, start, len(text))


def _tagged(example: Tagged, say: Translator) -> Tagged:
    words = tuple(say(" ".join(example.words)).split())
    if len(words) != len(example.words):
        raise Lost(COUNT)
    if _moved(example.words, words, say):
        raise Lost(ORDER)
    return replace(example, words=words)


def _moved(before: Sequence[str], after: Sequence[str], say: Translator) -> bool:
    """True if the translation of a word alone stands in the sentence, but only in another word's place."""
    lowered = [word.casefold() for word in after]
    for place, word in enumerate(before):
        alone = (say.said(word) or "").casefold()
        own = {i for i, other in enumerate(before) if other.casefold() == word.casefold()}
        if alone != lowered[place] and any(w == alone for i, w in enumerate(lowered) if i not in own):
            return True
    return False
