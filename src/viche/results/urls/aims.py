"""Where the office defines indicators, sets targets, keeps periods, and people report values."""

from django.urls import path

from viche.results.views import aims, deciding, periods, values

OFFICE = "office/<slug:programme>/results/"
INDICATOR = f"{OFFICE}indicators/<slug:code>/"
PERIOD = f"{OFFICE}periods/<int:period>"
VALUE = f"{OFFICE}values/<int:value>/"

urlpatterns = [
    path(f"{OFFICE}indicators/", aims.indicators, name="indicators"),
    path(f"{OFFICE}indicators.<str:ending>", aims.indicators_file, name="indicators_file"),
    path(f"{OFFICE}new-indicator/", aims.new, name="indicator_new"),
    path(f"{OFFICE}new-indicator/<slug:kind>/", aims.new, name="indicator_define"),
    path(INDICATOR, aims.change, name="indicator_change"),
    path(f"{INDICATOR}move/", aims.move, name="indicator_move"),
    path(f"{INDICATOR}remove/", aims.remove, name="indicator_remove"),
    path(f"{INDICATOR}targets/", aims.targets, name="targets"),
    path(f"{OFFICE}periods/", periods.periods, name="periods"),
    path(f"{OFFICE}periods.<str:ending>", periods.periods_file, name="periods_file"),
    path(f"{OFFICE}periods/new/", periods.new, name="period_new"),
    path(f"{OFFICE}periods/all/", periods.make_all, name="periods_make"),
    path(f"{PERIOD}/", periods.period, name="period"),
    path(f"{PERIOD}.<str:ending>", periods.period_file, name="period_file"),
    path(f"{PERIOD}/change/", periods.change, name="period_change"),
    path(f"{PERIOD}/close/", periods.close, name="period_close"),
    path(f"{PERIOD}/reopen/", periods.reopen, name="period_reopen"),
    path(f"{PERIOD}/remove/", periods.remove, name="period_remove"),
    path(f"{OFFICE}values/", values.values, name="values"),
    path(f"{OFFICE}values.<str:ending>", values.values_file, name="values_file"),
    path(f"{OFFICE}values/new/", values.new, name="value_new"),
    path(VALUE, values.value, name="value"),
    path(f"{VALUE}write/", values.write, name="value_write"),
    path(f"{VALUE}submit/", values.submit, name="value_submit"),
    path(f"{VALUE}remove/", values.remove, name="value_remove"),
    path(f"{VALUE}approve/", deciding.approve, name="value_approve"),
    path(f"{VALUE}return/", deciding.send_back, name="value_return"),
    path(f"{VALUE}withdraw/", deciding.withdraw, name="value_withdraw"),
    path(f"{VALUE}evidence/", values.prove, name="evidence_add"),
    path(f"{VALUE}evidence/<int:evidence>/", values.evidence, name="evidence"),
    path(f"{VALUE}evidence/<int:evidence>/remove/", values.evidence_remove, name="evidence_remove"),
]
