"""Amounts of money, in whole yen."""


def format_yen(amount: int) -> str:
    """Whole yen as officials print them: 3740250000 → 「37億4,025万円」, 500 → 「500円」. Raises ValueError below 0."""
    if amount < 0:
        raise ValueError("金額は0以上です。")
    hundred_millions, rest = divmod(amount, 100_000_000)
    ten_thousands, yen = divmod(rest, 10_000)
    parts = [
        f"{hundred_millions:,}億" if hundred_millions else "",
        f"{ten_thousands:,}万" if ten_thousands else "",
        f"{yen:,}" if yen or not amount else "",
    ]
    return "".join(parts) + "円"
