"""The numbers of a report: what was counted, and how much of what happened that can be."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from hub.database import Row
from hub.reports_gaps import AHEAD, COMPLETE, RUNNING, Record, records
from hub.reports_model import Day, Group, Hour, Line, Place, Report, Scope, Texts, Whole, texts
from hub.reports_period import Length, Period
from hub.reports_scope import Known
from hub.reports_words import GROUPS, MEMBER, NOBODY, TOTALS, word
from hub.state import Hub
from kiosk.protocol.registration import Occupation

States = dict[date, Counter[str]]
# Somebody recognised as a member is known by a registration of their own, or by one that was found to be theirs.
_MEMBERS = """
    SELECT occupation, SUM(count) AS count FROM (
        SELECT c.count, COALESCE(
            (SELECT r.occupation FROM members_registration r WHERE r.member = c.key),
            (SELECT r.occupation FROM members_decision d JOIN members_registration r ON r.member = d.member
             WHERE d.final = c.key ORDER BY r.at DESC, r.member LIMIT 1), '') AS occupation
        FROM report_count c WHERE c.station IN ({marks}) AND c.hour >= ? AND c.hour < ? AND c.what = 'member'
    ) counted GROUP BY occupation
"""
_COURSES = """
    SELECT COALESCE(l.course, '') AS key, SUM(c.count) AS count FROM report_count c
    LEFT JOIN learning_launch l ON l.launch = c.key
    WHERE c.station IN ({marks}) AND c.hour >= ? AND c.hour < ? AND c.what = 'course' GROUP BY COALESCE(l.course, '')
"""
_HOURS = """
    SELECT hour, what, key, SUM(count) AS count FROM report_count
    WHERE station IN ({marks}) AND hour >= ? AND hour < ? AND what NOT IN ('member', 'course') GROUP BY hour, what, key
"""
_PLACES = """
    SELECT station, what, SUM(count) AS count FROM report_count
    WHERE station IN ({marks}) AND hour >= ? AND hour < ? AND what IN ('visit', 'given') GROUP BY station, what
