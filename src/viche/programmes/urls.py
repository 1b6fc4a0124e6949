"""Addresses of programmes. The public page of one programme joins all packages and lies in `site`."""

from django.urls import path

from viche.programmes.views import api, forms, leaving, office, participants, parts, public, questions, roles

app_name = "programmes"
OFFICE = "office/<slug:programme>/"
SETTINGS = f"{OFFICE}settings/"
FORM = f"{OFFICE}forms/<int:version>/"
urlpatterns = [
    path("programmes/", public.programmes, name="list"),
    path("programmes.<str:ending>", public.programmes_file, name="list_file"),
    path("api/v1/programmes", api.programmes, name="api"),
    path("api/v1/programmes/<str:code>", api.programme, name="api_one"),
    path("api/v1/office/programmes", api.office_programmes, name="api_office"),
    path("programmes/logos/<int:partner>/", public.logo, name="logo"),
    path("invitations/programmes/<str:token>/", public.invitation, name="invitation"),
    path("me/profile/forget/", leaving.forget, name="forget"),
    path("office/people/<int:person>/<slug:act>/", leaving.act, name="person_act"),
    path("office/new/", office.new, name="new"),
    path(SETTINGS, office.overview, name="office"),
    path(f"{SETTINGS}basics/", office.basics, name="basics"),
    path(f"{SETTINGS}goals/", office.goals, name="goals"),
    path(f"{SETTINGS}open-data/", office.publishing, name="publishing"),
    path(f"{SETTINGS}roles/", roles.roles, name="roles"),
    path(f"{SETTINGS}roles/invite/", roles.invite, name="invite"),
    path(f"{SETTINGS}roles/give/", roles.give, name="give"),
    path(f"{SETTINGS}roles/<int:role>/take/", roles.take, name="take"),
    path(f"{SETTINGS}invitations/<int:invitation>/repeat/", roles.repeat, name="repeat"),
    path(f"{SETTINGS}invitations/<int:invitation>/withdraw/", roles.withdraw, name="withdraw"),
    path(f"{OFFICE}participants/", participants.participants, name="participants"),
    path(f"{OFFICE}participants.<str:ending>", participants.participants_file, name="participants_file"),
    path(f"{OFFICE}participants/admit/", participants.admit, name="admit"),
    path(f"{OFFICE}participants/<int:participant>/dismiss/", participants.dismiss, name="dismiss"),
    path(f"{OFFICE}forms/", forms.forms, name="forms"),
    path(f"{OFFICE}forms/new/", forms.new, name="form_new"),
    path(FORM, forms.form, name="form"),
    path(f"{FORM}preview/<int:number>/", forms.preview, name="form_preview"),
    path(f"{FORM}version/", forms.version, name="form_version"),
    path(f"{FORM}rename/", forms.rename, name="form_rename"),
    path(f"{FORM}delete/", forms.delete, name="form_delete"),
    path(f"{FORM}sections/new/", questions.section_new, name="form_section_new"),
    path(f"{FORM}sections/<int:section>/", questions.section, name="form_section"),
    path(f"{FORM}sections/<int:section>/move/", questions.section_move, name="form_section_move"),
    path(f"{FORM}sections/<int:section>/remove/", questions.section_remove, name="form_section_remove"),
    path(f"{FORM}sections/<int:section>/ask/", questions.question_new, name="form_question_new"),
    path(f"{FORM}questions/<int:question>/", questions.question, name="form_question"),
    path(f"{FORM}questions/<int:question>/move/", questions.question_move, name="form_question_move"),
    path(f"{FORM}questions/<int:question>/remove/", questions.question_remove, name="form_question_remove"),
    path(f"{SETTINGS}<part:kind>/", parts.parts, name="parts"),
    path(f"{SETTINGS}<part:kind>/add/", parts.add, name="add"),
    path(f"{SETTINGS}<part:kind>/<int:pk>/", parts.change, name="change"),
    path(f"{SETTINGS}<part:kind>/<int:pk>/remove/", parts.remove, name="remove"),
    path(f"{SETTINGS}<part:kind>/<int:pk>/move/", parts.move, name="move"),
]
