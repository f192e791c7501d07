// One's own copy of a text: finds the sentences of the text in it by their fingerprints and marks its claims. All of it
// happens here; the page may not send anything, and its policy sees to that. A classic script: fetch fails on file://.
"use strict";

// SHA-256 in hexadecimal: the browser's own, or a plain one where the page has none to offer.
const claimbookHash = (() => {
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
  const fraction = (root) => Math.floor((root % 1) * 2 ** 32) | 0;
  const ROUNDS = primes.map((prime) => fraction(Math.cbrt(prime)));
  const FIRST = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
  const turn = (word, by) => (word >>> by) | (word << (32 - by));

  function plain(bytes) {
    const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
    view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0);
    const sum = [...FIRST];
    const words = new Int32Array(64);
    for (let block = 0; block < padded.length; block += 64) {
      for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(block + 4 * i);
      for (let i = 16; i < 64; i += 1) {
        const [a, b] = [words[i - 15], words[i - 2]];
        const early = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
        const late = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
        words[i] = words[i - 16] + early + words[i - 7] + late;
      }
      let [a, b, c, d, e, f, g, h] = sum;
      for (let i = 0; i < 64; i += 1) {
        const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i];
        const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
      }
      [a, b, c, d, e, f, g, h].forEach((word, i) => { sum[i] = (sum[i] + word) | 0; });
    }
    return hex(sum.flatMap((word) => [24, 16, 8, 0].map((by) => (word >>> by) & 255)));
  }

  const utf8 = new TextEncoder();
  return async (text) => {
    const bytes = utf8.encode(text);
    return window.crypto?.subtle ? hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))) : plain(bytes);
  };
})();

// The folded form of a text, by the rule of claimbook.model.prints: characters, and the place of what each was made of.
function claimbookFolded(points) {
  const [LETTER, MARKS, DIGIT, PUNCTUATION] = [/^[\p{L}\p{N}]$/u, /^\p{M}$/u, /^\p{Nd}$/u, /^[\p{P}\p{S}]$/u];
  const found = [];
  let [between, blank] = [null, false];
  for (let at = 0, end; at < points.length; at = end) {
    end = at + 1;
    while (end < points.length && MARKS.test(points[end])) end += 1;
    for (const character of points.slice(at, end).join("").normalize("NFKC").toLowerCase()) {
      if (LETTER.test(character)) {
        if (between && DIGIT.test(character) && DIGIT.test(found.at(-1)?.character ?? "")) {
          found.push({ ...between, character: ".", mark: true, wide: blank });
        }
        found.push({ character, start: at, end });
        [between, blank] = [null, false];
      } else if (PUNCTUATION.test(character)) between ??= { start: at, end };
      else if (/\s/.test(character)) blank = true;
    }
  }
  return found;
}

