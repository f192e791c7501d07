"""Care for people named: whose name a claim has, however it is written, and whose it only seems to have."""

import unicodedata
from dataclasses import replace

import pandas as pd
import pytest

from claimbook.analysis import care
from claimbook.model import ledger
from claimbook.view import exercise
from claimbook.view.assessments import Assessments

CLAIM = "alder-2030-c001"


@pytest.fixture
def small(folder):
    return ledger.load(folder.path)


def about(small, name, kind, statement, *, spellings=(), others=(), **cells):
    """Tell whether a claim on two states and with this statement is taken to be on the actor of this name."""
    new = [("x-actor", name, kind), *((f"x-other-{i}", *other) for i, other in enumerate(others))]
    actors = pd.DataFrame(
        [{"actor_id": a, "name": n, "kind": k, "living": True if k == "person" else pd.NA} for a, n, k in new]
    )
    actors = pd.concat([small.actors[small.actors["kind"] == "state"], actors.astype({"living": "boolean"})])
    mentions = pd.DataFrame([{"actor_id": a, "as_written": w, "epithet": ""} for a, w in spellings])
    mentions = pd.concat([small.mentions.iloc[:0], mentions])
    cells = {"subject": "norland", "object": "vestria", "quote": "", "statement": statement} | cells
    claims = small.claims[small.claims["claim_id"] == CLAIM].assign(**cells)
    tables = {**small.tables, "actors": actors.fillna({"iso3": ""}), "mentions": mentions, "claims": claims}
    part = replace(small, tables=tables)
    found = care.claims_about(part)
    assert found <= {CLAIM}
    assert Assessments(part).careful == found
    assert exercise.choose(part).empty == bool(found)
    return bool(found)


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("Acme Inc.", "Norland buys rockets from Acme Inc."),
        ("Acme Inc.", "Acme Inc. sells rockets to Vestria."),
        ("Acme Inc.", "Rockets of Acme Inc were seen in Vestria."),
        ("Acme Inc.", "Acme's rockets were seen in Vestria."),
        ("Leonardo S.p.A.", "Norland pays Leonardo for helicopters."),
        ("OAO Almaz-Antey", "Norland owes “Almaz–Antey” money."),
        ("Bain & Co.", "Norland asked Bain for advice."),
        ("Procter & Gamble Company", "Norland buys soap from Procter & Gamble."),
        ("Yahoo!", "Norland reads the mail that Yahoo! carries."),
        ("Yahoo!", "Norland reads Yahoo’s mail."),
        ("AT&T", "Norland listens in with AT&T’s help."),
        ("¡Hola!", "Norland bought Hola, a magazine."),
        ("McDonald's", "Norland closes every McDonald’s."),
        ("Rolls-Royce plc", "The engines are Rolls\u2011Royce engines."),
        ("eBay", "Norland sells old tanks on eBay."),
        ("adidas", "Adidas clothes Norland's army."),
        ("3M", "Norland buys masks of 3M."),
        ("Defense Systems, interstate group", "The seller is Defense Systems."),
        ("Société Générale", "Norland banks with Societe Generale."),
        ("Łucznik Radom", "Norland's rifles are by Lucznik Radom."),
        ("Ростех", "Norland's rifles are by «Ростех»."),
        ("华为", "诺兰购买华为的设备。"),
        ("삼성", "노를란드는 삼성에서 산다."),
        ("टाटा मोटर्स", "नॉरलैंड टाटा मोटर्स से खरीदता है।"),
        ("شركة النور", "تشتري نورلاند من شركة النور."),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_company_is_found_however_its_name_is_written(small, name, statement, form):
    assert about(small, unicodedata.normalize(form, name), "company", statement)
    assert about(small, name, "company", unicodedata.normalize(form, statement))
    assert not about(small, name, "state", statement)


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("Vladimir Putin", "Putin's government restricts the press."),
        ("Vladimir Putin", "The anti-Putin movement was banned."),
        ("Vladimir Putin", "PUTIN IN VESTRIA."),
        ("Bashar al-Assad", "The government of Assad survives."),
        ("Bashar al-Assad", "Al-Assad survives."),
        ("Charles de Gaulle", "De Gaulle left the alliance."),
        ("Ursula von der Leyen", "The Von der Leyen commission fell."),
        ("Robert Ford Jr.", "The party of Ford won."),
        ("Pat O'Brien", "O’Brien's house was searched."),
        ("Hossein Amir-Abdollahian", "The office of Amir Abdollahian is closed."),
        ("Ebrahim Raïsi", "Raisi's promise was kept."),
        ("Jarosław Kaczyński", "Kaczynski's party governs."),
        ("İlham Əliyev", "Norland thanks Əliyev."),
        ("Владимир Путин", "Указ Путин подписал."),
        ("习近平", "诺兰感谢习近平主席。"),
    ],
)
def test_a_person_is_found_by_the_last_name(small, name, statement):
    assert about(small, name, "person", statement)


