"""The access table: every address, what it names in the scene, and who gets what.

A line reads: this address opens for these people. Everybody else who has signed in gets 404, as if it were not there; a
visitor is sent to sign in, or gets 404 too where the address is a public one. Other answers are told by a word of their own:

  onward     the page leads on to another one (302)
  post_only  the address takes nothing but a pressed button (405)
  nothing    there is nothing there, whoever asks (404)
  key        the address asks for a key of a program, whoever has signed in (401)
  writes     of those for whom it opens, who may also press its button; where it is not told, all of them
"""

from typing import NamedTuple

from tests.factories.scene import ROLES

EVERYBODY = " ".join(ROLES)
SOMEBODY = " ".join(role for role in ROLES if role != "visitor")
OFFICERS = "officer recused administrator"
OFFICE = "officer recused panel observer administrator"
READERS = "officer recused observer administrator"
STAFF = "reviewer conflicted officer recused elsewhere panel consultant observer administrator"
# What names an application does not exist for the officer who stepped aside from it.
FREE_OFFICERS, FREE_OFFICE, FREE_READERS = (who.replace("recused ", "") for who in (OFFICERS, OFFICE, READERS))
HEAD = "applicant"


class Line(NamedTuple):
    """One address as the table knows it."""

    name: str
    parts: str = ""
    opens: str = ""
    onward: str = ""
    post_only: str = ""
    nothing: str = ""
    key: str = ""
    writes: str | None = None

    @property
    def title(self):
        return f"{self.name} {self.parts}".strip()

    def answer(self, role):
        """What this role gets, in a word."""
        for word in ("opens", "onward", "post_only", "nothing", "key"):
            if role in getattr(self, word).split():
                return word
        return "door" if role == "visitor" else "nothing"

    def may_write(self, role):
        """Whether this role may press the button of the page."""
        allowed = f"{self.opens} {self.onward}" if self.writes is None else self.writes
        return role in allowed.split()


def public(name, parts="", writes=""):
    """Everybody reads it."""
    return Line(name, parts, opens=EVERYBODY, writes=writes)


def reading(name, parts="", opens=OFFICE):
    """The office reads it; there is nothing to press."""
    return Line(name, parts, opens=opens, writes="")


def working(name, parts="", opens=OFFICERS):
    """Officers work with it."""
    return Line(name, parts, opens=opens)


def pressed(name, parts="", writes=OFFICERS):
    """A button without a page."""
    return Line(name, parts, post_only=EVERYBODY, writes=writes)


def asked(name, parts="", opens=OFFICERS):
    """Whoever comes here without having pressed the button is led back."""
    return Line(name, parts, onward=opens)


def keyed(name, parts=""):
    """A program reads it by a key; signing in opens nothing."""
    return Line(name, parts, key=EVERYBODY, writes="")


FRAME = [
    public("ui:look", writes=EVERYBODY),
    public("ui:asset", "digest=digest name='viche.css'"),
    public("ui:gallery", writes=EVERYBODY),
    public("mail:stop", "token=stop_token", writes=EVERYBODY),
    Line("demo:sign_in", "token=player_token", nothing=EVERYBODY),
]

PLACES = [
    public("places:hromadas"),
    public("places:find"),
    public("places:hromadas_file", "ending='json'"),
    public("places:hromadas_file", "ending='geojson'"),
    public("places:oblasts_file", "ending='json'"),
]

