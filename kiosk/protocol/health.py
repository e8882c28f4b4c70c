"""How a terminal is, as it says itself on the live link: every minute, at once when something falls ill; goodbye."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from kiosk.protocol.link import LinkMessage, link_message

BEAT_SECONDS = 60.0  # specs/devices.md, section 7: a heartbeat a minute, lost after three
DeviceName = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class Health(BaseModel):
    """`devices` by name; `details` says more of those that are sick, for a technician. `disk_free` in MiB, -1 unknown.

    `waiting` are journal entries the hub has not acknowledged, `catalogue` the revision that is applied.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    version: str = Field(default="", max_length=40)
    devices: dict[DeviceName, Literal["off", "starting", "well", "sick"]] = Field(default={}, max_length=40)
    details: dict[DeviceName, Annotated[str, StringConstraints(max_length=200)]] = Field(default={}, max_length=40)
    waiting: int = Field(default=0, ge=0)
    catalogue: int = Field(default=0, ge=0)
    clock: str = Field(default="", max_length=20)
    disk_free: int = -1

    @property
    def sick(self) -> tuple[str, ...]:
        """Names of what is not well, in order."""
        return tuple(sorted(name for name, state in self.devices.items() if state == "sick"))


@link_message("beat")
class Beat(LinkMessage):
    health: Health = Health()


@link_message("goodbye")
class Goodbye(LinkMessage):
    """The program ends in order; whoever looks need not worry."""
