"""Recognise a member: verify a code offline and make its holder the person of the session."""

from kiosk.members.cards import CardBook, KnownCard
from kiosk.members.events import (
    CardSeen,
    CardTroubled,
    CodeFound,
    CodeHinted,
    MemberRecognised,
    MemberRefused,
    SomethingRead,
)
from kiosk.members.face_desk import FaceHinted, Faces, FaceTaken
from kiosk.members.face_watch import FaceHint
from kiosk.members.printing import SlipPrinted, Slips
from kiosk.members.reader import CodeReader
from kiosk.members.recognition import Members
from kiosk.members.registration import NewMember, Registrar, own_key

__all__ = [
    "CardBook",
    "CardSeen",
    "CardTroubled",
    "CodeFound",
    "CodeHinted",
    "CodeReader",
    "FaceHint",
    "FaceHinted",
    "FaceTaken",
    "Faces",
    "KnownCard",
    "MemberRecognised",
    "MemberRefused",
    "Members",
    "NewMember",
    "Registrar",
    "SlipPrinted",
    "Slips",
    "SomethingRead",
    "own_key",
]