ORGANISATION = "organisation=organisation.pk"
PEOPLE = [
    public("people:find"),
    public("site:organisation", ORGANISATION),
    public("people:invitation", "token=token", writes=SOMEBODY),
    Line("people:profile", opens=SOMEBODY),
    Line("people:letters", opens=SOMEBODY),
    Line("programmes:forget", opens=SOMEBODY),
    Line("people:keys", opens=SOMEBODY),
    working("people:key_revoke", "key=key.pk", "officer administrator"),
    Line("people:organisations", opens=SOMEBODY, writes=""),
    Line("people:register", opens=SOMEBODY),
    reading("people:members", ORGANISATION, "applicant administrator"),
    working("people:edit", ORGANISATION, "applicant administrator"),
    working("people:invite", ORGANISATION, "applicant administrator"),
    Line("people:join", ORGANISATION, opens=SOMEBODY),
    pressed("people:role", f"{ORGANISATION} membership=preparer.pk", "applicant administrator"),
    working("people:remove", f"{ORGANISATION} membership=preparer.pk", "applicant administrator"),
    pressed("people:repeat", f"{ORGANISATION} invitation=invitation.pk", "applicant administrator"),
    pressed("people:withdraw", f"{ORGANISATION} invitation=invitation.pk", "applicant administrator"),
    pressed("people:answer", f"{ORGANISATION} asked=asked.pk", "applicant administrator"),
    pressed("people:confirm", f"{ORGANISATION} branch=branch.pk", "applicant administrator"),
    working("people:correct", ORGANISATION, "administrator"),
    reading("people:people", opens="administrator"),
    reading("people:people_file", "ending='csv'", "administrator"),
    reading("people:person", "person=stranger.pk", "administrator"),
    working("programmes:person_act", "person=stranger.pk act='deactivate'", "administrator"),
    Line("programmes:person_act", "person=stranger.pk act='promote'", nothing=SOMEBODY),
]

FUND = "programme=programme.code"
FORM = f"{FUND} version=form.pk"
PART = f"{FUND} kind='partners'"
PROGRAMMES = [
    public("programmes:list"),
    public("programmes:list_file", "ending='json'"),
    public("programmes:logo", "partner=partner.pk"),
    public("programmes:invitation", "token=role_token", writes=SOMEBODY),
    working("programmes:new", opens="administrator"),
    reading("programmes:office", FUND),
    reading("programmes:participants", FUND, opens=f"{OFFICE} consultant"),
    reading("programmes:participants_file", f"{FUND} ending='csv'", opens=f"{OFFICE} consultant"),
    working("programmes:basics", FUND),
    working("programmes:goals", FUND),
    working("programmes:publishing", FUND),
    working("programmes:roles", FUND),
    working("programmes:invite", FUND),
    working("programmes:give", FUND),
    working("programmes:take", f"{FUND} role=role.pk"),
    pressed("programmes:repeat", f"{FUND} invitation=role_invitation.pk"),
    pressed("programmes:withdraw", f"{FUND} invitation=role_invitation.pk"),
    working("programmes:admit", FUND),
    working("programmes:dismiss", f"{FUND} participant=participant.pk"),
    reading("programmes:parts", PART),
    working("programmes:add", PART),
    working("programmes:change", f"{PART} pk=partner.pk"),
    working("programmes:remove", f"{PART} pk=partner.pk"),
    pressed("programmes:move", f"{PART} pk=partner.pk"),
    working("programmes:forms", FUND),
    working("programmes:form_new", FUND),
    working("programmes:form", FORM),
    working("programmes:form_preview", f"{FORM} number=1"),
    pressed("programmes:form_version", FORM),
    working("programmes:form_rename", FORM),
    working("programmes:form_delete", FORM),
    working("programmes:form_section_new", FORM),
    working("programmes:form_section", f"{FORM} section=section.pk"),
    pressed("programmes:form_section_move", f"{FORM} section=section.pk"),
    working("programmes:form_section_remove", f"{FORM} section=section.pk"),
    working("programmes:form_question_new", f"{FORM} section=section.pk"),
    working("programmes:form_question", f"{FORM} question=question.pk"),
    pressed("programmes:form_question_move", f"{FORM} question=question.pk"),
    working("programmes:form_question_remove", f"{FORM} question=question.pk"),
]

