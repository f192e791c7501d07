"""Every control of the book lives twice: page and kernel are driven through the same choices and must agree."""

import functools
import itertools
from contextlib import contextmanager
from urllib.parse import urlencode

import ipywidgets
import pandas as pd
import pytest
from browser import DESK, Visit
from notebooks import cells_giving, shown_by, toc_pages
from playwright.sync_api import expect
from this_book import BOOK

from claimbook.analysis import evidence
from claimbook.analysis.verdicts import Threshold
from claimbook.model import ledger
from claimbook.view import explore
from claimbook.view.explore import Control, FacetFilter, StateChoice
from claimbook.view.markup import el, fold, lined, plain, undressed

CONTROLS = [(page, place) for page in toc_pages() for place in range(cells_giving(page, Control))]
KINDS = ("groups", "alliances-sayings", "deals", "threshold")
NOTHING = {"q": "no such word"}
FURTHER = {
    "claims": [
        {"layer": "said", "hedge": "yes"},
        {"hedge": "no", "weight": "thesis"},
        {"checkable": "opinion"},
        {"verdict": "contradicted", "text": "wnd-2001"},
        {"checkable": "yes", "actor": "lukashenko"},
        {"text": "walsh-2021", "kind": "event", "weight": "support"},
        {"q": "  IRAN   belarus "},
        {"q": '"ALLEGEDLY"'},
        {"q": "→ UNNAMED"},
        {"q": "russia’s", "text": "walsh-2021"},
        {"q": "Will", "kind": "prediction"},
    ],
    "deals": [
        {"exporter": "Belarus", "period": "2001"},
        {"exporter": "Russia", "recipient": "Syria", "period": "2011–2017"},
        {"recipient": "Hezbollah"},
        {"q": "kornet"},
    ],
    "foretold": [{"q": "прыбыу"}, {"q": "ПРЫБЫЎ"}],
    "threshold": [
        {"origins": "2", "known": "then"},
        {"origins": "3", "primary": "yes"},
        {"origins": "3", "primary": "no", "known": "2001-11-01"},
        {"primary": "yes", "known": "2021-11-05"},
    ],
}
"""Choices for controls beside those that are made for every control."""


@pytest.fixture(scope="module")
def made():
    """Every control of the book, as the cells of its pages make it, by page and place among those of the page."""
    found = {page: [one for one in shown_by(page) if isinstance(one, Control)] for page, _ in CONTROLS}
    return {(page, place): found[page][place] for page, place in CONTROLS}


@pytest.fixture(scope="module")
def by_id(made):
    """Every control of the book by its id."""
    return {control.id: control for control in made.values()}


class Live:
    """A control, and its place on a page that is open."""

    def __init__(self, control, visit):
        self.control, self.visit, self.page = control, visit, visit.page
        self.section = visit.page.locator(f"[data-control={control.id}]")
        # A label is looked for where it can be: among hundreds of rows that takes seconds.
        self.form = self.section.locator("form")

    def reset(self):
        self.form.get_by_role("button", name="Reset", exact=True).click()

    def choose(self, choices):
        """Use the fields as a reader finds them: by their labels."""
        for name, value in choices.items():
            label, words = fields(self.control)[name]
            if words is None:
                self.form.get_by_label(label, exact=True).fill(value)
            elif (group := self.form.get_by_role("group", name=label, exact=True)).count():
                group.get_by_label(words[value], exact=True).check()
            else:
                self.form.get_by_label(label, exact=True).select_option(value)

    def answer(self):
        """Return what the page shows, in the form of :func:`expected`."""
        return answered(self.section.evaluate(SHOWN), self.control)

    def expect(self, choices):
        # An address that changes is answered a moment later.
        expect(self.form.get_by_role("status")).to_have_text(expected(self.control, choices)[0])
        assert self.answer() == expected(self.control, choices)


