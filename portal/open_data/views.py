"""The files to download, and the pages that explain them."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from portal.core.csv_files import Encoding, content_type, lines
from portal.open_data.changes import FORMAT_CHANGES, summaries
from portal.open_data.dataset import Dataset, Moment
from portal.open_data.forms import FileForm
from portal.open_data.tables import DATASETS


def open_data(request: HttpRequest) -> HttpResponse:
    found = summaries(DATASETS.values(), timezone.now())
    context = {
        "page_title": "オープンデータ",
        "datasets": [(dataset, found[dataset.id]) for dataset in DATASETS.values()],
        "format_changes": [
            (change.on, [DATASETS[dataset].title for dataset in change.datasets], change.text)
            for change in FORMAT_CHANGES
        ],
    }
    return render(request, "open_data/open_data.html", context)


def open_data_dictionary(request: HttpRequest, dataset_id: str) -> HttpResponse:
    dataset = _dataset(dataset_id)
    summary = summaries([dataset], timezone.now())[dataset.id]
    context = {"page_title": f"{dataset.title}のデータ項目", "dataset": dataset, "summary": summary}
    return render(request, "open_data/dictionary.html", context)


@require_safe
def open_data_file(request: HttpRequest, dataset_id: str) -> HttpResponseBase:
    dataset = _dataset(dataset_id)
    form = FileForm.of(request, dataset=dataset)
    if not form.is_valid():
        return HttpResponse(form.complaint, status=400, content_type="text/plain; charset=utf-8")
    profile = dataset.profile(form.value("profile", ""))
    encoding = Encoding(form.value("enc", Encoding.UTF_8))
    moment = Moment(timezone.now(), request.build_absolute_uri("/").removesuffix("/"))
    content = lines(profile.headers, dataset.rows(moment, profile), encoding)
    changed = None if dataset.moves_with_time(profile) else summaries([dataset], moment.at)[dataset.id].changed
    response: HttpResponse | StreamingHttpResponse
    if dataset.fingerprint is None:
        text = b"".join(content)
        response = HttpResponse(text, headers=_headers(dataset, encoding, text, changed))
    else:
        state = repr((moment.site, profile.id, profile.version, encoding, dataset.fingerprint(moment.at)))
        response = StreamingHttpResponse(content, headers=_headers(dataset, encoding, state.encode(), changed))
    return _unless_known(request, response, changed)


def _headers(dataset: Dataset, encoding: Encoding, state: bytes, changed: datetime | None) -> dict[str, str]:
    """``state`` tells the file from any other; ``changed`` is None where that depends on more than its records."""
    dated = {"Last-Modified": http_date(changed.timestamp())} if changed else {}
    return dated | {
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": "public, max-age=300",
        "Content-Disposition": f'attachment; filename="{dataset.filename}"',
        "Content-Type": content_type(encoding),
        "ETag": f'"{sha256(state).hexdigest()[:32]}"',
    }


def _unless_known(request: HttpRequest, response: Any, changed: datetime | None) -> HttpResponseBase:
    """The answer, or 304 where the reader has it already."""
    modified = int(changed.timestamp()) if changed else None
    return get_conditional_response(request, response.headers["ETag"], modified, response) or response


def _dataset(dataset_id: str) -> Dataset:
    if dataset_id not in DATASETS:
        raise Http404
    return DATASETS[dataset_id]
