"""What people may type about themselves and their organisations. The sign-in library's forms speak our words here."""

from allauth.account import forms as library
from allauth.account.utils import get_next_redirect_url
from allauth.core import context
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from viche.mail.choices import Delivery
from viche.people.choices import ROLE_DESCRIPTIONS, WITHOUT_CODE, Language, MembershipRole, OrganisationKind, Scope
from viche.people.fields import EdrpouField, OrganisationField
from viche.people.models import JoinRequest, Organisation, User
from viche.places.fields import HromadaField
from viche.ui.forms import Form, ModelForm, Sentences, TextField
from viche.ui.widgets import Hinted

EMAIL_SENTENCES = {
    "required": _("Напишіть свою пошту."),
    "invalid": _("Це не схоже на пошту. Приклад: olena@hromada.ua"),
}
NEW_PASSWORD = _("Щонайменше 10 знаків. Добре працює речення з кількох слів, яке легко пам’ятати лише вам.")
AGAIN = _("Той самий пароль ще раз")
# Why somebody is asked to come in who was on the way to one of these pages.
WHYS = {"calls:apply": _("Щоб подати заявку, увійдіть або створіть обліковий запис. Потім повернемо вас до конкурсу.")}


class Door(Sentences):
    """Gives the library's forms our labels, help and sentences."""

    words: dict[str, tuple] = {
        "login": (_("Пошта"), ""),
        "email": (_("Пошта"), ""),
        "password": (_("Пароль"), ""),
        "oldpassword": (_("Теперішній пароль"), ""),
        "password1": (_("Новий пароль"), NEW_PASSWORD),
        "password2": (AGAIN, ""),
    }

    def __init__(self, *args, **kwargs):
        """Put our words on the library's fields."""
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label, field.help_text = self.words.get(name, (field.label, field.help_text))
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                field.error_messages = {**field.error_messages, **EMAIL_SENTENCES}

    @property
    def why(self):
        """Why one stands at this door, where the page one was going to is known to ask for an account."""
        try:
            return WHYS.get(resolve((get_next_redirect_url(context.request) or "").partition("?")[0]).view_name, "")
        except Resolver404:
            return ""

    def clean(self):
        """Say in our words that the two passwords differ."""
        cleaned = super().clean()
        if "password2" in self.errors and self.cleaned_data.get("password1"):
            self.errors["password2"].clear()
            self.add_error("password2", _("Два паролі різні. Напишіть той самий двічі."))
        return cleaned


class LoginForm(Door, library.LoginForm):
    """Coming in."""


class SignupForm(Door, library.SignupForm):
    """Making an account: the address, a password, how to call the person, and consent, whose moment is recorded."""

    name = TextField(label=_("Ім’я та прізвище"), max_length=150, widget=forms.TextInput({"autocomplete": "name"}))
    vocative = TextField(
        label=_("Звертання в листах"),
        max_length=150,
        required=False,
        help_text=_("Як починати листи до вас, наприклад «Шановна Олено»."),
    )
    consent = forms.BooleanField(label=_("Приймаю умови користування й даю згоду на обробку моїх персональних даних"))
    field_order = ["name", "vocative", "email", "password1", "consent"]
    words = {**Door.words, "password1": (_("Пароль"), NEW_PASSWORD)}

    def try_save(self, request):
        """Treat a second click on the button as what it is: the account is being made already.

        For a mailbox that has an account a password is hashed for nothing: the wait would tell that it has one.
        """
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class AddEmailForm(Door, library.AddEmailForm):
    """Another mailbox to sign in with."""

    words = {"email": (_("Нова пошта"), _("Надішлемо на неї лист. Пошта зміниться, щойно ви підтвердите."))}


class ChangePasswordForm(Door, library.ChangePasswordForm):
    """Another password."""


class SetPasswordForm(Door, library.SetPasswordForm):
    """The first password."""


class ResetPasswordForm(Door, library.ResetPasswordForm):
    """Asking for a letter with a link to a new password."""


class ResetPasswordKeyForm(Door, library.ResetPasswordKeyForm):
    """A new password by the link of that letter."""


class ReauthenticateForm(Door, library.ReauthenticateForm):
    """Saying the password again before something weighty."""


class ProfileForm(ModelForm):
    """How a person is called, and the language of letters."""

    name = TextField(label=_("Ім’я та прізвище"), max_length=150)
    language = forms.ChoiceField(label=_("Мова листів"), choices=Language.choices, widget=forms.RadioSelect)

    class Meta:
        model = User
        fields = ["name", "vocative", "language"]


