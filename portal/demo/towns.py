"""Pictures of towns and what is made there for the demo data. Each function paints one scene on a canvas."""

from math import cos, pi, sin

from portal.demo.drawing import WIDTH, Canvas


def town_hall(c: Canvas) -> None:
    c.sky("#69b0e4", "#bfe0f4", "#eef7fb", until=760)
    c.clouds((250, 180, 130), (1330, 150, 150), (960, 90, 80))
    c.area(c.ridge(640, 46, 1.8), "#9cc7b0", "#7fb299")
    c.area([(-5, 800), (1605, 800), (1605, 1075), (-5, 1075)], "#a5d07e", "#6cab63")
    for x in (90, 230, 1370, 1510):
        c.tree(x, 822, c.random.uniform(210, 250), ("#3f7d4c", "#579a5b", "#7db86c"))
    c.area([(330, 420), (1270, 420), (1270, 820), (330, 820)], "#f8f2e6", "#eadfcc")
    c.area([(680, 300), (920, 300), (920, 820), (680, 820)], "#fdf9f0", "#f0e6d4")
    c.box(310, 404, 980, 22, "#5f7389", 4)
    c.polygon([(656, 306), (800, 206), (944, 306)], "#4c6078")
    c.ellipse(800, 366, 44, 44, "#4c6078")
    c.ellipse(800, 366, 36, 36, "#ffffff")
    c.line([(800, 366), (800, 340)], 6, "#37475a")
    c.line([(800, 366), (820, 374)], 6, "#37475a")
    for window in range(24):
        row, column = divmod(window, 8)
        _window(c, 366 + (column if column < 4 else column + 3) * 81, 462 + row * 112)
    for x in (706, 770, 834):
        c.box(x, 452, 60, 84, "#8fc0de", 4)
    c.box(664, 620, 272, 24, "#5f7389", 4)
    for x in (680, 742, 838, 900):
        c.box(x, 644, 20, 176, "#e2d5bd")
    c.box(764, 664, 72, 156, "#6d93ab", 4)
    c.line([(800, 664), (800, 820)], 4, "#ffffff")
    c.area([(740, 822), (860, 822), (1010, 1075), (590, 1075)], "#f2ead9", "#ddd0b8")
    for step in range(4):
        c.box(650 - step * 8, 812 + step * 9, 300 + step * 16, 9, "#d9ccb4" if step % 2 else "#e9dfcc")
    for bed in range(16):
        step, side = bed // 2, bed % 2 * 2 - 1
        _flower_bed(c, 800 + side * (150 + step * 24), 872 + step * 26, step)


def _window(c: Canvas, x: float, y: float) -> None:
    c.box(x, y, 52, 70, "#8fc0de", 4)
    c.polygon([(x, y + 70), (x, y + 30), (x + 40, y), (x + 52, y), (x + 52, y + 10), (x + 4, y + 70)], "#ffffff40")
    c.box(x - 4, y + 70, 60, 7, "#cdbfa6")


def _flower_bed(c: Canvas, x: float, y: float, nearness: int) -> None:
    c.ellipse(x, y + 12, 30 + nearness * 2, 18 + nearness, "#4f8f4c")
    size = 7 + nearness * 0.6
    for petal in range(6):
        colour = ("#f3c5d2", "#ffe08a", "#ffffff")[(petal + nearness) % 3]
        c.ellipse(x + 22 * cos(petal), y + 8 + 11 * sin(petal), size, size, colour)


def lanterns(c: Canvas) -> None:
    c.sky("#101c40", "#25366b", "#6b5a8c", "#d98a72", until=760)
    for _ in range(110):
        size = c.random.uniform(1, 2.8)
        c.ellipse(c.random.uniform(0, WIDTH), c.random.uniform(0, 430), size, size, "#ffffffc0")
    c.area(c.ridge(640, 50, 1.6), "#3f3d6b", "#2b2c54")
    for index in range(13):
        c.house(-30 + index * 132, 800, c.random.uniform(116, 138), "#2d2b4c", "#1c1d3b", "#ffcf7a")
    c.area([(-5, 790), (1605, 790), (1605, 1075), (-5, 1075)], "#4a3f63", "#2a2747")
    for middle in (380, 800, 1220):
        c.glow(middle, 900, 360, "#ffb55a", 0.45)
    for level, sag, girth, count in ((150, 120, 46, 9), (330, 110, 58, 8), (520, 90, 34, 12)):
        cord = [(step, level + sag * sin(pi * step / WIDTH)) for step in range(-20, WIDTH + 41, 20)]
        c.line(cord, 3, "#1a1a36")
        for index in range(count):
            hook = WIDTH * (index + 0.5) / count
            _lantern(c, hook, level + sag * sin(pi * hook / WIDTH), girth, index % 3 == 1)
    for index in range(16):
        x, y = 60 + index * 100 + c.random.uniform(-24, 24), 930 + c.random.uniform(-20, 60)
        _person(c, x, y, c.random.uniform(0.9, 1.2), c.random.choice(("#2a5d8f", "#8f3f52", "#3f6b5a", "#6a4a86")))


