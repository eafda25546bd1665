"""Settings: read once from the environment and notecoach.toml, frozen, and passed down.

`NOTECOACH_LLM_MODEL` in the environment is `llm_model` in the file; the environment wins. Secrets are taken
from the environment alone, so that a file which ends up in a repository or a chat holds none.
"""

import difflib
import ipaddress
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from service.core.errors import SettingsError

if TYPE_CHECKING:
    from service.llm.config import LlmSettings

PREFIX = "NOTECOACH_"
FILE_NAME = "notecoach.toml"
FILE_VARIABLE = "NOTECOACH_CONFIG"
SECRETS = frozenset({"llm_api_key", "api_keys"})


class Settings(BaseSettings):
    """Every setting of the service, flat, under the names callers know."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    insecure: bool = False
    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    database_url: str = "sqlite:///notecoach.db"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    rate_checks_per_minute: int = Field(default=6000, ge=0)
    rate_analyses_per_minute: int = Field(default=1200, ge=0)
    llm_base_url: str | None = None
    llm_api_key: SecretStr | None = None
    llm_model: str | None = None
    llm_preset: str | None = None
    llm_timeout_s: float = Field(default=60.0, gt=0, le=600, allow_inf_nan=False)
    llm_concurrency: int = Field(default=16, ge=1, le=200)
    llm_queue: int = Field(default=64, ge=0)
    llm_daily_tokens: int | None = Field(default=None, ge=1)
    llm_cache_size: int = Field(default=512, ge=0)

    @field_validator("api_keys", "cors_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("api_keys")
    @classmethod
    def _sendable(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        # A header can't carry spaces or anything but visible ASCII, so such a key could never match.
        for key in value:
            if not all("!" <= char <= "~" for char in key.get_secret_value()):
                raise ValueError("密钥只能用可见的 ASCII 字符，多个之间用英文逗号分开")
        return value

    @field_validator("cors_origins")
    @classmethod
    def _origin(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        # Browsers send scheme and host and nothing more, so anything else could never match.
        for origin in value:
            if origin != "*" and not re.fullmatch(r"[a-z][a-z0-9+.-]*://[^/\s]+", origin):
                raise ValueError("要写成 https://a.example 这样的来源，不带路径和末尾的斜杠")
        return value

    @field_validator("llm_base_url")
    @classmethod
    def _http(cls, value: str | None) -> str | None:
        if value is not None and not re.match(r"https?://[^/]", value):  # http://a, not a:80 nor file:///a
            raise ValueError("要写成 http:// 或 https:// 开头的完整地址")
        return value

    @model_validator(mode="after")
    def _whole_model(self) -> Self:
        # Half a setting would mean rules answering for ever, with nobody told why.
        if self.has_llm:
            return self
        for name in ("llm_base_url", "llm_model", "llm_api_key", "llm_preset"):
            if getattr(self, name) is not None:
                missing = variable("llm_model" if self.llm_base_url else "llm_base_url")
                raise ValueError(f"设置了 {variable(name)}，但缺少 {missing}；不用大模型就把它们都去掉")
        return self

    @property
    def has_llm(self) -> bool:
        """Tell whether there is a model to ask."""
        return self.llm_base_url is not None and self.llm_model is not None

    @property
    def llm(self) -> "LlmSettings":
        """The settings of the model, as the room that talks to it takes them."""
        from service.llm.config import LlmSettings  # not loaded by those who use no model

        return LlmSettings(
            base_url=self.llm_base_url,
            api_key=self.llm_api_key,
            model=self.llm_model,
            preset=self.llm_preset,
            timeout_s=self.llm_timeout_s,
            concurrency=self.llm_concurrency,
            queue=self.llm_queue,
            daily_tokens=self.llm_daily_tokens,
            cache_size=self.llm_cache_size,
        )

    @property
    def is_loopback(self) -> bool:
        """Tell whether only this machine can reach the address we listen on."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what is given and nothing else: `load` alone decides what is read from where."""
        return (init_settings,)


def load(file: Path | None = None, **overrides: Any) -> Settings:
    """Return the settings; `overrides` (from a command line) win, None among them means not given.

    The file is `file`, else the one NOTECOACH_CONFIG names, else notecoach.toml here if there is one.
    Raises SettingsError, which names the setting and what to do and never repeats a value.
    """
    _refuse_misspelt(os.environ)
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**{**_read_file(file), **_read_environment(), **given})
    except ValidationError as error:
        raise SettingsError(_explain(error)) from None


def _read_environment() -> dict[str, Any]:
    return EnvSettingsSource(Settings, env_prefix=PREFIX, env_ignore_empty=True)()


def _read_file(file: Path | None) -> dict[str, Any]:
    named = os.environ.get(FILE_VARIABLE)
    path = file or Path(named or FILE_NAME)
    if not path.is_file():
        if file or named:
            raise SettingsError(f"找不到配置文件 {path}。请检查路径，或去掉 {FILE_VARIABLE}。")
        return {}
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        # A TOML error says where, not what; a decoding error would show bytes of the file.
        where = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "不是 UTF-8 编码"
        raise SettingsError(f"读不懂配置文件 {path.name}：{where}。") from None
    settings = {name.removeprefix(PREFIX.lower()): value for name, value in table.items()}
    for name, value in settings.items():
        if name in SECRETS or (name == "database_url" and urlsplit(str(value)).password):
            raise SettingsError(
                f"{path.name} 里写了密钥 {name}。密钥只能放在环境变量 {variable(name)} 里："
                "请从文件中删掉它，如果文件已经分享或提交过，请换一个新密钥。"
            )
        if name not in Settings.model_fields:
            raise SettingsError(f"{path.name} 里有不认识的设置 {name[:64]}{_hint(name)}。")
    return settings


def _refuse_misspelt(environment: Mapping[str, str]) -> None:
    # NOTECOACH_API_KEY for …_KEYS would silently leave the service open; names unlike any of ours are left
    # alone, since tools around the service may have their own.
    for name in environment:
        if not name.startswith(PREFIX) or name == FILE_VARIABLE:
            continue
        short = name.removeprefix(PREFIX).lower()
        if short not in Settings.model_fields and (hint := _hint(short)):
            raise SettingsError(f"不认识环境变量 {name}{hint}。")


def _hint(name: str) -> str:
    close = difflib.get_close_matches(name, Settings.model_fields, n=1, cutoff=0.85)
    return f"，是不是想写 {variable(close[0])}" if close else ""


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return PREFIX + name.upper()


def _explain(error: ValidationError) -> str:
    lines = []
    for item in error.errors(include_url=False, include_input=False):
        name = f"设置 {variable(str(item['loc'][0]))} 不对：" if item["loc"] else ""
        lines.append(f"{name}{_reason(item['type'], item.get('ctx', {}))}。")
    return "\n".join(lines)


def _reason(kind: str, context: Mapping[str, Any]) -> str:
    match kind:
        case "value_error":
            return str(context["error"])
        case "int_parsing" | "int_type":
            return "要写一个整数"
        case "float_parsing" | "float_type" | "finite_number":
            return "要写一个数"
        case "bool_parsing" | "bool_type":
            return "要写 true 或 false"
        case "literal_error":
            return f"只能是 {context['expected']}".replace(" or ", ", ")
        case "greater_than":
            return f"要大于 {context['gt']:g}"
        case "greater_than_equal":
            return f"不能小于 {context['ge']:g}"
        case "less_than_equal":
            return f"不能大于 {context['le']:g}"
        case _:
            return "写法不对，请看 README 里的设置说明"
