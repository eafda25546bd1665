"""What is printed of tokens: an endpoint's own figures, or an estimate that says it is one."""

from pathlib import Path

from bench import tokens
from service.llm.recording import Label, Tape


def _tape(source: str) -> Tape:
    usage = {"input_tokens": 2_000, "output_tokens": 400}
    label = Label(source, "m-1", "", "founding", {"extract": "v1"})
    return Tape(label, ["w1-01", "w1-03"], {k: {"reply": {"claims": []}, "usage": usage} for k in "abc"})


def test_an_endpoint_s_usage_is_told_as_it_was_recorded(tmp_path: Path) -> None:
    """Three calls for two notes: the mean a note, the model named, nothing estimated."""
    _tape("endpoint").save(tmp_path / "a.jsonl")
    _tape("simulated").save(tmp_path / "b.jsonl")
    (line,) = tokens.lines(tmp_path)
    assert "3,000 in, 600 out" in line
    assert "m-1" in line


def test_a_simulated_model_s_usage_is_no_measurement(tmp_path: Path) -> None:
    """Without an endpoint's recording the line is an estimate and names its method."""
    _tape("simulated").save(tmp_path / "b.jsonl")
    told = "\n".join(tokens.lines(tmp_path))
    assert "2,000" not in told
    assert "estimated, not measured" in told
    assert "DeepSeek" in told


def test_a_local_model_s_replies_are_no_estimate(tmp_path: Path) -> None:
    """A model too weak to read, which failed besides: what it wrote tells nothing of what a note takes."""
    weak = _tape("local")
    weak.answers["d"] = {"failed": "timeout", "why": "慢", "usage": {"input_tokens": 9, "output_tokens": 9}}
    weak.save(tmp_path / "a.jsonl")
    alone = list(tokens.lines(tmp_path))
    _tape("simulated").save(tmp_path / "b.jsonl")
    both = list(tokens.lines(tmp_path))
    (tmp_path / "a.jsonl").unlink()
    assert both == list(tokens.lines(tmp_path))
    assert not any("founding" in line for line in alone)


def test_an_estimate_counts_chinese_characters_apart() -> None:
    """Ten Chinese characters and ten others: 6 to 10 tokens, and 3."""
    found = tokens.estimate("周报周报周报周报周报" + "abcde 1234")
    assert (found.low, found.high) == (9.0, 13.0)
