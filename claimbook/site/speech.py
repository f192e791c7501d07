"""How the words of a sentence are compared: their forms, numbers in any writing, words that say the same.

As in :mod:`claimbook.site.folding` the rules are data, which the page's script gets and applies like the build. A rule
is a pair of a regular expression and what replaces it, written as Python writes it; expressions keep to what Python and
JavaScript understand alike, and meet text that is folded already.
"""

import re

from claimbook.model.letters import fold
from claimbook.site.folding import WORD
from claimbook.site.synonyms import SYNONYMS

STOP = """
a about actually after against all am an and any anything are as at be because been before between but by can could did
do does during ever every for from had has have he her him his how i if in into is it its just me mean means much many
my of on or our over really she should since so some somebody someone something tell than that the their them then there
these they this those through to true under until was we were what when where which who whom whose why will with would
you your ll ve re don doesn didn isn wasn weren hasn haven couldn wouldn shouldn
"""
"""Words that ask or join and tell nothing of a subject."""

FORMS = """
agree agreement
begin began begun
bring brought
build built
buy bought
choose chose chosen
come came
deny denial
fall fell fallen
fight fought
find found
get got
give gave given
go went gone
grow grew grown growth
hold held
invade invasion
know knew known
lead led
lose lost loss
make made
man men
meet met
pay paid payment
rise rose risen
say said
see saw seen
sell sold sale
send sent
ship shipment
shoot shot
show shown
speak spoke spoken
spend spent
steal stole stolen
take took taken
think thought
win won
woman women
write wrote written
"""
"""Forms that no ending shows; a line gives a word and its others."""

ENDINGS = (
    ("^(.{5,})ly$", r"\1"),
    ("^(.{2,}[^sui])s$", r"\1"),
    ("^(?:(.{3,}?)(?:ian|ia)|(.{5,}?)(?:an|a|i))$", r"\1\2"),
    ("^(.{2,}er)(?:y|ie)$", r"\1"),
    ("^(?=.*[aeiouy].+(?:ed|ing)$)(.{3,})(?:ed|ing)$", r"\1"),
    (r"^(.{2,}?)([bdgmnprt])\2$", r"\1\2"),
    ("^(.{3,})(?:er|or)$", r"\1"),
    ("^(.{4,}[st])ion$", r"\1"),
    ("^(.{3,})e$", r"\1"),
    ("^(.{2,})y$", r"\1i"),
)
"""What is taken from a word's end, in order; a word with other characters than a to z keeps its end."""

WRITTEN = (
    ("['’]s(?![a-z0-9])", ""),
    (r"([a-z])\.(?=[a-z]\.)", r"\1"),  # u.n., u.k.
    ("half an? billion(?![a-z])", "500 million"),
    ("half an? million(?![a-z])", "500000"),
    ("([0-9]),(?=[0-9]{3}(?![0-9]))", r"\1"),
    ("([0-9])(?: ?bn|b)(?![a-z0-9])", r"\1 billion"),
    ("([0-9])(?: ?mln| ?mn|m)(?![a-z0-9])", r"\1 million"),
    ("([0-9])k(?![a-z0-9])", r"\1 thousand"),
    ("[$]", " dollar "),
    ("€", " euro "),
    ("£", " pound "),
)
"""What is written in several ways, before marks and signs are gone."""

