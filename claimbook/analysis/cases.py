"""The cases that the verdict rule was tried on: made-up situations, each with the outcome a fact-checker would reach.

Each case names the principle that decides it and the practice that it follows, or says that none which was read decides
it; each practice names its source, what of the source was read and its words. A test runs every case, and the method
page prints them.
"""

from dataclasses import dataclass

from claimbook.analysis.comparison import compare
from claimbook.analysis.quantities import Interval
from claimbook.analysis.verdicts import PLAIN, Claim, Item, as_of, judge


@dataclass(frozen=True)
class Practice:
    """Whose practice a case follows.

    Attributes
    ----------
    name : str
        What it is called.
    url : str
        Where it was read.
    read : str
        How much of it was read, and what could not be reached.
    words : str
        Its decisive words, at most 25.
    """

    name: str
    url: str
    read: str
    words: str


PRACTICES = {
    "admiralty": Practice(
        "Admiralty code, in the words of STANAG 2511",
        "https://eturwg.c4i.gmu.edu/?q=node/128",
        "The definitions of 2003 as a forum post copies them: the letters whole, of the digits the first and the "
        "opening of the second. That a D is not counted is the book's own. The doctrine AJP-2.1 was not reached.",
        "has been used in the past but has proved more often than not unreliable",
    ),
    "admiralty-independence": Practice(
        "Admiralty code, in the words of STANAG 2511: independence",
        "https://eturwg.c4i.gmu.edu/?q=node/128",
        "The definition of the first digit. That witnesses are counted by who controls them is stricter, and "
        "the book's own.",
        "originates from another source than the already existing information on the same subject",
    ),
    "africa-check": Practice(
        "Africa Check, how claims are rated",
        "https://africacheck.org/how-we-fact-check/how-we-rate-claims",
        "The ratings and the first of the five principles.",
        "Evidence publicly available at this time neither proves nor disproves the statement.",
    ),
    "africa-check-parts": Practice(
        "Africa Check, how claims are rated",
        "https://africacheck.org/how-we-fact-check/how-we-rate-claims",
        "The ratings and the first of the five principles.",
        "contains elements of truth but is either not entirely accurate",
    ),
    "averitec": Practice(
        "AVeriTeC, labels of the shared task",
        "https://huggingface.co/datasets/fever/AVeriTeCFever8Dev/blob/refs%2Fpr%2F1/RULES.md",
        "The rules of evaluation, whole. Of the paper (arXiv 2305.13117) the abstract.",
        "the claim has both supporting and refuting evidence",
    ),
    "cope": Practice(
        "COPE, guidance on retractions",
        "http://allenpress.com/frontmatter/issue/issue-10-2009/retractions-guidance-committee-publication-ethics-cope",
        "The guidance of 2009 as a publisher reprints it.",
        "seriously flawed or erroneous data that their findings and conclusions cannot be relied upon",
    ),
    "factscan": Practice(
        "FactsCan, scoring",
        "http://factscan.ca/scoring/",
        "The page, whole.",
        "at least two credible sources that refute the statement",
    ),
    "full-fact": Practice(
        "Full Fact, three questions",
        "https://fullfact.org/blog/2016/jun/three-questions/",
        "The page, whole. It corrects 453 to 432.",
        "correcting a figure that someone has got wrong",
    ),
    "icd-203": Practice(
        "Intelligence Community Directive 203: contrary information",
        "https://www.dni.gov/files/documents/ICD/ICD-203.pdf",
        "All nine standards, in a copy and not at this address, which another copy gives. That an estimate is no "
        "record is the book's own.",
        "acknowledge significant supporting and contrary information affecting judgments",
    ),
    "icd-203-causes": Practice(
        "Intelligence Community Directive 203: other hypotheses",
        "https://www.dni.gov/files/documents/ICD/ICD-203.pdf",
        "All nine standards, in a copy and not at this address, which another copy gives. That one more cause "
        "refutes a sole cause is logic.",
        "systematic evaluation of different hypotheses to explain events or phenomena",
    ),
    "icd-203-currency": Practice(
        "Intelligence Community Directive 203: age of information",
        "https://www.dni.gov/files/documents/ICD/ICD-203.pdf",
        "All nine standards, in a copy and not at this address, which another copy gives. It bears out that the "
        "newer is preferred; that the older one is not counted is the book's own.",
        "age and continued currency of information",
    ),
    "original": Practice(
        "Rules of evidence: the original writing (FRE 1002)",
        "https://capitolwebsite.azurewebsites.net/hrsarchive/hrs2006/Vol13_Ch0601-0676/HRS0626/HRS_0626-0001-1002.HTM",
        "Hawaii's rule with its commentary, whole; the commentary says that it is the federal rule.",
        "To prove the content of a writing, recording, or photograph, the original",
    ),
    "party": Practice(
        "Rules of evidence: an opposing party's statement (FRE 801(d)(2))",
        "https://rulesofevidence.org/fre/article-viii/rule-801",
        "The rule, up to the last sentence of (d).",
        "The statement is offered against an opposing party",
    ),
    "interest": Practice(
        "Rules of evidence: a statement against interest (FRE 804(b)(3))",
        "https://supreme.justia.com/us/512/594/case.html",
        "The syllabus of Williamson (1994), in excerpt, on the reason for the rule.",
        "reasonable people, even those who are not especially honest, tend not to make self-inculpatory statements "
        "unless they believe them to be true",
    ),
    "interest-corroborated": Practice(
        "Rules of evidence: a statement against interest and its corroboration (FRE 804(b)(3))",
        "http://federalevidence.com/node/289",
        "The rule in the words of 2008, with the start of the note on a proposed change. They ask for this where a "
        "statement is offered to clear an accused; on duress they say nothing.",
        "is not admissible unless corroborating circumstances clearly indicate the trustworthiness of the statement",
    ),
    "absence": Practice(
        "Rules of evidence: absence of a record (FRE 803(7) and (10))",
        "https://law.indiana.edu/instruction/tanford/b723/17records/1706.shtml",
        "A teacher's page on the rule, whole.",
        "a kind of information that would regularly be included in the record if it had occurred",
    ),
    "public-record": Practice(
        "Rules of evidence: public records (FRE 803(8))",
        "https://law-journals-books.vlex.com/vid/-33-12-public-942933105",
        "The opening of a textbook's section.",
        "may be excluded if the sources of information or other circumstances indicate a lack of trustworthiness",
    ),
    "politifact": Practice(
        "PolitiFact, how ratings are determined",
        "http://wral.com/story/how-we-determine-truth-o-meter-ratings/18769075/",
        "The explanation as a partner prints it.",
        "we rate statements based on the information known at the time the statement is made",
    ),
    "reuters": Practice(
        "Reuters Handbook, on sourcing",
        "https://handbook.reuters.com/index.php?title=The_Essentials_of_Reuters_sourcing",
        "The opening.",
        "or cite sources in the plural when we have only one",
    ),
    "reuters-cross-check": Practice(
        "Reuters Handbook, on accuracy",
        "https://handbook.reuters.com/index.php?title=Accuracy",
        "The section on sourcing, in excerpt.",
        "Cross-check information wherever possible. Two or more sources are better than one.",
    ),
    "reuters-unnamed": Practice(
        "Reuters Handbook, on accuracy",
        "https://handbook.reuters.com/index.php?title=Accuracy",
        "The section on sourcing, in excerpt.",
        "Anonymous sources are the weakest sources.",
    ),
    "wikipedia": Practice(
        "Wikipedia, verifiability: exceptional claims",
        "https://www.know.cf/enciclopedia/tab/en/Wikipedia:Verifiability/2cb2bce47fcee7a8d61a9d9532dce195f49a5d8a",
        "The section on exceptional claims, in a copy of the policy.",
        "Any exceptional claim requires multiple high-quality sources.",
    ),
}
"""The practices by key, each with the source that was read."""

