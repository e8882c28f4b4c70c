"""One scene for each service of the demonstration, 1200×750."""

from collections.abc import Callable

from pictures.people import CLEANER, DOCTOR, DRIVER, LAWYER, NURSE, RIDER, WOMAN, WORKER, Look, head, seated, standing
from pictures.shapes import (
    BLUE,
    BLUSH,
    DEEP_RED,
    GOLD,
    GREY,
    HONEY,
    INK,
    LEAF,
    MINT,
    MIST,
    NAVY,
    RED,
    SKIN,
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
from pictures.things import (
    armchair,
    board,
    books,
    bubble,
    card,
    cup,
    ebike,
    flag,
    lamp,
    scales,
    shield,
    table,
    umbrella,
)

GROUND = 650


def health_check() -> Picture:
    chart = [
        line("M26 110 H92 L112 60 L140 156 L164 92 L178 110 H254", RED, 9),
        heart(58, 48, 44, RED),
        box(100, 38, 150, 14, MIST, 7),
        box(26, 182, 226, 14, MIST, 7),
        box(26, 212, 160, 14, MIST, 7),
    ]
    return Picture().put(
        board(810, 150, 280, 250, chart),
        plant(150, 570),
        box(430, 520, 170, 24, WHEAT, 12),
        box(448, 540, 16, 110, WHEAT),
        box(566, 540, 16, 110, WHEAT),
        seated(500, 526, RIDER, left=(-30, 120), right=(66, 116)),
        standing(690, GROUND, DOCTOR, left=(-116, 66), right=(50, 140), face=-1),
        line("M668 352 C640 420 610 424 586 420", INK, 7),
        line("M668 352 C672 400 704 400 712 352", INK, 7),
        circle(580, 420, 15, GREY),
        circle(580, 420, 7, MIST),
    )


def insurance() -> Picture:
    rain = "".join(line(f"M{x} {y} l-10 30", BLUE, 6, opacity=0.7) for x, y in _rain())
    return Picture(sky=("#DCE7E4", "#FBF3E4")).put(
        rain,
        ebike(560, GROUND, 1.05, MINT),
        group([seated(0, 0, RIDER, left=(84, -60), right=(124, 50), size=0.92)], (520, 470)),
        umbrella(610, 26, 290),
        shield(1010, 440, 150),
    )


def _rain() -> list[tuple[int, int]]:
    return [(x, 70 + (x * 37) % 420) for x in range(40, 1180, 58) if not 260 < x < 940]


def join() -> Picture:
    return Picture().put(
        flag(960, GROUND, 450),
        card(330, 210, 480, -6),
        standing(210, GROUND, WOMAN, left=(-62, 140), right=(112, 20), size=0.98),
        plant(1090, 570, 0.9),
    )


def gift() -> Picture:
    flask = [
        box(-44, -250, 88, 250, TEAL, 26),
        box(-32, -300, 64, 60, INK, 14),
        box(-44, -170, 88, 40, WHITE, opacity=0.9),
        heart(0, -150, 36, RED),
    ]
    vest = [
        shape("M-100 -220 L-40 -250 Q0 -216 40 -250 L100 -220 L84 0 H-84 Z", GOLD),
        line("M-46 -240 L-40 0 M46 -240 L40 0", WHITE, 18),
        line("M-90 -80 H90", WHITE, 18),
        line("M0 -222 V0", INK, 4, opacity=0.3),
    ]
    return Picture().put(
        ellipse(600, GROUND, 440, 22, INK, opacity=0.10),
        box(440, 380, 330, 270, "#F5E6C9", 18),
        box(440, 380, 330, 62, "#EBD3A2", 18),
        box(582, 380, 46, 270, RED),
        shape("M605 380 C520 300 470 270 474 330 C478 372 560 380 605 380 Z", RED),
        shape("M605 380 C690 300 740 270 736 330 C732 372 650 380 605 380 Z", DEEP_RED),
        circle(605, 376, 26, HONEY),
        group(flask, (900, GROUND)),
        group(vest, (290, GROUND), 0.98),
        group([box(-120, -60, 240, 60, BLUSH, 22), line("M-90 -40 H90 M-90 -20 H90", WHITE, 8)], (1060, GROUND)),
    )


def hardship() -> Picture:
    hand = [
        shape("M-250 70 C-220 40 -150 20 -60 34 C-20 40 -20 72 -56 76 L-110 80 C-60 86 0 62 40 30 C66 12 92 34 74 58 "
              "C40 106 -30 140 -110 140 H-250 Z", SKIN),
        box(-330, 52, 96, 108, TEAL, 22),
    ]  # fmt: skip
    other = [part.replace(SKIN, "#DDA67E").replace(TEAL, RED) for part in hand]
    return Picture().put(
        circle(600, 320, 210, WHITE, opacity=0.7),
        heart(600, 312, 300, RED),
        heart(560, 270, 70, BLUSH),
        group(hand, (520, 470), 1.05),
        f'<g transform="translate(680 470) scale(-1.05 1.05)">{"".join(other)}</g>',
        plant(160, 580, 0.9),
        plant(1050, 580, 0.9),
    )


def skills() -> Picture:
    circuit = [
        line("M40 60 H170 V150 H300 M170 60 H360 V110", TEAL, 8),
        line("M40 210 H120 V150", RED, 8),
        line("M300 150 V220 H400", RED, 8),
        box(140, 40, 60, 40, GOLD, 8),
        box(274, 128, 56, 46, NAVY, 8),
        circle(360, 128, 22, HONEY),
        circle(40, 60, 12, INK),
        circle(40, 210, 12, INK),
        circle(400, 220, 12, INK),
    ]
    return Picture().put(
        board(380, 120, 440, 270, circuit),
        table(330, 520, 540, 130),
        box(470, 470, 120, 40, GREY, 8),
        line("M630 500 L700 470", RED, 14),
        line("M700 470 L740 452", GREY, 8),
        standing(250, GROUND, Look(coat=NAVY, top="grey"), left=(-58, 140), right=(180, -60), size=0.98),
        standing(950, GROUND, WORKER, left=(-150, 110), right=(56, 140), face=-1, size=0.98),
    )


def legal() -> Picture:
    return Picture().put(
        box(110, 130, 190, 300, "#C98F4E", 10),
        *[box(126 + 42 * n, 150 + 6 * (n % 2), 34, 116, colour, 4) for n, colour in enumerate((RED, TEAL, GOLD, NAVY))],
        *[box(126 + 42 * n, 292 + 8 * (n % 2), 34, 116, colour, 4) for n, colour in enumerate((GOLD, BLUE, RED, LEAF))],
        scales(600, 300, 0.86),
        seated(330, 520, CLEANER, left=(40, 96), right=(110, 92), size=1.0),
        seated(870, 520, LAWYER, left=(-110, 92), right=(-40, 100), face=-1, size=1.0),
        table(380, 500, 440, 150),
        box(540, 470, 130, 16, WHITE, 4),
        box(552, 458, 130, 16, MIST, 4),
        box(250, 528, 150, 20, WHEAT, 8),
        box(800, 528, 150, 20, WHEAT, 8),
        box(262, 540, 14, 110, WHEAT),
        box(924, 540, 14, 110, WHEAT),
    )


def psychology() -> Picture:
    return Picture().put(
        lamp(600, 200, 0.9),
        armchair(340, GROUND, TEAL),
        armchair(860, GROUND, "#C9705A", -1),
        seated(350, 540, DRIVER, left=(-20, 110), right=(70, 104)),
        seated(850, 540, WOMAN, left=(-70, 104), right=(20, 112), face=-1),
        table(535, 560, 130, 90),
        cup(600, 456, RED, 0.8),
        steam(600, 440),
        bubble(420, 130, 150, 90, WHITE, -1),
        *[circle(460 + 35 * n, 175, 9, TEAL) for n in range(3)],
        bubble(640, 170, 130, 84, MINT),
        heart(705, 214, 50, RED),
        plant(1080, 575),
    )


def mutual_aid() -> Picture:
    people = [(CLEANER, 190), (RIDER, 395), (WOMAN, 600), (DRIVER, 805), (WORKER, 1010)]
    hands = "".join(
        standing(x, GROUND, look, left=(-100, 120), right=(100, 120), face=0, size=0.86) for look, x in people
    )
    return Picture().put(heart(600, 190, 190, RED), heart(575, 160, 44, BLUSH), hands)


def degree() -> Picture:
    cap = [
        shape("M0 -70 L190 0 L0 70 L-190 0 Z", INK),
        shape("M-100 36 V104 Q0 156 100 104 V36 L0 70 Z", NAVY),
        line("M0 0 L150 26 V120", GOLD, 8),
        circle(150, 132, 16, GOLD),
    ]
    scroll = [box(-110, -34, 220, 68, WHITE, 30), box(-16, -40, 32, 80, RED, 8), circle(-104, 0, 20, MIST)]
    return Picture().put(
        books(430, GROUND, 1.05),
        group(cap, (600, 350), 1.02),
        group(scroll, (880, 600), turn=-8),
        lamp(240, 260, 0.95),
        plant(1060, 575),
    )


def jobs() -> Picture:
    notes = []
    for number, colour in enumerate((WHITE, HONEY, MINT, BLUSH, WHITE, MINT)):
        x, y = 40 + (number % 3) * 170, 36 + (number // 3) * 150
        notes += [
            box(x, y, 140, 120, colour, 8),
            circle(x + 70, y + 8, 9, RED),
            *[box(x + 18, y + 34 + 24 * n, 100 - 22 * n, 11, INK, 5, opacity=0.35) for n in range(3)],
        ]
    case = [
        box(-60, -80, 120, 84, "#A9713B", 12),
        line("M-22 -80 V-102 H22 V-80", "#A9713B", 10),
        box(-60, -44, 120, 10, INK),
    ]
    return Picture().put(
        box(360, 150, 560, 350, "#A9713B", 14),
        box(376, 166, 528, 318, "#D9B27C", 8),
        group(notes, (366, 160)),
        box(420, 490, 22, 160, "#A9713B"),
        box(838, 490, 22, 160, "#A9713B"),
        standing(250, GROUND, DRIVER, left=(-52, 150), right=(150, 30)),
        group(case, (196, 606)),
        standing(1030, GROUND, WOMAN, left=(-140, 60), right=(54, 150), face=-1),
    )


def holiday_care() -> Picture:
    child = Look(coat=GOLD, legs=TEAL)
    girl = Look(coat=BLUSH, legs=NAVY, top="long")
    blocks = [(0, 0, RED), (74, 0, GOLD), (148, 0, TEAL), (38, -72, BLUE), (112, -72, RED), (74, -144, GOLD)]
    return Picture().put(
        line("M300 430 C290 520 330 560 322 600", INK, 3, opacity=0.5),
        ellipse(296, 370, 56, 68, RED),
        standing(870, GROUND, WOMAN, left=(-110, 110), right=(56, 150), face=-1),
        standing(340, GROUND, child, left=(-52, 60), right=(120, 110), size=0.66),
        standing(690, GROUND, girl, left=(-110, 60), right=(54, 150), face=-1, size=0.66),
        *[box(430 + x, 578 + y, 70, 70, colour, 10) for x, y, colour in blocks],
        *[circle(465 + x, 613 + y, 14, WHITE, opacity=0.8) for x, y, _ in blocks],
        plant(1080, 575),
    )


def flu_shot() -> Picture:
    syringe = [
        box(-150, -26, 210, 52, WHITE, 10),
        box(-110, -26, 110, 52, TEAL, 4, opacity=0.6),
        line("M60 0 H130", GREY, 7),
        line("M-150 0 H-210", GREY, 14),
        line("M-214 -34 V34", GREY, 14),
        *[line(f"M{x} -26 v18", INK, 4) for x in (-90, -60, -30, 0, 30)],
    ]
    return Picture().put(
        shield(860, 330, 300),
        box(300, 526, 170, 22, WHEAT, 11),
        box(316, 540, 16, 110, WHEAT),
        box(438, 540, 16, 110, WHEAT),
        seated(380, 526, CLEANER, left=(-34, 120), right=(66, 116)),
        standing(590, GROUND, NURSE, left=(-120, 66), right=(54, 140), face=-1),
        group(syringe, (470, 170), 0.9, 18),
        plant(1090, 575, 0.9),
    )


def haircut() -> Picture:
    mirror = [
        box(0, 0, 230, 300, "#A9713B", 115),
        box(16, 16, 198, 268, MINT, 99),
        line("M60 60 L130 130 M90 50 L110 70", WHITE, 9),
    ]
    cape = shape("M-92 60 C-100 -70 -60 -104 0 -104 C60 -104 100 -70 92 60 Q0 92 -92 60 Z", WHITE)
    scissors = [
        circle(-30, 26, 17, RED),
        circle(-30, -26, 17, RED),
        circle(-30, 26, 8, WHITE),
        circle(-30, -26, 8, WHITE),
        line("M-16 18 L60 -18 M-16 -18 L60 18", GREY, 9),
    ]
    return Picture().put(
        group(mirror, (160, 150)),
        box(560, 560, 40, 70, GREY),
        box(510, 622, 140, 28, INK, 14),
        box(470, 440, 60, 170, DEEP_RED, 24),
        box(470, 530, 220, 60, RED, 24),
        line("M650 570 V620 H700", NAVY, 34),
        group([cape], (590, 470), 0.98),
        head(590, 330, Look(top="grey"), 1.05, 1),
        standing(800, GROUND, Look(coat=TEAL, top="hair"), left=(-140, -50), right=(-96, 20), face=-1, size=1.04),
        group(scissors, (648, 250), 0.9, 200),
        box(950, 430, 150, 18, "#A9713B", 8),
        *[
            box(964 + 44 * n, 350 + 12 * (n % 2), 30, 80 - 12 * (n % 2), c, 8)
            for n, c in enumerate((TEAL, GOLD, BLUSH))
        ],
    )


def ebike_check() -> Picture:
    wrench = [
        line("M0 0 L92 -92", GREY, 22),
        circle(102, -102, 34, GREY),
        shape("M96 -150 L150 -96 L118 -96 L102 -112 Z", WHITE),
    ]
    crouched = [
        line("M10 -60 H96 V-6", NAVY, 42),
        line("M-14 -52 L60 -28 L20 -6", NAVY, 42),
        line("M2 -4 H44 M90 -4 H126", INK, 18),
        shape("M-52 -220 Q0 -246 52 -220 L46 -54 Q0 -40 -46 -54 Z", Look(coat=TEAL).coat),
        line("M-44 -204 Q0 -110 100 -116", TEAL, 34),
        circle(104, -116, 17, SKIN),
        box(-14, -254, 28, 34, SKIN, 10),
        head(0, -286, Look(coat=TEAL, top="cap"), face=1),
    ]
    return Picture().put(
        box(120, 120, 960, 90, RED, 16),
        *[box(120 + 160 * n, 210, 80, 46, RED if n % 2 else WHITE, 20) for n in range(6)],
        *[box(200 + 160 * n, 210, 80, 46, WHITE if n % 2 else DEEP_RED, 20) for n in range(6)],
        ebike(700, GROUND, 1.16),
        ellipse(330, GROUND + 2, 110, 12, INK, opacity=0.12),
        group(crouched, (320, GROUND), 1.05),
        group(wrench, (400, 520), 0.62),
        box(120, 590, 120, 60, DEEP_RED, 10),
        line("M150 590 V566 H210 V590", INK, 9),
    )


def policy() -> Picture:
    page = [*[box(0, 34 * n, 250 - 50 * (n % 3 == 2), 14, INK, 7, opacity=0.35) for n in range(7)]]
    return Picture().put(
        lamp(600, 190, 1.25),
        table(180, 580, 840, 70),
        shape("M600 300 C500 236 360 236 270 280 V560 C360 520 500 520 600 574 Z", WHITE),
        shape("M600 300 C700 236 840 236 930 280 V560 C840 520 700 520 600 574 Z", "#F5EBD9"),
        line("M600 304 V572", WHEAT, 8),
        group(page, (316, 306), 0.92, -2),
        group(page, (652, 300), 0.92, 2),
        shape("M820 262 h46 v110 l-23 -22 l-23 22 Z", RED),
        cup(1090, 476, TEAL, 0.95),
        steam(1090, 450),
    )


SCENES: dict[str, Callable[[], Picture]] = {
    "health_check": health_check,
    "insurance": insurance,
    "join": join,
    "gift": gift,
    "hardship": hardship,
    "skills": skills,
    "legal": legal,
    "psychology": psychology,
    "mutual_aid": mutual_aid,
    "degree": degree,
    "jobs": jobs,
    "holiday_care": holiday_care,
    "flu_shot": flu_shot,
    "haircut": haircut,
    "ebike": ebike_check,
    "policy": policy,
}
