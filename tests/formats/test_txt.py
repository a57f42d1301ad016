from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.formats import checking
from tests.formats.conftest import Make, all_of, refusal
from tests.store.effort import repeats

NEWS = "“We never said that,” Ms. O’Connor told Le Monde — café owners in Zürich disagreed…\nMore."


def test_a_file_is_an_article_named_after_it(make: Make) -> None:
    path = make("morning paper.txt", "Mayor quits\n\nThe mayor quit on Monday.\n")
    records, notes = all_of(path)
    assert records == [
        {"id": "morning paper", "title": "Mayor quits", "text": "Mayor quits\n\nThe mayor quit on Monday.\n"}
    ]
    assert notes == []


def test_a_first_line_that_is_a_paragraph_is_no_title(make: Make) -> None:
    records, _ = all_of(make("a.txt", "The mayor quit. " * 20))
    assert "title" not in records[0]


def test_the_text_is_exactly_what_the_file_decodes_to(make: Make) -> None:
    text = "one\r\ntwo\rthree\u2028four\u00a0five\x0b\x85e\u0301 \ufeff👩‍🚀 שלום \t"
    records, notes = all_of(make("a.txt", text))
    assert records[0]["text"] == text
    assert notes == []


@pytest.mark.parametrize(
    ("encoding", "signature"),
    [
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
    ],
)
def test_unicode_encodings_with_and_without_signature(make: Make, encoding: str, signature: bytes) -> None:
    text = NEWS + "\ufeff👩‍🚀"
    records, notes = all_of(make("a.txt", signature + text.encode(encoding)))
    assert records[0]["text"] == text
    assert notes == ([] if encoding == "utf-8" else ["read.encoding"])


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("It’s over", "cp1252"),
        (NEWS, "cp1252"),
        (
            "Le ministère a annoncé que l’enquête était terminée. Les élèves français réclament déjà.",
            "cp1252",
        ),
        ("El señor Núñez declaró ayer que la investigación continuará mañana según el juez.", "latin-1"),
        ("Prezes spółki zaprzeczył, że księgi były fałszowane. Śledztwo trwa w Łodzi, mówią.", "cp1250"),
        ("Министр заявил, что обвинения необоснованны. Следствие продолжается в Москве.", "cp1251"),
        ("Ο υπουργός δήλωσε ότι οι κατηγορίες είναι αβάσιμες. Η έρευνα συνεχίζεται.", "cp1253"),
        ("大臣は疑惑を否定した。東京で捜査が続いている。会社はコメントしていない。", "shift_jis"),
        ("部长否认了这些指控。北京的调查仍在继续。公司没有评论。", "gb18030"),
    ],
)
def test_other_encodings_are_detected_and_told(make: Make, text: str, encoding: str) -> None:
    records, notes = all_of(make("a.txt", text.encode(encoding)))
    assert records[0]["text"] == text
    assert notes == ["read.encoding"]


def test_an_accent_far_behind_decides_the_encoding(make: Make) -> None:
    text = "The company said that its results were better. " * 50_000 + "Señor Núñez declaró ayer."
    records, _ = all_of(make("a.txt", text.encode("cp1252")))
    assert records[0]["text"] == text


def test_a_broken_byte_in_utf8_does_not_change_the_encoding(make: Make) -> None:
    data = ("Müller äußerte sich über die Lösung. " * 3).encode() + b"\xc3"
    records, notes = all_of(make("a.txt", data))
    assert records[0]["text"].endswith("Lösung. \ufffd")
    assert notes == ["read.damaged"]


def test_what_cannot_be_stored_is_replaced_one_for_one(make: Make) -> None:
    text = "a" * 3000
    data = text.encode() + b"\x00" + "\ud800".encode("utf-8", "surrogatepass") + b"."
    records, notes = all_of(make("a.txt", data))
    assert records[0]["text"] == text + "\ufffd\ufffd."
    assert notes == ["read.replaced"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "read.empty"),
        (b" \r\n\t", "read.no_text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00", "read.binary"),
        (b"%PDF-1.7\n1 0 obj", "read.other_kind"),
        (b"{\\rtf1\\ansi Hello}", "read.other_kind"),
        (b"PK\x03\x04\x14\x00\x06\x00", "read.other_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "read.other_kind"),
        (b"\x7fELF" + bytes(range(256)) * 4, "read.binary"),
    ],
)
def test_what_is_no_text_is_refused(make: Make, content: bytes, code: str) -> None:
    assert refusal(make("a.txt", content), "txt").code == code


def test_a_text_over_the_limit_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MAX_TEXT", 1000)
    assert all_of(make("a.txt", "é" * 500))[0][0]["text"] == "é" * 500
    assert refusal(make("a.txt", "é" * 501)).code == "read.text_too_large"


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(4 * checking.MAX_TEXT + 1)
    assert refusal(path).code == "read.text_too_large"


@settings(
    max_examples=repeats(suite=20, portion=300, soak=10_000),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(st.text(min_size=1).filter(lambda text: text.strip() and "\x00" not in text and text[0] != "\ufeff"))
def test_any_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    records, _ = all_of(path, "txt")
    assert records[0]["text"] == text


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.eml", "Return-Path: <a@b.example>\r\nReceived: from c\r\n\tby d\r\n\r\nHello."),
        ("a.mht", "From: <Saved>\r\nSubject: =?utf-8?Q?x?=\r\n =?utf-8?Q?y?=\r\nMIME-Version: 1.0\r\n\r\n"),
        ("a", "<?xml version='1.0'?><x/>"),
    ],
)
def test_mail_and_xml_are_no_plain_text_unless_named_so(make: Make, name: str, head: str) -> None:
    assert refusal(make(name, head)).code == "read.other_kind"
    assert all_of(make("b.txt", head))[0][0]["text"] == head
    assert all_of(make("c", "Ann: Received?\r\n" * 3000))[0]


def test_the_name_of_an_article_is_one_line(make: Make) -> None:
    assert all_of(make("a \n\t b.txt", "It rains."))[0][0]["id"] == "a b"
