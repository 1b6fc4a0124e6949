"""Addresses of reviewing."""

from django.urls import path

from viche.reviews.views import cabinet, office, panel, ranking

app_name = "reviews"
CALL = "office/<str:programme>/calls/<str:code>/"
ONE = "office/<str:programme>/calls/<str:call>/"

urlpatterns = [
    path("me/reviews/", cabinet.mine, name="mine"),
    path("me/reviews.<str:ending>", cabinet.mine_file, name="mine_file"),
    path("me/reviews/<int:pk>/", cabinet.review, name="review"),
    path("me/reviews/<int:pk>/conflict/", cabinet.conflict, name="conflict"),
    path("me/reviews/<int:pk>/files/<uuid:key>/", cabinet.upload, name="upload"),
    path("me/applications/<int:pk>/outcome/", cabinet.outcome, name="outcome"),
    path("office/<str:programme>/reviews/", office.call_list, name="office_list"),
    path(CALL + "reviews/", office.overview, name="office"),
    path(CALL + "reviews/assign/", office.assign, name="assign"),
    path(CALL + "reviews/close/", office.close, name="close"),
    path(CALL + "reviews/places/<int:pk>/release/", office.release, name="release"),
    path(CALL + "reviews/places/<int:pk>/reopen/", office.reopen, name="reopen"),
    path(ONE + "reviews/<str:code>/give/", office.give, name="give"),
    path(CALL + "ranking/", ranking.page, name="ranking"),
    path(CALL + "ranking.<str:ending>", ranking.file, name="ranking_file"),
    path(ONE + "ranking/<str:code>/", ranking.application, name="application"),
    path(ONE + "ranking/<str:code>/conflict/", ranking.recuse, name="recuse"),
    path(ONE + "ranking/<str:code>/files/<uuid:key>/", ranking.upload, name="application_upload"),
    path(CALL + "panel/", panel.page, name="panel"),
    path(CALL + "panel/convene/", panel.convene, name="convene"),
    path(CALL + "panel/protocol/", panel.protocol, name="protocol"),
    path(CALL + "panel/publish/", panel.publish, name="publish"),
    path(ONE + "panel/<str:code>/", panel.decision, name="decision"),
]
