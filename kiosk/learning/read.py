"""Rows for the screens, made from an offer and a record."""

import logging
from dataclasses import replace
from pathlib import Path

from kiosk.learning import captions
from kiosk.learning.library import Offer
from kiosk.learning.rows import CourseDetail, CourseRow, CourseState, Cue, Film, Picture, StepRow
from kiosk.learning.watching import ENOUGH, Extent, percent
from kiosk.protocol.course import Manifest, SlidesStep, VideoStep
from kiosk.storage.learning import Registration, StepProgress

log = logging.getLogger(__name__)


def extents(manifest: Manifest, kept: dict[str, StepProgress], done: bool) -> dict[str, Extent]:
    """How far each film was watched; `done` for a registration that is completed."""
    found = {}
    for step in manifest.to_watch:
        was = kept.get(step.id)
        position, reached = (was.position_ms, was.reached_ms) if was else (0, 0)
        found[step.id] = Extent.kept(step.length_ms, position, reached, done)
    return found


def course_row(offer: Offer, known: Registration | None, watched: dict[str, Extent], certified: bool) -> CourseRow:
    manifest = offer.manifest
    return CourseRow(
        id=offer.id,
        title=offer.title,
        summary=offer.summary,
        icon=offer.icon,
        minutes=offer.minutes,
        version=offer.version,
        state=CourseState.READY if manifest else CourseState.WAITING,
        has_quiz=manifest is not None and manifest.quiz is not None,
        percent=percent(list(watched.values())) if watched else 0,
        begun=known is not None,
        completed=known is not None and known.completed,
        passed=known is not None and known.passed,
        certified=certified,
    )


def course_detail(
    offer: Offer, known: Registration | None, watched: dict[str, Extent], certified: bool
) -> CourseDetail:
    row = course_row(offer, known, watched, certified)
    manifest = offer.manifest
    if manifest is None:
        return CourseDetail(row, (), 0, None, "", None)
    all_watched = all(extent.done for extent in watched.values())
    steps = tuple(
        StepRow(
            step.id,
            step.type,
            step.title,
            step.length_ms,
            watched[step.id].position,
            watched[step.id].done,
            True,
        )
        if step.type != "quiz"
        else StepRow(step.id, step.type, step.title, 0, 0, row.passed, all_watched)
        for step in manifest.steps
    )
    quiz = manifest.quiz
    following = next((step.id for step in steps if not step.done), "")
    return CourseDetail(
        row=row,
        steps=steps,
        duration_ms=manifest.duration_ms,
        pass_mark=quiz.pass_mark if quiz else None,
        next_step=following,
        score=known.score if known else None,
    )


def films(manifest: Manifest, folder: Path, watched: dict[str, Extent]) -> tuple[Film, ...]:
    """The films of a course, with their captions. A film that was watched to its end begins anew."""
    return tuple(_film(step, folder, watched[step.id]) for step in manifest.to_watch)


def _film(step: VideoStep | SlidesStep, folder: Path, extent: Extent) -> Film:
    at_end = extent.done and extent.position >= extent.length * ENOUGH
    film = Film(
        step=step.id,
        title=step.title,
        path=folder / next(step.files()),
        length_ms=step.length_ms,
        position_ms=0 if at_end else extent.position,
        reached_ms=extent.reached,
        free=extent.free,
        captions=(),
    )
    if step.type == "slides":
        return replace(film, slides=tuple(Picture(folder / slide.file, slide.text) for slide in step.slides))
    return replace(film, captions=tuple((one.language, _cues(folder / one.file)) for one in step.captions))


def _cues(path: Path) -> tuple[Cue, ...]:
    try:
        return captions.parse(path.read_bytes())
    except (OSError, captions.NotWebVtt) as error:
        log.warning("captions %s cannot be read: %s", path.name, error)
        return ()
