// The search page: finds in the data that the build wrote beside it. A classic script: fetch fails on file://.
"use strict";

// The rules of folding come with the data, so that build and page cannot differ.
function claimbookFolding({ letters, sound, skeleton, vowels, word }) {
  const rules = sound.map(([pattern, replacement]) => [new RegExp(pattern, "g"), replacement]);
  const bare = new RegExp(vowels[0], "g");
  const words = new RegExp(word, "g");
  const fold = (text) => [...text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")]
    .map((letter) => letters[letter] ?? letter).join("");
  return {
    fold,
    words: (text) => fold(text).match(words) ?? [],
    sound(folded) {
      const alike = rules.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), folded);
      const short = alike.replace(bare, vowels[1]);
      return short.length >= skeleton ? short : alike;
    },
  };
}

// Words as a question is compared with what can be found: English forms and ways to write a number made alike.
const claimbookWords = (() => {
  const STOP = new Set((
    "a about actually after against all am an and any anything are as at be because been before between but"
    + " by can could did do does during ever every for from had has have he her him his how i if in into is it"
    + " its just me mean means much many my of on or our over really she should since so some somebody someone"
    + " something tell than that the their them then there these they this those through to true under until was"
    + " we were what when where which who whom whose why will with would you your"
  ).split(" "));
  const FORMS = new Map(Object.entries({
    agree: "agreement", begin: "began begun", bring: "brought", build: "built", buy: "bought",
    choose: "chose chosen", come: "came", deny: "denial", fall: "fell fallen", fight: "fought", find: "found",
    get: "got", give: "gave given", go: "went gone", grow: "grew grown growth", hold: "held", invade: "invasion",
    know: "knew known", lead: "led", lose: "lost loss", make: "made", man: "men", meet: "met", pay: "paid payment",
    rise: "rose risen", say: "said", see: "saw seen", sell: "sold sale", send: "sent", ship: "shipment",
    shoot: "shot", show: "shown", speak: "spoke spoken", spend: "spent", steal: "stole stolen", take: "took taken",
    think: "thought", win: "won", woman: "women", write: "wrote written",
  }).flatMap(([form, others]) => others.split(" ").map((other) => [other, form])));
  const ENDINGS = [
    [/^(.{2,}[^sui])s$/, "$1"],
    [/^(?:(.{3,}?)(?:ian|ia)|(.{5,}?)(?:an|a|i))$/, "$1$2"],
    [/^(.{2,}er)(?:y|ie)$/, "$1"],
    [/^(?=.*[aeiouy].+(?:ed|ing)$)(.{3,})(?:ed|ing)$/, "$1"],
    [/^(.{2,}?)([bdgmnprt])\2$/, "$1$2"],
    [/^(.{3,})(?:er|or)$/, "$1"],
    [/^(.{4,}[st])ion$/, "$1"],
    [/^(.{3,})e$/, "$1"],
    [/^(.{2,})y$/, "$1i"],
  ];
  const stems = new Map();
  function stem(word) {
    if (!stems.has(word)) {
      const form = FORMS.get(word) ?? FORMS.get(word.replace(/s$/, "")) ?? word;
      const plain = /^[a-z]+$/.test(form);
      stems.set(word, plain ? ENDINGS.reduce((text, [end, rest]) => text.replace(end, rest), form) : form);
    }
    return stems.get(word);
  }

  const SMALL = new Map(
    ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    + "eighteen nineteen").split(" ").map((word, n) => [word, n]).concat(
      "twenty thirty forty fifty sixty seventy eighty ninety".split(" ").map((word, n) => [word, 10 * n + 20]),
    ),
  );
  const TIMES = new Map([["hundred", 100], ["thousand", 1000]]);
  const GREAT = { m: "million", mn: "million", mln: "million", b: "billion", bn: "billion", k: "thousand" };
  const SIGNS = { $: "dollar", "€": "euro", "£": "pound" };

  // "$7bn", "7,000", "half a billion", "Peru's": before signs and marks are gone.
  const apart = (text) => text.replace(/['’]s(?![\p{L}\d])/gu, "")
    .replace(/\bhalf an? (b|m)illion\b/gi, (_, size) => (size.toLowerCase() === "b" ? "500 million" : "500,000"))
    .replace(/(\d),(?=\d{3}(?!\d))/g, "$1")
    .replace(/(\d)(?: ?(bn|mln|mn)|([mbk]))(?![\p{L}\d])/giu, (_, digit, ...unit) =>
      `${digit} ${GREAT[(unit[0] ?? unit[1]).toLowerCase()]}`)
    .replace(/[$€£]/g, (sign) => ` ${SIGNS[sign]} `);

  // "five hundred" and "10 thousand" as digits; millions and more stay words, as they are written.
  function numbers(words) {
    const out = [];
    let open = false;
    for (const word of words) {
      const last = open ? Number(out.at(-1)) : 0;
      const small = SMALL.get(word);
      const times = TIMES.get(word);
      if (small !== undefined) {
        const adds = open && last > 0 && last % (small < 10 ? 10 : 100) === 0;
        if (adds) out.pop();
        out.push(`${(adds ? last : 0) + small}`);
        open = true;
      } else if (times) {
        const factor = /^\d+$/.test(out.at(-1)) ? Number(out.pop()) : 1;
        out.push(`${factor * times}`);
        open = true;
      } else {
        out.push(word);
        open = false;
      }
    }
    return out;
  }

  return {
    stem,
    words: (text, how) => numbers(how.words(apart(text))),
    asked(text, how) {
      const words = [...new Set(this.words(text, how))];
      const said = words.filter((word) => !STOP.has(word));
      return said.length ? said : words;
    },
  };
})();

(() => {
  const home = document.currentScript.src;
  const form = document.querySelector("form.cb-search[action]");
  const field = document.getElementById("cb-q");
  const status = document.getElementById("cb-found");
  const results = document.getElementById("cb-results");
  const SHOWN = 5;
  const PAUSE = 200;
  const BEST = "best";
  const GROUPS = {
    actors: 1, claims: 1, quantities: 1, events: .9, terms: .9, sections: .8, charts: .7, evidence: .6,
    publications: .4,
  };
  // What a question asks for.
  const HINTS = new Map([["when", "events"], ["much", "quantities"], ["many", "quantities"]]);

  function make(tag, text, name) {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (name) element.className = name;
    return element;
  }

  // The index ------------------------------------------------------------------------------------------

  let index = null;
  const script = (name) => new Promise((resolve, reject) => {
    const element = make("script");
    element.src = new URL(name, home).href;
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  });

  // Evidence and publications weigh three times as much as all the rest: they come after the first answer.
  function load() {
    index ??= Promise.all([script("cards-data.js"), script("search-data.js")]).then(build).then((data) => {
      script("search-evidence.js").then(() => {
        add(data, window.claimbookEvidence);
        results.dataset.whole = "yes";
        answer();
      }, () => {});
      return data;
    });
    return index;
  }

  function build() {
    const { claims, verdicts } = window.claimbookCards;
    const { rules, actors, groups } = window.claimbookSearch;
    const how = claimbookFolding(rules);
    const data = {
      how, claims, verdicts, groups: [], entries: [], vocabulary: new Map(), addresses: new Map(), sorts: new Map(),
    };
    data.names = actors.map((spellings) => {
      const words = how.words(spellings);
      return { words: numbered(words, data), sounds: words.map(how.sound) };
    });
    add(data, groups);
    return data;
  }

  // Each word once, by its number: a query meets every word of the book, and not every word of every entry.
  function numbered(words, { vocabulary }) {
    return words.map((word) => {
      if (!vocabulary.has(word)) vocabulary.set(word, vocabulary.size);
      return vocabulary.get(word);
    });
  }

  function add(data, more) {
    const { how, claims, groups, entries, addresses, sorts } = data;
    groups.push(...more);
    more.forEach(([group, , , one]) => sorts.set(group, one));
    const words = (text) => numbered(claimbookWords.words(text, how), data);
    more.forEach(([group, , rows]) => rows.forEach(([id, address, text, below, said, people, claim, verdict]) => {
      const shown = text || claims[claim][0];
      if (group === "claims") addresses.set(id, address);
      const outcome = claim ? claims[claim] : verdict ? ["", verdict, "", ""] : null;
      entries.push({
        group, id, address, below, claim, people: people ?? [], text: shown, outcome,
        title: words(shown),
        more: words([id, below, said, group === "claims" && outcome[3]].filter(Boolean).join(" ")),
      });
    }));
  }

  // How well a word of the query fits each word of the book: as it is, in another form, by its beginning.
  function fits(word, vocabulary) {
    const stem = claimbookWords.stem(word);
    return Float32Array.from(vocabulary.keys(), (other) => {
      if (other === word) return 6;
      if (claimbookWords.stem(other) === stem) return 5;
      return word.length > 2 && other.startsWith(word) ? 4 : 0;
    });
  }

  const best = (words, fit) => words.reduce((most, word) => Math.max(most, fit[word]), 0);

  // How well a word of the query fits an entry: its title, a name in it, what stands below; 0 where it does not.
  function fitting({ title, more, people, group }, { fit, named, heard }) {
    const sound = group === "actors" ? 3 : 1;
    const name = people.reduce((most, n) => Math.max(most, named[n] / 2, heard.has(n) ? sound : 0), 0);
    return Math.max(best(title, fit), name, best(more, fit) / 3);
  }

  // What holds most of the asked words comes first, and among it what holds the rarer ones in a better place.
  function find(query, { how, names, entries, vocabulary }) {
    const id = query.trim().toLowerCase();
    const hint = HINTS.get(how.words(query).find((word) => HINTS.has(word)));
    const asked = claimbookWords.asked(query, how).map((word) => {
      const fit = fits(word, vocabulary);
      const sound = how.sound(word);
      const alike = word.length > 2 ? names.flatMap(({ sounds }, n) => (sounds.includes(sound) ? [n] : [])) : [];
      return { fit, named: names.map(({ words }) => best(words, fit)), heard: new Set(alike) };
    });
    if (!asked.length) return { hits: [], whole: true };
    const found = entries.map((entry) => ({ entry, scores: asked.map((word) => fitting(entry, word)) }));
    const weights = asked.map((_, n) => {
      const held = found.filter(({ scores }) => scores[n]).length;
      return Math.log(1 + entries.length / (1 + held));
    });
    const hits = found.map(({ entry, scores }) => ({
      entry,
      exact: entry.id === id,
      words: scores.filter(Boolean).length,
      score: scores.reduce((sum, score, n) => sum + score * weights[n], 0) * GROUPS[entry.group]
        * (entry.group === hint ? 1.5 : 1) / Math.max(entry.title.length, 1) ** 0.2,
    }));
    const most = Math.max(...hits.map(({ words }) => words));
    const least = most > 2 ? most - 1 : Math.max(most, 1);
    const whole = most === asked.length || hits.some(({ exact }) => exact);
    // Where nothing has every word, what shares none but a common one with the question is no answer to it.
    const enough = whole ? 0 : Math.max(...hits.map(({ score }) => score)) / 2;
    return {
      whole,
      hits: hits.filter(({ exact, words, score }) => exact || (words >= least && score >= enough))
        .sort((one, other) => other.exact - one.exact || other.words - one.words || other.score - one.score),
    };
  }

  // What is shown --------------------------------------------------------------------------------------

  function link(text, address) {
    const made = make("a", text);
    made.href = address;
    return made;
  }

  function mark([, verdict, reason], verdicts) {
    const box = make("span", "", `cb-verdict cb-verdict-${verdict.replaceAll("_", "-")}`);
    const sign = make("span", verdicts[verdict][0]);
    sign.setAttribute("aria-hidden", "true");
    box.append(sign, ` ${verdicts[verdict][1]}${reason ? `: ${reason}` : ""}`);
    return box;
  }

  // A verdict stands at the claim it is on. Evidence has a stance of its own, a quantity the verdict of who tells it.
  function item({ text, address, below, claim, group, outcome }, { verdicts, addresses, sorts }, named) {
    const line = make("li");
    const quiet = make("div", "", "cb-quiet");
    const parts = [named && sorts.get(group), below];
    line.append(link(text, address));
    const on = () => link(claim, addresses.get(claim));
    if (group === "evidence") parts.push(["on claim ", on()]);
    else if (group === "quantities") parts.push(["told in ", on(), " ", mark(outcome, verdicts)]);
    else if (outcome) line.append(" ", mark(outcome, verdicts));
    if (group === "claims") parts.push(claim);
    if (outcome?.[3]) parts.push(`${group === "claims" ? "denied" : "denial of the claim"}: ${outcome[3]}`);
    parts.filter(Boolean).forEach((part, n) => quiet.append(n ? " · " : "", ...[part].flat()));
    line.append(quiet);
    return line;
  }

  function section(label, group, hits, data) {
    const part = make("section", "", "cb-hits");
    part.dataset.group = group;
    const list = make("ul");
    const show = (some) => list.append(...some.map(({ entry }) => item(entry, data, group === BEST)));
    show(hits.slice(0, SHOWN));
    part.append(make("h2", group === BEST ? label : `${label} (${hits.length})`), list);
    if (hits.length > SHOWN) {
      const button = make("button", `Show all ${hits.length}`, "cb-more");
      button.type = "button";
      button.setAttribute("aria-label", `Show all ${hits.length}: ${label}`);
      button.addEventListener("click", () => {
        show(hits.slice(SHOWN));
        button.remove();
        list.children[SHOWN].querySelector("a").focus();
      });
      part.append(button);
    }
    return part;
  }

  function show(query, data) {
    const { hits, whole } = find(query, data);
    const found = data.groups
      .map(([group, label]) => [label, group, hits.filter(({ entry }) => entry.group === group)])
      .filter(([, , mine]) => mine.length);
    // A title of somebody's is no answer of the book: it stands among publications alone, unless its id was asked for.
    const answers = hits.filter(({ exact, entry }) => exact || entry.group !== "publications").slice(0, SHOWN);
    const first = found.length > 1 ? [["Best answers", BEST, answers]] : [];
    results.replaceChildren(...[...first, ...found].map((part) => section(...part, data)));
    const sorts = found.map(([label, , mine]) => `${label} ${mine.length}`).join(", ");
    status.textContent = hits.length
      ? `${hits.length} found for “${query}”${whole ? "" : ", none with every word"}: ${sorts}`
      : `Nothing found for “${query}”. Fewer or shorter words find more; a name may be written in any alphabet.`;
  }

  let latest = "";
  function answer() {
    const query = field.value.trim();
    latest = query;
    if (!query) {
      results.replaceChildren();
      status.textContent = "";
      return;
    }
    load().then(
      (data) => latest === query && show(query, data),
      () => { status.textContent = "The search data could not be loaded. Build the book with python -m claimbook.site."; },
    );
  }

  // A browser may refuse a page on file:// to change its address; the answer does not hang on it.
  function remember(how) {
    try {
      history[how](null, "", `?${new URLSearchParams({ q: field.value.trim() })}`);
    } catch {
      return;
    }
  }
  function restore() {
    field.value = new URLSearchParams(location.search).get("q") ?? "";
    answer();
  }

  let typing = null;
  field.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => {
      remember("replaceState");
      answer();
    }, PAUSE);
  });
  field.addEventListener("focus", () => load().catch(() => {}), { once: true });
  form.addEventListener("click", (event) => {
    if (!event.target.closest("[type=submit]")) return;
    event.preventDefault();
    clearTimeout(typing);
    remember("pushState");
    answer();
    status.tabIndex = -1;
    status.focus();
  });
  addEventListener("popstate", restore);
  restore();
})();