OWN = ""
"""The practice of a case that no practice which was read decides: its outcome is the book's own choice."""

ACCUSES = Claim(accusation=True)


@dataclass(frozen=True)
class Case:
    """A made-up situation with the outcome that is right, and why.

    Attributes
    ----------
    situation : str
        What is claimed and what is known, in one plain sentence.
    items : tuple of Item
        The same as evidence.
    verdict : str
        The verdict that is right.
    principle : str
        The principle that decides, a key of :data:`claimbook.analysis.verdicts.PRINCIPLES`.
    practice : str
        Whose practice it follows, a key of :data:`PRACTICES`; :data:`OWN` where none that was read decides it.
    claim : Claim
        What kind of claim it is.
    day : str
        The day as of which it is asked, in ISO 8601; empty where all evidence counts.
    """

    situation: str
    items: tuple[Item, ...]
    verdict: str
    principle: str
    practice: str
    claim: Claim = PLAIN
    day: str = ""

    @property
    def given(self):
        """What the rule gives."""
        return judge(as_of(self.items, self.day) if self.day else self.items, self.claim)


def _said(stance: str, owner: str, letter: str = "B", kind: str = "outlet", **more) -> Item:
    return Item(stance, owner, letter, kind=kind, **more)


def _part(owner: str, key: str, letter: str = "B") -> Item:
    """Return one of two parts, the ``first`` and the ``second``, that together make up the whole."""
    return _said("supports_part", owner, letter, key=key, together=("first", "second"))


