"""Settings from the environment and a file, and what is said of wrong ones."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from service.core.errors import SettingsError
from service.settings import Settings, load


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in a folder without a file."""
    monkeypatch.chdir(tmp_path)


def refused(monkeypatch: pytest.MonkeyPatch, **environment: str) -> str:
    """Return what is said of an environment that can't be used."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load()
    return str(caught.value)


def test_no_setting_means_rules_on_loopback() -> None:
    """Out of the box there is no model, no key and nobody else who could connect."""
    settings = load()
    assert (settings.host, settings.port, settings.log_level) == ("127.0.0.1", 8000, "info")
    assert settings.is_loopback
    assert not settings.has_llm
    assert settings.api_keys == ()


def test_command_line_over_environment_over_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The nearest word counts; what the command line leaves open is None."""
    (tmp_path / "notecoach.toml").write_text(
        'host = "::1"\nport = 1\nlog_level = "warning"\ncors_origins = ["https://a.example"]\n', "utf-8"
    )
    monkeypatch.setenv("NOTECOACH_PORT", "2")
    monkeypatch.setenv("NOTECOACH_LOG_LEVEL", "DEBUG")
    settings = load(host=None, port=3)
    assert (settings.host, settings.port, settings.log_level) == ("::1", 3, "debug")
    assert settings.cors_origins == ("https://a.example",)


def test_lists_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys and origins in the environment are plain lists."""
    monkeypatch.setenv("NOTECOACH_API_KEYS", " one, two ,")
    monkeypatch.setenv("NOTECOACH_CORS_ORIGINS", "https://a.example,https://b.example")
    settings = load()
    assert [key.get_secret_value() for key in settings.api_keys] == ["one", "two"]
    assert settings.cors_origins == ("https://a.example", "https://b.example")


@pytest.mark.parametrize("origin", ["foo", "a.example:80", "https://a.example/", "https://a.example/page"])
def test_an_origin_that_no_browser_sends_is_refused(monkeypatch: pytest.MonkeyPatch, origin: str) -> None:
    """A page would be turned away for ever, with nobody told why."""
    said = refused(monkeypatch, NOTECOACH_CORS_ORIGINS=f"https://b.example,{origin}")
    assert "NOTECOACH_CORS_ORIGINS" in said
    assert "https://a.example 这样的来源" in said


def test_any_origin_and_extensions_may_be_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """A star stands for all; extensions and local pages have origins of their own kind."""
    monkeypatch.setenv("NOTECOACH_CORS_ORIGINS", "*,chrome-extension://abc,http://localhost:3000")
    assert len(load().cors_origins) == 3


def test_a_model_s_settings_go_to_its_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Base URL and model make a model; the rest follows."""
    for name, value in {
        "BASE_URL": "http://127.0.0.1:9/v1", "MODEL": "m", "API_KEY": "k", "PRESET": "vllm",
        "TIMEOUT_S": "5.5", "CONCURRENCY": "3",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"NOTECOACH_LLM_{name}", value)
    llm = load().llm
    assert (llm.base_url, llm.model, llm.preset) == ("http://127.0.0.1:9/v1", "m", "vllm")
    assert (llm.timeout_s, llm.concurrency) == (5.5, 3)
    assert llm.api_key is not None
    assert llm.api_key.get_secret_value() == "k"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("NOTECOACH_PORT", "http", "整数"),
        ("NOTECOACH_PORT", "70000", "65535"),
        ("NOTECOACH_LOG_LEVEL", "loud", "debug"),
        ("NOTECOACH_INSECURE", "perhaps", "true"),
        ("NOTECOACH_LLM_TIMEOUT_S", "0", "大于 0"),
        ("NOTECOACH_LLM_TIMEOUT_S", "nan", "数"),
        ("NOTECOACH_LLM_CONCURRENCY", "0", "不能小于 1"),
        ("NOTECOACH_LLM_BASE_URL", "api.example.com", "https://"),
        ("NOTECOACH_API_KEYS", "has space", "ASCII"),
    ],
)
def test_a_wrong_value_is_named_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    """The error names the variable and what it may be, never what it was."""
    said = refused(monkeypatch, **{name: value})
    assert name in said
    assert words in said
    assert value == "0" or value not in said


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("NOTECOACH_LLM_MODEL", "NOTECOACH_LLM_BASE_URL"),
        ("NOTECOACH_LLM_API_KEY", "NOTECOACH_LLM_BASE_URL"),
    ],
)
def test_half_a_model_is_no_model(monkeypatch: pytest.MonkeyPatch, name: str, missing: str) -> None:
    """A model's name or key alone would do nothing: what is missing is told."""
    said = refused(monkeypatch, **{name: "half-said"})
    assert name in said
    assert missing in said
    assert "half-said" not in said


def test_a_misspelt_variable_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """…_API_KEY for …_API_KEYS would leave the service open without a word."""
    said = refused(monkeypatch, NOTECOACH_API_KEY="hush")
    assert "NOTECOACH_API_KEYS" in said
    assert "hush" not in said


def test_other_tools_may_have_variables_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name unlike any of ours is none of our business."""
    monkeypatch.setenv("NOTECOACH_BENCH_ROUNDS", "7")
    assert load() == Settings()


def test_an_empty_variable_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compose files set empty variables for what is left open."""
    monkeypatch.setenv("NOTECOACH_PORT", "")
    monkeypatch.setenv("NOTECOACH_LLM_MODEL", "")
    assert load() == Settings()


@pytest.mark.parametrize(
    "line",
    [
        'api_keys = ["hush"]',
        'notecoach_api_keys = "hush"',
        'llm_api_key = "hush"',
        'database_url = "postgresql://me:hush@db/notes"',
    ],
)
def test_a_secret_in_the_file_is_refused(tmp_path: Path, line: str) -> None:
    """Files get shared: a secret in one is told, and not repeated."""
    (tmp_path / "notecoach.toml").write_text(line, "utf-8")
    with pytest.raises(SettingsError, match="环境变量") as caught:
        load()
    assert "hush" not in str(caught.value)


def test_an_unknown_name_in_the_file_is_refused(tmp_path: Path) -> None:
    """A typo in the file is told, with what was probably meant."""
    (tmp_path / "notecoach.toml").write_text("prot = 1\nllm_modle = 'x'\n", "utf-8")
    with pytest.raises(SettingsError, match="prot"):
        load()


def test_a_broken_file_is_told_by_its_line(tmp_path: Path) -> None:
    """What can't be parsed is told by its place."""
    (tmp_path / "notecoach.toml").write_text("port = \n", "utf-8")
    with pytest.raises(SettingsError, match="line 1"):
        load()


def test_a_file_that_is_named_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """NOTECOACH_CONFIG names a file: it is read, or missed."""
    path = tmp_path / "other.toml"
    monkeypatch.setenv("NOTECOACH_CONFIG", str(path))
    with pytest.raises(SettingsError, match="找不到"):
        load()
    path.write_text("port = 5\n", "utf-8")
    assert load().port == 5


def test_settings_can_t_be_changed_and_show_no_secret() -> None:
    """They are frozen, and print without keys."""
    hush = SecretStr("hush")
    settings = Settings(api_keys=(hush,), llm_base_url="http://x/v1", llm_model="m", llm_api_key=hush)
    assert "hush" not in repr(settings) + str(settings.llm)
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1
