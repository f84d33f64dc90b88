"""How words are weighed, and how the weights are learned."""

import pytest

from domain.language.word_weights import Weights, features, language_of
from scripts.learning import Case, learn, pruned, score, share_above

CALLS = ("she fell and bleeds", "he fell and does not breathe", "the boy bleeds, come", "不动了快来", "他流血了快来")
ORDINARY = ("the lamp is dark again", "the bins are full again", "who has a ladder to lend", "路灯不亮了", "垃圾没人收")
CASES = [Case(frozenset(features(each)), each in CALLS) for each in (*CALLS, *ORDINARY)]


@pytest.mark.parametrize(("text", "language"), [("the lamp", "en"), ("3号楼的路灯", "zh"), ("李 the lamp", "en")])
def test_each_language_has_weights_of_its_own(text: str, language: str) -> None:
    assert language_of(text) == language
    assert (Weights({language: {"#sign": 1000}}).score(text, ["sign"]) > 0) and Weights().score(text) == 0


def test_what_was_not_seen_is_weighed_by_its_pieces() -> None:
    weights = pruned(learn(CASES), 10_000)
    table = Weights({"en": weights, "zh": weights})
    assert table.score("someone is bleeding") > 0 > table.score("lamps are dark")
    assert table.score("流血不止") > 0 > table.score("垃圾满了")


def test_the_program_sums_up_as_the_learner_does() -> None:
    weights = learn(CASES)
    for text in (*CALLS, *ORDINARY):
        kept = Weights({language_of(text): pruned(weights, len(weights))})
        assert kept.score(text) == pytest.approx(score(weights, features(text)) * 1000, abs=15)


def test_learning_is_the_same_each_time_and_keeps_what_says_most() -> None:
    first, again = learn(CASES), learn(CASES)
    assert first == again
    few = pruned(first, 5)
    assert len(few) <= 5 and min(map(abs, few.values())) >= 1000 * sorted(map(abs, first.values()))[-6] - 1


def test_the_share_above() -> None:
    scored = [(3.0, True), (1.0, True), (2.0, False), (0.0, False)]
    assert share_above(scored, 0.0) == 0.5 and share_above(scored, 0.5) == 1.0
