"""Where people sign in: the pages of allauth that we use, under their usual names, each with its title, and our own."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, path, re_path
from django.views.generic import TemplateView, View

from portal.core import passkeys, views


def _page(route: str, view: type[View], title: str, name: str, **options: str) -> URLPattern:
    return path(route, view.as_view(extra_context={"page_title": title}, **options), name=name)


urlpatterns = [
    path("", views.account_home, name="account_home"),
    path("sessions/", views.session_list, name="account_sessions"),
    path("invitation/", views.invitation, name="account_invitation"),
    path("invitation/<str:token>/", views.open_invitation, name="account_invitation_link"),
    _page("login/", account.LoginView, "サインイン", "account_login"),
    _page("logout/", account.LogoutView, "サインアウト", "account_logout"),
    _page("inactive/", account.AccountInactiveView, "この利用者は使えません", "account_inactive"),
    _page("signup/", TemplateView, "利用登録について", "account_signup", template_name="account/signup_closed.html"),
    _page("reauthenticate/", account.ReauthenticateView, "パスワードの確認", "account_reauthenticate"),
    _page(
        "confirm-email/",
        account.EmailVerificationSentView,
        "メールアドレスを確認してください",
        "account_email_verification_sent",
    ),
    _page("confirm-email/<str:key>/", account.ConfirmEmailView, "メールアドレスの確認", "account_confirm_email"),
    _page("password/change/", account.PasswordChangeView, "パスワードの変更", "account_change_password"),
    _page("password/reset/", account.PasswordResetView, "パスワードの再設定", "account_reset_password"),
    _page(
        "password/reset/done/",
        account.PasswordResetDoneView,
        "再設定のメールを送信しました",
        "account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.PasswordResetFromKeyView.as_view(extra_context={"page_title": "新しいパスワードの設定"}),
        name="account_reset_password_from_key",
    ),
    _page(
        "password/reset/key/done/",
        account.PasswordResetFromKeyDoneView,
        "パスワードを変更しました",
        "account_reset_password_from_key_done",
    ),
    _page("2fa/", mfa.IndexView, "二要素認証", "mfa_index"),
    _page("2fa/authenticate/", mfa.AuthenticateView, "二要素認証の確認", "mfa_authenticate"),
    _page("2fa/reauthenticate/", mfa.ReauthenticateView, "認証コードの確認", "mfa_reauthenticate"),
    _page("2fa/totp/activate/", totp.ActivateTOTPView, "認証アプリの設定", "mfa_activate_totp"),
    _page("2fa/totp/deactivate/", totp.DeactivateTOTPView, "認証アプリの解除", "mfa_deactivate_totp"),
    _page("2fa/recovery-codes/", recovery_codes.ViewRecoveryCodesView, "予備のコード", "mfa_view_recovery_codes"),
    _page(
        "2fa/recovery-codes/generate/",
        recovery_codes.GenerateRecoveryCodesView,
        "予備のコードの再発行",
        "mfa_generate_recovery_codes",
    ),
    _page("2fa/passkeys/add/", passkeys.AddPasskey, "パスキーの追加", "mfa_add_webauthn"),
    _page("2fa/passkeys/<int:pk>/rename/", passkeys.RenamePasskey, "パスキーの名前の変更", "mfa_edit_webauthn"),
    _page("2fa/passkeys/<int:pk>/remove/", passkeys.RemovePasskey, "パスキーの削除", "mfa_remove_webauthn"),
    _page(
        "2fa/passkeys/reauthenticate/",
        passkeys.ReauthenticateByPasskey,
        "パスキーによる確認",
        "mfa_reauthenticate_webauthn",
    ),
    path("2fa/passkeys/login/", passkeys.LogInByPasskey.as_view(), name="mfa_login_webauthn"),
    path(
        "2fa/recovery-codes/download/",
        recovery_codes.DownloadRecoveryCodesView.as_view(),
        name="mfa_download_recovery_codes",
    ),
]
