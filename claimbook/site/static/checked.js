// "Was this checked?": holds a sentence against the claims of the book, word by word, and shows what it shares with each.
"use strict";

// Weighs sentences against the index that the build wrote; `rules` are those of the words.
function claimbookNearness({ claims, levels, longest, names, tokens }, rules) {
  // What counts less than a word of the claim itself: the same said with another word, a part of a longer name, a word
  // of any story, a small number, a word that no claim has. A name counts more.
  const [ALIKE, PART, COMMON, SMALL, UNKNOWN, NAME] = [.7, .7, .3, .6, .6, 1.8];
  // A sentence or claim of few telling words is weighed as if it had some more.
  const LEAST = 8;
  // How much is left of the score where the claim holds little of its own that the sentence has, where no name is
  // shared, where nothing but names and common words is; so much of other words is enough.
  const [SPARE, NAMELESS, BARE, ENOUGH] = [.6, .7, .5, 5];

  const [CLAIM, TEXT] = [0, 1];
  const how = claimbookFolding(rules);
  const { words, stem, stops } = claimbookWords(rules, how);
  const everyday = new Set(rules.common);
  const [spelled, senses] = [names, rules.concepts].map((table) => new Map(Object.entries(table)));
  const word = new RegExp(rules.word, "g");
  const isName = (token) => token.startsWith("@");

  const places = new Map(Object.entries(tokens).map(([token, steps]) => {
    let at = 0;
    return [token, steps.map((step) => {
      at += Math.floor(step / levels.length);
      return [at, step % levels.length];
    })];
  }));
  const alike = new Map();
  for (const token of places.keys()) {
    for (const concept of senses.get(token) ?? []) alike.set(concept, [...(alike.get(concept) ?? []), token]);
  }
  const heard = new Map([...spelled].filter(([name]) => name.length > 3 && !name.includes(" "))
    .map(([name, actor]) => [how.sound(name), actor]));

  // A word is worth more the fewer claims have it.
  const rare = (times) => Math.log(1 + claims.length / (.3 + times));
  const worths = new Map();
  function worth(token, foreign = false) {
    if (foreign) return rare(0);
    if (!worths.has(token)) {
      const here = places.get(token) ?? [];
      const told = here.some(([, level]) => level <= TEXT) || (here.length && (isName(token) || senses.has(token)));
      const base = told ? rare(here.reduce((sum, [, level]) => sum + levels[level], 0)) : rare(0) * UNKNOWN;
      const kind = isName(token) ? NAME : everyday.has(token) ? COMMON : /^\d\d?$/.test(token) ? SMALL : 1;
      worths.set(token, base * kind);
    }
    return worths.get(token);
  }
  const whole = new Float64Array(claims.length);
  places.forEach((list, token) => list.forEach(([at, level]) => {
    if (level === CLAIM) whole[at] += worth(token);
  }));

  // The telling words of a sentence: each with how it was written, and with its parts where it is a longer name.
  function told(text) {
    const said = text.replace(/\bus\b/g, " "); // not the country
    const written = new Map((said.match(word) ?? []).map((raw) => [how.fold(raw), raw]));
    const capital = (raw) => raw !== undefined && raw[0] !== raw[0].toLowerCase();
    const within = new Set((said.replace(/(^|[.!?:]\s)\W*[^\s]+/gu, " ").match(word) ?? []).filter(capital).map(how.fold));
    const all = words(said);
    const stems = all.map(stem);
    const found = new Map();
    for (let at = 0, length; at < all.length; at += Math.max(length, 1)) {
      const name = (n) => spelled.get(stems.slice(at, at + n).join(" "));
      length = Math.min(longest, all.length - at);
      while (length && name(length) === undefined) length -= 1;
      const these = all.slice(at, at + Math.max(length, 1));
      const shown = these.map((one) => written.get(one) ?? one).join(" ");
      const [first] = these;
      const token = stems[at];
      if (length) {
        const parts = length > 1 ? stems.slice(at, at + length).filter((_, n) => !stops(these[n])) : [];
        found.set(`@${name(length)}`, { shown, parts: parts.map((part) => (spelled.has(part) ? `@${spelled.get(part)}` : part)) });
      } else if (!stops(first) && (first.length > 1 || /\d/.test(first))) {
        // A name that no text spells so; evidence may, and keeps the spelling of its source.
        const strange = first.length > 2 && !senses.has(token)
          && !(places.get(token) ?? []).some(([, level]) => level <= TEXT);
        const sound = strange && first.length > 3 && capital(written.get(first))
          ? heard.get(how.sound(first)) ?? heard.get(how.sound(token)) : undefined;
        const foreign = strange && !places.has(token) && within.has(first);
        if (sound === undefined) found.set(token, { shown, parts: [], foreign });
        else found.set(`@${sound}`, { shown, parts: [] });
      }
    }
    return found;
  }

  // Where a telling word stands: per claim how well it fits, and the claim's own tokens that it fits.
  function fitting(token, parts) {
    const fits = new Map();
    const put = (at, fit, own, factor) => {
      const here = fits.get(at) ?? { fit: 0, own: new Map() };
      here.fit = Math.max(here.fit, fit);
      if (own) here.own.set(own, Math.max(factor, here.own.get(own) ?? 0));
      fits.set(at, here);
    };
    const each = (one, factor) => (places.get(one) ?? []).forEach(([at, level]) => {
      put(at, factor * levels[level], level === CLAIM && one, factor);
    });
    each(token, 1);
    (senses.get(token) ?? []).forEach((concept) => alike.get(concept)?.forEach((one) => one !== token && each(one, ALIKE)));
    const sum = parts.reduce((most, part) => most + worth(part), 0);
    const held = new Map();
    parts.forEach((part) => (places.get(part) ?? []).forEach(([at, level]) => {
      held.set(at, (held.get(at) ?? 0) + levels[level] * worth(part) / sum);
      if (level === CLAIM) put(at, 0, part, PART);
    }));
    held.forEach((share, at) => put(at, share * PART));
    return fits;
  }

  // All claims that share something with a sentence, the nearest first: score from 0 to 1, and the words they share.
  return function nearest(text) {
    const said = told(text);
    const found = new Map();
    let total = 0;
    said.forEach(({ shown, parts, foreign }, token) => {
      const value = worth(token, foreign);
      total += value;
      fitting(token, parts).forEach(({ fit, own }, at) => {
        const claim = found.get(at) ?? { held: 0, named: 0, telling: 0, own: new Map(), shared: [] };
        claim.held += value * fit;
        if (isName(token)) claim.named += fit;
        else if (!everyday.has(token)) claim.telling += value * fit;
        own.forEach((factor, one) => claim.own.set(one, Math.max(factor, claim.own.get(one) ?? 0)));
        if (fit) claim.shared.push({ word: shown, inside: own.size > 0 });
        found.set(at, claim);
      });
    });
    const part = (left, share) => left + (1 - left) * Math.min(1, share);
    const near = [...found].map(([at, { held, named, telling, own, shared }]) => {
      const mine = [...own].reduce((sum, [token, factor]) => sum + worth(token) * factor, 0) / Math.max(whole[at], LEAST);
      const score = held / Math.max(total, LEAST) * part(SPARE, mine) * part(NAMELESS, named) * part(BARE, telling / ENOUGH);
      return { claim: claims[at], at, score, shared };
    });
    return { words: said.size, near: near.sort((one, other) => other.score - one.score || one.at - other.at) };
  };
}

