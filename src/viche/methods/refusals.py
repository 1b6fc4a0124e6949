"""How an operation says no: a sentence for a person, where it belongs, and the answer's status code."""


class Refused(Exception):  # noqa: N818 — read aloud: "raise Refused"
    """A rule says no. `sentence` is for the person, `field` names the place on the form, `status` the HTTP code."""

    def __init__(self, sentence: str, *, field: str | None = None, status: int = 422) -> None:
        """Keep the parts; `sentence` is already translated."""
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.status = status


class NotAllowed(Exception):  # noqa: N818 — read aloud: "raise NotAllowed"
    """The actor has no right to this act; views never let it come so far, operations check again."""
