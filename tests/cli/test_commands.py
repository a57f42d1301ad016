"""What the commands do, print and return."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from annotator import paths, store
from annotator.domain.models import ACCEPTED, SUGGESTED
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "gold" / "dev.jsonl"
LABELS = {"PERSON", "ORG", "DATE", "ALLEGATION"}


def test_import_suggest_export_gives_every_label_at_its_words(
    run: Run, project: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    done = run("export", project, out, "--spans", "all", "--documents", "all")
    assert done.exit_code == 0
    assert "4 articles" in done.stderr
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    articles = [record for record in records if "text" in record]
    assert len(articles) == 4
    spans = [(article["text"], span) for article in articles for span in article["spans"]]
    assert {span["label"] for _, span in spans} == LABELS
    assert all(text[span["start"] : span["end"]] == span["text"] for text, span in spans)
    assert {span["state"] for _, span in spans} == {SUGGESTED}


def test_suggesting_again_looks_only_at_what_is_new(run: Run, project: Path) -> None:
    assert run("suggest", project).stderr.endswith(": 0 spans in 0 articles.\n")
    again = run("suggest", project, "--all").stderr
    assert "in 4 articles" in again


def test_gold_comes_in_accepted_and_goes_out_as_it_was(run: Run, tmp_path: Path) -> None:
    project, out = tmp_path / "p.db", tmp_path / "out.jsonl"
    assert run("import", project, GOLD, "--as", "gold").exit_code == 0
    assert run("export", project, out).exit_code == 0
    scored = json.loads(run("score", project, GOLD, "--json").stdout)
    for label in LABELS:
        assert scored["spans"][label]["strict"] == [1.0, 1.0, 1.0]
    with store.open_project(project) as opened:
        assert all(span.state == ACCEPTED for span in opened.article(1).spans.values())


def test_links_are_proposed_and_the_sure_ones_accepted_as_one_step(run: Run, tmp_path: Path) -> None:
    project, mentions = tmp_path / "p.db", tmp_path / "mentions.jsonl"
    with mentions.open("w", encoding="utf-8") as file:
        for line in GOLD.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            for span in record["spans"]:
                for told in ("entity", "value", "mod", "accused", "accuser"):
                    span.pop(told, None)
            record.pop("entities", None)
            file.write(json.dumps(record) + "\n")
    assert run("import", project, mentions, "--as", "gold").exit_code == 0
    assert run("link", project).exit_code == 0
    proposed = json.loads(run("score", project, GOLD, "--json").stdout)["links"]
    assert proposed["PERSON"]["xpair"][2] > 0.8
    with store.open_project(project) as opened:
        assert opened.counts()["links"] == 0
    assert run("link", project, "--accept-above", "0.8", "--reviewer", "Ada").exit_code == 0
    with store.open_project(project) as opened:
        assert opened.counts()["links"] > 100
        opened.undo("Ada")
        assert opened.counts()["links"] == 0
    assert "No proposed link" in run("link", project, "--accept-above", "1").stderr


def test_one_bad_file_in_an_archive_is_named_and_the_others_come_in(run: Run, tmp_path: Path) -> None:
    archive, project = tmp_path / "news.zip", tmp_path / "p.db"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("bad.docx", "no document")
        file.write(ROOT / "tests" / "formats" / "samples" / "news.pdf", "in/news.pdf")
    done = run("import", project, archive)
    assert done.exit_code == 1
    assert "1 article came in" in done.stderr
    assert f"{archive / 'bad.docx'} is damaged" in done.stderr
    with store.open_project(project) as opened:
        assert opened.document_count() == 1


def test_the_columns_of_a_table_can_be_named(run: Run, tmp_path: Path) -> None:
    table, project, out = tmp_path / "a.csv", tmp_path / "p.db", tmp_path / "out.jsonl"
    table.write_text("one,two\nHead,Words.\n", encoding="utf-8")
    refused = run("import", project, table)
    assert refused.exit_code == 1
    assert "--column text=NAME" in refused.stderr
    assert not project.exists()
    assert run("import", project, table, "--column", "body=two").exit_code == 2
    assert run("import", project, table, "--column", "text=two", "--column", "title=one").exit_code == 0
    assert run("export", project, out, "--documents", "all").exit_code == 0
    record = json.loads(out.read_text(encoding="utf-8"))
    assert (record["text"], record["title"]) == ("Words.", "Head")


def test_score_prints_a_table(run: Run, project: Path) -> None:
    table = run("score", project, GOLD).stdout
    assert all(label in table for label in LABELS)
    assert "Effort" in table


def test_stats_count_what_is_there(run: Run, project: Path) -> None:
    data = json.loads(run("stats", project, "--json").stdout)
    assert (data["documents"], data["new"], data["done"]) == (4, 4, 0)
    assert sum(states[SUGGESTED] for states in data["labels"].values()) == data["suggested"] > 0
    assert run("stats", project).stdout.startswith("4 articles: 4 new")


def test_check_is_quiet_about_a_sound_project(run: Run, project: Path) -> None:
    done = run("check", project)
    assert (done.exit_code, done.stdout) == (0, "Nothing is broken.\n")


def test_check_names_what_is_broken_and_mends_it(run: Run, project: Path) -> None:
    with store.open_project(project) as opened:
        opened._db.execute("UPDATE document SET suggested = suggested + 1 WHERE id = 1")
    done = run("check", project)
    assert done.exit_code == 1
    assert "counts" in done.stdout
    assert "--repair" in done.stdout
    assert run("check", project, "--repair").exit_code == 0
    assert run("check", project).exit_code == 0


@pytest.mark.parametrize("command", ["suggest", "export", "score", "check", "stats", "link"])
def test_only_import_makes_a_project(run: Run, tmp_path: Path, command: str) -> None:
    missing = tmp_path / "missing.db"
    further = {"export": [tmp_path / "out"], "score": [GOLD]}.get(command, [])
    done = run(command, missing, *further)
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "missing.db" in done.stderr
    assert not missing.exists()


def test_what_cannot_be_read_is_named_and_the_rest_goes_in(run: Run, tmp_path: Path) -> None:
    """Each refused file has one line with its reason, and its line number where it has lines."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text("Ada Brenn was arrested on Monday.", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "bad.jsonl").write_text('{"text": "fine"}\n{"text": \n', encoding="utf-8")
    with (folder / "large.txt").open("wb") as large:
        large.truncate(51 << 20)
    project = tmp_path / "p.db"
    done = run("import", project, folder, tmp_path / "missing.txt")
    assert done.exit_code == 1
    lines = done.stderr.splitlines()
    for name in ("empty.txt", "binary.txt", "bad.jsonl, line 2", "large.txt", "missing.txt"):
        assert sum(name in line for line in lines) == 1, (name, lines)
    assert json.loads(run("stats", project, "--json").stdout)["documents"] == 1


