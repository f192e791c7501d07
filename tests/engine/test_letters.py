"""Identifiers made of names: no letter is lost without a word, and no two names share one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.model.letters import slug, slugs
from claimbook.validation.inspection import SLUG


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Łukasz Żak", "lukasz-zak"),
        ("Александр К.", "aleksandr-k"),
        ("Côte d’Ivoire", "cote-d-ivoire"),
        ("Đorđe Ђурић", "dorde-djuric"),
        ("Wołoʼdymyr & Søn, 2nd", "wolodymyr-son-2nd"),
        ("Straße ﬁne Ⅻ", "strasse-fine-xii"),
        ("Zak", "zak"),
        ("Żak", "zak"),
        ("新华社", ""),
        ("李 Wei", ""),
        ("وكالة فارس 2", ""),
        ("…", ""),
    ],
)
def test_a_name_is_transliterated_or_gives_no_identifier(name, made):
    assert slug(name) == made


@given(st.text())
def test_a_slug_is_an_identifier_or_empty(name):
    assert re.fullmatch(f"(?:{SLUG})?", slug(name))


@given(st.lists(st.sampled_from(["Żak", "Zak", "zak", "新华社", "中国", "", "name-1", "Name 1"]), max_size=8))
def test_every_name_gets_an_identifier_of_its_own(names):
    given_ids = slugs(names, "name")
    assert list(given_ids) == list(dict.fromkeys(names))
    assert len(set(given_ids.values())) == len(given_ids)
    assert all(re.fullmatch(SLUG, made) for made in given_ids.values())
