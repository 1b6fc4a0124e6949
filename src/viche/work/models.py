"""What background work keeps besides the library's table of tasks: which schedule has been started, and who is alive."""

from django.db import models


class Run(models.Model):
    """One start of a schedule: the constraint is what keeps two workers from starting it twice."""

    name = models.CharField(max_length=80)
    due_at = models.DateTimeField()
    started_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "due_at"], name="work_run_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.due_at:%Y-%m-%d %H:%M}"


class Beat(models.Model):
    """A worker in the middle of a long task was alive at this moment; a short task needs no beat."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker_id
