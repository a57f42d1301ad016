"""Worker processes: results by number, order, cancelling, and every way in which one may end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from annotator.domain.changes import Message
from annotator.errors import UserError
from annotator.suggest.worker import IN_HAND, Result, Task, Workers

ROOT = Path(__file__).parents[2]
MakeWorkers = Callable[..., Workers]


@pytest.fixture
def make(toy: Path) -> Iterator[MakeWorkers]:
    made: list[Workers] = []

    def workers(model: str = "toy", count: int = 1) -> Workers:
        made.append(Workers(model, count))
        return made[-1]

    yield workers
    for one in made:
        one.close()


def task(number: int, text: str = "ok", document: int | None = None) -> Task:
    return Task(number, number if document is None else document, 1, text, "2020-01-02")


def everything(workers: Workers) -> list[Result]:
    found: list[Result] = []
    while workers.pending:
        found += workers.results(30)
    return found


def write_for_ever(descriptor: int) -> NoReturn:
    while True:
        os.write(descriptor, b"still there? ")


def told(result: Result) -> dict[str, object]:
    why = result.suggestions[0].why
    assert why is not None
    answer: dict[str, object] = json.loads(why)
    return answer


def test_results_carry_number_document_revision_and_suggestions(make: MakeWorkers) -> None:
    workers = make()
    workers.submit(Task(7, 70, 700, "hello you", "2020-01-02"))
    assert workers.pending == 1
    [result] = everything(workers)
    assert result[:3] == (7, 70, 700)
    assert result.error is None
    assert result.suggestions[0][:4] == (0, 5, "ORG", 0.5)
    assert told(result)["date"] == "2020-01-02"
    assert workers.pending == 0


def test_a_process_is_quiet_and_starts_with_the_first_task(make: MakeWorkers) -> None:
    workers = make()
    assert workers.results() == []
    assert not workers.processes()
    workers.submit(task(1))
    assert len(workers.processes()) == 1
    [result] = everything(workers)
    assert told(result) == {"nice": 15, "threads": "1", "date": "2020-01-02", "imported": []}


def test_the_article_on_screen_overtakes_those_that_wait(make: MakeWorkers) -> None:
    workers = make()
    for number in range(10):
        workers.submit(task(number))
    workers.put_first(8)
    workers.submit(task(99), front=True)
    order = [result.number for result in everything(workers)]
    assert order[:2] == [99, 8]
    assert order[2:] == [0, 1, 2, 3, 4, 5, 6, 7, 9]


def test_a_text_on_which_the_model_fails_costs_only_itself(make: MakeWorkers) -> None:
    workers = make()
    for number, text in enumerate(["ok", "raise the roof", "refuse it", "ok"]):
        workers.submit(task(number, text))
    first, second, third, fourth = everything(workers)
    assert first.error is None
    assert fourth.error is None
    assert second.error == Message("suggest.failed", {"document": 1, "why": "ValueError: the roof"})
    assert third.error == Message("suggest.not_loaded", {"name": "toy", "why": "it"})


def test_two_processes_share_the_work(make: MakeWorkers, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    workers = make(count=2)
    workers.submit(task(0, f"block {pipe}"))
    workers.submit(task(1))
    assert len(workers.processes()) == 2
    found: list[Result] = []
    while not found:
        found = workers.results(30)
    assert [result.number for result in found] == [1]
    pipe.write_text("go on")
    assert [result.number for result in everything(workers)] == [0]


def test_a_killed_process_is_told_once_and_replaced(make: MakeWorkers) -> None:
    workers = make()
    for number, text in enumerate(["ok", "die", "ok", "ok"]):
        workers.submit(task(number, text))
    results = everything(workers)
    assert [result.number for result in results if result.error is None] == [0, 2, 3]
    [lost] = [result for result in results if result.error is not None]
    assert lost.number == 1
    assert lost.error == Message("suggest.crashed", {"document": 1})


def test_a_process_killed_from_outside_at_work(make: MakeWorkers, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    workers = make()
    workers.submit(task(0))
    everything(workers)
    workers.submit(task(1, f"block {pipe}"))
    workers.submit(task(2))
    with pipe.open("w"):  # opens only when the process has opened it too: it is at work
        [process] = workers.processes()
        os.kill(process, signal.SIGKILL)
        results = everything(workers)
    assert [(result.number, result.error is None) for result in results] == [(1, False), (2, True)]
    assert workers.processes() != [process]


def test_a_process_that_died_at_rest_costs_nothing(make: MakeWorkers) -> None:
    workers = make()
    workers.submit(task(0))
    everything(workers)
    [process] = workers.processes()
    os.kill(process, signal.SIGKILL)
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
    workers.submit(task(1))
    assert [result.error for result in everything(workers)] == [None]


def test_processes_that_keep_dying_are_given_up(make: MakeWorkers) -> None:
    workers = make()
    for number in range(5):
        workers.submit(task(number, "die"))
    with pytest.raises(UserError) as raised:
        everything(workers)
    assert raised.value.code == "suggest.gave_up"
    assert workers.pending == 0
    assert not workers.processes()


@pytest.mark.parametrize(
    ("model", "code"),
    [
        ("nobody", "suggest.unknown"),
        ("broken", "suggest.no_start"),
        ("unpaid", "suggest.not_loaded"),
        ("dead", "suggest.gave_up"),
    ],
)
def test_a_suggester_that_cannot_be_made_is_refused(make: MakeWorkers, model: str, code: str) -> None:
    workers = make(model)
    workers.submit(task(0))
    with pytest.raises(UserError) as raised:
        everything(workers)
    assert raised.value.code == code
    assert str(raised.value)
    assert workers.pending == 0


def test_cancel_drops_what_waits_and_what_is_at_work(make: MakeWorkers, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    workers = make()
    workers.submit(task(0))
    everything(workers)
    for number in range(1, 3 + IN_HAND):
        workers.submit(task(number, f"block {pipe}" if number == 1 else "ok"))
    workers.cancel()
    assert workers.pending == 0
    assert workers.results() == []
    with pipe.open("w"):
        workers.submit(task(100))
    assert [result.number for result in everything(workers)] == [100]


def test_close_ends_a_process_in_the_middle_of_a_text(make: MakeWorkers, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    workers = make()
    workers.submit(task(0))
    everything(workers)
    workers.submit(task(1, f"block {pipe}"))
    with pipe.open("w"):
        [process] = workers.processes()
        workers.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_process_ends_when_its_parent_is_killed(toy: Path, tmp_path: Path) -> None:
    """The parent gets SIGKILL while its process is at work; the process must end by itself."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent("""
            import sys
            from annotator.suggest.worker import Task, Workers

            if __name__ == "__main__":
                workers = Workers("toy")
                workers.submit(Task(0, 0, 1, "ok", None))
                while not workers.results(30):
                    pass
                workers.submit(Task(1, 1, 1, f"block {sys.argv[1]}", None))
                while True:
                    workers.results(30)
        """)
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{toy}"}
    with subprocess.Popen([sys.executable, str(script), str(pipe)], env=environment) as parent:
        writer = pipe.open("w")  # returns when the process reads: it is at work
        parent.kill()
        parent.wait(30)
        # The pipe breaks when its last reader is gone, and only then.
        with pytest.raises(BrokenPipeError):
            write_for_ever(writer.fileno())
        writer.close()
