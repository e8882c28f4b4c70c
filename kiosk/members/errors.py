"""Why a member code is not taken. Coarse on purpose: whoever holds a forged code learns nothing from the refusal."""

from kiosk.errors import KioskError
from kiosk.protocol.members import Refusal


class MemberCodeRefused(KioskError):
    """Base of the refusals; never raised itself."""

    code = "member.refused"


class NotAMemberCode(MemberCodeRefused):
    code = "member.not_a_code"


class CodeDamaged(MemberCodeRefused):
    code = "member.damaged"


class UnknownIssuer(MemberCodeRefused):
    code = "member.unknown_issuer"


class CodeExpired(MemberCodeRefused):
    code = "member.expired"


class CodeNotYetValid(MemberCodeRefused):
    code = "member.not_yet_valid"


class CodeRevoked(MemberCodeRefused):
    code = "member.revoked"


class ClockNotTrusted(MemberCodeRefused):
    code = "member.clock_not_trusted"


class CodeAlreadyUsed(MemberCodeRefused):
    """A short-lived code was shown a second time, by another visitor."""

    code = "member.already_used"


class FaceWanted(MemberCodeRefused):
    """The code is good, and its member asked that their face be looked at too."""

    code = "member.face_wanted"


class FaceDiffers(MemberCodeRefused):
    """Whoever shows the code does not look like its member."""

    code = "member.face_differs"


class ListTooOld(MemberCodeRefused):
    """The station has been without news of revocations for longer than its settings allow."""

    code = "member.list_too_old"


REFUSED_AS: dict[Refusal, type[MemberCodeRefused]] = {
    Refusal.FOREIGN: NotAMemberCode,
    Refusal.DAMAGED: CodeDamaged,
    Refusal.UNKNOWN_ISSUER: UnknownIssuer,
    Refusal.EXPIRED: CodeExpired,
    Refusal.NOT_YET_VALID: CodeNotYetValid,
    Refusal.CLOCK: ClockNotTrusted,
    Refusal.REVOKED: CodeRevoked,
}