class LettersForm(Form):
    """How one wants each kind of letters that may be declined."""

    def __init__(self, *args, choices, **kwargs):
        """Ask about every kind; `choices` as `mail.queries.preferences` gives them."""
        super().__init__(*args, **kwargs)
        self.kinds = {kind.code.replace(".", "-"): kind.code for kind, _way in choices}
        for kind, way in choices:
            self.fields[kind.code.replace(".", "-")] = forms.ChoiceField(
                label=kind.label, choices=Delivery.choices, initial=way, widget=forms.RadioSelect
            )

    def chosen(self):
        """The way chosen for each kind, by the kind's code."""
        return {self.kinds[name]: Delivery(way) for name, way in self.cleaned_data.items()}


class OrganisationForm(Form):
    """Registering an organisation."""

    name = TextField(label=_("Повна назва"), max_length=250, help_text=_("Як у реєстрі чи в рішенні про створення."))
    name_en = TextField(label=_("Назва англійською"), max_length=250, required=False)
    kind = forms.ChoiceField(label=_("Що це за організація"), choices=[("", "—"), *OrganisationKind.choices])
    edrpou = EdrpouField(
        label=_("Код ЄДРПОУ"),
        required=False,
        help_text=_("Вісім цифр. Філія, бібліотека без власного коду чи неформальна група лишає поле порожнім."),
    )
    parent = OrganisationField(
        label=_("Головна організація"),
        required=False,
        help_text=_("Лише якщо власного коду немає: назва або ЄДРПОУ тієї, що за вас відповідає."),
    )
    hromada = HromadaField(label=_("Громада"))
    website = forms.URLField(label=_("Сайт"), required=False, assume_scheme="https")

    def clean(self):
        """See that there is a code or a parent, as the kind of organisation has it."""
        cleaned = super().clean()
        if "edrpou" in self.errors or "parent" in self.errors:
            return cleaned
        kind, code, parent = cleaned.get("kind"), cleaned.get("edrpou"), cleaned.get("parent")
        if kind and not code and kind not in WITHOUT_CODE:
            self.add_error("edrpou", _("Така організація має власний код. Напишіть його: вісім цифр."))
        elif not code and not parent:
            self.add_error("edrpou", _("Напишіть код або назвіть головну організацію."))
        return cleaned


class OrganisationEditForm(ModelForm):
    """What a head may change of an organisation."""

    name = TextField(label=_("Повна назва"), max_length=250)
    hromada = HromadaField(label=_("Громада"))
    website = forms.URLField(label=_("Сайт"), required=False, assume_scheme="https")

    class Meta:
        model = Organisation
        fields = ["name", "name_en", "hromada", "website"]


class CorrectionForm(Form):
    """What an administrator may correct of an organisation."""

    name = TextField(label=_("Повна назва"), max_length=250)
    name_en = TextField(label=_("Назва англійською"), max_length=250, required=False)
    kind = forms.ChoiceField(label=_("Що це за організація"), choices=OrganisationKind.choices)
    edrpou = EdrpouField(label=_("Код ЄДРПОУ"), required=False)
    parent = OrganisationField(
        label=_("Головна організація"),
        required=False,
        help_text=_("Обов’язкова там, де немає власного коду."),
        all_seen=True,
    )


class JoinForm(ModelForm):
    """Asking to be let into an organisation."""

    note = TextField(
        label=_("Хто ви в цій організації"),
        max_length=300,
        required=False,
        help_text=_("Наприклад «завідувачка відділу». Голова побачить це разом із вашим ім’ям і поштою."),
    )

    class Meta:
        model = JoinRequest
        fields = ["note"]


class InviteForm(Form):
    """Inviting somebody into an organisation."""

    email = forms.EmailField(label=_("Пошта"), error_messages=EMAIL_SENTENCES)
    name = TextField(label=_("Ім’я та прізвище"), max_length=150, required=False)
    role = forms.ChoiceField(
        label=_("Роль"),
        choices=[(role.value, Hinted(role.label, ROLE_DESCRIPTIONS[role])) for role in MembershipRole],
        widget=forms.RadioSelect,
        initial=MembershipRole.PREPARER,
    )


class RoleForm(Form):
    """Another role for a member."""

    role = forms.ChoiceField(label=_("Роль"), choices=MembershipRole.choices)


class KeyForm(Form):
    """Making a key by which a program reads."""

    name = TextField(label=_("Для чого ключ"), max_length=100, help_text=_("Наприклад «звіт донорові в Power BI»."))
    scopes = forms.MultipleChoiceField(
        label=_("Що він дозволяє читати"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=_("Скільки діє"),
        choices=[(30, _("місяць")), (92, _("три місяці")), (366, _("рік"))],
        coerce=int,
        initial=92,
    )


class PeopleSearch(Form):
    """Finding people in the office."""

    q = forms.CharField(label=_("Ім’я або пошта"), required=False, widget=forms.TextInput({"type": "search"}))
    only = forms.ChoiceField(
        label=_("Кого показати"),
        required=False,
        choices=[("", _("Усіх")), ("administrators", _("Адміністраторів")), ("inactive", _("Кому вхід закрито"))],
    )
