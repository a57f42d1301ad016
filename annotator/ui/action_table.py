"""The one table of what a person can do.

Menus, buttons, tooltips, the command palette, the key sheet and docs/keyboard.md are made
from it. Keys that need AltGr on many keyboards (`[ ] { }`, `/`, `?`) have a twin. Back is
Alt+Up because Alt+Left moves a boundary. The texts are
English; `actions.words` translates them, in the context `actions`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from annotator.domain.conflicts import MINE, THEIRS
from annotator.ui.actions import Call, Group, Needs, Spec, Zone

LABELS: Final = 9
"""Labels that have a digit."""
CANDIDATES: Final = 9

NOTHING, PROJECT, SPANS, UNDECIDED = Needs.NOTHING, Needs.PROJECT, Needs.SPANS, Needs.UNDECIDED
FOCUS, LABEL, LINK = Needs.FOCUS, Needs.LABEL, Needs.LINK
CLAIM, CONDUCT, ENTITY, QUESTION = Needs.CLAIM, Needs.CONDUCT, Needs.ENTITY, Needs.QUESTION
COMPARING, DIFFERENCE = Needs.COMPARING, Needs.DIFFERENCE
TEXT, PANE, COMPARE, LINKS, CLAIMS = Zone.TEXT, Zone.CANDIDATES, Zone.COMPARE, Zone.LINKS, Zone.CLAIMS


def _label(number: int) -> Call:
    return lambda w: w.acts.label(number)


def _link(number: int) -> Call:
    return lambda w: w.acts.link(number)


def _resize(edge: str, step: int, unit: str) -> Call:
    return lambda w: w.acts.resize(edge, step, unit)


def _theme(name: str) -> Call:
    return lambda w: w.appearance.set("theme", name)


_PROJECT = (
    Spec("new", "New project…", "Ctrl+N", lambda w: w.files.new(), NOTHING, hint="new project"),
    Spec("open", "Open project…", "Ctrl+O", lambda w: w.files.open(), NOTHING, hint="open"),
    Spec("recent", "Open a recent project…", "Ctrl+Shift+R", lambda w: w.cards.recent(), NOTHING),
    Spec("sample", "Open the sample project", "", lambda w: w.files.sample(), NOTHING),
    Spec("copy", "Save a copy…", "Ctrl+Shift+S", lambda w: w.files.save_copy(), PROJECT),
    Spec("close", "Close project", "Ctrl+W", lambda w: w.files.close(), PROJECT),
    Spec(
        "import", "Add articles…", "Ctrl+I", lambda w: w.files.add(), NOTHING,
        icon="plus", hint="add articles", rule=True,
    ),
    Spec("folder", "Add a folder…", "Ctrl+Shift+I", lambda w: w.files.add_folder(), NOTHING, icon="folder"),
    Spec("paste", "Paste an article", "Ctrl+V", lambda w: w.files.paste(), NOTHING),
    Spec("import.annotations", "Add annotations…", "", lambda w: w.files.add_annotations(), PROJECT),
    Spec("import.gold", "Add files as gold…", "", lambda w: w.files.add("gold"), NOTHING),
    Spec("import.suggestions", "Add files as suggestions…", "", lambda w: w.files.add("suggestions"), NOTHING),
    Spec("overview", "Overview", "Ctrl+Shift+O", lambda w: w.cards.overview(), PROJECT, rule=True),
    Spec("history.project", "History of the project", "", lambda w: w.cards.log(), PROJECT, icon="history", rule=True),
    Spec("compact", "Compact the history…", "", lambda w: w.keeping.compact(), PROJECT),
    Spec("snapshots", "Snapshots…", "", lambda w: w.keeping.snapshots(), PROJECT, icon="save"),
    Spec("labels", "Labels…", "Ctrl+Shift+L", lambda w: w.cards.labels(), PROJECT),
    Spec("suggest", "Suggest now", "Ctrl+Shift+G", lambda w: w.files.suggest(), PROJECT, icon="sparkles"),
    Spec("memory", "Decisions change suggestions elsewhere", "", lambda w: w.remembering.toggle(), PROJECT, toggle=True),
    Spec("export", "Export…", "Ctrl+E", lambda w: w.files.export(), PROJECT, icon="upload"),
    Spec(
        "preferences", "Preferences…", "Ctrl+,", lambda w: w.cards.preferences(), NOTHING,
        icon="settings", rule=True,
    ),
    Spec("quit", "Quit", "Ctrl+Q", lambda w: w.close(), NOTHING),
)  # fmt: skip

_EDIT = (
    Spec("undo", "Undo", "Ctrl+Z", lambda w: w.deciding.undo(), PROJECT, icon="undo-2"),
    Spec("redo", "Redo", "Ctrl+Y Ctrl+Shift+Z", lambda w: w.deciding.redo(), PROJECT, icon="redo-2"),
    Spec("find", "Find in the article", "Ctrl+F /", lambda w: w.review.open_find(), icon="search", rule=True),
    Spec("find.next", "Next place found", "F3", lambda w: w.review.find_next(1), repeat=True),
    Spec("find.previous", "Previous place found", "Shift+F3", lambda w: w.review.find_next(-1), repeat=True),
    Spec(
        "find.all",
        "Find in all articles…",
        "Ctrl+Shift+F",
        lambda w: w.cards.find_all(),
        icon="files",
    ),
    Spec("details", "Article details…", "F2", lambda w: w.cards.details(), icon="file-text", rule=True),
    Spec("removed", "Put back a removed article…", "", lambda w: w.cards.removed(), PROJECT),
    Spec("history", "History of the article", "Ctrl+Shift+H", lambda w: w.cards.history()),
    Spec(
        "palette",
        "Search or run a command",
        "Ctrl+K",
        lambda w: w.cards.palette(),
        NOTHING,
        icon="command",
    ),
)

_DECIDE = (
    Spec(
        "accept", "Accept and go on", "A Return Enter", lambda w: w.acts.accept(), FOCUS, TEXT,
        icon="check", hint="accept",
    ),
    Spec(
        "reject", "Reject and go on", "X Del", lambda w: w.acts.reject(), FOCUS, TEXT,
        icon="x", hint="reject",
    ),
    *(
        Spec(f"label.{n}", "This label, accepted", str(n), _label(n), LABEL, TEXT, rule=n == 1)
        for n in range(1, LABELS + 1)
    ),
    Spec(
        "arm", "Keep this label for what is selected next", "K", lambda w: w.acts.arm(),
        zone=TEXT, icon="highlighter", toggle=True,
    ),
    Spec(
        "flag", "Flag to come back to", "F", lambda w: w.review.flag(), FOCUS, TEXT,
        icon="flag", toggle=True, rule=True,
    ),
    Spec(
        "flag.article", "Flag the article to come back to", "Shift+F", lambda w: w.cards.flag_article(),
        zone=TEXT, icon="flag", toggle=True,
    ),
    Spec("note", "Note on the span", "M", lambda w: w.review.edit_note(), FOCUS, TEXT, icon="sticky-note"),
    Spec("same", "The same text elsewhere…", "E", lambda w: w.cards.same(), FOCUS, TEXT, icon="files"),
    Spec(
        "accept.screen", "Accept all on screen", "Shift+A",
        lambda w: w.acts.accept_all("screen"), UNDECIDED, TEXT, rule=True,
    ),
    Spec(
        "reject.screen", "Reject all on screen", "Shift+X",
        lambda w: w.acts.reject_all("screen"), UNDECIDED, TEXT,
    ),
    Spec(
        "accept.label", "Accept all of this label", "Alt+A",
        lambda w: w.acts.accept_all("label"), FOCUS, TEXT,
    ),
    Spec(
        "reject.label", "Reject all of this label", "Alt+X",
        lambda w: w.acts.reject_all("label"), FOCUS, TEXT,
    ),
    Spec(
        "accept.article", "Accept all in the article", "Ctrl+Shift+A",
        lambda w: w.acts.accept_all("article"), UNDECIDED,
    ),
    Spec(
        "reject.article", "Reject all in the article", "Ctrl+Shift+X",
        lambda w: w.acts.reject_all("article"), UNDECIDED,
    ),
    Spec(
        "done", "Done, next article", "Ctrl+Return Ctrl+Enter",
        lambda w: w.acts.done(), icon="check", rule=True,
    ),
)  # fmt: skip

_EDGES = (
    ("end.out", "End one word out", "End one character out", "] Alt+Right", "end", 1),
    ("end.in", "End one word in", "End one character in", "[ Alt+Left", "end", -1),
    ("start.out", "Start one word out", "Start one character out", "{ Alt+Shift+Left", "start", 1),
    ("start.in", "Start one word in", "Start one character in", "} Alt+Shift+Right", "start", -1),
)

_BOUNDARIES = (
    *(
        Spec(id_, by_word, keys, _resize(edge, step, "word"), FOCUS, TEXT, hint=edge, repeat=True)
        for id_, by_word, _, keys, edge, step in _EDGES
    ),
    *(
        Spec(
            f"{id_}.character", by_character, " ".join(f"Ctrl+{key}" for key in keys.split()),
            _resize(edge, step, "character"), FOCUS, TEXT, rule=id_ == "end.out", repeat=True,
        )
        for id_, _, by_character, keys, edge, step in _EDGES
    ),
)  # fmt: skip

_LINK = (
    Spec(
        "link.1", "Link to the first candidate", "L", _link(1), FOCUS, TEXT,
        icon="link-2", hint="link",
    ),
    *(
        Spec(f"link.{n}", "Link to the candidate", f"Alt+{n}", _link(n), FOCUS, menu=False)
        for n in range(2, CANDIDATES + 1)
    ),
    Spec("pick", "Choose a candidate", "Shift+L", lambda w: w.review.pick_link(), FOCUS, TEXT),
    Spec("pick.1", "Link to the candidate", "1 L", _link(1), FOCUS, PANE, menu=False),
    *(
        Spec(f"pick.{n}", "Link to the candidate", str(n), _link(n), FOCUS, PANE, menu=False)
        for n in range(2, CANDIDATES + 1)
    ),
    Spec("entity", "New entity", "N", lambda w: w.acts.link_new(), FOCUS, TEXT, hint="new", rule=True),
    Spec("pick.entity", "New entity", "N", lambda w: w.acts.link_new(), FOCUS, PANE, menu=False),
    Spec("unlink", "Unlink", "U", lambda w: w.acts.unlink(), LINK, TEXT, icon="unlink"),
    Spec("pick.unlink", "Unlink", "U", lambda w: w.acts.unlink(), LINK, PANE, menu=False),
    Spec(
        "roles", "Who is accused, by whom, when…", "R", lambda w: w.cards.roles(), CLAIM, TEXT,
        icon="users", rule=True,
    ),
    Spec("roles.accept", "Accept the proposed roles", "Shift+R", lambda w: w.acts.accept_roles(), CLAIM, TEXT),
    Spec(
        "relations", "What it has to do with other spans…", "T", lambda w: w.cards.relations(), FOCUS, TEXT,
        icon="split",
    ),
    Spec(
        "links.propose", "Propose links in all articles", "Ctrl+Shift+P",
        lambda w: w.linking.propose(), PROJECT, icon="sparkles", rule=True,
    ),
    Spec("links.accept", "Accept the links that are sure", "", lambda w: w.linking.accept(), PROJECT),
    Spec("knowledge", "Add a list of known names…", "", lambda w: w.linking.add_names(), PROJECT),
    Spec("entity.show", "Entity and its mentions", "Ctrl+Shift+E", lambda w: w.show_entity(), LINK),
    Spec("entity.find", "Find another entity…", "Ctrl+L", lambda w: w.cards.find_entity(), FOCUS),
)  # fmt: skip

_REVIEWERS = (
    Spec("merge", "Merge other reviewers…", "", lambda w: w.keeping.merge(), PROJECT, icon="merge"),
    Spec(
        "compare", "Compare reviewers", "Ctrl+Shift+D", lambda w: w.keeping.compare(), PROJECT,
        icon="scale", toggle=True,
    ),
    Spec(
        "compare.keep", "Keep this project's", "K", lambda w: w.review.comparing.settle(MINE),
        DIFFERENCE, COMPARE, icon="check", hint="keep", rule=True,
    ),
    Spec(
        "compare.take", "Take theirs", "T", lambda w: w.review.comparing.settle(THEIRS), DIFFERENCE, COMPARE,
        icon="arrow-right", hint="take",
    ),
    Spec(
        "compare.all", "Take all of theirs in this article", "Shift+T", lambda w: w.review.comparing.take_all(),
        DIFFERENCE, COMPARE,
    ),
    Spec(
        "compare.next", "Next difference", "Tab Space Down", lambda w: w.review.comparing.go(1), COMPARING, COMPARE,
        icon="chevron-down", hint="next", repeat=True,
    ),
    Spec(
        "compare.previous", "Previous difference", "Shift+Tab Shift+Space Up",
        lambda w: w.review.comparing.go(-1), COMPARING, COMPARE, icon="chevron-up", repeat=True,
    ),
    Spec("agreement", "Agreement…", "", lambda w: w.keeping.agreement(), PROJECT, icon="users", rule=True),
    Spec("second", "Second pass…", "", lambda w: w.keeping.second_pass(), PROJECT),
)  # fmt: skip

_ENTITY = (
    Spec(
        "question.same", "The same: merge the two", "A", lambda w: w.pages.links.questions.same(),
        QUESTION, LINKS, icon="git-merge", hint="same",
    ),
    Spec(
        "question.different", "Not the same: keep apart", "X", lambda w: w.pages.links.questions.different(),
        QUESTION, LINKS, icon="equal-not", hint="different",
    ),
    Spec(
        "question.next", "Next question", "Tab", lambda w: w.pages.links.questions.step(1), QUESTION, LINKS,
        icon="chevron-down", repeat=True,
    ),
    Spec(
        "question.previous", "Previous question", "Shift+Tab", lambda w: w.pages.links.questions.step(-1),
        QUESTION, LINKS, icon="chevron-up", repeat=True,
    ),
    Spec(
        "entity.edit", "Name, other names, note…", "R", lambda w: w.pages.links.view.edit(), ENTITY, LINKS,
        icon="pencil", hint="rename", rule=True,
    ),
    Spec(
        "entity.tick", "Tick the mention", "Space", lambda w: w.pages.links.view.list.tick(), ENTITY, LINKS,
        hint="tick",
    ),
    Spec(
        "entity.accept", "Accept the proposed mentions", "Shift+A", lambda w: w.pages.links.view.accept(),
        ENTITY, LINKS, icon="check",
    ),
    Spec(
        "entity.split", "Split off the ticked mentions", "S", lambda w: w.pages.links.view.split_off(),
        ENTITY, LINKS, icon="split", hint="split",
    ),
    Spec(
        "entity.move", "Move the ticked mentions…", "V", lambda w: w.pages.links.view.move_ticked(), ENTITY, LINKS,
        icon="arrow-right", hint="move",
    ),
    Spec(
        "entity.unlink", "Unlink the ticked mentions", "U", lambda w: w.pages.links.view.unlink(),
        ENTITY, LINKS, icon="unlink",
    ),
    Spec(
        "entity.merge", "Merge another one into this…", "M", lambda w: w.pages.links.view.merge(),
        ENTITY, LINKS, icon="git-merge",
    ),
    Spec(
        "claims.table", "The conduct as a table", "1", lambda w: w.pages.claims.show_as(0), CONDUCT, CLAIMS,
        hint="table", rule=True,
    ),
    Spec("claims.line", "As a time line", "2", lambda w: w.pages.claims.show_as(1), CONDUCT, CLAIMS, hint="time line"),
    Spec("claims.graph", "As a graph", "3", lambda w: w.pages.claims.show_as(2), CONDUCT, CLAIMS, hint="graph"),
    Spec(
        "claims.all", "All allegations", "0", lambda w: w.pages.claims.toggle_all(), CONDUCT, CLAIMS,
        icon="layers", hint="all", toggle=True,
    ),
    Spec(
        "claims.whole", "Names and mentions", "O", lambda w: w.pages.show_conduct(), CONDUCT, CLAIMS,
        icon="link-2", hint="mentions",
    ),
    Spec(
        "entity.evidence", "Evidence sheet…", "Ctrl+Shift+Q", lambda w: w.linking.evidence(), ENTITY, LINKS,
        icon="quote", rule=True,
    ),
)  # fmt: skip

_GO = (
    Spec(
        "page.review", "Review", "Ctrl+1", lambda w: w.pages.go("review"), PROJECT, icon="list-checks",
        toggle=True,
    ),
    Spec("page.links", "Links", "Ctrl+2", lambda w: w.pages.go("links"), PROJECT, icon="link-2", toggle=True),
    Spec(
        "page.claims", "Allegations", "Ctrl+3", lambda w: w.pages.go("claims"), PROJECT, icon="scale", toggle=True,
    ),
    Spec(
        "undecided.next", "Next undecided", "Tab", lambda w: w.acts.go_undecided(1), UNDECIDED, TEXT,
        icon="chevron-down", rule=True, repeat=True,
    ),
    Spec(
        "undecided.previous", "Previous undecided", "Shift+Tab", lambda w: w.acts.go_undecided(-1),
        UNDECIDED, TEXT, icon="chevron-up", repeat=True,
    ),
    Spec("span.next", "Next span", "Space Down", lambda w: w.acts.go_span(1), SPANS, TEXT, repeat=True),
    Spec(
        "span.previous", "Previous span", "Shift+Space Up",
        lambda w: w.acts.go_span(-1), SPANS, TEXT, repeat=True,
    ),
    Spec("cycle", "Other span at this place", "O", lambda w: w.acts.cycle(), FOCUS, TEXT),
    Spec(
        "article.next", "Next article", "Ctrl+PgDown", lambda w: w.acts.go_article(1),
        icon="chevron-right", rule=True, repeat=True,
    ),
    Spec(
        "article.previous", "Previous article", "Ctrl+PgUp", lambda w: w.acts.go_article(-1),
        icon="chevron-left", repeat=True,
    ),
    Spec(
        "return", "Back to where you were", "Alt+Up",
        lambda w: w.review.going.go_back(), Needs.CAME_FROM, icon="arrow-left",
    ),
    Spec("part.next", "Next part of the window", "F6", lambda w: w.focusing.go(1), NOTHING, rule=True),
    Spec("part.previous", "Previous part of the window", "Shift+F6", lambda w: w.focusing.go(-1), NOTHING),
    Spec("menu", "Open the menu", "F10", lambda w: w.header.show_menu(), NOTHING),
    Spec("back", "One step back", "Esc", lambda w: w.step_back(), NOTHING, Zone.PAGE),
)  # fmt: skip

_VIEW = (
    Spec(
        "past", "History of the span", "H", lambda w: w.review.turn(w.review.inspector.past),
        zone=TEXT, icon="history", toggle=True,
    ),
    Spec(
        "spans", "Spans of the article", "S", lambda w: w.review.turn(w.review.inspector.spans),
        zone=TEXT, icon="list", toggle=True,
    ),
    Spec("view.list", "Article list", "Ctrl+B", lambda w: w.review.toggle_list(), icon="panel-left"),
    Spec(
        "view.filter", "Filter the articles", "Ctrl+Shift+B",
        lambda w: w.review.filter_list(), icon="filter",
    ),
    Spec(
        "view.order", "Order and choice of articles…", "Alt+L",
        lambda w: w.review.queue.choose(), icon="arrow-up-down",
    ),
    Spec(
        "view.rejected", "Show rejected suggestions", "Ctrl+H", lambda w: w.appearance.toggle("show_rejected"),
        icon="eye", toggle=True, rule=True,
    ),
    Spec(
        "view.relations", "Show all relations", "Ctrl+Shift+T", lambda w: w.review.toggle_relations(),
        icon="split", toggle=True,
    ),
    Spec(
        "view.compact", "Compact lines", "Ctrl+Shift+C", lambda w: w.appearance.toggle("compact"),
        icon="rows-3", toggle=True,
    ),
    Spec("zoom.in", "Larger text", "Ctrl++ Ctrl+=", lambda w: w.appearance.zoom(1), icon="a-large-small"),
    Spec("zoom.out", "Smaller text", "Ctrl+-", lambda w: w.appearance.zoom(-1)),
    Spec("zoom.reset", "Normal text size", "Ctrl+0", lambda w: w.appearance.zoom(0)),
    Spec("theme.light", "Light colours", "", _theme("light"), NOTHING, toggle=True, rule=True),
    Spec("theme.dark", "Dark colours", "", _theme("dark"), NOTHING, toggle=True),
    Spec("theme.system", "Colours of the system", "", _theme("system"), NOTHING, toggle=True),
    Spec("size.larger", "Larger interface", "", lambda w: w.appearance.size(1), NOTHING, rule=True),
    Spec("size.smaller", "Smaller interface", "", lambda w: w.appearance.size(-1), NOTHING),
)  # fmt: skip

_HELP = (
    Spec(
        "guidelines",
        "Guidelines of the labels",
        "G",
        lambda w: w.cards.guidelines(),
        zone=TEXT,
        icon="book-open",
    ),
    Spec("keys", "All keys", "F1 ?", lambda w: w.cards.keys(), NOTHING, icon="keyboard"),
    Spec("keys.change", "Change the keys…", "", lambda w: w.cards.change_keys(), NOTHING, icon="keyboard"),
    Spec("steps", "First steps", "", lambda w: w.cards.first_steps(), NOTHING),
    Spec(
        "sample.reset",
        "Reset the sample project",
        "",
        lambda w: w.files.reset_sample(),
        NOTHING,
        rule=True,
    ),
    Spec("report", "Copy the error report", "", lambda w: w.copy_report(), NOTHING, rule=True),
    Spec("log", "Show the log", "", lambda w: w.show_log(), NOTHING),
    Spec("about", "About Annotator", "", lambda w: w.cards.about(), NOTHING, icon="info"),
)

TABLE: Final[tuple[Spec, ...]] = tuple(
    replace(spec, group=group)
    for group, rows in (
        (Group.PROJECT, _PROJECT),
        (Group.EDIT, _EDIT),
        (Group.DECIDE, _DECIDE),
        (Group.BOUNDARIES, _BOUNDARIES),
        (Group.LINK, _LINK),
        (Group.REVIEWERS, _REVIEWERS),
        (Group.ENTITY, _ENTITY),
        (Group.GO, _GO),
        (Group.VIEW, _VIEW),
        (Group.HELP, _HELP),
    )
    for spec in rows
)

BY_ID: Final[dict[str, Spec]] = {spec.id: spec for spec in TABLE}
