import pytest

from kg.extraction.linear import LinearModel
from kg.extraction.results.trained import NO, YES

choice = pytest.importorskip("training.results.choice", reason="needs the repository's root and the extra [train]")
Choice, fit_choice, fit_decision = choice.Choice, choice.fit_choice, choice.fit_decision


def odds(model: LinearModel, *names: str) -> float:
    chances = model.probabilities(dict.fromkeys(names, 1.0))
    return chances[YES] / chances[NO]


def test_a_choice_learns_what_tells_the_right_candidate_from_the_others() -> None:
    # The figure's own feature is on every candidate, so it can say nothing.
    choices = [
        Choice(f"p{number}", [{"figure": 1, "near": 1}, {"figure": 1, "far": 1}], [True, False]) for number in range(20)
    ]
    model = fit_choice(choices, 1.0)
    assert odds(model, "figure", "near") > 5 * odds(model, "figure", "far")
    assert odds(model, "figure") == pytest.approx(1, abs=0.01)


def test_a_choice_without_a_right_candidate_teaches_nothing() -> None:
    choices = [Choice(f"p{number}", [{"near": 1}, {"far": 1}], [True, False]) for number in range(5)]
    hopeless = [Choice(f"q{number}", [{"near": 1}, {"other": 1}], [False, False]) for number in range(50)]
    assert odds(fit_choice([*choices, *hopeless], 1.0), "near") == odds(fit_choice(choices, 1.0), "near")


def test_what_only_two_papers_have_is_not_learned() -> None:
    rows = [(f"p{number % 2}", {"rare": 1.0}, True) for number in range(20)]
    rows += [(f"q{number}", {"common": 1.0}, False) for number in range(20)]
    model = fit_decision(rows, 1.0)
    assert odds(model, "rare") == odds(model) != odds(model, "common")