"""
_CATALOGUE = {"given": "item", "lent": "item", "service": "service", "call": "call_topic", "course": "course"}
_CATALOGUE |= {"certificate": "course"}
_ORDERED = ("door", "occupation")  # in an order of their own; all else by how many


def report(hub: Hub, period: Period, scope: Scope, stations: list[Known]) -> Report:
    """The report of a period about these stations. Blocking."""
    now, known = hub.now(), records(hub, period.start, scope.id if scope.kind == "station" else "")
    states = {one.id: _states(known.get(one.id, Record()), period, now) for one in stations}
    all_days: States = {day: Counter(by_day[day] for by_day in states.values()) for day in period.days}
    together: Counter[str] = sum(all_days.values(), Counter())
    over = _whole(together)
    hours = _rows(hub, _HOURS, period, stations)
    sums: Counter[tuple[str, str]] = Counter()
    by_day: dict[str, Counter[date]] = defaultdict(Counter)
    by_hour: Counter[int] = Counter()
    for row in hours:
        day, hour = period.hours[row["hour"]]
        sums[row["what"], row["key"]] += row["count"]
        by_day[row["what"]][day] += row["count"]
        by_hour[hour] += row["count"] if row["what"] == "visit" else 0
    sums |= Counter({("course", row["key"]): int(row["count"]) for row in _rows(hub, _COURSES, period, stations)})
    members = {row["occupation"]: int(row["count"]) for row in _rows(hub, _MEMBERS, period, stations)}
    totals = _totals(sums, sum(members.values()))
    sums |= _occupations(members, totals["visit"])
    days = [_day(day, all_days[day], by_day["visit"][day], by_day["given"][day]) for day in period.days]
    return Report(
        length=period.length,
        first=period.first,
        last=period.last,
        previous=period.neighbour(-1),
        next=period.neighbour(1),
        time_zone=str(period.zone),
        made=now,
        scope=scope,
        stations=len(stations),
        running=together[RUNNING],
        totals=[Line(key=key, name=texts(TOTALS[key]), count=_said(totals[key], over)) for key in TOTALS],
        days=days,
        hours=_day_hours(period, stations, known, by_hour, now)
        if period.length is Length.DAY
        else [
            Hour(hour=hour, state=_state(together, over), visits=_said(by_hour[hour], over), **over.model_dump())
            for hour in range(24)
        ],
        groups=_groups(hub, sums),
        places=_places(_rows(hub, _PLACES, period, stations), scope, stations, states),
        **over.model_dump(),
    )


def _rows(hub: Hub, sql: str, period: Period, stations: list[Known]) -> list[Row]:
    if not stations:
        return []
    marks = ",".join("?" * len(stations))
    first, last = min(period.hours), max(period.hours)
    return hub.db.rows(sql.format(marks=marks), [*(one.id for one in stations), first, last + 1])


def _states(record: Record, period: Period, now: datetime) -> dict[date, str]:
    return {day: record.state(*period.bounds(day), now) for day in period.days}


def _whole(states: Counter[str]) -> Whole:
    """How much of what is over is here."""
    gaps = {why: count for why, count in sorted(states.items()) if why not in (COMPLETE, RUNNING, AHEAD) and count}
    return Whole(complete=states[COMPLETE], of=states[COMPLETE] + sum(gaps.values()), gaps=gaps)


def _said(count: int, whole: Whole) -> int | None:
    """What is known; nothing is not said where nobody could know."""
    return count if count or whole.complete else None


def _state(states: Counter[str], whole: Whole) -> str:
    """One word for how much of something is here."""
    if whole.of:
        return "gap" if not whole.complete else "complete" if whole.complete == whole.of else "part"
    return "running" if states[RUNNING] else "ahead" if states[AHEAD] else "gap"


def _day(day: date, states: Counter[str], visits: int, given: int) -> Day:
    whole = _whole(states)
    return Day(
        day=day,
        state=_state(states, whole),
        visits=_said(visits, whole),
        given=_said(given, whole),
        **whole.model_dump(),
    )


def _day_hours(
    period: Period, stations: list[Known], known: dict[str, Record], visits: Counter[int], now: datetime
) -> list[Hour]:
    """The hours of one day, each as complete as it is."""
    found = []
    for hour, begins, ends in period.hours_of_day():
        states = Counter(known.get(one.id, Record()).state(begins, ends, now) for one in stations)
        whole = _whole(states)
        said = _said(visits[hour], whole)
        found.append(Hour(hour=hour, state=_state(states, whole), visits=said, **whole.model_dump()))
    return found


def _totals(sums: Counter[tuple[str, str]], members: int) -> Counter[str]:
    totals: Counter[str] = Counter({"member": members})
    for (what, key), count in sums.items():
        totals[key if what == "door" else what] += count
    return totals


def _occupations(members: dict[str, int], visits: int) -> Counter[tuple[str, str]]:
    """Visits by what people work as. Whoever was not recognised is the rest."""
    found = Counter({("occupation", occupation or MEMBER): count for occupation, count in members.items()})
    found["occupation", NOBODY] = max(0, visits - sum(members.values()))
    return found


def _groups(hub: Hub, sums: Counter[tuple[str, str]]) -> list[Group]:
    names = _names(hub)
    units = {d.id: _texts(d.body.get("unit")) for d in hub.catalogue.documents(kind="item")}
    lines: dict[str, list[Line]] = {key: [] for key in GROUPS}
    for (what, key), count in sums.items():
        group, shown = ("alarm", "drill") if what == "drill" else (what, key)
        if group not in lines or not count:
            continue
        name = names.get((_CATALOGUE.get(group, ""), key)) or texts(word(group, shown))
        same = next((line for line in lines[group] if line.key == shown), None)
        if same is not None:
            same.count = (same.count or 0) + count
            continue
        unit = units.get(key, {}) if group in ("given", "lent") else {}
        lines[group].append(Line(key=shown, name=name, unit=unit, count=count))
    for group, found in lines.items():
        found.sort(key=lambda line: (_place(group, line.key), -(line.count or 0), line.key))
    return [Group(key=key, name=texts(GROUPS[key]), lines=found) for key, found in lines.items() if found]


def _place(group: str, key: str) -> int:
    """Where a line belongs in a group that has an order of its own; the rest stands at the end of all others."""
    if group == "occupation":
        order = [*Occupation, MEMBER, NOBODY]
        return order.index(key) if key in order[-3:] else 0
    return ["opened", "asked", "refused", "failed"].index(key) if group == "door" else key == "drill"


def _names(hub: Hub) -> dict[tuple[str, str], Texts]:
    found = {}
    for kind in sorted(set(_CATALOGUE.values())):
        for document in hub.catalogue.documents(kind=kind):
            if name := _texts(document.body.get("name") or document.body.get("title")):
                found[kind, document.id] = name
    return found


def _texts(value: Any) -> Texts:
    if not isinstance(value, dict) or not value.get("zh_CN"):
        return {}
    return texts((str(value["zh_CN"]), str(value.get("en") or value["zh_CN"])))


def _places(rows: list[Row], scope: Scope, stations: list[Known], states: dict[str, dict[date, str]]) -> list[Place]:
    """The districts of a city, or the stations of a district."""
    if scope.kind == "station":
        return []
    by_station = {(row["station"], row["what"]): int(row["count"]) for row in rows}
    parts: dict[str, list[Known]] = defaultdict(list)
    for one in stations:
        parts[one.district if scope.kind == "city" else one.id].append(one)
    return [_part(scope, key, members, by_station, states) for key, members in sorted(parts.items(), key=_last)]


def _last(part: tuple[str, Iterable[Known]]) -> tuple[bool, str]:
    return not part[0], part[0]


def _part(
    scope: Scope,
    key: str,
    members: list[Known],
    counts: dict[tuple[str, str], int],
    states: dict[str, dict[date, str]],
) -> Place:
    whole = _whole(Counter(state for one in members for state in states[one.id].values()))
    visits, given = (sum(counts.get((one.id, what), 0) for one in members) for what in ("visit", "given"))
    city = scope.kind == "city"
    return Place(
        kind="district" if city else "station",
        id=key,
        name=members[0].district_name if city else members[0].name,
        visits=_said(visits, whole),
        given=_said(given, whole),
        **whole.model_dump(),
    )
