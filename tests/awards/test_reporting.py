from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse

from tests.factories import awards as factory
from tests.factories import files, people, programmes
from tests.factories.awards import LATER
from viche.awards import access
from viche.awards.choices import ReportState, TrancheState
from viche.awards.models import Submission
from viche.awards.operations import granting, photographs, reporting
from viche.awards.queries import reading
from viche.files.models import Stored
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused
from viche.questionnaires import operations as questionnaires
from viche.questionnaires import queries

pytestmark = pytest.mark.django_db


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value


def section(report, number=1):
    return queries.outline(report.sheet.version).section(number)


def save(report, by, values, *, revision=0):
    return reporting.save(report, section=section(report), values=values, revision=revision, by=by, at=LATER)


def check(report, *, back=False, by=None, **changes):
    by = by or programmes.officer(report.award.programme)
    act = reporting.send_back if back else reporting.accept
    return act(report, **{"remark": "Додайте чеки." if back else "", "by": by, "at": LATER, **changes})


def test_the_first_word_makes_it_a_draft():
    report = factory.report()
    preparer = people.preparer(report.award.organisation)
    save(report, preparer, {"done": "Перше слово"})
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT
    with pytest.raises(questionnaires.Stale):
        save(report, preparer, {"done": "Інше"})
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT
    assert queries.lost_of(report.sheet).get().values["done"] == "Інше"


def test_a_report_is_written_by_its_organisation_alone():
    report = factory.report()
    question = queries.outline(report.sheet.version).questions[-1]
    for by in (people.preparer(), programmes.officer(report.award.programme), people.administrator()):
        with pytest.raises(NotAllowed):
            save(report, by, {"done": "Чуже"})
        with pytest.raises(NotAllowed):
            reporting.attach(report, question=question, upload=files.upload(), by=by, at=LATER)
        with pytest.raises(NotAllowed):
            reporting.detach(report, question=question, key="x", by=by, at=LATER)
        with pytest.raises(NotAllowed):
            reporting.submit(report, by=by, at=LATER)
    report.refresh_from_db()
    assert report.state == ReportState.WAITING


def test_submission_freezes_and_copies_what_lists_show():
    report = factory.submitted(photograph=True)
    proof = report.submissions.get()
    assert (proof.number, proof.submitted_by, len(proof.sha256)) == (1, report.author, 64)
    assert report.done == factory.ANSWERS[0]["done"]
    assert report.spent == 178_400
    assert Entry.objects.filter(verb="awards.report_submitted").count() == 1


def test_an_incomplete_report_is_not_taken():
    report = factory.report()
    preparer = people.preparer(report.award.organisation)
    assert refusal(reporting.submit, report, by=preparer, at=LATER).status == 422
    assert not Submission.objects.exists()


def test_submitting_twice_gives_the_same_proof():
    report = factory.submitted()
    again = reporting.submit(report, by=report.author, at=LATER)
    assert again == report.submissions.get()
    assert refusal(save, report, report.author, {"done": "Ще"}).status == 409


def test_nothing_is_written_before_or_after_the_award_is_active():
    report = factory.report()
    preparer = people.preparer(report.award.organisation)
    granting.end(report.award, why="Так.", by=programmes.officer(report.award.programme), at=LATER)
    assert refusal(save, report, preparer, {"done": "Ще"}).status == 409
    assert refusal(reporting.submit, report, by=preparer, at=LATER).status == 409


def test_acceptance_unlocks_what_waited_for_it():
    report = factory.submitted()
    officer = programmes.officer(report.award.programme)
    accepted = check(report, by=officer, remark=" Дякуємо ")
    assert (accepted.state, accepted.checked_by, accepted.remark) == (ReportState.ACCEPTED, officer, "Дякуємо")
    assert report.award.tranches.get(position=2).state == TrancheState.UNLOCKED
    proof = report.submissions.get()
    assert (proof.is_accepted, proof.checked_by, proof.remark) == (True, officer, "Дякуємо")
    assert refusal(check, report).status == 409


