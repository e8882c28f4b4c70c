"""What happened, for whoever has to say it: a day, a week or a month of a station, a district or the city.

The same numbers on the console, as a table for a spreadsheet, on paper and from the command line. What they are
counted from is `hub/reports_count.py`; what is missing from them, and how that is known, `hub/reports_gaps.py`.
"""

from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from hub.accounts import Staff
from hub.auth import require
from hub.districts import ReachDep
from hub.features import Projection
from hub.problems import language_of
from hub.reports_count import SCHEMA, TABLES
from hub.reports_count import count as on_entries
from hub.reports_count import forget as on_redacted
from hub.reports_csv import table
from hub.reports_demo import on_demo
from hub.reports_figures import report
from hub.reports_model import Report, Texts
from hub.reports_pdf import paper
from hub.reports_period import Length, period_of
from hub.reports_scope import chosen, known_stations
from hub.state import Hub, HubDep

__all__ = ["on_demo", "on_entries", "on_redacted"]
PROJECTION = Projection(version=1, tables=TABLES, schema=SCHEMA)
router = APIRouter(tags=["reports"])
Reader = Annotated[Staff, Depends(require("duty", "manager"))]
_FIRST, _LAST = date(2000, 1, 1), date(9000, 1, 1)


class PlaceChoice(BaseModel):
    """A station somebody may ask for. `district` is what districts are asked for by, "" for none."""

    id: str
    name: Texts
    district: str
    district_name: Texts


class Wanted(BaseModel):
    """What is asked for: the period in which `day` lies (today's when none is named), and of what."""

    length: Length = Length.MONTH
    day: Annotated[date, Query(ge=_FIRST, le=_LAST)] | None = None
    district: Annotated[str, Query(max_length=80)] = ""
    station: Annotated[str, Query(max_length=40)] = ""


def wanted(hub: Hub, reach: ReachDep, own: str, asked: Wanted) -> Report:
    """The report that is asked for. Raises NoSuchStation, NoSuchDistrict. Blocking."""
    zone = ZoneInfo(hub.config.time_zone)
    day = asked.day or hub.now().astimezone(zone).date()
    scope, stations = chosen(hub, reach, own, asked.district, asked.station)
    return report(hub, period_of(asked.length, day, zone), scope, stations)


def file_name(made: Report, suffix: str) -> str:
    """Plain letters alone: browsers and mail programs agree on those."""
    first = made.first.strftime("%Y-%m" if made.length is Length.MONTH else "%Y-%m-%d")
    about = made.scope.id if made.scope.id.isascii() else made.scope.name.get("en", "")
    about = "".join(c if c.isascii() and c.isalnum() else "-" for c in about).strip("-")
    return "-".join(filter(None, ["report", str(made.length), first, about])) + suffix


Asked = Annotated[Wanted, Query()]
Language = Annotated[Literal["zh", "en"] | None, Query(description="as the browser asks where none is named")]
_CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {}}, "description": "UTF-8, with a mark so that spreadsheets know"}
}
_PDF: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}}, "description": "A4"}}


@router.get("/api/console/reports", summary="The numbers of a day, a week or a month")
def reports(hub: HubDep, reach: ReachDep, staff: Reader, asked: Asked) -> Report:
    return wanted(hub, reach, staff.district, asked)


@router.get(
    "/api/console/reports.csv",
    summary="The same as a table for a spreadsheet",
    response_class=Response,
    responses=_CSV,
)
def reports_table(
    request: Request, hub: HubDep, reach: ReachDep, staff: Reader, asked: Asked, language: Language = None
) -> Response:
    made = wanted(hub, reach, staff.district, asked)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(made, ".csv")}"'}
    text = table(made, language or language_of(request))
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/api/console/reports.pdf", summary="The same on paper", response_class=Response, responses=_PDF)
def reports_paper(
    request: Request, hub: HubDep, reach: ReachDep, staff: Reader, asked: Asked, language: Language = None
) -> Response:
    made = wanted(hub, reach, staff.district, asked)
    headers = {"Content-Disposition": f'inline; filename="{file_name(made, ".pdf")}"'}
    return Response(paper(made, language or language_of(request)), media_type="application/pdf", headers=headers)


@router.get(
    "/api/console/reports/places",
    summary="The stations a report can be about, with their districts",
    dependencies=[Depends(require("duty", "manager"))],
)
def report_places(hub: HubDep, reach: ReachDep) -> list[PlaceChoice]:
    found = known_stations(hub, reach)
    return [
        PlaceChoice(id=one.id, name=one.name, district=one.district, district_name=one.district_name) for one in found
    ]
