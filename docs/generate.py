"""Writes what documents show of the program from the program itself: docs/rules and the READMEs' samples.

With --check it only tells whether they are up to date.
"""

import sys
from pathlib import Path

from docs.samples import refreshed
from service.catalog import rules
from service.report.rule_page import index, page

ROOT = Path(__file__).parents[1]
RULES = ROOT / "docs" / "rules"
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")


def pages() -> dict[Path, str]:
    """Return what each page should hold."""
    return {
        RULES / "README.md": index(rules()),
        **{RULES / f"{r.code}.md": page(r) for r in rules()},
        **{path: refreshed(path.read_text("utf-8")) for path in READMES},
    }


def stale(wanted: dict[Path, str]) -> list[Path]:
    """Return the pages that differ from what they should hold, are missing, or belong to no rule."""
    left_over = set(RULES.glob("*.md")) - wanted.keys()
    wrong = {path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text}
    return sorted(wrong | left_over)


def main() -> int:
    """Write or check the pages."""
    wanted = pages()
    wrong = stale(wanted)
    if "--check" in sys.argv[1:]:
        for path in wrong:
            print(f"out of date: {path.relative_to(ROOT)} (make docs)")
        return 1 if wrong else 0
    RULES.mkdir(exist_ok=True)
    for path in wrong:
        if path in wanted:
            path.write_text(wanted[path], "utf-8")
        else:
            path.unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