// Where each sentence stands in a copy: start and end in code points, the places of its claims, and whether it is there
// letter for letter. A sentence that is not there has null.
async function claimbookRecognised(points, sentences, claims) {
  const [BATCH, SHORT, NEAR, AROUND] = [4000, 20, 1000, 3];
  const [START, END, HASH, FOLDED, LENGTH, STEPS, GLUED] = [2, 3, 4, 5, 6, 7, 8];

  // All stretches that have a length and a fingerprint of those wanted: where each begins, by its fingerprint.
  async function stretches(list, starts, ends, lengths, wanted) {
    const offsets = [0];
    list.forEach((part) => offsets.push(offsets.at(-1) + part.length));
    const whole = list.join("");
    const hits = new Map();
    let waiting = [];
    const settle = async () => {
      for (const [start, hash] of await Promise.all(waiting)) {
        if (wanted.has(hash)) hits.set(hash, [...(hits.get(hash) ?? []), start]);
      }
      waiting = [];
    };
    for (const start of starts) {
      for (const length of lengths) {
        if (!ends.has(start + length)) continue;
        const stretch = whole.slice(offsets[start], offsets[start + length]);
        waiting.push(claimbookHash(stretch).then((hash) => [start, hash]));
      }
      if (waiting.length > BATCH) await settle();
    }
    await settle();
    return hits;
  }

  // Sentences by their fingerprints, between the edges of words; one that the text itself runs together with another
  // may also begin, and end, where a capital letter stands right after another letter or a digit.
  async function find(list, starts, ends, capitals, rows, hash, length) {
    const look = (these, from, to) => stretches(
      list, from, to, [...new Set(these.map((row) => length(row)))], new Set(these.map((row) => row[hash])),
    );
    const hits = await look(rows, starts, new Set(ends));
    const glued = rows.filter((row) => row[GLUED] && !hits.has(row[hash]));
    const more = await look(glued, [...starts, ...capitals].sort((a, b) => a - b), new Set([...ends, ...capitals]));
    return new Map([...hits, ...more]);
  }

  const space = points.map((point) => /\s/.test(point));
  const edge = (at) => at < 0 || at >= points.length || space[at];
  const places = [...points.keys()];
  const capital = (at) => at > 0 && /^\p{Lu}$/u.test(points[at]) && /^[\p{L}\p{N}]$/u.test(points[at - 1]);
  const exact = await find(
    points, places.filter((at) => !space[at] && edge(at - 1)),
    places.filter((at) => !space[at] && edge(at + 1)).map((at) => at + 1), places.filter(capital),
    sentences, HASH, (row) => row[END] - row[START],
  );

  // A gap in the copy parts words; within a number there is none, whatever stands between its digits.
  const folded = claimbookFolded(points);
  const gap = (at) => at === 0 || at === folded.length || folded[at - 1].wide || folded[at].wide
    || (folded[at - 1].end < folded[at].start && !folded[at - 1].mark && !folded[at].mark);
  const every = [...folded.keys(), folded.length];
  const alike = await find(
    folded.map(({ character }) => character), every.filter((at) => gap(at) && folded[at] && !folded[at].mark),
    every.filter(gap), [...folded.keys()].filter((at) => capital(folded[at].start)),
    sentences.filter((row) => !exact.has(row[HASH]) && row[FOLDED]), FOLDED, (row) => row[LENGTH],
  );

  const options = sentences.map((row) => {
    const same = exact.get(row[HASH])?.map((start) => ({ start, end: start + row[END] - row[START], exact: true }));
    return same ?? (row[FOLDED] && alike.get(row[FOLDED])?.map((first) => (
      { start: folded[first].start, end: folded[first + row[LENGTH] - 1].end, exact: false, first }
    ))) ?? [];
  });
  // How far a place is from where a neighbour of the sentence stands, in the order of the text.
  const distance = (number, place) => Math.min(...options.flatMap((others, other) => (
    other === number || Math.abs(other - number) > AROUND ? [] : others.map((one) => {
      const between = other < number ? place.start - one.end : one.start - place.end;
      return between < 0 ? Infinity : between;
    })
  )));

  // Long ones first: what stands within them is none of the short ones. Of several places the one nearest to a
  // neighbour, without which a short one could be anybody's.
  const chosen = sentences.map(() => null);
  const order = [...sentences.keys()].sort((a, b) => (sentences[b][LENGTH] ?? 0) - (sentences[a][LENGTH] ?? 0)
    || (options[b][0]?.exact ?? false) - (options[a][0]?.exact ?? false) || a - b);
  for (const number of order) {
    const free = options[number]
      .filter(({ start, end }) => chosen.every((other) => !other || end <= other.start || start >= other.end))
      .map((place) => ({ place, away: distance(number, place) }))
      .sort((a, b) => (a.away === b.away ? a.place.start - b.place.start : a.away - b.away));
    const length = sentences[number][LENGTH] || sentences[number][END] - sentences[number][START];
    const short = sentences.length > 1 && length < SHORT;
    if (free.length && !(short && free[0].away > NEAR)) chosen[number] = free[0].place;
  }

  // A place in the text as it was coded leads to one in the folded form, and from there to one in the copy.
  function inFolded(steps, place) {
    let [coded, fold] = [0, 0];
    for (let i = 0; i < steps.length; i += 2) {
      if (place < coded + steps[i + 1]) return fold + Math.min(place - coded, steps[i]);
      coded += steps[i + 1];
      fold += steps[i];
    }
    return fold;
  }
  return chosen.map((place, number) => place && {
    ...place,
    claims: claims.filter(([, of]) => of === number).map(([id, , start, end]) => {
      if (place.exact) return { id, start: place.start + start, end: place.start + end };
      const [from, to] = [start, end].map((at) => place.first + inFolded(sentences[number][STEPS], at));
      return { id, start: folded[from].start, end: folded[Math.max(from, to - 1)].end };
    }),
  });
}

