"""What the office types about series, hubs and itineraries."""

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.events.choices import SeriesKind
from viche.events.fields import OrganisationsField
from viche.events.models import Series
from viche.events.queries import series as queries
from viche.events.queries import visits
from viche.people.fields import OrganisationField
from viche.places import queries as places
from viche.places.models import Oblast
from viche.programmes.choices import ParticipantKind
from viche.ui import forms as ui

ANY = ("", _("усі"))
DAYS = [("", _("два тижні")), ("7", _("тиждень")), ("31", _("місяць"))]
USUAL_DAYS = 14
WHO = [("", _("будь-хто")), (visits.MINE, _("я")), (visits.NOBODY, _("ще ніхто"))]


class Searching(ui.Form):
    """Search and filters within reach; what is none of the choices is as good as nothing."""

    q = forms.CharField(
        label=_("Назва або код"), required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    kind = forms.ChoiceField(label=_("Вид"), required=False)
    oblast = forms.ChoiceField(label=_("Область"), required=False)

    def __init__(self, *args, reach, **kwargs):
        """Offer the oblasts within reach."""
        super().__init__(*args, **kwargs)
        within = queries.oblasts_within(reach, places.oblasts())
        self.fields["oblast"].choices = [ANY, *((one.slug, one.label) for one in within)]

    def asked(self):
        """The filters that make sense."""
        self.full_clean()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class SeriesSearch(Searching):
    """Finding series."""

    def __init__(self, *args, **kwargs):
        """Offer the kinds of series."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [ANY, *SeriesKind.choices]


class HubSearch(Searching):
    """Finding organisations taking part."""

    def __init__(self, *args, **kwargs):
        """Offer the ways of taking part."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [ANY, *ParticipantKind.choices]


class ItinerarySearch(Searching):
    """From which day, for how long, in which oblast."""

    q = None
    kind = None
    first = ui.DateField(label=_("Від дня"), required=False)
    days = forms.ChoiceField(label=_("На скільки"), required=False, choices=DAYS)
    who = forms.ChoiceField(label=_("Хто їде"), required=False, choices=WHO)
    field_order = ["first", "days", "oblast", "who"]
    beside = ("days", "oblast", "who")

    def asked(self):
        """What `queries.hubs.itinerary` takes, the day apart, and whose stops."""
        self.full_clean()
        days = self.cleaned_data.get("days") or USUAL_DAYS
        return {
            "first": self.cleaned_data.get("first"),
            "days": int(days),
            "oblast": self.cleaned_data.get("oblast", ""),
            "who": self.cleaned_data.get("who", ""),
        }


class SeriesForm(ui.ModelForm):
    """A series: what it is, where, who belongs to it."""

    kind = forms.ChoiceField(label=_("Вид"), choices=SeriesKind.choices, widget=forms.RadioSelect)
    name = ui.TextField(label=_("Назва"), max_length=200)
    oblast = forms.ModelChoiceField(
        label=_("Область"), queryset=Oblast.objects.none(), required=False, empty_label=_("уся Україна")
    )
    organisation = OrganisationField(
        label=_("Хто приймає"), help_text=_("Почніть писати назву або код ЄДРПОУ."), required=False
    )
    members = OrganisationsField(
        label=_("Учасники"),
        help_text=_("По одній організації в рядку: ЄДРПОУ або точна назва."),
        required=False,
    )

    class Meta:
        model = Series
        fields = ["kind", "name", "oblast", "organisation"]

    def __init__(self, *args, reach, **kwargs):
        """Offer the oblasts within reach; show the members as lines."""
        super().__init__(*args, **kwargs)
        self.fields["oblast"].queryset = queries.oblasts_of_work(reach)
        if self.instance.pk:
            self.initial["members"] = queries.members(self.instance)

    def _post_clean(self):
        """Leave the rest to the operation: it says it in words of people."""