MINE = "pk=draft.pk"
DRAFT = f"{FUND} code=draft_call.code"
OPEN = f"{FUND} code=open_call.code"
JUDGED = f"{FUND} call=judging_call.code code=judged.code"
CALLS = [
    public("calls:list"),
    public("calls:file", "ending='csv'"),
    public("calls:call", "code=open_call.code"),
    Line("calls:call", "code=draft_call.code", opens=OFFICE, nothing="visitor", writes=""),
    Line("calls:apply", "code=open_call.code", opens=SOMEBODY),
    Line("calls:apply", "code=draft_call.code", opens=OFFICE, nothing="visitor"),
    Line("calls:mine", onward=EVERYBODY, writes=""),
    reading("calls:application", MINE, HEAD),
    working("calls:section", f"{MINE} number=1", HEAD),
    Line("calls:section", f"{MINE} number=9", nothing=SOMEBODY),
    asked("calls:section", "pk=judged.pk number=1", HEAD),
    reading("calls:check", MINE, HEAD),
    asked("calls:submit", MINE, HEAD),
    working("calls:withdraw", "pk=judged.pk", HEAD),
    reading("calls:receipt", "pk=judged.pk number=1", HEAD),
    reading("calls:receipt_file", "pk=judged.pk number=1", f"{HEAD} {FREE_READERS}"),
    reading("calls:upload", "pk=judged.pk key=attached.key", HEAD),
    reading("calls:office_list", FUND),
    working("calls:office_new", FUND),
    reading("calls:office", DRAFT),
    working("calls:office_basics", DRAFT),
    working("calls:office_terms", DRAFT),
    working("calls:office_circle", DRAFT),
    working("calls:office_form", DRAFT),
    working("calls:office_criteria", DRAFT),
    working("calls:office_announce", DRAFT),
    working("calls:office_take_back", OPEN),
    working("calls:office_extend", OPEN),
    working("calls:office_cancel", OPEN),
    # The panel reads applications where conflicts of interest are known: under `reviews`.
    reading("calls:office_applications", OPEN, READERS),
    reading("calls:office_applications_file", f"{OPEN} ending='xlsx'", READERS),
    reading("calls:office_application", JUDGED, FREE_READERS),
    reading("calls:office_upload", f"{JUDGED} key=attached.key", FREE_READERS),
]

JUDGING = f"{FUND} code=judging_call.code"
RANKED_CALL = f"{FUND} code=ranked_call.code"
RANKED = f"{FUND} call=ranked_call.code code=ranked.0.code"
REVIEWS = [
    reading("reviews:mine", opens=SOMEBODY),
    reading("reviews:mine_file", "ending='csv'", SOMEBODY),
    working("reviews:review", "pk=place.pk", "reviewer"),
    Line("reviews:review", "pk=lost.pk"),
    working("reviews:conflict", "pk=place.pk", "reviewer"),
    Line("reviews:conflict", "pk=lost.pk"),
    reading("reviews:upload", "pk=place.pk key=attached.key", "reviewer"),
    Line("reviews:upload", "pk=lost.pk key=attached.key"),
    reading("reviews:outcome", "pk=award.application_id", HEAD),
    Line("reviews:outcome", "pk=judged.pk"),
    reading("reviews:office_list", FUND),
    working("reviews:office", JUDGING),
    asked("reviews:assign", JUDGING),
    working("reviews:close", JUDGING),
    working("reviews:release", f"{JUDGING} pk=place.pk", FREE_OFFICERS),
    working("reviews:reopen", f"{JUDGING} pk=done.pk"),
    working("reviews:give", JUDGED, FREE_OFFICERS),
    reading("reviews:ranking", RANKED_CALL),
    reading("reviews:ranking_file", f"{RANKED_CALL} ending='csv'"),
    reading("reviews:application", RANKED, FREE_OFFICE),
    Line("reviews:recuse", RANKED, opens=FREE_OFFICE),
    reading("reviews:application_upload", f"{JUDGED} key=attached.key", FREE_OFFICE),
    reading("reviews:panel", RANKED_CALL),
    working("reviews:convene", RANKED_CALL),
    reading("reviews:protocol", RANKED_CALL),
    working("reviews:publish", RANKED_CALL),
    working("reviews:decision", RANKED, FREE_OFFICERS),
]

