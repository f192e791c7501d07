// Charts, filters and print of the book. A classic script: modules and fetch fail on file://.
"use strict";
(() => {
  const root = document.documentElement;
  const home = document.currentScript.src;
  const each = (selector, action) => document.querySelectorAll(selector).forEach(action);

  // Charts: a picture stands in the page; when it is pointed at, focused or tapped, Plotly draws over it -----------

  const charts = [...document.querySelectorAll(".cb-plot:not(.cb-still)")];
  const drawn = new Map();
  const scripts = new Map();
  const DWELL = 120;
  // Of the buttons over a chart, those that a drag, a double click or nobody needs: the others leave the legend in sight.
  const UNUSED = ["select2d", "lasso2d", "zoom2d", "pan2d", "autoScale2d"];

  function load(address) {
    if (!scripts.has(address)) {
      scripts.set(address, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = resolve;
        script.onerror = reject;
        document.head.append(script);
      }));
    }
    return scripts.get(address);
  }

  // One source of colours for text, pictures and charts: the custom properties of the page. Only where it is used is
  // one a colour that Plotly can read.
  function palette() {
    const probe = document.createElement("span");
    root.append(probe);
    const known = new Map();
    const colour = (property) => {
      if (!known.has(property)) {
        probe.style.color = property;
        known.set(property, getComputedStyle(probe).color);
      }
      return known.get(property);
    };
    const of = (value) => {
      if (Array.isArray(value)) return value.map(of);
      if (value && typeof value === "object") {
        return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, of(part)]));
      }
      const [, property, opacity] = /^(var\(--cb-[\w-]+\)) ([\d.]+)$/.exec(value) ?? [];
      return property ? colour(property).replace(/^rgb\((.*)\)$/, `rgba($1, ${opacity})`) : value;
    };
    const axis = {
      gridcolor: colour("var(--cb-rule)"), linecolor: colour("var(--cb-ink-3)"), zerolinecolor: colour("var(--cb-ink-3)"),
      tickcolor: colour("var(--cb-ink-3)"), automargin: true, title: { standoff: 10 },
    };
    const ink = colour("var(--cb-ink)");
    const series = ["link", "mark", "rose", "moss", "ink-3", "ink"].map((name) => colour(`var(--cb-${name})`));
    const template = { layout: {
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: ink, family: getComputedStyle(document.body).fontFamily, size: 14 },
      colorway: series,
      xaxis: axis, yaxis: axis, margin: { l: 48, r: 16, t: 24, b: 48 },
      hoverlabel: { bgcolor: colour("var(--cb-panel)"), bordercolor: axis.linecolor, font: { color: ink } },
      legend: { orientation: "h", x: 0, y: 1, xanchor: "left", yanchor: "bottom" },
      modebar: { bgcolor: "rgba(0,0,0,0)", color: axis.linecolor, activecolor: ink },
    } };
    probe.remove();
    return { of, template };
  }

  // The parts of a layout that have parts themselves, such as axes, take those of the picture one by one.
  const merged = (one, other) => Object.fromEntries([...Object.keys({ ...one, ...other })].map((key) => {
    const parts = [one[key], other[key]];
    const both = parts.every((part) => part && typeof part === "object" && !Array.isArray(part));
    return [key, both ? { ...parts[0], ...parts[1] } : parts[1] ?? parts[0]];
  }));

  const shown = (place) => [...place.querySelectorAll(":scope > svg")].findIndex((svg) => svg.getClientRects().length);

  // What Plotly is given: the figure in the colours of now and, where there is a picture, with its plot area.
  function content(place, { of, template }) {
    const { data, layout, layouts, frames } = window.claimbookFigures[place.dataset.chart];
    const sized = layouts[shown(place)];
    return {
      data: of(data), frames, config: { displaylogo: false, modeBarButtonsToRemove: UNUSED },
      layout: { ...of(sized ? merged(layout, sized) : layout), template, autosize: !sized },
    };
  }

  function draw(place) {
    if (drawn.has(place)) return;
    const area = document.createElement("div");
    area.className = "cb-drawing";
    place.append(area);
    drawn.set(place, shown(place));
    const picture = place.querySelector("svg");
    if (picture) place.setAttribute("aria-label", picture.getAttribute("aria-label"));
    scale(place);
    Plotly.newPlot(area, content(place, palette())).then(() => place.classList.add("cb-drawn"));
    // Not Plotly's own "responsive": it measures before the theme's sidebars have finished moving.
    new ResizeObserver(() => area.offsetWidth && fit(place)).observe(place);
  }

  // A chart over a picture has its size and is scaled as it is; one without a picture fills its place.
  function scale(place) {
    const picture = place.querySelectorAll(":scope > svg")[shown(place)];
    if (!picture) return;
    const by = picture.getBoundingClientRect().width / picture.viewBox.baseVal.width;
    const area = place.querySelector(".cb-drawing");
    area.style.cssText = `width:${picture.viewBox.baseVal.width}px;height:${picture.viewBox.baseVal.height}px;`
      + `inset:0 auto auto 0;transform-origin:0 0;transform:scale(${by});--cb-scale:${by}`;
  }

  function fit(place) {
    const area = place.querySelector(".cb-drawing");
    if (drawn.get(place) < 0) {
      Plotly.Plots.resize(area);
      return;
    }
    scale(place);
    if (shown(place) === drawn.get(place) || shown(place) < 0) return;
    drawn.set(place, shown(place));
    Plotly.react(area, content(place, palette()));
  }

  function recolour() {
    const colours = palette();
    for (const place of drawn.keys()) Plotly.react(place.querySelector(".cb-drawing"), content(place, colours));
  }

  const open = (place) => Promise.all([
    load(new URL("plotly.min.js", home).href), load(new URL(place.dataset.script, location.href).href),
  ]).then(() => draw(place), () => {});

  for (const place of charts) {
    let timer = null;
    place.tabIndex = 0;
    // A pointer that only passes by, or a finger that scrolls, asks for nothing.
    place.addEventListener("pointerenter", ({ pointerType }) => {
      if (pointerType !== "touch") timer = setTimeout(open, DWELL, place);
    });
    place.addEventListener("pointerleave", () => clearTimeout(timer));
    // Whoever has come to a link of the picture wants to follow it.
    for (const name of ["focusin", "click"]) {
      place.addEventListener(name, ({ target }) => target.closest("svg a") || open(place));
    }
  }
  if (charts.length) new MutationObserver(recolour).observe(root, { attributeFilter: ["data-theme"] });

  // What the page is to measure it measures at the first sign of a reader.
  function start(event) {
    // The theme scrolls its own sidebar to the current page; that is no sign of a reader.
    if (event.type === "scroll" && event.target !== document) return;
    wake.forEach((name) => removeEventListener(name, start, true));
    stops();
  }
  const wake = ["scroll", "pointerdown", "pointermove", "keydown", "touchstart", "wheel"];
  wake.forEach((name) => addEventListener(name, start, { capture: true, passive: true }));

  // Print: paper is light, shows all, and folds nothing ------------------------------------------

  let before = null;
  addEventListener("beforeprint", () => {
    before = { theme: root.dataset.theme, folded: [...document.querySelectorAll("details:not([open])")] };
    root.dataset.theme = "light";
    before.folded.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => {
    if (!before) return;
    before.folded.forEach((details) => { details.open = false; });
    root.dataset.theme = before.theme;
    before = null;
  });

  // Controls: the state of all of them is in the address, so that a link, a reload and "back" find it ----

  // As claimbook.markup.fold does it.
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").replace(/[‘’ʼ]/g, "'")
    .replace(/[“”„]/g, '"').replace(/[‐‑‒–—]/g, "-").split(/\s+/).filter(Boolean).join(" ");
  const controls = [];

  class Control {
    constructor(section) {
      this.section = section;
      this.id = section.dataset.control;
      this.noun = section.dataset.noun;
      this.form = section.querySelector("form");
      this.count = section.querySelector(".cb-count");
      this.fields = new Map();
      for (const { name } of this.form.elements) {
        if (name && !this.fields.has(name)) this.fields.set(name, this.form.elements.namedItem(name));
      }
      this.form.addEventListener("change", (event) => event.target.name !== "q" && this.remember(true));
      this.form.addEventListener("input", (event) => event.target.name === "q" && this.remember(false));
      this.form.addEventListener("reset", (event) => {
        event.preventDefault();
        this.set(new URLSearchParams());
        this.remember(true);
      });
    }

    // The values that a field can have, the default first; null where it takes any words.
    values(field) {
      const options = field.options ?? (field instanceof RadioNodeList ? field : null);
      return options && [...options].map(({ value }) => value);
    }

    // Only what is not the default: that keeps addresses short.
    get state() {
      return [...this.fields].map(([name, field]) => [name, field.value, this.values(field)?.[0] ?? ""])
        .filter(([, value, usual]) => value !== usual).map(([name, value]) => [name, value]);
    }

    // An address may be typed by hand or come from another edition: what is not known leaves the default.
    set(parameters) {
      const before = `${this.state}`;
      for (const [name, field] of this.fields) {
        const wanted = parameters.get(name) ?? "";
        const values = this.values(field);
        field.value = !values || values.includes(wanted) ? wanted : values[0];
      }
      if (`${this.state}` !== before) this.show();
    }

    // A choice is a step that "back" undoes, and so is a run of typing; its single letters are not.
    remember(choice) {
      const step = choice || !this.typing;
      this.typing = !choice;
      this.show();
      const parts = controls.filter((one) => one === this || one.state.length)
        .map((one) => `${one.id}:${new URLSearchParams(one.state)}`);
      const hash = `#${parts.join(";")}`;
      if (step) location.hash = hash;
      else location.replace(hash);
    }
  }

  // Rows by facets and words.
  class Filter extends Control {
    constructor(section) {
      super(section);
      this.columns = [...section.querySelectorAll(".cb-column")];
      this.folds = [...section.querySelectorAll(".cb-fold")];
      // A browser that translates the page rewrites its words: what they were is kept from the beginning.
      this.read = [...section.querySelectorAll(".cb-row")].map((element) => ({ element, words: element.textContent }));
    }

    // Worked out at the first choice: hundreds of rows would hold up the first view.
    get rows() {
      if (!this.known) {
        for (const row of this.read) {
          row.facets = JSON.parse(row.element.dataset.facets);
          row.text = fold(row.words);
        }
        this.known = true;
      }
      return this.read;
    }

    // Whether a row holds all words that are sought: in the book's words, or in those into which they were translated.
    holds({ element, words, text }, sought) {
      if (sought.every((word) => text.includes(word))) return true;
      const shown = element.textContent;
      return shown !== words && sought.every((word) => fold(shown).includes(word));
    }

    show() {
      const choice = this.state.filter(([name]) => name !== "q");
      const sought = fold(this.fields.get("q").value).split(" ");
      let shown = 0;
      this.section.classList.toggle("cb-asked", this.state.length > 0);
      for (const row of this.rows) {
        const fits = choice.every(([name, value]) => (row.facets[name] ?? []).map(String).includes(value))
          && this.holds(row, sought);
        row.element.hidden = !fits;
        shown += fits;
      }
      this.count.textContent = `${shown} of ${this.rows.length} ${this.noun}`;
      for (const column of this.columns) {
        const mine = column.querySelectorAll(".cb-row:not([hidden])").length;
        const [head, none] = column.querySelectorAll(":scope > p");
        head.querySelector(".cb-number").textContent = mine;
        none.hidden = mine > 0;
      }
      for (const fold of this.folds) {
        const mine = fold.querySelectorAll(".cb-row:not([hidden])").length;
        fold.querySelector(".cb-number").textContent = mine;
        fold.hidden = !mine;
        fold.open = this.state.length > 0;
      }
    }
  }

  // One of the states that the build has computed: a digit for each item, the column of its outcome in the table.
  class Choice extends Control {
    constructor(section) {
      super(section);
      Object.assign(this, JSON.parse(section.querySelector("script").textContent));
      this.items = [...section.querySelector("template").content.children];
      this.groups = this.items.map((item) => item.dataset.groups.split(" ").map(Number));
      this.marks = [...section.querySelectorAll("thead th")].slice(1);
      this.cells = [...section.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td")]);
      this.caption = section.querySelector("caption");
      [this.counted] = this.caption.textContent.split(". ", 1);
      this.changes = section.querySelector(".cb-changes");
    }

    show() {
      let place = 0;
      const words = [];
      for (const field of this.fields.values()) {
        const values = this.values(field);
        const at = values.indexOf(field.value);
        const box = (field.options ? field : field[0]).closest("p, fieldset");
        const option = field.options ? field.options[at] : field[at].parentElement;
        words.push(`${box.firstElementChild.textContent}: ${option.textContent.trim()}`);
        place = place * values.length + at;
      }
      this.caption.textContent = `${this.counted}. ${words.join("; ")}`;
      this.compare(this.states[this.of[place]], this.states[this.of[0]]);
    }

    compare(state, usual) {
      const counts = this.cells.map((row) => row.map(() => [0, 0]));
      const moved = new Map();
      let left = 0;
      this.items.forEach((item, i) => {
        if (state[i] === "-") {
          left += 1;
          return;
        }
        for (const group of this.groups[i]) {
          counts[group][state[i]][0] += 1;
          counts[group][usual[i]][1] += 1;
        }
        const change = usual[i] + state[i];
        if (usual[i] !== state[i]) moved.set(change, [...moved.get(change) ?? [], item]);
      });
      this.cells.forEach((row, group) => row.forEach((cell, outcome) => {
        const [now, before] = counts[group][outcome];
        const by = now === before ? "" : ` (${now > before ? "+" : "−"}${Math.abs(now - before)})`;
        cell.textContent = `${now}${by}`;
      }));
      const told = this.items.length - left;
      const changed = [...moved.values()].reduce((sum, { length }) => sum + length, 0);
      this.count.textContent = `${changed} of ${told} ${this.noun} get another verdict`
        + (left ? `; ${left} ${this.section.dataset.leftOut}` : "");
      const open = [...this.changes.querySelectorAll("[open]")].map(({ dataset }) => dataset.change);
      this.changes.replaceChildren(...[...moved].sort(([a], [b]) => (a < b ? -1 : 1)).map(([change, items]) => {
        const details = document.createElement("details");
        const [before, after] = [...change].map((outcome) => this.marks[outcome].firstElementChild.cloneNode(true));
        const summary = document.createElement("summary");
        const list = document.createElement("ul");
        summary.append(before, " → ", after, `: ${items.length}`);
        list.append(...items.map((item) => item.cloneNode(true)));
        details.append(summary, list);
        Object.assign(details, { className: "cb-claim", open: open.includes(change) });
        details.dataset.change = change;
        return details;
      }));
    }
  }

  // Marks of claims, of which a text's alone are shown; arrow keys go from mark to mark, which are one stop a block.
  class Squares extends Control {
    constructor(section) {
      super(section);
      this.blocks = [...section.querySelectorAll(".cb-cells")].map((cells) => [cells, [...cells.children]]);
      for (const [cells, marks] of this.blocks) {
        marks.forEach((mark, at) => { mark.tabIndex = at ? -1 : 0; });
        cells.addEventListener("keydown", (event) => this.step(event, cells, marks));
      }
    }

    step(event, cells, marks) {
      const shown = marks.filter(({ classList }) => !classList.contains("cb-other"));
      const at = shown.indexOf(document.activeElement);
      const across = shown.filter((mark) => mark.offsetTop === shown[0].offsetTop).length;
      const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across, Home: -at, End: shown.length - 1 - at };
      const next = shown[at + by[event.key]];
      if (!next) return;
      event.preventDefault();
      this.enter(marks, next);
      next.focus();
    }

    enter(marks, one) {
      marks.forEach((mark) => { mark.tabIndex = mark === one ? 0 : -1; });
    }

    show() {
      const text = this.fields.get("text").value;
      for (const [cells, marks] of this.blocks) {
        marks.forEach((mark) => mark.classList.toggle("cb-other", ![mark.dataset.text, "all"].includes(text)));
        const shown = marks.filter(({ classList }) => !classList.contains("cb-other"));
        const counted = shown.filter((mark) => !mark.matches(".cb-again, .cb-is-not-checkable"));
        const held = counted.filter((mark) => mark.matches(".cb-is-supported")).length;
        cells.parentElement.querySelector(".cb-held").textContent = counted.length
          ? `${held} of ${counted.length} supported` : "none can be checked";
        this.enter(marks, shown[0]);
      }
    }
  }

  function reveal(target) {
    const row = target.closest(".cb-row");
    const unseen = target.closest(":is(.cb-row, .cb-fold)[hidden]");
    if (unseen) controls.find(({ section }) => section.contains(unseen)).set(new URLSearchParams());
    const folded = target === row ? row.querySelector("details") : target;
    for (let node = folded; node; node = node.parentElement?.closest("details")) {
      if (node.matches("details")) node.open = true;
    }
    target.scrollIntoView();
  }

  // Gives the first control that the address names.
  function restore() {
    const hash = location.hash.slice(1);
    const named = new Map(hash.split(";").filter((part) => part.includes(":")).map((part) => part.split(/:(.*)/s, 2)));
    const asked = controls.filter(({ id }) => named.has(id));
    if (!hash || asked.length) {
      controls.forEach((control) => control.set(new URLSearchParams(named.get(control.id) ?? "")));
    } else {
      const target = document.getElementById(hash);
      if (target?.closest(".cb-row, details")) reveal(target);
    }
    return asked[0];
  }

  // The strip over the walk through a text marks the paragraph that is read.
  each(".cb-strip", (strip) => {
    const cells = new Map([...strip.querySelectorAll("a")].map((cell) => [cell.hash.slice(1), cell]));
    const seen = new IntersectionObserver((entries) => entries.filter((one) => one.isIntersecting).forEach(({ target }) => {
      cells.forEach((cell) => cell.removeAttribute("aria-current"));
      cells.get(target.id).setAttribute("aria-current", "location");
    }), { rootMargin: "-25% 0px -65% 0px" });
    each(".cb-sentence", (paragraph) => seen.observe(paragraph));
  });

  each(".cb-facets", (section) => controls.push(new Filter(section)));
  each(".cb-states", (section) => controls.push(new Choice(section)));
  each(".cb-squares:has(form)", (section) => controls.push(new Squares(section)));
  addEventListener("hashchange", restore);
  const asked = restore();
  // A reload and "back" return to where the reader was; a link leads to what it speaks of.
  if (performance.getEntriesByType("navigation")[0]?.type === "navigate") asked?.section.scrollIntoView();

  // A choice takes effect at once; sending the form leads from its fields to what they have found. The click on its
  // button is taken, which the enter key gives as well: a sandboxed frame sends no form and tells nobody.
  each("form.cb-form:not([action])", (form) => form.addEventListener("click", (event) => {
    if (!event.target.closest("[type=submit]")) return;
    event.preventDefault();
    const results = form.parentElement.querySelector("form ~ :not(noscript)");
    results.tabIndex = -1;
    results.focus();
    results.scrollIntoView();
  }));

  // Code: one switch shows that of the whole page, for the visit; the link under a figure that of its cell ---------

  const CODE = "claimbook-code";
  const cells = [...document.querySelectorAll("details.above-input")];
  const showCode = (shown) => {
    root.classList.toggle("cb-code", shown);
    each(".cb-code-switch", (button) => button.setAttribute("aria-pressed", shown));
    cells.forEach((cell) => { cell.open = shown; });
  };
  each(".cb-code-switch", (button) => button.addEventListener("click", () => {
    const shown = !root.classList.contains("cb-code");
    sessionStorage.setItem(CODE, shown);
    showCode(shown);
  }));
  if (cells.length && sessionStorage.getItem(CODE) === "true") showCode(true);
  each(".cb-code-link", (button) => {
    const cell = button.closest("div.cell")?.querySelector("details.above-input");
    if (!cell) {
      button.remove();
      return;
    }
    button.addEventListener("click", () => {
      cell.classList.add("cb-shown");
      cell.open = true;
      cell.querySelector("summary").focus({ preventScroll: true });
      cell.scrollIntoView();
    });
  });

  // The theme's page -----------------------------------------------------------------------------

  // The policy forbids handlers in attributes, so the theme's are bound here.
  each(".btn-fullscreen-button", (button) => {
    if (document.fullscreenEnabled) button.addEventListener("click", () => toggleFullScreen());
    else button.remove();
  });

  // A region that does not scroll is no stop for the keyboard. All are read before any is written to: a page is laid
  // out anew for each question after a change.
  const stops = () => {
    const regions = [...document.querySelectorAll(".cb-scroll")];
    const scrolls = regions.map((region) =>
      region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight);
    regions.forEach((region, i) => {
      if (!scrolls[i]) region.removeAttribute("tabindex");
      else if (region.tabIndex) region.tabIndex = 0;
    });
  };
  addEventListener("resize", stops);
  addEventListener("load", stops);
  each(".cb-data", (details) => details.addEventListener("toggle", stops));
})();
