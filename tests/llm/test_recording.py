"""Recorded answers: what was recorded is read again without a model, labelled; a stale recording is loud."""

import asyncio
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from service.cli.main import main
from service.core.errors import ReaderNonsense, ReaderTimeout, ReaderUnavailable, SettingsError
from service.core.note import Note
from service.evaluation import guard, locate
from service.evaluation.dataset import Half, RatedNote, load
from service.evaluation.guard import Guard, measure, told
from service.evaluation.model import came_to, label, record, replayed, simulated
from service.llm import client, prompts, recording
from service.llm.completion import Answer, Ask, Completions, Reply
from service.llm.recording import Tape
from service.llm.scripted import Scripted
from service.usecases import analyze
from service.usecases.assess import Assessment
from service.wiring import rooms

ROOMS = rooms()
PROMPTS = Path(__file__).parents[2] / "prompts"
KEPT = Path(__file__).parents[2] / "evals/recordings/founding-simulated.jsonl"
NOTES = [n for n in load(locate.folder(locate.datasets(), "founding")).half(Half.TUNING) if n.annotators][:2]


def _tape(file: Path) -> Path:
    tape = Tape(label("simulated", "annotator-a", "founding"))
    record(ROOMS, tape, NOTES, simulated, "test")
    tape.save(file)
    return file


def test_replay_reads_what_was_recorded(tmp_path: Path) -> None:
    """Over the tape the note is read as by the model; the name says that it is simulated."""
    tape = recording.load(_tape(tmp_path / "t.jsonl"))
    solver = replayed(ROOMS, tape, "test")
    assert tape.notes == [n.id for n in NOTES]
    assert "simulated" in solver.name
    quoted = {c.quote for c in NOTES[0].annotators[0]}
    assert len(quoted & {c.quote for c in solver.solve(NOTES[0].note).claims}) > len(quoted) // 2


@pytest.mark.parametrize(
    ("source", "says"), [("simulated", "不代表任何模型的水平"), ("local", "不代表好模型的水平")]
)
def test_kept_recording_is_labelled_and_fits_the_prompt_in_use(source: str, says: str) -> None:
    """What lies in evals/recordings says whose answers it holds, and answers today's prompt."""
    tape = recording.load(KEPT.with_name(f"founding-{source}.jsonl"))
    assert tape.label.source == source
    assert says in tape.label.about
    assert tape.label.prompts == label("simulated", "", "founding").prompts


