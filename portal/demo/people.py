"""The demo accounts: fictional people of each role, whose secrets are printed for whoever tries the site."""

import base64
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings

from municipalities.choices import WardRole
from municipalities.models import WardStaff
from portal.core.models import User
from portal.demo.writing import DemoWriter
from portal.roles import Role, ensure_groups

ACCOUNTS: dict[str, tuple[str, Role | None]] = {
    "secretariat@demo.example": ("【デモ】事務局の職員", Role.SECRETARIAT),
    "shinagawa-editor@demo.example": ("【デモ】品川区の担当者", Role.WARD_EDITOR),
    "shinagawa-approver@demo.example": ("【デモ】品川区の承認者", Role.WARD_APPROVER),
    "meguro-editor@demo.example": ("【デモ】目黒区の担当者", Role.WARD_EDITOR),
    "meguro-approver@demo.example": ("【デモ】目黒区の承認者", Role.WARD_APPROVER),
    "auditor@demo.example": ("【デモ】監査の職員", Role.AUDITOR),
    "member@demo.example": ("【デモ】会員自治体の職員", None),
    "colleague@demo.example": ("【デモ】会員自治体のもう一人の職員", None),
    "other-member@demo.example": ("【デモ】別の会員自治体の職員", None),
    "resting-member@demo.example": ("【デモ】休止中の会員自治体の職員", None),
}
# The ward of each account that works for one, by its number in the official order; since how many days.
WARDS = {
    "shinagawa-editor@demo.example": 9,
    "shinagawa-approver@demo.example": 9,
    "meguro-editor@demo.example": 10,
    "meguro-approver@demo.example": 10,
}
IN_POST_SINCE = -600
HEADINGS = ("メールアドレス", "パスワード", "二要素認証の鍵", "役割", "二要素認証の登録用アドレス")


class Secrets(NamedTuple):
    password: str
    totp: str


def accounts_file() -> Path:
    """Where the accounts are written down, for the one who runs the site alone."""
    return Path(settings.DATA_DIR) / "demo-accounts.txt"


def write(writer: DemoWriter) -> str:
    """Makes every account answer to what is written down of it, and returns the table of all.

    What the settings fix comes first, then what was written down before, then chance.
    """
    known, groups = _known(), ensure_groups()
    lines = ["\t".join(HEADINGS)]
    for email, (name, role) in ACCOUNTS.items():
        secret = _secrets(known.get(email))
        user, is_new = User.objects.get_or_create(email=email, defaults={"name": name, "is_staff": role is not None})
        if is_new and role in groups:
            user.groups.add(groups[role])
        _give_post(writer, user, role)
        is_changed = any([_set_password(user, secret.password), _set_address(user), _set_totp(user, secret.totp)])
        writer.count(User, "created" if is_new else "updated" if is_changed else "unchanged")
        url = get_adapter().build_totp_url(user, secret.totp)
        lines.append("\t".join([email.ljust(31), *secret, role or "会員自治体", url]))
    return "\n".join(lines) + "\n"


def keep(table: str) -> None:
    """Writes the accounts down where only the site's own user can read them."""
    path = accounts_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(table, encoding="utf-8")


def _known() -> Mapping[str, Secrets]:
    if not accounts_file().exists():
        return {}
    lines = accounts_file().read_text(encoding="utf-8").splitlines()[1:]
    rows = ([cell.strip() for cell in line.split("\t")] for line in lines)
    return {row[0]: Secrets(row[1], row[2]) for row in rows}


def _secrets(known: Secrets | None) -> Secrets:
    drawn = Secrets(secrets.token_urlsafe(12), base64.b32encode(secrets.token_bytes(20)).decode())
    before = known or drawn
    return Secrets(settings.DEMO_PASSWORD or before.password, settings.DEMO_TOTP_SECRET or before.totp)


def _give_post(writer: DemoWriter, user: User, role: Role | None) -> None:
    if role not in _WARD_ROLES or WardStaff.objects.filter(user=user).exists():
        return
    ward, since = writer.ward(WARDS[user.email]), writer.days.day(IN_POST_SINCE)
    WardStaff.objects.create(user=user, ward=ward, role=_WARD_ROLES[role], starts_on=since)


_WARD_ROLES = {Role.WARD_EDITOR: WardRole.EDITOR, Role.WARD_APPROVER: WardRole.APPROVER}


def _set_password(user: User, password: str) -> bool:
    # An account just made has none, and checking costs as much as setting.
    if user.password and user.check_password(password):
        return False
    user.set_password(password)
    user.save(update_fields=["password"])
    return True


def _set_address(user: User) -> bool:
    values = {"verified": True, "primary": True}
    return EmailAddress.objects.get_or_create(user=user, email=user.email, defaults=values)[1]


def _set_totp(user: User, secret: str) -> bool:
    authenticator = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if authenticator and decrypt(authenticator.data["secret"]) == secret:
        return False
    authenticator = authenticator or Authenticator(user=user, type=Authenticator.Type.TOTP)
    authenticator.data = {"secret": encrypt(secret)}
    authenticator.save()
    return True
