"""Where heads are counted, photographs kept and reports written and read."""

from django.urls import path

from viche.events.views import counting, photos, reports

ONE = "me/events/<slug:code>/"
PHOTO = ONE + "photos/<uuid:key>/"
OFFICE = "office/<str:programme>/events/<slug:code>/report/"

urlpatterns = [
    path("me/counting/", counting.counting, name="counting"),
    path(ONE + "count/", counting.count, name="count"),
    path(ONE + "count/tally/", counting.tally, name="tally"),
    path(ONE + "photos/", photos.photos, name="photos"),
    path(PHOTO, photos.photo, name="photograph"),
    path(PHOTO + "hide/", photos.hide, name="photo_hide"),
    path(PHOTO + "remove/", photos.remove, name="photo_remove"),
    path("events/<slug:code>/photos/<uuid:key>/<int:size>/", photos.public_photo, name="public_photograph"),
    path("events/<slug:code>/photos/<uuid:key>/plea/", photos.plea, name="photo_plea"),
    path(ONE + "report/", reports.report, name="report"),
    path(ONE + "report/submit/", reports.submit, name="report_submit"),
    path(OFFICE, reports.office_report, name="office_report"),
    path(OFFICE + "accept/", reports.accept, name="office_report_accept"),
    path(OFFICE + "return/", reports.send_back, name="office_report_return"),
    path(OFFICE + "reopen/", reports.reopen, name="office_report_reopen"),
    path("counting/counting.js", counting.script, name="counting_script"),
    path("counting/sw.js", counting.service_worker, name="service_worker"),
    path("counting/manifest.webmanifest", counting.manifest, name="manifest"),
]