AWARD = "code=award.code"
REPORT = f"{AWARD} position=1"
WRITTEN = f"{AWARD} position=2"
AWARDS = [
    public("awards:list"),
    public("awards:file", "ending='json'"),
    public("awards:award", AWARD),
    Line("awards:award", "code=prepared.code", opens=f"{HEAD} {OFFICE}", nothing="visitor", writes=""),
    public("awards:photograph", f"{AWARD} pk=photograph.pk size=480"),
    reading("awards:cabinet_list", opens=SOMEBODY),
    reading("awards:cabinet", AWARD, HEAD),
    reading("awards:agreement", AWARD, f"{HEAD} {OFFICE}"),
    reading("awards:report", REPORT, HEAD),
    working("awards:section", f"{WRITTEN} number=1", HEAD),
    Line("awards:section", f"{WRITTEN} number=9", nothing=SOMEBODY),
    asked("awards:section", f"{REPORT} number=1", HEAD),
    reading("awards:report_photographs", REPORT, HEAD),
    working("awards:report_photograph", f"{REPORT} key=picture.key", HEAD),
    reading("awards:check", WRITTEN, HEAD),
    asked("awards:submit", WRITTEN, HEAD),
    reading("awards:receipt", f"{REPORT} number=1", HEAD),
    reading("awards:upload", f"{REPORT} key=paper.key", HEAD),
    reading("awards:office_list", FUND),
    reading("awards:office_file", f"{FUND} ending='csv'"),
    pressed("awards:office_prepare", f"{FUND} call=ranked_call.code"),
    reading("awards:office", f"{FUND} {AWARD}"),
    working("awards:office_plan", f"{FUND} code=prepared.code"),
    working("awards:office_agree", f"{FUND} code=prepared.code"),
    working("awards:office_pay", f"{FUND} {REPORT}"),
    working("awards:office_revoke", f"{FUND} {REPORT}"),
    working("awards:office_close", f"{FUND} {AWARD}"),
    working("awards:office_end", f"{FUND} {AWARD}"),
    reading("awards:office_report", f"{FUND} {REPORT}"),
    Line("awards:office_report", f"{FUND} {WRITTEN}"),
    asked("awards:office_accept", f"{FUND} {REPORT}"),
    asked("awards:office_return", f"{FUND} {REPORT}"),
    reading("awards:office_upload", f"{FUND} {REPORT} key=paper.key"),
    reading("awards:office_photographs", f"{FUND} {AWARD}"),
    Line("awards:office_photograph", f"{FUND} {AWARD} key=picture.key", opens=OFFICE, writes=OFFICERS),
    working("awards:office_hide", f"{FUND} {AWARD} pk=photograph.pk"),
]

EVENT_READERS = f"{READERS} consultant"
MODERATORS = f"{OFFICERS} consultant"
WAITING = f"{FUND} code=event_submitted.code"
EVENTS_OFFICE = [
    reading("events:office_list", FUND, EVENT_READERS),
    reading("events:office_file", f"{FUND} ending='csv'", EVENT_READERS),
    working("events:office_policy", FUND),
    reading("events:office", WAITING, EVENT_READERS),
    reading("events:office", f"{FUND} code=event_draft.code", MODERATORS),
    asked("events:office_accept", WAITING, MODERATORS),
    asked("events:office_accept_mends", WAITING, MODERATORS),
    asked("events:office_return", WAITING, MODERATORS),
    asked("events:office_decline", WAITING, MODERATORS),
    asked("events:office_visit", WAITING, MODERATORS),
    reading("events:office_campaigns", FUND, EVENT_READERS),
    reading("events:office_campaigns_file", f"{FUND} ending='csv'", EVENT_READERS),
    working("events:office_campaign_new", FUND),
    working("events:office_campaign", f"{FUND} code=campaign.code"),
    reading("events:office_campaign_picture", f"{FUND} code=campaign.code", EVENT_READERS),
    reading("events:office_series", FUND, EVENT_READERS),
    reading("events:office_series_file", f"{FUND} ending='csv'", EVENT_READERS),
    working("events:office_series_new", FUND, MODERATORS),
    reading("events:office_one_series", f"{FUND} pk=series.pk", EVENT_READERS),
    working("events:office_series_change", f"{FUND} pk=series.pk", MODERATORS),
    reading("events:office_hubs", FUND, EVENT_READERS),
    reading("events:office_hubs_file", f"{FUND} ending='csv'", EVENT_READERS),
    reading("events:office_itinerary", FUND, EVENT_READERS),
    asked("events:office_itinerary_feed", FUND, EVENT_READERS),
    public("events:route_calendar", "token=route_token"),
    Line("events:route_calendar", "token='nobody'", nothing=EVERYBODY),
    reading("events:office_itinerary_file", f"{FUND} ending='csv'", EVENT_READERS),
]

