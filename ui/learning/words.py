"""Numbers as people read them."""


def clock(milliseconds: int) -> str:
    """ "3:05", or "1:03:05" from an hour on."""
    seconds = max(0, milliseconds) // 1000
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
