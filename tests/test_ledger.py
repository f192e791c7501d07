"""What the ledger says of each text: the counts and lists that the texts themselves fix."""

import pytest

from claimbook import chains, dates, ledger

BOOK = ledger.load(ledger.data_dir())
TEXTS = list(BOOK.sources["source_id"])

SENTENCES = {"wnd-2001": 20, "srebrnik-2023": 38, "defence-ua": 49, "walsh-2021": 26}
SPEAKERS = {
    "wnd-2001": {
        "worldnetdaily",
        "putin",
        "voice-of-russia",
        "rferl",
        "unnamed-report",
        "us-and-israeli-intelligence-sources",
        "wezeman",
        "belarus-foreign-ministry-official",
        "unnamed-observers",
        "unnamed-questioners",
        "election-observers",
        "russia",
    },
    "srebrnik-2023": {"srebrnik", "putin", "lukashenko", "belarus-foreign-ministry", "ukraine", "raisi", "irna"},
    "defence-ua": {
        "defence-ua-author",
        "russia",
        "russia-today",
        "abu-marzuk",
        "ynetnews",
        "daily-beast",
        "hezbollah-commanders",
    },
    "walsh-2021": {"michael-walsh-writer", "shoigu", "putin", "mezentsev"},
}
# List in the text → how many rows it must give, as (text, relation, subject or None, object or None).
LISTS = [
    ("wnd-2001", "has_close_contacts_with", "belarus", {"libya", "iran", "cuba", "syria"}),
    ("srebrnik-2023", "loyal_to", {"belarus", "eritrea", "north-korea", "syria"}, "russia"),
    (
        "wnd-2001",
        "concluded_arms_contracts_with",
        "belarus",
        {"arab-extremist-groups", "palestinian-extremist-groups", "albanian-muslim-extremist-groups"},
    ),
]
WEAPONS_TO_SYRIA = 9


@pytest.mark.parametrize("source_id", TEXTS)
def test_every_sentence_is_there_and_content_carries_claims(source_id):
    text = BOOK.text(source_id)
    assert len(text.sentences) == SENTENCES[source_id]
    content = set(text.sentences[text.sentences["role"] == "content"]["sentence_id"])
    assert set(text.claims["sentence_id"]) == content


@pytest.mark.parametrize("source_id", TEXTS)
def test_every_attributed_speaker_is_in_a_chain(source_id):
    assert SPEAKERS[source_id] <= set(BOOK.text(source_id).chains["actor_id"])


@pytest.mark.parametrize("source_id", TEXTS)
def test_every_text_has_a_thesis_and_every_said_claim_its_content(source_id):
    text = BOOK.text(source_id)
    assert 2 <= (text.claims["weight"] == "thesis").sum() <= 8
    said = set(text.claims[text.claims["layer"] == "said"]["claim_id"])
    links = text.claim_links
    assert said <= set(links[links["type"] == "content_of"]["related_claim_id"])


@pytest.mark.parametrize(("source_id", "relation", "subject", "obj"), LISTS)
def test_lists_are_split(source_id, relation, subject, obj):
    claims = BOOK.text(source_id).claims
    claims = claims[claims["relation"] == relation]
    for column, wanted in (("subject", subject), ("object", obj)):
        assert (wanted if isinstance(wanted, set) else {wanted}) <= set(claims[column])


def test_every_weapon_said_to_reach_syria_is_a_claim():
    claims = BOOK.text("defence-ua").claims
    rows = claims[(claims["relation"] == "supplies_arms_to") & (claims["object"] == "syria") & (claims["item"] != "")]
    assert rows["item"].nunique() == len(rows) == WEAPONS_TO_SYRIA


def test_the_500_million_runs_back_to_unnamed_sources():
    quantity = BOOK.quantities[BOOK.quantities["value"] == 500_000_000].iloc[0]
    assert (quantity["bound"], quantity["stage"], quantity["supplier"]) == ("approximate", "contract", "belarus")
    claim = BOOK.quantity_claims.set_index("quantity_id").loc[quantity["quantity_id"], "claim_id"]
    ends = chains.terminal_sources(BOOK).set_index("claim_id").loc[claim]
    assert ends["hops"] == 4
    assert ends["nameless"]


