"""Bytes become a request, or an error that says what to do."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.errors import InvalidRequest
from service.core.finding import Severity
from service.wire.decode import decode
from service.wire.refusals import MAX_SHOWN, FieldRefusal, FieldsRefused, NotJson
from service.wire.requests import AnalysisRequest, CheckRequest, RewriteRequest


def take(**fields: object) -> AnalysisRequest:
    """Decode an analysis request of the given fields."""
    return decode(json.dumps({"text": "本周", **fields}).encode(), AnalysisRequest)


def refusal(**fields: object) -> FieldsRefused:
    """Return the refusal of an analysis request of the given fields."""
    with pytest.raises(FieldsRefused) as caught:
        take(**fields)
    return caught.value


def test_a_text_is_enough() -> None:
    """Every other field has the contract's default."""
    ask = take()
    assert (ask.format, ask.role, ask.kind, ask.engine) == ("auto", "auto", "weekly", "auto")
    assert (ask.offset_encoding, ask.timeout_ms, ask.store, ask.revision) == ("utf-16", 60_000, False, None)
    assert ask.include == ["claims", "scores", "findings", "highlights", "rewrites"]
    note = ask.note()
    assert (note.text, note.previous, note.weights) == ("本周", None, {})


def test_a_byte_order_mark_is_passed_over() -> None:
    """Some shells of Windows put one before what they send; RFC 8259 lets a reader ignore it."""
    assert decode(b'\xef\xbb\xbf{"text": "a"}', AnalysisRequest).text == "a"


def test_bounds_are_told_as_people_write_them() -> None:
    """Not less than 0, rather than than 0.0."""
    assert refusal(weights={"plan_linkage": -1}).refusals[0].message == "不能小于 0"
    assert refusal(weights={"plan_linkage": 1e9}).refusals[0].message == "不能大于 1000"
    assert refusal(revision=2**60).refusals[0].message == "不能大于 9007199254740991"


def test_rule_settings_reach_the_note() -> None:
    """Disabled codes, severities, fingerprints and vocabulary arrive as the engine's options."""
    note = take(
        rules={
            "disable": ["P306"],
            "severity": {"D103": "info"},
            "ignore": ["abc"],
            "vocabulary": {"metrics": ["北极星时长", "北极星时长"]},
        },
        weights={"data_granularity": 2},
    ).note()
    assert note.rules.disable == {"P306"}
    assert note.rules.severity == {"D103": Severity.INFO}
    assert note.rules.ignore == {"abc"}
    assert note.rules.metrics == ("北极星时长",)
    assert note.weights == {"data_granularity": 2}


@pytest.mark.parametrize("absent", ["", None])
def test_no_previous_note_may_be_said_in_two_ways(absent: str | None) -> None:
    """An editor's empty box and null both mean that there is none."""
    assert take(previous=absent).previous is None


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"text": ""}, "text", "空"),
        ({"text": 1}, "text", "字符串"),
        ({"text": "字" * 50_001}, "text", "50000"),
        ({"text": "a\0b"}, "text", "NUL"),
        ({"text": "\x01\x02\x03\x04abc"}, "text", "二进制"),
        ({"previous": "字" * 50_001}, "previous", "50000"),
        ({"kind": "hourly"}, "kind", "daily、weekly"),
        ({"role": None}, "role", "auto"),
        ({"engine": "gpt"}, "engine", "auto、rules、llm"),
        ({"offset_encoding": "utf-8"}, "offset_encoding", "codepoint"),
        ({"include": ["claims", "all"]}, "include[1]", "claims"),
        ({"include": "claims"}, "include", "数组"),
        ({"timeout_ms": 0}, "timeout_ms", "不能小于 1"),
        ({"timeout_ms": 1.5}, "timeout_ms", "整数"),
        ({"timeout_ms": "60"}, "timeout_ms", "整数"),
        ({"store": "yes"}, "store", "true"),
        ({"revision": [1]}, "revision", "整数或字符串"),
        ({"revision": True}, "revision", "整数或字符串"),
        ({"weights": {"speed": 1}}, "weights.speed", "data_granularity"),
        ({"weights": {"data_granularity": -1}}, "weights.data_granularity", "不能小于 0"),
        (
            {"weights": {"data_granularity": 0, "root_cause_depth": 0, "plan_linkage": 0}},
            "weights",
            "至少要有一个维度",
        ),
        ({"rules": {"disable": ["d101"]}}, "rules.disable[0]", "[A-Z]"),
        ({"rules": {"severity": {"D101": "fatal"}}}, "rules.severity.D101", "error"),
        ({"rules": {"severity": {"x": "info"}}}, "rules.severity.x", "[A-Z]"),
        ({"rules": {"off": []}}, "rules.off", "没有这个字段"),
        ({"rules": {"vocabulary": {"metrics": [""]}}}, "rules.vocabulary.metrics[0]", "至少"),
        ({"int": 1}, "int", "没有这个字段"),
        ({"langauge": "zh"}, "langauge", "没有这个字段"),
    ],
)
def test_a_bad_field_is_named_in_chinese(fields: dict[str, object], field: str, words: str) -> None:
    """The refusal names the field as the caller wrote it and says what it may be."""
    error = refusal(**fields)
    assert [r.field for r in error.refusals] == [field]
    assert words in error.refusals[0].message


