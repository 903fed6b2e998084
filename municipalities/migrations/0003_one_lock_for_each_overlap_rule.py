"""Makes the triggers of the overlap rules anew: they now take one lock for each rule."""

from django.db import migrations

from portal.core.constraints import NoOverlap

RULES = {
    "wardtie": NoOverlap(
        name="municipalities_wardtie_no_overlap",
        same=("ward", "municipality", "kind"),
        starts="starts_on",
        ends="ends_on",
        violation_error_message="同じ区と自治体の間に、同じ種別で期間の重なる交流があります。",
    ),
    "agreementmember": NoOverlap(
        name="municipalities_agreementmember_no_overlap",
        same=("agreement", "municipality"),
        starts="joined_on",
        ends="left_on",
        violation_error_message="この自治体は、同じ期間にすでにこの協定に入っています。",
    ),
    "membership": NoOverlap(
        name="municipalities_membership_no_overlap",
        same=("municipality",),
        starts="registered_on",
        ends="withdrawn_on",
        violation_error_message="この自治体は、同じ期間にすでに会員です。",
    ),
}


class Migration(migrations.Migration):
    dependencies = [("municipalities", "0002_revision")]

    operations = [
        operation
        for model, rule in RULES.items()
        for operation in (migrations.RemoveConstraint(model, rule.name), migrations.AddConstraint(model, rule))
    ]