// The form that asks and the list that answers.
(() => {
  const { load, script, make, link, mark, UNBUILT } = claimbookFinder;
  const form = document.querySelector("form.cb-check");
  const field = document.getElementById("cb-sentence");
  const status = document.getElementById("cb-near");
  const results = document.getElementById("cb-nearest");
  const SHOWN = 3;
  // Below the last no claim is shown: set between paraphrases of claims and sentences on other matters, on other
  // sentences than those by which the tests measure it.
  const NEARNESS = [["Very near", .45], ["Near", .28], ["Some way off", .185]];

  let ready = null;
  function prepare() {
    ready ??= Promise.all([load(), script("checked-data.js")]).then(([data]) => {
      const claims = window.claimbookSearch.groups.find(([group]) => group === "claims")[2];
      return {
        data,
        entries: new Map(claims.map(([id, address, , text]) => [id, { address, text }])),
        nearest: claimbookNearness(window.claimbookNearest, window.claimbookSearch.rules),
      };
    });
    return ready;
  }

  const degree = (score) => NEARNESS.find(([, least]) => score >= least)?.[0];

  // In plain words, what made a claim near: the words themselves.
  function because({ score, shared }, words) {
    const list = (inside) => shared.filter((one) => one.inside === inside).map(({ word }) => word).join(", ");
    const parts = [["in the claim, as they are or in like words", list(true)], ["beside it or in its evidence", list(false)]]
      .filter(([, found]) => found).map(([where, found]) => `${where}: ${found}`);
    return `${degree(score)}: ${shared.length} of your ${words} telling words and names, ${parts.join("; ")}.`;
  }

  function item(hit, words, { data, entries }) {
    const line = make("li");
    line.dataset.claim = hit.claim;
    const { address, text } = entries.get(hit.claim);
    const outcome = data.claims[hit.claim];
    line.append(link(outcome[0], address), " ", mark(outcome, data.verdicts));
    if (outcome[4]) line.append(make("p", `${outcome[4]} ${outcome[5]}`));
    if (outcome[3]) line.append(make("p", `Denied: ${outcome[3]}`));
    line.append(make("p", `${text} · ${hit.claim}`, "cb-quiet"), make("p", because(hit, words), "cb-quiet"));
    return line;
  }

  function show(sentence, made) {
    const { words, near } = made.nearest(sentence);
    const hits = near.filter(({ score }) => degree(score)).slice(0, SHOWN);
    const list = make("ol", "", "cb-hits");
    list.append(...hits.map((hit) => item(hit, words, made)));
    results.replaceChildren(...(hits.length ? [list] : []));
    const [statement, verdict] = hits.length ? made.data.claims[hits[0].claim] : [];
    status.textContent = hits.length
      ? `${hits.length === 1 ? "One claim" : `${hits.length} claims`} near this sentence, the nearest first: “${statement}”, `
        + `${made.data.verdicts[verdict][1]}. Compare the words: a near claim may say something else.`
      : "Nothing near in this book. The sentence was not checked here, which says nothing of whether it is true.";
  }

  function answer() {
    const sentence = field.value.trim();
    if (!sentence) {
      results.replaceChildren();
      status.textContent = "";
      return;
    }
    prepare().then(
      (made) => field.value.trim() === sentence && show(sentence, made),
      () => { status.textContent = UNBUILT; },
    );
  }

  function restore() {
    field.value = new URLSearchParams(location.search).get(field.name) ?? "";
    answer();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    try {
      history.pushState(null, "", `?${new URLSearchParams({ [field.name]: field.value.trim() })}`);
    } catch {
      // A browser may refuse a page on file:// to change its address; the answer does not hang on it.
    }
    answer();
    status.tabIndex = -1;
    status.focus();
  });
  addEventListener("popstate", restore);
  restore();
})();