def _lantern(c: Canvas, x: float, y: float, size: float, red: bool) -> None:
    c.glow(x, y + size, size * 2.6, "#ffc46b", 0.75)
    body, light = ("#e2583e", "#ff8f63") if red else ("#ffd98a", "#fff3c9")
    c.line([(x, y), (x, y + size * 0.2)], 3, "#1a1a36")
    c.ellipse(x, y + size, size * 0.68, size * 0.82, body)
    c.ellipse(x, y + size, size * 0.42, size * 0.74, light)
    for rib in range(-3, 4):
        half = size * 0.66 * cos(rib * 0.36)
        c.line([(x - half, y + size + rib * size * 0.22), (x + half, y + size + rib * size * 0.22)], 1.6, "#8a3a2070")
    for edge in (0.16, 1.7):
        c.box(x - size * 0.34, y + size * edge, size * 0.68, size * 0.14, "#2a2030", 3)


def _person(c: Canvas, x: float, y: float, scale: float, robe: str) -> None:
    c.ellipse(x, y + 104 * scale, 34 * scale, 7 * scale, "#00000050")
    sides = [
        (x - 15 * scale, y),
        (x + 15 * scale, y),
        (x + 27 * scale, y + 102 * scale),
        (x - 27 * scale, y + 102 * scale),
    ]
    c.polygon(sides, robe)
    c.ellipse(x, y + 6 * scale, 20 * scale, 16 * scale, robe)
    c.box(x - 20 * scale, y + 34 * scale, 40 * scale, 13 * scale, "#ffffff60", 3)
    c.ellipse(x, y - 24 * scale, 17 * scale, 18 * scale, "#e9bd95")
    c.ellipse(x, y - 31 * scale, 18 * scale, 14 * scale, "#2a2230")


def hot_spring(c: Canvas) -> None:
    c.sky("#31426f", "#8a6f93", "#f0a988", "#fbd9a8", until=620)
    c.glow(1240, 420, 380, "#ffe2a6", 0.8)
    c.area(c.ridge(420, 70, 1.4), "#6a6288", "#554f78")
    c.area(c.ridge(520, 50, 2), "#4a4a6e", "#37395d")
    for index in range(40):
        c.conifer(
            index * 42 + c.random.uniform(-12, 12),
            600 + c.random.uniform(-16, 12),
            c.random.uniform(80, 150),
            ("#2c3f55", "#223246"),
        )
    for left, width, foot in ((-20, 300, 690), (250, 250, 668), (1120, 270, 668), (1340, 320, 692)):
        c.house(left, foot, width, "#5a4a52", "#2c2b42", "#ffd27d")
        c.glow(left + width / 2, foot - width * 0.24, width * 0.5, "#ffc46b", 0.35)
    c.house(560, 664, 460, "#6a5458", "#322f47", "#ffdc92")
    c.glow(790, 540, 300, "#ffc977", 0.4)
    for index in range(5):
        c.box(590 + index * 82, 452, 56, 44, "#ffdc92", 3)
    c.area([(-5, 650), (1605, 650), (1605, 1075), (-5, 1075)], "#50485a", "#332f45")
    pool = [(800 + 690 * cos(step * pi / 40), 850 + 160 * sin(step * pi / 40)) for step in range(80)]
    c.area([(x + (x - 800) * 0.05, y + 14) for x, y in pool], "#79727f", "#4a4455")
    c.area(pool, "#cfe6e4", "#7fbcc6", "#4d93a8")
    for index in range(30):
        angle = index * 2 * pi / 30
        x, y = 800 + 720 * cos(angle), 856 + 172 * sin(angle)
        r = c.random.uniform(26, 48)
        c.ellipse(x, y, r * 1.3, r, "#5d5868")
        c.ellipse(x - r * 0.2, y - r * 0.25, r * 0.9, r * 0.6, "#8a8594")
    c.glints(12, 770, 940, 760, 430, "#ffffff70")
    for index in range(9):
        c.steam(300 + index * 125, c.random.uniform(790, 900), c.random.uniform(200, 380), 0.7)