UNITS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen
"""
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: n for n, word in enumerate(UNITS.split())} | {word: 10 * n + 20 for n, word in enumerate(TENS.split())}
TIMES = {"hundred": 100, "thousand": 1000}
"""Numbers as words; millions and more stay words, as they are written beside digits."""


def lines(text: str) -> list[list[str]]:
    """Return the words of each line that has some."""
    return [line.split() for line in text.splitlines() if line.strip()]


IRREGULAR = {other: form for form, *others in lines(FORMS) for other in others}


def stem(word: str) -> str:
    """Return what a folded word has in common with its other forms.

    Examples
    --------
    >>> {stem(word) for word in ("deny", "denies", "denied", "denials")}
    {'deni'}
    """
    word = IRREGULAR.get(word) or IRREGULAR.get(re.sub("s$", "", word), word)
    if re.fullmatch("[a-z]+", word):
        for end, rest in ENDINGS:
            word = re.sub(end, rest, word)
    return word


def words(text: str) -> list[str]:
    """Return the folded words of `text`, in order, with numbers as digits.

    Examples
    --------
    >>> words("Five hundred twenty-eight; half a billion, €7bn")
    ['528', '500', 'million', 'euro', '7', 'billion']
    """
    text = fold(text)
    for pattern, replacement in WRITTEN:
        text = re.sub(pattern, replacement, text)
    out: list[str] = []
    open_ = False  # whether the number that stands last can go on
    for word in re.findall(WORD, text):
        last = int(out[-1]) if open_ else 0
        if word in SMALL:
            adds = open_ and last > 0 and last % (10 if SMALL[word] < 10 else 100) == 0
            if adds:
                out.pop()
            out.append(str((last if adds else 0) + SMALL[word]))
            open_ = True
        elif word in TIMES:
            factor = int(out.pop()) if out and re.fullmatch("[0-9]+", out[-1]) else 1
            out.append(str(factor * TIMES[word]))
            open_ = True
        else:
            out.append(word)
            open_ = False
    return out


COMMON = """
able about above accept accord according account across act add again ago agree ahead allege allow almost along
already also although always among announce another apart appear area around aside ask attempt away back bad base
basic become begin behind believe below best better beyond big bit both bound bring broad build call care careful
case catch cause century certain chance change choice choose claim clear close come common complete confirm consider
continue country course cut daily day deal decade decide declare deep describe different directly do double down
each early easy effect effort either else end enough especially essentially even event ever exact except exist
expect explain face fact fall far feel few final find first flat follow force former four free fresh front full
further game general get give go gone good government great group grow hand hard head heavy help high his hold hope
hour however huge idea important include increase indeed insist instance instead issue join keep key kind know large
last late lay lead learn least leave less let level like line little live long look lose lot low main make man
matter may maybe meanwhile member mention mere middle might minute moment month more morning most mostly move must
name near nearly necessary need never new next night no nobody none nor note nothing now number object obvious off
offer often old once one only open order ordinary other out own part particular pass past people per percent perhaps
person pick piece place plan play point possible present problem public pull purpose push put question quite raise
rare rather reach real recent recently remain report require rest result return right role room rule run same say
second see seek seem self serve set several share short show side simple simply since single small sort sound
special spot stage start state statement stay step stick still stop story straight street strong subject such sudden
suggest support suppose supposed sure surely take talk team than thank thing think third though thought three
throughout time today together told too top total touch toward truth try turn two type typical under understand up
upon use usual usually value various very via view wait want warm way week welcome well whatever whether while whole
wide within without wonder word work world year yes yesterday yet young
"""
"""Words of any story: that two sentences share one says less than its rareness in a book would."""


ASKING = """
according actual actually anybody anyone apparent contain correct correctly else evidence exact exactly figure identify
known likely list listed match mention mentioned name named original possibly real record recorded say source
supposedly tell truly version view
"""
"""Words with which a question is put: they say what is wanted of a subject, and seldom which."""


def concepts() -> dict[str, list[int]]:
    """Return per stem the lines of :data:`claimbook.site.synonyms.SYNONYMS` that hold it."""
    found: dict[str, list[int]] = {}
    for number, group in enumerate(lines(SYNONYMS)):
        for word in group:
            if number not in found.setdefault(stem(word), []):
                found[stem(word)].append(number)
    return found


RULES = {
    "stop": STOP.split(),
    "irregular": IRREGULAR,
    "endings": ENDINGS,
    "written": WRITTEN,
    "small": SMALL,
    "times": TIMES,
    "common": sorted({stem(word) for word in COMMON.split()}),
    "asking": sorted({stem(word) for word in ASKING.split()}),
    "concepts": concepts(),
}
"""How words are made alike and weighed, as the page's script gets it."""
