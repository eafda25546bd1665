"""Recorded answers: what was recorded is read again without a model, labelled; a stale recording is loud."""

import json
from pathlib import Path

import pytest

from service.core.errors import SettingsError
from service.core.note import Note
from service.evaluation import locate
from service.evaluation.dataset import Half, load
from service.evaluation.guard import Guard, measure, told
from service.evaluation.model import label, record, replayed, simulated
from service.llm import recording
from service.llm.recording import Tape
from service.wiring import rooms

ROOMS = rooms()
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


def test_kept_recording_is_labelled_and_fits_the_prompt_in_use() -> None:
    """What lies in evals/recordings says whose answers it holds, and answers today's prompt."""
    tape = recording.load(KEPT)
    assert tape.label.source == "simulated"
    assert "不代表任何模型的水平" in tape.label.about
    assert tape.label.prompts == label("simulated", "", "founding").prompts


@pytest.mark.parametrize("change", ["note", "prompt"])
def test_stale_recording_is_loud_and_says_what_to_do(change: str, tmp_path: Path) -> None:
    """A note or prompt that changed since ends the run with the command that renews the recording."""
    file = _tape(tmp_path / "t.jsonl")
    note = NOTES[0].note
    if change == "note":
        note = Note(note.text + "\n另外，活动效果不错。", previous=note.previous)
    else:
        head, *lines = file.read_text("utf-8").splitlines()
        renamed = [json.dumps({**json.loads(x), "key": json.loads(x)["key"][::-1]}) for x in lines]
        file.write_text("\n".join([head, *renamed]), "utf-8")
    with pytest.raises(SettingsError, match=r"录音过期.*--record"):
        replayed(ROOMS, recording.load(file), "test").solve(note)


@pytest.mark.parametrize("text", ["", "[]\n", '{"notes": []}\n', "no json"])
def test_broken_tape_is_a_settings_error(text: str, tmp_path: Path) -> None:
    """A file that is no recording is told as such."""
    file = tmp_path / "t.jsonl"
    file.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match="读不了"):
        recording.load(file)


def test_headline_counts_what_was_tried() -> None:
    """No fabricated quote in, no true one out, no level lifted, over every case there is."""
    guard = measure(locate.datasets(), ROOMS.reread, ROOMS.judge)
    assert guard.holds
    assert (guard.fabricated, guard.true) == (84, 48)
    assert guard.attacked == 50 * 12 * 3
    assert "误收 0/84" in told(guard)


def test_headline_tells_a_breach() -> None:
    """One false quote in is enough not to hold."""
    assert not Guard(1, 84, 48, 48, 0, 9).holds
    assert not Guard(0, 84, 48, 48, 1, 9).holds
