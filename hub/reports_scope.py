"""Which stations a report is about, as far as whoever asks may know of them."""

from dataclasses import dataclass
from typing import Any

from hub.districts import Reach
from hub.problems import Problem
from hub.reports_model import Scope, Texts, texts
from hub.reports_words import CITY, NO_DISTRICT
from hub.revocation import NoSuchStation
from hub.state import Hub


class NoSuchDistrict(Problem):
    status = 404
    code = "reports.no_district"
    title = ("没有这个区", "There is no such district")


@dataclass(frozen=True, slots=True)
class Known:
    """A station that was enrolled or published. `district` is the Chinese name, "" for none."""

    id: str
    name: Texts
    district: str
    district_name: Texts


def known_stations(hub: Hub, reach: Reach) -> list[Known]:
    """Every station within reach, in order of id: one that was published and has no terminal yet is one, too."""
    settings = {document.id: document.body for document in hub.catalogue.documents(kind="station_settings")}
    ids = {row["id"] for row in hub.db.rows("SELECT id FROM station")} | settings.keys()
    return [_known(station, settings.get(station, {})) for station in sorted(ids) if reach.covers(station)]


def chosen(hub: Hub, reach: Reach, own: str, district: str = "", station: str = "") -> tuple[Scope, list[Known]]:
    """The stations of a station, a district, or of everything within reach. `own` is the district of who asks.

    Raises NoSuchStation and NoSuchDistrict, also for what is out of reach. Blocking.
    """
    stations = known_stations(hub, reach)
    if station:
        found = [one for one in stations if one.id == station]
        if not found:
            raise NoSuchStation(station=station)
        return Scope(kind="station", id=station, name=found[0].name), found
    wanted = district or own
    if not wanted:
        return Scope(kind="city", id="", name=texts(CITY)), stations
    found = [one for one in stations if one.district == wanted]
    if not found and wanted != own:
        raise NoSuchDistrict(district=district)
    name = found[0].district_name if found else texts((wanted, wanted))
    return Scope(kind="district", id=wanted, name=name), found


def _known(station: str, body: dict[str, Any]) -> Known:
    district = _texts(body.get("district"), "")
    name = _texts(body.get("name"), station)
    no_district = texts(NO_DISTRICT)
    return Known(station, name, district["zh_CN"], district if district["zh_CN"] else no_district)


def _texts(value: object, instead: str) -> Texts:
    found = {key: str(text) for key, text in value.items()} if isinstance(value, dict) else {}
    chinese = found.get("zh_CN") or instead
    return texts((chinese, found.get("en") or chinese))
