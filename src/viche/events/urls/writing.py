"""Where organisers write their events and plans."""

from django.urls import URLPattern, path

from viche.events.views import plans, repeating, writing

MINE = "me/events/"
ONE = MINE + "<slug:code>/"

urlpatterns: list[URLPattern] = [
    path(MINE, writing.mine, name="mine"),
    path("me/events.<str:ending>", writing.mine_file, name="mine_file"),
    path(MINE + "new/", writing.new, name="new"),
    path(MINE + "plan/", plans.plan, name="plan"),
    path(MINE + "plan.<str:ending>", plans.plan_file, name="plan_file"),
    path(MINE + "plans/<int:pk>/", plans.made, name="plan_made"),
    path(MINE + "plans/<int:pk>/bad-rows.<str:ending>", plans.bad_rows, name="plan_bad_rows"),
    path(MINE + "plans/<int:pk>/submit/", plans.submit_all, name="plan_submit"),
    path(ONE, writing.write, name="write"),
    path(ONE + "check/", writing.check, name="check"),
    path(ONE + "submit/", writing.submit, name="submit"),
    path(ONE + "copy/", repeating.copy, name="copy"),
    path(ONE + "repeat/", repeating.repeat, name="repeat"),
    path(ONE + "remove/", repeating.remove, name="remove"),
]
