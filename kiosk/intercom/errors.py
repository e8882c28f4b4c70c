"""Why a message cannot be left."""

from kiosk.errors import KioskError


class MessageEmpty(KioskError):
    """Neither a word was written nor a voice recorded."""

    code = "intercom.message_empty"


class MessageLimit(KioskError):
    """Enough messages were left in this session."""

    code = "intercom.message_limit"


class MicrophoneMissing(KioskError):
    """There is nothing to record with, or it does not answer."""

    code = "intercom.no_microphone"
