"""`notecoach eval --engine llm`: over recorded answers, or recording them first."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import click

from service import __version__, wiring
from service.evaluation import guard, locate, model
from service.evaluation.dataset import RatedNote, load
from service.evaluation.outcome import Solver
from service.evaluation.session import Request
from service.llm.completion import Completions
from service.llm.recording import Tape
from service.llm.recording import load as load_tape
from service.settings import load as load_settings

_LOOPBACK = frozenset({"localhost", "::1"})


def by_model(
    request: Request, replay: Path | None, record: Path | None, simulated: bool, limit: int | None = None
) -> tuple[Solver, Request]:
    """Return the engine over a tape, and the request narrowed to its notes, with the headline figures."""
    if (replay is None) == (record is None):
        raise click.UsageError("--engine llm 要么 --replay FILE（离线回放），要么 --record FILE（录制）")
    rooms = wiring.rooms()
    if record is not None:
        _record(request, record, simulated, limit)
    tape = load_tape(replay or record or Path())
    measured = guard.measure(locate.datasets(), rooms.reread, rooms.judge)
    label = tape.label
    rated = [n for n in load(locate.folder(locate.datasets(), label.dataset)).notes if n.id in tape.notes]
    headlines = {
        "recording": f"录音：{label.source}，{label.model}，{len(tape.notes)} 篇。{label.about}",
        "came_to": model.came_to(rooms, tape, rated, __version__),
        "guard": guard.told(measured) + ("" if measured.holds else "　防线破了"),
    }
    narrowed = replace(request, datasets=(label.dataset,), only=frozenset(tape.notes), headlines=headlines)
    return model.replayed(rooms, tape, __version__), narrowed


def _record(request: Request, file: Path, simulated: bool, limit: int | None) -> None:
    if len(request.datasets) != 1:
        raise click.UsageError("一次只录一个数据集")
    dataset = load(locate.folder(locate.datasets(), request.datasets[0]))
    notes = [note for half in request.halves for note in dataset.half(half)][:limit]
    if simulated:
        tape = Tape(model.label("simulated", "annotator-a", dataset.name))
        model.record(wiring.rooms(), tape, notes, model.simulated, __version__)
    else:
        tape = _from_endpoint(dataset.name, notes)
    tape.save(file)


def _from_endpoint(dataset: str, notes: list[RatedNote]) -> Tape:
    settings = load_settings()
    if not settings.has_llm:
        wanted = "设置 NOTECOACH_LLM_BASE_URL 和 NOTECOACH_LLM_MODEL，或加 --simulated"
        raise click.UsageError(f"没有配置大模型：{wanted}")
    from service.llm.client import Client

    host = urlsplit(settings.llm.base_url or "").hostname or ""
    source = "local" if host in _LOOPBACK or host.startswith("127.") else "endpoint"
    tape = Tape(model.label(source, settings.llm_model or "", dataset))

    def answers(_: RatedNote) -> Completions:
        return Client(settings.llm)  # one a note: each is asked in an event loop of its own

    model.record(wiring.rooms(), tape, notes, answers, __version__, settings.llm_timeout_s)
    return tape
