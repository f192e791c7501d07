"""The workbench as a notebook shows it: the text and a form in JupyterLab, and a picture of both on a page.

It only draws: :mod:`.workbench` does the work, and ``workbench.js`` beside this file is what the browser runs.
"""

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import anywidget
import ipywidgets
import pandas as pd
import traitlets

from claimbook.authoring.forms import FOLLOWS, FORMS, PASSAGE, SEVERAL, VERBATIM
from claimbook.authoring.workbench import RefusedError, Step, Workbench
from claimbook.authoring.workshop import Workshop
from claimbook.model import passages
from claimbook.model.languages import DEFAULT
from claimbook.model.ledger import data_dir, load, texts_dir
from claimbook.model.settings import TEXTS
from claimbook.view import tables
from claimbook.view.codebook import RULES
from claimbook.view.explore import Living, show
from claimbook.view.markup import Html, el

HERE = resources.files("claimbook") / "authoring"

WEIGHTS = {"text": 3, "rows": 3, "references": 1, "rules": 0.3}
"""How much a word counts, by where it stands, when the rest of it is offered to whoever types."""

SHOWN = 14
"""Words of the text that are chosen in the picture of the form."""

NUMBERED = 9
"""Fields of a form that a number leads to; the picture shows these."""


class Panes(anywidget.AnyWidget):
    """The text at the left and a form at the right; what they send is answered by :class:`Bench`."""

    _esm = (HERE / "workbench.js").read_text(encoding="utf-8")
    _css = (HERE / "workbench.css").read_text(encoding="utf-8")
    text = traitlets.List().tag(sync=True)
    forms = traitlets.Dict().tag(sync=True)
    corpus = traitlets.List().tag(sync=True)
    offers = traitlets.Dict().tag(sync=True)
    defaults = traitlets.Dict().tag(sync=True)
    there = traitlets.Dict().tag(sync=True)
    marks = traitlets.Dict().tag(sync=True)
    standing = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)
    first = traitlets.Unicode().tag(sync=True)


class Bench(Living):
    """One text on the workbench.

    Parameters
    ----------
    work : Workbench
        The text and its ledger.
    form : str
        The form that it opens with.
    keeps : object, optional
        What must stay as long as this does, such as the folder of a small book.
    """

    def __init__(self, work: Workbench, form: str = "claim", keeps: object = None):
        self.work, self.form, self._keeps = work, form, keeps

    def widget(self) -> ipywidgets.Widget:
        """Return the workbench as a widget that writes what is given in it."""
        panes = Panes(
            text=[
                {
                    "id": row["sentence_id"],
                    "paragraph": row["paragraph"],
                    "tokens": [
                        [start, end, passages.slice_of(self.work.text, start, end)]
                        for start, end in self.work.tokens(row)
                    ],
                }
                for row in self.work.sentences
            ],
            forms={name: self._form(name) for name in FORMS},
            corpus=self._corpus(),
            first=self.form,
        )
        panes.on_msg(lambda _, content, buffers: self._take(panes, content))
        self._show(panes)
        self._stand(panes)
        return ipywidgets.VBox([panes])

    def _form(self, name: str) -> dict:
        fields = []
        for field in self.work.fields(name):
            rule, _ = self.work.rule(field)
            fields.append(
                {
                    "name": field,
                    "own": field.startswith(f"{FORMS[name].table}."),
                    "label": _label(field),
                    "rule": rule,
                    "offers": _offers(field),
                    "required": self.work.required(field),
                    "free": self.work.free(field),
                    "verbatim": field in VERBATIM,
                    "several": field in SEVERAL,
                    "follows": FOLLOWS.get(field, ""),
                }
            )
        shape = FORMS[name]
        return {"says": shape.says, "passage": PASSAGE in shape.made, "fields": fields}

    def _corpus(self) -> list[tuple[float, str]]:
        """Return what the words that are offered to whoever types are taken from, with their weight."""
        described = [
            field["description"] for r in self.work.schema.schema["resources"] for field in r["schema"]["fields"]
        ]
        ruled = [rule for values in RULES.values() for rule in values.values()]
        told = [value for entry in self.work.references.values() for value in entry.values()]
        rows = [words for table in ("claims", "actors", "origins") for words in self.work.words(table)]
        seen = {"references": told, "text": [self.work.text], "rows": rows}
        if self.work.language == DEFAULT:  # the rules are in it, and so may be statements
            seen["rules"] = described + ruled
        return [(WEIGHTS[name], words) for name, parts in seen.items() for words in parts]

    def _show(self, panes: Panes) -> None:
        """Give the widget what has changed with the rows."""
        names = {field["offers"]: field["name"] for form in panes.forms.values() for field in form["fields"]}
        panes.offers = {key: list(map(list, self.work.offered(name).items())) for key, name in names.items()}
        panes.defaults = {name: self.work.defaults(name) for name in FORMS}
        panes.there = {name: list(map(list, self.work.there(name).items())) for name in FORMS}
        claims = self.work.claims
        bare = {row["sentence_id"] for row in self.work.sentences if row["role"] == "content"}
        panes.marks = {
            "claims": [[int(row["start"]), int(row["end"]), row["claim_id"]] for row in claims],
            "bare": sorted(bare - {row["sentence_id"] for row in claims}),
        }

    def _stand(self, panes: Panes) -> None:
        """Say what validation says now."""
        now = self.work.standing()
        number = panes.answer.get("number", 0)
        panes.standing = {"told": now.told, "here": now.here, "open": now.open, "number": number}

    def _take(self, panes: Panes, content: Mapping) -> None:
        """Do what the widget asks for and answer."""
        wanted = content.get("do")
        if wanted == "said":
            panes.send({"said": {content["name"]: self.work.said(content["name"], content["value"])}})
            return
        answer: dict = {}
        try:
            if wanted == "row":
                values = self.work.given(content["form"], content["row"])
                panes.send({"row": {"form": content["form"], "key": content["row"], "values": values}})
                return
            if wanted == "choose":
                self.work.choose(content["start"], content["end"])
            elif wanted == "write":
                step = self.work.write(content["form"], content["values"], content.get("row", ""))
                answer = {"told": f"Written. {step.told()}", "rules": {}}
            elif wanted in ("undo", "redo"):
                step = self.work.undo() if wanted == "undo" else self.work.redo()
                answer = _turned(wanted, step)
        except (OSError, ValueError) as error:
            answer = {"told": f"Nothing written: {error}"}
            if isinstance(error, RefusedError):
                answer["rules"] = error.rules
            if wanted == "write":
                answer |= {"form": content["form"], "values": content["values"], "row": content.get("row", "")}
        self._show(panes)
        if answer:
            panes.answer = answer | {"number": panes.answer.get("number", 0) + 1}
        if wanted != "choose":
            self._stand(panes)

    def html(self) -> Html:
        """Return a picture of text and form, for a page that no kernel stands behind."""
        work = self.work
        place = work.tokens(work.sentences[0])
        at = work.choose(place[0][0], place[min(SHOWN, len(place)) - 1][1])
        chosen = el("mark", passages.slice_of(work.text, at.start, at.end))
        text = el("blockquote", el("p", work.text[: at.start], chosen, work.text[at.end :]))
        given, rows = work.defaults(self.form), []
        work.passage = None  # chosen for the picture alone
        for number, field in enumerate(work.fields(self.form)[:NUMBERED], 1):
            rule, values = work.rule(field)
            rows.append(
                (f"{number} {_label(field)}", given.get(field) or FOLLOWS.get(field, ""), rule, ", ".join(values))
            )
        frame = pd.DataFrame(rows, columns=["Field", "What stands in it", "Rule", "Values"])
        head = el("p", f"Chosen: {at.sentence_id}, characters {at.start} to {at.end}. Form: ", el("strong", self.form))
        return el("div", text, head, tables.table(frame, f"The form for: {FORMS[self.form].says}"))


