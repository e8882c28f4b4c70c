"""Who leads: a lease on the switchboard, as the process that asks for it sees it. Pure: time is handed in.

The lease is a key in Redis that expires by itself. A process is sure of it only for less time than it lasts, counted
from before it asked, so that clocks which run apart and answers that come late never make two leaders. A server that
was restarted has forgotten who led: whoever has just reached it waits one lease before taking one that is free. Each
lease has a term (the fencing token) that only grows; what an older term says is refused, by Redis and by its hearers.
"""

from dataclasses import dataclass

LEASE_SECONDS = 2.0
RENEW_SECONDS = 0.4
_SAFETY = 0.2  # the clocks of two machines may differ by a twentieth in how fast they run


@dataclass
class Lease:
    """Seconds of one clock that only moves forward, also while the machine is suspended."""

    term: int = 0  # of the lease we have or had last and were not refused since; 0 = none
    until: float = float("-inf")
    _reached: float = float("inf")

    def reached(self, now: float) -> None:
        """A connection to the server stands."""
        self._reached = now

    def may_take(self, now: float) -> bool:
        """Whether we may have a lease that is free."""
        return self.holds(now) or now - self._reached >= LEASE_SECONDS

    def granted(self, asked: float, term: int) -> None:
        """The server said that it is ours; we had asked at `asked`."""
        self.term, self.until = term, asked + LEASE_SECONDS - _SAFETY

    def refused(self) -> None:
        """Another process has it."""
        self.term, self.until = 0, float("-inf")

    def holds(self, now: float) -> bool:
        """Whether we may act as the leader at this moment."""
        return self.term > 0 and now < self.until
