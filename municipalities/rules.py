"""What is counted and how, for municipalities and agreements. Pure functions, no database."""

from municipalities.choices import BodyKind, MunicipalityKind

CHECK_DIGIT_WEIGHTS = (6, 5, 4, 3, 2)
FIRST_WARD_CODE, LAST_WARD_CODE = "131016", "131237"
# Of which municipalities of its prefecture a body is the association.
MEMBER_KINDS = {
    BodyKind.CITY_MAYORS: (MunicipalityKind.CITY,),
    BodyKind.TOWNS_AND_VILLAGES: (MunicipalityKind.TOWN, MunicipalityKind.VILLAGE),
}


def check_digit(code5: str) -> str:
    """The sixth digit of a local-government code, from its first five.

    Source: 総務省「全国地方公共団体コード」仕様: weights 6 5 4 3 2, eleven minus the remainder by eleven, last digit.
    Raises ValueError unless given five digits.
    """
    if len(code5) != 5 or not (code5.isascii() and code5.isdigit()):
        raise ValueError("コードの先頭5桁は半角数字です。")
    total = sum(weight * int(digit) for weight, digit in zip(CHECK_DIGIT_WEIGHTS, code5, strict=True))
    return str((11 - total % 11) % 10)


def is_municipality_code(code: str) -> bool:
    """Whether six characters are a local-government code whose check digit is right."""
    return len(code) == 6 and code.isascii() and code.isdigit() and check_digit(code[:5]) == code[5]
