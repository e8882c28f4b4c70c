"""Posters of the idle loop, 1600×1600: what matters is in the middle, so that a tall and a wide screen can cut them."""

from collections.abc import Callable

from pictures.people import CLEANER, DRIVER, RIDER, WOMAN, bust, seated, standing
from pictures.shapes import (
    DEEP_RED,
    DEEP_TEAL,
    GOLD,
    HONEY,
    INK,
    LEAF,
    MINT,
    RED,
    TEAL,
    WHEAT,
    WHITE,
    Picture,
    box,
    circle,
    ellipse,
    group,
    heart,
    line,
    plant,
    shape,
    steam,
)
from pictures.things import cup, ebike, screen, table

GROUND = 1180


def _poster() -> Picture:
    return Picture(width=1600, height=1600, floor=1150, sky=("#F6DFB4", "#FBF3E4"))


def welcome() -> Picture:
    return _poster().put(
        ellipse(800, 1176, 560, 26, INK, opacity=0.10),
        box(470, 360, 660, 800, "#F7EBD2", 18),
        box(440, 320, 720, 110, RED, 20),
        *[circle(560 + 120 * n, 375, 22, HONEY) for n in range(5)],
        *[shape(f"M{470 + n * 94} 430 h94 v40 q-47 44 -94 0 Z", RED if n % 2 else WHITE) for n in range(7)],
        box(560, 560, 250, 600, HONEY, 12),
        box(580, 580, 210, 580, "#FCE8B4", 8),
        box(860, 600, 210, 210, MINT, 14),
        line("M965 600 V810 M860 705 H1070", "#F7EBD2", 10),
        plant(920, 785, 0.5),
        cup(690, 760, RED, 0.9),
        steam(690, 735),
        box(600, 850, 180, 18, "#C98F4E", 8),
        ebike(1190, GROUND, 0.9),
        standing(400, GROUND, CLEANER, left=(-58, 150), right=(90, -70)),
        standing(860, GROUND, RIDER, left=(-120, 40), right=(54, 150), face=-1),
    )


def ask() -> Picture:
    agent = [
        bust(170, 300, WOMAN, 0, 1.15),
        line("M112 92 A62 62 0 0 1 228 92", INK, 12),
        circle(112, 104, 18, INK),
        circle(228, 104, 18, INK),
    ]
    agent += [line("M112 118 Q118 150 152 152", INK, 7)]
    return _poster().put(
        screen(
            560, 420, 560, 420, [group(agent, (110, 115)), box(400, 40, 120, 40, TEAL, 20), circle(424, 60, 9, HONEY)]
        ),
        box(800, 856, 80, 210, INK, 6),
        box(700, 1060, 280, 30, INK, 12),
        ellipse(840, 1182, 520, 24, INK, opacity=0.10),
        box(640, 1088, 400, 70, "#C98F4E", 12),
        standing(430, GROUND, DRIVER, left=(-56, 150), right=(150, 20), size=1.1),
        heart(1230, 520, 150, RED),
        heart(1330, 640, 80, HONEY),
        plant(1270, 1090, 1.2),
    )


def laba() -> Picture:
    grains = [
        (-190, -6, RED),
        (-120, 18, GOLD),
        (-50, -14, "#6B3F22"),
        (20, 16, RED),
        (90, -10, LEAF),
        (160, 12, "#6B3F22"),
    ]
    grains += [
        (-150, 34, "#6B3F22"),
        (-20, 40, GOLD),
        (60, 36, RED),
        (200, -6, GOLD),
        (-80, 44, LEAF),
        (130, 40, HONEY),
    ]
    bowl = [
        ellipse(0, 300, 300, 26, INK, opacity=0.12),
        shape("M-330 0 H330 C330 190 190 290 90 296 H-90 C-190 290 -330 190 -330 0 Z", RED),
        shape("M-330 0 H330 C330 26 326 48 320 70 H-320 C-326 48 -330 26 -330 0 Z", DEEP_RED),
        ellipse(0, 0, 330, 78, WHITE),
        ellipse(0, 8, 296, 62, "#D9A26B"),
        *[ellipse(x, y, 24, 15, colour) for x, y, colour in grains],
        heart(0, 180, 120, HONEY),
    ]
    spoon = [line("M0 0 L210 -190", WHITE, 26), ellipse(-14, 16, 56, 40, WHITE)]
    return _poster().put(
        box(300, 1010, 1000, 40, "#C98F4E", 18),
        box(360, 1050, 30, 130, WHEAT),
        box(1210, 1050, 30, 130, WHEAT),
        group(bowl, (800, 710)),
        group(spoon, (1010, 700), 0.9),
        steam(700, 610),
        steam(880, 590),
        bust(400, 1010, CLEANER, 1, 1.1),
        bust(1215, 1010, RIDER, -1, 1.1),
    )


def learn() -> Picture:
    film = [
        shape("M180 110 L300 180 L180 250 Z", RED),
        box(40, 310, 420, 18, WHITE, 9),
        box(40, 310, 190, 18, RED, 9),
        circle(230, 319, 18, DEEP_RED),
        circle(420, 80, 34, HONEY),
    ]
    return _poster().put(
        screen(640, 400, 500, 360, film),
        box(860, 776, 60, 290, INK, 6),
        box(760, 1056, 260, 30, INK, 12),
        ellipse(700, 1182, 520, 24, INK, opacity=0.10),
        box(330, 930, 260, 60, TEAL, 26),
        box(350, 980, 24, 200, DEEP_TEAL),
        box(548, 980, 24, 200, DEEP_TEAL),
        seated(450, 950, RIDER, left=(-30, 130), right=(90, 96), size=1.25),
        table(960, 1010, 300, 170),
        cup(1110, 880, RED, 1.1),
        steam(1110, 860),
    )


SCENES: dict[str, Callable[[], Picture]] = {"welcome": welcome, "help": ask, "laba": laba, "learn": learn}
