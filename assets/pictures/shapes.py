"""Shapes as SVG text, in the few colours all pictures share. Only what SVG Tiny 1.2 knows, which is what Qt draws."""

from dataclasses import dataclass, field

PAPER, SAND, WHEAT = "#FBF3E4", "#F1DDB8", "#E4C48D"
RED, DEEP_RED, BLUSH = "#B3261E", "#8C1B15", "#E9A48F"
TEAL, DEEP_TEAL, MINT = "#2E7570", "#1D524F", "#CFE3DC"
GOLD, HONEY = "#E0A23B", "#F0C674"
LEAF, DEEP_LEAF = "#7DA676", "#557F52"
INK, GREY, MIST, WHITE = "#2B2622", "#8B8178", "#DDD5C8", "#FFFDF8"
NAVY, BLUE = "#2F4663", "#6F94B8"
SKIN, TAN = "#F0C6A4", "#DDA67E"


def circle(x: float, y: float, r: float, fill: str, **more: object) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"{_more(more)}/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, **more: object) -> str:
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{fill}"{_more(more)}/>'


def box(x: float, y: float, w: float, h: float, fill: str, r: float = 0, **more: object) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{r:g}" fill="{fill}"{_more(more)}/>'


def shape(path: str, fill: str, **more: object) -> str:
    return f'<path d="{path}" fill="{fill}"{_more(more)}/>'


def line(path: str, colour: str, width: float, **more: object) -> str:
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linecap="round" '
        f'stroke-linejoin="round"{_more(more)}/>'
    )


def group(parts: list[str], move: tuple[float, float] = (0, 0), scale: float = 1, turn: float = 0) -> str:
    x, y = move
    return f'<g transform="translate({x:g} {y:g}) rotate({turn:g}) scale({scale:g})">{"".join(parts)}</g>'


def heart(x: float, y: float, size: float, fill: str) -> str:
    s = size / 100
    return shape(
        f"M{x:g} {y + 42 * s:g} C{x - 70 * s:g} {y - 2 * s:g} {x - 44 * s:g} {y - 56 * s:g} {x:g} {y - 20 * s:g} "
        f"C{x + 44 * s:g} {y - 56 * s:g} {x + 70 * s:g} {y - 2 * s:g} {x:g} {y + 42 * s:g} Z",
        fill,
    )


def plant(x: float, y: float, scale: float = 1) -> str:
    leaves = [
        line("M0 0 C-4 -60 -40 -90 -52 -130", DEEP_LEAF, 6),
        line("M0 0 C2 -70 6 -110 4 -160", DEEP_LEAF, 6),
        line("M0 0 C6 -60 36 -90 54 -120", DEEP_LEAF, 6),
    ]
    for lx, ly, turn in ((-52, -130, -32), (4, -165, 0), (54, -122, 34), (-30, -80, -50), (34, -76, 48)):
        leaves.append(group([ellipse(0, -22, 17, 36, LEAF)], (lx, ly), turn=turn))
    return group([*leaves, shape("M-38 0 H38 L28 66 Q27 72 20 72 H-20 Q-27 72 -28 66 Z", RED)], (x, y), scale)


def steam(x: float, y: float, colour: str = WHITE) -> str:
    wave = "M0 0 c-16 -18 16 -30 0 -50 c-14 -18 12 -28 4 -46"
    return "".join(group([line(wave, colour, 9, opacity=0.85)], (x + shift, y), 0.9) for shift in (-40, 0, 40))


@dataclass
class Picture:
    """A scene: warm light behind, a floor, and what is put on it."""

    width: int = 1200
    height: int = 750
    sky: tuple[str, str] = ("#F9E7C6", PAPER)
    floor: float = 620
    ground: str = SAND
    parts: list[str] = field(default_factory=list)

    def put(self, *parts: str) -> "Picture":
        self.parts.extend(parts)
        return self

    def svg(self) -> str:
        w, h = self.width, self.height
        light = circle(w / 2, self.floor - 40, h * 0.46, HONEY, opacity=0.28)
        ground = box(0, self.floor, w, h - self.floor, self.ground)
        edge = box(0, self.floor, w, 6, WHEAT, opacity=0.6)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" version="1.2" viewBox="0 0 {w} {h}" width="{w}" height="{h}">'
            f'<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{self.sky[0]}"/>'
            f'<stop offset="1" stop-color="{self.sky[1]}"/></linearGradient>'
            f'<rect width="{w}" height="{h}" fill="url(#sky)"/>{light}{ground}{edge}{"".join(self.parts)}</svg>\n'
        )


def _more(more: dict[str, object]) -> str:
    return "".join(f' {name.replace("_", "-")}="{value}"' for name, value in more.items())
