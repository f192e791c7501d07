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
      senses: new Map(Object.entries(rules.concepts)), forms: new Map(), everyday: new Set(rules.common),
    };
    data.senses.forEach((senses, form) => senses.forEach((sense) => {
      data.forms.set(sense, [...(data.forms.get(sense) ?? []), form]);
    }));
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
        group, id, address, below, said, claim, people: people ?? [], text: shown, outcome,
        title: words(shown),
        more: words([id, below, said, ...(group === "claims" ? [outcome[3], outcome[5]] : [])].filter(Boolean).join(" ")),
      });
    }));
  }

  // How well a word of the query fits each word of the book: as it is, in another form, by its beginning, in its sense.
  function fits(word, { speech, vocabulary, senses, forms, everyday }) {
    const stem = speech.stem(word);
    const alike = new Set((senses.get(stem) ?? []).flatMap((sense) => forms.get(sense)));
    return Float32Array.from(vocabulary.keys(), (other) => {
      if (other === word) return 6;
      const form = speech.stem(other);
      if (form === stem) return 5;
      if (word.length > 2 && other.startsWith(word)) return 4;
      return alike.has(form) && !everyday.has(form) ? 3.9 : 0;
    });
  }

  const best = (words, fit) => words.reduce((most, word) => Math.max(most, fit[word]), 0);

  // How well a word of the query names an actor of an entry.
  const naming = ({ people, group }, { named, heard }) => people
    .reduce((most, n) => Math.max(most, named[n] / 2, heard.has(n) ? (group === "actors" ? 3 : 1) : 0), 0);

  // How well a word of the query fits an entry: its title, a name in it, what stands below; 0 where it does not.
  // A section answers in its words, but a long one holds many a word by the way.
  const fitting = (entry, asked) => Math.max(
    best(entry.title, asked.fit), naming(entry, asked),
    best(entry.more, asked.fit) / (entry.group === "sections" ? 2 : 3) / Math.max(1, entry.more.length / 100) ** 0.3,
  );

  // How much less a word of any story weighs, how much more an entry counts in which all names of a question meet, and
  // how much of a question must be in an answer, of what is in the fullest: of a short one all but a word of any story.
  const [EVERYDAY, MEET, NEARLY, ALMOST] = [.3, 1.5, .5, .85];
  // What has every word of a short question comes first.
  const SHORT = 4;

  // First comes what holds most of what was asked, rare words before common ones, and in the better place.
  function find(query, data) {
    const { how, speech, names, entries, everyday } = data;
    const id = query.trim().toLowerCase();
    const hint = HINTS.get(how.words(query).find((word) => HINTS.has(word)));
    const asked = speech.asked(query).map((word) => {
      const fit = fits(word, data);
      const sound = how.sound(word);
      const alike = word.length > 2 ? names.flatMap(({ sounds }, n) => (sounds.includes(sound) ? [n] : [])) : [];
      const named = names.map(({ words }) => best(words, fit));
      const common = everyday.has(speech.stem(word));
      return { fit, named, name: Math.max(0, ...named) > 4 && !common, heard: new Set(alike), common };
    });
    if (!asked.length) return { hits: [], whole: true, asked };
    const found = entries.map((entry) => ({ entry, scores: asked.map((word) => fitting(entry, word)) }));
    const weights = asked.map(({ common }, n) => {
      const held = found.filter(({ scores }) => scores[n]).length;
      return Math.log(1 + entries.length / (1 + held)) * (common ? EVERYDAY : 1);
    });
    const all = weights.reduce((sum, weight) => sum + weight);
    const called = asked.filter(({ name }) => name);
    const hits = found.map(({ entry, scores }) => {
      const share = scores.reduce((sum, score, n) => sum + (score && weights[n]), 0) / all;
      const meet = called.length > 1 && called.every((word) => naming(entry, word) > 2) ? MEET : 1;
      return {
        entry,
        exact: entry.id === id,
        full: asked.length <= SHORT && scores.every(Boolean),
        share,
        words: scores.filter(Boolean).length,
        score: scores.reduce((sum, score, n) => sum + score * weights[n], 0) * share ** 3 * GROUPS[entry.group]
          * (entry.group === hint ? 1.5 : 1) * meet / Math.max(entry.title.length, 1) ** 0.2,
      };
    });
    const [most, fullest] = ["words", "share"].map((of) => Math.max(...hits.map((hit) => hit[of])));
    const least = fullest * (most > 2 ? NEARLY : ALMOST);
    const whole = most === asked.length || hits.some(({ exact }) => exact);
    // Where nothing has every word, what shares none but a common one with the question is no answer to it.
    const enough = whole ? 0 : Math.max(...hits.map(({ score }) => score)) / 2;
    return {
      asked: asked.map((word, n) => ({ ...word, weight: weights[n] })),
      whole,
      hits: hits.filter(({ exact, words, share, score }) => exact
        || (words && (share >= least || (most > 1 && words >= most - 1 && asked.length > 2)) && score >= enough))
        .sort((one, other) => other.exact - one.exact || other.full - one.full || other.score - one.score),
    };
  }

  // The sentence of a section that holds most of what was asked.
  function passage(said, { asked, data: { speech, vocabulary } }) {
    const worth = (sentence) => {
      const words = speech.words(sentence).map((word) => vocabulary.get(word)).filter((word) => word !== undefined);
      return asked.reduce((sum, { fit, weight }) => sum + best(words, fit) * weight, 0);
    };
    return said.match(/\S.*?(?:[.!?](?=\s|$)|$)/g)
      .map((sentence) => [sentence, worth(sentence)])
      .reduce((most, one) => (one[1] > most[1] ? one : most))[0];
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
  // What answers stands with it: of a claim why its verdict is so, of a section the sentence that has what was asked.
  function item({ text, address, below, said, claim, group, outcome }, question, named) {
    const { verdicts, addresses, sorts } = question.data;
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
    if (group === "claims" && outcome[4]) line.append(make("p", `${outcome[4]} ${outcome[5]}`));
    if (group === "sections" && said) line.append(make("p", passage(said, question)));
    parts.filter(Boolean).forEach((part, n) => quiet.append(n ? " · " : "", ...[part].flat()));
    line.append(quiet);
    return line;
  }

  function section(label, group, hits, question) {
    const part = make("section", "", "cb-hits");
    part.dataset.group = group;
    const list = make("ul");
    const show = (some) => list.append(...some.map(({ entry }) => item(entry, question, group === BEST)));
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
    const { hits, whole, asked } = find(query, data);
    const found = data.groups
      .map(([group, label]) => [label, group, hits.filter(({ entry }) => entry.group === group)])
      .filter(([, , mine]) => mine.length);
    // A title of somebody's is no answer of the book: it stands among publications alone, unless its id was asked for.
    const answers = hits.filter(({ exact, entry }) => exact || entry.group !== "publications").slice(0, SHOWN);
    const first = found.length > 1 ? [["Best answers", BEST, answers]] : [];
    results.replaceChildren(...[...first, ...found].map((part) => section(...part, { asked, data })));
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
