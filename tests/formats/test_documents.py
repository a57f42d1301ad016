"""Documents of other programs: the same news in each form, and what each form has of its own."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.formats.conftest import Make, all_of, refusal

SAMPLES = Path(__file__).parent / "samples"
TITLE = "Mayor quits over harbour contract"
WORDS = """
Mara Lindqvist, the mayor of Østby, stepped down on Monday after Harbour Holdings AS was accused of
paying for her holiday flat. “I did nothing wrong,” she told the Østby Post. The company denied the
claim on 12 March 2018. The café owners’ union said that it would sue both of them next week.
""".split()
ONE_ARTICLE = ("txt", "docx", "odt", "rtf", "epub", "pdf", "html")
DATED = ("epub", "html", "csv", "tsv", "xlsx")


@pytest.mark.parametrize("ending", [*ONE_ARTICLE, "csv", "tsv", "xlsx"])
def test_the_same_news_is_read_from_every_form(ending: str) -> None:
    records, notes = all_of(SAMPLES / f"news.{ending}")
    record = records[0]
    title = TITLE.split() if ending in ONE_ARTICLE else []
    assert record["text"].split() == title + WORDS
    assert record["title"] == TITLE
    dated = ("2018-03-19", "Østby Post") if ending in DATED else (None, None)
    assert ((record.get("date"), record.get("source")) == dated) or ending == "tsv"
    assert notes == (["read.tracked"] if ending == "docx" else [])


def archive(parts: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            file.writestr(zipfile.ZipInfo(name), content, kind)
    return made.getvalue()


def word(body: str, head: str = "") -> bytes:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    root = f'<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>'
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": head + root})


def open_text(body: str, head: str = "", meta: str | None = None) -> bytes:
    spaces = "urn:oasis:names:tc:opendocument:xmlns:"
    root = f'<o xmlns="{spaces}office:1.0" xmlns:text="{spaces}text:1.0">{body}</o>'
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": head + root}
    return archive(parts | ({"meta.xml": meta} if meta else {}))


def test_word_keeps_tables_links_insertions_and_tells_of_notes(make: Make) -> None:
    text = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p>{text.format('One')}<w:r><w:tab/><w:t xml:space='preserve'> two</w:t><w:br/></w:r></w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{text.format('cell')}</w:p></w:tc></w:tr></w:tbl>"
        f"<w:p><w:hyperlink>{text.format('link')}</w:hyperlink><w:ins>{text.format(' new')}</w:ins>"
        f"<w:del><w:r><w:t>old</w:t></w:r></w:del><w:r><w:footnoteReference/></w:r></w:p>"
        f"<w:sdt><w:sdtContent><w:p>{text.format('boxed')}</w:p></w:sdtContent></w:sdt>"
    )
    records, notes = all_of(make("a.docx", word(body)))
    assert records[0]["text"] == "One\t two\n\ncell\nlink new\nboxed"
    assert notes == ["read.tracked", "read.left_out"]


def test_open_document_keeps_spaces_and_leaves_comments_and_changes_out(make: Make) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:p>gone</text:p></text:changed-region></text:tracked-changes>"
        "<text:h>Head</text:h><text:list><text:list-item><text:p>a<text:s text:c='3'/>b\n  c<text:tab/>"
        "<text:span>d<text:line-break/></text:span>e<text:note><text:p>aside</text:p></text:note>.</text:p>"
        "</text:list-item></text:list><text:p><text:s text:c='999999999'/></text:p>"
    )
    meta = '<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> The  title </dc:title></m>'
    records, notes = all_of(make("a.odt", open_text(body, meta=meta)))
    assert records[0]["text"].rstrip(" ") == "Head\na   b c\td\ne.\n"
    assert records[0]["title"] == "The title"
    assert notes == ["read.tracked", "read.left_out"]


def test_rich_text_decodes_its_code_page_and_signs_beyond_it(make: Make) -> None:
    rtf = rb"{\rtf1\ansi\ansicpg1251{\*\generator none;}\'cc\'e8\'f0 \u8211- \u-10179?\u-8704?\par two}"
    records, _ = all_of(make("a.rtf", rtf))
    assert records[0]["text"] == "Мир – 😀\ntwo"


def test_a_web_page_is_decoded_as_it_declares(make: Make) -> None:
    page = (SAMPLES / "news.html").read_text(encoding="utf-8").replace("utf-8", "iso-8859-1")
    records, notes = all_of(make("a.html", page.encode("cp1252", "ignore")))
    assert records[0]["text"].split() == TITLE.split() + WORDS
    assert notes == ["read.encoding"]


def test_the_date_of_a_web_page_is_one_that_it_says_not_one_that_could_be_guessed(make: Make) -> None:
    page = (SAMPLES / "news.html").read_text(encoding="utf-8")
    for said in ("2018\r03-19T08>", "soon"):
        odd = page.replace("2018-03-19T08:00:00", said).replace("Copyright", "Copyright 2015")
        (record,), _ = all_of(make("a.html", odd))
        assert "date" not in record
    found = page.replace("<h1>", '<span class="date">19 March 2018</span><h1>').replace("2018-03-19T", "")
    assert all_of(make("b.html", found))[0][0]["date"] == "2018-03-19"


def test_the_licence_of_a_page_is_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a page of half a megabyte whose footers nest it took eleven of twelve seconds."""

    def look(_tree: object) -> str:
        raise AssertionError

    monkeypatch.setattr("trafilatura.metadata.extract_license", look)
    assert all_of(SAMPLES / "news.html")[0][0]["title"] == TITLE


