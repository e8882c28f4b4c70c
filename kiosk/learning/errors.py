"""What can go wrong with a course. A pack is refused for a few coarse reasons; the exact one is journalled."""

from kiosk.errors import KioskError
from kiosk.protocol.pack import PackProblem


class LearningError(KioskError):
    """Base of what a course refuses; never raised itself."""

    code = "learning.refused"


class CourseNotHere(LearningError):
    """The course is published, and its media have not arrived (or were lost)."""

    code = "learning.not_here"


class SittingOver(LearningError):
    """What was asked belongs to a sitting that has ended."""

    code = "learning.over"


class QuizLocked(LearningError):
    """The quiz opens when the videos have been watched."""

    code = "learning.quiz_locked"


class TriesUsedUp(LearningError):
    code = "learning.tries_used_up"


class MediaBroken(LearningError):
    """A film of this course cannot be played."""

    code = "learning.media_broken"


class NoCertificate(LearningError):
    """There is none: not recognised, or not passed yet."""

    code = "learning.no_certificate"


class PackError(KioskError):
    """Base of the refusals of packs; `problem` and `where` in `details` are for a log."""

    code = "pack.refused"


class PackUnreadable(PackError):
    code = "pack.unreadable"


class PackDamaged(PackError):
    """Bytes of it are not what they were when it was signed, or it is not a pack at all."""

    code = "pack.damaged"


class PackTooLarge(PackError):
    code = "pack.too_large"


class PackUnsafe(PackError):
    """It tries to write outside its folder, or to grow when unpacked."""

    code = "pack.unsafe"


class PackUntrusted(PackError):
    """Signed by nobody this station knows."""

    code = "pack.untrusted"


class PackInvalid(PackError):
    """Genuine, and still not a course that could be taken; its publisher must repair it."""

    code = "pack.invalid"


REFUSED_AS: dict[PackProblem, type[PackError]] = {
    PackProblem.UNREADABLE: PackUnreadable,
    PackProblem.NOT_A_PACK: PackDamaged,
    PackProblem.TOO_LARGE: PackTooLarge,
    PackProblem.COMPRESSED: PackUnsafe,
    PackProblem.PATH: PackUnsafe,
    PackProblem.LAYOUT: PackDamaged,
    PackProblem.SIGNATURE: PackDamaged,
    PackProblem.UNKNOWN_PUBLISHER: PackUntrusted,
    PackProblem.KEY_NOT_IN_USE: PackUntrusted,
    PackProblem.MANIFEST: PackInvalid,
    PackProblem.HASH: PackDamaged,
}
