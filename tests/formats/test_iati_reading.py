"""Large and hostile files of IATI: cut into pieces exactly, never expanded, never kept whole."""

import io
import random
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.exports import NOW, PARTS, TOP, activities, activity, iati_faults, transaction
from viche.formats.faults import Fault, UnreadableError
from viche.formats.iati import checking, reading
from viche.formats.iati.reading import Loose, Piece, Root, parts


class Stream:
    """A file that hands out at most some bytes at a time, and may be endless."""

    def __init__(self, *pieces, most=1 << 30):
        self.pieces = (piece for piece in pieces)
        self.most, self.rest = most, b""

    @classmethod
    def of(cls, pieces):
        made = cls()
        made.pieces = iter(pieces)
        return made

    def read(self, size):
        size = min(size, self.most)
        while len(self.rest) < size and (piece := next(self.pieces, None)):
            self.rest += piece
        told, self.rest = self.rest[:size], self.rest[size:]
        return told


def cut(told):
    return list(parts(io.BytesIO(told)))


def test_a_file_is_cut_into_its_root_and_the_pieces_in_it():
    told = b'<?xml version="1.0"?>\n<r v="1">\n<a/><b c="/">x/></b><!-- c -->\n<c>\n<d/></c>\n</r>\n'
    assert cut(told) == [
        Root("r", {"v": "1"}, 2),
        Piece("a", 3, b"<a/>"),
        Piece("b", 3, b'<b c="/">x/></b>'),
        Piece("c", 4, b"<c>\n<d/></c>"),
    ]


texts = st.text(st.sampled_from("абв<>&/'\" \n"), max_size=8)


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b-c", "d"]), texts, texts), max_size=6),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "windows-1251", "iso-8859-5"]),
    st.integers(1, 40),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_pieces_are_the_same_in_any_encoding_and_however_they_come(given_pieces, encoding, most, end):
    def escaped(told):
        return told.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")

    pieces = [f'<{name} x="{escaped(one)}">{escaped(other)}</{name}>' for name, one, other in given_pieces]
    named = encoding.removesuffix("-sig")
    lines = [f'<?xml version="1.0" encoding="{named}"?>', "<r>", *pieces, "</r>"]
    told = end.join(lines).replace("\n", end if end != "\r\n" else "\n").encode(encoding)
    found = list(parts(Stream(told, most=most)))
    assert [one.text.decode() for one in found[1:]] == pieces
    line = 3
    for one, piece in zip(found[1:], pieces, strict=True):
        assert one.line == line
        line += piece.count("\n") + 1


def test_text_between_activities_is_told_with_its_line():
    assert Loose(4) in cut(b"<r>\n<a/>\n\n here</r>")
    told = activities(activity()[:-1] + " тут\n")
    assert [(rule, line) for _, rule, line in iati_faults(told)] == [("text", 13)]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (b"", "xml-unfinished"),
        (b"   \n", "xml-unfinished"),
        (b"\x89PNG\r\n\x1a\n", "xml-bytes"),
        (b'{"grants": []}', "xml-bytes"),
        (b"<r", "xml-unfinished"),
        (b"</r>", "xml-bytes"),
        (b'<?xml version="1.0" encoding="koi8-none"?><r/>', "xml-encoding"),
        (b'<?xml version="1.0" encoding="shift_jis"?><r/>', "xml-encoding"),
        (b'<?xml version="1.0" encoding="utf-16"?><r/>', "xml-encoding"),
    ],
)
def test_what_has_no_root_is_not_read_at_all(told, said):
    with pytest.raises(UnreadableError) as reason:
        cut(told)
    assert reason.value.said == said


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("<a></b></r>", "xml-mismatch"),
        ('<a x="1" x="2"/></r>', "xml-twice"),
        ("<a>&none;</a></r>", "xml-entity"),
        ("<a>\x01</a></r>", "xml-bytes"),
        ("<a></r", "xml-unfinished"),
        ("<a>", "xml-unfinished"),
        ("<![CDATA[", "xml-unfinished"),
        ("<a></a></r><r/>", "xml-malformed"),
    ],
)
def test_what_breaks_off_is_told_with_its_reason_and_line(inner, said):
    found = cut(f"<r>\n\n{inner}".encode())
    last = found[-1]
    assert isinstance(last, Fault)
    assert (last.layer, last.rule, last.said, last.line) == ("xml", "malformed", said, 3)


def test_what_came_before_a_break_is_checked():
    told = activities(activity(status="")) + b"<"
    assert [rule for _, rule, _ in iati_faults(told)] == ["unexpected", "malformed"]


def bomb(levels=9):
    declared = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, levels))
    return f'<!DOCTYPE x [<!ENTITY e0 "ха">{declared}]>', f"&e{levels - 1};"


@pytest.mark.parametrize("place", ["text", "attribute", "root"])
def test_an_entity_bomb_does_not_go_off(place):
    doctype, entity = bomb()
    inner = {"text": f"<a>{entity}</a>", "attribute": f'<a b="{entity}"/>', "root": ""}[place]
    opening = f'<iati-activities version="{entity}">' if place == "root" else "<iati-activities>"
    found = iati_faults(f"{doctype}{opening}{inner}</iati-activities>".encode())
    assert found == [("xml", "doctype", 1)]


def test_nothing_is_fetched_or_read_from_elsewhere(tmp_path):
    secret = tmp_path / "secret.xsd"
    secret.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="x" type="nothing"/></xs:schema>'
    )
    attributes = (
        'default-currency="UAH" xml:lang="uk" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:noNamespaceSchemaLocation="{secret.as_uri()}" xsi:schemaLocation="urn:x {secret.as_uri()}"'
    )
    assert iati_faults(activities(activity(attributes))) == []