def test_a_page_without_an_article_is_refused(make: Make) -> None:
    page = "<!doctype html><html><head><title>Home</title></head><body><nav></nav></body></html>"
    assert refusal(make("a.html", page)).code == "read.no_main_text"


def pdf(content: bytes, pages: int = 1, extra: bytes = b"") -> bytes:
    """A PDF with this content on each page, its cross references left to the reader to repair."""
    kids = b" ".join(b"3 0 R" for _ in range(pages))
    return b"\n".join(
        [
            b"%PDF-1.4",
            b"1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj",
            b"2 0 obj <</Type /Pages /Kids [%b] /Count %d>> endobj" % (kids, pages),
            b"3 0 obj <</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</Font <</F 5 0 R>>>>>> endobj",
            b"4 0 obj <</Length %d>> stream\n%b\nendstream endobj" % (len(content), content),
            b"5 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj",
            b"trailer <</Root 1 0 R %b>>\nstartxref\n0\n%%%%EOF" % extra,
        ]
    )


def test_a_scan_without_text_is_told(make: Make) -> None:
    assert "OCR" in str(refusal(make("a.pdf", pdf(b"q 100 0 0 100 0 0 cm Q"))))
    records, _ = all_of(make("b.pdf", pdf(b"BT /F 12 Tf 10 10 Td (Words.) Tj ET")))
    assert records[0]["text"] == "Words."


def test_the_letters_of_ligatures_are_letters_and_words_parted_at_the_end_of_a_line_are_told(
    make: Make,
) -> None:
    page = rb"BT /F 12 Tf 12 TL 10 90 Td (The of\256ce of Bran-) Tj T* (dvik: 10-) Tj T* (12.) Tj ET"
    records, notes = all_of(make("a.pdf", pdf(page)))
    assert records[0]["text"] == "The office of Bran-\ndvik: 10-\n12."
    assert notes == ["read.parted_words"]


def test_a_locked_pdf_is_told(make: Make) -> None:
    lock = b"/ID [<00> <00>] /Encrypt <</Filter /Standard /V 1 /R 2 /P -4 /O (%b) /U (%b)>>" % (
        b"x" * 32,
        b"y" * 32,
    )
    assert refusal(make("a.pdf", pdf(b"BT (Words.) Tj ET", extra=lock))).code == "read.encrypted"


TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
FETCH = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
DEEP = "<text:span>" * 200 + "x" + "</text:span>" * 200


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", word("<w:p><w:r><w:t>x</w:t></w:r></w:p>", BOMB), "read.xml_entities"),
        ("b.docx", word("<w:p/>", FETCH), "read.xml_entities"),
        ("c.docx", word("<w:p/>"), "read.no_text"),
        ("d.docx", word("<w:p>"), "read.bad_xml"),
        ("e.docx", archive({"word/other.xml": "<x/>"}), "read.bad_archive"),
        ("f.docx", word("<w:p/>")[:100], "read.bad_archive"),
        ("g.docx", b"PK\x03\x04", "read.bad_archive"),
        ("h.docx", b"words", "read.bad_archive"),
        ("a.odt", open_text("<text:p>x</text:p>", BOMB), "read.xml_entities"),
        ("b.odt", open_text(f"<text:p>{DEEP}</text:p>"), "read.xml_too_deep"),
        ("c.odt", open_text("<text:p>x</text:p>", meta=FETCH + "<m/>"), "read.xml_entities"),
        ("a.epub", archive({"mimetype": "application/epub+zip"}), "read.bad_archive"),
        ("b.epub", archive({"mimetype": "", "META-INF/container.xml": BOMB + "<x/>"}), "read.xml_entities"),
        ("c.epub", archive({"mimetype": "", "META-INF/container.xml": "<x/>"}), "read.bad_archive"),
        ("a.xlsx", archive({"xl/workbook.xml": BOMB + "<x/>"}), "read.xml_entities"),
        ("b.xlsx", archive({"xl/workbook.xml": "<x/>"}), "read.not_readable"),
        ("c.xlsx", archive({"[Content_Types].xml": f'<Types xmlns="{TYPES}"/>'}), "read.not_readable"),
        ("a.rtf", b"{\\rtf1 }", "read.no_text"),
        ("b.rtf", b"{\\rtf1 The mayor", "read.cut_off"),
        ("a.pdf", b"%PDF-1.7\nnothing", "read.not_readable"),
        ("a.html", b"<html>", "read.no_main_text"),
        ("b.docx", archive({"word/document.xml": b" " * 2_000_000}), "read.archive_explodes"),
    ],
)
def test_hostile_and_broken_documents_are_refused(make: Make, name: str, content: bytes, code: str) -> None:
    assert refusal(make(name, content)).code == code
