"""Tables of places. The KATOTTH code says which place is meant; names repeat (245 hromadas share theirs with another)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from viche.places.choices import HromadaKind, OblastKind, SettlementKind

FULL_NAMES = {
    HromadaKind.CITY: gettext_noop("%(name)s міська громада"),
    HromadaKind.SETTLEMENT: gettext_noop("%(name)s селищна громада"),
    HromadaKind.VILLAGE: gettext_noop("%(name)s сільська громада"),
}
WHOLE_CITY = gettext_noop("місто %(name)s")
REGION_DIGITS, NOTHING_BELOW = slice(4, 9), "00000"  # where a code numbers the raion and the hromada
SHORT_WORDS = {
    SettlementKind.CITY: gettext_noop("м. %(name)s"),
    SettlementKind.SETTLEMENT: gettext_noop("с-ще %(name)s"),
    SettlementKind.VILLAGE: gettext_noop("с. %(name)s"),
}


class Place(models.Model):
    """What every level has: a code, a name in two alphabets, its place in the Ukrainian alphabet."""

    code = models.CharField(max_length=19, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)
    sort_key = models.TextField()
    gone_at = models.DateTimeField(null=True, blank=True)  # since when the codifier lists it no more; never deleted

    class Meta:
        abstract = True
        ordering = ["sort_key", "code"]

    def __str__(self):
        return self.label

    @property
    def called(self):
        """The name in the language of the page."""
        return self.name_en if get_language() == "en" else self.name

    @property
    def label(self):
        """What the place is called where it stands alone."""
        return self.called


class Oblast(Place):
    """A region of the first level: "Полтавська область", "Автономна Республіка Крим", "Київ"."""

    short_name = models.CharField(max_length=60)
    short_name_en = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=OblastKind.choices, default=OblastKind.OBLAST)

    class Meta(Place.Meta):
        constraints = [models.CheckConstraint(condition=models.Q(kind__in=OblastKind.values), name="oblast_kind_known")]

    @property
    def short(self):
        """The name for a narrow column, in the language of the page: "Полтавська", "Крим"."""
        return self.short_name_en if get_language() == "en" else self.short_name


class Raion(Place):
    """A district of an oblast; `name` is the bare adjective ("Бахчисарайський")."""

    oblast = models.ForeignKey(Oblast, on_delete=models.PROTECT, related_name="raions")

    @property
    def label(self):
        """The district with its word."""
        return _("%(name)s район") % {"name": self.called}


class Hromada(Place):
    """A territorial community; `name` is the bare adjective ("Калинопільська").

    Kyiv and Sevastopol, which the codifier has as regions alone, are rows too, under the code of the city
    (docs/decisions/0008): `is_whole_city`. An invented one belongs to the demonstration, carries a code of its own that
    no codifier uses.
    """

    kind = models.CharField(max_length=10, choices=HromadaKind.choices)
    oblast = models.ForeignKey(Oblast, on_delete=models.PROTECT, related_name="hromadas")
    raion = models.ForeignKey(Raion, on_delete=models.PROTECT, related_name="hromadas", null=True, blank=True)
    centre_name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=160, unique=True)  # given once, kept through renamings: addresses do not die
    haystack = models.TextField()  # folded words to search in, each between spaces
    is_invented = models.BooleanField(default=False)
    # Its centre in degrees, for maps; the codifier has none, they come by `./viche places points`.
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta(Place.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=HromadaKind.values), name="hromada_kind_known"),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="hromada_point_on_earth",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "code"], name="hromada_by_alphabet"),
            models.Index(fields=["oblast", "sort_key"], name="hromada_of_oblast"),
        ]

    @property
    def is_whole_city(self):
        """Whether this is a city with special status, which is its own region: its code names no raion and no hromada."""
        return self.code[REGION_DIGITS] == NOTHING_BELOW

    @property
    def label(self):
        """The full name: "Калинопільська міська громада", "місто Київ"."""
        return _(WHOLE_CITY if self.is_whole_city else FULL_NAMES[self.kind]) % {"name": self.called}

    @property
    def whereabouts(self):
        """The raion and oblast that tell namesakes apart; needs both at hand."""
        if self.is_whole_city:
            return str(OblastKind.CITY.label)
        return ", ".join(place.label for place in (self.raion, self.oblast) if place)

    @property
    def placed(self):
        """The full name with its oblast: "Калинопільська міська громада, Полтавська область", "місто Київ"."""
        return self.label if self.is_whole_city else f"{self.label}, {self.oblast.label}"

    @property
    def placed_short(self):
        """The same for a narrow column: "Калинопільська, Полтавська", "Київ"."""
        return self.called if self.is_whole_city else f"{self.called}, {self.oblast.short}"

    def get_absolute_url(self):
        """The public page, which joins what all packages know of the hromada."""
        return reverse("site:hromada", kwargs={"slug": self.slug})


class Settlement(Place):
    """A city, settlement or village. Kyiv and Sevastopol are no rows here: the codifier has them as regions.

    Prypiat and Chornobyl, in the zone around the power station, belong to no hromada.
    """

    kind = models.CharField(max_length=10, choices=SettlementKind.choices)
    hromada = models.ForeignKey(Hromada, on_delete=models.PROTECT, related_name="settlements", null=True, blank=True)
    raion = models.ForeignKey(Raion, on_delete=models.PROTECT, related_name="settlements", null=True, blank=True)
    oblast = models.ForeignKey(Oblast, on_delete=models.PROTECT, related_name="settlements")
    is_centre = models.BooleanField(default=False)
    haystack = models.TextField()

    class Meta(Place.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=SettlementKind.values), name="settlement_kind_known"),
            models.UniqueConstraint(
                fields=["hromada"],
                condition=models.Q(is_centre=True, gone_at__isnull=True),
                name="hromada_has_one_centre",
            ),
        ]

    @property
    def label(self):
        """The name with its short word: "с. Тарнавиця"."""
        return _(SHORT_WORDS[self.kind]) % {"name": self.called}