def _tell_otherwise(folder: Path, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the prompt in use be this version, its words changed by one line."""
    shutil.copytree(PROMPTS, folder)
    text = (folder / "extract/v1.md").read_text("utf-8")
    changed = text.replace('version = "v1"', f'version = "{version}"').replace("规矩：", "规矩如下：")
    (folder / f"extract/{version}.md").write_text(changed, "utf-8")
    monkeypatch.setattr(prompts, "root", lambda: folder)
    monkeypatch.setattr(prompts, "load", prompts.load.__wrapped__)  # else what was loaded before is kept
    monkeypatch.setattr(prompts, "EXTRACT", ("extract", version))


@pytest.mark.parametrize("change", ["note", "keys", "wording", "version"])
def test_stale_recording_is_loud_and_says_what_to_do(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note or prompt that changed since ends the run with the command that renews the recording."""
    file = _tape(tmp_path / "t.jsonl")
    note = NOTES[0].note
    if change == "note":
        note = Note(note.text + "\n另外，活动效果不错。", previous=note.previous)
    elif change == "keys":
        head, *lines = file.read_text("utf-8").splitlines()
        renamed = [json.dumps({**json.loads(x), "key": json.loads(x)["key"][::-1]}) for x in lines]
        file.write_text("\n".join([head, *renamed]), "utf-8")
    else:
        _tell_otherwise(tmp_path / "prompts", "v1" if change == "wording" else "v9", monkeypatch)
    with pytest.raises(SettingsError, match=r"录音过期.*--record"):
        replayed(ROOMS, recording.load(file), "test").solve(note)


@pytest.mark.parametrize("version", ["v1", "v9"])
def test_kept_recordings_are_stale_under_another_prompt(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command that CI runs fails when the prompt was changed and nobody recorded anew."""
    _tell_otherwise(tmp_path / "prompts", version, monkeypatch)
    for file in KEPT.parent.glob("*.jsonl"):
        assert main(["eval", "--engine", "llm", "--replay", str(file), "--split", "tuning"]) == 2
        assert "录音过期" in capsys.readouterr().err


@pytest.mark.parametrize("too_slow", ["rules", "first window"])
def test_a_note_whose_time_ran_out_unasked_ends_the_recording(
    too_slow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was never asked cannot be replayed: called stale later, it would have nobody to mend it."""
    rated = NOTES[0]
    asked: list[Completions] = []
    if too_slow == "rules":
        monkeypatch.setattr(analyze, "read_and_assess", _slowly(analyze.read_and_assess))
    else:
        long = "\n".join(f"第 {n} 组新客 {n} 人，上周 {n + 7} 人。" for n in range(1, 500))
        rated = replace(rated, note=Note(long))

    def answers(_: RatedNote) -> Completions:
        asked.append(_Slow({"claims": []}))
        return asked[-1]

    with pytest.raises(SettingsError, match=rf"录不下去：{rated.id} .*时间就用完了"):
        record(ROOMS, Tape(label("local", "weak", "founding")), [rated], answers, "test", timeout_s=60.0)
    assert asked


def _later() -> None:
    """Set the running loop's clock forward by an hour."""
    loop = asyncio.get_running_loop()
    now = loop.time
    loop.time = lambda: now() + 3_600.0  # type: ignore[method-assign]


def _slowly(assessed: Callable[..., Assessment]) -> Callable[..., Assessment]:
    def late(*given: Any) -> Assessment:
        found = assessed(*given)
        _later()
        return found

    return late


class _Slow(Scripted):
    """A model that takes all the time there is, then answers: the event loop is not asked to stop it."""

    async def ask(self, question: Ask[Reply], timeout_s: float) -> Answer[Reply]:
        answer = await super().ask(question, timeout_s)
        _later()
        return answer


@pytest.mark.parametrize("failed", [ReaderNonsense("乱"), ReaderTimeout("慢")])
def test_what_a_model_failed_at_fails_again(failed: Exception, tmp_path: Path) -> None:
    """A weak model's recording is no better than it: what it failed at is read by rule, and counted."""
    tape = Tape(label("local", "weak", "founding"))
    model = Scripted(failed, {"claims": []})
    record(ROOMS, tape, NOTES, lambda _: model, "test")
    tape.save(tmp_path / "t.jsonl")
    kept = recording.load(tmp_path / "t.jsonl")
    assert [("failed" in a, "reply" in a) for a in kept.answers.values()].count((True, False)) == 1
    by_rule = [d.level for d in ROOMS.reread(NOTES[0].note)[1].dimensions]
    assert list(replayed(ROOMS, kept, "test").levels(NOTES[0].note).values()) == by_rule
    assert "其中 0 篇由模型读，2 篇退回规则" in came_to(ROOMS, kept, NOTES, "test")


def test_recording_asks_for_nothing_that_is_not_kept() -> None:
    """One question a note: rewrites would cost tokens and end nowhere."""
    asked: list[Scripted] = []

    def answers(rated: RatedNote) -> Completions | None:
        model = simulated(rated)
        assert isinstance(model, Scripted)
        asked.append(model)
        return model

    record(ROOMS, Tape(label("simulated", "", "founding")), NOTES, answers, "test")
    assert [len(model.asked) for model in asked] == [1, 1]
    assert all(model.is_closed for model in asked)


def test_a_service_that_does_not_answer_is_no_recording() -> None:
    """A wrong key or a dead server ends the recording: else it would hold the rules' reading as a model's."""
    with pytest.raises(SettingsError, match="录不下去：不认这个密钥"):
        record(
            ROOMS,
            Tape(label("endpoint", "", "founding")),
            NOTES,
            lambda _: Scripted(ReaderUnavailable("不认这个密钥")),
            "test",
        )


@pytest.mark.parametrize(
    ("base_url", "source"),
    [
        ("http://127.0.0.1:9/v1", "local"),
        ("http://localhost/v1", "local"),
        ("https://llm.test/v1", "endpoint"),
    ],
)
def test_endpoint_is_recorded_under_what_it_is(
    base_url: str,
    source: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`--record` writes a tape that names its source, no longer than `--limit`, and measures by it."""
    monkeypatch.setenv("NOTECOACH_LLM_BASE_URL", base_url)
    monkeypatch.setenv("NOTECOACH_LLM_MODEL", "m-1")
    monkeypatch.setenv("NOTECOACH_LLM_TIMEOUT_S", "600")  # as long as the replay's: no matter of the machine
    monkeypatch.setattr(client, "Client", lambda _: Scripted({"claims": []}))
    monkeypatch.setattr(guard, "measure", lambda *_: Guard(0, 1, 1, 1, 0, 1))  # has a test of its own below
    file = tmp_path / "t.jsonl"
    asked = ["eval", "--engine", "llm", "--split", "tuning"]
    assert main([*asked, "--record", str(file), "--limit", "1"]) == 0
    told = capsys.readouterr().out
    assert f"录音：{source}，m-1，1 篇" in told
    assert recording.load(file).label.source == source
    assert main([*asked, "--replay", str(file)]) == 0, capsys.readouterr().err
    assert capsys.readouterr().out == told


@pytest.mark.parametrize("text", ["", "[]\n", '{"notes": []}\n', "no json"])
def test_broken_tape_is_a_settings_error(text: str, tmp_path: Path) -> None:
    """A file that is no recording is told as such."""
    file = tmp_path / "t.jsonl"
    file.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match="读不了"):
        recording.load(file)


def test_headline_counts_what_was_tried() -> None:
    """No fabricated quote in, no true one out, no level lifted, over every case there is."""
    measured = measure(locate.datasets(), ROOMS.reread, ROOMS.judge)
    assert measured.holds
    assert (measured.fabricated, measured.true) == (84, 48)
    assert measured.attacked == 50 * 12 * 3
    assert "误收 0/84" in told(measured)


def test_headline_tells_a_breach() -> None:
    """One false quote in is enough not to hold."""
    assert not Guard(1, 84, 48, 48, 0, 9).holds
    assert not Guard(0, 84, 48, 48, 1, 9).holds