// The text of a file, or an error that says what to do instead.
function claimbookRead(bytes, name) {
  const begins = (...these) => these.every((byte, at) => bytes[at] === byte);
  const instead = "Open it, select all of its words, copy them, and paste them here.";
  if (begins(0x25, 0x50, 0x44, 0x46)) throw new Error(`This is a PDF, which this page does not read. ${instead}`);
  if (begins(0x50, 0x4b) || begins(0xd0, 0xcf, 0x11, 0xe0) || begins(0x7b, 0x5c, 0x72, 0x74, 0x66)) {
    throw new Error(`This is a file of a word processor or an archive, which this page does not read. ${instead}`);
  }
  const decode = (label, options) => new TextDecoder(label, options).decode(bytes);
  const sample = bytes.slice(0, 2000);
  const zeros = [0, 1].map((odd) => sample.filter((byte, at) => at % 2 === odd && !byte).length);
  let text;
  if (begins(0xff, 0xfe) || zeros[1] > sample.length / 4) text = decode("utf-16le");
  else if (begins(0xfe, 0xff) || zeros[0] > sample.length / 4) text = decode("utf-16be");
  else {
    try {
      text = decode("utf-8", { fatal: true });
    } catch {
      const [, named] = /<meta[^>]+charset=["']?([\w-]+)/i.exec(String.fromCharCode(...sample)) ?? [];
      try {
        text = decode(named ?? "windows-1252");
      } catch {
        text = decode("windows-1252");
      }
    }
  }
  if (/[\u0000-\u0008]/.test(text)) throw new Error(`This is no file of text. ${instead}`);
  const page = /\.x?html?$/i.test(name) || /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--|<!doctype|<html|<head|<body)/i.test(text);
  return page ? claimbookPage(text) : text;
}

// The words of a web page, its paragraphs apart. Nothing of such a page is shown or loaded: it is only read.
function claimbookPage(html) {
  const UNSEEN = "script, style, template, noscript, head, nav, svg, select, textarea, [hidden]";
  const APART = "address article aside blockquote caption center dd div dl dt figcaption figure footer form h1 h2 h3 "
    + "h4 h5 h6 header hr li main ol p pre section table td th tr ul";
  const apart = new Set(APART.split(" "));
  const page = new DOMParser().parseFromString(html, "text/html");
  page.querySelectorAll(UNSEEN).forEach((part) => part.remove());
  const parts = [];
  (function walk(node) {
    if (node.nodeType === Node.TEXT_NODE) parts.push(node.data.replace(/[ \t\r\n\f]+/g, " "));
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const around = apart.has(node.localName) ? "\n\n" : node.localName === "br" ? "\n" : "";
    parts.push(around);
    node.childNodes.forEach(walk);
    parts.push(around);
  })(page.body);
  return parts.join("").replace(/ *\n */g, "\n").replace(/\n{3,}/g, "\n\n");
}

