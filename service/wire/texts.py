"""The text of a note as it may come in."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from service.core.note import MAX_CHARACTERS

# Control characters that no editor writes: matches "\x01" and "\x1b", not "\t", "\n", "\r" or Word's "\x0b".
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_CONTROL_SHARE = 0.05  # a stray one comes with text pasted from a terminal; this many come with a file


def check_text(text: str) -> str:
    """Return the text if it is one: 1 to 50,000 code points, encodable, not the bytes of some file."""
    if not text:
        raise PydanticCustomError("text_empty", "不能是空的")
    if len(text) > MAX_CHARACTERS:
        raise PydanticCustomError(
            "text_too_long",
            "最多 {limit} 个字符，现在是 {length} 个",
            {"limit": MAX_CHARACTERS, "length": len(text)},
        )
    if "\0" in text:
        raise PydanticCustomError("text_binary", "含有 NUL 字符（U+0000），请只发送纯文本")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("text_surrogate", "含有落单的 UTF-16 代理码（lone surrogate）") from None
    if len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise PydanticCustomError("text_binary", "大部分是控制字符，像是二进制文件，请只发送纯文本")
    return text


def _check_previous(text: str | None) -> str | None:
    return check_text(text) if text else None


NoteText = Annotated[
    str,
    AfterValidator(check_text),
    Field(
        json_schema_extra={"minLength": 1, "maxLength": MAX_CHARACTERS},
        description="周报原文，1 到 50,000 个 Unicode 字符（码点）。",
    ),
]
PreviousText = Annotated[
    str | None,
    AfterValidator(_check_previous),
    Field(
        json_schema_extra={"maxLength": MAX_CHARACTERS},
        description="同一作者上一期的周报，用来核对承诺是否有交代；没有就不写。",
    ),
]
PassageText = Annotated[str, AfterValidator(check_text)]
