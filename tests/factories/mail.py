"""Letters for tests: kinds of every sort, a letter with everything in it, and a small mail server that keeps what it gets."""

import email
import email.policy
import socketserver
import threading
from contextlib import contextmanager
from datetime import UTC, datetime

from viche.mail import kinds, operations

MOMENT = datetime(2024, 2, 1, 10, 0, tzinfo=UTC)

kinds.register("tried.decision", "Рішення", always=True)
kinds.register("tried.reminder", "Нагадування")
kinds.register("tried.news", "Новини програм", digest=True)
kinds.register("tried.sign_in", "Вхід", always=True, secret=True)


def letter(**changes):
    """A reminder to Olena, posted; `news` is its only sentence. The templates lie in tests/mail/templates."""
    values = {
        "kind": "tried.reminder",
        "to": "olena@example.org",
        "subject": "Лишилося 3 дні",
        "template": "tried/note",
        "context": {
            "news": changes.pop("news", "Прийом заявок закінчується."),
            "salutation": "Шановна Олено!",
            "signed_by": "Фонд малих проєктів",
            "action_label": "Відкрити заявку",
            "action_address": "/me/applications/7/",
        },
        "at": MOMENT,
        **changes,
    }
    return operations.post(**values)


HANG_UP = "hang up"


class Talk(socketserver.StreamRequestHandler):
    """One talk with a mail client, as far as RFC 5321 is needed here; an answer HANG_UP ends it."""

    def say(self, line):
        if line != HANG_UP:
            self.wfile.write(line.encode() + b"\r\n")
        return line != HANG_UP

    def handle(self):
        self.server.talks += 1
        if not self.say(self.server.replies.get("HELLO", "220 mail.example ready")):
            return
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "DATA":
                goes_on = self.take_data()
            elif word == "RCPT":
                address = line[line.index("<") + 1 : line.index(">")]
                goes_on = self.say(self.server.replies.get(address, "250 ok"))
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                goes_on = self.say(self.server.replies.get(word, "250 ok"))
            if not goes_on:
                return

    def take_data(self):
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.got.append(email.message_from_bytes(b"".join(lines), policy=email.policy.default))
        return self.say(self.server.replies.get("DATA", "250 taken"))


class Server(socketserver.ThreadingTCPServer):
    """Keeps every message in `got`; answers what `replies` says for a command or for an address."""

    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def mail_server(settings):
    """Run a mail server on a free port and send all letters to it."""
    with Server(("127.0.0.1", 0), Talk) as server:
        server.got, server.replies, server.talks = [], {}, 0
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_TIMEOUT = 5
        yield server
        server.shutdown()
        thread.join()
