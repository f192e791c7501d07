"""The workbench without a browser: words are chosen, rows written at once, taken back, and never lost."""

import dataclasses
import os

import pytest
from files import contents, rows

from claimbook.authoring import transaction
from claimbook.authoring.forms import FORMS
from claimbook.authoring.workbench import RefusedError, Workbench
from claimbook.authoring.workbench_form import Bench

TODAY = "2031-05-06"
COPIED = {
    "claims.statement": "The newspaper was wrong in an article.",
    "claims.subject": "vestria-courier",
    "claims.relation": "Errs in",
    "claims.object": "An article",
}


@pytest.fixture
def book(folder, texts):
    (folder.path.parent / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
    return folder.path.parent


@pytest.fixture
def bench(book):
    return Workbench(book / "data", book / "texts", "birch-2031", today=TODAY)


def choose(bench, words):
    place = bench.find(words)[0]
    return bench.choose(place.start, place.end)


def write(bench, form, **given):
    """Fill in a form as a coder does: what stands there stays, but for what is given by the names of columns."""
    names = {name.partition(".")[2]: name for name in reversed(bench.fields(form))}
    return bench.write(form, bench.defaults(form) | {names[column]: value for column, value in given.items()})


def test_words_of_the_rules_are_offered_where_the_text_is_in_their_language(folder, bench, book):
    def offered(work):
        return " ".join(words for _, words in Bench(work).widget().children[0].corpus)

    rule = "Cannot be judged."
    assert rule in offered(bench)
    folder.set("sources.csv", 3, "language", "ru-RU")
    assert rule not in offered(Workbench(book / "data", book / "texts", "birch-2031"))


def test_what_was_written_is_told_with_the_names_of_its_columns(bench):
    step = write(bench, "actor", name="Rowan Pike", kind="person")
    assert "actors.csv: actor_id rowan-pike" in step.told()
    assert ", name Rowan Pike, kind person" in step.told()


def last(book, table):
    return rows(book / "data" / f"{table}.csv")[-1]


# Choosing words --------------------------------------------------------------------------------------------


def test_chosen_words_give_their_sentence_and_offsets_without_the_white_space_around_them(bench):
    place = bench.choose(59, 78)
    assert (place.sentence_id, place.start, place.end) == ("birch-2031-p02-s1", 60, 77)
    assert place.words == "The Courier erred"
    assert [(one.start, one.end) for one in bench.find("Norland")] == [(39, 46), (98, 105)]


@pytest.mark.parametrize(("start", "end", "rule"), [(50, 70, "must lie in one sentence"), (59, 60, "must be words")])
def test_words_of_two_sentences_or_none_are_refused(bench, start, end, rule):
    with pytest.raises(ValueError, match=rule):
        bench.choose(start, end)
    assert bench.passage is None


def test_a_copy_that_is_another_text_is_refused(book):
    (book / "texts" / "birch-2031.txt").write_text("Another text.", encoding="utf-8")
    with pytest.raises(ValueError, match="must be the text of the ledger, by its SHA-256"):
        Workbench(book / "data", book / "texts", "birch-2031")
    with pytest.raises(ValueError, match="add it with new-text"):
        Workbench(book / "data", book / "texts", "cedar-2032")


# Writing ---------------------------------------------------------------------------------------------------


def test_a_claim_is_on_the_disk_at_once_with_its_id_its_passage_and_what_follows(book, bench):
    choose(bench, "erred in its article")
    bench.write("claim", bench.defaults("claim") | COPIED)
    row = last(book, "claims")
    assert (row["claim_id"], row["sentence_id"]) == ("birch-2031-c004", "birch-2031-p02-s1")
    assert (row["start"], row["end"]) == ("72", "92")
    assert (row["relation"], row["layer"], row["checkable"]) == ("errs_in", "content", "true")
    assert row["chain_id"] == "birch-2031-k01"
    again = Workbench(book / "data", book / "texts", "birch-2031")
    assert again.claim == "birch-2031-c004"


def test_what_validation_says_of_the_new_row_stands_apart_from_what_else_is_open(bench):
    before = bench.standing()
    assert (before.here, before.open) == ([], [])
    choose(bench, "erred in its article")
    bench.write("claim", bench.defaults("claim") | COPIED)
    now = bench.standing()
    assert len(now.here) == 1
    assert "birch-2031-c004: a checkable claim must have evidence or a search" in now.here[0]
    assert now.told == "birch-2031: 1 of 2 sentences left"
    write(bench, "search", looked_for="The article", where="The archive of the paper")
    assert bench.standing().told == "birch-2031: 0 of 2 sentences left"


def test_an_opinion_is_not_checkable_and_a_statement_is_of_the_layer_said(book, bench):
    choose(bench, "erred in its article")
    bench.write("claim", bench.defaults("claim") | COPIED | {"claims.kind": "opinion"})
    row = last(book, "claims")
    assert (row["checkable"], row["not_checkable_reason"]) == ("false", "opinion")
    bench.write(
        "claim", bench.defaults("claim") | COPIED | {"claims.kind": "statement", "claims.statement": "So it is."}
    )
    assert last(book, "claims")["layer"] == "said"


def test_the_link_that_a_said_claim_waits_for_is_offered(book, bench):
    choose(bench, "erred in its article")
    for statement, kind in (("The Courier said so.", "statement"), ("So it is.", "event")):
        bench.write("claim", bench.defaults("claim") | COPIED | {"claims.statement": statement, "claims.kind": kind})
    bench.write("link", bench.defaults("link"))
    row = last(book, "claim_links")
    assert (row["claim_id"], row["type"], row["related_claim_id"]) == (
        "birch-2031-c005",
        "content_of",
        "birch-2031-c004",
    )
    assert "claim_links.related_claim_id" not in bench.defaults("link")


def test_a_quantity_is_told_by_its_claim_and_one_that_is_there_by_another_as_well(book, bench):
    choose(bench, "nothing")
    given = {"value": "0", "unit": "rockets", "measure": "rockets sold", "stage": "other", "arms_deal": "false"}
    write(bench, "quantity", **given, **{"claim_id": "birch-2031-c003"})
    assert last(book, "quantities")["quantity_id"] == "birch-2031-q01"
    assert last(book, "quantity_claims") == {
        "quantity_id": "birch-2031-q01",
        "claim_id": "birch-2031-c003",
        "wording": "nothing",
    }
    before = rows(book / "data" / "quantities.csv")
    write(bench, "quantity", quantity_id="birch-2031-q01", claim_id="birch-2031-c001")
    assert rows(book / "data" / "quantities.csv") == before
    assert last(book, "quantity_claims")["claim_id"] == "birch-2031-c001"


def test_the_claim_around_the_chosen_words_is_preset_the_shortest_before_the_last_and_else_the_last(book, bench):
    choose(bench, "The Courier erred in its article")
    bench.write("claim", bench.defaults("claim") | COPIED)
    choose(bench, "erred in its article")
    bench.write("claim", bench.defaults("claim") | COPIED | {"claims.statement": "Shorter."})
    choose(bench, "Norland")
    bench.write("claim", bench.defaults("claim") | COPIED | {"claims.statement": "The last."})
    around = {"article": "birch-2031-c005", "Courier erred in": "birch-2031-c004", "River": "birch-2031-c006"}
    for words, claim in around.items():
        choose(bench, words)
        assert bench.defaults("quantity")["quantity_claims.claim_id"] == claim


@pytest.mark.parametrize(
    ("words", "value"), [("single", None), ("River Brigade", None), ("1,2 млрд крон", "1200000000")]
)
def test_the_number_that_the_chosen_words_tell_is_proposed_in_the_language_of_the_text(folder, book, words, value):
    if value:
        folder.set("sources.csv", 3, "language", "ru-RU")
    bench = Workbench(book / "data", book / "texts", "birch-2031")
    choose(bench, "single")
    bench.passage = dataclasses.replace(bench.passage, words=words)
    given = bench.defaults("quantity")
    assert given.get("quantities.value") == value
    assert given["quantity_claims.wording"] == words


def test_a_claim_that_a_row_named_after_words_were_chosen_is_preset_for_the_next(bench):
    choose(bench, "erred in its article")
    bench.write("claim", bench.defaults("claim") | COPIED)
    choose(bench, "article")
    given = {"looked_for": "The article", "where": "The archive"}
    write(bench, "search", **given, claim_id="birch-2031-c001")
    assert bench.defaults("search")["searches.claim_id"] == "birch-2031-c001"


def test_an_event_gets_its_id_its_days_and_an_actor_a_row(book, bench):
    given = {"summary": "The paper prints an article on rockets.", "date_start": "2030-03-01", "date_end": "2030-03-31"}
    write(bench, "event", **given, date_basis="stated", actor="vestria-courier | norland", recipient="river-brigade")
    row = last(book, "events")
    assert row["event_id"] == "ev-2030-the-paper-prints-an-article"
    assert (row["date_precision"], row["mode"]) == ("month", "happened")
    assert last(book, "event_claims")["claim_id"] == "birch-2031-c003"
    named = [(r["actor_id"], r["role"]) for r in rows(book / "data" / "event_actors.csv")[-3:]]
    assert named == [("vestria-courier", "actor"), ("norland", "actor"), ("river-brigade", "recipient")]


def test_a_new_chain_begins_with_the_voice_of_the_text_and_takes_further_hops(book, bench):
    write(bench, "chain", actor_id="vestria-courier", verb="reports")
    mine = [row for row in rows(book / "data" / "chains.csv") if row["chain_id"] == "birch-2031-k02"]
    assert [(row["hop"], row["verb"]) for row in mine] == [("1", "relays"), ("2", "reports")]
    write(bench, "chain", actor_id="norland", verb="says", chain_id="birch-2031-k02")
    assert last(book, "chains")["hop"] == "3"


def test_a_mention_and_a_number_that_is_none_rest_on_the_chosen_words(book, bench):
    choose(bench, "rocket")
    write(bench, "mention", actor_id="norland")
    assert last(book, "mentions")["as_written"] == "rocket"
    choose(bench, "single")
    write(bench, "number", reason="no number")
    assert last(book, "number_exceptions")["exception_id"] == "birch-2031-x02"
    bench.passage = None
    with pytest.raises(RefusedError, match="choose the words of the text"):
        write(bench, "mention", actor_id="norland")


def test_evidence_follows_its_publication_and_its_stance(book, bench):
    known = next(row for row in rows(book / "data" / "evidence.csv") if row["reference"])
    given = {"reference": known["reference"], "finding": "The paper says so.", "reliability": "B"}
    write(bench, "evidence", **given, stance="asserts", claim_id="birch-2031-c002")
    row = last(book, "evidence")
    assert row["evidence_id"].startswith("birch-2031-c002-e")
    assert (row["interested"], row["affirms"], row["origin"]) == ("true", "", known["origin"])
    write(bench, "evidence", **given, stance="qualifies")
    row = last(book, "evidence")
    assert row["claim_id"] == "birch-2031-c002", "the claim that was named last"
    assert (row["interested"], row["affirms"]) == ("false", "true")


def test_what_is_known_of_the_text_and_the_role_of_a_sentence_are_changed_in_place(book, bench):
    before = len(rows(book / "data" / "sources.csv"))
    write(bench, "source", stance="For Norland.")
    [row] = [row for row in rows(book / "data" / "sources.csv") if row["source_id"] == "birch-2031"]
    assert row["stance"] == "For Norland."
    assert len(rows(book / "data" / "sources.csv")) == before
    choose(bench, "Vestria never saw")
    write(bench, "sentence", role="boilerplate")
    assert [r["role"] for r in rows(book / "data" / "sentences.csv") if r["sentence_id"] == "birch-2031-p01-s1"] == [
        "boilerplate"
    ]


@pytest.mark.parametrize(
    ("given", "name", "rule"),
    [
        ({"claims.statement": ""}, "claims.statement", "must not be empty"),
        ({"claims.kind": "rumour"}, "claims.kind", "must be one of: quantity, event"),
        ({"claims.statement": "=1+1"}, "claims.statement", "must not begin like a spreadsheet formula"),
        ({"claims.colour": "red"}, "claims.colour", "is no field of the form claim"),
    ],
)
def test_what_the_schema_does_not_take_is_refused_at_its_field_and_nothing_is_written(book, bench, given, name, rule):
    choose(bench, "erred in its article")
    before = contents(book / "data")
    with pytest.raises(RefusedError) as error:
        bench.write("claim", bench.defaults("claim") | COPIED | given)
    assert list(error.value.rules) == [name]
    assert rule in error.value.rules[name]
    assert contents(book / "data") == before
    assert bench.done == []


def test_a_name_that_leads_nowhere_is_told_at_its_field_before_anything_is_written(bench):
    assert bench.said("mentions.actor_id", "nobody-known") == "must be found in actors.actor_id"
    assert bench.said("event_actors.actor", "norland") == ""
    assert bench.said("searches.date", "6 May") == "must be a date, YYYY-MM-DD"


def test_the_rule_of_the_codebook_stands_at_each_field(bench):
    for form in FORMS:
        for name in bench.fields(form):
            assert bench.rule(name)[0], name
    assert "never checkable" in bench.rule("claims.kind")[1]["opinion"]


def test_the_letter_of_an_origin_on_one_matter_is_written_once(book, bench):
    given = {"origin": "norland", "matter": "its own budget", "reliability": "B", "reason": "The budget is its act."}
    write(bench, "matter", **given)
    assert last(book, "origin_matters") == given
    with pytest.raises(RefusedError, match="the key must be unique"):
        write(bench, "matter", **given)
    with pytest.raises(RefusedError, match=r"must be found in origins\.origin"):
        write(bench, "matter", **given | {"origin": "southland"})
    assert not bench.free("origin_matters.origin")


def test_the_row_that_lets_the_ledger_hold_too_much_is_told_so_at_once(bench):
    def told():
        return [line for line in bench.standing().here if "must hold at most" in line]

    choose(bench, "erred in its article")
    bench.write("claim", bench.defaults("claim") | COPIED | {"claims.quote": "erred in its article"})
    assert told() == []
    values = COPIED | {"claims.statement": "More.", "claims.quote": "sold nothing at all to the River Brigade"}
    choose(bench, "sold nothing at all")
    bench.write("claim", bench.defaults("claim") | values)
    sentence, source = told()
    assert (sentence[:13], source[:11]) == ("sentences.csv", "sources.csv")
    assert all("claims.csv:21:quote (40), claims.csv:20:quote (20)" in line for line in (sentence, source))
    write(bench, "search", looked_for="The article", where="The archive")
    assert told() == []


# Correcting ------------------------------------------------------------------------------------------------


def test_a_row_that_is_not_the_last_is_corrected_in_its_place_and_keeps_id_and_passage(book, bench):
    before = rows(book / "data" / "claims.csv")
    at = next(n for n, row in enumerate(before) if row["claim_id"] == "birch-2031-c001")
    assert list(bench.there("claim")) == ["birch-2031-c003", "birch-2031-c002", "birch-2031-c001"]
    assert before[at]["statement"].startswith(bench.there("claim")["birch-2031-c001"].removesuffix(" …"))
    choose(bench, "erred in its article")
    values = bench.given("claim", "birch-2031-c001") | {"claims.statement": "Something else."}
    step = bench.write("claim", values, row="birch-2031-c001")
    after = rows(book / "data" / "claims.csv")
    assert after[at] == before[at] | {"statement": "Something else."}
    assert [row for row in after if row != after[at]] == [row for row in before if row != before[at]]
    assert bench.undo() is step
    assert (step.row, rows(book / "data" / "claims.csv")) == ("birch-2031-c001", before)


def test_what_follows_from_a_corrected_cell_follows_again(book, bench):
    row = {"claims.not_checkable_reason": "vague"}
    bench.write("claim", bench.given("claim", "birch-2031-c002") | row, row="birch-2031-c002")
    [now] = [row for row in rows(book / "data" / "claims.csv") if row["claim_id"] == "birch-2031-c002"]
    assert now["checkable"] == "false"


def test_an_event_that_the_text_tells_is_corrected_without_the_rows_that_hang_on_it(book, bench):
    write(bench, "event", summary="The paper errs.", actor="vestria-courier")
    write(bench, "actor", name="Rowan Pike", kind="person")
    [key] = [key for key, words in bench.there("event").items() if words == "The paper errs."]
    hanging = [rows(book / "data" / f"{table}.csv") for table in ("event_actors", "event_claims")]
    assert "event_actors.actor" not in bench.given("event", key)
    bench.write("event", bench.given("event", key) | {"events.summary": "The paper erred."}, row=key)
    assert (last(book, "events")["event_id"], last(book, "events")["summary"]) == (key, "The paper erred.")
    assert [rows(book / "data" / f"{table}.csv") for table in ("event_actors", "event_claims")] == hanging


@pytest.mark.parametrize(
    ("form", "key", "given", "name", "rule"),
    [
        ("claim", "birch-2031-c099", {}, "", "must be the key of a row of the text"),
        ("claim", "alder-2030-c001", {}, "", "must be the key of a row of the text"),
        ("source", "birch-2031", {}, "", "must be the key of a row of the text"),
        ("claim", "birch-2031-c001", {"claims.statement": ""}, "claims.statement", "must not be empty"),
        ("actor", "norland", {"actors.actor_id": "southland"}, "actors.actor_id", "must stay norland"),
        ("actor", "norland", {"actors.kind": "rumour"}, "actors.kind", "must be one of"),
        ("event", "", {"event_actors.actor": "norland"}, "event_actors.actor", "correct it in event_actors.csv"),
    ],
)
def test_a_correction_that_no_row_can_take_is_refused_and_nothing_is_written(book, bench, form, key, given, name, rule):
    if not key:
        write(bench, "event", summary="The paper errs.", actor="vestria-courier")
        key = next(iter(bench.there("event")))
    before = contents(book / "data")
    values = bench.given(form, key) if key in bench.there(form) else {}
    with pytest.raises(RefusedError) as error:
        bench.write(form, values | given, row=key)
    assert list(error.value.rules) == [name]
    assert rule in error.value.rules[name]
    assert contents(book / "data") == before


def test_evidence_is_not_moved_to_another_claim_because_its_id_names_its_own(bench):
    [key] = list(bench.there("evidence"))[:1]
    with pytest.raises(RefusedError, match=r"evidence\.claim_id: must stay birch-2031-c"):
        bench.write("evidence", {"evidence.claim_id": "birch-2031-c003"}, row=key)


def test_two_links_are_not_made_one_by_a_correction(bench):
    ends = {"claim_id": "birch-2031-c003", "related_claim_id": "birch-2031-c001"}
    for kind in ("repeats", "strains"):
        write(bench, "link", type=kind, **ends)
    key, other = list(bench.there("link"))[:2]
    values = bench.given("link", other)
    with pytest.raises(RefusedError, match="the key must be unique"):
        bench.write("link", values, row=key)
    assert bench.write("link", values, row=other).row == other


# Nothing is lost ---------------------------------------------------------------------------------------------


def test_what_is_taken_back_can_be_done_again_step_by_step(book, bench):
    before = contents(book / "data")
    choose(bench, "erred in its article")
    bench.write("claim", bench.defaults("claim") | COPIED)
    write(bench, "search", looked_for="The article", where="The archive")
    after = contents(book / "data")
    assert bench.undo().values["searches.where"] == "The archive"
    step = bench.undo()
    assert step.values["claims.statement"] == COPIED["claims.statement"]
    assert contents(book / "data") == before
    assert bench.claim == "birch-2031-c003"
    assert bench.undo() is None
    bench.redo()
    bench.redo()
    assert contents(book / "data") == after
    assert bench.redo() is None


def test_a_row_that_another_program_wrote_meanwhile_stays(book, bench, folder):
    choose(bench, "erred in its article")
    bench.write("claim", bench.defaults("claim") | COPIED)
    folder.add("claims.csv", **(last(book, "claims") | {"claim_id": "birch-2031-c009", "statement": "Another."}))
    with pytest.raises(ValueError, match=r"claims\.csv: was changed by something else since"):
        bench.undo()
    bench.write("claim", bench.defaults("claim") | COPIED | {"claims.statement": "A third."})
    assert [row["claim_id"] for row in rows(book / "data" / "claims.csv")[-3:]] == [
        "birch-2031-c004",
        "birch-2031-c009",
        "birch-2031-c010",
    ]


def test_a_write_that_fails_on_its_way_leaves_every_file_as_it_was(book, bench, monkeypatch):
    before, replace, done = contents(book), os.replace, []

    def fails(source, target):
        done.append(target)
        if len(done) == 2:
            raise OSError("no space left")
        replace(source, target)

    monkeypatch.setattr(transaction.os, "replace", fails)
    with pytest.raises(OSError, match="no space left"):
        write(bench, "event", summary="A thing happens.", actor="norland")
    assert contents(book) == before


def test_while_another_command_changes_the_book_nothing_is_written(book, bench):
    with transaction.locked(book), pytest.raises(BlockingIOError, match="is being changed by another command"):
        write(bench, "chain", actor_id="norland", verb="says")
