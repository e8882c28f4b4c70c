"""Asking and marking. Pure: the order of a quiz follows from its seed, the score from what was chosen."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import TypeVar

from kiosk.learning.rows import Marked, SheetOption, SheetQuestion
from kiosk.protocol.course import Question, QuizStep

T = TypeVar("T")
SEEDS = 1 << 48
_ROUNDING = 1e-9  # 0.8 of 5 questions is 4 of them, whatever binary fractions say


def shuffled(items: Iterable[tuple[str, T]], seed: int, salt: str) -> tuple[T, ...]:
    """`items` (id, value) in the order of SHA-256 of seed, salt and id: the same on every machine and for ever."""

    def rank(item: tuple[str, T]) -> bytes:
        return hashlib.sha256(f"{seed}\n{salt}\n{item[0]}".encode()).digest()

    return tuple(value for _, value in sorted(items, key=rank))


def sheet(quiz: QuizStep, seed: int) -> tuple[SheetQuestion, ...]:
    """The questions in the order in which they are asked."""
    return shuffled([(question.id, _asked(question, seed)) for question in quiz.questions], seed, "")


def mark(quiz: QuizStep, seed: int, chosen: Mapping[str, frozenset[str]]) -> tuple[tuple[Marked, ...], float]:
    """Every question with what was chosen, and the score (0..1).

    A question counts when exactly its right options were chosen. One that has none (no verified pack has such a one)
    cannot be answered, and is left out of the count rather than held against the visitor.
    """
    by_id = {question.id: question for question in quiz.questions}
    marked = []
    for asked in sheet(quiz, seed):
        question = by_id[asked.id]
        right = question.right()
        picked = chosen.get(asked.id, frozenset()) & frozenset(question.choices())
        marked.append(Marked(asked, picked, right, bool(right) and picked == right, question.explanation))
    counted = [one for one in marked if one.right]
    score = sum(one.good for one in counted) / len(counted) if counted else 0.0
    return tuple(marked), score


def passes(quiz: QuizStep, score: float) -> bool:
    return score >= quiz.pass_mark - _ROUNDING


def _asked(question: Question, seed: int) -> SheetQuestion:
    if question.type == "true_false":
        options: tuple[SheetOption, ...] = (SheetOption("true", None), SheetOption("false", None))
    else:
        options = shuffled([(o.id, SheetOption(o.id, o.text)) for o in question.options], seed, question.id)
    return SheetQuestion(question.id, question.type, question.text, options)
