"""What can be asked of a file, in its address."""

from typing import Any, cast

from django import forms

from portal.core.csv_files import Encoding
from portal.core.forms import FilterForm
from portal.open_data.dataset import Dataset


class FileForm(FilterForm):
    """The columns and the encoding of a file."""

    profile = forms.ChoiceField(label="profile", required=False)
    enc = forms.ChoiceField(label="enc", required=False, choices=[(encoding, encoding) for encoding in Encoding])

    def __init__(self, *args: Any, dataset: Dataset, **kwargs: Any):
        super().__init__(*args, **kwargs)
        profiles = [(profile.id, profile.title) for profile in dataset.profiles]
        cast(forms.ChoiceField, self.fields["profile"]).choices = profiles
        self.allowed = {
            "profile": "か".join(profile.id for profile in dataset.profiles),
            "enc": "か".join(Encoding),
        }

    @property
    def complaint(self) -> str:
        """What is wrong with the address and what could stand there, as text."""
        return "\n".join(f"「{name}」には{self.allowed[name]}を指定してください。" for name in self.errors)
