"""What support adds up to."""

from disaster_support.choices import Giver, SupportKind
from disaster_support.rules import GiverTotal, KindTotal, totals_by_kind


def row(kind, giver, *, yen=None, people=None, records=1, in_words=0):
    return {
        "kind": kind,
        "giver": giver,
        "yen": yen,
        "total_people": people,
        "record_count": records,
        "in_words": in_words,
    }


def test_kinds_and_givers_stand_in_the_order_of_their_vocabularies():
    rows = [
        row(SupportKind.STAFF, Giver.NOT_STATED, people=7743, records=5, in_words=1),
        row(SupportKind.DONATION, Giver.JOINT, yen=1_000_000_000),
        row(SupportKind.DONATION, Giver.WARDS, yen=4_047_130_000, records=2),
    ]

    assert totals_by_kind(rows) == [
        KindTotal(
            "義援金",
            [GiverTotal("各区", 4_047_130_000, None, 2, 0), GiverTotal("23区共同", 1_000_000_000, None, 1, 0)],
            None,
        ),
        KindTotal("職員派遣", [GiverTotal("記載なし", None, 7743, 5, 1)], None),
    ]


def test_money_for_reconstruction_is_summed_over_its_givers():
    rows = [
        row(SupportKind.RECONSTRUCTION, Giver.JOINT, yen=272_000_000, records=6),
        row(SupportKind.RECONSTRUCTION, Giver.NOT_STATED, yen=11_000_000, records=2),
        row(SupportKind.SYMPATHY, Giver.JOINT, yen=1_000_000),
    ]

    assert [(total.kind, total.yen) for total in totals_by_kind(rows)] == [
        ("復興支援金", 283_000_000),
        ("災害見舞金", None),
    ]


def test_one_giver_needs_no_sum():
    (total,) = totals_by_kind([row(SupportKind.RECONSTRUCTION, Giver.JOINT, yen=55_000_000)])

    assert total.yen is None


def test_nothing_adds_up_to_nothing():
    assert totals_by_kind([]) == []