def test_a_quantity_told_twice_is_one_quantity():
    told = BOOK.quantity_claims.groupby("quantity_id").size()
    programmes = BOOK.quantities[BOOK.quantities["value"] == 28]
    programmes = programmes[programmes["unit"] == "programmes"]
    assert len(programmes) == 1
    assert told[programmes["quantity_id"].iloc[0]] == 2


def test_a_wednesday_that_was_a_thursday_is_found():
    rows = dates.compared(BOOK).set_index("event_id")
    assert rows.loc["ev-2021-union-state-doctrine-signed", "outcome"] == dates.DIFFERS


@pytest.mark.parametrize(
    ("told", "record", "outcome"),
    [
        (("2021-11-03", "2021-11-03"), ("2021-11-04", "2021-11-04"), dates.DIFFERS),
        (("2021-11-01", "2021-11-30"), ("2021-11-04", "2021-11-04"), dates.FITS),
        (("2021-11-04", "2021-11-04"), ("2021-11-01", "2021-11-30"), dates.FITS),
        (("2021-11-01", "2021-11-10"), ("2021-11-05", "2021-11-20"), dates.OVERLAPS),
        (("", "2021-11-30"), ("2021-11-04", "2021-11-04"), dates.FITS),
        (("", "2021-11-03"), ("2021-11-04", "2021-11-04"), dates.DIFFERS),
        (("2021-11-05", ""), ("2021-11-04", "2021-11-04"), dates.DIFFERS),
    ],
)
def test_told_and_recorded_dates_compare(told, record, outcome):
    assert dates.compare(*told, *record) == outcome


def test_one_text_holds_only_its_own_rows():
    for source_id in TEXTS:
        text = BOOK.text(source_id)
        assert text.claims["claim_id"].str.startswith(f"{source_id}-c").all()
        assert set(text.quantities["quantity_id"]) == set(text.quantity_claims["quantity_id"])
        assert set(text.events["event_id"]) == set(text.event_claims["event_id"])
    with pytest.raises(KeyError):
        BOOK.text("nowhere-1999")


def test_records_stand_apart_from_the_tables_and_stay_whole(folder):
    whole = ledger.load(folder.path)
    assert set(whole.records) == {"rocket_deliveries", "league_members"}
    assert not set(whole.records) & set(whole.tables)
    assert whole.records["rocket_deliveries"]["rockets"].sum() == 110
    assert whole.text("birch-2031").records["rocket_deliveries"].equals(whole.records["rocket_deliveries"])


def test_a_text_has_its_own_evidence_searches_and_origins(folder):
    text = ledger.load(folder.path).text("alder-2030")
    assert set(text.evidence["claim_id"]) == {"alder-2030-c001", "alder-2030-c003", "alder-2030-c008"}
    assert text.searches["claim_id"].str.startswith("alder-2030-c").all()
    assert list(text.origins["origin"]) == ["arms-register", "vestria-courier", "norland"]
    assert text.evidence["interested"].dtype == "boolean"


def test_typed_columns_have_their_types():
    assert BOOK.claims["checkable"].dtype == "boolean"
    assert BOOK.claims["start"].dtype == "Int64"
    assert BOOK.quantities["value"].dtype == "Float64"
    assert BOOK.claims["quote"].notna().all()


def test_data_folder_is_found_upward_and_named_by_the_environment(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "datapackage.json").write_text("{}")
    (tmp_path / "chapters").mkdir()
    assert ledger.data_dir(tmp_path / "chapters") == tmp_path / "data"
    monkeypatch.setenv("CLAIMBOOK_DATA", str(tmp_path / "elsewhere"))
    assert ledger.data_dir() == tmp_path / "elsewhere"
    monkeypatch.delenv("CLAIMBOOK_DATA")
    monkeypatch.chdir(tmp_path.parent)
    with pytest.raises(FileNotFoundError, match="CLAIMBOOK_DATA"):
        ledger.data_dir()
