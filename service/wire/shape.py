"""What all shapes share: requests are taken strictly, answers are frozen."""

from pydantic import BaseModel, ConfigDict


class Ask(BaseModel):
    """Something a caller sends: no coercion, no field that we would silently ignore."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


class Answer(BaseModel):
    """Something we send: built by us, so every field is named and nothing is added later."""

    model_config = ConfigDict(extra="forbid", frozen=True)
