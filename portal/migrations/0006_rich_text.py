"""The bodies of news become paragraphs; backwards they become the same plain text again."""

from django.db import migrations, models

from portal.core.rich_text import from_plain, plain_text


def _write(apps, rewrite):
    items = apps.get_model("portal", "NewsItem").objects.exclude(body="")
    for item in items.iterator():
        items.filter(pk=item.pk).update(body=rewrite(item.body))


def to_paragraphs(apps, schema_editor):
    _write(apps, from_plain)


def to_plain_text(apps, schema_editor):
    _write(apps, plain_text)


class Migration(migrations.Migration):
    dependencies = [("portal", "0005_role_groups")]
    operations = [
        migrations.AlterField(
            model_name="newsitem",
            name="body",
            field=models.TextField(
                help_text="改行や空行は段落になります。見出し・箇条書き・リンク・表も使えます。", verbose_name="本文"
            ),
        ),
        migrations.RunPython(to_paragraphs, to_plain_text),
    ]
