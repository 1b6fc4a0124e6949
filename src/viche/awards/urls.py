"""Addresses of awards."""

from django.urls import path

from viche.awards.views import api, cabinet, checking, office, plans, public, reports, showing

app_name = "awards"
MINE = "me/awards/<str:code>/"
REPORT = MINE + "reports/<int:position>/"
OFFICE = "office/<str:programme>/awards/"
ONE = OFFICE + "<str:code>/"
CHECK = ONE + "reports/<int:position>/"

urlpatterns = [
    path("awards/", public.award_list, name="list"),
    path("api/v1/awards", api.award_list, name="api"),
    path("api/v1/awards/<str:code>", api.award, name="api_one"),
    path("api/v1/office/<str:programme>/awards", api.office_awards, name="api_office"),
    path("awards.<str:ending>", public.award_file, name="file"),
    path("awards/<str:code>/", public.award, name="award"),
    path("awards/<str:code>/photographs/<int:pk>/<int:size>/", public.photograph, name="photograph"),
    path("me/awards/", cabinet.award_list, name="cabinet_list"),
    path(MINE, cabinet.award, name="cabinet"),
    path(MINE + "agreement/", cabinet.agreement, name="agreement"),
    path(REPORT, reports.report, name="report"),
    path(REPORT + "sections/<int:number>/", reports.section, name="section"),
    path(REPORT + "photographs/", reports.photographs, name="report_photographs"),
    path(REPORT + "photographs/<uuid:key>/", reports.photograph, name="report_photograph"),
    path(REPORT + "check/", reports.check, name="check"),
    path(REPORT + "submit/", reports.submit, name="submit"),
    path(REPORT + "receipts/<int:number>/", reports.receipt, name="receipt"),
    path(REPORT + "files/<uuid:key>/", reports.upload, name="upload"),
    path(OFFICE, office.award_list, name="office_list"),
    path("office/<str:programme>/awards.<str:ending>", office.award_file, name="office_file"),
    path(OFFICE + "prepare/<str:call>/", office.prepare, name="office_prepare"),
    path(ONE, office.award, name="office"),
    path(ONE + "plan/", plans.plan, name="office_plan"),
    path(ONE + "agree/", office.agree, name="office_agree"),
    path(ONE + "tranches/<int:position>/pay/", office.pay, name="office_pay"),
    path(ONE + "tranches/<int:position>/revoke/", office.revoke, name="office_revoke"),
    path(ONE + "close/", office.close, name="office_close"),
    path(ONE + "end/", office.end, name="office_end"),
    path(CHECK, checking.report, name="office_report"),
    path(CHECK + "accept/", checking.accept, name="office_accept"),
    path(CHECK + "return/", checking.send_back, name="office_return"),
    path(CHECK + "files/<uuid:key>/", checking.upload, name="office_upload"),
    path(ONE + "photographs/", showing.photographs, name="office_photographs"),
    path(ONE + "photographs/<uuid:key>/", showing.photograph, name="office_photograph"),
    path(ONE + "photographs/<int:pk>/hide/", showing.hide, name="office_hide"),
]
