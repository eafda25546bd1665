"""A note from a file or standard input, or a plain answer why it can't be one."""

import sys
from pathlib import Path

from service.cli.failure import BadInput
from service.core.note import MAX_CHARACTERS

_BOM_UTF8 = b"\xef\xbb\xbf"
_BOMS_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MAX_BYTES = MAX_CHARACTERS * 4  # no UTF-8 character is longer


def read_note(name: str) -> str:
    """Return the text of a file, or of standard input for "-"; raises BadInput with what to do about it."""
    if not name:
        raise BadInput("文件名是空的，请给一个文件，或用 - 读标准输入")
    label = "标准输入" if name == "-" else f"{name} "
    data = _read(name, label)
    if data.startswith(_BOMS_UTF16):
        raise BadInput(f"{label}是 UTF-16 编码，请另存为 UTF-8 后再试")
    if b"\0" in data:
        raise BadInput(f"{label}是二进制文件，不是文本（第 {data.index(0)} 字节是 0x00）")
    body = data.removeprefix(_BOM_UTF8)
    cut = len(data) > _MAX_BYTES
    try:
        text = body.decode("utf-8", "ignore" if cut else "strict")
    except UnicodeDecodeError as error:
        at = error.start + len(data) - len(body)
        raise BadInput(
            f"{label}不是合法的 UTF-8：第 {at} 字节（0x{data[at]:02x}）解不开；"
            f"若是 GBK 编码，可先转换：iconv -f GBK -t UTF-8"
        ) from None
    if cut or len(text) > MAX_CHARACTERS:
        found = f"超过 {len(text):,}" if cut else f"{len(text):,}"
        raise BadInput(f"{label}太长：{found} 字，最多 {MAX_CHARACTERS:,} 字")
    if not text.strip():
        raise BadInput(f"{label}是空的，没有可读的内容")
    return text


def _read(name: str, label: str) -> bytes:
    # One byte more than the longest note tells "too long" without swallowing a whole disk image.
    try:
        if name == "-":
            return sys.stdin.buffer.read(_MAX_BYTES + 1)
        with Path(name).open("rb") as file:
            return file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        raise BadInput(f"找不到文件 {name}") from None
    except IsADirectoryError:
        raise BadInput(f"{label}是目录，请给一个文件") from None
    except PermissionError:
        raise BadInput(f"没有权限读取 {name}") from None
    except OSError as error:
        raise BadInput(f"读不了 {name}：{error.strerror}") from None
