"""Simulated days: the same seed gives the same days, and they look like a station's."""

import statistics
from datetime import date, timedelta

from kiosk.fleet import VISITS, day_of

DAY = date(2026, 11, 2)


def test_the_same_seed_gives_the_same_day() -> None:
    one, other = list(day_of("WX-0001", DAY, 1)), list(day_of("WX-0001", DAY, 1))
    assert one == other
    assert one != list(day_of("WX-0001", DAY, 2))
    assert one != list(day_of("WX-0002", DAY, 1))


def test_as_many_visits_as_there_are_and_most_of_them_by_day() -> None:
    days = [list(day_of(f"WX-{n:04}", DAY + timedelta(days=n), 3)) for n in range(400)]
    visits = [[at for at, body in day if body.kind == "session.started"] for day in days]
    assert abs(statistics.mean(map(len, visits)) - VISITS) < 1
    hours = [(at.hour + 8) % 24 for day in visits for at in day]
    assert sum(10 <= hour < 14 for hour in hours) > 4 * sum(0 <= hour < 4 for hour in hours)
    for day in days[:40]:
        sessions = {body.model_dump()["session"] for _, body in day if "session" in type(body).model_fields}
        ended = [body for _, body in day if body.kind == "session.ended"]
        assert len(ended) == len(sessions)
