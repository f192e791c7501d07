// The workbench in JupyterLab: the text, in which words are chosen, and the form for a row, both by keyboard. What is
// typed stays here until the kernel has written it; the kernel knows the rules, the defaults and the files.

const LIST = ["claim", "link", "wrongdoing", "chain", "actor", "mention", "quantity", "number", "event", "evidence",
  "origin", "matter", "search", "source", "sentence"];
const KEYS = Object.fromEntries([..."clwkamqnevorsit"].map((key, place) => [key, LIST[place]]));
const MOST = 40;  // values of a list that are shown at a time
const ENDS = /^[.,;:!?)\]”’"']+|[.,;:!?)\]”’"']+$/g;

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/** Words that were seen, by which the rest of a word, or the next one, is offered while one types. */
class Words {
  constructor() { this.all = new Map(); this.after = new Map(); }

  add(weight, text) {
    let before = "";
    for (const written of text.split(/\s+/)) {
      const word = written.replace(ENDS, "");
      if (!word) continue;
      if (!this.after.has(before)) this.after.set(before, new Map());
      for (const seen of [this.all, this.after.get(before)]) seen.set(word, (seen.get(word) || 0) + weight);
      before = word.toLowerCase();
    }
  }

  /** Return the rest of the two likeliest words that begin with what is typed behind `before`. */
  rests(before, typed) {
    const begun = typed.toLowerCase(), found = new Set();
    for (const seen of [this.after.get(before), typed ? this.all : null]) {
      const fitting = [...seen || []].filter(([word]) => word.length > typed.length && word.toLowerCase().startsWith(begun));
      for (const [word] of fitting.sort(([, one], [, other]) => other - one)) found.add(word.slice(typed.length));
    }
    return [...found].slice(0, 2);
  }
}

/** Return the value of a list that is meant by what is typed: by its beginning, its number, or a word of what it is. */
function meant(offered, typed) {
  const wanted = typed.toLowerCase();
  const ways = [
    ([value]) => value.toLowerCase() === wanted,
    ([value]) => /^\d+$/.test(wanted) && Number((value.match(/\d+$/) || [NaN])[0]) === Number(wanted),
    ([value]) => value.toLowerCase().startsWith(wanted),
    ([value, words]) => `${value.replace(/-/g, " ")} ${words}`.toLowerCase().split(/[^\p{L}\p{N}]+/u)
      .some((word) => word.startsWith(wanted)),
  ];
  for (const way of wanted ? ways : []) {
    const found = offered.find(way);
    if (found) return found[0];
  }
  return "";
}

