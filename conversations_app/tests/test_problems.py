"""Problems close by themselves when their cause is gone."""

import pytest

from conversations_app.models import Problem

pytestmark = pytest.mark.django_db


def test_a_problem_whose_cause_is_gone_is_solved_by_itself() -> None:
    Problem.report("model-down", what="The model does not answer.")

    assert Problem.resolve("model-down")

    problem = Problem.objects.get()
    assert problem.solved_at is not None
    assert problem.solved_by_itself


def test_what_staff_solved_first_stays_theirs() -> None:
    Problem.report("model-down", what="The model does not answer.")
    Problem.objects.update(solved_at="2026-01-01T00:00:00Z")

    assert not Problem.resolve("model-down")

    assert not Problem.objects.get().solved_by_itself


def test_the_same_trouble_after_that_is_a_new_problem() -> None:
    for _ in range(2):
        Problem.report("model-down", what="The model does not answer.")
        Problem.resolve("model-down")

    assert list(Problem.objects.values_list("times", flat=True)) == [1, 1]
