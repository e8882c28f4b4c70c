"""Recognise a member: verify a code offline and make its holder the person of the session."""

from kiosk.members.events import CodeFound, CodeHinted, MemberRecognised, MemberRefused
from kiosk.members.reader import CodeReader
from kiosk.members.recognition import Members

__all__ = ["CodeFound", "CodeHinted", "CodeReader", "MemberRecognised", "MemberRefused", "Members"]
