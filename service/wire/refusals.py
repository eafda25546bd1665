"""Why a request was not taken: the errors of reading JSON into a shape, in words people understand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic_core import ErrorDetails

from service.core.errors import InvalidRequest

MAX_SHOWN = 20  # errors listed: a body of ten thousand bad items needs no answer of ten thousand lines
_MAX_NAME = 64  # characters of a caller's own field name that we repeat


class NotJson(InvalidRequest):
    """The bytes are no JSON text in UTF-8."""


@dataclass(frozen=True, slots=True)
class FieldRefusal:
    """One field that can't be taken; `pointer` is its JSON pointer."""

    field: str
    pointer: str
    code: str
    message: str


class FieldsRefused(InvalidRequest):
    """One or more fields can't be taken; `refusals` tells each."""

    def __init__(self, refusals: Sequence[FieldRefusal]) -> None:
        first = refusals[0]
        super().__init__(f"{first.field}：{first.message}", first.field)
        self.refusals = tuple(refusals)


def refuse(errors: Sequence[ErrorDetails]) -> FieldsRefused:
    """Return pydantic's errors as ours; no value that was sent is repeated, only names of fields."""
    # A union tells one error for each of its arms: the field is named once, by what would have been right.
    seen: dict[str, FieldRefusal] = {}
    for error in errors:
        path = error["loc"]
        if len(path) > 1 and error["type"] != "extra_forbidden" and _is_arm(path[-1]):
            path = path[:-1]
        refusal = FieldRefusal(
            field=_dotted(path),
            pointer="".join("/" + _clip(part).replace("~", "~0").replace("/", "~1") for part in path),
            code=error["type"],
            message=_say(error["type"], error.get("ctx", {}), error["msg"]),
        )
        told = seen.setdefault(refusal.pointer, refusal)
        if (told.code, refusal.code) == ("int_type", "string_type"):
            seen[told.pointer] = replace(told, message="要是整数或字符串")
        if len(seen) == MAX_SHOWN:
            break
    return FieldsRefused(list(seen.values()))


def _is_arm(part: int | str) -> bool:
    # "int" and "constrained-str" are arms of a union, "[key]" a dict's own key: the caller sent neither.
    return part in ("int", "str", "[key]") or (isinstance(part, str) and part.startswith("constrained-"))


def _clip(part: int | str) -> str:
    name = str(part)
    return name if len(name) <= _MAX_NAME else name[:_MAX_NAME] + "…"


def _dotted(path: Sequence[int | str]) -> str:
    dotted = ""
    for part in path:
        dotted += f"[{part}]" if isinstance(part, int) else f".{_clip(part)}" if dotted else _clip(part)
    return dotted or "(body)"


_PLAIN = {
    "missing": "缺少这个字段",
    "extra_forbidden": "没有这个字段，请检查拼写",
    "string_type": "要是字符串",
    "int_type": "要是整数",
    "int_from_float": "要是整数",
    "float_type": "要是数字",
    "bool_type": "要是 true 或 false",
    "list_type": "要是数组",
    "dict_type": "要是对象",
    "model_type": "要是 JSON 对象",
    "model_attributes_type": "要是 JSON 对象",
    "finite_number": "要是有限的数字",
    "invalid_key": "键要是字符串",
}


def _number(bound: float) -> str:
    return str(int(bound) if bound == int(bound) else bound)


def _say(kind: str, context: Mapping[str, Any], message: str) -> str:
    if kind in _PLAIN:
        return _PLAIN[kind]
    match kind:
        case "literal_error":
            return "只能是 " + str(context["expected"]).replace("'", "").replace(" or ", "、").replace(
                ", ", "、"
            )
        case "string_too_short" | "too_short":
            return f"至少要有 {context['min_length']} 个{'字符' if kind.startswith('string') else ''}"
        case "string_too_long" | "too_long":
            return f"最多 {context['max_length']} 个{'字符' if kind.startswith('string') else ''}"
        case "string_pattern_mismatch":
            return f"写法不对，要符合 {context['pattern']}"
        case "greater_than_equal":
            return f"不能小于 {_number(context['ge'])}"
        case "less_than_equal":
            return f"不能大于 {_number(context['le'])}"
        case _ if message.isascii():
            return "不符合要求"  # pydantic's own English for a case we did not foresee
        case _:
            return message  # our own checks speak Chinese already