def test_a_returned_report_is_completed_and_submitted_again():
    report = factory.submitted()
    returned = check(report, back=True)
    assert (returned.state, returned.again_by, returned.expected_on) == (
        ReportState.RETURNED,
        date(2024, 5, 27),
        date(2024, 5, 27),
    )
    save(report, report.author, {"done": "З чеками.", "people": "412"}, revision=1)
    again = reporting.submit(report, by=report.author, at=LATER)
    assert again.number == 2
    first = report.submissions.get(number=1)
    assert (first.is_accepted, first.remark) == (False, "Додайте чеки.")
    assert first.sha256 != again.sha256
    check(report)
    report.refresh_from_db()
    assert report.state == ReportState.ACCEPTED


def test_a_return_has_questions_and_a_day_to_come():
    report = factory.submitted()
    assert refusal(check, report, back=True, remark=" ").field == "remark"
    assert refusal(check, report, back=True, again_by=LATER.date()).field == "again_by"
    assert check(report, back=True, again_by=date(2024, 5, 21)).expected_on == date(2024, 5, 21)


@pytest.mark.parametrize("back", [False, True])
def test_only_officers_check(back):
    report = factory.submitted()
    for by in (programmes.officer(), programmes.observer(report.award.programme), people.head()):
        with pytest.raises(NotAllowed):
            check(report, back=back, by=by)


def test_nobody_checks_what_they_had_a_part_in():
    report = factory.report()
    programme = report.award.programme
    writer, sender, earlier = (people.preparer(report.award.organisation) for __ in range(3))
    factory.fill(report, by=writer)
    reporting.submit(report, by=earlier, at=LATER)
    check(report, back=True)
    reporting.submit(report, by=sender, at=LATER)
    member = people.head(report.award.organisation)
    for user in (writer, sender, earlier):
        user.memberships.all().delete()
    report.refresh_from_db()
    for user in (writer, sender, earlier, member):
        programmes.role("officer", programme, user=user)
        assert not access.may_check(user, report)
        assert refusal(check, report, by=user).status == 403
    assert access.may_check(programmes.officer(programme), report)


def test_nothing_is_checked_once_the_award_has_ended():
    report = factory.submitted()
    granting.end(report.award, why="Так.", by=programmes.officer(report.award.programme), at=LATER)
    assert refusal(check, report).status == 409


def test_files_come_and_go_while_it_is_written():
    report = factory.report()
    preparer = people.preparer(report.award.organisation)
    stored = factory.attach(report, "papers", name="чек.pdf", by=preparer)
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT
    question = next(one for one in queries.outline(report.sheet.version).questions if one.key == "papers")
    reporting.detach(report, question=question, key=str(stored.key), by=preparer, at=LATER)
    assert report.sheet.answers.get().values["papers"] == []


class Watched(SimpleUploadedFile):
    """An upload that remembers whether it was read inside a transaction."""

    read_inside = False

    def read(self, *args):
        self.read_inside = self.read_inside or connection.in_atomic_block
        return super().read(*args)


@pytest.mark.django_db(transaction=True)
def test_an_upload_is_read_and_unpacked_before_the_transaction_opens():
    report = factory.report()
    by = people.preparer(report.award.organisation)
    asked = next(one for one in queries.outline(report.sheet.version).questions if one.key == "photos")
    watched = Watched("фото.png", files.picture("PNG"))
    kept = reporting.attach(report, question=asked, upload=watched, by=by, at=LATER)
    assert kept.is_image
    assert not watched.read_inside
    watched.seek(0)
    with transaction.atomic():
        watched.read(1)
    assert watched.read_inside


def test_an_upload_that_may_not_be_attached_is_not_even_read():
    report = factory.report()
    watched = Watched("фото.png", files.picture("PNG"))
    with pytest.raises(NotAllowed):
        reporting.attach(report, question=None, upload=watched, by=people.user(), at=LATER)
    submitted = factory.submitted(report)
    with pytest.raises(Refused):
        reporting.attach(submitted, question=None, upload=watched, by=submitted.author, at=LATER)
    assert watched.tell() == 0


# --- files that a submission names ------------------------------------------------------------------------------------


