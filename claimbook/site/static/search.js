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
  const help = document.getElementById("cb-how");
  const results = document.getElementById("cb-results");
  const SHOWN = 5;
  const PAUSE = 200;
  const BEST = "best";
  // So many paragraphs are what a page begins with.
  const LEAD = 2;
  const UNBUILT = "The search data could not be loaded. Build the book with python -m claimbook.site.";
  const GROUPS = {
    actors: 1, claims: 1, quantities: 1, events: .9, terms: .9, sections: .8, charts: .7, evidence: .5,
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

  const LIGHT = Object.fromEntries(Object.entries(GROUPS).filter(([group]) => !["evidence", "publications"].includes(group)));

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
    const { rules, actors, groups, texts, bears } = window.claimbookSearch;
    const how = claimbookFolding(rules);
    const speech = claimbookWords(rules, how);
    const data = {
      how, speech, claims, verdicts, groups: [], entries: [], vocabulary: new Map(), common: [], addresses: new Map(), sorts: new Map(),
      senses: new Map(Object.entries(rules.concepts)), forms: new Map(), everyday: new Set(rules.common), asking: new Set(rules.asking),
      texts, bears, leads: new Map(), headings: new Map(), shows: new Map(), alike: new Map(),
    };
    data.senses.forEach((senses, form) => senses.forEach((sense) => {
      data.forms.set(sense, [...(data.forms.get(sense) ?? []), form]);
    }));
    // Names of one word that one actor has, as a capital that stands for its state, say the same.
    actors.forEach((spellings) => {
      const single = spellings.split(" · ").filter((name) => !/\s/.test(name) && name[0] !== name[0].toLowerCase())
        .map((name) => speech.stem(how.fold(name)));
      single.forEach((form) => data.alike.set(form, [...(data.alike.get(form) ?? []), ...single]));
    });
    data.names = actors.map((spellings) => {
      const words = how.words(spellings);
      return { words: numbered(words, data), sounds: words.map(how.sound) };
    });
    add(data, groups);
    return data;
  }

  // Each word once, by its number: a query meets every word of the book, and not every word of every entry.
  function numbered(words, { vocabulary, common, everyday, speech }) {
    return words.map((word) => {
      if (!vocabulary.has(word)) {
        vocabulary.set(word, vocabulary.size);
        common.push(everyday.has(speech.stem(word)));
      }
      return vocabulary.get(word);
    });
  }

  function add(data, more) {
    const { speech, claims, groups, entries, addresses, sorts, leads, headings, shows } = data;
    groups.push(...more);
    more.forEach(([group, , , one]) => sorts.set(group, one));
    const words = (text) => numbered(speech.words(text), data);
    more.forEach(([group, , rows]) => rows.forEach(([id, address, text, below, said, people, claim, verdict, of]) => {
      const shown = text || claims[claim][0];
      if (group === "claims") addresses.set(id, { address, of });
      if (group === "evidence") shows.set(claim, [...(shows.get(claim) ?? []), { below, text }]);
      const outcome = claim ? claims[claim] : verdict ? ["", verdict, "", ""] : null;
      const [title, page] = [words(shown), address.split("#")[0]];
      const parts = group === "sections" ? (said ?? "").split("\n").map(words) : [];
      if (parts.length) headings.set(text, (headings.get(text) ?? 0) + 1);
      if (parts.length && !below) leads.set(page, [...title, ...parts.slice(0, LEAD).flat()]);
      entries.push({
        group, id, address, below, said, claim, people: people ?? [], text: shown, outcome, title, parts,
        telling: numbered(speech.words(shown).filter((word) => !speech.stops(word)), data),
        texts: (claim ? addresses.get(claim).of : of) ?? [],
        around: parts.length ? leads.get(page) ?? [] : [],
        more: words([id, below, said, ...(group === "claims" ? [outcome[3], outcome[5]] : [])].filter(Boolean).join(" ")),
      });
    }));
  }

  // How well a word of the query fits each word of the book: as it is, in another form, by its beginning, in its sense.
  function fits(word, { speech, vocabulary, senses, forms, everyday, alike: same }) {
    const stem = speech.stem(word);
    const alike = new Set([...(senses.get(stem) ?? []).flatMap((sense) => forms.get(sense)), ...(same.get(stem) ?? [])]);
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

  // How well a word of the query fits an entry: its title, a name in it, what stands below; 0 where it does not. What a
  // page begins with is what its sections are about.
  const fitting = (entry, asked) => Math.max(
    best(entry.title, asked.fit), naming(entry, asked), best(entry.around, asked.fit) / 3,
    best(entry.more, asked.fit) / (entry.parts.length ? 4 : 3) / Math.max(1, entry.more.length / 100) ** 0.3,
  );

  // A section answers in one of its paragraphs, sooner in that which it begins with; what it says elsewhere is said by
  // the way.
  const telling = (entry, scores, asked, weights) => entry.parts
    .map((part, n) => scores.map((score, word) => Math.max(
      score, best(part, asked[word].fit) / (n < (entry.below ? 1 : LEAD) ? 1.5 : 2) / Math.max(1, part.length / 60) ** 0.3,
    )))
    .reduce((most, one) => (total(one, weights) > total(most, weights) ? one : most), scores);
  const total = (scores, weights) => scores.reduce((sum, score, n) => sum + score * weights[n], 0);

  // Which text a question speaks of, by its kind and year ("the article of 1999") or its name, and the words that say so.
  function pointed(query, { speech, texts }) {
    const words = speech.words(query);
    const stems = words.map(speech.stem);
    const called = texts.map(([kinds, years, name], n) => {
      const kind = stems.flatMap((stem, at) => (kinds.includes(stem) ? [at] : []));
      const year = words.flatMap((word, at) => (years.includes(word) && kind.some((one) => Math.abs(one - at) < 3) ? [at] : []));
      const named = name.length && name.every((word) => stems.includes(word));
      return { n, sure: (named ? 2 : 0) + (kind.length && 1) + (year.length && 1), said: [...kind, ...year].map((at) => words[at]) };
    }).sort((one, other) => other.sure - one.sure);
    const [first, second] = called;
    return first?.sure && first.sure > (second?.sure ?? 0) ? first : { n: -1, said: [] };
  }

  // How much less a word of any story weighs, a small number or what says which text is meant, and a word that stands in
  // no title; how much more a name; how much more an entry counts in which all names of a question meet, and one of the
  // text that is meant, how much less one of another; how much of a question must be in an answer, of what is in the
  // fullest: of a short one all but a word of any story.
  const [EVERYDAY, ASIDE, NAME, MEET, MEANT, OTHER, NEARLY, ALMOST] = [.3, .5, 1.5, 1.5, 2, .6, .45, .85];
  // How much less in a longer question a section counts whose heading stands on other pages too, if so much of what is
  // asked is not what its page is about.
  const [REPEATED, ITS_OWN] = [.5, .25];
  // How much more a section, name or term counts all of which was asked for.
  const HEADED = 1;
  // How much more an answer counts that has what those before it have not, how much less one that has the same; from
  // which fit on it has a word; how many are looked at.
  const [NEW, AGAIN, HELD, MANY] = [1, .7, 2, 60];
  // From which fit on a word is wholly there, and not by the way.
  const WHOLLY = 2.5;
  // Where nothing has every word: how much of the best score an answer has at least.
  const ENOUGH = .1;
  // What has every word of a short question comes first.
  const SHORT = 4;

  // First comes what holds most of what was asked, rare words before common ones, and in the better place.
  function find(query, data) {
    const { how, speech, names, entries, everyday, asking, senses, headings, common: ordinary } = data;
    const id = query.trim().toLowerCase();
    const hint = HINTS.get(how.words(query).find((word) => HINTS.has(word)));
    const meant = pointed(query, data);
    const counts = new Set(speech.words(query).filter((word, n, all) => /^\d$/.test(word) && !/illion/.test(all[n + 1] ?? "")));
    const asked = speech.asked(query).map((word) => {
      const fit = fits(word, data);
      const sound = how.sound(word);
      const alike = word.length > 2 ? names.flatMap(({ sounds }, n) => (sounds.includes(sound) ? [n] : [])) : [];
      const named = names.map(({ words }) => best(words, fit));
      const stem = speech.stem(word);
      const common = everyday.has(stem) || asking.has(stem) || counts.has(word) || meant.said.includes(word);
      // A word of a name that is an ordinary word as well, as in "League of Nations", is not taken for the name.
      const name = Math.max(0, ...named) > 4 && !common && !senses.has(stem);
      return { fit, named, name, heard: new Set(alike), common };
    });
    if (!asked.length) return { hits: [], whole: true, asked };
    const found = entries.map((entry) => ({ entry, scores: asked.map((word) => fitting(entry, word)) }));
    const weights = asked.map((word, n) => {
      const held = found.filter(({ scores }) => scores[n]).length;
      const titled = word.name || entries.some(({ group, title }) => group in LIGHT && best(title, word.fit));
      return Math.log(1 + entries.length / (1 + held)) * (word.common ? EVERYDAY : 1) * (word.name ? NAME : 1)
        * (titled ? 1 : ASIDE);
    });
    const all = weights.reduce((sum, weight) => sum + weight);
    const called = asked.filter(({ name }) => name);
    const hits = found.map(({ entry, scores: first }) => {
      const scores = first.some(Boolean) ? telling(entry, first, asked, weights) : first;
      const share = total(scores.map(Boolean), weights) / all;
      const wholly = total(scores.map((score) => Math.min(1, score / WHOLLY)), weights) / all;
      const meet = called.length > 1 && asked.every(({ name }, n) => !name || scores[n] > 2) ? MEET : 1;
      const around = asked.reduce((sum, { fit }, n) => sum + (best(entry.around, fit) > 3 && weights[n]), 0);
      const again = asked.length > SHORT && headings.get(entry.text) > 1 && !entry.texts.includes(meant.n) && around < all * ITS_OWN ? REPEATED : 1;
      const about = meant.n < 0 || !entry.texts.length ? 1 : entry.texts.includes(meant.n) ? MEANT : OTHER;
      const heads = (some) => some.reduce((sum, word) => sum + (ordinary[word] ? EVERYDAY : 1), 0);
      const headed = ["sections", "actors", "terms"].includes(entry.group)
        ? 1 + HEADED * (heads(entry.telling.filter((word) => asked.some(({ fit }) => fit[word]))) / heads(entry.telling) || 0) ** 2
        : 1;
      return {
        entry,
        scores,
        exact: entry.id === id,
        full: asked.length <= SHORT && scores.every(Boolean),
        share,
        words: scores.filter(Boolean).length,
        score: total(scores, weights) * wholly ** 3 * (entry.parts.length && !entry.below ? 1 : GROUPS[entry.group])
          * (entry.group === hint ? 1.5 : 1) * meet * about * again * headed / Math.max(1, entry.title.length) ** 0.2,
      };
    });
    const [most, fullest] = ["words", "share"].map((of) => Math.max(...hits.map((hit) => hit[of])));
    const least = fullest * (most > 2 ? NEARLY : ALMOST);
    const whole = most === asked.length || hits.some(({ exact }) => exact);
    // Where nothing has every word, what shares none but a common one with the question is no answer to it.
    const enough = whole ? 0 : Math.max(...hits.map(({ score }) => score)) * ENOUGH;
    return {
      asked: asked.map((word, n) => ({ ...word, weight: weights[n] })),
      whole,
      hits: hits.filter(({ exact, words, share, score }) => exact
        || (words && (share >= least || (most > 1 && words >= most - 1 && asked.length > 2)) && score >= enough))
        .sort((one, other) => other.exact - one.exact || other.full - one.full || other.score - one.score),
    };
  }

  // The first answers: after the best one those that have of the question what is not shown yet. A second one on a
  // claim, or of the same sort on the same words, as lists are that are split into claims, says little more.
  function foremost(hits, asked) {
    const shown = [];
    const left = hits.slice(0, MANY).map((hit) => ({ ...hit, holds: hit.scores.map((one) => one >= HELD) }));
    const all = asked.reduce((sum, { weight }) => sum + weight, 0);
    const alike = (one, other) => (one.entry.claim && one.entry.claim === other.entry.claim)
      || (one.entry.group === other.entry.group && one.holds.every((held, n) => held === other.holds[n]));
    while (left.length && shown.length < SHOWN) {
      const missing = asked.map(({ weight }, n) => (shown.some(({ holds }) => holds[n]) ? 0 : weight / all));
      const worth = (hit) => hit.score * (hit.exact ? 1e6 : 1) * (hit.full ? 1e3 : 1)
        * (1 + NEW * hit.holds.reduce((sum, held, n) => sum + (held && missing[n]), 0))
        * (shown.some((other) => alike(hit, other)) ? AGAIN : 1);
      const next = shown.length ? left.reduce((most, one) => (worth(one) > worth(most) ? one : most)) : left[0];
      shown.push(next);
      left.splice(left.indexOf(next), 1);
    }
    return shown;
  }

  // So many words are shown of what an entry says: much of the first two answers, of others less.
  const [ROOM, LESS] = [80, 40];
  const AT_LENGTH = 2;
  // A page answers with what it begins with, which counts so much more; what adds less than so much of what is shown is
  // left out.
  const [LEADING, LITTLE] = [1.5, .15];

  // How much a text has of each word of the question.
  function held(text, { asked, data: { speech, vocabulary } }) {
    const words = speech.words(text).map((word) => vocabulary.get(word)).filter((word) => word !== undefined);
    return asked.map(({ fit, weight }) => best(words, fit) * weight);
  }

  // The sentences next to each other that hold most of what was asked, then such as hold what is still missing, then
  // those after them and before them in their paragraphs, while there is room for so many words.
  function passage(paragraphs, question, room, leads = 0) {
    const { asked } = question;
    const sentences = paragraphs.flatMap((paragraph, of) => paragraph.match(/\S.*?(?:[.!?][)”"’]*(?=\s|$)|$)/g).map((text) => ({
      of,
      text,
      length: text.split(/\s+/).length,
      holds: held(text, question),
    })));
    const chosen = new Set();
    let [left, have, enough] = [room, asked.map(() => 0), 0];
    const take = (at) => {
      chosen.add(at);
      left -= sentences[at].length;
      have = have.map((one, n) => Math.max(one, sentences[at].holds[n]));
    };
    const gain = (from, to) => {
      const holds = sentences.slice(from, to + 1).reduce((all, { holds }) => all.map((one, n) => Math.max(one, holds[n])), have);
      return holds.reduce((sum, one, n) => sum + one - have[n], 0);
    };
    for (;;) {
      let most = { worth: 0 };
      sentences.forEach(({ of }, from) => {
        for (let [to, length] = [from, 0]; sentences[to]?.of === of && !chosen.has(to); to += 1) {
          length += sentences[to].length;
          if (length > left && (chosen.size || to > from)) break;
          const worth = gain(from, to) * (of < leads ? LEADING : 1);
          if (worth > most.worth || (worth && worth === most.worth && length < most.length)) most = { worth, from, to, length };
        }
      });
      if (most.worth <= enough) break;
      if (!chosen.size) enough = most.worth * LITTLE;
      for (let at = most.from; at <= most.to; at += 1) take(at);
    }
    if (!chosen.size) take(0);
    for (const step of [1, -1]) {
      for (const one of [...chosen]) {
        for (let at = one + step; sentences[at]?.of === sentences[one].of && !chosen.has(at) && sentences[at].length <= left;
          at += step) take(at);
      }
    }
    const order = [...chosen].sort((one, other) => one - other);
    const words = order.map((at, n) => `${n && order[n - 1] < at - 1 ? "… " : ""}${sentences[at].text}`).join(" ").split(/\s+/);
    return words.length > room * 1.3 ? `${words.slice(0, room).join(" ")} …` : words.join(" ");
  }

  // Of the evidence that bears out a verdict what has most of the question.
  function shown(claim, verdict, question, room) {
    const { bears, shows } = question.data;
    const rows = (shows.get(claim) ?? []).map(({ below, text }) => {
      const at = below.indexOf("; ");
      return { stance: below.slice(0, at), origin: below.slice(at + 2), text };
    });
    const [first] = (bears[verdict] ?? []).map((stance) => rows.filter((row) => row.stance === stance)).filter(({ length }) => length);
    if (!first) return "";
    const worth = ({ text }) => held(text, question).reduce((sum, one) => sum + one, 0);
    const { origin, text } = first.reduce((most, one) => (worth(one) > worth(most) ? one : most));
    return `${origin}: ${passage([text], question, room)}`;
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
  function item({ text, address, below, said, claim, group, outcome }, question, named, room) {
    const { verdicts, addresses, sorts } = question.data;
    const line = make("li");
    const quiet = make("div", "", "cb-quiet");
    const parts = [named && sorts.get(group), below];
    line.append(link(text, address));
    const on = () => link(claim, addresses.get(claim).address);
    if (group === "evidence") parts.push(["on claim ", on()]);
    else if (group === "quantities") parts.push(["told in ", on(), " ", mark(outcome, verdicts)]);
    else if (outcome) line.append(" ", mark(outcome, verdicts));
    if (group === "claims") parts.push(claim);
    if (outcome?.[3]) parts.push(`${group === "claims" ? "denied" : "denial of the claim"}: ${outcome[3]}`);
    if (group === "claims" && outcome[4]) {
      const more = outcome[5] || (room > LESS && shown(claim, outcome[1], question, LESS));
      line.append(make("p", [outcome[4], more].filter(Boolean).join(" ")));
    }
    if (["sections", "actors"].includes(group) && said) {
      const leads = group === "sections" && !below ? LEAD : 0;
      line.append(make("p", passage(said.split("\n"), question, room, leads)));
    }
    parts.filter(Boolean).forEach((part, n) => quiet.append(n ? " · " : "", ...[part].flat()));
    line.append(quiet);
    return line;
  }

  function section(label, group, hits, question) {
    const part = make("section", "", "cb-hits");
    part.dataset.group = group;
    const list = make("ul");
    const room = (n) => (group === BEST && n < AT_LENGTH ? ROOM : LESS);
    const show = (some) => list.append(...some.map(({ entry }, n) => item(entry, question, group === BEST, room(n))));
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
    const answers = foremost(hits.filter(({ exact, entry }) => exact || entry.group !== "publications"), asked);
    const first = answers.length ? [["Best answers", BEST, answers]] : [];
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
    if (help) help.hidden = Boolean(query);
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