WORDS = """
    const words = e => e.textContent.split(/\\s+/).filter(Boolean).join(' ');
    const all = (of, css) => [...of.querySelectorAll(css)];
    const ROWS = ['DIV', 'DETAILS', 'ARTICLE'];
    const rows = of => [...of.children].filter(e => ROWS.includes(e.tagName) && !e.matches('.cb-brief')).map(words);
    const run = e => e.tagName === 'DETAILS' && e.id
        ? [words(e.querySelector('summary')), e.open, rows(e)] : ['', true, [words(e)]];
    const runs = of => [...of.children].filter(e => ROWS.includes(e.tagName)).map(run);
    const told = place => ({
        table: all(place, 'table tbody tr').map(row => all(row, 'td').map(words)),
        folded: all(place, 'details').map(e => [words(e.querySelector('summary')), all(e, 'ul > li').map(words)]),
    });
"""
# What can be seen of the control, as texts; what is folded can be unfolded.
SHOWN = f"""section => {{{WORDS}
    const copy = section.cloneNode(true);
    const twins = copy.querySelectorAll('*');
    const unseen = e => e.hidden || (e.matches('.cb-later') && getComputedStyle(e).display === 'none');
    section.querySelectorAll('*').forEach((e, i) => unseen(e) && twins[i].remove());
    copy.querySelectorAll('template, script').forEach(e => e.remove());
    return {{
        ...told(copy),
        status: words(copy.querySelector('[role=status]')),
        columns: all(copy, 'section.cb-column').map(e => [words(e.querySelector('p')), rows(e)]),
        runs: all(copy, '.cb-rows').slice(0, 1).flatMap(runs),
    }};
}}"""
# The same of the HTML that a kernel shows.
KERNEL = f"""html => {{{WORDS}
    const place = new DOMParser().parseFromString(html, 'text/html').body;
    return {{
        ...told(place),
        status: words(place.querySelector('p')),
        columns: all(place, 'div[style*=grid] > div').map(e => [words(e.querySelector('p')), rows(e)]),
        runs: all(place, 'div').slice(0, 1).flatMap(runs),
    }};
}}"""


def answered(shown, control):
    """Return what a page or a kernel shows of a control, in the form of :func:`expected`."""
    if isinstance(control, StateChoice):
        numbers = [[int(cell.split(" ")[0]) for cell in row] for row in shown["table"]]
        return shown["status"], numbers, [tuple(part) for part in shown["folded"]]
    if not control.columns:
        listed, numbers = [], []
        for head, own in itertools.groupby(shown["runs"], lambda run: run[0]):
            [*_, (_, is_open, _)] = own = list(own)
            heading, _, number = head.rpartition(": ")
            listed.append((heading, [row for _, _, rows in own for row in rows]))
            numbers += [(int(number), is_open)] if head else []
        return shown["status"], numbers, listed
    heads = [head.split(": ") for head, _ in shown["columns"]]
    return (
        shown["status"],
        [int(number) for _, number in heads],
        [(head, rows) for (head, _), (_, rows) in zip(heads, shown["columns"], strict=True)],
    )


@pytest.fixture(scope="module", params=CONTROLS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def live(request, made, browser, site_url):
    with opened(request.param, made, browser, site_url) as control:
        yield control


@pytest.fixture(scope="module", params=KINDS)
def kind(request, made, browser, site_url):
    """One control of each kind that the page's script knows: rows in a list, in folds, in columns, and states."""
    [where] = [where for where, control in made.items() if control.id == request.param]
    with opened(where, made, browser, site_url) as control:
        yield control


def test_each_kind_of_control_is_used(made):
    def sort(control):
        return type(control), bool(getattr(control, "columns", ())), bool(getattr(control, "folds", ()))

    used = [sort(control) for control in made.values() if control.id in KINDS]
    assert len(used) == len(set(used)) == len({sort(control) for control in made.values()})


@contextmanager
def opened(where, made, browser, site_url):
    """Open the page of a control, on which nothing may go wrong, and give the control."""
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}{where[0]}.html")
        yield Live(made[where], visit)
        assert visit.errors == []


def fields(control):
    """Return the fields of a control: per name its label and its words; none for free text."""
    if isinstance(control, StateChoice):
        return control.fields
    return {name: (label, {"": "all", **words}) for name, (label, words) in control.facets.items()} | {
        "q": ("Words", None)
    }


def choices_for(control):
    """Return choices to try: each field alone and together with others, chosen so that most of them find something."""
    if isinstance(control, StateChoice):
        alone = [{name: value} for name, (_, words) in control.fields.items() for value in words]
        return [{}, *alone, *FURTHER.get(control.id, [])]
    whole = some_row(control)
    last = [{name: list(words)[-1]} for name, (_, words) in control.facets.items()]
    word = a_word(control)
    return [{}, NOTHING, *last, whole, {"q": word.upper()}, every_field(control), *FURTHER.get(control.id, [])]


