"""What the hub is told by its operator: one TOML file, or defaults that suit a demonstration."""

import os
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hub.problems import Problem

_FROM_ENVIRONMENT = {
    "HUB_DATABASE_URL": "database_url",
    "HUB_BUS_URL": "bus_url",
    "HUB_ALARM_GATEWAY_SECRET": "alarm_gateway_secret",
}


class ConfigInvalid(Problem):
    code = "config.invalid"
    title = ("配置文件有误", "The configuration is not valid")


class HubConfig(BaseModel):
    """The whole configuration. Relative paths are relative to the working directory; sizes in bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Path = Path("var/hub")
    public_url: str = ""  # as phones and browsers reach it, for example https://desk.example.org; "" = as asked
    time_zone: str = "Asia/Shanghai"
    database_url: str = ""  # "postgresql://user:password@host/name"; "" = a SQLite file in data_dir; HUB_DATABASE_URL
    bus_url: str = ""  # "redis://:password@host/0": several processes serve one city; "" = the only one; HUB_BUS_URL
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    session_hours: float = Field(default=12, gt=0, le=72)  # a shift; a session ends so long after signing in
    enrolment_hours: float = Field(default=24, gt=0, le=24 * 14)  # how long a one-time code can be used
    body_bytes: int = Field(default=256 << 10, gt=0)  # largest request body where a feature does not say otherwise
    body_seconds: float = Field(default=60, gt=0)  # a body that has not arrived by then is given up
    attempts_per_minute: int = Field(default=20, gt=0)  # sign-in and enrolment, each address
    page_documents: int = Field(default=500, gt=0, le=5000)  # documents in one answer of the catalogue
    page_bytes: int = Field(default=4 << 20, gt=0)
    journal_months: int = Field(default=0, ge=0, le=1200)  # whole months of entries kept besides this one; 0 = all
    journal_archive: Path | None = None  # where older ones go, as files; not said = "archive" in data_dir
    registration_confirms: Literal["id_card", "everybody"] = "id_card"  # whom the hub confirms without a person
    stun_urls: tuple[str, ...] = ()  # for example "stun:desk.example.org:3478"
    turn_urls: tuple[str, ...] = ()  # a relay (coturn with use-auth-secret), for example "turn:desk.example.org:3478"
    turn_secret: str = ""  # its static-auth-secret; short-lived credentials are made from it for each call
    alarm_gateway_url: str = ""  # an SMS or telephone gateway that is told of an alarm nobody has acknowledged
    alarm_gateway_secret: str = ""  # signs what it is told; HUB_ALARM_GATEWAY_SECRET

    @property
    def database(self) -> Path:
        return self.data_dir / "hub.db"

    @property
    def archive(self) -> Path:
        return self.journal_archive or self.data_dir / "archive"

    @property
    def files(self) -> Path:
        return self.data_dir / "files"


def load_config(path: Path | None, **overrides: Any) -> HubConfig:
    """Read `path` (None = defaults) and lay `overrides` over it. Raises ConfigInvalid."""
    try:
        values = tomllib.loads(path.read_text("utf-8")) if path else {}
        for name, field in _FROM_ENVIRONMENT.items():  # a password belongs into the environment, not into a file
            if value := os.environ.get(name):
                values[field] = value
        return HubConfig.model_validate(values | overrides)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ConfigInvalid(
            path=str(path or ""), where=".".join(map(str, first["loc"])), reason=first["msg"]
        ) from error
    except (OSError, ValueError) as error:
        raise ConfigInvalid(path=str(path or ""), reason=str(error)) from error
