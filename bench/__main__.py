"""Prints every figure; ends by itself within minutes. `--quick` makes fewer runs."""

import asyncio
import statistics
import sys
import tempfile
from pathlib import Path

from bench import engine, http, llm, tokens
from bench.notes import make_note
from bench.process import COMMAND, Run, run

MILLION_LIMIT_S = 120.0


def main() -> int:
    """Measure and print."""
    quick = "--quick" in sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        print_engine(40 if quick else 300)
        print_long(home)
        print_commands(home, 5 if quick else 15)
        print_http(home, 1.0 if quick else 5.0)
    print_llm(5 if quick else 15)
    return 0


def print_llm(rounds: int) -> None:
    """Print what reading with a model adds to the model's own time."""
    print(f"reading with a model, over a mock that takes {llm.ANSWER_S * 1000:.0f} ms")
    for line in tokens.lines():
        print(f"  {line}")
    one = llm.added(rounds)
    print(
        f"  one caller   raw httpx2 {one.raw_ms:.1f} ms · read {one.read_ms:.1f} ms"
        f" · added {one.added_ms:.1f} ms · a cached repeat {one.cached_ms:.1f} ms"
    )
    print(
        f"  {llm.CALLERS} callers   raw httpx2 {one.raw_per_s:.0f} calls/s · read {one.read_per_s:.0f}"
        f" · {one.share:.0%} · medians of {one.rounds} rounds"
    )


def print_engine(runs: int) -> None:
    """Print one check of a 1,000-character note, and its growth."""
    print("engine, one check (reference: 500 literals as one `re` over the same text)")
    one = engine.cold(runs)
    print(
        f"  1,000 characters, text never seen   median {one.median_ms:.2f} ms · p95 {one.at(0.95):.2f} ms"
        f" · {one.ratio:.1f} × reference · {runs} runs"
    )
    for size, timed in engine.growth(runs):
        per_thousand = timed.median_ms / size * 1000
        print(
            f"  {size:>9,} characters   median {timed.median_ms:9.2f} ms · {per_thousand:.2f} ms per 1,000"
            f" · {timed.ratio:.1f} × reference · {len(timed.runs_ms)} runs"
        )


def print_long(home: Path) -> None:
    """Print a check of a million characters, twenty times what the service takes, in a process of its own."""
    root = Path(__file__).parents[1]
    program = f"import sys, runpy; sys.path.insert(0, {str(root)!r}); sys.argv[1:] = ['1000000']; "
    program += "runpy.run_module('bench.engine', run_name='__main__')"
    done = run([sys.executable, "-c", program], home, MILLION_LIMIT_S)
    if done.code:
        print(f"  1,000,000 characters   not done in {MILLION_LIMIT_S:.0f} s")
        return
    ms = float(done.out)
    print(f"  1,000,000 characters   one run {ms:9.0f} ms · {ms / 1000:.2f} ms per 1,000", end="")
    print(f" · peak {done.peak_mb:.0f} MB")


def print_commands(home: Path, runs: int) -> None:
    """Print whole processes from start to end, beside a Python that does nothing."""
    note = home / "note.md"
    note.write_text(make_note(3, 1000), "utf-8")
    tool = str(COMMAND)
    print(f"command line, whole process, median of {runs}")
    _print_command("python -c pass", [sys.executable, "-c", "pass"], home, runs)
    _print_command("notecoach --help", [tool, "--help"], home, runs)
    _print_command("notecoach analyze FILE", [tool, "analyze", str(note)], home, runs)
    _print_command("notecoach analyze --json FILE", [tool, "analyze", "--json", str(note)], home, runs)


def _print_command(name: str, arguments: list[str], home: Path, runs: int) -> None:
    done: list[Run] = [run(arguments, home) for _ in range(runs + 1)][1:]  # the first fills the file cache
    if any(one.code for one in done):
        print(f"  {name:30} failed")
        return
    ms = statistics.median(one.ms for one in done)
    print(f"  {name:30} {ms:6.0f} ms · peak {max(one.peak_mb for one in done):.0f} MB")


def print_http(home: Path, seconds: float) -> None:
    """Print the load figures of a real server."""
    print(f"HTTP, uvicorn on loopback, one process, 1,000-character notes, {seconds:g} s each")
    for route, load in asyncio.run(http.measure(home, seconds)):
        print(
            f"  {route:18} {load.connections} connection(s): {load.per_second:6.0f} requests/s"
            f" · p50 {load.at(0.5):.2f} ms · p95 {load.at(0.95):.2f} ms · p99 {load.at(0.99):.2f} ms"
        )


if __name__ == "__main__":
    raise SystemExit(main())
