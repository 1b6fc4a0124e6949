"""Pictures for the demonstration, drawn here: land, sky and the eight-pointed star, never a stock photograph."""

import math

from PIL import Image, ImageDraw

from viche.demo.playing import draw

SIZE = (1200, 800)
SKIES = ["#dfecdf", "#fcebc4", "#e4ebf3", "#f2ebda"]
LANDS = [("#16503c", "#2f6f54", "#82b390"), ("#123f30", "#3c6f59", "#c2dabc"), ("#633d00", "#ad6d00", "#e3a322")]


def scene(title: str) -> Image.Image:
    """A landscape that belongs to this title: the same title, the same picture."""
    picture = Image.new("RGB", SIZE, SKIES[draw(title, "sky", sides=len(SKIES))])
    brush = ImageDraw.Draw(picture)
    star(brush, 300 + draw(title, "x", sides=600), 190 + draw(title, "y", sides=80), 120)
    colours = LANDS[draw(title, "land", sides=len(LANDS))]
    for depth, colour in enumerate(reversed(colours)):
        hill(brush, 380 + depth * 130, 60 - depth * 10, draw(title, depth, sides=628) / 100, colour)
    for house in range(3 + draw(title, "houses", sides=4)):
        home(brush, 120 + house * 150 + draw(title, house, sides=60), 560 + draw(title, "h", house, sides=60))
    return picture


def star(brush: ImageDraw.ImageDraw, x: int, y: int, size: int) -> None:
    """Eight petals around an empty square."""
    for number in range(8):
        turn = math.pi / 4 * number + math.pi / 8
        points = [(0.18, 0), (0.55, 0.22), (1, 0), (0.55, -0.22)]
        petal = [
            (x + size * (r * math.cos(turn) - s * math.sin(turn)), y + size * (r * math.sin(turn) + s * math.cos(turn)))
            for r, s in points
        ]
        brush.polygon(petal, fill="#f0b73f" if number == 6 else "#fffdf8")  # noqa: PLR2004 — the honey petal is the upper right one


def hill(brush: ImageDraw.ImageDraw, height: int, swing: int, phase: float, colour: str) -> None:
    """A line of hills across the picture."""
    width, bottom = SIZE
    ridge = [(x, height + swing * math.sin(x / 190 + phase)) for x in range(0, width + 20, 20)]
    brush.polygon([*ridge, (width, bottom), (0, bottom)], fill=colour)


def home(brush: ImageDraw.ImageDraw, x: int, y: int) -> None:
    """A small house with a lit window."""
    brush.rectangle((x, y, x + 84, y + 60), fill="#fffdf8")
    brush.polygon([(x - 10, y), (x + 42, y - 46), (x + 94, y)], fill="#8f2416")
    brush.rectangle((x + 30, y + 18, x + 54, y + 42), fill="#f0b73f")
