"""Things that stand about in the scenes."""

from pictures.shapes import (
    BLUE,
    DEEP_RED,
    DEEP_TEAL,
    GOLD,
    GREY,
    HONEY,
    INK,
    MINT,
    MIST,
    RED,
    SAND,
    TEAL,
    WHEAT,
    WHITE,
    box,
    circle,
    ellipse,
    group,
    heart,
    line,
    shape,
)


def table(x: float, y: float, width: float, height: float) -> str:
    return (
        box(x + 20, y, 18, height, WHEAT, 6)
        + box(x + width - 38, y, 18, height, WHEAT, 6)
        + box(x, y - 12, width, 26, "#C98F4E", 12)
    )


def armchair(x: float, floor: float, colour: str, face: int = 1) -> str:
    parts = [
        box(-92, -250, 70, 210, colour, 34),
        box(-92, -120, 210, 84, colour, 30),
        box(-70, -40, 16, 40, INK, 4),
        box(84, -40, 16, 40, INK, 4),
        box(-60, -150, 170, 44, INK, 22, opacity=0.10),
    ]
    return f'<g transform="translate({x} {floor}) scale({face} 1)">{"".join(parts)}</g>'


def board(x: float, y: float, w: float, h: float, content: list[str]) -> str:
    return box(x - 12, y - 12, w + 24, h + 24, "#A9713B", 14) + box(x, y, w, h, WHITE, 6) + group(content, (x, y))


def card(x: float, y: float, w: float, turn: float = 0) -> str:
    """A member card with a code."""
    h = w * 0.63
    cell = w * 0.036
    code = [
        box(w * 0.62 + column * cell, h * 0.28 + row * cell, cell, cell, INK)
        for row in range(8)
        for column in range(8)
        if (row * 5 + column * 3 + row * column) % 3 == 0 or (row < 3 and column < 3) or (row > 4 and column < 3)
    ]
    parts = [
        box(6, 10, w, h, INK, 26, opacity=0.12),
        box(0, 0, w, h, RED, 26),
        box(0, h * 0.13, w, h * 0.1, DEEP_RED),
        box(w * 0.59, h * 0.24, w * 0.36, h * 0.6, WHITE, 10),
        *code,
        circle(w * 0.17, h * 0.46, h * 0.13, HONEY),
        shape(f"M{w * 0.06} {h * 0.82} Q{w * 0.06} {h * 0.62} {w * 0.17} {h * 0.62} T{w * 0.28} {h * 0.82} Z", HONEY),
        box(w * 0.33, h * 0.42, w * 0.2, 14, WHITE, 7, opacity=0.9),
        box(w * 0.33, h * 0.58, w * 0.15, 14, WHITE, 7, opacity=0.7),
        box(w * 0.33, h * 0.74, w * 0.18, 14, WHITE, 7, opacity=0.5),
    ]
    return group(parts, (x, y), turn=turn)


def flag(x: float, floor: float, height: float) -> str:
    wave = f"M0 {-height} C60 {-height - 30} 110 {-height + 30} 190 {-height} V{-height + 120} "
    wave += f"C110 {-height + 150} 60 {-height + 90} 0 {-height + 120} Z"
    pole = line(f"M0 0 V{-height - 14}", "#A9713B", 12) + circle(0, -height - 18, 11, GOLD)
    return group([pole, shape(wave, RED), heart(88, -height + 60, 62, HONEY)], (x, floor))


def umbrella(x: float, y: float, r: float, colour: str = RED, other: str = HONEY) -> str:
    """A canopy whose tip is at (x, y)."""
    parts = [
        line(f"M0 0 V{r * 1.02}", INK, 9),
        shape(f"M{-r} {r * 0.62} C{-r} {-r * 0.2} {r} {-r * 0.2} {r} {r * 0.62} Z", colour),
    ]
    step = r / 2
    for number in range(4):
        left = -r + number * step
        parts.append(ellipse(left + step / 2, r * 0.62, step / 2, r * 0.1, SAND if number % 2 else "#F7EBD2"))
    parts.append(
        shape(f"M0 {-r * 0.01} C{-r * 0.42} {r * 0.12} {-r * 0.5} {r * 0.4} {-r * 0.5} {r * 0.62} H0 Z", other)
    )
    parts.append(
        shape(f"M0 {-r * 0.01} C{r * 0.42} {r * 0.12} {r * 0.5} {r * 0.4} {r * 0.5} {r * 0.62} H0 Z", DEEP_RED)
    )
    return group([*parts, circle(0, 0, 9, INK)], (x, y))


