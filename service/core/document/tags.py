"""HTML as a flat run of tags and text with their places, from whatever was pasted."""

import re
from collections.abc import Iterator
from enum import IntEnum

from service.core.document.fold import Folded, Range, blank_out, merged


def names(listed: str) -> frozenset[str]:
    """Return the names in a line of them."""
    return frozenset(listed.split())


KNOWN = names(
    "a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button"
    " canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt"
    " em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 h7 h8 h9"
    " head header hgroup hr html i iframe img input ins kbd label legend li link main map mark menu meta"
    " meter nav nobr noscript object ol optgroup option output p param picture pre progress q rp rt ruby"
    " s samp script section select small source span strike strong style sub summary sup svg table tbody"
    " td template textarea tfoot th thead time title tr track tt u ul var video wbr xml path g rect"
    " circle line polygon polyline defs use clippath symbol"
)
# Elements whose content the tokenizer takes as it stands up to their end tag.
_RAW = re.compile(
    r"<(/?)(style|script|title|textarea|iframe|noframes|noembed|noscript|xmp|plaintext)\b", re.IGNORECASE
)
_MASK = "\ue000"  # stands for a "<" that opens nothing; the page takes the characters from the text itself
# Matches the "<" of "ROI<1", "a<b，" and "<b 明显，</p>"; must not match that of "<p>" or '<a href="x">'.
_STRAY = re.compile(
    r"<(?!/?[a-z][\w:-]*(?:>|[\s/][^<>\"']*[>\"'])|!--|!doctype\s|!\[|\?xml)", re.IGNORECASE | re.ASCII
)
_CDATA = ("<![CDATA[", "]]>")


class Kind(IntEnum):
    """What a piece of HTML is: text, a reference to a character, a start tag or an end tag."""

    TEXT = 0
    REFERENCE = 1
    START = 2
    END = 3


# What it is, `[start, end)` of the text, the tag's name or the characters a reference stands for, attributes.
# A plain tuple: a class costs as much as the tokenizer.
Piece = tuple[Kind, int, int, str, "list[tuple[str, str]]"]
_NONE: list[tuple[str, str]] = []
_TEXT, _REFERENCE, _START, _END = Kind


def read_pieces(clean: str, start: int, end: int) -> Iterator[Piece]:
    """Yield a range of the text as tags and text in order; what is no sound tag is text, comments are not."""
    # Here, because plain notes need none of it and importing it takes longer than reading one.
    from turbohtml import TokenType, tokenize

    source = _masked(clean[start:end])
    at = start
    # Tokens lie end to end: with nothing dropped, their lengths add up to their places.
    for token in tokenize(source, resolve_references=False, capture_source=True):
        begin = at
        raw = token.source
        if raw is None:
            at += len(token.data or "")
            yield _TEXT, begin, at, "", _NONE
            continue
        at += len(raw)
        name = token.tag
        if name is None:
            if token.type is TokenType.CHARACTER_REFERENCE:
                yield _REFERENCE, begin, at, token.data or "", _NONE
            continue
        attributes = token.attrs or _NONE
        if not _is_tag(name, attributes):
            yield _TEXT, begin, at, "", _NONE
        else:
            yield (_END if token.type is TokenType.END_TAG else _START), begin, at, name, attributes
    if at < end:
        yield _TEXT, at, end, "", _NONE


def _is_tag(name: str, attributes: list[tuple[str, str]]) -> bool:
    """Tell a tag from words in angle brackets: "<姓名>", "<name>", "<b 明显，</p>"."""
    if name not in KNOWN and ":" not in name and "-" not in name:
        return False
    return not attributes or not any("<" in key for key, _ in attributes)


def without_cdata(folded: Folded) -> Folded:
    """Take the wrappers of CDATA sections out of the view; what they wrap stays."""
    opener, closer = _CDATA
    clean, drops = folded
    wrappers: list[Range] = []
    at = clean.find(opener)
    while at >= 0:
        end = clean.find(closer, at)
        if end < 0:
            break
        wrappers += ((at, at + len(opener)), (end, end + len(closer)))
        at = clean.find(opener, end)
    if not wrappers:
        return folded
    return Folded(blank_out(clean, wrappers), merged(drops + wrappers))


def _masked(source: str) -> str:
    """Hide every "<" that opens no sound tag, so that the tokenizer takes it, and what follows, for text."""
    source = _STRAY.sub(_MASK, source.replace("\r", " "))
    if "<!--" in source:
        last = source.rfind("-->")
        head, tail = source[: last + 1], source[last + 1 :]
        source = head + tail.replace("<!--", _MASK + "!--")
    if _RAW.search(source):
        closed = {match[2].lower(): match.start() for match in _RAW.finditer(source) if match[1]}
        source = _RAW.sub(lambda match: _raw(match, closed), source)
    return source


def _raw(match: re.Match[str], closed: dict[str, int]) -> str:
    name = match[2].lower()
    if match[1] or (name != "plaintext" and match.start() < closed.get(name, -1)):
        return match[0]
    return _MASK + match[0][1:]
