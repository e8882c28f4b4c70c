"""When a face is somebody's. Pure. Thresholds after specs/devices.md, 5.2: to be calibrated on site."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.devices.face.engine import Template, similarity

ALONE, MARGIN = 0.45, 0.05  # one of many: how like, and how much liker than the next
CONFIRM = 0.363  # one who said who they are
FRAMES, AGREE = 5, 3  # so many of the last pictures have to say the same


def best(template: Template, known: Mapping[str, Template]) -> str:
    """Whose face this is among those that are known, "" nobody's for sure."""
    scores = sorted(((similarity(template, other), member) for member, other in known.items()), reverse=True)
    if not scores or scores[0][0] < ALONE:
        return ""
    if len(scores) > 1 and scores[0][0] - scores[1][0] < MARGIN:
        return ""
    return scores[0][1]


def confirms(template: Template, mine: Template) -> bool:
    """Whether this is the face of the member who said so."""
    return similarity(template, mine) >= CONFIRM


@dataclass(slots=True)
class Votes:
    """The last pictures: who was seen in each, "" nobody."""

    last: deque[str] = field(default_factory=lambda: deque(maxlen=FRAMES))

    def add(self, who: str) -> str:
        """Take in one more picture. Returns whom enough of the last pictures agree on, "" nobody yet."""
        self.last.append(who)
        return who if who and sum(seen == who for seen in self.last) >= AGREE else ""
