"""Settings: frozen, checked at start. Defaults <- `data/settings.toml` <- NEWSPRISM_* in the environment."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from etl.errors import SettingsError

DATA = Path(__file__).resolve().parents[1] / "data"


class Settings(BaseSettings):
    """Everything that a user may set; each field's description stands in the documentation."""

    model_config = SettingsConfigDict(frozen=True, env_prefix="NEWSPRISM_", extra="forbid")

    store: Path = Field(DATA / "store", description="folder of your own store")
    demos: Path = Field(DATA / "demo", description="folder of the demonstration stores")
    snapshots: Path = Field(DATA / "snapshots", description="folder of the raw bytes")
    outlets: Path = Field(DATA / "outlets.toml", description="the outlets and their feeds")
    actors: Path = Field(DATA / "actors.toml", description="what you decided about actors; may be missing")
    stories: Path = Field(DATA / "stories.toml", description="what you decided about stories; may be missing")
    alerts: Path = Field(DATA / "alerts.toml", description="what you want to be told of; may be missing")
    address: str = Field("http://127.0.0.1:8501", description="where the dashboard stands: links lead there")
    mail: SecretStr = Field(
        SecretStr(""), description="mail server of alerts, smtp://name:password@host:587 or smtps://…"
    )
    mail_from: str = Field("newsprism@localhost", description="who the mails of alerts are from")
    workers: int = Field(max(1, os.cpu_count() or 1), ge=1, description="processes that compute features")
    cluster: str = Field("", description="address of a Dask scheduler that computes features instead")
    batch: int = Field(500, ge=1, description="articles that become visible together")
    max_bytes: int = Field(10_000_000, ge=1_000, description="largest input that is read, bytes")
    timeout: float = Field(20.0, gt=0, description="longest wait for an answer, seconds")
    max_redirects: int = Field(5, ge=0, description="redirects that are followed")
    pause: float = Field(1.0, ge=0, description="pause between two requests to one host, seconds")
    private_hosts: tuple[str, ...] = Field((), description="host:port on private networks that may be asked")
    recognisers: dict[str, str] = Field(
        {}, description="language -> what reads names in it: a spaCy package or folder, or module:function"
    )
    user_agent: str = Field("NewsPrism/0.1 (media monitoring)", description="how the fetcher names itself")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Given in code, then the environment, then `data/settings.toml`; the first that speaks wins."""
        file = Path(os.environ.get("NEWSPRISM_SETTINGS", DATA / "settings.toml"))
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, file)

    @property
    def newsrooms(self) -> dict[str, Path]:
        """Store folders by the name they have in the dashboard; your own first."""
        return {"own": self.store, "news": self.demos / "news", "sample": self.demos / "sample"}


def read_settings(**given: object) -> Settings:
    """The settings in force.

    Raises:
        SettingsError: a value is of the wrong type or out of range, or a name is unknown.
    """
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic checks the values
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError(name, first["msg"], "see data/settings.toml") from error