(() => {
  const home = document.currentScript.src;
  const panel = document.querySelector(".cb-own");
  const [file, area, go] = ["[type=file]", "textarea", "button"].map((one) => panel.querySelector(one));
  const [give, status, shown] = [".cb-give", "[role=status]", ".cb-marked"].map((one) => panel.querySelector(one));
  const BYTES = 5e6;
  const LONGEST = 4e5;
  const LOOSE = 300;
  const NAMED = 5;
  const TOO_LONG = "This is far longer than the text: give the page of the text alone.";

  function make(tag, name, ...children) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...children.filter((child) => child !== null));
    return element;
  }
  const spoken = (element) => Object.assign(element, { lang: panel.dataset.lang, dir: "auto" });
  const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;
  // In full, because the build keeps the styles of classes that it finds in pages and scripts.
  const LOOKS = {
    supported: "cb-mark cb-mark-supported",
    partly_supported: "cb-mark cb-mark-partly-supported",
    disputed: "cb-mark cb-mark-disputed",
    contradicted: "cb-mark cb-mark-contradicted",
    not_established: "cb-mark cb-mark-not-established",
    not_checkable: "cb-mark cb-mark-not-checkable",
  };
  const say = (...lines) => status.replaceChildren(...lines.map((line) => make("p", "", line)));

  // What is known of the text is loaded once, when somebody gives a copy.
  let known = null;
  function load() {
    known ??= new Promise((resolve, reject) => {
      const script = make("script");
      script.src = new URL(`copy-${panel.dataset.text}.js`, home).href;
      script.onload = () => resolve(window.claimbookCopy);
      script.onerror = () => reject(new Error("Its data did not load: keep the folder of the book whole."));
      document.head.append(script);
    });
    return known;
  }

  function mark(data, verdict, reason) {
    const [glyph, word] = data.verdicts[verdict];
    const sign = make("span", "", glyph);
    sign.setAttribute("aria-hidden", "true");
    const name = `cb-verdict cb-verdict-${verdict.replaceAll("_", "-")}`;
    return make("span", name, sign, ` ${word}${reason ? `: ${reason}` : ""}`);
  }

  function card(data, [id, , , , statement, verdict, reason, denial], placed) {
    const page = make("a", "", "Evidence");
    page.href = new URL(data.page.replace("*", id), new URL("../", home)).href;
    page.setAttribute("aria-label", `Evidence on: ${statement}`);
    const foot = make("p", "cb-quiet", mark(data, verdict, reason), denial ? ` Denied: ${denial}.` : "", " ", page);
    if (placed) {
      const back = make("button", "cb-back", "Show in the text");
      back.type = "button";
      foot.append(" ", back);
    }
    const line = make("li", "cb-own-card", make("p", "", statement), foot);
    line.dataset.claim = id;
    line.id = `${id}-copy`;
    line.tabIndex = -1;
    return line;
  }

  // The words of a sentence, cut where a claim begins or ends; the innermost claim gives its mark to what is between.
  function marked(points, { start, end, claims }, data) {
    const outcome = new Map(data.claims.map(([id, , , , , verdict]) => [id, verdict]));
    const edges = claims.flatMap((claim) => [claim.start, claim.end]);
    const cuts = [...new Set([start, end, ...edges])].sort((a, b) => a - b);
    const linked = new Set();
    return cuts.slice(1).map((to, number) => {
      const from = cuts[number];
      const words = points.slice(from, to).join("").replace(/\u00ad/g, "");
      const here = claims.filter((claim) => claim.start <= from && claim.end >= to)
        .sort((a, b) => (a.end - a.start) - (b.end - b.start));
      if (!here.length) return words;
      const [{ id }] = here;
      const verdict = outcome.get(id);
      const link = !linked.has(id) && /[\p{L}\p{N}]/u.test(words);
      const part = make(link ? "a" : "span", LOOKS[verdict]);
      if (link) {
        linked.add(id);
        const [glyph, word] = data.verdicts[verdict];
        const sign = make("span", "cb-sign", glyph);
        sign.setAttribute("aria-hidden", "true");
        const said = here.length > 1 ? `${word}, the first of ${count(here.length, "claim")} here` : word;
        part.href = `#${id}-copy`;
        part.append(sign, words, make("span", "cb-unseen", ` (${said})`));
      } else {
        part.tabIndex = -1;
        part.append(words);
      }
      part.dataset.claims = here.map((claim) => claim.id).join(" ");
      return part;
    });
  }

  // The copy in its own order: paragraphs with what was found in them, each beside its claims; the rest is set apart.
  function draw(points, found, data) {
    const placed = found.map((place, number) => ({ ...place, number })).filter((one) => one.end)
      .sort((a, b) => a.start - b.start);
    const text = (from, to) => points.slice(from, to).join("");
    const breaks = [0];
    for (let at = 0, last = -1; at < points.length; at += 1) {
      if (points[at] === "\n") {
        if (last >= 0) breaks.push(at);
        last = at;
      } else if (/\S/.test(points[at])) last = -1;
    }
    placed.slice(1).forEach((one, at) => {
      const before = placed[at];
      const [paragraph, other] = [before, one].map(({ number }) => data.sentences[number][0]);
      if (paragraph !== other && text(before.end, one.start).includes("\n")) {
        breaks.push(one.start - 1 - [...points.slice(before.end, one.start)].reverse().indexOf("\n"));
      }
    });
    const edges = [...new Set(breaks)].sort((a, b) => a - b)
      .filter((at) => placed.every(({ start, end }) => at <= start || at >= end));
    const rows = [];
    let loose = [];
    const settle = () => {
      if (!loose.length) return;
      const lines = loose.map((line) => spoken(make("p", "cb-loose", line)));
      if (loose.join("").length <= LOOSE) rows.push(...lines);
      else {
        const head = `${count(loose.length, "passage")} of your copy in which no sentence was recognised`;
        rows.push(make("details", "cb-apart", make("summary", "", head), ...lines));
      }
      loose = [];
    };
    edges.forEach((from, number) => {
      const to = edges[number + 1] ?? points.length;
      const inside = placed.filter(({ start }) => start >= from && start < to);
      if (!inside.length) {
        if (text(from, to).trim()) loose.push(text(from, to).trim());
        return;
      }
      settle();
      const words = spoken(make("p", "cb-words"));
      let at = from;
      for (const one of inside) {
        const between = text(at, one.start);
        words.append(between.trim() ? make("span", "cb-loose", between) : between, ...marked(points, one, data));
        at = one.end;
      }
      words.append(make("span", "cb-loose", text(at, to)));
      const numbers = inside.map((one) => one.number);
      const cards = data.claims.filter(([, of]) => numbers.includes(of)).map((claim) => card(data, claim, true));
      const list = make("ul", "cb-own-cards", ...cards);
      list.setAttribute("aria-label", `Claims of paragraph ${data.sentences[numbers[0]][0]}`);
      rows.push(make("div", "cb-pair", make("div", "", words), list));
    });
    settle();
    return rows;
  }

  const told = ([paragraph, sentence]) => `paragraph ${paragraph}, sentence ${sentence}`;
  function absent(data, numbers) {
    if (!numbers.length) return null;
    const lists = numbers.map((number) => {
      const claims = data.claims.filter(([, of]) => of === number);
      const place = told(data.sentences[number]);
      return make("details", "cb-apart",
        make("summary", "", `${place[0].toUpperCase()}${place.slice(1)}: ${count(claims.length, "claim")}`),
        make("ul", "cb-own-cards", ...claims.map((claim) => card(data, claim, false))));
    });
    return make("section", "cb-absent", make("h3", "", "Not found in your copy"), ...lists);
  }

  function key(data) {
    const verdicts = Object.entries(data.verdicts)
      .map(([verdict, words]) => [verdict, words, data.claims.filter((claim) => claim[5] === verdict).length]);
    const items = verdicts.filter(([, , number]) => number).map(([verdict, [glyph, word], number]) => {
      const sign = make("span", "cb-sign", glyph);
      sign.setAttribute("aria-hidden", "true");
      return make("li", "", make("span", LOOKS[verdict], sign, word), ` ${number}`);
    });
    const list = make("ul", "cb-key", ...items);
    list.setAttribute("aria-label", "Verdicts on the claims of this text");
    return list;
  }

  function light(ids) {
    shown.querySelectorAll(".cb-lit").forEach((one) => one.classList.remove("cb-lit"));
    ids.forEach((id) => shown.querySelectorAll(`[data-claims~="${id}"], [data-claim="${id}"]`)
      .forEach((one) => one.classList.add("cb-lit")));
  }
  const goTo = (element, block) => {
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block });
  };
  shown.addEventListener("click", (event) => {
    const words = event.target.closest(".cb-mark[data-claims]");
    const back = event.target.closest(".cb-back");
    if (words && getSelection().isCollapsed) {
      event.preventDefault();
      const ids = words.dataset.claims.split(" ");
      const first = shown.querySelector(`[data-claim="${ids[0]}"]`);
      const folded = first.classList.contains("cb-lit") && getComputedStyle(first.parentElement).position === "static";
      light(folded ? [] : ids);
      if (!folded) goTo(first, "nearest");
    } else if (back) {
      const id = back.closest(".cb-own-card").dataset.claim;
      light([id]);
      const places = [...shown.querySelectorAll(`[data-claims~="${id}"]`)];
      goTo(places.find((one) => one.matches("a") && one.dataset.claims.startsWith(id)) ?? places[0], "center");
    }
  });

  function clear() {
    document.documentElement.classList.remove("cb-own-open");
    shown.replaceChildren();
    give.hidden = false;
    area.value = "";
    file.value = "";
  }

  let turn = 0;
  async function show(reading) {
    turn += 1;
    const mine = turn;
    say("Comparing …");
    try {
      const data = await load();
      const points = [...(await reading()).replace(/^\ufeff/, "").replace(/\r\n?/g, "\n")];
      if (points.length > LONGEST) throw new Error(TOO_LONG);
      const found = await claimbookRecognised(points, data.sentences, data.claims);
      if (mine !== turn) return;
      const total = data.sentences.length;
      const missing = [...found.keys()].filter((number) => !found[number]);
      const here = total - missing.length;
      if (!here) {
        say(`No sentence of “${data.title}” was found in your copy. It seems to be another text, another version or a `
          + "translation. Nothing was sent or kept.");
        return;
      }
      const marks = found.reduce((sum, one) => sum + (one?.claims.length ?? 0), 0);
      const claims = `${marks} of ${count(data.claims.length, "claim")}`;
      const lines = [`${here} of ${count(total, "sentence")} found, and ${claims} marked. Nothing was sent or kept.`];
      const loosely = found.filter((one) => one && !one.exact).length;
      if (loosely) {
        const differ = count(loosely, "sentence differs", "sentences differ");
        lines.push(`${differ} from the text as it was coded in punctuation, capitals or spaces alone.`);
      }
      if (missing.length) {
        const named = missing.slice(0, NAMED).map((number) => told(data.sentences[number])).join("; ");
        const rest = missing.length > NAMED ? `; and ${missing.length - NAMED} more, listed below` : "";
        lines.push(`Not found, for it is not there or not in these words: ${named}${rest}.`);
      }
      say(...lines);
      const again = make("button", "cb-again", "Another copy");
      again.type = "button";
      again.addEventListener("click", () => {
        clear();
        say();
        area.focus();
      });
      const rows = [make("div", "cb-own-head", key(data), again), ...draw(points, found, data), absent(data, missing)];
      shown.replaceChildren(...rows.filter(Boolean));
      give.hidden = true;
      document.documentElement.classList.add("cb-own-open");
      status.tabIndex = -1;
      status.focus();
    } catch (error) {
      if (mine === turn) say(error.message);
    }
  }

  async function open(given) {
    if (given.size > BYTES) throw new Error(TOO_LONG);
    return claimbookRead(new Uint8Array(await given.arrayBuffer()), given.name);
  }
  file.addEventListener("change", () => file.files[0] && show(() => open(file.files[0])));
  go.addEventListener("click", () => {
    if (area.value.trim()) show(async () => area.value);
    else say("Choose a file, or paste the words first.");
  });
  // A file that is dropped beside its place would open in the place of the page.
  const carries = ({ dataTransfer }) => [...dataTransfer.types].includes("Files");
  ["dragenter", "dragover"].forEach((name) => addEventListener(name, (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    give.classList.add("cb-over");
  }));
  addEventListener("dragleave", (event) => event.relatedTarget ?? give.classList.remove("cb-over"));
  addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    give.classList.remove("cb-over");
    const [given] = event.dataTransfer.files;
    if (given) show(() => open(given));
  });
})();