DRAWN = "code=event_draft.code"
EVENTS_WRITING = [
    reading("events:mine", opens=SOMEBODY),
    reading("events:mine_file", "ending='csv'", SOMEBODY),
    Line("events:new", opens=SOMEBODY),
    Line("events:plan", opens=SOMEBODY),
    reading("events:plan_file", "ending='xlsx'", SOMEBODY),
    reading("events:plan_made", "pk=plan.pk", HEAD),
    reading("events:plan_bad_rows", "pk=plan.pk ending='csv'", HEAD),
    asked("events:plan_submit", "pk=plan.pk", HEAD),
    working("events:write", DRAWN, HEAD),
    working("events:write", "code=event.code", HEAD),
    reading("events:check", DRAWN, HEAD),
    asked("events:submit", DRAWN, HEAD),
    working("events:copy", DRAWN, HEAD),
    working("events:repeat", DRAWN, HEAD),
    working("events:remove", DRAWN, HEAD),
    asked("events:remove", "code=event.code", HEAD),
]

COMING = "code=event.code"
HOSTS = f"{HEAD} {OFFICERS} consultant"
EVENTS_COMING = [
    public("events:register", COMING, writes=EVERYBODY),
    public("events:registered", COMING),
    public("events:seat", "token=seat_token", writes=EVERYBODY),
    Line("events:seat", "token='nobody'", nothing=EVERYBODY),
    public("events:seat_ics", "token=seat_token"),
    reading("events:my_seats", opens=SOMEBODY),
    Line("events:my_feed", onward=SOMEBODY),
    public("events:my_calendar", "token=calendar_token"),
    Line("events:my_calendar", "token='nobody'", nothing=EVERYBODY),
    working("events:my_seat", "pk=seat.pk", HEAD),
    working("events:my_guests", "pk=delegation.pk", HEAD),
    Line("events:my_guests", "pk=seat.pk"),
    reading("events:people", COMING, HOSTS),
    reading("events:people_file", f"{COMING} ending='csv'", HOSTS),
    working("events:move", COMING, HOSTS),
    working("events:door", COMING, HOSTS),
    working("events:door_seat", f"{COMING} token=seat_token", HOSTS),
    Line("events:door_seat", f"{COMING} token='nobody'", nothing=SOMEBODY),
]