def _act(stance: str, owner: str, kind: str = "state", letter: str = "A", **more) -> Item:
    return Item(stance, owner, letter, primary=True, kind=kind, **more)


def _party(stance: str, owner: str, letter: str = "B", kind: str = "state", **more) -> Item:
    return Item(stance, owner, letter, interested=True, kind=kind, name=f"the {owner.replace('-', ' ')}", **more)


def _count(bound: str, told: float, counted: float, owner: str, kind: str, **more) -> Item:
    """Return evidence that counted what was told; its stance follows from the two numbers."""
    low, high = (None if bound == "at_most" else told), (None if bound == "at_least" else told)
    found = compare(bound, Interval(low, high), Interval(counted, counted))
    return Item(found.stance, owner, more.pop("letter", "B"), affirms=found.affirms, kind=kind, **more)


CASES = (
    # Who is a witness, and how many there are.
    Case(
        "Two tabloids repeat that a mayor has a twin; nobody else writes of it.",
        (_said("supports", "daily-shock", "C"), _said("supports", "morning-shock", "C")),
        "not_established",
        "established",
        "reuters-cross-check",
    ),
    Case(
        "Five gossip sites say that a bridge is closed, each in its own words.",
        tuple(_said("supports", f"site-{n}", "C") for n in range(5)),
        "not_established",
        "established",
        OWN,
    ),
    Case(
        "A news agency and a tabloid report a flood, each with a reporter at the place.",
        (_said("supports", "agency", "B", "agency"), _said("supports", "daily-shock", "C")),
        "supported",
        "established",
        "reuters-cross-check",
        ACCUSES,
    ),
    Case(
        "Two newspapers of different houses report that a minister took bribes.",
        (_said("supports", "gazette"), _said("supports", "herald")),
        "supported",
        "accusation",
        "wikipedia",
        ACCUSES,
    ),
    Case(
        "The television and the radio of one state report that a neighbour shelled a village; nobody else does.",
        (_said("supports", "northland"), _said("supports", "northland")),
        "not_established",
        "owner",
        "reuters",
        ACCUSES,
    ),
    Case(
        "Three papers of one publishing house name a banker as a fraud.",
        tuple(_said("supports", "house-of-print") for _ in range(3)),
        "not_established",
        "owner",
        "admiralty-independence",
        ACCUSES,
    ),
    Case(
        "State television says that a harvest failed, and an independent agency of another country says so too.",
        (_said("supports", "northland", "C"), _said("supports", "agency", "B", "agency")),
        "supported",
        "owner",
        "admiralty-independence",
        ACCUSES,
    ),
    Case(
        "A ministry of a state, and the customs union that it forms with another, say that a border post was bribed.",
        (
            _said("supports", "northland", "B", "state"),
            _said("supports", "customs-union", "B", "intergovernmental", joint_of=("northland", "southland")),
        ),
        "not_established",
        "owner",
        "admiralty-independence",
        ACCUSES,
    ),
    Case(
        "A sound newspaper alone reports that a museum opened on a Sunday.",
        (_said("supports", "gazette"),),
        "supported",
        "established",
        OWN,
    ),
    Case(
        "A paper prints what unnamed officials told it of a secret base.",
        (_said("supports", "unnamed-officials", "F", "person"),),
        "not_established",
        "class",
        "reuters-unnamed",
    ),
    Case(
        "Unnamed officials speak of a secret base, and so does a named geographer who photographed it.",
        (_said("supports", "unnamed-officials", "F", "person"), _said("supports", "geographer", "B", "person")),
        "supported",
        "class",
        "reuters-unnamed",
    ),
    # Records.
    Case(
        "The register of a court shows the judgment that a report speaks of.",
        (_act("supports", "court", "court"),),
        "supported",
        "class",
        "public-record",
        ACCUSES,
    ),
    Case(
        "A treaty's text has the article; two readers, not usually reliable, write that it has none.",
        (
            _act("supports", "treaty-office"),
            _said("contradicts", "reader-1", "D"),
            _said("contradicts", "reader-2", "D"),
        ),
        "supported",
        "class",
        "admiralty",
    ),
    Case(
        "A treaty's text has the article; two sound newspapers wrote that it has none.",
        (_act("supports", "treaty-office"), _said("contradicts", "gazette"), _said("contradicts", "herald")),
        "supported",
        "precedence",
        "original",
    ),
    Case(
        "Ten sound newspapers report that a law was passed; the roll call shows that it failed.",
        (*(_said("supports", f"paper-{n}", "A") for n in range(10)), _act("contradicts", "parliament")),
        "contradicted",
        "precedence",
        "original",
    ),
    Case(
        "Ten sound newspapers report a strike; two blogs, not usually reliable, say that there was none.",
        (
            *(_said("supports", f"paper-{n}", "A") for n in range(10)),
            _said("contradicts", "blog-1", "D"),
            _said("contradicts", "blog-2", "D"),
        ),
        "supported",
        "class",
        "admiralty",
    ),
    Case(
        "A leaked letter of doubtful authenticity, and nothing else, says that a general planned a coup.",
        (_act("supports", "leak-site", "outlet", "C"),),
        "not_established",
        "class",
        OWN,
        ACCUSES,
    ),
    Case(
        "A leaked letter of doubtful authenticity says that a port was sold; a newspaper found the buyer.",
        (_act("supports", "leak-site", "outlet", "C"), _said("supports", "gazette")),
        "supported",
        "established",
        "reuters-cross-check",
    ),
    Case(
        "Two states each publish a signed protocol of one meeting, and the two texts say the opposite.",
        (_act("supports", "northland"), _act("contradicts", "southland")),
        "disputed",
        "equal",
        "averitec",
    ),
    Case(
        "A statistics office estimates a crowd, which is no record of it, against a newspaper's count.",
        (_said("supports", "statistics-office", "B", "research"), _said("contradicts", "gazette")),
        "disputed",
        "class",
        "icd-203",
    ),
    # Sides that differ.
    Case(
        "One sound newspaper says that a ferry sank on the way, another that it arrived.",
        (_said("supports", "gazette"), _said("contradicts", "herald")),
        "disputed",
        "equal",
        "averitec",
    ),
    Case(
        "Two sound newspapers say that a ferry sank, two others that it arrived.",
        (
            *(_said("supports", name) for name in ("gazette", "herald")),
            *(_said("contradicts", name) for name in ("courier", "post")),
        ),
        "disputed",
        "equal",
        "averitec",
    ),
    Case(
        "Two sound newspapers saw a ferry arrive, and one wrote that it sank.",
        (_said("supports", "gazette"), _said("supports", "herald"), _said("contradicts", "courier")),
        "supported",
        "precedence",
        "reuters-cross-check",
    ),
    Case(
        "A sound newspaper finds that a school was not closed; a tabloid had said that it was.",
        (_said("supports", "daily-shock", "C"), _said("contradicts", "gazette")),
        "contradicted",
        "precedence",
        OWN,
    ),
    Case(
        "One tabloid says that a singer moved house, another that she did not.",
        (_said("supports", "daily-shock", "C"), _said("contradicts", "morning-shock", "C")),
        "not_established",
        "established",
        "africa-check",
    ),
    Case(
        "Two sound sources refute that a dam broke, and nobody bears it out.",
        (_said("contradicts", "gazette"), _said("contradicts", "engineers", "A", "research")),
        "contradicted",
        "established",
        "factscan",
    ),
    # Accusations and parties.
    Case(
        "One outlet alone reports that a general sold forged passports.",
        (_said("supports", "gazette", "A"),),
        "not_established",
        "accusation",
        "wikipedia",
        ACCUSES,
    ),
    Case(
        "One outlet alone reports that a general opened a bakery.",
        (_said("supports", "gazette", "A"),),
        "supported",
        "accusation",
        OWN,
    ),
    Case(
        "A tabloid accuses a surgeon of fraud; a medical board that looked into it found none.",
        (_said("supports", "daily-shock", "C"), _said("contradicts", "medical-board", "A", "research")),
        "contradicted",
        "accusation",
        OWN,
        ACCUSES,
    ),
    Case(
        "Two sound newspapers report that a state jammed a satellite; its ministry denies it.",
        (_said("supports", "gazette"), _said("supports", "herald"), _party("denies", "ministry")),
        "supported",
        "party",
        "party",
        ACCUSES,
    ),
    Case(
        "A ministry says that it never jammed a satellite; nobody else knows.",
        (_party("denies", "ministry", "A"),),
        "not_established",
        "party",
        "party",
        ACCUSES,
    ),
    Case(
        "An army says that it shot down nine aircraft; nobody else counted.",
        (_party("asserts", "army", "A"),),
        "not_established",
        "party",
        "party",
    ),
    Case(
        "A ministry admits that its pilot crossed the border by mistake, and a newspaper saw it.",
        (_party("admits", "ministry"), _said("supports", "gazette")),
        "supported",
        "admission",
        "interest",
        ACCUSES,
    ),
    Case(
        "A ministry alone admits that its pilot crossed the border.",
        (_party("admits", "ministry"),),
        "not_established",
        "admission",
        "interest-corroborated",
        ACCUSES,
    ),
    Case(
        "A company admits that its new engine is late, which accuses nobody.",
        (_party("admits", "company", kind="company"),),
        "supported",
        "admission",
        "party",
    ),
    Case(
        "A prisoner confesses under duress to a sabotage that a newspaper reports.",
        (_party("admits", "prisoner", "D", "person"), _said("supports", "gazette")),
        "not_established",
        "admission",
        "interest-corroborated",
        ACCUSES,
    ),
    Case(
        "A ministry admits a crossing that a newspaper saw, and a week later denies that it admitted anything.",
        (
            _party("admits", "ministry", key="first"),
            _said("supports", "gazette"),
            _party("denies", "ministry", supersedes="first"),
        ),
        "supported",
        "superseded",
        "party",
        ACCUSES,
    ),
    # Taken back, replaced, not verified.
    Case(
        "A newspaper reports a poisoning and retracts the report; no one else had it.",
        (_said("supports", "gazette", key="report"), _said("silent", "gazette", supersedes="report")),
        "not_established",
        "superseded",
        "cope",
    ),
    Case(
        "A newspaper reports a poisoning and later finds that there was none.",
        (_said("supports", "gazette", key="report"), _said("contradicts", "gazette", supersedes="report")),
        "contradicted",
        "superseded",
        "cope",
    ),
    Case(
        "A newspaper reports a poisoning; a ministry declares the report retracted, which the newspaper did not do.",
        (_said("supports", "gazette", key="report"), _said("silent", "ministry", "A", "state", supersedes="report")),
        "supported",
        "superseded",
        "cope",
    ),
    Case(
        "A yearbook lists six dams; its next edition lists four, and the claim says six.",
        (
            _count("exact", 6, 6, "yearbook", "research", key="first-edition"),
            _count("exact", 6, 4, "yearbook", "research", supersedes="first-edition"),
        ),
        "contradicted",
        "superseded",
        "icd-203-currency",
    ),
    Case(
        "One outlet reports a mass grave of horses; observers went there and could not verify it.",
        (_said("supports", "gazette"), _said("not_verified", "observers", "A", "intergovernmental")),
        "not_established",
        "not_verified",
        "africa-check",
    ),
    Case(
        "Two outlets saw a grave of horses; observers could not verify it.",
        (
            _said("supports", "gazette"),
            _said("supports", "herald"),
            _said("not_verified", "observers", "A", "intergovernmental"),
        ),
        "supported",
        "not_verified",
        "reuters-cross-check",
    ),
    Case(
        "A sound newspaper saw a fair; a blog, not usually reliable, says that it could not verify it.",
        (_said("supports", "gazette"), _said("not_verified", "blog", "D")),
        "supported",
        "not_verified",
        "admiralty",
    ),
    # Numbers.
    Case(
        "Five hundred trams are told, and the transport register counts five.",
        (_count("exact", 500, 5, "transport-register", "state", letter="A", primary=True),),
        "contradicted",
        "number",
        "full-fact",
    ),
    Case(
        "Some 500 visitors are told, and the ticket office counted 512.",
        (_count("approximate", 500, 512, "ticket-office", "company"),),
        "supported",
        "number",
        "full-fact",
    ),
    Case(
        "453 schools are told, and the ministry's table, read by a researcher, has 432.",
        (_count("exact", 453, 432, "researcher", "research"),),
        "partly_supported",
        "number",
        "full-fact",
    ),
    Case(
        "More than 500 visitors are told, and the ticket office counted 430.",
        (_count("at_least", 500, 430, "ticket-office", "company"),),
        "contradicted",
        "number",
        "full-fact",
    ),
    # Parts.
    Case(
        "Two ships are said to have sailed on Monday; a port log shows that one did.",
        (_act("qualifies", "port", affirms=True),),
        "partly_supported",
        "part",
        "africa-check-parts",
    ),
    Case(
        "Two newspapers say that a law bans all fireworks; a third read it and says that it bans the loud ones.",
        (_said("supports", "gazette"), _said("supports", "herald"), _said("qualifies", "courier", affirms=True)),
        "partly_supported",
        "part",
        "africa-check-parts",
    ),
    Case(
        "One newspaper reports that a judge took two bribes; a fair source saw one of them paid.",
        (_said("supports", "gazette"), _said("qualifies", "bystander", "C", "person", affirms=True)),
        "partly_supported",
        "part",
        "wikipedia",
        ACCUSES,
    ),
    Case(
        "A newspaper reports that a minister resigned and moved abroad; another reports the resignation alone.",
        (_said("supports", "gazette"), _said("supports_part", "herald")),
        "supported",
        "part",
        "original",
    ),
    Case(
        "Of a law said to ban fireworks and bonfires, two newspapers report the ban on fireworks and no more.",
        (_said("supports_part", "gazette"), _said("supports_part", "herald")),
        "partly_supported",
        "part",
        "africa-check-parts",
    ),
    Case(
        "Fires are told in two towns; one newspaper reports the one, another the other.",
        (_part("gazette", "first"), _part("herald", "second")),
        "supported",
        "together",
        OWN,
    ),
    Case(
        "Fires are told in two towns; a newspaper reports the one, only a tabloid the other.",
        (_part("gazette", "first"), _part("tabloid", "second", "C")),
        "partly_supported",
        "together",
        OWN,
    ),
    Case(
        "A company is said to have poured waste into two rivers; one newspaper saw the one, another the other.",
        (_part("gazette", "first"), _part("herald", "second")),
        "partly_supported",
        "together",
        OWN,
        Claim(accusation=True),
    ),
    Case(
        "A law's text bans all fireworks; a newspaper writes that it bans the loud ones.",
        (_act("supports", "parliament"), _said("qualifies", "gazette", affirms=True)),
        "supported",
        "part",
        "original",
    ),
    Case(
        "A critic remarks that a famine is told without its date; nobody affirms any of it.",
        (_said("qualifies", "critic", "B", "person"),),
        "not_established",
        "part",
        "africa-check",
    ),
    # Silence, causes, days, kinds.
    Case(
        "A register that must list every sale has none of the one told, and says that it is complete for the year.",
        (_act("contradicts", "sales-register"),),
        "contradicted",
        "silence",
        "absence",
    ),
    Case(
        "A travel guide does not mention the base that is told.",
        (_said("silent", "travel-guide"),),
        "not_established",
        "silence",
        "absence",
    ),
    Case(
        "Drought is told as a cause of a famine; a study names a blight as well.",
        (_said("silent", "study", "A", "research"),),
        "not_established",
        "cause",
        "africa-check",
    ),
    Case(
        "Drought is told as the sole cause of a famine; a study names a blight as well.",
        (_said("contradicts", "study", "A", "research"),),
        "contradicted",
        "cause",
        "icd-203-causes",
    ),
    Case(
        "Asked as of March: a report of January stands, its retraction of May is not known yet.",
        (
            _said("supports", "gazette", key="report", known_from="2031-01-10"),
            _said("silent", "gazette", supersedes="report", known_from="2031-05-02"),
        ),
        "supported",
        "day",
        "politifact",
        day="2031-03-01",
    ),
    Case(
        "Asked as of March: a newspaper denied a sale in February, the contract came out in June.",
        (
            _said("contradicts", "gazette", known_from="2031-02-01"),
            _act("supports", "archive", known_from="2031-06-01"),
        ),
        "contradicted",
        "day",
        "politifact",
        day="2031-03-01",
    ),
    Case(
        "A critic finds a monument ugly, and all newspapers agree.",
        tuple(_said("supports", name, "A") for name in ("gazette", "herald", "courier")),
        "not_checkable",
        "kind",
        "africa-check",
        Claim(checkable=False),
    ),
    Case(
        "Nothing at all was found on what is told of a lighthouse.",
        (),
        "not_established",
        "established",
        "africa-check",
    ),
)
"""The cases, by the principle that they are about."""