def test_a_number_beyond_floats_is_no_weight() -> None:
    """1e999 is JSON, but no number to reckon with."""
    with pytest.raises(FieldsRefused, match="有限"):
        decode(b'{"text": "x", "weights": {"plan_linkage": 1e999}}', AnalysisRequest)


def test_a_text_of_exactly_the_limit_is_taken() -> None:
    """50,000 characters are allowed, however many bytes or UTF-16 units they take."""
    assert len(take(text="😀" * 50_000).text) == 50_000


def test_all_bad_fields_are_named_at_once() -> None:
    """One round trip tells everything that is wrong."""
    assert {r.field for r in refusal(kind="x", role="y", store=3).refusals} == {"kind", "role", "store"}


def test_a_flood_of_errors_is_cut() -> None:
    """Ten thousand bad items make a short answer."""
    assert len(refusal(include=["x"] * 10_000).refusals) == MAX_SHOWN


def test_refusals_repeat_no_value() -> None:
    """What was sent in a field is not sent back."""
    error = refusal(kind="秘密项目", revision=["秘密项目"], rules={"disable": ["秘密项目"]})
    assert "秘密" not in str(error) + "".join(r.message for r in error.refusals)


def test_pointers_are_json_pointers() -> None:
    """Slashes and tildes in a caller's own key are escaped."""
    assert refusal(**{"a/b~c": 1}).refusals[0].pointer == "/a~1b~0c"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "空"),
        (b"  \n", "空"),
        (b"{", "没写完"),
        (b"hello", "不是合法"),
        (b'{"text": NaN}', "不是合法"),
        (b'{"text": "x"} {}', "不是合法"),
        (b'{"text": "\xff"}', "UTF-8"),
        (b'{"text": "\xed\xa0\x80"}', "UTF-8"),
        (b'{"text": "\\ud800"}', "代理码"),
        (b'{"text": "\\udc00\\ud800"}', "代理码"),
        (b'{"text": "a\nb"}', "控制字符"),
        (b"[" * 100_000, "嵌套太深"),
        (b'{"a":' * 100_000, "嵌套太深"),
        (b'{"revision": ' + b"9" * 10_000 + b"}", "数字太大"),
    ],
)
def test_what_is_not_json_is_told_apart(body: bytes, words: str) -> None:
    """A body that can't be parsed is refused as a whole, and says why."""
    with pytest.raises(NotJson, match=words):
        decode(body, AnalysisRequest)


@given(st.binary(max_size=200))
def test_any_bytes_are_taken_or_refused(body: bytes) -> None:
    """No body does anything but decode or raise our own errors."""
    with pytest.raises(InvalidRequest):
        decode(body, RewriteRequest)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*CheckRequest.model_fields, "x"]), JSON, max_size=6))
def test_any_json_object_is_taken_or_refused(value: dict[str, object]) -> None:
    """Known names with values of any shape decode or raise our own errors, in Chinese."""
    body = json.dumps(value, ensure_ascii=True).encode()
    refusals: tuple[FieldRefusal, ...] = ()
    try:
        decode(body, CheckRequest)
    except FieldsRefused as error:
        refusals = error.refusals
    assert all(not r.message.isascii() for r in refusals)
