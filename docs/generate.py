"""Writes docs/rules from the rules themselves; with --check only tells whether the pages are up to date."""

import sys
from pathlib import Path

from service.catalog import rules
from service.report.rule_page import index, page

HOME = Path(__file__).parent / "rules"


def pages() -> dict[Path, str]:
    """Return what each page should hold."""
    return {HOME / "README.md": index(rules()), **{HOME / f"{r.code}.md": page(r) for r in rules()}}


def stale(wanted: dict[Path, str]) -> list[Path]:
    """Return the pages that differ from what they should hold, are missing, or belong to no rule."""
    present = set(HOME.glob("*.md"))
    wrong = [path for path, text in wanted.items() if path not in present or path.read_text("utf-8") != text]
    return sorted([*wrong, *(present - wanted.keys())])


def main() -> int:
    """Write or check the pages."""
    wanted = pages()
    wrong = stale(wanted)
    if "--check" in sys.argv[1:]:
        for path in wrong:
            print(f"out of date: {path.name} (make docs)")
        return 1 if wrong else 0
    HOME.mkdir(exist_ok=True)
    for path in wrong:
        if path in wanted:
            path.write_text(wanted[path], "utf-8")
        else:
            path.unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