HELD = "code=event_held.code"
TOLD = "code=event_told.code"
SHOT = f"{TOLD} key=event_photo.key"
EVENTS_COUNTING = [
    Line("events:counting", opens=SOMEBODY, writes=""),
    working("events:count", HELD, HOSTS),
    pressed("events:tally", HELD, HOSTS),
    working("events:photos", TOLD, HOSTS),
    Line("events:photograph", SHOT, opens=f"{HOSTS} observer", writes=HOSTS),
    Line("events:photograph", f"{TOLD} key=event_list.key", opens=HOSTS),
    working("events:photo_hide", SHOT, HOSTS),
    working("events:photo_remove", SHOT, HEAD),
    public("events:public_photograph", f"{SHOT} size=480"),
    Line("events:public_photograph", f"{TOLD} key=event_list.key size=480", nothing=EVERYBODY),
    public("events:photo_plea", SHOT, writes=EVERYBODY),
    Line("events:photo_plea", f"{TOLD} key=event_list.key", nothing=EVERYBODY),
    working("events:report", HELD, HEAD),
    working("events:report", TOLD, HEAD),
    working("events:report_submit", HELD, HEAD),
    asked("events:report_submit", TOLD, HEAD),
    reading("events:office_report", f"{FUND} {TOLD}", f"{HEAD} {EVENT_READERS}"),
    Line("events:office_report", f"{FUND} {HELD}"),
    asked("events:office_report_accept", f"{FUND} {TOLD}", MODERATORS),
    asked("events:office_report_return", f"{FUND} {TOLD}", MODERATORS),
    asked("events:office_report_reopen", f"{FUND} {TOLD}", MODERATORS),
    public("events:counting_script"),
    public("events:service_worker"),
    public("events:manifest"),
]

EVENTS_FINDING = [
    public("events:list"),
    public("events:file", "ending='json'"),
    public("events:file", "ending='ics'"),
    public("events:file", "ending='geojson'"),
    public("events:held"),
    public("events:held_file", "ending='csv'"),
    public("events:calendar"),
    public("events:map"),
    public("events:map_data"),
    public("events:widget"),
    public("events:campaign_list"),
    public("events:campaign", "code=campaign.code"),
    public("events:event", COMING),
    Line("events:event", "code=event_draft.code", opens=HOSTS, nothing="visitor", writes=""),
    public("events:event_ics", COMING),
    public("events:jsonld", COMING),
    public("events:poster", COMING),
    public("events:poster_pdf", COMING),
    Line("events:poster_pdf", "code=event_draft.code", opens=HOSTS, nothing="visitor", writes=""),
    public("events:share_picture", COMING),
    public("events:campaign_share_picture", "code=campaign.code"),
    public("events:campaign_picture", "code=campaign.code"),
]

SITE = [
    public("site:home"),
    public("site:hromada", "slug=organisation.hromada.slug"),
    public("site:programme", FUND),
    public("site:participants", FUND),
    Line("site:door", FUND, onward=OFFICE, writes=""),
    public("site:participants_file", f"{FUND} ending='csv'"),
    Line("site:programme", "programme=hidden.code", opens="elsewhere administrator", nothing="visitor", writes=""),
    public("site:search"),
    public("site:open_data"),
    public("site:threesixty"),
    # Nothing is told to IATI before the installation says who publishes.
    Line("site:iati", nothing=EVERYBODY),
    reading("site:publication", FUND),
    reading("site:publication_file", f"{FUND} ending='csv'"),
    pressed("site:publication_check", FUND),
    public("site:about"),
    public("site:help"),
    public("site:accessibility"),
    public("site:privacy"),
    public("site:terms"),
    public("site:robots"),
    Line("site:favicon", onward=EVERYBODY, writes=""),
    public("site:healthz"),
    reading("site:cabinet", opens=SOMEBODY),
    reading("site:desk", opens=STAFF),
    reading("site:letters", opens="administrator"),
    reading("site:letters_file", "ending='csv'", "administrator"),
    working("site:letter", "key=letter.key"),
    working("site:letter", "key=other_letter.key", "administrator"),
    reading("site:letter_html", "key=letter.key", OFFICERS),
    reading("site:journal", opens="administrator"),
    reading("site:journal_file", "ending='csv'", "administrator"),
    reading("site:office_letters", FUND, OFFICERS),
    reading("site:office_letters_file", f"{FUND} ending='csv'", OFFICERS),
]

