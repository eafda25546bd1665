"""The documentation as bytes: the OpenAPI document and the pages made from it, each made once."""

import json
import re
from collections.abc import Mapping
from typing import Any

import jinja2
from litestar import Litestar
from markupsafe import Markup, escape

from service.api.examples import example_answers
from service.api.openapi import document
from service.api.problems import kinds
from service.core.errors import NotFound
from service.core.rubric import Rubric
from service.report.labels import SEVERITIES
from service.wiring import Services


class Handbook:
    """Everything that there is to read about the service; nothing in it leads out of the house."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._openapi: dict[str, Any] | None = None
        self._pages = jinja2.Environment(
            loader=jinja2.PackageLoader("service.api", "pages"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._pages.filters.update(prose=_prose, kind=_kind, pretty=_pretty)

    async def openapi(self, app: Litestar) -> dict[str, Any]:
        """Return the OpenAPI document."""
        if self._openapi is None:
            answers = await example_answers(self._services)
            self._openapi = document(app, self._services.version, answers)
        return self._openapi

    async def api_page(self, app: Litestar) -> str:
        """Return the page on all operations and shapes."""
        return self._render("api.html", api=await self.openapi(app))

    def rules_page(self) -> str:
        """Return the page on all rules, and the rubric they serve."""
        rubric: Rubric = self._services.rubric
        names = {d.key: d.name for d in rubric.dimensions}
        return self._render(
            "rules.html",
            rules=self._services.rulebook.rules,
            rubric=rubric,
            dimension_names=names,
            severities=SEVERITIES,
        )

    def problem_page(self, name: str) -> str:
        """Return the page on one kind of problem; raises NotFound."""
        for kind in kinds():
            if kind.name == name:
                return self._render("problem.html", kind=kind, kinds=kinds())
        raise NotFound("没有这种错误，全部错误类型见 /docs")

    def _render(self, page: str, **values: Any) -> str:
        return self._pages.get_template(page).render(version=self._services.version, **values)


def _prose(text: str) -> Markup:
    """Return paragraphs, with `code` between backticks."""
    paragraphs = [re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(p))) for p in text.split("\n\n")]
    return Markup("".join(f"<p>{p}</p>" for p in paragraphs))  # noqa: S704  # escaped above


def _kind(schema: Mapping[str, Any]) -> Markup:
    """Return a schema's type in a few words, shapes as links."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return Markup('<a href="#{0}">{0}</a>').format(name)
    if "anyOf" in schema:
        return Markup(" | ").join(_kind(part) for part in schema["anyOf"])
    if "enum" in schema:
        return Markup(" ").join(Markup("<code>{}</code>").format(value) for value in schema["enum"])
    if schema.get("type") == "array":
        return Markup("[{}]").format(_kind(schema.get("items", {})))
    if isinstance(schema.get("additionalProperties"), dict):
        return Markup("{{键: {}}}").format(_kind(schema["additionalProperties"]))
    return escape(schema.get("type", "any"))


def _pretty(value: Any) -> str:
    """Return JSON to be read."""
    return json.dumps(value, ensure_ascii=False, indent=2)
