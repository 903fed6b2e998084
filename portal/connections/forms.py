"""Which places were struck."""

from django import forms

from municipalities.models import Municipality
from municipalities.naming import PlacesNamed, places_named

# As many as an address may hold, and more than any disaster has struck.
MOST_PLACES = 400


class StruckForm(forms.Form):
    """Names, readings, codes or whole prefectures as they are pasted; what cannot be read is told, the rest found."""

    places = forms.CharField(
        label="被災した自治体",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20_000,
        help_text=(
            "自治体の名前、読み、団体コード（5桁か6桁）、都道府県の名前を、空白・読点・改行で区切って入れてください。"
            "表の列をそのまま貼り付けられます。同じ名前の自治体がほかにもあるときは「広島県府中市」のように入れます。"
        ),
    )
    named: PlacesNamed | None = None

    def clean_places(self) -> str:
        text: str = self.cleaned_data["places"]
        self.named = places_named(text)
        if len(self.named.found) > MOST_PLACES:
            raise forms.ValidationError(f"一度に調べられるのは{MOST_PLACES}自治体までです。分けて調べてください。")
        if not self.named.found and not self.named.ambiguous:
            raise forms.ValidationError("自治体が見つかりません。名前か団体コードを確かめてください。")
        return text

    @property
    def found(self) -> list[Municipality]:
        """The municipalities to tell of; none where the form is not filled in rightly."""
        return self.named.found if self.named and not self.errors else []

    @property
    def remarks(self) -> list[str]:
        """What of the text stands for no municipality, in words."""
        if self.named is None:
            return []
        several = [
            f"「{word}」は{'、'.join(f'{town.prefecture.name}{town.name}' for town in towns)}のどれか分かりません。"
            for word, towns in self.named.ambiguous.items()
        ]
        unknown = [f"「{word}」という自治体は見つかりません。" for word in self.named.unknown]
        return [*several, *unknown]
