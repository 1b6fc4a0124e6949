"""The first administrator, or another one when nobody can sign in any more."""

from viche.config.cli.speaking import Parser, Stop, say, start_django

HELP = "зробити людину адміністратором за адресою пошти й дати посилання для пароля"


def run(arguments: list[str]) -> int:
    """Appoint by mailbox; print a link that sets the password, so that no mail server is needed yet."""
    parser = Parser("administrator", HELP)
    parser.add_argument("email", metavar="ПОШТА")
    options = parser.parse_args(arguments)
    start_django()
    # Django must be up before a package with models can be imported.
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str
    from django.conf import settings
    from django.urls import reverse
    from django.utils import timezone

    from viche.methods.refusals import Refused
    from viche.people.operations import first

    try:
        user = first.appoint(options.email, at=timezone.now())
    except Refused as reason:
        raise Stop(reason.sentence) from reason
    key = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    say(f"{user.email} тепер адмініструє Віче. Задайте пароль за цим посиланням, воно одноразове:")
    say(f"  {settings.SITE_ADDRESS.rstrip('/')}{path}")
    return 0
