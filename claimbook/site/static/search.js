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

(() => {
  const home = document.currentScript.src;
  const form = document.querySelector("form.cb-search[action]");
  const field = document.getElementById("cb-q");
  const status = document.getElementById("cb-found");
  const results = document.getElementById("cb-results");
  const SHOWN = 5;
  const PAUSE = 200;

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
    const names = actors.map((spellings) => {
      const words = how.words(spellings);
      return { words, sounds: words.map(how.sound) };
    });
    const data = { how, names, claims, verdicts, groups: [], entries: [] };
    add(data, groups);
    return data;
  }

  function add({ how, claims, groups, entries }, more) {
    groups.push(...more);
    more.forEach(([group, , rows]) => rows.forEach(([id, address, text, below, words, people, claim, verdict]) => {
      const shown = text || claims[claim][0];
      entries.push({
        group, id, address, below, claim, people: people ?? [], text: shown,
        outcome: claim ? claims[claim] : verdict ? ["", verdict, "", ""] : null,
        title: how.words(shown),
        more: how.words([id, below, words].filter(Boolean).join(" ")),
      });
    }));
  }

  // How well a word of the query fits an entry; 0 where it does not.
  function fit(word, { title, more, people, group }, { names, heard }) {
    if (title.includes(word)) return 6;
    if (title.some((other) => other.startsWith(word))) return 4;
    if (people.some((n) => names[n].words.some((other) => other.startsWith(word)))) return 3;
    if (more.some((other) => other.startsWith(word))) return 2;
    if (people.some((n) => heard.has(n))) return group === "actors" ? 3 : 1;
    return 0;
  }

  function find(query, { how, names, entries }) {
    const words = how.words(query);
    const id = query.trim().toLowerCase();
    const heard = words.map((word) => {
      const sound = how.sound(word);
      const alike = word.length > 2 ? names.flatMap(({ sounds }, n) => (sounds.includes(sound) ? [n] : [])) : [];
      return { names, heard: new Set(alike) };
    });
    if (!words.length) return [];
    return entries.flatMap((entry) => {
      if (entry.id === id) return [{ entry, score: Infinity }];
      const scores = words.map((word, n) => fit(word, entry, heard[n]));
      return scores.includes(0) ? [] : [{ entry, score: scores.reduce((sum, one) => sum + one) / entry.title.length ** 0.2 }];
    }).sort((one, other) => other.score - one.score || 0);
  }

  // What is shown --------------------------------------------------------------------------------------

  function item({ text, address, below, claim, group, outcome }, verdicts) {
    const line = make("li");
    const link = make("a", text);
    link.href = address;
    line.append(link);
    if (outcome) {
      const [, verdict, reason, denial] = outcome;
      const box = make("span", "", `cb-verdict cb-verdict-${verdict.replaceAll("_", "-")}`);
      const sign = make("span", verdicts[verdict][0]);
      sign.setAttribute("aria-hidden", "true");
      box.append(sign, ` ${verdicts[verdict][1]}${reason ? `: ${reason}` : ""}`);
      line.append(" ", box);
      const on = group === "claims" ? claim : claim && `on ${claim}`;
      line.append(make("div", [below, on, denial && `denied: ${denial}`].filter(Boolean).join(" · "), "cb-quiet"));
    } else if (below) {
      line.append(make("div", below, "cb-quiet"));
    }
    return line;
  }

  function section(label, group, hits, verdicts) {
    const part = make("section", "", "cb-hits");
    part.dataset.group = group;
    const list = make("ul");
    const show = (some) => list.append(...some.map(({ entry }) => item(entry, verdicts)));
    show(hits.slice(0, SHOWN));
    part.append(make("h2", `${label} (${hits.length})`), list);
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
    const hits = find(query, data);
    const found = data.groups
      .map(([group, label]) => [label, group, hits.filter(({ entry }) => entry.group === group)])
      .filter(([, , mine]) => mine.length)
      .sort(([, , one], [, , other]) => (other[0].score === Infinity) - (one[0].score === Infinity));
    results.replaceChildren(...found.map((part) => section(...part, data.verdicts)));
    const sorts = found.map(([label, , mine]) => `${label} ${mine.length}`).join(", ");
    status.textContent = hits.length
      ? `${hits.length} found for “${query}”: ${sorts}`
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
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typing);
    remember("pushState");
    answer();
  });
  addEventListener("popstate", restore);
  restore();
})();
