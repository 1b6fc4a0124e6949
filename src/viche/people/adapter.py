"""What the sign-in library asks of us: whom it makes, which letters it writes, in which words it refuses."""

from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from viche.people import operations


class Said(NamedTuple):
    """Subject and button of a letter, and under which name the library gives the button's address."""

    subject: Promise
    action: Promise | str = ""
    address: str = ""


CONFIRM = Said(_("Підтвердьте свою пошту"), _("Підтвердити пошту"), "activate_url")
LETTERS = {
    "email_confirmation_signup": CONFIRM,
    "email_confirmation": CONFIRM,
    "account_already_exists": Said(_("Обліковий запис у вас уже є"), _("Задати новий пароль"), "password_reset_url"),
    "password_reset_key": Said(_("Новий пароль"), _("Задати новий пароль"), "password_reset_url"),
    "unknown_account": Said(_("Облікового запису з цією поштою немає"), _("Створити обліковий запис"), "signup_url"),
    "password_changed": Said(_("Ваш пароль змінено")),
    "password_reset": Said(_("Ваш пароль змінено")),
    "password_set": Said(_("Ваш пароль змінено")),
    "email_changed": Said(_("Вашу пошту змінено")),
    "email_confirm": Said(_("Вашу пошту підтверджено")),
    "email_deleted": Said(_("Зміну пошти скасовано")),
}
# Several of the library's letters tell the same.
SAME = {
    "email_confirmation_signup": "email_confirmation",
    "password_reset": "password_changed",
    "password_set": "password_changed",
}


class AccountAdapter(DefaultAccountAdapter):
    """The library's acts in our words, through our operations."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Цей обліковий запис закрито. Напишіть адміністраторові."),
        "duplicate_email": _("Це і є ваша теперішня пошта."),
        "email_password_mismatch": _("Пошта або пароль не ті. Перевірте розкладку клавіатури й великі літери."),
        "email_taken": _("Ця пошта вже має обліковий запис."),
        "enter_current_password": _("Теперішній пароль не той. Спробуйте ще раз або задайте новий через пошту."),
        "incorrect_password": _("Пароль не той. Спробуйте ще раз."),
        "invalid_password_reset": _("Посилання вже не діє. Попросіть нове."),
        "too_many_login_attempts": _("Забагато спроб поспіль. Зачекайте п’ять хвилин або задайте новий пароль."),
        "rate_limited": _("Забагато спроб поспіль. Зачекайте хвилину."),
        "same_as_current": _("Це те саме, що й було."),
    }

    @transaction.atomic
    def save_user(self, request: Any, user: Any, form: Any, commit: bool = True) -> Any:
        """Keep what was typed besides address and password, and to what the person agreed."""
        user.name = form.cleaned_data.get("name", "")
        user.vocative = form.cleaned_data.get("vocative", "")
        user.language = get_language() or "uk"
        user = super().save_user(request, user, form, commit=commit)
        return operations.welcome(user, at=timezone.now())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post the letter into our outbox instead of sending it while the person waits."""
        name = template_prefix.rsplit("/", 1)[-1]
        said = LETTERS[name]
        address = _path(context.get(said.address, ""))
        operations.write_account_letter(
            email,
            subject=said.subject,
            template=f"people/letters/account/{SAME.get(name, name)}",
            context={
                "action_label": said.action,
                "action_address": address,
                "why": _("Ви отримали цей лист, бо вашу пошту назвали на сторінці входу."),
                "from_email": context.get("from_email", ""),
                "to_email": context.get("to_email", ""),
            },
            language=get_language() or "uk",
            at=timezone.now(),
        )
        if settings.DEMO and said is CONFIRM:
            words = _("У показовій установці листи нікуди не йдуть. Ось кнопка з цього листа:")
            button = format_html('{} <a href="{}">{}</a>', words, address, said.action)
            messages.info(self.request, button)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Send whoever has no password yet to where one is set, instead of refusing."""
        methods = super().get_reauthentication_methods(user)
        if methods or not user.is_authenticated:
            return methods
        return [{"id": "set_password", "description": _("Задати пароль"), "url": reverse("account_set_password")}]

    def get_email_confirmation_url(self, request: Any, emailconfirmation: Any) -> str:
        """Let the link lead back to where the person was going, also in another browser."""
        address = super().get_email_confirmation_url(request, emailconfirmation)
        then = get_next_redirect_url(request)
        # A whole address is checked against the host that was asked for, which anybody may invent.
        return f"{address}?{urlencode({'next': then})}" if then and then.startswith("/") else address

    def confirm_email(self, request: Any, email_address: Any) -> bool:
        """Confirm a mailbox, unless another account has come to sign in with it since."""
        person = email_address.user
        before = person.email
        if operations.is_anothers(email_address.email, person):
            return False
        confirmed = super().confirm_email(request, email_address)
        if confirmed and before != email_address.email:
            operations.note_new_mailbox(person, before=before, at=timezone.now())
        return confirmed


def _path(address: str) -> str:
    """An address of the library without its host: that is the one the request named. Ours is put before it in the letter."""
    parts = urlsplit(address)
    return urlunsplit(("", "", parts.path, parts.query, parts.fragment))
