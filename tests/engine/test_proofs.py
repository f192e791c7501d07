"""Sentences that carry their proof."""

import numpy as np
import pytest

from claimbook.view.proofs import NotBorneOutError, Sentence, finding, year


def test_a_sentence_that_the_data_bear_out_is_filled_with_their_numbers():
    said = finding("Orders fell from {before} to {now}.", before=1400, now=6, holds=6 < 1400)
    assert said == "Orders fell from 1,400 to 6."
    assert isinstance(said, str)
    assert said._repr_html_() == "<p>Orders fell from 1,400 to 6.</p>"


def test_a_sentence_that_the_data_no_longer_bear_out_stops_with_its_words_and_values():
    with pytest.raises(NotBorneOutError, match=r"'Orders fell to 14\.': is not borne out .* \(values: now = 14\)"):
        finding("Orders fell to {now}.", now=14, holds=14 < 6)


@pytest.mark.parametrize("holds", [np.bool_(True), np.int64(3) > 2])
def test_a_comparison_of_numpy_is_a_proof(holds):
    assert finding("They rose.", holds=holds) == "They rose."


@pytest.mark.parametrize("holds", [1, "yes", [True], None])
def test_what_is_merely_not_empty_proves_nothing(holds):
    with pytest.raises(TypeError, match="must be True or False"):
        finding("They rose.", holds=holds)


@pytest.mark.parametrize("text", ["Orders fell to 6.", "In 2017 they rose.", "{n} of 14 rose.", "About 1,459 million."])
def test_no_number_is_typed_into_a_sentence(text):
    values = {"n": 3} if "{n}" in text else {}
    with pytest.raises(ValueError, match="give a number as a value"):
        finding(text, holds=True, **values)


@pytest.mark.parametrize("text", ["The S-400 is not listed.", "Resolution ES-11/1 was adopted.", "The T-72B3 is."])
def test_a_number_may_be_part_of_a_name(text):
    assert finding(text, holds=True) == text


def test_a_value_that_the_sentence_does_not_have_is_a_mistake():
    with pytest.raises(ValueError, match="orders: is not in the sentence"):
        finding("They rose.", orders=3, holds=True)


def test_numbers_are_written_as_a_reader_writes_them():
    said = finding("{a}, {b}, {c}, {d}.", a=0.83456, b=1459.26, c=np.int64(4720), d=year(2001), holds=True)
    assert said == "0.8346, 1,459, 4,720, 2001."
    assert finding("It is rated {now:.2f}.", now=0.5, holds=True) == "It is rated 0.50."


def test_a_lead_is_marked_as_one():
    assert str(Sentence("They rose.").paragraph("More.", lead=True)) == '<p class="cb-lead">They rose. More.</p>'


def test_a_value_that_the_sentence_needs_is_named():
    with pytest.raises(ValueError, match=r"'Orders fell to \{now\}\.': now: the sentence needs this value"):
        finding("Orders fell to {now}.", holds=True)
