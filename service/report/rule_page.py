"""A rule as a Markdown page: the same text for `notecoach rules CODE` and docs/rules."""

from collections.abc import Iterator, Sequence

from service.core.finding import Example, Rule
from service.report.labels import KINDS, SEVERITIES, dimension_name, role_name


def page(rule: Rule) -> str:
    """Return the page of one rule: what it finds, why it matters, a bad and a good example."""
    dimension = dimension_name(rule.dimension) if rule.dimension else "整篇"
    parts = [
        f"# {rule.code} {rule.title}",
        f"`{rule.name}` · {SEVERITIES[rule.severity]} · {dimension} · 自 {rule.since} 起",
        f"## 找什么\n\n{rule.what}",
        f"## 为什么要紧\n\n{rule.why}",
        *_examples("## 会被指出", rule.bad[:1]),
        *_examples("## 这样写就好", rule.good[:1]),
        f'不想看到这条：请求里写 `"rules": {{"disable": ["{rule.code}"]}}`，'
        f"或在笔记里写 `<!-- notecoach-disable {rule.code} -->`。分数不因此改变。",
    ]
    return "\n\n".join(parts) + "\n"


def index(rules: Sequence[Rule]) -> str:
    """Return the page that lists every rule, with links to their pages."""
    rows = "\n".join(
        f"| [{r.code}]({r.code}.md) | `{r.name}` | {r.title} | {SEVERITIES[r.severity]} |" for r in rules
    )
    return f"# 规则\n\n| 代码 | 名称 | 说明 | 级别 |\n|---|---|---|---|\n{rows}\n"


def _examples(heading: str, examples: Sequence[Example]) -> Iterator[str]:
    for example in examples:
        yield heading
        if example.role != "auto" or example.kind != "weekly":
            role = role_name(example.role) if example.role != "auto" else ""
            yield f"（{role + '，' if role else ''}{KINDS[example.kind]}）"
        if example.previous is not None:
            yield f"上期：\n\n{_fenced(example.previous)}\n\n本期："
        yield _fenced(example.text)
        if example.marks is not None:
            yield f"指出的是：“{' '.join(example.marks.split())}”"


def _fenced(text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}text\n{text.strip()}\n{fence}"
