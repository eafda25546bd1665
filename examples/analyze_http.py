"""Sends a note to a running service (make run) and prints its rewrites. Needs nothing but Python."""

import json
import os
import sys
from pathlib import Path
from urllib.request import Request, urlopen

URL = os.environ.get("NOTECOACH_URL", "http://127.0.0.1:8000")


def analyze(text: str) -> dict[str, object]:
    """Return the analysis of a note, its spans counted as Python counts: in code points."""
    body = json.dumps({"text": text, "offset_encoding": "codepoint"}).encode()
    headers = {"content-type": "application/json"}
    if key := os.environ.get("NOTECOACH_KEY"):
        headers["authorization"] = f"Bearer {key}"
    with urlopen(Request(f"{URL}/v1/analyses", body, headers)) as response:
        answer: dict[str, object] = json.load(response)
    return answer


def main() -> None:
    """Print each rewrite with the questions that only the author can answer."""
    path = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).with_name("note.md")
    text = path.read_text("utf-8")
    for rewrite in analyze(text)["rewrites"]:  # type: ignore[attr-defined]
        start, end = rewrite["span"]["start"], rewrite["span"]["end"]
        assert text[start:end] == rewrite["original"]
        print("-", rewrite["original"])
        print("+", rewrite["rewritten"])
        for blank in rewrite["blanks"]:
            print("   ", blank["token"], blank["question"])


if __name__ == "__main__":
    main()
