"""Amounts of money, in whole yen."""


def yen_parts(amount: int) -> list[tuple[str, str]]:
    """Figures with their units: 3740250000 → 37 億 and 4,025 万円, 500 → 500 円. Raises ValueError below 0."""
    if amount < 0:
        raise ValueError("金額は0以上です。")
    hundred_millions, rest = divmod(amount, 100_000_000)
    ten_thousands, yen = divmod(rest, 10_000)
    figures = ((hundred_millions, "億"), (ten_thousands, "万"), (yen, ""))
    *greater, (least, unit) = [(f"{figure:,}", unit) for figure, unit in figures if figure] or [("0", "")]
    return [*greater, (least, f"{unit}円")]


def format_yen(amount: int) -> str:
    """Whole yen as officials print them: 3740250000 → 「37億4,025万円」, 500 → 「500円」. Raises ValueError below 0."""
    return "".join(figure + unit for figure, unit in yen_parts(amount))
