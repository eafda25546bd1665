"""The packaged weights are whole: every label, every question, nothing that no code asks."""

from service.core.reading import ClaimKind
from service.rules import learned
from service.rules.logit import BIAS, logit

QUESTIONS = {"hollow", "loose", "vague", "cause", "evidence", "plan", "stray", "open", "kept"}


def test_every_kind_has_its_labels_and_every_question_its_weights() -> None:
    """A file cut short or written for other labels is told."""
    found = learned.load()

    assert {one.kind for one in found.labels.labels} == {*ClaimKind, None}
    assert set(found.questions) == QUESTIONS
    assert all(BIAS in table and len(table) > 10 for table in found.questions.values())


def test_questions_are_read_from_plain_rows() -> None:
    """Question, sign, weight; lines that begin with "# " are for people."""
    found = learned.read_logits("# written\nvague\tbias\t-100\nvague\tw:不错\t250\nkept\tbias\t7\n")

    assert found == {"vague": {"bias": -100, "w:不错": 250}, "kept": {"bias": 7}}
    assert logit(found["vague"], ["w:不错", "w:未知"]) == 150