def market(c: Canvas) -> None:
    c.sky("#8cc8ec", "#d9eef8", "#fff8ea", until=700)
    c.clouds((240, 110, 110), (1290, 140, 130))
    c.area(c.ridge(520, 40, 1.9), "#b6d6c0", "#93bfa6")
    c.area([(-5, 690), (1605, 690), (1605, 1075), (-5, 1075)], "#ecdcbf", "#d1ba92")
    for left, colour, goods in ((60, "#b7282e", 0), (580, "#197a4b", 1), (1100, "#1b3a6b", 2)):
        _stall(c, left, colour, goods)
    for index in range(26):
        x = index * 66
        y = 92 + 46 * sin(x / 250)
        c.polygon([(x, y), (x + 50, y), (x + 25, y + 44)], ("#e0a21b", "#d2504a", "#3f8a74", "#4f86bd")[index % 4])
    c.line([(x, 92 + 46 * sin(x / 250)) for x in range(-20, 1621, 20)], 4, "#6b5a45")


def _stall(c: Canvas, left: float, colour: str, goods: int) -> None:
    c.ellipse(left + 220, 992, 260, 20, "#00000026")
    for x in (left + 20, left + 408):
        c.box(x, 420, 14, 570, "#8a6342")
    c.box(left + 20, 500, 400, 240, "#fff6e4")
    for hook in range(7):
        x, length = left + 58 + hook * 54, 26 + hook % 3 * 12
        c.line([(x, 478), (x, 494 + length)], 3, "#8a6342")
        for bulb in range(3):
            c.ellipse(x, 500 + length + bulb * 17, 10, 10, ("#e8a23c", "#d9c59a", "#c9633c")[(goods + hook) % 3])
    _shopkeeper(c, left + 220, 640, colour)
    _crates(c, left, goods)
    c.box(left, 830, 440, 26, "#b98446", 6)
    c.area([(left + 10, 856), (left + 430, 856), (left + 430, 990), (left + 10, 990)], "#d9a763", "#b98446")
    for plank in range(1, 5):
        c.line([(left + 10, 856 + plank * 27), (left + 430, 856 + plank * 27)], 2.5, "#8a5a2c60")
    for stripe in range(8):
        x, low = left - 20 + stripe * 60, left - 40 + stripe * 65
        fill = colour if stripe % 2 == 0 else "#ffffff"
        c.polygon([(x, 330), (x + 60, 330), (low + 65, 450), (low, 450)], fill)
        c.ellipse(low + 32.5, 450, 32.5, 24, fill)
    c.polygon([(left - 40, 440), (left + 480, 440), (left + 480, 452), (left - 40, 452)], "#0000001c")


def _shopkeeper(c: Canvas, x: float, y: float, colour: str) -> None:
    c.box(x - 58, y + 30, 116, 130, "#f4f7fa", 34)
    c.box(x - 36, y + 58, 72, 110, colour, 10)
    c.box(x - 14, y + 10, 28, 34, "#dba981", 8)
    c.ellipse(x, y - 12, 34, 38, "#eabf98")
    c.ellipse(x, y - 34, 36, 22, "#3a2c2c")
    c.box(x - 37, y - 36, 74, 14, colour, 6)
    for side in (-1, 1):
        c.ellipse(x + side * 13, y - 8, 3.6, 4.6, "#3a2c2c")
        c.ellipse(x + side * 20, y + 4, 6, 4, "#e58f7a90")
    c.line([(x - 9, y + 8), (x - 4, y + 12), (x + 4, y + 12), (x + 9, y + 8)], 3, "#a8523f")


def _crates(c: Canvas, left: float, goods: int) -> None:
    kinds = (("#d93832", "#f0a030", "#8fb93f"), ("#f4f1e4", "#e8792f", "#7a4a8a"), ("#e0b04a", "#9fc65a", "#c94a5a"))[
        goods
    ]
    for crate, colour in enumerate(kinds):
        x = left + 22 + crate * 136
        for row in range(3):
            for place in range(4 - row % 2):
                cx, cy = x + 22 + place * 29 + row % 2 * 14, 772 - row * 24
                c.ellipse(cx, cy, 18, 18, colour)
                c.ellipse(cx - 5, cy - 6, 5, 5, "#ffffff80")
                c.line([(cx, cy - 16), (cx + 4, cy - 23)], 4, "#4f8f45")
        c.box(x, 778, 124, 54, "#c7925a", 4)
        c.box(x, 796, 124, 6, "#8a5a2c60")