@pytest.mark.parametrize(
    ("name", "kind", "statement"),
    [
        ("Target", "company", "Norland missed its target."),
        ("Acme Inc.", "company", "The acme of its power has passed; Acmeists rule."),
        ("Acme Inc.", "company", "Inc. is a legal form."),
        ("unnamed company", "company", "Unnamed officials of a company met."),
        ("Unnamed company", "company", "Unnamed officials of a company met."),
        ("Vladimir Putin", "person", "Vladimir Ivanov left; Putinism stays."),
        ("Theresa May", "person", "The war began in May 2021."),
        (
            "an official of the Ministry of Defence",
            "person",
            "The Ministry of Defence denied it. Defence costs rose.",
        ),
        ("Unnamed spokesman for Acme", "person", "Acme sells rockets."),
        ("NATO spokeswoman, not named", "person", "NATO held an exercise."),
        ("!!!", "company", "Norland won!!!"),
    ],
)
def test_words_that_are_not_the_name_are_not_taken_for_it(small, name, kind, statement):
    assert not about(small, name, kind, statement)
    assert about(small, name, kind, statement, object="x-actor")


def test_a_month_is_a_name_where_more_of_the_name_stands(small):
    assert about(small, "Theresa May", "person", "Theresa May spoke in the summer.")
    assert about(small, "Theresa May", "person", "Mrs May spoke.", spellings=[("x-actor", "Mrs May")])
    assert not about(small, "Theresa May", "person", "It was in May.", spellings=[("x-actor", "May")])


def test_a_month_in_the_language_of_any_text_is_no_name(small):
    assert about(small, "Иван Май", "person", "Был Май.")
    sources = small.sources.assign(language="ru")
    assert not about(replace(small, tables=small.tables | {"sources": sources}), "Иван Май", "person", "Был Май.")


@pytest.mark.parametrize("kind", ["person", "company"])
def test_a_name_that_a_state_has_too_does_not_tell_who_is_meant(small, kind):
    state = [("Georgia", "state")]
    assert not about(small, "Georgia", kind, "Georgia left the alliance.", others=state)
    assert about(small, "Georgia", kind, "Georgia left the alliance.")
    assert about(small, "Ann Georgia", "person", "Ann Georgia left.", others=state)
    assert not about(small, "Ann Georgia", "person", "Georgia left.", others=state)


def test_other_spellings_of_a_text_are_names_where_they_name(small):
    spelled = [("x-actor", "Rosoboroneksport"), ("x-actor", "the exporter"), ("x-actor", "President")]
    for statement, expected in (
        ("Rosoboroneksport denies it.", True),
        ("The exporter denies it.", False),
        ("President Reed denies it; he has been president for long.", False),
    ):
        assert about(small, "Rosoboronexport", "company", statement, spellings=spelled) == expected
    written = [("x-actor", "Siemon Wezemaen")]
    assert about(small, "Siemon Wezeman", "person", "Wezemaen's count differs.", spellings=written)
    both = [("x-actor", "the Palace"), ("norland", "the Palace")]
    assert not about(small, "Ann Reed", "person", "The Palace denies it.", spellings=both)
    assert about(small, "Ann Reed", "person", "The Palace denies it.", spellings=both[:1])


@pytest.mark.parametrize("column", ["quote", "subject", "object"])
def test_the_quote_and_words_for_a_side_are_looked_at_too(small, column):
    assert about(small, "Ann Reed", "person", "She denies it.", **{column: "the word of Reed"})
    assert not about(small, "Ann Reed", "person", "She denies it.", **{column: "the word of another"})


def test_who_is_not_known_to_be_dead_is_taken_to_be_living(small):
    living = small.actors.assign(living=small.actors["living"].mask(small.actors["actor_id"] == "oda-brandt", pd.NA))
    dead = small.actors.assign(living=small.actors["living"].mask(small.actors["actor_id"] == "oda-brandt", False))
    said = {"alder-2030-c006", "alder-2030-c008", "alder-2030-c009"}
    assert said <= care.claims_about(replace(small, tables={**small.tables, "actors": living}))
    assert not said & care.claims_about(replace(small, tables={**small.tables, "actors": dead}))
