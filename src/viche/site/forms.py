"""What may be asked of the lists of the site: letters, the journal; and a corrected address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.mail import kinds
from viche.mail.choices import State
from viche.mail.queries import LOST
from viche.programmes import queries as programmes
from viche.programmes.choices import ParticipantKind
from viche.programmes.models import Programme
from viche.site.choices import ACTS, THINGS
from viche.ui.forms import Form

ANY = ("", _("Усі"))


class Search(Form):
    """A search in an address: what makes no sense is taken as nothing asked."""

    def asked(self):
        """What is asked for, nonsense left out."""
        self.full_clean()
        self.cleaned_data = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        return self.cleaned_data


def searched(label):
    """A field of search words."""
    return forms.CharField(
        label=label, required=False, max_length=100, widget=forms.TextInput({"type": "search", "autocomplete": "off"})
    )


class ParticipantSearch(Search):
    """Search among those who take part in a programme."""

    q = searched(_("Назва або код"))
    kind = forms.ChoiceField(label=_("Як хто"), required=False, choices=[ANY, *ParticipantKind.choices])
    oblast = forms.ChoiceField(label=_("Область"), required=False)

    def __init__(self, *args, oblasts, **kwargs):
        """Offer the oblasts from which somebody takes part."""
        super().__init__(*args, **kwargs)
        self.fields["oblast"].choices = [ANY, *((oblast.slug, oblast.label) for oblast in oblasts)]


class LetterSearch(Search):
    """Search in the outbox."""

    q = searched(_("Адреса або тема"))
    state = forms.ChoiceField(
        label=_("Стан"), required=False, choices=[ANY, (LOST, _("Не дійшли, потребують вас")), *State.choices]
    )
    kind = forms.ChoiceField(label=_("Вид"), required=False)

    def __init__(self, *args, **kwargs):
        """Offer the kinds that are known."""
        super().__init__(*args, **kwargs)
        known = sorted(((kind.code, str(kind.label)) for kind in kinds.KINDS.values()), key=lambda pair: pair[1])
        self.fields["kind"].choices = [ANY, *known]


class ResendForm(Form):
    """Where to send a letter that did not arrive; one that lets somebody in goes to the same mailbox or nowhere."""

    to = forms.EmailField(
        label=_("Куди надіслати"),
        help_text=_("Виправте адресу, якщо в ній помилка."),
        error_messages={"invalid": _("Це не схоже на пошту. Приклад: olena@hromada.ua")},
    )

    def __init__(self, *args, letter, **kwargs):
        """Begin with the address of the letter."""
        super().__init__(*args, initial={"to": letter.to}, **kwargs)
        if letter.is_secret:
            del self.fields["to"]


class JournalSearch(Search):
    """Search in the journal."""

    actor = searched(_("Хто"))
    act = forms.ChoiceField(label=_("Що зроблено"), required=False)
    thing = forms.ChoiceField(label=_("З чим"), required=False)
    programme = forms.ModelChoiceField(
        label=_("Програма"),
        required=False,
        queryset=Programme.objects.none(),
        to_field_name="code",
        empty_label=_("Усі"),
    )

    def __init__(self, *args, **kwargs):
        """Offer acts and things in the order of the alphabet, each sentence once."""
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes.every()
        for name, words in (("act", ACTS), ("thing", THINGS)):
            pairs = sorted(((key, str(said)) for key, said in words.items()), key=lambda pair: pair[1])
            self.fields[name].choices = [ANY, *pairs]