def some_row(control):
    """Return the facets of the row in the middle, one value each."""
    _, values, _ = control.rows[len(control.rows) // 2]
    return {name: mine[0] for name, mine in values.items() if mine}


def a_word(control):
    """Return the longest word of the row in the middle."""
    _, _, html = control.rows[len(control.rows) // 2]
    return max(plain(html).split(), key=len)


def every_field(control):
    """Return a choice in every field of a filter, which the row in the middle fits."""
    return some_row(control) | {"q": a_word(control)}


@functools.cache
def texts(control):
    """Return the text of every row of a filter."""
    return {row: plain(html) for row, _, html in control.rows}


def expected(control, choices):
    """Return what the pure functions give: the live words, the numbers, and what is listed under which head."""
    if isinstance(control, StateChoice):
        html = {item: plain(html) for item, _, html in control.items}
        listed = [
            (f"{plain(control.outcomes[a])} → {plain(control.outcomes[b])}: {len(ids)}", [html[i] for i in ids])
            for (a, b), ids in control.changes(**choices).items()
        ]
        return control.sentence(**choices), control.counts(**choices).to_numpy().tolist(), listed
    ids = control.select(**choices)
    html = texts(control)
    count = f"{len(ids)} of {len(control.rows)} {control.noun}"
    asked = any(choices.values())
    if control.columns:
        listed = [(head, [html[i] for i in mine if i in set(ids)]) for head, mine in control.columns.values()]
        numbers = [len(rows) for _, rows in listed]
    else:
        heads = {row: head for head, mine in control.folds.values() for row in mine}
        runs = itertools.groupby(ids, lambda row: heads.get(row, ""))
        listed = [(head, [html[i] for i in run]) for head, run in runs]
        # A fold says how many rows it holds, and opens where something is chosen; one that holds none is not shown.
        numbers = [(len(rows), asked) for head, rows in listed if head]
    most = None if asked else control.first
    brief = set() if asked else {control.folds[name][0] for name in control.briefs}
    return count, numbers, [(head, [] if head in brief else rows[:most]) for head, rows in listed]


def widget_answer(control, choices, page):
    """Return a control's real widgets, once their values are set, and what a kernel then shows, as a page reads it."""
    panel = control.widget()
    boxes = {box.description: box for box in panel.children if hasattr(box, "value") and box.description}
    for name, value in choices.items():
        boxes[fields(control)[name][0]].value = value
    return panel, kernel_answer(panel, control, page)


def kernel_answer(panel, control, page):
    outputs = [output for part in panel.children for output in getattr(part, "outputs", ())]
    html = "".join(undressed(output["data"]["text/html"]) for output in outputs)
    return answered(page.evaluate(KERNEL, html), control)


def test_the_book_has_its_controls(made, by_id):
    assert len(by_id) == len(made)
    assert {"claims", "threshold", "deals", "alliances-sayings"} <= by_id.keys()


def test_of_a_long_list_a_few_are_shown_until_one_chooses(by_id, made, browser, site_url):
    control = by_id["deals"]
    assert control.first < min(len(ids) for _, ids in control.columns.values())
    [where] = [where for where, one in made.items() if one is control]
    with opened(where, made, browser, site_url) as live:
        assert [len(rows) for _, rows in live.answer()[2]] == [control.first] * len(control.columns)
        live.choose({"exporter": "Belarus"})
        assert len(live.answer()[2][1][1]) > control.first
        live.reset()
        assert [len(rows) for _, rows in live.answer()[2]] == [control.first] * len(control.columns)
        last = control.rows[-1][0]
        live.page.goto(f"{site_url}{where[0]}.html#row-{last}")
        assert live.page.locator(f"#row-{last}").is_visible(), "an address leads to any row"


def test_a_link_to_a_fold_that_is_filtered_away_shows_it_again(by_id, browser, site_url):
    control = by_id["events"]
    last = list(control.folds)[-1]
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}chapters/record/diplomatic-events.html")
        live = Live(control, visit)
        live.choose(NOTHING)
        live.expect(NOTHING)
        visit.page.evaluate("hash => { location.hash = hash }", last)
        expect(visit.page.locator(f"#{last} .cb-row").first).to_be_in_viewport()
        assert live.answer()[0] == expected(control, {})[0]
        assert visit.errors == []


def agree(live):
    """Choose one thing after another and expect page, kernel and code to give the same answer."""
    control = live.control
    for choices in choices_for(control):
        wanted = expected(control, choices)
        assert any(rows for _, rows in wanted[2]) or choices in ({}, NOTHING) or isinstance(control, StateChoice)
        live.reset()
        live.choose(choices)
        assert live.answer() == wanted, choices
        assert widget_answer(control, choices, live.page)[1] == wanted, choices


def test_page_kernel_and_code_give_the_same_answer(kind):
    agree(kind)


@pytest.mark.thorough
def test_each_control_gives_it_in_page_kernel_and_code(live):
    agree(live)


def some_steps(control):
    """Return two choices, the second of which adds to the first; each has an answer of its own."""
    if isinstance(control, StateChoice):
        (first, (_, words)), (second, (_, more)) = list(control.fields.items())[:2]
        one = {first: list(words)[1]}
        return one, one | {second: list(more)[1]}
    whole = some_row(control)
    for pair in itertools.permutations(whole.items(), 2):
        first, both = dict(pair[:1]), dict(pair)
        if len(control.rows) > len(control.select(**first)) > len(control.select(**both)):
            return first, both
    raise AssertionError(f"no two facets of {control.id} differ")


def test_a_choice_outlives_reload_and_back_and_ends_with_reset(kind):
    control, (first, both) = kind.control, some_steps(kind.control)
    kind.reset()
    kind.choose(both)
    kind.expect(both)
    address = kind.page.url
    kind.page.reload()
    kind.expect(both)
    kind.page.go_back()
    kind.expect(first)
    kind.page.go_forward()
    kind.expect(both)
    kind.reset()
    kind.expect({})
    assert kind.page.url.endswith(f"#{control.id}:")
    kind.page.go_back()
    kind.expect(both)
    with Visit(kind.page.context.browser, address.split("chapters")[0], viewport=DESK) as other:
        other.page.goto(address)
        linked = Live(control, other)
        linked.expect(both)
        expect(linked.section).to_be_in_viewport()


@pytest.mark.parametrize("damage", ["value", "field", "escape", "words"])
def test_what_an_address_says_wrongly_leaves_the_default(kind, damage):
    control, (first, both) = kind.control, some_steps(kind.control)
    added = next(name for name in both if name not in first)
    state = {
        "value": urlencode(first | {added: "no-such-value"}),
        "field": urlencode(first | {"no-such-field": "1", "__proto__": "1"}),
        "escape": f"{urlencode(first)}&{added}=%E0%A4%A",
        "words": f"{urlencode(first)}&&&=;;no-such-control:a=b;::",
    }[damage]
    kind.reset()
    kind.page.evaluate("hash => { location.hash = hash }", f"{control.id}:{state}")
    kind.expect(first)
    kind.page.reload()
    kind.expect(first)
    assert kind.visit.errors == []


def test_the_kernels_reset_gives_the_first_answer(made, browser):
    page = browser.new_page()
    for control in made.values():
        choices = some_steps(control)[1] if isinstance(control, StateChoice) else every_field(control)
        assert expected(control, choices) != expected(control, {})
        panel, answer = widget_answer(control, choices, page)
        assert answer == expected(control, choices)
        next(child for child in panel.children if type(child).__name__ == "Button").click()
        assert kernel_answer(panel, control, page) == expected(control, {})
    page.close()


def test_two_controls_of_one_page_share_the_address(by_id, browser, site_url):
    threshold, claims = by_id["threshold"], by_id["claims"]
    strict, few = {"origins": "2", "known": "then"}, {"verdict": "disputed"}
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}chapters/record/claims.html")
        one, two = Live(threshold, visit), Live(claims, visit)
        one.choose(strict)
        two.choose(few)
        visit.page.reload()
        one.expect(strict)
        two.expect(few)
        two.reset()
        visit.page.reload()
        one.expect(strict)
        two.expect({})
        visit.page.go_back()
        two.expect(few)
        # A link to a row that is filtered away shows it, and leaves the other control alone.
        hidden = next(row for row, values, _ in claims.rows if "disputed" not in values["verdict"])
        visit.page.evaluate("hash => { location.hash = hash }", f"row-{hidden}")
        expect(visit.page.locator(f"#row-{hidden}")).to_be_in_viewport()
        one.expect(strict)
        assert visit.errors == []