def test_elements_that_lie_too_deep_end_the_reading():
    deep = "<a>" * reading.DEEPEST
    assert iati_faults(f"{TOP}{deep}".encode()) == [("xml", "deep", 3)]
    assert iati_faults(f"{TOP}{'<a>' * 190}{'</a>' * 190}</iati-activities>".encode()) == [("schema", "unexpected", 3)]


def test_an_activity_that_is_too_long_is_told_and_the_next_is_read(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_PIECE", 20_000)
    monkeypatch.setattr(reading, "CHUNK", 1_000)
    long = activity(transaction=transaction() * 200)
    told = activities(long, activity(status=""))
    assert iati_faults(told) == [("xml", "long", 3), ("schema", "unexpected", 3 + long.count("\n") + 6)]


@pytest.mark.parametrize("token", ['<a x="', "<!--", "<![CDATA[", "<?a "])
def test_one_thing_that_does_not_end_ends_the_reading(monkeypatch, token):
    monkeypatch.setattr(reading, "LARGEST_PIECE", 20_000)
    monkeypatch.setattr(reading, "CHUNK", 1_000)
    endless = (b"x" * 1_000 for _ in iter(int, 1))
    if token == "<![CDATA[":  # its text is handed out as it comes: the piece is what grows
        endless = (b"x" * 1_000 for _ in range(100))
    found = list(parts(Stream.of(one for some in ([b"<r>\n<b>\n", token.encode()], endless) for one in some)))
    assert found[-1].layer == "xml"
    assert found[-1].rule in {"long", "malformed"}


def test_lines_beyond_65535_are_exact():
    wrong = activity(identifier="<iati-identifier>UA-EDR-00000000-B</iati-identifier>", sector='<sector code="1"/>')
    told = activities(activity(), "\n" * 70_000, wrong)
    assert iati_faults(told) == [("code", "Sector", 70_023)]
    assert told.decode().split("\n")[70_022] == '<sector code="1"/>'


def test_memory_does_not_grow_with_the_file(monkeypatch):
    monkeypatch.setattr(reading, "CHUNK", 8_000)

    def many(count):
        yield TOP.encode()
        for one in range(count):
            named = f"<iati-identifier>UA-EDR-00000000-{one}</iati-identifier>"
            yield activity(identifier=named, transaction=transaction() * 20).encode()
        yield b"</iati-activities>"

    def peak(count):
        tracemalloc.start()
        found = list(checking.check(Stream.of(many(count)), now=NOW))
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert found == []
        return top

    peak(10)
    assert peak(200) < peak(50) + 200_000


def test_identifiers_are_remembered_up_to_a_bound(monkeypatch):
    monkeypatch.setattr(checking, "MOST_REMEMBERED", 1)
    other = activity(identifier="<iati-identifier>UA-EDR-00000000-B</iati-identifier>")
    assert iati_faults(activities(other, activity(), activity())) == []
    assert [rule for _, rule, _ in iati_faults(activities(activity(), activity()))] == ["duplicate-id"]


def test_what_others_add_in_their_namespaces_comes_last():
    foreign = '<x:note xmlns:x="urn:x"><x:any a="1"/></x:note>\n'
    assert iati_faults(activities(activity(), foreign)) == []
    assert [rule for _, rule, _ in iati_faults(activities(foreign, activity()))] == ["unexpected"]
    assert iati_faults(activities(activity(), '<iati-activity xmlns="urn:x"/>\n')) == []
    assert iati_faults(activities(activity(), "<x:note/>\n")) == [("xml", "malformed", 14)]
    inner = PARTS["sector"] + '<x:note xmlns:x="urn:x"/>'
    assert iati_faults(activities(activity(sector=inner))) == []


def test_a_root_in_a_namespace_is_not_iatis():
    told = activities().replace(b"<iati-activities ", b'<iati-activities xmlns="urn:x" ')
    assert iati_faults(told) == [("schema", "root", 2)]


def test_namespaces_of_the_root_hold_in_its_activities():
    told = activities(activity(sector=PARTS["sector"] + "<x:note/>"))
    told = told.replace(b"<iati-activities ", b'<iati-activities xmlns:x="urn:x&amp;y" ')
    assert iati_faults(told) == []


def test_a_root_without_version_or_with_something_else_is_told_once():
    told = activities(activity(), activity(identifier="<iati-identifier>UA-EDR-00000000-B</iati-identifier>"))
    assert iati_faults(told.replace(b' version="2.03"', b"")) == [("schema", "attribute", 2)]
    assert iati_faults(told.replace(b"<iati-activities ", b'<iati-activities generated-datetime="now" ')) == [
        ("schema", "type", 2)
    ]


def test_random_damage_never_ends_in_anything_but_faults():
    chance = random.Random(7)  # noqa: S311 — the same damage each time
    whole = activities(activity(), activity(title="<title><narrative>Інше</narrative></title>"))
    for _ in range(120):
        told = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(told))
            told[at : at + chance.randint(0, 3)] = bytes(chance.randrange(256) for _ in range(chance.randint(0, 3)))
        try:
            found = iati_faults(bytes(told))
        except UnreadableError as reason:
            found = [("xml", "unreadable", int(reason.values["line"]))]
        assert all(1 <= line <= told.count(b"\n") + 1 for _, _, line in found)
