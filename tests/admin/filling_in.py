"""Filling in the forms of the back office as a browser does: what the page shows is sent, with some fields changed."""

import html5lib


def fields_of(response):
    """What the form of a page would send as it stands."""
    document = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    (form,) = (form for form in document.iter("form") if (form.get("id") or "").endswith("_form"))
    sent = {}
    for element in form.iter():
        name = element.get("name")
        if element.tag not in ("input", "textarea", "select") or not name or "__prefix__" in name:
            continue
        value = _value_of(element)
        if value is not None:
            sent[name] = value
    return sent


def _value_of(element):
    if element.tag == "textarea":
        return (element.text or "").removeprefix("\n")
    if element.tag == "select":
        chosen = [option.get("value") for option in element.iter("option") if option.get("selected") is not None]
        return chosen if element.get("multiple") is not None else next(iter(chosen), "")
    if element.get("type") in ("submit", "file", "button"):
        return None
    if element.get("type") == "checkbox":
        return element.get("value", "on") if element.get("checked") is not None else None
    return element.get("value", "")


def send(office, address, **changes):
    """Opens a form, changes some of its fields and sends it; None takes a field out."""
    sent = fields_of(office.get(address)) | {"_save": "保存"}
    sent |= {name.replace("____", "-"): value for name, value in changes.items()}
    return office.post(address, {name: value for name, value in sent.items() if value is not None})


def errors_of(response):
    """All messages of a form that was not accepted, those of its inlines too."""
    assert response.status_code == 200, response.headers
    form = response.context["adminform"].form
    own = [message for messages in form.errors.values() for message in messages]
    inlines = [
        message
        for inline in response.context["inline_admin_formsets"]
        for errors in inline.formset.errors
        for messages in errors.values()
        for message in messages
    ]
    return own + inlines
