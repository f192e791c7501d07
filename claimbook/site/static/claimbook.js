// Charts, filters and print of the book. A classic script: modules and fetch fail on file://.
"use strict";
(() => {
  const root = document.documentElement;
  const home = document.currentScript.src;
  const each = (selector, action) => document.querySelectorAll(selector).forEach(action);

  // Charts -------------------------------------------------------------------------------------

  const charts = [...document.querySelectorAll(".cb-plot")];
  const drawn = new Map();
  let library = null;

  // One source of colours for text and charts: the custom properties of claimbook.css.
  function template() {
    const style = getComputedStyle(root);
    const colour = (name) => style.getPropertyValue(`--cb-${name}`).trim();
    const axis = {
      gridcolor: colour("grid"), linecolor: colour("line"), zerolinecolor: colour("line"),
      tickcolor: colour("line"), automargin: true, title: { standoff: 10 },
    };
    return { layout: {
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: colour("ink"), family: getComputedStyle(document.body).fontFamily, size: 14 },
      colorway: [1, 2, 3, 4, 5, 6].map((n) => colour(`series-${n}`)),
      xaxis: axis, yaxis: axis, margin: { l: 48, r: 16, t: 24, b: 48 },
      hoverlabel: { bgcolor: colour("raised"), bordercolor: colour("line"), font: { color: colour("ink") } },
      legend: { orientation: "h", x: 0, y: 1, xanchor: "left", yanchor: "bottom" },
      modebar: { bgcolor: "rgba(0,0,0,0)", color: colour("soft"), activecolor: colour("ink") },
    } };
  }

  function draw(place) {
    if (drawn.has(place)) return;
    const figure = JSON.parse(place.querySelector("script").textContent);
    const area = document.createElement("div");
    area.className = "cb-drawing";
    place.append(area);
    drawn.set(place, area);
    const layout = { ...figure.layout, template: template(), autosize: true };
    Plotly.newPlot(area, figure.data, layout, { displaylogo: false });
    place.classList.add("cb-drawn");
    // Not Plotly's own "responsive": it measures before the theme's sidebars have finished moving.
    new ResizeObserver(() => area.offsetWidth && fit(area)).observe(area);
  }

  // A legend that breaks into other lines at the new width is placed by its old height; drawn again it is right.
  const fit = (area) => Plotly.Plots.resize(area).then(() => Plotly.redraw(area));

  const recolour = () => drawn.forEach((area) => Plotly.relayout(area, { template: template() }));

  function load() {
    library ??= new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = new URL("plotly.min.js", home).href;
      script.onload = resolve;
      document.head.append(script);
    });
    return library;
  }

  function start(event) {
    // The theme scrolls its own sidebar to the current page; that is no sign of a reader.
    if (event.type === "scroll" && event.target !== document) return;
    wake.forEach((name) => removeEventListener(name, start, true));
    load().then(() => {
      const watch = new IntersectionObserver((entries) => {
        entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
          watch.unobserve(entry.target);
          draw(entry.target);
        });
      }, { rootMargin: "600px" });
      charts.forEach((place) => watch.observe(place));
      whenIdle(drawNext);
    });
  }

  // What the reader is near comes first; the rest follows one by one, so that no chart is ever met empty.
  const whenIdle = window.requestIdleCallback ?? ((action) => setTimeout(action, 200));
  function drawNext() {
    const place = charts.find((chart) => !drawn.has(chart));
    if (!place) return;
    draw(place);
    whenIdle(drawNext);
  }

  // The library weighs more than all the rest of a page: it comes with the first sign of a reader.
  const wake = ["scroll", "pointerdown", "pointermove", "keydown", "touchstart", "wheel"];
  if (charts.length) {
    wake.forEach((name) => addEventListener(name, start, { capture: true, passive: true }));
    new MutationObserver(recolour).observe(root, { attributeFilter: ["data-theme"] });
  }

  // Print: paper is light, shows all, and folds nothing ------------------------------------------

  let before = null;
  addEventListener("beforeprint", () => {
    before = { theme: root.dataset.theme, folded: [...document.querySelectorAll("details:not([open])")] };
    root.dataset.theme = "light";
    before.folded.forEach((details) => { details.open = true; });
    if (window.Plotly) {
      charts.forEach(draw);
      recolour();
      // A drawing as wide as the screen shrinks to the width of the paper.
      each(".cb-drawing .main-svg", (svg) => {
        svg.setAttribute("viewBox", `0 0 ${svg.width.baseVal.value} ${svg.height.baseVal.value}`);
      });
    } else if (charts.length) {
      load().then(() => charts.forEach(draw));
    }
  });
  addEventListener("afterprint", () => {
    if (!before) return;
    before.folded.forEach((details) => { details.open = false; });
    each(".cb-drawing .main-svg", (svg) => svg.removeAttribute("viewBox"));
    root.dataset.theme = before.theme;
    before = null;
  });

  // Facet filters: the state of each is in the address ---------------------------------------------

  const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
  const filters = [];

  class Filter {
    constructor(section) {
      this.id = section.dataset.facetsId;
      this.noun = section.dataset.noun;
      this.form = section.querySelector("form");
      this.count = section.querySelector(".cb-count");
      this.rows = [...section.querySelectorAll(".cb-row")].map((element) => ({
        element,
        facets: JSON.parse(element.dataset.facets),
        text: words(element.textContent).join(" "),
      }));
      this.form.addEventListener("change", (event) => event.target.name !== "q" && this.remember(true));
      this.form.addEventListener("input", (event) => event.target.name === "q" && this.remember(false));
      this.form.addEventListener("reset", (event) => {
        event.preventDefault();
        this.set(new URLSearchParams());
        this.remember(true);
      });
    }

    get state() {
      return [...new FormData(this.form)].filter(([, value]) => value !== "");
    }

    set(parameters) {
      for (const field of this.form.elements) {
        if (field.name) field.value = parameters.get(field.name) ?? "";
        if (field.selectedIndex === -1) field.value = "";
      }
      this.show();
    }

    show() {
      const choice = this.state.filter(([name]) => name !== "q");
      const sought = words(this.form.elements.q.value);
      let shown = 0;
      for (const { element, facets, text } of this.rows) {
        const fits = choice.every(([name, value]) => (facets[name] ?? []).map(String).includes(value))
          && sought.every((word) => text.includes(word));
        element.hidden = !fits;
        shown += fits;
      }
      this.count.textContent = `${shown} of ${this.rows.length} ${this.noun}`;
    }

    // A choice is a step that "back" undoes, and so is a run of typing; its single letters are not.
    remember(choice) {
      const step = choice || !this.typing;
      this.typing = !choice;
      this.show();
      const hash = `#${this.id}:${new URLSearchParams(this.state)}`;
      if (step) location.hash = hash;
      else location.replace(hash);
    }
  }

  function reveal(target) {
    const row = target.closest(".cb-row");
    if (row?.hidden) filters.find(({ rows }) => rows.some(({ element }) => element === row)).set(new URLSearchParams());
    const folded = target === row ? row.querySelector("details") : target;
    for (let node = folded; node; node = node.parentElement?.closest("details")) {
      if (node.matches("details")) node.open = true;
    }
    target.scrollIntoView();
  }

  function restore() {
    const hash = location.hash.slice(1);
    const [, id, state] = /^([^:]*):(.*)$/.exec(hash) ?? [];
    filters.forEach((filter) => {
      if (filter.id !== id) return;
      const parameters = new URLSearchParams(state);
      if (`${parameters}` !== `${new URLSearchParams(filter.state)}`) filter.set(parameters);
    });
    if (hash && id === undefined) {
      const target = document.getElementById(hash);
      if (target?.closest(".cb-row, details")) reveal(target);
    } else if (!hash) {
      filters.forEach((filter) => filter.set(new URLSearchParams()));
    }
  }

  each(".cb-facets", (section) => filters.push(new Filter(section)));
  addEventListener("hashchange", restore);
  restore();

  // A choice takes effect at once; sending the form leads from its fields to what they have found.
  each(".cb-form", (form) => form.addEventListener("submit", (event) => {
    event.preventDefault();
    const results = form.nextElementSibling;
    results.tabIndex = -1;
    results.focus();
    results.scrollIntoView();
  }));

  // The theme's page -----------------------------------------------------------------------------

  // The policy forbids handlers in attributes, so the theme's are bound here.
  each(".btn-fullscreen-button", (button) => button.addEventListener("click", () => toggleFullScreen()));

  // A region that does not scroll is no stop for the keyboard.
  const stops = () => each(".cb-scroll", (region) => {
    if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
    else region.removeAttribute("tabindex");
  });
  addEventListener("resize", stops);
  addEventListener("load", stops);
  each(".cb-data", (details) => details.addEventListener("toggle", stops));
})();
