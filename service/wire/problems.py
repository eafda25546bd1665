"""Problem details (RFC 9457), as sent to callers."""

from pydantic import Field

from service.wire.shape import Answer


class FieldProblem(Answer, title="字段的问题"):
    """One field that could not be taken."""

    field: str = Field(examples=["rules.disable[0]"])
    pointer: str = Field(description="JSON Pointer。", examples=["/rules/disable/0"])
    code: str = Field(examples=["extra_forbidden"])
    message: str = Field(examples=["没有这个字段，请检查拼写"])


class Problem(Answer, title="错误（RFC 9457）"):
    """Why a request could not be answered."""

    type: str = Field(description="错误类型，也是说明页的地址。", examples=["/problems/invalid-request"])
    title: str = Field(examples=["请求里有不能接受的字段"])
    status: int = Field(examples=[422])
    detail: str
    instance: str = Field(description="出错的请求路径。", examples=["/v1/analyses"])
    request_id: str
    errors: list[FieldProblem] | None = None

    def to_json(self) -> bytes:
        """Return the problem as JSON; `errors` only where there are any."""
        return self.model_dump_json(exclude={"errors"} if self.errors is None else None).encode()