class Choice(Living):
    """The texts of a book of which there are copies at hand; one of them is on the workbench.

    Parameters
    ----------
    data : pathlib.Path
        The data folder of the book.
    texts : pathlib.Path or None
        The folder with the copies.
    """

    def __init__(self, data: Path, texts: Path | None):
        self.data, self.texts = data, texts

    def widget(self) -> ipywidgets.Widget:
        """Return a list of the texts with the workbench of the one that is chosen."""
        known = load(self.data, validate=False).sources
        here = [text for text in known["source_id"] if self.texts and (self.texts / f"{text}.txt").is_file()]
        if not here:
            place = ipywidgets.Output()
            show(place, tables.quiet(self._why(len(known))))
            return ipywidgets.VBox([place])
        # In a list that opens, JupyterLab would take the arrow keys for its own.
        chosen = ipywidgets.Combobox(options=here, ensure_option=True, continuous_update=False, description="Text")
        box = ipywidgets.VBox([chosen])

        def lay(_=None) -> None:
            try:
                work = Workbench(self.data, self.texts, chosen.value) if chosen.value else None
                panes = [Bench(work).widget()] if work else []
            except (OSError, ValueError) as error:
                panes = [ipywidgets.Output()]
                show(panes[0], tables.quiet(str(error)))
            box.children = (chosen, *panes)

        chosen.observe(lay, "value")
        chosen.value = here[0] if len(here) == 1 else ""
        return box

    def _why(self, known: int) -> str:
        if not known:
            return "There is no text in this book yet: add one with python -m claimbook new-text."
        place = f"{self.texts} holds none" if self.texts else f"{TEXTS} is not set"
        return (
            f"{place}, so no text can be shown: put your copies into a folder, each under the id of its text with "
            f".txt, set {TEXTS} to that folder, and start JupyterLab again."
        )

    def html(self) -> Html:
        """Say what stands here in JupyterLab; a page never holds a text of others."""
        return tables.quiet("In JupyterLab this cell lists the texts of this book of which you have copies.")


def of(desk: Workshop, form: str = "claim") -> Bench:
    """Lay the text of a small book for practice on the workbench.

    Parameters
    ----------
    desk : Workshop
        The small book, its text added.
    form : str
        The form that it opens with: one of :data:`claimbook.authoring.forms.FORMS`.
    """
    return Bench(Workbench(desk.data, desk.texts, desk.id, desk.book), form, desk)


def own() -> Choice:
    """Offer the texts of the book of which there are copies in the folder that ``CLAIMBOOK_TEXTS`` names.

    What is given is written to the tables of the book.
    """
    return Choice(data_dir(), texts_dir())


def _label(field: str) -> str:
    return field.partition(".")[2].removesuffix("_id").replace("_", " ")


def _offers(field: str) -> str:
    """Return the name under which what a field offers is sent: fields that offer the same share it."""
    table, _, column = field.partition(".")
    if table == "event_actors" or (column in ("subject", "object", "supplier", "actor_id") and table != "actors"):
        return "actor"
    return column if column in ("claim_id", "related_claim_id", "chain_id") else field


def _turned(way: str, step: Step | None) -> dict:
    """Return the answer to who takes back or does again."""
    if step is None:
        return {"told": f"There is nothing to {way}."}
    if way == "redo":
        return {"told": f"Written again. {step.told()}", "rules": {}}
    answer = {"told": f"Taken back. {step.told()}", "form": step.form, "values": step.values, "row": step.row}
    return answer | ({"passage": [step.passage.start, step.passage.end]} if step.passage else {})
