"""Who may apply, as the office types it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.calls.choices import Who
from viche.calls.models import Call
from viche.calls.queries import calls, circle
from viche.people.choices import OrganisationKind
from viche.places import queries as places
from viche.places.models import Oblast
from viche.ui import forms as ui


class OtherCall(forms.ModelChoiceField):
    """Another call, told apart by its code and programme."""

    def label_from_instance(self, call):
        """Title, code, programme."""
        return f"{call.called} · {call.code} · {call.programme.called}"


class Circle(ui.ModelForm):
    """Who may apply."""

    who = forms.ChoiceField(label=_("Хто може податися"), choices=Who.choices, widget=forms.RadioSelect)
    who_kinds = forms.MultipleChoiceField(
        label=_("Види організацій"),
        help_text=_("Нічого не вибрано – усі."),
        choices=OrganisationKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    who_oblasts = ui.SeveralField(
        label=_("Області"),
        help_text=_(
            "Нічого не вибрано й не названо – уся Україна. Досить підійти за областю або за назвою громади нижче."
        ),
        queryset=Oblast.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    hromadas = ui.TextField(
        label=_("Названі громади"),
        help_text=_("По одній у рядку: назва або код КАТОТТГ. Вони додаються до вибраних областей, а не звужують їх."),
        required=False,
        long=True,
    )
    organisations = ui.TextField(
        label=_("Запрошені організації"),
        help_text=_("По одній у рядку: ЄДРПОУ або точна назва."),
        required=False,
        long=True,
    )
    who_call = OtherCall(
        label=_("Конкурс, у якому підтримали"),
        queryset=Call.objects.none(),
        required=False,
        empty_label=_("не вибрано"),
    )

    class Meta:
        model = Call
        fields = ["who", "who_kinds", "who_oblasts", "who_call"]

    def __init__(self, *args, user, **kwargs):
        """Offer oblasts and the other calls that the officer may see; show the lists as lines."""
        super().__init__(*args, **kwargs)
        call = self.instance
        self.fields["who_oblasts"].queryset = places.oblasts()
        self.fields["who_call"].queryset = calls.others(call, user)
        self.initial["hromadas"] = "\n".join(call.who_hromadas.values_list("code", flat=True))
        self.initial["organisations"] = "\n".join(o.edrpou or o.name for o in call.who_organisations.all())

    def clean_hromadas(self):
        """Lines to hromadas; a line that names none, or several, is told."""
        return single(
            circle.hromadas(lines(self.cleaned_data["hromadas"])),
            none=_("Громади «%(line)s» немає."),
            several=_("Громад із назвою «%(line)s» кілька: напишіть код КАТОТТГ."),
        )

    def clean_organisations(self):
        """Lines to organisations that are registered here."""
        return single(
            circle.organisations(lines(self.cleaned_data["organisations"])),
            none=_("Організації «%(line)s» у Вічі немає: спершу нехай зареєструється."),
            several=_("Організацій із назвою «%(line)s» кілька: напишіть ЄДРПОУ."),
        )

    def values(self):
        """What the operation takes."""
        chosen = self.cleaned_data
        return {
            "who": chosen["who"],
            "who_kinds": chosen["who_kinds"],
            "who_oblasts": list(chosen["who_oblasts"]),
            "who_hromadas": chosen["hromadas"],
            "who_organisations": chosen["organisations"],
            "who_call": chosen["who_call"],
        }


def lines(text):
    """The non-empty lines of a text, trimmed."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def single(found, *, none, several):
    """The one thing that each line means; a line that means none, or several, is told by its sentence."""
    for line, things in found.items():
        if len(things) != 1:
            raise forms.ValidationError((several if things else none) % {"line": line})
    return [things[0] for things in found.values()]
