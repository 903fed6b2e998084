"""The 32 columns of 推奨データセット「イベント一覧」."""

from portal.core.importing.columns import Column, Kind, Profile

RECOMMENDED = Profile(
    "recommended",
    "推奨データセット「イベント一覧」形式",
    "1.0",
    "推奨データセット「イベント一覧」",
    (
        Column(
            "都道府県コード又は市区町村コード",
            "code",
            Kind.CODE,
            "情報を載せる自治体の団体コード（6桁）。23区一体の事業は東京都の130001です。",
            "131041",
            is_required=True,
        ),
        Column(
            "NO",
            "number",
            Kind.TEXT,
            "同じ団体コードの中でイベントを特定する番号。一度付けた番号は変わりません。",
            "12",
            is_required=True,
        ),
        Column(
            "都道府県名", "prefecture_name", Kind.TEXT, "情報を載せる自治体の都道府県。", "東京都", is_required=True
        ),
        Column(
            "市区町村名",
            "municipality_name",
            Kind.TEXT,
            "情報を載せる自治体の名称。23区一体の事業は空欄です。",
            "新宿区",
        ),
        Column(
            "イベント名", "title", Kind.TEXT, "イベントの名称。", "全国連携フォーラム（架空の例）", is_required=True
        ),
        Column(
            "イベント名_カナ", "title_kana", Kind.TEXT, "名称の読み（全角カタカナ）。", "ゼンコクレンケイフォーラム"
        ),
        Column("イベント名_英語", "title_en", Kind.TEXT, "名称の英語表記。", "Nationwide Partnership Forum"),
        Column(
            "開始日",
            "first_day",
            Kind.DAY,
            "初日。日が分からないときは空欄とし、分かることを「開始日時特記事項」に書きます。",
            "2026-05-01",
        ),
        Column("終了日", "last_day", Kind.DAY, "最終日。1日だけのイベントは開始日と同じです。", "2026-05-03"),
        Column("開始時間", "start_time", Kind.TIME, "初日の開始時刻。", "10:00"),
        Column("終了時間", "end_time", Kind.TIME, "最終日の終了時刻。", "16:00"),
        Column(
            "開始日時特記事項",
            "date_note",
            Kind.TEXT,
            "日時の補足。日が分からないイベントは、年月か年度で始まります。",
            "雨天順延",
        ),
        Column("説明", "summary", Kind.TEXT, "イベントの概要。", "全国の町と23区が取組を持ち寄ります。"),
        Column("料金(基本)", "fee", Kind.TEXT, "参加に必要な料金。", "無料"),
        Column("料金(詳細)", "fee_detail", Kind.TEXT, "料金の内訳や割引。", "資料代500円"),
        Column("連絡先名称", "contact_name", Kind.TEXT, "問い合わせ先の組織と部署。", "特別区長会事務局"),
        Column("連絡先電話番号", "contact_phone", Kind.TEXT, "問い合わせ先の電話番号。", "03-0000-0000"),
        Column("連絡先内線番号", "contact_extension", Kind.TEXT, "問い合わせ先の内線番号。", "123"),
        Column("主催者", "organizer", Kind.TEXT, "主催する団体。複数のときは「、」で区切ります。", "特別区長会"),
        Column("場所名称", "venue_name", Kind.TEXT, "会場の名称。", "東京区政会館"),
        Column("住所", "address", Kind.TEXT, "会場の住所。都道府県から書きます。", "東京都千代田区飯田橋3-5-1"),
        Column("方書", "address_detail", Kind.TEXT, "会場の建物名、階、部屋。", "1階"),
        Column("緯度", "latitude", Kind.DEGREES, "会場の緯度。", "35.701"),
        Column("経度", "longitude", Kind.DEGREES, "会場の経度。", "139.748"),
        Column("アクセス方法", "access", Kind.TEXT, "会場までの行き方。", "飯田橋駅から徒歩5分"),
        Column("駐車場情報", "parking", Kind.TEXT, "駐車場の有無や台数。", "なし"),
        Column("定員", "capacity", Kind.WHOLE_NUMBER, "定員（人）。", "100"),
        Column("参加申込終了日", "application_deadline", Kind.DAY, "申込期限の日。", "2026-04-20"),
        Column("参加申込終了時間", "application_deadline_time", Kind.TIME, "申込期限の時刻。", "17:00"),
        Column("参加申込方法", "application", Kind.TEXT, "申込みの方法。", "電話でお申し込みください。"),
        Column("URL", "url", Kind.URL, "イベントのホームページ。", "https://www.example.jp/forum"),
        Column(
            "備考",
            "status_remarks",
            Kind.TEXT,
            "その他の事項。中止・延期などのイベントは、1行目が【中止】などと理由です。",
            "【中止】大雨のため",
        ),
    ),
)