ONE = "code=programme.code"
API = [
    public("site:api"),
    public("site:openapi"),
    public("site:catalogue_jsonld"),
    public("site:catalogue_turtle"),
    public("site:organisations_file", "ending='csv'"),
    public("site:all_participants_file", "ending='geojson'"),
    public("site:api_organisations"),
    public("site:api_organisation", ORGANISATION),
    public("site:api_participants"),
    Line("site:api_nothing", "rest='nobody'", nothing=EVERYBODY),
    public("places:api_hromadas"),
    public("places:api_hromada", "code=organisation.hromada.code"),
    public("places:api_oblasts"),
    public("places:api_oblast", "code=organisation.hromada.oblast.code"),
    public("results:api_indicators"),
    public("results:api_indicator", "programme=indicator.programme.code code=indicator.code"),
    public("results:api_facts"),
    public("results:open_indicators", "ending='csv'"),
    public("programmes:api"),
    public("programmes:api_one", ONE),
    Line("programmes:api_one", "code=hidden.code", nothing=EVERYBODY),
    keyed("programmes:api_office"),
    public("calls:api"),
    public("calls:api_one", "code=award.application.call.code"),
    keyed("calls:api_office", FUND),
    public("awards:api"),
    public("awards:api_one", "code=award.code"),
    keyed("awards:api_office", FUND),
    public("events:api"),
    public("events:api_one", "code=event.code"),
    Line("events:api_one", "code=event_draft.code", nothing=EVERYBODY),
    keyed("events:api_office", FUND),
]

SHEET = f"{FUND} code=indicator.code"
PERIOD = f"{FUND} period=period.pk"
VALUE = f"{FUND} value=value.pk"
PROOF = f"{VALUE} evidence=evidence.pk"
REPORTERS = f"{OFFICERS} consultant"
RESULTS_OFFICE = [
    reading("results:indicators", FUND),
    reading("results:indicators_file", f"{FUND} ending='json'"),
    working("results:indicator_new", FUND),
    working("results:indicator_define", f"{FUND} kind='counted'"),
    working("results:indicator_define", f"{FUND} kind='reported'"),
    working("results:indicator_define", f"{FUND} kind='ratio'"),
    working("results:indicator_change", SHEET),
    pressed("results:indicator_move", SHEET),
    working("results:indicator_remove", SHEET),
    working("results:targets", SHEET),
    reading("results:periods", FUND),
    reading("results:periods_file", f"{FUND} ending='json'"),
    working("results:period_new", FUND),
    working("results:periods_make", FUND),
    reading("results:period", PERIOD),
    reading("results:period_file", f"{PERIOD} ending='json'"),
    working("results:period_change", PERIOD),
    working("results:period_close", PERIOD),
    working("results:period_reopen", f"{FUND} period=closed_period.pk"),
    working("results:period_remove", PERIOD),
    reading("results:values", FUND, f"{OFFICE} consultant"),
    reading("results:values_file", f"{FUND} ending='json'", f"{OFFICE} consultant"),
    working("results:value_new", FUND, REPORTERS),
    reading("results:value", VALUE, f"{OFFICE} consultant"),
    working("results:value_write", VALUE, "consultant"),
    pressed("results:value_submit", VALUE, "consultant"),
    working("results:value_remove", VALUE, REPORTERS),
    pressed("results:value_approve", VALUE),
    working("results:value_return", VALUE),
    working("results:value_withdraw", VALUE),
    working("results:evidence_add", VALUE, "consultant"),
    reading("results:evidence", PROOF, f"{OFFICE} consultant"),
    working("results:evidence_remove", PROOF, "consultant"),
]

ACCOUNT = [
    Line("account_login", opens="visitor", onward=SOMEBODY),
    Line("account_logout", opens=SOMEBODY, onward="visitor"),
    Line("account_inactive", opens=EVERYBODY),
    Line("account_signup", opens="visitor", onward=SOMEBODY),
    Line("account_reauthenticate", opens=SOMEBODY),
    Line("account_email", opens=SOMEBODY),
    Line("account_email_verification_sent", opens=EVERYBODY),
    Line("account_change_password", opens=SOMEBODY),
    Line("account_set_password", onward=SOMEBODY),
    Line("account_reset_password", opens=EVERYBODY),
    Line("account_confirm_login_code", onward=SOMEBODY, writes=SOMEBODY),
    Line("account_confirm_email", "key='nobody'", opens=EVERYBODY),
    Line("account_reset_password_from_key_done", opens=EVERYBODY),
    Line("account_reset_password_from_key", "uidb36='1' key='nothing'", opens=EVERYBODY),
    Line("account_reset_password_done", opens=EVERYBODY),
]

