"""The two formats of event tables, column for column as they are published."""

import pytest

from events.profiles import BASE_REGISTRY, PROFILES, RECOMMENDED, EventRecord

RECOMMENDED_HEADERS = (
    "都道府県コード又は市区町村コード, NO, 都道府県名, 市区町村名, イベント名, イベント名_カナ, イベント名_英語, "
    "開始日, 終了日, 開始時間, 終了時間, 開始日時特記事項, 説明, 料金(基本), 料金(詳細), 連絡先名称, 連絡先電話番号, "
    "連絡先内線番号, 主催者, 場所名称, 住所, 方書, 緯度, 経度, アクセス方法, 駐車場情報, 定員, 参加申込終了日, "
    "参加申込終了時間, 参加申込方法, URL, 備考"
)
BASE_REGISTRY_HEADERS = (
    "NO, 都道府県コード又は市区町村コード, 名称, 名称(カナ), 名称(英字), 名称(通称), サブタイトル, 概要, 説明, "
    "サブイベント, イベント種類, URL, 画像URL, 状態, 対象となる産業, ステージ, 開始日, 終了日, 開始時刻, 終了時刻, "
    "日時備考, 場所名称, 集合場所, 郵便番号, 住所都道府県, 住所市区町村, 住所町名, 住所丁目以下, 建物名等, 緯度, 経度, "
    "主催団体, 共催団体, その他関係団体, 対象者, 定員, 料金(基本), 料金(詳細), 外国語対応, 申込期限日, 申込期限時刻, "
    "申込方法, アクセス方法, 駐車場情報, 駐輪場情報, 連絡先名称, 連絡先電話番号, 連絡先内線番号, "
    "連絡先メールアドレス, 備考"
)


@pytest.mark.parametrize(
    ("profile", "headers", "number"),
    [(RECOMMENDED, RECOMMENDED_HEADERS, 32), (BASE_REGISTRY, BASE_REGISTRY_HEADERS, 50)],
)
def test_the_columns_stand_in_the_published_order(profile, headers, number):
    assert ", ".join(profile.headers) == headers
    assert len(profile.columns) == number


def test_the_recommended_format_is_given_when_none_is_asked_for():
    assert list(PROFILES) == ["recommended", "base-registry"]


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.id)
def test_every_column_takes_its_own_value_of_the_record(profile):
    fields = [column.field for column in profile.columns]

    assert set(fields) <= set(EventRecord._fields)
    assert len(set(fields)) == len(fields)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.id)
def test_every_column_is_explained(profile):
    assert [column.header for column in profile.columns if not column.meaning.endswith("。")] == []


def test_every_value_of_the_record_is_in_some_format():
    used = {column.field for profile in PROFILES.values() for column in profile.columns}

    assert used == set(EventRecord._fields)
