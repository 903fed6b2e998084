"""Files of the back office, as people open, change and send them."""

import csv
import io

from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook


def content(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def csv_rows(response, encoding="utf-8-sig"):
    """The rows of a text file, each by its headers."""
    return list(csv.DictReader(io.StringIO(content(response).decode(encoding))))


def as_csv(rows):
    """The rows as a file that begins with their headers."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def book(response):
    return load_workbook(io.BytesIO(content(response)))


def saved(workbook):
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def send(browser, address, file, **more):
    return browser.post(address, {"file": SimpleUploadedFile("表.bin", file), **more})


def outcomes(response):
    """What becomes of each row of each table on the page."""
    return {
        report.profile: [str(result.outcome) for result in report.results] for report, _ in response.context["reports"]
    }


def reasons(response):
    """Why rows were refused."""
    return [
        str(problem)
        for report, _ in response.context["reports"]
        for result in report.results
        for problem in result.problems
    ]


def changes(response):
    return [
        str(change)
        for report, _ in response.context["reports"]
        for result in report.results
        for change in result.changes
    ]


def address(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def exported(office, model, file_type="csv"):
    return office.get(address(model, "export", file_type))


def bring(office, model, *rows):
    return send(office, address(model, "import"), as_csv(rows))


def confirm(office, shown, model):
    return office.post(address(model, "import"), {"ticket": shown.context["ticket"]}, follow=True)


def everything(*models):
    """Every column of every row."""
    return {model: serializers.serialize("python", model.objects.order_by("pk")) for model in models}
