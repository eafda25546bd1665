"""Causes as they are told: the part that tells why, and those that are only what somebody says."""

import re

from service.core.span import Span

# 翻了上架记录，是系统推错了; 集中在周六，因为隔壁也排在周六; 查了后台，发现券没同步
_MARK = re.compile(
    r"(?:[，,：:；;] ?(?:主要|其实|原来|根子)?"
    r"|(?<![^，,。；;：:\n\s])(?:主要)?(?=是?因为|由于|[原主根]因[是在]))"
    r"(?:是因为|是由于|因为|由于|[原主根]因[是在]|发现是?|原来是?|都是|是)(?![否不什谁有的吗]) ?"
)
# 厂家说是内存不够, 供应商反馈限行; not 说明书写错了, 我们说好的
_HEARSAY = re.compile(
    r"(?![我咱]|[一两二三四五六七八九十几]|\d)[^，,。；;：:\d]{1,8}?(?:说|称|讲|反馈|告知|解释|回复|答复)(?![明法到不好])"
)
# 去厂里看了，模具房…; 翻了一遍记录，…; not 没查过库存
_LOOKED = re.compile(
    r"(?![^，,]{0,12}[没未])[^，,。]{0,8}?"
    r"(?:看|查|翻|问|量|核|抽|听|访|拉|调|盘|数|测)(?:了|过)[^，,。]{0,8}[，,] ?"
)
_LEAST = 4  # characters that can tell why


def why(view: str, span: Span) -> Span:
    """Return what stands after the last word that says “because” inside a cause, or after how it was seen."""
    marks = list(_MARK.finditer(view, span.start, max(span.start, span.end - _LEAST)))
    if marks:
        return Span(marks[-1].end(), span.end)
    looked = _LOOKED.match(view, span.start, max(span.start, span.end - _LEAST))
    return span if looked is None else Span(looked.end(), span.end)


def is_hearsay(view: str, span: Span) -> bool:
    """Tell whether a cause is what somebody says of it, with nothing to show that it was looked into."""
    return _HEARSAY.match(view, span.start, span.end) is not None
