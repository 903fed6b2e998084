"""The reports of events become paragraphs; backwards they become the same plain text again."""

from django.db import migrations

from portal.core.rich_text import from_plain, plain_text


def _write(apps, rewrite):
    events = apps.get_model("events", "Event").objects.exclude(results="")
    for event in events.iterator():
        events.filter(pk=event.pk).update(results=rewrite(event.results))


def to_paragraphs(apps, schema_editor):
    _write(apps, from_plain)


def to_plain_text(apps, schema_editor):
    _write(apps, plain_text)


class Migration(migrations.Migration):
    dependencies = [("events", "0003_event_runs")]
    operations = [migrations.RunPython(to_paragraphs, to_plain_text)]