def test_the_threshold_answers_the_keyboard_and_keeps_open_what_was_opened(by_id, browser, site_url):
    with Visit(browser, site_url, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}chapters/record/claims.html")
        live = Live(by_id["threshold"], visit)
        live.section.get_by_role("group", name="Independent origins needed").get_by_label("one").focus()
        visit.page.keyboard.press("ArrowDown")
        live.expect({"origins": "2"})
        for summary in live.section.locator("details summary").all():  # data decide which has claims under three
            summary.click()
        visit.page.keyboard.press("Escape")
        live.section.get_by_role("group", name="Independent origins needed").get_by_label("two").focus()
        visit.page.keyboard.press("ArrowDown")
        live.expect({"origins": "3"})
        expect(live.section.locator("details[open] li").first).to_be_visible()
        expect(live.section.locator("caption")).to_contain_text("Independent origins needed: three; Primary records")
        link = live.section.locator("details[open] li a.cb-id").first
        claim = link.get_attribute("title").removeprefix("Claim ")
        link.click()
        visit.page.wait_for_url(f"**/claims/{claim}.html#{claim}")
        visit.page.go_back()
        live.expect({"origins": "3"})
        assert visit.errors == []


def test_controls_answer_without_a_server(by_id, browser, book):
    home = book.as_uri()
    with Visit(browser, home, viewport=DESK) as visit:
        visit.page.goto(f"{home}/chapters/record/claims.html")
        for name, choices in (("claims", {"text": "defence-ua", "q": "HAMAS"}), ("threshold", {"primary": "yes"})):
            live = Live(by_id[name], visit)
            live.choose(choices)
            live.expect(choices)
            visit.page.reload()
            live.expect(choices)
        assert (visit.outside, visit.errors) == ([], [])


