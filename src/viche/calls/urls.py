"""Addresses of calls and applications."""

from django.urls import path

from viche.calls.views import acts, api, applications, cabinet, office, public, sections

app_name = "calls"
OFFICE = "office/<str:programme>/calls/"
ONE = OFFICE + "<str:code>/"

urlpatterns = [
    path("calls/", public.call_list, name="list"),
    path("calls.<str:ending>", public.call_file, name="file"),
    path("api/v1/calls", api.call_list, name="api"),
    path("api/v1/calls/<str:code>", api.call, name="api_one"),
    path("api/v1/office/<str:programme>/applications", api.office_applications, name="api_office"),
    path("calls/<str:code>/", public.call_page, name="call"),
    path("calls/<str:code>/apply/", cabinet.apply, name="apply"),
    path("me/applications/", cabinet.mine, name="mine"),
    path("me/applications/<int:pk>/", cabinet.application, name="application"),
    path("me/applications/<int:pk>/sections/<int:number>/", sections.section, name="section"),
    path("me/applications/<int:pk>/check/", cabinet.check, name="check"),
    path("me/applications/<int:pk>/submit/", cabinet.submit, name="submit"),
    path("me/applications/<int:pk>/withdraw/", cabinet.withdraw, name="withdraw"),
    path("me/applications/<int:pk>/receipts/<int:number>/", cabinet.receipt, name="receipt"),
    path("me/applications/<int:pk>/receipts/<int:number>.json", cabinet.receipt_file, name="receipt_file"),
    path("me/applications/<int:pk>/files/<uuid:key>/", cabinet.upload, name="upload"),
    path(OFFICE, office.call_list, name="office_list"),
    path(OFFICE + "new/", office.new, name="office_new"),
    path(ONE, office.overview, name="office"),
    path(ONE + "basics/", office.basics, name="office_basics"),
    path(ONE + "terms/", office.terms, name="office_terms"),
    path(ONE + "circle/", office.circle, name="office_circle"),
    path(ONE + "form/", office.form_choice, name="office_form"),
    path(ONE + "criteria/", office.criteria, name="office_criteria"),
    path(ONE + "announce/", acts.announce, name="office_announce"),
    path(ONE + "take-back/", acts.take_back, name="office_take_back"),
    path(ONE + "extend/", acts.extend, name="office_extend"),
    path(ONE + "cancel/", acts.cancel, name="office_cancel"),
    path(ONE + "applications/", applications.application_list, name="office_applications"),
    path(ONE + "applications.<str:ending>", applications.application_file, name="office_applications_file"),
    path(OFFICE + "<str:call>/applications/<str:code>/", applications.application, name="office_application"),
    path(
        OFFICE + "<str:call>/applications/<str:code>/files/<uuid:key>/",
        applications.application_upload,
        name="office_upload",
    ),
]