def snow_village(c: Canvas) -> None:
    c.sky("#1f2f5c", "#4a5d93", "#a9a5c8", "#e9cfd2", until=700)
    c.glow(1260, 190, 200, "#fff6d8", 0.8)
    c.ellipse(1260, 190, 54, 54, "#fffbe8")
    c.mountain(340, 210, 720, 560, ("#dfe6f4", "#a9b6d6"))
    c.mountain(1180, 290, 720, 560, ("#d3dcef", "#9fadd0"))
    c.mountain(780, 360, 720, 420, ("#e8eef8", "#b6c2de"))
    c.area(c.ridge(640, 34, 1.5), "#c6d1e8", "#aebcdb")
    for index in range(26):
        x, foot, height = (
            index * 66 + c.random.uniform(-20, 20),
            690 + c.random.uniform(-20, 10),
            c.random.uniform(70, 130),
        )
        c.conifer(x, foot, height, ("#5b7590", "#48607c"))
        c.polygon(
            [(x, foot - height), (x - height * 0.08, foot - height * 0.8), (x + height * 0.05, foot - height * 0.82)],
            "#ffffff",
        )
    c.area(c.ridge(740, 26, 1.2), "#f4f7fd", "#cfdaef")
    for x, foot, width in ((150, 850, 250), (1180, 838, 230), (480, 930, 330), (900, 950, 300)):
        _steep_house(c, x, foot, width)
    c.area(c.ridge(985, 22, 1.1), "#ffffff", "#dfe8f7")
    for _ in range(170):
        size = c.random.uniform(1.6, 5)
        c.ellipse(c.random.uniform(0, WIDTH), c.random.uniform(0, 1060), size, size, "#ffffffc8")


def _steep_house(c: Canvas, x: float, foot: float, width: float) -> None:
    ridge, eaves = foot - width * 0.98, foot - width * 0.22
    middle = x + width / 2
    c.box(x + width * 0.08, eaves - 4, width * 0.84, foot - eaves + 4, "#6b5448")
    c.polygon([(x + width * 0.04, eaves), (middle, ridge + width * 0.1), (x + width * 0.96, eaves)], "#8a6d58")
    for side in (-1, 1):
        outer = middle + side * width * 0.56
        c.polygon(
            [
                (middle, ridge - 10),
                (outer, eaves + 10),
                (outer - side * width * 0.1, eaves + 14),
                (middle, ridge + width * 0.14),
            ],
            "#ffffff",
        )
    c.glow(middle, foot - width * 0.3, width * 0.6, "#ffcf7a", 0.6)
    for dx, dy in ((-0.13, 0.42), (0.03, 0.42), (-0.05, 0.62)):
        c.box(middle + width * dx, foot - width * dy, width * 0.1, width * 0.12, "#ffdc8a", 2)
    for dx in (-0.34, 0.2):
        c.box(middle + width * dx, foot - width * 0.17, width * 0.14, width * 0.1, "#ffdc8a", 2)
    c.box(middle - width * 0.08, foot - width * 0.18, width * 0.16, width * 0.18, "#4a382f", 2)


def cherry_river(c: Canvas) -> None:
    c.sky("#9fd0ee", "#d8ecf7", "#fdeff2", until=620)
    c.clouds((400, 140, 110), (1130, 190, 140))
    c.area(c.ridge(500, 50, 1.6), "#b9cfdd", "#a3c0d0")
    c.area(c.ridge(560, 34, 2.1), "#a9cfa3", "#86b884")
    c.area([(-5, 600), (1605, 600), (1605, 1075), (-5, 1075)], "#a9d585", "#6fb060")
    c.area([(730, 598), (870, 598), (1340, 1075), (260, 1075)], "#c6e3f2", "#7fbddd", "#4f97c6")
    for depth in range(5):
        c.glints(12, 620 + depth * 85, 700 + depth * 85, 790, 60 + depth * 85, "#ffffff70")
    _arched_bridge(c)
    for row in range(6):
        share = row / 5
        foot, height, offset = 625 + 400 * share**1.5, 120 + 410 * share, 110 + 590 * share**1.25
        for side in (-1, 1):
            x = 800 + side * offset
            c.ellipse(x, foot, height * 0.34, height * 0.04, "#0000001f")
            c.tree(x, foot, height, ("#e58fa8", "#f3b3c4", "#fbd3dd"))
            for _ in range(18):
                spot = (x + c.random.uniform(-0.36, 0.36) * height, foot - c.random.uniform(0.42, 0.95) * height)
                c.ellipse(*spot, height * 0.02, height * 0.02, "#fff3f6")
    for _ in range(130):
        x, y, size = c.random.uniform(0, WIDTH), c.random.uniform(250, 1060), c.random.uniform(3, 7)
        c.ellipse(x, y, size, size * 0.6, "#fbd0dccc")


def _arched_bridge(c: Canvas) -> None:
    deck = [(560 + step * 20, 662 - 58 * sin(pi * step / 24)) for step in range(25)]
    c.line([(x, y + 12) for x, y in deck], 16, "#7d3a34")
    c.line(deck, 14, "#c9534a")
    c.line([(x, y - 34) for x, y in deck], 7, "#c9534a")
    for x, y in deck[::3]:
        c.line([(x, y - 40), (x, y)], 7, "#b0433c")
