"""How the service is set up: environment variables `FB_…`, overridden by what a command says."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One frozen value for the whole process.

    Attributes:
        data: the folder of database, keys and lock (`FB_DATA`).
        policies: a folder of policies in place of the bundled ones (`FB_POLICIES`).
        host: the address to listen on; this version serves loopback only.
        port: the port to listen on; 0 takes a free one.
        source: the name of this instance in the log, `[a-z0-9-]{1,32}`.
    """

    model_config = SettingsConfigDict(env_prefix="FB_", frozen=True, extra="ignore")

    data: Path = Path("data")
    policies: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    source: str = "app1"

    @property
    def database(self) -> Path:
        """The database file."""
        return self.data / "fallberatung.sqlite3"

    @property
    def keys(self) -> Path:
        """The folder of the server's own keys."""
        return self.data / "keys"

    @property
    def lock(self) -> Path:
        """The lock file of the one writing process."""
        return self.data / "lock"