@pytest.fixture
def returned():
    """A report that came back, with a photograph and a paper in its submission."""
    report = factory.report()
    by = people.preparer(report.award.organisation)
    paper = factory.attach(report, "papers", name="платіжка.pdf", by=by)
    report = factory.submitted(report, by=by, photograph=True)
    report.officer = programmes.officer(report.award.programme)
    reporting.send_back(report, remark="Додайте", by=report.officer, at=LATER)
    report = factory.report(report.award)
    report.by, report.paper, report.photo = by, paper, Stored.objects.get(is_image=True)
    report.officer = programmes.officer(report.award.programme)
    return report


def asked(report, key):
    return next(one for one in queries.outline(report.sheet.version).questions if one.key == key)


def take_out(report, key, stored):
    reporting.detach(report, question=asked(report, key), key=str(stored.key), by=report.by, at=LATER)


def test_a_file_that_a_submission_names_is_taken_out_of_the_answers_and_stays_in_the_proof(
    client, returned, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        take_out(returned, "papers", returned.paper)
        fresh = factory.attach(returned, "papers", name="нова.pdf", by=returned.by)
        take_out(returned, "papers", fresh)
    returned.paper.refresh_from_db()
    assert returned.paper.removed_at is None
    assert returned.paper.path.exists()
    fresh.refresh_from_db()
    assert fresh.removed_at == LATER
    assert not fresh.path.exists()
    place = (returned.award.programme.code, returned.award.code, 1)
    client.force_login(returned.officer)
    assert client.get(reverse("awards:office_upload", args=[*place, returned.paper.key])).status_code == 200
    factory.attach(returned, "papers", name="ще.pdf", by=returned.by)
    reporting.submit(returned, by=returned.by, at=LATER)
    assert client.get(reverse("awards:office_upload", args=[*place, returned.paper.key])).status_code == 200


def test_the_office_does_not_open_what_was_added_since_the_report_came_back(client, returned):
    paper = factory.attach(returned, "papers", name="нова.pdf", by=returned.by)
    photo = factory.attach(returned, "photos", by=returned.by)
    programme, code = returned.award.programme.code, returned.award.code
    addresses = [
        reverse("awards:office_upload", args=[programme, code, 1, paper.key]),
        reverse("awards:office_photograph", args=[programme, code, photo.key]),
    ]
    client.force_login(returned.officer)
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert list(reading.photographs_in_office(returned.award)) == [returned.photo]
    assert set(reading.photographs_of(returned)) == {returned.photo, photo}
    reporting.submit(returned, by=returned.by, at=LATER)
    assert [client.get(address).status_code for address in addresses] == [200, 200]


def test_a_photograph_taken_out_of_the_answers_is_shown_no_more_and_not_chosen_again(returned):
    def show():
        return photographs.show(
            returned.award,
            stored=returned.photo,
            caption="Лампа",
            credit="",
            consent=True,
            public_from=date(2024, 5, 1),
            by=returned.officer,
            at=LATER,
        )

    chosen = show()
    for wrong in ("00000000-0000-0000-0000-000000000000", str(returned.paper.key)):
        reporting.detach(returned, question=asked(returned, "photos"), key=wrong, by=returned.by, at=LATER)
    assert list(reading.public_photographs(returned.award, LATER.date())) == [chosen]
    take_out(returned, "photos", returned.photo)
    assert list(reading.public_photographs(returned.award, LATER.date())) == []
    assert list(reading.photographs_of(returned)) == []
    reporting.submit(returned, by=returned.by, at=LATER)
    assert refusal(show).field == "stored"


def test_what_a_report_says_comes_back_is_copied_by_its_meaning():
    award = factory.prepared()
    asked = {
        "key": "returned",
        "kind": "money",
        "meaning": "returned",
        "required": False,
        "label": "Скільки повертаєте",
    }
    version = factory.form(award.programme, [*factory.REPORT, {"title": "Далі", "questions": [asked]}])
    factory.plan(award, reports=factory.reports_of_plan(award, version))
    by = people.administrator()
    factory.granting.agree(award, number="1", agreed_on=date(2024, 2, 1), by=by, at=factory.MOMENT)
    report = factory.fill(factory.report(award), [*factory.ANSWERS, {"returned": "1 600"}])
    reporting.submit(report, by=people.preparer(award.organisation), at=factory.LATER)
    assert factory.report(award).returned == 1600
