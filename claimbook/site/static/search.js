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

// Words as they are compared, in their forms and with numbers in any writing; the rules are those of folding and more.
function claimbookWords(rules, how = claimbookFolding(rules)) {
  const stop = new Set(rules.stop);
  const [irregular, small, times] = [rules.irregular, rules.small, rules.times]
    .map((table) => new Map(Object.entries(table)));
  const [endings, written] = [rules.endings, rules.written]
    .map((pairs) => pairs.map(([pattern, rest]) => [new RegExp(pattern, "g"), rest.replace(/\\(\d)/g, "$$$1")]));
  const apply = (pairs, text) => pairs.reduce((done, [pattern, rest]) => done.replace(pattern, rest), text);

  const stems = new Map();
  function stem(word) {
    if (!stems.has(word)) {
      const form = irregular.get(word) ?? irregular.get(word.replace(/s$/, "")) ?? word;
      stems.set(word, /^[a-z]+$/.test(form) ? apply(endings, form) : form);
    }
    return stems.get(word);
  }

  // "five hundred" and "10 thousand" as digits; millions and more stay words, as they are written.
  function numbers(words) {
    const out = [];
    let open = false;
    for (const word of words) {
      const last = open ? Number(out.at(-1)) : 0;
      const number = small.get(word);
      if (number !== undefined) {
        const adds = open && last > 0 && last % (number < 10 ? 10 : 100) === 0;
        if (adds) out.pop();
        out.push(`${(adds ? last : 0) + number}`);
        open = true;
      } else if (times.has(word)) {
        const factor = /^[0-9]+$/.test(out.at(-1)) ? Number(out.pop()) : 1;
        out.push(`${factor * times.get(word)}`);
        open = true;
      } else {
        out.push(word);
        open = false;
      }
    }
    return out;
  }

  const words = (text) => numbers(how.words(apply(written, how.fold(text))));
  return {
    stem,
    words,
    stops: (word) => stop.has(word),
    asked(text) {
      const all = [...new Set(words(text))];
      const said = all.filter((word) => !stop.has(word));
      return said.length ? said : all;
    },
  };
}

// What the search page is made of, for its other script too.
const claimbookFinder = (() => {
  const home = document.currentScript.src;
  const form = document.querySelector("form.cb-search[action]");
  const field = document.getElementById("cb-q");
  const status = document.getElementById("cb-found");
  const results = document.getElementById("cb-results");
  const SHOWN = 5;
  const PAUSE = 200;
  const BEST = "best";
  const UNBUILT = "The search data could not be loaded. Build the book with python -m claimbook.site.";
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

  let [index, whole] = [null, null];
  const script = (name) => new Promise((resolve, reject) => {
    const element = make("script");
    element.src = new URL(name, home).href;
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  });

  function load() {
    index ??= Promise.all([script("cards-data.js"), script("search-data.js")]).then(build);
    return index;
  }

  // Evidence and publications weigh three times as much as all the rest: they come after the first answer.
  function loadAll() {
    whole ??= load().then((data) => {
      script("search-evidence.js").then(() => {
        add(data, window.claimbookEvidence);
        results.dataset.whole = "yes";
        answer();
      }, () => {});
      return data;
    });
    return whole;
  }

  function build() {
    const { claims, verdicts } = window.claimbookCards;
    const { rules, actors, groups } = window.claimbookSearch;
    const how = claimbookFolding(rules);
    const speech = claimbookWords(rules, how);
    const data = {
      how, speech, claims, verdicts, groups: [], entries: [], vocabulary: new Map(), addresses: new Map(), sorts: new Map(),
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
    const { speech, claims, groups, entries, addresses, sorts } = data;
    groups.push(...more);
    more.forEach(([group, , , one]) => sorts.set(group, one));
    const words = (text) => numbered(speech.words(text), data);
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
  function fits(word, { speech, vocabulary }) {
    const stem = speech.stem(word);
    return Float32Array.from(vocabulary.keys(), (other) => {
      if (other === word) return 6;
      if (speech.stem(other) === stem) return 5;
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
  function find(query, data) {
    const { how, speech, names, entries } = data;
    const id = query.trim().toLowerCase();
    const hint = HINTS.get(how.words(query).find((word) => HINTS.has(word)));
    const asked = speech.asked(query).map((word) => {
      const fit = fits(word, data);
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
    loadAll().then(
      (data) => latest === query && show(query, data),
      () => { status.textContent = UNBUILT; },
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
  field.addEventListener("focus", () => loadAll().catch(() => {}), { once: true });
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
  return { load, script, make, link, mark, UNBUILT };
})();