function render({ model, el }) {
  const get = (name) => model.get(name);
  const drafts = {}, corrected = {}, words = new Words(), own = Math.random().toString(36).slice(2);
  let form = get("first"), inputs = new Map(), sent = null;
  let cursor = 0, anchor = null, held = false, sought = "", from = 0;

  const text = make("div", { class: "cbw-text", tabindex: "0", role: "application", "aria-label": "The text" });
  const place = make("p", { class: "cbw-place", "aria-live": "polite" });
  const tabs = make("p", { class: "cbw-tabs" });
  const says = make("p", { class: "cbw-says" });
  const there = make("select", { id: `cbw-${own}-there`, title: "Alt+X" });
  const correct = make("p", { class: "cbw-correct" }, make("label", { for: there.id }, "Correct "), there);
  const correcting = make("p", { class: "cbw-correcting", "aria-live": "polite" });
  const fields = make("div", { class: "cbw-fields" });
  const told = make("p", { class: "cbw-told", role: "status" });
  const standing = make("div", { class: "cbw-standing", "aria-live": "polite" });
  const buttons = make("p", {});
  for (const [label, act] of [["Write (Enter)", write], ["Undo (Alt+Z)", () => turn("undo")],
    ["Redo (Alt+Y)", () => turn("redo")], ["Empty the form (Alt+0)", empty],
    ["Check", () => model.send({ do: "check" })]]) {
    const button = make("button", { type: "button" }, label);
    // A field that loses the focus folds its rule, and the button would move away from under the mouse.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", act);
    buttons.append(button, " ");
  }
  const left = make("div", { class: "cbw-left" }, text, place, told, standing);
  const right = make("div", { class: "cbw-right" }, tabs, says, correct, correcting, fields, buttons);
  // JupyterLab would take letters for its own commands.
  const root = make("div", { class: "cbw", "data-lm-suppress-shortcuts": "true" }, left, right);
  el.append(root);

  // The text ----------------------------------------------------------------------------------------------

  const tokens = [];
  let paragraph = null, block = null;
  for (const sentence of get("text")) {
    if (sentence.paragraph !== paragraph) {
      block = make("p");
      text.append(block);
      paragraph = sentence.paragraph;
    }
    const whole = make("span", { class: "cbw-sentence", "data-sentence": sentence.id });
    let end = null;
    for (const [start, stop, word] of sentence.tokens) {
      if (end !== null && start > end) whole.append(" ");
      const shown = make("span", { class: "cbw-word" }, word);
      shown.dataset.at = tokens.length;
      tokens.push({ start, stop, word, sentence: sentence.id, shown });
      whole.append(shown);
      end = stop;
    }
    block.append(whole, " ");
  }
  const sentenceAt = () => tokens[cursor]?.sentence;
  const range = () => [Math.min(cursor, anchor ?? cursor), Math.max(cursor, anchor ?? cursor)];

  function point(to, extend) {
    if (!tokens.length) return;
    to = Math.max(0, Math.min(tokens.length - 1, to));
    if (extend && anchor === null) anchor = cursor;
    if (!extend) { anchor = null; held = false; }
    cursor = to;
    const [first, last] = range();
    tokens.forEach(({ shown }, at) => shown.classList.toggle("cbw-chosen", at >= first && at <= last));
    tokens[cursor].shown.scrollIntoView({ block: "nearest" });
    const [start, end] = [tokens[first].start, tokens[last].stop];
    place.textContent = `${tokens[first].sentence}, characters ${start} to ${end}: `
      + tokens.slice(first, last + 1).map(({ shown }) => shown.textContent).join(" ");
    root.dataset.passage = `${start} ${end}`;
    root.dataset.cursor = cursor;
  }

  function choose() {
    if (!root.dataset.passage || sent === root.dataset.passage) return;
    sent = root.dataset.passage;
    const [start, end] = sent.split(" ").map(Number);
    model.send({ do: "choose", start, end });
  }

  function seek(letter) {
    if (!sought) from = cursor;
    sought += letter.toLowerCase();
    const behind = [...tokens.slice(from + 1), ...tokens.slice(0, from + 1)];
    const found = behind.find(({ word }) => word.toLowerCase().startsWith(sought));
    if (found) point(tokens.indexOf(found), held);
  }

  const first = (step) => {  // the first word of a sentence before or after this one
    const order = get("text").map(({ id }) => id);
    const wanted = order[order.indexOf(sentenceAt()) + step];
    return wanted ? tokens.findIndex(({ sentence }) => sentence === wanted) : cursor;
  };
  text.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const extend = event.shiftKey || held, letter = sought;
    if (event.key.length === 1 && event.key !== " ") seek(event.key);
    else {
      sought = "";
      if (event.key === "ArrowRight") point(cursor + 1, extend);
      else if (event.key === "ArrowLeft") point(cursor - 1, extend);
      else if (event.key === "ArrowDown") point(first(1), extend);
      else if (event.key === "ArrowUp") point(first(-1), extend);
      else if (event.key === " ") { point(cursor, false); held = true; anchor = cursor; }
      else if (event.key === "Backspace" && letter) sought = letter.slice(0, -1);
      else if (event.key === "Enter") { choose(); focus(); }
      else return;
    }
    event.preventDefault();
  });
  text.addEventListener("blur", () => { held = false; sought = ""; choose(); });
  text.addEventListener("mousedown", (event) => {
    const at = event.target.dataset?.at;
    if (at === undefined) return;
    point(Number(at), event.shiftKey);
    const move = (over) => { if (over.target.dataset?.at !== undefined) point(Number(over.target.dataset.at), true); };
    text.addEventListener("mouseover", move);
    window.addEventListener("mouseup", () => text.removeEventListener("mouseover", move), { once: true });
  });

  function mark() {
    const { claims, bare } = get("marks");
    for (const { start, stop, shown } of tokens) {
      const on = claims.filter(([a, b]) => a <= start && stop <= b).map(([, , id]) => id);
      shown.classList.toggle("cbw-coded", on.length > 0);
      shown.title = on.join(", ");
    }
    for (const whole of text.querySelectorAll("[data-sentence]")) {
      whole.classList.toggle("cbw-bare", bare.includes(whole.dataset.sentence));
    }
  }

  // The form ----------------------------------------------------------------------------------------------

  const offered = (field) => get("offers")[field.offers] || [];
  const field = (name) => get("forms")[form].fields.find((one) => one.name === name);
  const defaults = () => get("defaults")[form] || {};
  const row = () => corrected[form] || "";  // the key of the row that is there and is being corrected
  const draft = () => (drafts[`${form} ${row()}`] ??= {});
  // Rows of other tables that hang on a row are no part of its correction.
  const asked = () => get("forms")[form].fields.filter((one) => one.own || !row());

  function open(name) {
    form = name;
    root.dataset.form = name;
    says.textContent = `${name}: ${get("forms")[name].says}`;
    for (const tab of tabs.children) tab.setAttribute("aria-pressed", String(tab.dataset.form === name));
    list();
    fields.replaceChildren();
    inputs = new Map();
    asked().forEach((one, at) => {
      const id = `cbw-${own}-${one.name}`;
      const input = make("input", { id, name: one.name, autocomplete: "off", spellcheck: "false",
        placeholder: one.follows || "", "aria-describedby": `${id}-rule` });
      const ghost = make("span", { class: "cbw-ghost", "aria-hidden": "true" });
      const rule = make("small", { class: "cbw-rule", id: `${id}-rule` });
      // What scrolls would be a stop of Tab by itself.
      const values = make("span", { class: "cbw-values", tabindex: "-1" });
      const wrong = make("strong", { class: "cbw-wrong", role: "alert" });
      const label = make("label", { for: id }, `${at < 9 ? `${at + 1} ` : ""}${one.label}${one.required ? " *" : ""}`);
      fields.append(make("div", { class: "cbw-field" }, label, make("span", {}, input, ghost), wrong, values, rule));
      inputs.set(one.name, { input, ghost, rule, values, wrong });
      listen(one, input);
    });
    fill();
  }

  /** List the rows of the form's table that can be corrected. */
  function list() {
    const rows = get("there")[form] || [];
    if (!rows.some(([key]) => key === row())) corrected[form] = "";
    there.replaceChildren(make("option", { value: "" }, "no row: write a new one"),
      ...rows.map(([key, words]) => make("option", { value: key }, words ? `${key}: ${words}` : key)));
    there.value = row();
    correct.hidden = !rows.length;
    correcting.textContent = row() ? `Correcting ${there.selectedOptions[0].textContent}` : "";
  }

  function pick() {
    if (there.value) model.send({ do: "row", form, row: there.value });
    else {
      corrected[form] = "";
      open(form);
    }
  }

  there.addEventListener("change", pick);
  there.addEventListener("keydown", (event) => {
    if (event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {  // JupyterLab keeps the arrow keys from what a list does by itself
      there.selectedIndex = Math.max(0, Math.min(there.length - 1, there.selectedIndex + step));
      pick();
    } else if (event.key === "Enter") focus();
    else if (event.key === "Escape") text.focus();
    else return;
    event.preventDefault();
  });

  /** Put a row that is there into its form, unless another has been chosen meanwhile. */
  function lay({ form: of, key, values }) {
    if (of !== form || key !== there.value) return;
    corrected[form] = key;
    drafts[`${form} ${key}`] = { ...values };
    open(form);
  }

  function fill() {
    for (const [name, { input }] of inputs) {
      const value = name in draft() ? draft()[name] : row() ? "" : defaults()[name] || "";
      if (input.value === value) continue;
      input.value = value;
      if (document.activeElement === input && !(name in draft())) input.select();
    }
  }

  /** Offer what would follow, and show the rule for what stands in the field. */
  function hint(one) {
    const { input, ghost, rule } = inputs.get(one.name);
    const typed = input.value, list = offered(one);
    let rest = "", other = "";
    if (list.length) {
      const value = meant(list, part(one, typed));
      rest = value === part(one, typed) ? "" : value;
    } else {
      const [begun, before] = typed.split(/\s+/).reverse();
      const known = one.verbatim ? ofSentence() : words;
      [rest = "", other = ""] = known.rests((before || "").replace(ENDS, "").toLowerCase(), begun);
    }
    input.dataset.ghost = rest;
    input.dataset.other = other;
    ghost.textContent = [rest && `→ ${rest}`, other && `↓ ${other}`].filter(Boolean).join("  ");
    const value = rest && list.length ? rest : typed;
    const told = (list.find(([word]) => word === value) || [])[1];
    rule.textContent = [one.rule, told && `${value}: ${told}`].filter(Boolean).join(" ");
    showValues(one, value);
  }

  /** Show the values of a list below the field that one is in: all of a short one, of a long one what fits. */
  function showValues(one, chosen) {
    const { input, values } = inputs.get(one.name), list = offered(one);
    const typed = part(one, input.value).toLowerCase(), whole = list.some(([value]) => value === part(one, input.value));
    const fitting = list.length <= MOST || !typed || whole ? list
      : list.filter(([value, words]) => `${value} ${words}`.toLowerCase().includes(typed));
    values.replaceChildren(...fitting.slice(0, MOST).flatMap(([value, words]) => {
      // By keyboard the arrows go through the list: as stops of Tab its values would be in the way.
      const button = make("button", { type: "button", tabindex: "-1", title: words, "aria-pressed": String(value === chosen) }, value);
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => take(one, value));
      return [button, " "];
    }), fitting.length > MOST ? `and ${fitting.length - MOST} more: type to find one` : "");
  }

  /** Return what is typed of the last value, in a field that may hold several with bars between them. */
  function part(one, typed) { return one.several ? typed.split("|").pop().trim() : typed; }

  /** Put a value of a list in the place of what is typed for it. */
  function take(one, value) {
    const { input } = inputs.get(one.name), before = one.several ? input.value.split("|").slice(0, -1) : [];
    set(one, [...before.map((other) => other.trim()), value].join(" | "));
  }

  function ofSentence() {
    const known = new Words();
    known.add(1, tokens.filter(({ sentence }) => sentence === sentenceAt()).map(({ word }) => word).join(" "));
    return known;
  }

  /** Take what is offered in a list, where what is typed is no value of it. */
  function settle(one) {
    const { input } = inputs.get(one.name), list = offered(one), rest = input.dataset.ghost;
    const mine = one.free && !/^[a-z0-9-]+$/.test(input.value);  // words of one's own have a blank or a capital
    if (list.length && rest && !mine) take(one, rest);
  }

  function set(one, value) {
    const { input } = inputs.get(one.name);
    input.value = value;
    draft()[one.name] = value;
    hint(one);
  }

  function listen(one, input) {
    let spaced = false;
    input.addEventListener("focus", () => { input.select(); hint(one); });
    input.addEventListener("input", () => { draft()[one.name] = input.value; hint(one); });
    input.addEventListener("beforeinput", (event) => {
      if (spaced && /^[.,;:!?)”]$/.test(event.data || "")) input.value = input.value.trimEnd();
      spaced = false;
    });
    input.addEventListener("keydown", (event) => {
      const list = offered(one), ended = input.selectionStart === input.value.length;
      if (event.key === "Tab") { settle(one); return; }
      if (event.key === "Enter") { settle(one); write(); }
      else if (event.key === "Escape") text.focus();
      else if (event.key === "ArrowRight" && ended && input.dataset.ghost) {
        if (list.length) take(one, input.dataset.ghost);
        else { set(one, `${input.value}${input.dataset.ghost} `); spaced = true; }
      } else if (event.key === "ArrowDown" && input.dataset.other) {
        set(one, `${input.value}${input.dataset.other} `);
        spaced = true;
      } else if (["ArrowDown", "ArrowUp"].includes(event.key) && list.length) {
        const at = list.findIndex(([value]) => value === input.value), step = event.key === "ArrowDown" ? 1 : -1;
        set(one, list[(at + step + list.length + (at < 0 && step < 0 ? 1 : 0)) % list.length][0]);
        input.select();
      } else return;
      event.preventDefault();
    });
    input.addEventListener("blur", () => {
      const { ghost, rule, values } = inputs.get(one.name) || {};
      if (ghost) ghost.textContent = rule.textContent = values.textContent = "";
      if (!offered(one).length && one.name in draft()) words.add(3, input.value);
      if (input.value.trim()) model.send({ do: "said", form, name: one.name, value: input.value });
      else wrong({});
    });
  }

  function wrong(rules, whole = true) {
    for (const [name, { input, wrong: shown }] of inputs) {
      if (!whole && !(name in rules)) continue;
      shown.textContent = rules[name] || "";
      input.setAttribute("aria-invalid", String(Boolean(rules[name])));
    }
    if (rules[""]) told.textContent = rules[""];
  }

  function focus(name) {
    const here = [...inputs].find(([, { input }]) => input === document.activeElement);
    if (here) settle(field(here[0]));
    const { input } = inputs.get(name) || inputs.values().next().value;
    input.focus();
  }

  function write() {
    choose();
    const values = Object.fromEntries([...inputs].map(([name, { input }]) => [name, input.value]));
    const lacking = asked().find(({ name, required }) => required && !values[name].trim());
    if (lacking) {
      wrong({ [lacking.name]: "must not be empty" });
      focus(lacking.name);
      return;
    }
    const key = row();
    delete drafts[`${form} ${key}`];
    corrected[form] = "";
    model.send({ do: "write", form, values, row: key });
    if (key) open(form);
    if (get("forms")[form].passage) text.focus();
    else { fill(); focus(); }
  }

  function empty() {
    delete drafts[`${form} ${row()}`];
    corrected[form] = "";
    delete drafts[`${form} `];
    open(form);
    focus();
  }

  function turn(way) { model.send({ do: way }); }

  for (const [key, name] of Object.entries(KEYS)) {
    if (!(name in get("forms"))) continue;
    const tab = make("button", { type: "button", "data-form": name, title: `Alt+${key.toUpperCase()}` }, name);
    tab.addEventListener("click", () => { open(name); focus(); });
    tabs.append(tab);
  }
  root.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const key = event.code.replace(/^(Key|Digit)/, "").toLowerCase();  // on a Mac, Alt changes the letter
    if (key === "z" || key === "y") turn(key === "z" ? "undo" : "redo");
    else if (key === "0") empty();
    else if (key === "x" && !correct.hidden) there.focus();
    else if (KEYS[key] in get("forms")) { choose(); focus(); open(KEYS[key]); focus(); }
    else if (/^[1-9]$/.test(key) && Number(key) <= inputs.size) focus([...inputs.keys()][Number(key) - 1]);
    else return;
    event.preventDefault();
  });

  // What the kernel says ------------------------------------------------------------------------------------

  function answered() {
    const answer = get("answer");
    if (answer.values) {  // refused, or taken back: what was given stands in its form again
      corrected[answer.form] = answer.row || "";
      drafts[`${answer.form} ${answer.row || ""}`] = { ...answer.values };
      if (answer.passage) {
        const [start, end] = answer.passage;
        const last = tokens.findIndex(({ stop }) => stop === end);
        anchor = tokens.findIndex((token) => token.start === start);
        cursor = anchor;
        point(last, true);
        sent = root.dataset.passage;
      }
      open(answer.form);
      wrong(answer.rules || {});
      focus(Object.keys(answer.rules || {}).find((name) => inputs.has(name)));
    } else if (answer.rules) wrong(answer.rules);
    if (answer.told) told.textContent = answer.told;
    root.dataset.answers = answer.number;
  }

  function stands() {
    const { told: line, here, open: left } = get("standing");
    standing.replaceChildren(make("p", {}, make("strong", {}, line || "")));
    if (here?.length) {
      standing.append(make("p", {}, "validate says of what was written last:"),
        make("ul", { class: "cbw-here" }, ...here.map((one) => make("li", {}, one))));
    }
    if (left?.length) {
      standing.append(make("details", {}, make("summary", {}, `Still open: ${left.length}`),
        make("ul", {}, ...left.map((one) => make("li", {}, one)))));
    }
    root.dataset.standing = get("standing").number ?? "";
  }

  for (const [weight, seen] of get("corpus")) words.add(weight, seen);
  const on = {
    "change:marks": mark, "change:defaults": fill, "change:answer": answered, "change:standing": stands,
    "msg:custom": ({ said, row: laid }) => (laid ? lay(laid) : wrong(said, false)),
    "change:there": list,
  };
  for (const [event, act] of Object.entries(on)) model.on(event, act);
  open(form);
  mark();
  stands();
  point(0, false);
  return () => { for (const [event, act] of Object.entries(on)) model.off(event, act); };
}

export default { render };
