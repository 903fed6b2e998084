"""Places as people paste them: names, readings, codes, whole prefectures."""

import pytest

from municipalities.naming import places_named
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def towns():
    miyagi = PrefectureFactory(code="04", name="宮城県", name_kana="みやぎけん")
    hiroshima = PrefectureFactory(code="34", name="広島県", name_kana="ひろしまけん")
    tokyo = PrefectureFactory(code="13", name="東京都", name_kana="とうきょうと")
    return {
        "石巻": MunicipalityFactory(prefecture=miyagi, code="042021", name="石巻市", name_kana="いしのまきし"),
        "七ヶ宿": MunicipalityFactory(prefecture=miyagi, code="043028", name="七ヶ宿町", name_kana="しちかしゅくまち"),
        "府中": MunicipalityFactory(prefecture=hiroshima, code="342084", name="府中市", name_kana="ふちゅうし"),
        "東京府中": MunicipalityFactory(prefecture=tokyo, code="132063", name="府中市", name_kana="ふちゅうし"),
    }


@pytest.mark.parametrize(
    "written",
    [
        "石巻市",
        "宮城県石巻市",
        "いしのまきし",
        "イシノマキシ",
        "042021",
        "04202",
        "０４２０２１",
        " 石巻市\r\n石巻市、",
    ],
)
def test_a_place_is_known_however_it_is_written(towns, written):
    named = places_named(written)
    assert ([town.name for town in named.found], named.unknown, named.ambiguous) == (["石巻市"], [], {})


@pytest.mark.parametrize("written", ["七ヶ宿町", "七ケ宿町", "シチカシュクマチ"])
def test_small_and_large_ke_are_one(towns, written):
    assert places_named(written).found == [towns["七ヶ宿"]]


@pytest.mark.parametrize("written", ["宮城県", "みやぎけん", "04"])
def test_a_prefecture_stands_for_all_its_municipalities(towns, written):
    assert places_named(written).found == [towns["石巻"], towns["七ヶ宿"]]


def test_a_name_that_several_have_is_asked_about_and_the_rest_is_found(towns):
    named = places_named("府中市\t石巻市\t広島県府中市\tどこか町\t042022")
    assert named.found == [towns["石巻"], towns["府中"]]
    assert named.ambiguous == {"府中市": [towns["東京府中"], towns["府中"]]}
    assert named.unknown == ["どこか町", "042022"]


def test_what_no_longer_exists_is_not_found(towns):
    MunicipalityFactory(prefecture=towns["石巻"].prefecture, number=300, name="昔町", dissolved_on="2005-04-01")
    assert places_named("昔町").unknown == ["昔町"]
