"""Pictures of the article view to be looked at: four pixel ratios, light and dark, four pages each.

usage: python -m tools.article_pictures OUT [--ratio 1.25] [--page nested]
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QApplication

from annotator.domain.models import ACCEPTED, REJECTED, SUGGESTED
from annotator.ui import look
from annotator.ui.article import ArticleTheme, ArticleView, LabelStyle, ViewSpan
from annotator.ui.theme import Theme

RATIOS: Final = ("1", "1.25", "1.5", "2")
LABELS: Final = (
    ("PERSON", False, 258),
    ("ORG", False, 165),
    ("DATE", False, 305),
    ("ALLEGATION", True, 22),
    ("DENIAL", True, 120),
    ("GPE", False, 60),
)
PERSON, ORG, DATE, ALLEGATION, DENIAL, GPE = range(len(LABELS))


class Page(NamedTuple):
    """A text with marks: (words, label, state, linked) of each place where the words stand first."""

    text: str
    marks: tuple[tuple[str, int, str, bool], ...]
    focus: str = ""
    selected: str = ""
    hits: tuple[str, ...] = ()
    compact: bool = False
    rejected: bool = False


STORY: Final = (
    "Brandvik Offshore shares plunge after report alleges invented charters\n"
    "Gannet Research published a 58-page report before the market opened. It alleges that Brandvik recorded "
    "charters for vessels that were laid up in a Greek dry dock in the first half of 2016, and that invoices "
    "were backdated on the orders of Chief Financial Officer Solveig Brandvik.\n"
    "Founder and Chief Executive Ivar Brandvik, 61, who owns 44 percent of the company, did not answer calls. "
    "Ms Brandvik, his niece, has been finance chief since 2012.\n"
    "\n"
    "The Financial Practices Authority (FPA) declined to say whether it was looking into the matter. The stock "
    "closed at 61.20 crowns, its lowest since April 2009."
)
_STATES: Final = (
    ("Brandvik Offshore", ORG, ACCEPTED, True),
    ("Gannet Research", ORG, SUGGESTED, False),
    ("alleges that Brandvik recorded charters for vessels that were laid up", ALLEGATION, ACCEPTED, False),
    ("Brandvik recorded", ORG, ACCEPTED, False),
    ("the first half of 2016", DATE, SUGGESTED, False),
    (
        "invoices were backdated on the orders of Chief Financial Officer Solveig Brandvik",
        ALLEGATION,
        SUGGESTED,
        True,
    ),
    ("Solveig Brandvik", PERSON, ACCEPTED, True),
    ("Ivar Brandvik", PERSON, ACCEPTED, False),
    ("his niece", PERSON, REJECTED, False),
    ("2012", DATE, SUGGESTED, False),
    ("Financial Practices Authority", ORG, SUGGESTED, True),
    ("FPA", ORG, ACCEPTED, True),
    ("April 2009", DATE, ACCEPTED, False),
)
_NESTED: Final = (
    "Emoji \U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467 before Ambra Battilana \U0001f60d and after.\n"
    "The New York City Police Department spokesman said that Harvey Weinstein of Miramax was accused by Ambra "
    "Gutierrez of sexual assault in Manhattan in 2015, which his lawyer Ben Brafman denies in New York.\n"
    "α β γ δ ε ζ η short adjacent spans: US UK EU UN.\n"
    "One clause in another in a third, and a fourth and a fifth that crosses them all to the end of it."
)
_RIGHT: Final = (
    "قال هارفي واينستين إن New York تحقق في 2015 معه، وهو ينفي ذلك أمام المحكمة العليا في المدينة منذ أسابيع.\n"
    "טענה: החברה Brandvik Offshore רשמה הכנסות ב־2016.\n"
    "He said that משרד האוצר in Jerusalem had paid شركة النفط in 2015."
)

PAGES: Final = {
    "states": Page(STORY, _STATES, focus="Ivar Brandvik", rejected=True),
    "clause": Page(
        STORY,
        _STATES,
        focus="invoices were backdated on the orders of Chief Financial Officer Solveig Brandvik",
        selected="looking into the matter",
    ),
    "drag": Page(STORY, _STATES, focus="Ivar Brandvik", selected="Ivar Brandvik, 61", hits=("Brandvik",)),
    "nested": Page(
        _NESTED,
        (
            ("Ambra Battilana", PERSON, ACCEPTED, False),
            ("\U0001f60d and", GPE, SUGGESTED, False),
            ("New York City Police Department", ORG, ACCEPTED, True),
            ("New York City", GPE, ACCEPTED, False),
            ("York", PERSON, SUGGESTED, False),
            (
                "Harvey Weinstein of Miramax was accused by Ambra Gutierrez of sexual assault in Manhattan",
                ALLEGATION,
                ACCEPTED,
                True,
            ),
            ("Weinstein of Miramax was accused", ALLEGATION, SUGGESTED, False),
            (
                "accused by Ambra Gutierrez of sexual assault in Manhattan in 2015, which his lawyer Ben Brafman denies",
                DENIAL,
                SUGGESTED,
                False,
            ),
            ("Harvey Weinstein", PERSON, ACCEPTED, False),
            ("Miramax", ORG, ACCEPTED, False),
            ("Ambra Gutierrez", PERSON, SUGGESTED, False),
            ("Manhattan", GPE, ACCEPTED, False),
            ("2015", DATE, SUGGESTED, False),
            ("Ben Brafman", PERSON, ACCEPTED, False),
            *((letter, at % 3, (ACCEPTED, SUGGESTED)[at % 2], False) for at, letter in enumerate("αβγδεζη")),
            ("US", GPE, ACCEPTED, False),
            ("UK", GPE, SUGGESTED, False),
            ("EU", GPE, ACCEPTED, False),
            ("UN", GPE, SUGGESTED, False),
            ("One clause in another in a third", ALLEGATION, ACCEPTED, False),
            ("another in a third, and a fourth", DENIAL, SUGGESTED, False),
            ("a third, and a fourth and a fifth", ALLEGATION, SUGGESTED, False),
            ("fifth that crosses", DENIAL, ACCEPTED, False),
        ),
        focus="2015",
    ),
    "right": Page(
        _RIGHT,
        (
            ("هارفي واينستين", PERSON, ACCEPTED, True),
            ("New York", GPE, SUGGESTED, False),
            ("2015 معه", DATE, SUGGESTED, False),
            ("ينفي ذلك أمام المحكمة العليا في المدينة منذ أسابيع", DENIAL, ACCEPTED, False),
            ("Brandvik Offshore רשמה", ORG, ACCEPTED, False),
            ("משרד האוצר", ORG, SUGGESTED, False),
            ("شركة النفط in 2015", ALLEGATION, SUGGESTED, False),
        ),
        focus="משרד האוצר",
    ),
    "compact": Page(STORY, _STATES, focus="the first half of 2016", compact=True),
}


def _draw(app: QApplication, theme: Theme, page: Page) -> QPixmap:
    styles = {at: LabelStyle(name, band, theme.label(hue)) for at, (name, band, hue) in enumerate(LABELS)}
    spans, numbers = [], {}
    for number, (words, label, state, linked) in enumerate(page.marks, 1):
        start = page.text.index(words)
        spans.append(ViewSpan(number, start, start + len(words), label, state, linked))
        numbers[words] = number
    view = ArticleView()
    colors = {role: theme.color(role) for role in ("page", "ink", "selection")}
    view.set_theme(ArticleTheme(dark=theme.dark, muted=theme.color("ink3"), labels=styles, **colors))
    view.resize(800, 560)
    view.set_compact(page.compact)
    view.set_show_rejected(page.rejected)
    view.set_article(page.text, spans)
    view.show()
    app.processEvents()
    if page.selected:
        start = page.text.index(page.selected)
        view.show_selection(start, start + len(page.selected))
    view.set_hits([found.span() for words in page.hits for found in re.finditer(words, page.text)])
    if page.focus:
        view.set_focus_span(numbers[page.focus])
    picture = view.grab()
    view.close()
    return picture


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--ratio", choices=RATIOS)
    parser.add_argument("--page", choices=PAGES)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    if asked.ratio is None:
        for ratio in RATIOS:  # Qt takes one for the life of a process
            page = ["--page", asked.page] if asked.page else []
            command = [
                sys.executable,
                "-m",
                "tools.article_pictures",
                str(asked.out),
                "--ratio",
                ratio,
                *page,
            ]
            subprocess.run(command, check=True)
        return
    os.environ["QT_SCALE_FACTOR"] = asked.ratio
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication([])
    look.load_fonts()
    for dark in (False, True):
        theme = Theme(dark)
        look.apply(app, theme)
        for name in [asked.page] if asked.page else PAGES:
            file = asked.out / f"{name}_{'dark' if dark else 'light'}@{asked.ratio}.png"
            _draw(app, theme, PAGES[name]).save(str(file))
            print(file)


if __name__ == "__main__":
    main()
