"""Pictures of land and water for the demo data. Each function paints one scene on a canvas."""

from math import cos, pi, sin

from portal.demo.drawing import HEIGHT, WIDTH, Canvas


def lake(c: Canvas) -> None:
    c.sky("#8fc3ea", "#c9e3f5", "#fdf1dc", until=640)
    c.glow(1180, 400, 420, "#fff3c4", 0.95)
    c.ellipse(1180, 400, 46, 46, "#fffbe8")
    c.clouds((300, 170, 120), (760, 110, 90), (1440, 200, 100))
    for peak, top, reach in ((210, 330, 330), (1420, 350, 360), (980, 390, 300)):
        c.mountain(peak, top, 660, reach, ("#a9bfd9", "#93acca"), "#ffffff")
    c.mountain(600, 200, 660, 470, ("#7f9fc4", "#6486b0"), "#ffffff")
    c.area(c.ridge(575, 38, 2.2), "#6f9f8c", "#4f8573")
    c.area(c.ridge(625, 22, 3), "#4b7f66", "#386a55")
    for index in range(64):
        x = index * 26 + c.random.uniform(-9, 9)
        c.conifer(x, 672 + c.random.uniform(-6, 4), c.random.uniform(46, 96), ("#2f6650", "#235442"))
    c.reflect(674, "#9cc7e4", 0.55)
    c.glints(80, 690, 1040, 780, 820, "#ffffff50")
    c.area([(-5, 990), (260, 1000), (470, 1040), (560, 1075), (-5, 1075)], "#5d9a63", "#3f7d52")
    c.polygon([(836, 868), (1044, 868), (1010, 904), (866, 904)], "#8a5a3c")
    c.polygon([(836, 868), (1044, 868), (1038, 876), (842, 876)], "#b67f56")
    c.line([(940, 868), (940, 742)], 5, "#6b4a35")
    c.polygon([(948, 748), (948, 852), (1026, 852)], "#ffffff")
    c.polygon([(932, 772), (932, 852), (872, 852)], "#f3d9a6")


def sea(c: Canvas) -> None:
    c.sky("#4f9bd8", "#9fd0f0", "#e4f4fb", until=560)
    c.glow(330, 160, 300, "#fff6cf", 0.9)
    c.ellipse(330, 160, 58, 58, "#fffdf0")
    c.clouds((760, 190, 150), (1260, 130, 110), (1080, 300, 80))
    c.area([(-5, 556), (1605, 556), (1605, 1075), (-5, 1075)], "#5bb4d6", "#2b86bd", "#175f9c")
    for x, width, height in ((120, 260, 90), (470, 190, 60), (760, 330, 112), (1080, 150, 50)):
        outline = [(x + width * (step / 20), 560 - height * sin(pi * step / 20) ** 0.8) for step in range(21)]
        c.area(outline, "#6fae8b", "#3f8a74")
        c.line([(x + 6, 562), (x + width - 6, 562)], 4, "#ffffff80")
    c.glints(150, 585, 1050, 780, 840, "#ffffff55")
    c.area(
        [(1605, 560), (1480, 590), (1390, 680), (1260, 740), (1200, 860), (1290, 1075), (1605, 1075)],
        "#7dbb74",
        "#3f8a5c",
    )
    c.polygon([(1200, 860), (1290, 1075), (1240, 1075), (1150, 900)], "#c9b694")
    c.polygon([(1200, 860), (1260, 740), (1226, 790), (1150, 900)], "#e0d0b0")
    c.area([(1374, 690), (1392, 350), (1468, 350), (1486, 690)], "#ffffff", "#e9eef2")
    c.polygon([(1430, 350), (1468, 350), (1486, 690), (1430, 690)], "#cfdbe480")
    for top, low in ((440, 500), (570, 630)):
        left, right = (1392 - 18 * (y - 350) / 340 for y in (top, low))
        c.polygon([(left, top), (2860 - left, top), (2860 - right, low), (right, low)], "#d2504a")
    c.box(1380, 334, 100, 18, "#37475a", 6)
    c.box(1402, 276, 56, 58, "#fff3b8", 4)
    c.polygon([(1390, 278), (1430, 236), (1470, 278)], "#b7282e")
    c.glow(1430, 304, 90, "#fff3b8", 0.7)
    c.polygon([(420, 770), (700, 770), (664, 830), (466, 830)], "#ffffff")
    c.polygon([(436, 797), (684, 797), (664, 830), (466, 830)], "#2a5d9f")
    c.box(520, 712, 96, 58, "#f4f7fa", 6)
    for x in (532, 576):
        c.box(x, 726, 28, 22, "#6fb3da", 3)
    c.line([(640, 770), (640, 672)], 5, "#37475a")
    c.polygon([(643, 674), (643, 706), (694, 690)], "#e0a21b")
    for x, y in ((880, 420), (960, 380), (1030, 440)):
        c.line([(x - 26, y - 10), (x - 10, y - 14), (x, y), (x + 10, y - 14), (x + 26, y - 10)], 4, "#44607a")


