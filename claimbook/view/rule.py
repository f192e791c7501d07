"""The verdict rule on a page: the picture of it, its principles, and the cases that it was tried on."""

import pandas as pd

from claimbook.analysis.cases import CASES, OWN, PRACTICES, Case
from claimbook.analysis.comparison import NEAR, TOLERANCE
from claimbook.analysis.reasons import why
from claimbook.analysis.verdicts import PLAIN, PRINCIPLES, Claim, Item, Step, verdict
from claimbook.model.ledger import Ledger
from claimbook.view import palette
from claimbook.view.assessments import mark
from claimbook.view.leaves import Leaf, Long, long
from claimbook.view.markup import Html, el, folded, join
from claimbook.view.tables import count, facts, lines, reference_link, table

STEPS = {
    Step.NOTHING: ("nothing", ()),
    Step.FAIR: ("fair sources only (C)", (("fair", "C", False), ("as-fair", "C", False))),
    Step.RELIABLE: ("one reliable witness", (("one", "B", False),)),
    Step.INDEPENDENT: ("independent witnesses", (("one", "B", False), ("another", "C", False))),
    Step.RECORD: ("a record", (("act", "A", True),)),
}
"""Each step in words, with the evidence that shows it: owner, letter and whether it is the act itself."""


def _side(stance: str, step: Step) -> list[Item]:
    return [Item(stance, f"{stance}-{owner}", letter, primary) for owner, letter, primary in STEPS[step][1]]


def picture(accusation: bool = False) -> Html:
    """Draw the rule: for every step of either side the verdict, as the rule itself gives it.

    Parameters
    ----------
    accusation : bool
        Of a claim that accuses somebody of wrongdoing.
    """
    claim = Claim(accusation=accusation)
    columns: dict[str, list] = {"Against it ↓ · for it →": [name for name, _ in STEPS.values()]}
    for pro, (name, _) in STEPS.items():
        columns[name] = [
            mark(verdict([*_side("supports", pro), *_side("contradicts", contra)], claim)) for contra in STEPS
        ]
    whom = "a claim that accuses somebody" if accusation else "a claim"
    return table(pd.DataFrame(columns), f"The verdict on {whom}, by what stands for it and against it")


CASES_LEAF = "method-cases"
"""The leaf with the cases that the rule was tried on."""


def principles() -> Long:
    """Name the principles of the rule; a leaf has each in a line, with the number of cases that are about it."""
    about = pd.Series([case.principle for case in CASES]).value_counts()
    items = [
        el(
            "li",
            el("strong", name.replace("_", " ").capitalize()),
            f". {words} ",
            el("a", count(int(about[name]), "case"), href=f"{CASES_LEAF}.html#case-{name}"),
            id=f"principle-{name}",
        )
        for name, words in PRINCIPLES.items()
    ]
    leaf = Leaf("method-principles", f"{count(len(PRINCIPLES), 'principle')} of the rule", el("ul", items))
    named = (el("a", name.replace("_", " "), href=f"{leaf.address}#principle-{name}") for name in PRINCIPLES)
    return long(el("p", el("a", leaf.title, href=leaf.address), ": ", join(named, ", "), "."), [leaf])


def tolerances() -> Html:
    """List by how much a number that was counted may differ from the one that was told."""
    frame = pd.DataFrame(
        {
            "Words": [palette.BOUNDS[bound] for bound in TOLERANCE],
            "Bears it out within": [f"{share:.0%}" for share in TOLERANCE.values()],
            "Bears out its order of magnitude within": [
                "no such zone" if bound.startswith("at_") else f"{NEAR:.0%}" for bound in TOLERANCE
            ],
        }
    )
    caption = "How far a count may lie from the number told"
    return folded(caption, table(frame, caption))


def _evidence(case: Case) -> Html:
    rows = []
    for item in case.items:
        words = [palette.STANCES[item.stance], item.reliability, "the act itself" if item.primary else ""]
        words += [f"takes the place of {item.supersedes}"] if item.supersedes else []
        words += ["affirms a part" if item.affirms else ""]
        words += ["one part of the whole" if item.together else ""]
        rows.append(f"{item.owner.replace('-', ' ')}: {', '.join(filter(None, words))}")
    claim = [] if case.claim == PLAIN else ["an accusation" if case.claim.accusation else "cannot be checked"]
    return lines(*(el("em", words) for words in claim), *(rows or ["none"]))


def cases(ledger: Ledger) -> Long:
    """Show on a leaf the cases that the rule was tried on: situation, verdict, evidence, reason and practice.

    A practice leads to its source: the entry of the bibliography with its address, where the book has one.
    """
    keys = {entry["url"]: key for key, entry in ledger.bibliography.items() if entry.get("url")}

    def source(name: str) -> Html | str:
        if name == OWN:
            return "the book's own choice: no practice that was read decides it"
        practice = PRACTICES[name]
        known = keys.get(practice.url)
        link = reference_link(known, practice.name) if known else el("a", practice.name, href=practice.url)
        return lines(link, join(["“", practice.words, "”"]), el("small", practice.read, class_="cb-quiet"))

    told: set[str] = set()
    parts = []
    for principle in PRINCIPLES:
        items = []
        for case in (case for case in CASES if case.principle == principle):
            known = case.practice != OWN and case.practice in told
            told.add(case.practice)
            more = (
                ("Evidence", _evidence(case)),
                ("Why", why(case.given)),
                ("Practice", PRACTICES[case.practice].name if known else source(case.practice)),
            )
            items.append(folded(join([case.situation, " ", mark(case.given.verdict)]), facts(more), class_="cb-claim"))
        parts.append([el("h2", principle.replace("_", " ").capitalize(), id=f"case-{principle}"), items])
    right = sum(case.given.verdict == case.verdict for case in CASES)
    own = sum(case.practice == OWN for case in CASES)
    leaf = Leaf(CASES_LEAF, f"{count(len(CASES), 'case')} that the rule was tried on", join(parts))
    said = (
        f"; in {right} the rule gives the outcome argued for; {len(CASES) - own} follow a practice that was read, "
        f"{own} are the book's own choice."
    )
    return long(el("p", el("a", count(len(CASES), "made-up case"), href=leaf.address), said), [leaf])
