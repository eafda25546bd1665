"""Ranges of a text, in the caller's units."""

from pydantic import ConfigDict, Field

from service.wire.shape import Ask


class Span(Ask, title="位置区间"):
    """A half-open range [start, end) of a text as it was sent, counted by `offset_encoding`."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"start": 12, "end": 40}]})

    start: int = Field(ge=0, description="起点（含）。")
    end: int = Field(ge=0, description="终点（不含）。")