def test_nothing_is_left_where_nothing_came_in(run: Run, tmp_path: Path) -> None:
    assert run("import", tmp_path / "p.db", tmp_path / "missing.txt").exit_code == 1
    assert list(tmp_path.glob("p.db*")) == []


def test_what_an_import_passes_over_is_told(run: Run, tmp_path: Path) -> None:
    """Files in folders, labels of the table that no span has, a name that is no text, a name too long."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Ada Brenn.", encoding="utf-8")
    (folder / "letter.doc").write_bytes(b"x")
    (folder / "README").write_bytes(b"x")
    project = tmp_path / "p.db"
    done = run("import", project, folder, "--label", "PRSN=PERSON")
    assert done.exit_code == 0
    assert "2 files in folders were passed over" in done.stderr
    assert ".doc" in done.stderr
    assert "No span has the label PRSN" in done.stderr
    assert run("import", project, tmp_path / "x.txt" / "y.txt").exit_code == 1
    done = run("import", project, tmp_path / f"{'x' * 300}.txt")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 2)
    assert run("stats", tmp_path / f"{'x' * 300}.db").exit_code == 1


@pytest.mark.parametrize("content", [b"PK\x05\x06" + bytes(18), b"PK and no archive"])
def test_an_archive_with_nothing_in_it_is_refused(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    done = run("import", tmp_path / "p.db", tmp_path / "a.zip")
    assert done.exit_code == 1
    assert "holds no file" in done.stderr or "damaged" in done.stderr


def test_arguments_that_are_no_text_are_taken_as_far_as_they_are(run: Run, tmp_path: Path) -> None:
    """Bytes of another encoding on the command line reach Python as lone surrogates."""
    project, spans = tmp_path / "p.db", tmp_path / "spans.jsonl"
    spans.write_text('{"text": "Ada", "spans": [{"start": 0, "end": 3, "label": "PER"}]}', encoding="utf-8")
    done = run("import", project, spans, "--origin", "caf\udce9", "--label", "PER=caf\udce9")
    assert "New labels: caf\ufffd." in done.stderr
    assert run("history", project, "--reviewer", "caf\udce9").exit_code == 0
    assert run("link", project, "--accept-above", "0", "--reviewer", "caf\udce9").exit_code == 0


def test_an_unknown_format_is_told_once_and_makes_no_project(run: Run, tmp_path: Path) -> None:
    done = run("import", tmp_path / "p.db", GOLD, GOLD.parent, "--format", "nope")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert list(tmp_path.glob("*.db*")) == []


def test_an_encoding_that_is_not_utf8_is_told(run: Run, tmp_path: Path) -> None:
    words = "Le café près de l'hôtel a été fermé à Genève, où l'enquête a été menée."
    (tmp_path / "old.txt").write_bytes((words * 5).encode("cp1252"))
    done = run("import", tmp_path / "p.db", tmp_path / "old.txt")
    assert done.exit_code == 0
    assert "old.txt is read as" in done.stderr


def test_a_file_that_is_no_project_is_refused_and_stays(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("These are my notes, not a database.", encoding="utf-8")
    done = run("import", other, paths.data())
    assert done.exit_code == 1
    assert "notes.txt" in done.stderr
    assert other.read_text(encoding="utf-8") == "These are my notes, not a database."


def test_an_export_without_a_done_article_says_why(run: Run, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "gold.jsonl"
    out.write_text("what was there before", encoding="utf-8")
    done = run("export", project, out)
    assert done.exit_code == 1
    assert "No article is done" in done.stderr
    assert out.read_text(encoding="utf-8") == "what was there before"


def test_an_export_never_writes_onto_the_project(run: Run, project: Path) -> None:
    before = project.read_bytes()
    done = run("export", project, project, "--spans", "all", "--documents", "all")
    assert done.exit_code == 1
    assert project.read_bytes() == before


def test_the_ending_names_the_format_where_it_names_one(run: Run, tmp_path: Path) -> None:
    project, article = tmp_path / "p.db", tmp_path / "article.txt"
    article.write_text("Ada Brenn was arrested on Monday.", encoding="utf-8")
    run("import", project, article)
    begins = {"a.csv": '\ufeff"article"', "a.HTML": "<!DOCTYPE", "a.json": "{", "a": "{"}
    for name, begin in begins.items():
        done = run("export", project, tmp_path / name, "--spans", "all", "--documents", "all")
        assert done.exit_code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begin), name
    for name, known in (("a.conll", "conll2002, conll2003."), ("a.docx", "brat, conll2002")):
        done = run("export", project, tmp_path / name, "--documents", "all")
        assert (done.exit_code, known in done.stderr) == (1, True)
        assert not (tmp_path / name).exists()
    run("export", project, tmp_path / "b.csv", "--format", "jsonl", "--documents", "all")
    assert (tmp_path / "b.csv").read_bytes().startswith(b"{")


def test_a_mistyped_command_makes_no_project(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("imprt", "people.db", GOLD)
    assert done.exit_code == 2
    assert "Did you mean import?" in done.stderr
    assert run("help").exit_code == 2
    assert not Path("imprt").exists()


def test_wrong_usage_returns_2(run: Run, project: Path) -> None:
    assert run("export", project).exit_code == 2
    assert run("import", project, paths.data(), "--as", "truth").exit_code == 2


def test_help_names_every_command(run: Run) -> None:
    text = run("--help").stdout
    assert all(f"  {name}" in text for name in ("import", "suggest", "link", "export", "score", "check"))


@pytest.mark.parametrize(
    ("arguments", "never"),
    [
        (["--help"], ["spacy", "sqlite_utils", "PySide6", "annotator.store"]),
        (["stats", "PROJECT"], ["spacy", "sqlite_utils", "PySide6"]),
        (["check", "PROJECT"], ["spacy", "sqlite_utils", "PySide6"]),
        (["export", "PROJECT", "OUT", "--documents", "all"], ["spacy", "sqlite_utils", "PySide6"]),
    ],
)
def test_a_command_imports_only_what_it_needs(
    project: Path, tmp_path: Path, arguments: list[str], never: list[str]
) -> None:
    places = {"PROJECT": str(project), "OUT": str(tmp_path / "out.jsonl")}
    code = (
        "import sys; from annotator.cli.main import cli; cli(sys.argv[1:], standalone_mode=False); "
        "sys.stdout.write('\\n'.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *(places.get(one, one) for one in arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not set(never) & set(done.stdout.splitlines())