def test_without_scripts_the_default_state_stands_and_says_so(by_id, browser, site_url):
    control = by_id["threshold"]
    with Visit(browser, site_url, java_script_enabled=False, viewport=DESK) as visit:
        visit.page.goto(f"{site_url}chapters/record/claims.html")
        section = visit.page.locator("[data-control=threshold]")
        expect(section.locator(".cb-note")).to_be_visible()
        expect(section.locator("form")).to_be_hidden()
        rows = [row.locator("td").all_text_contents() for row in section.locator("tbody tr").all()]
        assert [[int(cell) for cell in row] for row in rows] == control.counts().to_numpy().tolist()
        assert section.locator("details").count() == 0


# What the controls compute


def checked(rows):
    return rows[rows["verdict"] != "not_checkable"].set_index("claim_id")


def test_the_threshold_asks_the_verdict_rule(by_id):
    control = by_id["threshold"]
    appeared = evidence.published(BOOK)
    for origins, primary in itertools.product(control.fields["origins"][1], control.fields["primary"][1]):
        asked = Threshold(int(origins), primary == "yes")
        now = checked(evidence.verdicts(BOOK, asked))
        choices = {"origins": origins, "primary": primary}
        assert control.state(**choices) == now["verdict"].to_dict()
        assert control.state(**choices, known="then") == now["verdict_then"].to_dict()
    day = BOOK.sources["published_earliest"].sort_values().iloc[1]
    by_day = checked(evidence.verdicts(BOOK, Threshold(2), day))["verdict"].to_dict()
    assert all(appeared[claim] <= day for claim in by_day)
    assert 0 < len(by_day) < BOOK.claims["checkable"].sum()
    assert control.state(origins="2", known=day) == by_day


def test_a_claim_counts_from_the_first_day_of_its_text(by_id):
    control = by_id["threshold"]
    for source in BOOK.sources.itertuples(index=False):
        state = control.state(known=source.published_earliest)
        assert any(claim.startswith(f"{source.source_id}-c") for claim in state)
        later = BOOK.sources.loc[BOOK.sources["published_earliest"] > source.published_earliest, "source_id"]
        assert not [claim for claim in state if claim.rsplit("-", 1)[0] in set(later)]