FIGURE = f"{FUND} code=indicator.code"
INNER = f"{FUND} code=hidden_indicator.code"
STORY = f"{FUND} pk=highlight.pk"
MEASURE = f"{FUND} measure='heads'"
RESULTS_READING = [
    public("results:dashboard", FUND),
    Line("results:dashboard", "programme=hidden.code", opens="elsewhere administrator", nothing="visitor", writes=""),
    public("results:dashboard_file", f"{FUND} ending='json'"),
    public("results:compare", FUND),
    public("results:coverage", FUND),
    public("results:coverage_file", f"{FUND} ending='json'"),
    public("results:measure", MEASURE),
    public("results:measure_file", f"{MEASURE} ending='json'"),
    public("results:figure", FIGURE),
    Line("results:figure", INNER, opens=OFFICE, nothing="visitor", writes=""),
    public("results:told_value", f"{FUND} code=approved.indicator.code value=approved.pk"),
    Line("results:told_value", f"{FUND} code=value.indicator.code value=value.pk", nothing="visitor", writes=""),
    public("results:records", FIGURE),
    Line("results:records", INNER, opens=OFFICE, nothing="visitor", writes=""),
    public("results:records_file", f"{FIGURE} ending='json'"),
    reading("results:office", FUND),
    reading("results:office_file", f"{FUND} ending='json'"),
    reading("results:office_compare", FUND),
    reading("results:office_coverage", FUND),
    reading("results:office_coverage_file", f"{FUND} ending='json'"),
    reading("results:office_measure", MEASURE),
    reading("results:office_measure_file", f"{MEASURE} ending='json'"),
    reading("results:office_figure", FIGURE),
    reading("results:office_records", FIGURE),
    reading("results:office_records_file", f"{FIGURE} ending='json'"),
    reading("results:highlights", FUND),
    pressed("results:highlight_choose", FUND),
    working("results:highlight", STORY),
    pressed("results:highlight_move", STORY),
    working("results:highlight_remove", STORY),
]

DONOR_REPORT = f"{FUND} pk=donor_report.pk"
RESULTS_TELLING = [
    reading("results:donor_reports", FUND),
    reading("results:donor_reports_file", f"{FUND} ending='json'"),
    working("results:donor_report_new", FUND),
    reading("results:donor_report", DONOR_REPORT),
    working("results:donor_report_edit", DONOR_REPORT),
    pressed("results:donor_report_copy", DONOR_REPORT),
    working("results:donor_report_remove", DONOR_REPORT),
    reading("results:donor_report_file", f"{DONOR_REPORT} ending='xlsx'"),
    reading("results:donor_report_file", f"{DONOR_REPORT} ending='docx'"),
    public("results:brief", FUND),
    public("results:embed", FIGURE),
    public("results:embed_json", FIGURE),
    public("results:embed_badge", FIGURE),
    Line("results:embed", INNER, opens=OFFICE, nothing="visitor", writes=""),
    Line("results:embed_json", INNER, opens=OFFICE, nothing="visitor", writes=""),
    Line("results:embed_badge", INNER, opens=OFFICE, nothing="visitor", writes=""),
]

TABLE = [
    *FRAME,
    *PLACES,
    *PEOPLE,
    *PROGRAMMES,
    *CALLS,
    *REVIEWS,
    *AWARDS,
    *EVENTS_FINDING,
    *EVENTS_COMING,
    *EVENTS_COUNTING,
    *EVENTS_OFFICE,
    *RESULTS_READING,
    *RESULTS_OFFICE,
    *RESULTS_TELLING,
    *SITE,
    *API,
    *ACCOUNT,
    *EVENTS_WRITING,
]