def tea_field(c: Canvas) -> None:
    c.sky("#86c5ec", "#d8eef8", "#fdf8e6", until=520)
    c.glow(1300, 190, 330, "#fff4bf", 0.9)
    c.ellipse(1300, 190, 52, 52, "#fffbe6")
    c.clouds((420, 170, 130), (960, 240, 90))
    c.area(c.ridge(400, 60, 1.6), "#a5cbd0", "#8bbab8")
    c.area(c.ridge(455, 45, 2.1), "#7fb69c", "#62a083")
    c.area(c.ridge(505, 28, 2.6), "#5c9c6a", "#468455")
    for x in (90, 150, 1180, 1232, 1500):
        c.tree(x, 530, c.random.uniform(80, 110), ("#3f7d4c", "#579a5b", "#76b268"))
    c.house(600, 532, 130, "#f4ead6", "#5b6d84")
    c.area([(-5, 520), (1605, 505), (1605, 1075), (-5, 1075)], "#8a7a4d", "#6d5f3b")
    for row in range(13):
        share = row / 12
        top, depth = 520 + 500 * share**1.5, 16 + 92 * share
        crest = [
            (x, top + 34 * (1 - share) * sin(x / 330 + 0.6) + 10 * share * sin(x / 190)) for x in range(-10, 1611, 10)
        ]
        c.area([*crest, *[(x, y + depth) for x, y in reversed(crest)]], "#a4d66a", "#5fa647", "#2f7438")
        for x, y in crest[:: max(2, 7 - row // 2)]:
            bud = 3 + 11 * share
            c.ellipse(x + c.random.uniform(-8, 8), y + bud * 0.5, bud * 1.6, bud, "#bfe684")
    c.line([(1116, 560), (1116, 388)], 6, "#8a949e")
    for turn in range(3):
        angle = 2 * pi * turn / 3 + 0.5
        c.line([(1116, 388), (1116 + 46 * cos(angle), 388 + 46 * sin(angle))], 7, "#f4f7fa")


def orchard(c: Canvas) -> None:
    c.sky("#7dbbe6", "#cfe8f6", "#fff6e0", until=620)
    c.clouds((330, 150, 120), (1220, 120, 140))
    c.mountain(900, 230, 620, 620, ("#94b4d3", "#7c9fc3"), "#ffffff")
    c.area(c.ridge(560, 40, 1.7), "#8ebf86", "#69a56b")
    c.area([(-5, 640), (500, 610), (1100, 620), (1605, 600), (1605, 1075), (-5, 1075)], "#9ccf70", "#5f9e4d")
    for foot, height, step, start in ((690, 190, 210, 40), (800, 290, 330, 180)):
        for x in range(start, WIDTH + 100, step):
            c.ellipse(x, foot, height * 0.4, height * 0.05, "#00000026")
            c.tree(x, foot, height, ("#3b7d43", "#559a4e", "#74b35c"))
            for _ in range(15):
                angle, reach = c.random.uniform(0, 2 * pi), c.random.uniform(0.04, 0.34) * height
                apple = (x + reach * cos(angle), foot - height * 0.64 + reach * 0.75 * sin(angle))
                c.ellipse(*apple, height * 0.036, height * 0.036, "#d8322f")
                c.ellipse(
                    apple[0] - height * 0.01, apple[1] - height * 0.012, height * 0.011, height * 0.011, "#ff9b8a"
                )
    _basket(c, 560, 830)
    c.area([(-5, 1010), (400, 990), (900, 1030), (1605, 1000), (1605, 1075), (-5, 1075)], "#4f8f45", "#39753a")


def _basket(c: Canvas, left: float, top: float) -> None:
    c.ellipse(left + 240, top + 186, 300, 26, "#00000030")
    for x, y, r in (
        (90, 0, 62),
        (200, -34, 66),
        (312, -22, 64),
        (400, 6, 58),
        (150, 22, 60),
        (268, 22, 64),
        (352, 26, 56),
    ):
        cx, cy = left + x, top + y
        c.ellipse(cx, cy, r, r * 0.95, "#b8211f")
        c.ellipse(cx - r * 0.08, cy - r * 0.06, r * 0.88, r * 0.84, "#d93832")
        c.ellipse(cx - r * 0.34, cy - r * 0.34, r * 0.2, r * 0.26, "#ffffff90")
        c.line([(cx, cy - r * 0.72), (cx + r * 0.1, cy - r * 1.14)], 6, "#6b4a35")
        c.polygon([(cx + r * 0.1, cy - r), (cx + r * 0.42, cy - r * 1.22), (cx + r * 0.56, cy - r * 0.92)], "#5d9a4a")
    c.area(
        [(left, top + 34), (left + 490, top + 34), (left + 430, top + 190), (left + 60, top + 190)],
        "#d9a763",
        "#a8733a",
    )
    for share in (0.25, 0.55, 0.85):
        level, inset = top + 34 + 156 * share, 60 * share
        c.line([(left + inset, level), (left + 490 - inset, level)], 5, "#8a5a2c90")
    for step in range(1, 10):
        across = 49 * step
        c.line([(left + across, top + 40), (left + 61 + across * 0.75, top + 188)], 4, "#8a5a2c60")
    c.box(left - 14, top + 22, 518, 26, "#b98446", 12)


def rice_terraces(c: Canvas) -> None:
    c.sky("#f6b48a", "#fbd9a8", "#fdf0cf", until=480)
    c.glow(500, 330, 430, "#fff0b8", 1)
    c.ellipse(500, 330, 54, 54, "#fffbe2")
    c.cloud(1050, 150, 130, "#ffffffa0")
    c.cloud(1330, 230, 90, "#ffffff90")
    c.area(c.ridge(360, 55, 1.5), "#d6a9a5", "#c29a9e")
    c.area(c.ridge(415, 48, 2.2), "#a58d9b", "#877c8c")
    c.area(c.ridge(470, 26, 2.7), "#66806f", "#4d6b5c")
    for step in range(11):
        share = step / 10
        top, bend = 495 + 560 * share**1.35, 70 * (1 - share * 0.5)
        edge = [(x, top + bend * sin(x / 420 + step * 0.35) + 12 * sin(x / 120 + step)) for x in range(-10, 1611, 10)]
        bottom = [(1610, HEIGHT + 10.0), (-10, HEIGHT + 10.0)]
        c.area([*edge, *bottom], "#6fae5a", "#3f7f48")
        pool = [(x, y + 12 + 12 * share) for x, y in edge]
        c.area([*pool, *[(x, y + 34 + 70 * share) for x, y in reversed(edge)]], "#fde2b6", "#e9b7a0", "#9fb6cc")
        for x in range(step % 3 * 20, 1600, round(46 + 60 * share)):
            y = pool[x // 10][1] + 12 + 22 * share
            for lean in (-4, 0, 5):
                c.line([(x, y), (x + lean * (0.6 + share), y - 9 - 15 * share)], 1.5 + 2 * share, "#5d9a4a")
    for x, foot, height in ((130, 560, 150), (205, 575, 120), (1450, 530, 130)):
        c.conifer(x, foot, height, ("#3c6b54", "#2f5847"))
    c.house(1190, 560, 150, "#efe2cb", "#8a6b4f", "#ffe6a0")


def autumn_valley(c: Canvas) -> None:
    c.sky("#8ec3e6", "#dcecf2", "#fbf3e2", until=600)
    c.cloud(1180, 140, 120)
    c.mountain(400, 150, 640, 480, ("#9aa9c2", "#8495b2"), "#ffffff")
    c.mountain(1210, 220, 660, 520, ("#a9a7b6", "#918fa4"))
    autumn = ("#a63d2f", "#d0622f", "#e39a3b", "#c9822f", "#7d8b4a", "#e6b84e")
    for level, size in ((500, 17), (600, 24), (720, 34)):
        outline = c.ridge(level, 70, 1.3)
        c.area(outline, "#a9643a", "#6d4a35")
        for depth in range(9):
            for x, y in outline[: -2 : size // 6]:
                spot = (x + c.random.uniform(-size, size), y + size * (0.5 + depth * 0.8))
                c.ellipse(*spot, size, size * 0.9, c.random.choice(autumn))
    c.area([(640, 1075), (720, 860), (800, 800), (880, 860), (1080, 1075)], "#bfe0e6", "#4f9db4")
    c.glints(16, 860, 940, 790, 30, "#ffffff90")
    c.glints(20, 950, 1050, 800, 90, "#ffffff90")
    _viaduct(c, 690)
    for x, foot, height in ((70, 1060, 330), (250, 1085, 240), (1370, 1080, 300), (1530, 1060, 380)):
        c.tree(x, foot, height, ("#9c3528", "#cc5a2e", "#e78f3c"))


def _viaduct(c: Canvas, level: float) -> None:
    for x in range(100, WIDTH, 280):
        c.area([(x, level + 20), (x + 40, level + 20), (x + 48, 985), (x - 8, 985)], "#d8d2c6", "#9d968a")
    for x in range(-180, WIDTH, 280):
        arch = [(x + 160 + 120 * cos(pi * step / 24), level + 140 - 100 * sin(pi * step / 24)) for step in range(25)]
        c.polygon([(x + 280, level + 18), *arch, (x + 40, level + 18)], "#cbc4b6")
    c.box(-10, level, WIDTH + 20, 24, "#e4dfd4")
    c.box(-10, level + 24, WIDTH + 20, 6, "#8a847a")
    for car in range(2):
        left = 560 + car * 236
        c.box(left, level - 84, 228, 76, "#f6efe0", 12)
        c.box(left, level - 40, 228, 20, "#b7282e")
        for window in range(5):
            c.box(left + 14 + window * 42, level - 74, 32, 28, "#7db4d4", 4)
        for wheel in (36, 74, 154, 192):
            c.ellipse(left + wheel, level - 6, 9, 9, "#37424f")