def test_the_numbers_of_the_threshold_add_up(by_id):
    control = by_id["threshold"]
    usual = control.state()
    for choices in choices_for(control):
        counts, state = control.counts(**choices), control.state(**choices)
        assert counts.loc["all"].sum() == len(state)
        for weight in BOOK.claims["weight"].unique():
            texts = [f"{weight} {source_id}" for source_id in BOOK.sources["source_id"]]
            assert (counts.loc[texts].sum() == counts.loc[weight]).all()
        changed = [claim for ids in control.changes(**choices).values() for claim in ids]
        assert {c for c in state if state[c] != usual[c]} == set(changed)
        assert len(changed) == len(set(changed))


def test_the_page_carries_every_state(made):
    for control in made.values():
        if isinstance(control, FacetFilter):
            continue
        content, outcomes = control.content(), list(control.outcomes)
        combinations = itertools.product(*(words for _, words in control.fields.values()))
        for at, values in zip(content["of"], combinations, strict=True):
            carried = {
                item["id"]: outcomes[int(digit)]
                for item, digit in zip(content["items"], content["states"][at], strict=True)
                if digit != "-"
            }
            assert carried == control.state(**dict(zip(control.fields, values, strict=True))), values
        listed = {item["id"] for item in content["items"] if item["html"]}
        for choices in choices_for(control):
            assert {claim for ids in control.changes(**choices).values() for claim in ids} <= listed


def test_an_unknown_choice_is_refused(made):
    for control in made.values():
        ask = control.state if isinstance(control, StateChoice) else control.select
        name = next(iter(fields(control)))
        with pytest.raises(ValueError, match="no value 'x'"):
            ask(**{name: "x"})
        with pytest.raises(KeyError):
            ask(no_such_field="x")


def test_a_ledger_of_other_texts_has_a_threshold_of_its_own(folder):
    other = ledger.load(folder.path)
    control = explore.threshold(other)
    days = {day for day in other.sources["published_earliest"] if day}
    assert days
    assert days <= set(control.fields["known"][1])
    assert control.counts().loc["all"].sum() == len(control.items) == other.claims["checkable"].sum()
    assert control.content()["states"]


def test_a_search_needs_neither_accents_nor_the_right_apostrophe():
    row = ("a", {}, el("p", "A coup d’état – “alleged”, in Å"))
    control = FacetFilter(id="x", label="x", noun="rows", facets={}, rows=[row])
    for typed in ("d'etat", "D’ÉTAT", 'coup - "ALLEGED"', "å", "  coup  "):
        assert control.select(q=typed) == ["a"], typed
    assert control.select(q="coup detat") == []
    assert fold("ﬁne  İ") == "fine i"


def test_where_no_kernel_runs_every_fold_stands_open_and_holds_its_rows():
    frame = pd.DataFrame({"what": ["one", "two", "three"], "year": ["2001", "2002", "2002"]})
    control = explore.filtered(frame, {}, under="year", id="x", label="Find one", noun="things", first=1)
    assert str(control.html()).count("<details") == str(control.html()).count(" open>") == 2
    assert lined(control.html()).split("\n") == ["Find one: 3 things", "2001: 1", "one", "2002: 2", "two", "three"]
    [shown] = control.widget().children[-1].outputs
    assert shown["data"]["text/plain"] == "2001: 1one 2002: 2two", "closed, and the first of each alone"
    assert " open" not in shown["data"]["text/html"]


def test_rows_of_a_frame_have_every_value_of_a_list_and_stand_side_by_side():
    frame = pd.DataFrame(
        {"what": ["one", "two"], "to": [["Here", "There"], ["Here"]], "where": ["told", "in the register"]}
    )
    control = explore.filtered(
        frame, {"to": ipywidgets.Dropdown}, beside="where", id="x", label="Find one", noun="things"
    )
    assert list(control.facets["to"][1]) == ["Here", "There"]
    assert control.select(to="There") == ["x-1"]
    assert control.select(to="Here") == ["x-1", "x-2"]
    assert list(control.columns.values()) == [("told", ["x-1"]), ("in the register", ["x-2"])]
    assert "where" not in plain(control.html())
