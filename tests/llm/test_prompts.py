"""Prompts: releases don't change, what precedes the note is byte-stable, examples keep their own rules."""

import json
import re

import pytest
from jinja2 import UndefinedError

from service.core.errors import SettingsError
from service.core.reading import ClaimKind, Relation, Trait
from service.llm import prompts, replies
from service.llm.align import Aligner, Place, Status
from service.llm.replies import ExtractReply
from service.llm.support import ground


@pytest.mark.parametrize("prompt", prompts.catalog(), ids=lambda p: f"{p.id}/{p.version}")
def test_released_prompt_is_what_the_lock_says(prompt: prompts.Prompt) -> None:
    """A released version never changes, nor does wording it takes from elsewhere: that is a new version."""
    assert prompts.locked()[f"{prompt.id}/{prompt.version}"] == prompt.digest


def test_lock_names_only_prompts_that_exist() -> None:
    """No digest is kept for a version that is gone."""
    assert set(prompts.locked()) == {f"{p.id}/{p.version}" for p in prompts.catalog()}


@pytest.mark.parametrize("prompt", prompts.catalog(), ids=lambda p: f"{p.id}/{p.version}")
def test_prompt_names_itself_and_a_reply_model(prompt: prompts.Prompt) -> None:
    """The front matter agrees with the file's place, and the reply model exists."""
    assert prompts.load(prompt.id, prompt.version) is prompt
    assert hasattr(replies, prompt.reply_model)
    assert re.fullmatch(r"v\d+@[0-9a-f]{8}", prompt.name)


def test_everything_before_the_note_is_byte_stable() -> None:
    """Two notes share every byte up to the fence, so that a provider's prefix cache hits."""
    prompt = prompts.load(*prompts.EXTRACT)
    one = prompt.render(note="甲" * 50, previous=None, earlier=None, nonce="aaaa")
    two = prompt.render(note="乙", previous=None, earlier=None, nonce="bbbb")
    assert one[0] == two[0]
    assert one[0]["role"] == "system"
    assert one[1]["content"].split("aaaa")[0] == two[1]["content"].split("bbbb")[0]


def test_note_comes_last_and_inside_its_fence() -> None:
    """Nothing but the closing fence follows the note, and both ends carry the nonce."""
    user = prompts.load(*prompts.EXTRACT).render(note="正文", previous="旧文", earlier=None, nonce="n0nce")[
        1
    ]["content"]
    assert user.endswith("<周报 n0nce>\n正文\n</周报 n0nce>")
    assert user.index("旧文") < user.index("正文")


def test_note_is_data_for_the_template_too() -> None:
    """Template syntax in a note is shown as it stands."""
    user = prompts.load(*prompts.EXTRACT).render(
        note="{{ 7 * 7 }}{% block x %}", previous=None, earlier=None, nonce="n"
    )
    assert "{{ 7 * 7 }}{% block x %}" in user[1]["content"]


def test_missing_variable_is_an_error() -> None:
    """A prompt never goes out with a hole in it."""
    with pytest.raises(UndefinedError):
        prompts.load(*prompts.EXTRACT).render(note="x", nonce="n")


def test_unknown_prompt_is_a_settings_error() -> None:
    """A version that is not there is told as such."""
    with pytest.raises(SettingsError):
        prompts.load("extract", "v0")


def test_terms_use_the_contract_s_words() -> None:
    """Kinds and relations are all worded; traits only those the contract knows."""
    terms = prompts.terms()
    assert set(terms["kind"]) == {k.value for k in ClaimKind}
    assert set(terms["relation"]) == {r.value for r in Relation}
    assert set(terms["trait"]) <= {t.value for t in Trait}


@pytest.mark.parametrize("example", prompts.load(*prompts.EXTRACT).examples, ids=["full", "thin"])
def test_example_passes_the_checks_that_replies_must_pass(example: dict[str, object]) -> None:
    """Every quote is found exactly and borne out, every link points at a claim, every trait is known."""
    reply = ExtractReply.model_validate(example["reply"])
    aligner = Aligner(str(example["note"]))
    ids = {c.id for c in reply.claims}
    for claim in reply.claims:
        place = ground(aligner, claim.quote)
        assert isinstance(place, Place), (claim.quote, place)
        assert place.status is Status.EXACT
        assert {k.target for k in claim.links} <= ids
        assert claim.deadline is None or claim.deadline in claim.quote
        assert claim.owner is None or claim.owner in claim.quote
    raw = json.dumps(example["reply"])
    told = ExtractReply.model_validate(json.loads(raw))
    assert sum(len(c["traits"]) for c in example["reply"]["claims"]) == sum(
        len(c.traits) for c in told.claims
    )  # type: ignore[index]
