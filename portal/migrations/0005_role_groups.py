from django.db import migrations

ROLES = ("事務局", "監査")
# What wards do is told by the posts of people at them, not by groups.
FORMER = ("区担当者", "区承認者")


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name in ROLES:
        Group.objects.get_or_create(name=name)
    Group.objects.filter(name__in=FORMER, user__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0004_findings"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
