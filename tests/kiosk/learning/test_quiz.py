"""Marking: exactly the right ones, in an order that can be made again; and nothing that crashes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kiosk.learning import quiz
from kiosk.protocol.course import Option, Question, QuizStep
from kiosk.protocol.text import LocalText

WORDS = LocalText(zh_CN="字")
IDS = tuple("abcdefgh")


@st.composite
def questions(draw: st.DrawFn, number: int) -> Question:
    kind = draw(st.sampled_from(("single", "multiple", "true_false")))
    name = f"q{number}"
    if kind == "true_false":
        return Question(id=name, type="true_false", text=WORDS, answer=draw(st.booleans()))
    ids = IDS[: draw(st.integers(2, 8))]
    most = 1 if kind == "single" else len(ids)
    right = draw(st.sets(st.sampled_from(ids), min_size=1, max_size=most))
    options = [Option(id=one, text=WORDS, right=one in right) for one in ids]
    return Question(id=name, type=kind, text=WORDS, options=options)  # type: ignore[arg-type]


@st.composite
def quizzes(draw: st.DrawFn) -> QuizStep:
    asked = [draw(questions(number)) for number in range(draw(st.integers(1, 8)))]
    mark = draw(st.integers(1, 100)) / 100
    return QuizStep(type="quiz", id="quiz", title=WORDS, pass_mark=mark, questions=asked)


SEEDS = st.integers(0, quiz.SEEDS - 1)


@given(quizzes(), SEEDS)
def test_all_right_is_full_marks_and_nothing_chosen_is_none(step: QuizStep, seed: int) -> None:
    perfect = {question.id: question.right() for question in step.questions}
    marked, score = quiz.mark(step, seed, perfect)
    assert score == 1
    assert quiz.passes(step, score)
    assert all(one.good for one in marked)
    assert quiz.mark(step, seed, {})[1] == 0
    assert not quiz.passes(step, 0)


@given(quizzes(), SEEDS, st.data())
def test_a_question_counts_when_exactly_its_right_options_are_chosen(
    step: QuizStep, seed: int, data: st.DataObject
) -> None:
    chosen = {
        question.id: frozenset(data.draw(st.sets(st.sampled_from((*question.choices(), "nonsense")))))
        for question in step.questions
    }
    marked, score = quiz.mark(step, seed, chosen)
    expected = [chosen[question.id] - {"nonsense"} == question.right() for question in step.questions]
    assert score == sum(expected) / len(expected)
    assert {one.question.id: one.good for one in marked} == dict(
        zip([question.id for question in step.questions], expected, strict=True)
    )
    assert quiz.passes(step, score) == (sum(expected) * 100 >= round(step.pass_mark * 100) * len(expected))


@given(quizzes(), SEEDS)
def test_the_order_follows_from_the_seed_and_loses_nothing(step: QuizStep, seed: int) -> None:
    first, again = quiz.sheet(step, seed), quiz.sheet(step, seed)
    assert first == again
    assert {question.id for question in first} == {question.id for question in step.questions}
    by_id = {question.id: question for question in step.questions}
    for asked in first:
        assert {option.id for option in asked.options} == set(by_id[asked.id].choices())
        if asked.type == "true_false":
            assert [option.id for option in asked.options] == ["true", "false"]


def test_seeds_make_different_orders() -> None:
    items = [(one, one) for one in IDS]
    orders = {quiz.shuffled(items, seed, "") for seed in range(50)}
    assert len(orders) > 45
    # The order of a seed is part of the record: it must be the same on every machine and in every version.
    assert quiz.shuffled(items, 7, "q") == ("f", "g", "d", "c", "a", "h", "b", "e")


def test_a_question_without_a_right_answer_is_refused_and_never_crashes() -> None:
    with pytest.raises(ValidationError, match="q has no right answer"):
        Question(id="q", type="single", text=WORDS, options=[Option(id="a", text=WORDS), Option(id="b", text=WORDS)])
    with pytest.raises(ValidationError, match="q has no right answer"):
        Question(id="q", type="true_false", text=WORDS)
    broken = Question.model_construct(
        id="q", type="single", text=WORDS, answer=None, explanation=None, options=[Option(id="a", text=WORDS)]
    )
    good = Question(id="r", type="true_false", text=WORDS, answer=True)
    step = QuizStep.model_construct(type="quiz", id="quiz", title=WORDS, pass_mark=0.8, tries=3, questions=[broken])
    marked, score = quiz.mark(step, 1, {"q": frozenset({"a"})})
    assert (score, [one.good for one in marked]) == (0, [False])
    both = QuizStep.model_construct(
        type="quiz", id="quiz", title=WORDS, pass_mark=0.8, tries=3, questions=[broken, good]
    )
    assert quiz.mark(both, 1, {"r": frozenset({"true"})})[1] == 1  # it is not held against the visitor


def test_four_of_five_passes_at_eighty_per_cent() -> None:
    asked = [Question(id=f"q{number}", type="true_false", text=WORDS, answer=True) for number in range(5)]
    step = QuizStep(type="quiz", id="quiz", title=WORDS, pass_mark=0.8, questions=asked)
    chosen = {f"q{number}": frozenset({"true"}) for number in range(4)}
    assert quiz.passes(step, quiz.mark(step, 0, chosen)[1])
    chosen.pop("q0")
    assert not quiz.passes(step, quiz.mark(step, 0, chosen)[1])
