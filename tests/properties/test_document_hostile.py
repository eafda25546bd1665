"""Texts made to hurt: a parser that is not linear, or that recurses, does not come back from these."""

import pytest

from service.core.document import Format, parse
from service.core.segment import segment

BIG = 100_000
HOSTILE = {
    "brackets": "（" * 1_000_000,
    "quotes": "“" * 1_000_000,
    "straight quotes": '"' * BIG,
    "spaces": " " * BIG + "x",
    "returns": "\r" * BIG,
    "nested lists": "- " * 10_000 + "x",
    "deep lists": "\n".join("  " * depth + "- x" for depth in range(800)),
    "quotations": "> " * 10_000 + "x",
    "open tags": "<a " * 50_000,
    "open tags with quotes": "<a \"<a '" * 20_000,
    "open comments": "<!--" * 50_000,
    "open styles": "<style>" * 20_000,
    "open sections": "<![CDATA[" * 20_000,
    "tables": "<table>" * 10_000,
    "wide cells": "<table><tr>" + "<td colspan=9999 rowspan=9999>x" * 2_000,
    "nested bold": "<b>" * 20_000 + "x",
    "stars": "**" * BIG,
    "loose stars": "*a **b " * 20_000,
    "bars": "| --- " * 20_000,
    "broken tables": "| a |\n|--|--|\n" * 10_000,
    "empty sheets": ("\t" * 300 + "x\n") * 300,
    "hashes": " ## a" * 20_000,
    "numbers": "1. " * 40_000,
    "parts": "一、" * 40_000,
    "headings": "【问题】" * 20_000,
    "glosses": "字(ā" * 40_000,
    "ticks": "`" * BIG,
    "fences": "```\n" * 40_000,
    "references": "[a]:" * 20_000,
    "links": "[a](b" * 20_000,
    "web links": "https://" * 20_000,
    "commas": "1," * BIG,
    "comments": "<!-- notecoach-disable-next-line -->" * 5_000,
    "invisible": "a\u200b" * BIG,
    "emoji": "😀 " * 40_000,
    "long spaces": (" " * 2_000 + "x\n") * 50,
    "backslashes": "\\" * BIG,
    "entities": "&nbsp;" * 20_000,
    "Traditional": "台灣職場" * 20_000,
}


@pytest.mark.parametrize("format", list(Format))
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read(name: str, format: Format) -> None:
    """A text built against a parser gives a document, and sentences, in the time a run of tests has."""
    text = HOSTILE[name]
    document = parse(text, format)
    assert document.text == text
    assert len(document.starts) == len(document.view)
    assert all(sentence.clauses for sentence in segment(document))
