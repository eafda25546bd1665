"""A note from a file or a pipe: its exact text, or a plain answer why not."""

import io
import sys
from pathlib import Path

import pytest

from service.cli.failure import BadInput
from service.cli.source import read_note


def test_text_comes_back_as_it_is(tmp_path: Path) -> None:
    """Line ends, emoji and rare characters are kept: spans count in the text as sent."""
    path = tmp_path / "note.md"
    text = "第一行\r\n第二行😀\U00020000\t。"
    path.write_bytes(text.encode())
    assert read_note(str(path)) == text


def test_byte_order_mark_is_no_part_of_the_note(tmp_path: Path) -> None:
    """A UTF-8 mark that an editor put there is dropped."""
    path = tmp_path / "note.md"
    path.write_bytes(b"\xef\xbb\xbf" + "周报".encode())
    assert read_note(str(path)) == "周报"


def test_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` is standard input, read as bytes whatever the locale."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("周报".encode()), encoding="ascii"))
    assert read_note("-") == "周报"


def test_longest_note_is_taken(tmp_path: Path) -> None:
    """50,000 characters are taken, however many bytes they need."""
    path = tmp_path / "note.md"
    path.write_text("\U00020000" * 50_000, "utf-8")
    assert len(read_note(str(path))) == 50_000


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "note.md 是空的"),
        (b" \n\t\n", "是空的"),
        (b"\xef\xbb\xbf", "是空的"),
        (b"PK\x03\x04\x00\x00", "二进制"),
        ("周报".encode("utf-16"), "UTF-16"),
        ("周报".encode("gbk"), "第 0 字节（0xd6）"),
        ("周报".encode() + b"\xff", "第 6 字节（0xff）"),
        (b"\xef\xbb\xbf" + "周".encode() + b"\xff", "第 6 字节（0xff）"),
        ("周".encode()[:2], "第 0 字节（0xe5）"),
        (b"\xed\xa0\x80", "第 0 字节（0xed）"),  # a lone surrogate
        (b"a" * 50_001, "50,001 字，最多 50,000 字"),
        ("字".encode() * 70_000, "太长"),
    ],
)
def test_what_is_no_note_is_said_plainly(tmp_path: Path, data: bytes, said: str) -> None:
    """Empty, binary, broken or too long: the answer names the file and the trouble."""
    path = tmp_path / "note.md"
    path.write_bytes(data)
    with pytest.raises(BadInput) as caught:
        read_note(str(path))
    assert said in caught.value.message
    assert "note.md" in caught.value.message


def test_huge_file_is_not_swallowed(tmp_path: Path) -> None:
    """Of a file far too long no more is read than tells that it is."""
    path = tmp_path / "dump.txt"
    with path.open("wb") as file:
        file.write(b"a" * 300_000)
        file.truncate(50_000_000_000)  # sparse: reading it all would take minutes and all memory
    with pytest.raises(BadInput, match="太长"):
        read_note(str(path))


def test_missing_file_and_folder_are_told_apart(tmp_path: Path) -> None:
    """A wrong name and a folder are different mistakes."""
    with pytest.raises(BadInput, match="找不到文件"):
        read_note(str(tmp_path / "none.md"))
    with pytest.raises(BadInput, match="文件名是空的"):
        read_note("")
    with pytest.raises(BadInput, match="是目录"):
        read_note(str(tmp_path))