def ebike(x: float, floor: float, scale: float = 1, box_colour: str = GOLD) -> str:
    """From the side, going to the right."""
    wheels = "".join(
        circle(wx, -62, 58, INK) + circle(wx, -62, 38, MIST) + circle(wx, -62, 12, GREY) for wx in (-150, 160)
    )
    parts = [
        ellipse(0, 2, 240, 14, INK, opacity=0.12),
        wheels,
        line("M-150 -62 L-90 -120 H60 L110 -230", TEAL, 26),
        line("M160 -62 L104 -250", TEAL, 20),
        line("M70 -262 L104 -250 L140 -268", INK, 14),
        shape("M-120 -130 H62 L84 -176 L30 -120 Q-30 -96 -120 -104 Z", DEEP_TEAL),
        box(-130, -196, 130, 30, INK, 15),
        box(-214, -330, 150, 136, box_colour, 16),
        box(-214, -292, 150, 14, RED),
        circle(112, -210, 18, HONEY),
    ]
    return group(parts, (x, floor), scale)


def cup(x: float, y: float, colour: str = RED, scale: float = 1) -> str:
    parts = [
        line("M42 22 C86 18 86 78 38 72", colour, 13),
        shape("M-48 0 H48 L40 92 Q38 104 26 104 H-26 Q-38 104 -40 92 Z", colour),
        ellipse(0, 0, 48, 12, "#6B3F22"),
    ]
    return group(parts, (x, y), scale)


def books(x: float, floor: float, scale: float = 1) -> str:
    rows = [(RED, 300, 0), (TEAL, 270, 14), (GOLD, 286, 4), (BLUE, 246, 26)]
    parts = []
    for number, (colour, width, shift) in enumerate(rows):
        top = -54 * (number + 1)
        parts.append(box(shift, top, width, 50, colour, 10))
        parts.append(box(shift + 20, top + 12, width - 20, 26, WHITE, 4))
        parts.append(box(shift, top, 34, 50, colour, 10))
    return group(parts, (x, floor), scale)


def shield(x: float, y: float, size: float, fill: str = TEAL) -> str:
    s = size / 100
    path = (
        f"M0 {-60 * s:g} L{52 * s:g} {-42 * s:g} V{6 * s:g} C{52 * s:g} {44 * s:g} {20 * s:g} {62 * s:g} 0 {70 * s:g} "
        f"C{-20 * s:g} {62 * s:g} {-52 * s:g} {44 * s:g} {-52 * s:g} {6 * s:g} V{-42 * s:g} Z"
    )
    tick = line(f"M{-22 * s:g} {4 * s:g} L{-4 * s:g} {24 * s:g} L{26 * s:g} {-18 * s:g}", WHITE, 13 * s)
    return group([shape(path, fill), tick], (x, y))


def scales(x: float, y: float, scale: float = 1) -> str:
    pan = "M-52 0 Q0 56 52 0 Z"
    parts = [
        line("M0 -150 V110", GOLD, 14),
        line("M-120 -120 Q0 -150 120 -120", GOLD, 14),
        line("M-120 -120 L-164 -10 M-120 -120 L-76 -10 M120 -120 L76 -10 M120 -120 L164 -10", WHEAT, 5),
        group([shape(pan, GOLD)], (-120, -10)),
        group([shape(pan, GOLD)], (120, -10)),
        box(-70, 104, 140, 22, GOLD, 10),
        circle(0, -152, 17, RED),
    ]
    return group(parts, (x, y), scale)


def bubble(x: float, y: float, w: float, h: float, fill: str = WHITE, tail: int = 1) -> str:
    point = f"M{x + w / 2 - 24 * tail} {y + h - 8} l{-6 * tail} 48 l{56 * tail} -48 Z"
    return shape(point, fill) + box(x, y, w, h, fill, min(w, h) * 0.42)


def lamp(x: float, y: float, scale: float = 1) -> str:
    parts = [
        shape("M-150 240 L-60 24 H60 L150 240 Z", HONEY, opacity=0.45),
        line("M0 -160 V-40", INK, 8),
        shape("M-70 30 C-66 -30 -40 -44 0 -44 C40 -44 66 -30 70 30 Z", RED),
        ellipse(0, 30, 70, 12, HONEY),
    ]
    return group(parts, (x, y), scale)


def screen(x: float, y: float, w: float, h: float, content: list[str], fill: str = MINT) -> str:
    return box(x - 16, y - 16, w + 32, h + 32, INK, 24) + box(x, y, w, h, fill, 12) + group(content, (x, y))
