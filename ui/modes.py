"""The sixteen ways a page can look: language × orientation × size × contrast."""

from dataclasses import dataclass
from itertools import product

from ui.settings import Language

LONG, SHORT = 1920, 1080


@dataclass(frozen=True, slots=True)
class Mode:
    language: Language = "zh_CN"
    portrait: bool = True
    large: bool = False
    contrast: bool = False

    @property
    def name(self) -> str:
        """For example "zh-portrait-normal-plain"."""
        return "-".join(
            (
                self.language[:2],
                "portrait" if self.portrait else "landscape",
                "large" if self.large else "normal",
                "contrast" if self.contrast else "plain",
            )
        )

    @property
    def size(self) -> tuple[int, int]:
        """Pixels, width and height."""
        return (SHORT, LONG) if self.portrait else (LONG, SHORT)


def all_modes() -> tuple[Mode, ...]:
    languages: tuple[Language, ...] = ("zh_CN", "en")
    flags = (True, False)
    return tuple(Mode(*choice) for choice in product(languages, flags, (False, True), (False, True)))


def chosen(words: str) -> tuple[Mode, ...]:
    """Modes whose names hold every word of a choice, choices separated by commas: "zh-portrait,en-large"; "all"."""
    if words in ("", "all"):
        return all_modes()
    choices = [set(choice.split("-")) for choice in words.split(",")]
    return tuple(mode for mode in all_modes() if any(choice <= set(mode.name.split("-")) for choice in choices))
