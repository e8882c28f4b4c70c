"""People: round heads, honest work clothes. Sizes are in the units of the scene; a standing person is 400 high."""

from dataclasses import dataclass

from pictures.shapes import (
    BLUSH,
    DEEP_RED,
    GOLD,
    HONEY,
    INK,
    NAVY,
    RED,
    SKIN,
    TEAL,
    WHITE,
    box,
    circle,
    ellipse,
    group,
    line,
    shape,
)

Point = tuple[float, float]


@dataclass(frozen=True)
class Look:
    """What somebody wears. `top` is one of "hair", "long", "grey", "helmet", "cap", "white cap", "straw"."""

    coat: str = TEAL
    legs: str = NAVY
    top: str = "hair"
    skin: str = SKIN
    vest: bool = False


RIDER = Look(coat=GOLD, top="helmet")
CLEANER = Look(coat="#E07B39", top="cap", vest=True)
WORKER = Look(coat="#5B7BA3", top="helmet", vest=True)
DRIVER = Look(coat=TEAL, top="hair")
WOMAN = Look(coat=RED, top="long")
DOCTOR = Look(coat=WHITE, legs="#9FB7B5", top="hair")
NURSE = Look(coat="#EAF3F1", legs="#9FB7B5", top="white cap")
LAWYER = Look(coat=NAVY, top="hair")


def head(x: float, y: float, look: Look, size: float = 1, face: int = 1) -> str:
    """A head whose middle is at (x, y), turned to the right (1), the left (-1) or us (0)."""
    shift = 7 * face
    hair = {"grey": "#A9A29A"}.get(look.top, "#3A2E28")
    under = [shape("M-50 12 C-58 -60 58 -60 50 12 L50 52 Q0 70 -50 52 Z", hair)] if look.top == "long" else []
    parts = [
        *under,
        circle(0, 0, 44, look.skin),
        circle(-15 + shift, 2, 4.5, INK),
        circle(17 + shift, 2, 4.5, INK),
        ellipse(-25 + shift, 16, 8, 5, BLUSH, opacity=0.7),
        ellipse(27 + shift, 16, 8, 5, BLUSH, opacity=0.7),
        line(f"M{-9 + shift} 19 Q{1 + shift} 28 {11 + shift} 19", INK, 4),
    ]
    if look.top in ("hair", "grey", "long"):
        parts.append(shape("M-46 -4 C-48 -62 48 -62 46 -4 C34 -26 10 -30 -6 -30 C-24 -28 -38 -20 -46 -4 Z", hair))
    elif look.top == "helmet":
        parts.append(shape("M-50 -8 C-52 -70 52 -70 50 -8 Q0 -22 -50 -8 Z", GOLD if look.coat != GOLD else HONEY))
        parts.append(line("M-50 -8 Q0 -24 50 -8", DEEP_RED, 7))
        parts.append(line("M-44 -4 Q-40 34 -12 42", INK, 4, opacity=0.55))
    elif look.top == "cap":
        parts.append(shape("M-46 -8 C-46 -58 46 -58 46 -8 Z", look.coat))
        parts.append(line(f"M{-10 + 8 * face} -9 H{46 + 26 * face}", DEEP_RED, 10))
    elif look.top == "white cap":
        parts.append(shape("M-46 0 C-48 -56 48 -56 46 0 C30 -22 -30 -22 -46 0 Z", "#3A2E28"))
        parts.append(shape("M-36 -26 Q0 -78 36 -26 Q0 -40 -36 -26 Z", WHITE))
        parts.append(line("M-7 -46 H7 M0 -53 V-39", RED, 5))
    elif look.top == "straw":
        parts.append(ellipse(0, -20, 74, 15, HONEY))
        parts.append(shape("M-40 -22 C-34 -70 34 -70 40 -22 Z", HONEY))
        parts.append(line("M-39 -26 Q0 -18 39 -26", RED, 8))
    return group(parts, (x, y), size)


def standing(
    x: float,
    ground: float,
    look: Look,
    left: Point = (-54, 150),
    right: Point = (54, 150),
    face: int = 1,
    size: float = 1,
) -> str:
    """Feet on `ground`. `left` and `right` are the hands, measured from the middle of the shoulders."""
    skin = look.skin
    parts = [
        ellipse(0, 2, 92, 13, INK, opacity=0.12),
        line("M-24 -170 L-26 -14", look.legs, 40),
        line("M24 -170 L26 -14", look.legs, 40),
        line("M-30 -8 H-12 M22 -8 H40", INK, 20),
        _arm(-50, -300, left, look.coat, skin),
        shape("M-56 -306 Q0 -330 56 -306 L50 -150 Q0 -138 -50 -150 Z", look.coat),
        *_vest(look, -306, -152),
        _arm(50, -300, right, look.coat, skin),
        box(-14, -340, 28, 34, skin, 10),
    ]
    return group([*parts, head(0, -372, look, face=face)], (x, ground), size)


def seated(
    x: float,
    seat: float,
    look: Look,
    left: Point = (-40, 120),
    right: Point = (60, 110),
    face: int = 1,
    size: float = 1,
) -> str:
    """Hips on `seat`, legs to the side that is looked at."""
    skin, way = look.skin, face or 1
    parts = [
        line(f"M{8 * way} -18 H{92 * way} V120", look.legs, 42),
        line(f"M{-6 * way} -14 H{70 * way} V124", look.legs, 42, opacity=0.9),
        line(f"M{66 * way} 132 H{112 * way}", INK, 20),
        _arm(-46, -160, left, look.coat, skin),
        shape("M-54 -166 Q0 -190 54 -166 L48 0 Q0 12 -48 0 Z", look.coat),
        *_vest(look, -166, 0),
        _arm(46, -160, right, look.coat, skin),
        box(-14, -200, 28, 34, skin, 10),
    ]
    return group([*parts, head(0, -232, look, face=face)], (x, seat), size)


def bust(x: float, base: float, look: Look, face: int = 1, size: float = 1) -> str:
    """Head and shoulders, cut off at `base`."""
    parts = [
        shape("M-96 0 C-96 -92 -54 -112 0 -112 C54 -112 96 -92 96 0 Z", look.coat),
        *([line("M-58 -100 L-40 0 M58 -100 L40 0", WHITE, 12)] if look.vest else []),
        box(-15, -140, 30, 40, look.skin, 12),
    ]
    return group([*parts, head(0, -172, look, 1.05, face)], (x, base), size)


def _arm(x: float, y: float, hand: Point, coat: str, skin: str) -> str:
    hx, hy = hand[0], hand[1] + y
    mx, my = (x + hx) / 2 + (14 if x > 0 else -14), (y + hy) / 2 + 16
    sleeve = line(f"M{x} {y + 14} Q{mx:g} {my:g} {hx:g} {hy:g}", coat, 32)
    edge = line(f"M{x} {y + 14} Q{mx:g} {my:g} {hx:g} {hy:g}", INK, 35, opacity=0.10)
    return edge + sleeve + circle(hx, hy, 17, skin)


def _vest(look: Look, top: float, bottom: float) -> list[str]:
    if not look.vest:
        return [line(f"M0 {top + 12} V{bottom + 4}", INK, 3, opacity=0.18)]
    middle = (top + bottom) / 2
    return [
        line(f"M-30 {top + 2} L-26 {bottom + 2} M30 {top + 2} L26 {bottom + 2}", "#FFE9A8", 12),
        line(f"M-52 {middle + 24} H52", "#FFFDF0", 12),
    ]
