"""The form pack: labels, help and errors are tied to their controls, and what comes out is strict HTML."""

import html5lib
import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Button, ButtonHolder, Fieldset, Hidden, Layout, Reset, Submit
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_errors, as_crispy_field, as_crispy_form
from crispy_forms.utils import render_crispy_form
from django import forms

COLOURS = [("red", "赤"), ("blue", "青")]


class EveryField(forms.Form):
    """One of each kind of control."""

    name = forms.CharField(label="氏名", help_text="戸籍のとおり。")
    note = forms.CharField(label="備考", required=False, widget=forms.Textarea)
    colour = forms.ChoiceField(label="色", choices=COLOURS, widget=forms.RadioSelect, help_text="一つだけ。")
    colours = forms.MultipleChoiceField(
        label="好きな色", choices=COLOURS, widget=forms.CheckboxSelectMultiple, required=False
    )
    agree = forms.BooleanField(label="同意します", help_text="規約をお読みください。")
    step = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, method="post", **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = method
        self.helper.add_input(Submit("", "送信する"))

    def clean(self):
        raise forms.ValidationError("受付時間外です。")


def parsed(html):
    """The form as a tree; html5lib raises where a browser would have to guess."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(f'<!doctype html><html lang="ja"><head><title>x</title></head><body>{html}</body></html>')


def by_id(tree):
    """Every element that has an id; two with one id fail."""
    found = [element for element in tree.iter() if element.get("id")]
    ids = [element.get("id") for element in found]
    assert len(ids) == len(set(ids))
    return dict(zip(ids, found, strict=True))


def text(element):
    return " ".join("".join(element.itertext()).split())


def labels(tree):
    return {element.get("for"): text(element) for element in tree.iter("label")}


def test_every_control_has_a_label_and_says_in_words_that_it_is_required():
    tree = parsed(render_crispy_form(EveryField()))

    assert labels(tree) == {
        "id_name": "氏名 必須",
        "id_note": "備考",
        "id_colour_0": "赤",
        "id_colour_1": "青",
        "id_colours_0": "赤",
        "id_colours_1": "青",
        "id_agree": "同意します 必須",
    }
    assert [text(legend) for legend in tree.iter("legend")] == ["色 必須", "好きな色"]
    assert set(labels(tree)) <= set(by_id(tree))


def test_help_is_tied_to_its_control():
    tree = parsed(render_crispy_form(EveryField()))
    elements = by_id(tree)

    assert elements["id_name"].get("aria-describedby") == "id_name_helptext"
    assert text(elements["id_name_helptext"]) == "戸籍のとおり。"
    assert elements["id_agree"].get("aria-describedby") == "id_agree_helptext"
    assert elements["id_note"].get("aria-describedby") is None
    assert [fieldset.get("aria-describedby") for fieldset in tree.iter("fieldset")] == ["id_colour_helptext", None]


def test_a_clean_form_shows_no_error():
    html = render_crispy_form(EveryField())

    assert "error" not in html
    assert "aria-invalid" not in html


def test_each_error_is_marked_tied_and_linked_from_the_summary():
    tree = parsed(render_crispy_form(EveryField({"colours": ["green"]})))
    elements = by_id(tree)

    summary = next(div for div in tree.iter("div") if div.get("class") == "error-summary")
    assert summary.get("role") == "alert"
    assert [text(item) for item in summary.iter("li")] == [
        "受付時間外です。",
        "氏名：このフィールドは必須です。",
        "色：このフィールドは必須です。",
        "好きな色：正しく選択してください。 green は候補にありません。",
        "同意します：このフィールドは必須です。",
        "このフィールドは必須です。",
    ]
    targets = [link.get("href").removeprefix("#") for link in summary.iter("a")]
    assert targets == ["id_name", "id_colour_0", "id_colours_0", "id_agree"]
    assert set(targets) <= set(elements)
    assert elements["id_name"].get("aria-invalid") == "true"
    assert elements["id_name"].get("aria-describedby") == "id_name_helptext id_name_error"
    assert text(elements["id_name_error"]) == "このフィールドは必須です。"
    assert [fieldset.get("aria-describedby") for fieldset in tree.iter("fieldset")] == [
        "id_colour_helptext id_colour_error",
        "id_colours_error",
    ]


def test_what_was_typed_is_kept():
    elements = by_id(parsed(render_crispy_form(EveryField({"name": "<山田>", "note": "二行\n目", "colour": "blue"}))))

    assert elements["id_name"].get("value") == "<山田>"
    assert text(elements["id_note"]) == "二行 目"
    assert elements["id_colour_1"].get("checked") is not None


def test_a_posted_form_carries_the_token_and_a_get_form_does_not():
    assert 'value="SECRET"' in render_crispy_form(EveryField(), context={"csrf_token": "SECRET"})
    assert "SECRET" not in render_crispy_form(EveryField(method="get"), context={"csrf_token": "SECRET"})


def test_a_posted_form_may_leave_the_token_out():
    form = EveryField()
    form.helper.disable_csrf = True

    assert "SECRET" not in render_crispy_form(form, context={"csrf_token": "SECRET"})


def test_the_form_says_how_and_where_it_is_sent():
    form = EveryField(method="get")
    form.helper.form_action, form.helper.form_id, form.helper.form_class = "/events/", "filter", "filter-form"

    element = by_id(parsed(render_crispy_form(form)))["filter"]

    assert (element.get("method"), element.get("action"), element.get("class")) == ("get", "/events/", "filter-form")
    assert element.get("enctype") is None


def test_a_form_with_a_file_is_sent_in_parts():
    class Upload(forms.Form):
        paper = forms.FileField(label="資料", widget=forms.FileInput)

    assert 'enctype="multipart/form-data"' in render_crispy_form(Upload())


def test_a_form_may_stand_without_its_tag():
    form = EveryField()
    form.helper.form_tag = False

    html = render_crispy_form(form)

    assert "<form" not in html
    assert 'id="id_name"' in html
    assert "送信する" in html


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        (Submit("", "絞り込む"), '<button class="button" data-variant="primary" type="submit">絞り込む</button>'),
        (
            Submit("send", "送信"),
            '<button class="button" data-variant="primary" type="submit" name="send" value="送信">送信</button>',
        ),
        (Reset("", "戻す"), '<button class="button" data-variant="secondary" type="reset">戻す</button>'),
        (
            Button("", "開く", data_panel="a"),
            '<button class="button" data-variant="secondary" type="button" data-panel="a">開く</button>',
        ),
        (Hidden("step", "2"), '<input type="hidden" name="step" value="2">'),
    ],
    ids=["nameless", "submit", "reset", "button", "hidden"],
)
def test_buttons(button, expected):
    form = EveryField()
    form.helper.inputs = [button]

    assert expected in render_crispy_form(form)


def test_a_form_without_buttons_shows_no_empty_row():
    form = EveryField()
    form.helper.inputs = []

    assert "form-buttons" not in render_crispy_form(form)


def test_a_layout_orders_and_groups_the_fields():
    form = EveryField()
    form.helper.layout = Layout(
        Fieldset("連絡先", "note", "name", css_id="contact"),
        Fieldset("", "agree"),
        ButtonHolder(Submit("", "確認する"), css_id="buttons"),
        ButtonHolder(Submit("", "やめる")),
    )

    tree = parsed(render_crispy_form(form))

    assert list(labels(tree)) == ["id_note", "id_name", "id_agree"]
    assert [text(legend) for legend in tree.iter("legend")] == ["連絡先"]
    assert {"contact", "buttons"} <= set(by_id(tree))


def test_fields_and_errors_can_be_placed_by_hand():
    form = EveryField({})

    assert 'for="id_name"' in as_crispy_field(form["name"])
    assert "error-summary" in as_crispy_errors(form)
    assert "<form" not in as_crispy_form(form)
    assert next(iter(labels(parsed(as_crispy_form(form))))) == "id_name"
