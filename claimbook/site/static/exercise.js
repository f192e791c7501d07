// The blind-coding exercise: compares a reader's coding with the book's. Nothing is sent or kept.
"use strict";
(() => {
  const Z = 1.959963984540054;

  // Cohen's kappa with its large-sample standard error, as claimbook.agreement computes it.
  function kappa(pairs) {
    const n = pairs.length;
    const row = new Map(), column = new Map(), cells = new Map();
    const add = (map, key) => map.set(key, (map.get(key) ?? 0) + 1 / n);
    for (const [a, b] of pairs) {
      add(row, a);
      add(column, b);
      add(cells, JSON.stringify([a, b]));
    }
    const observed = pairs.filter(([a, b]) => a === b).length / n;
    const single = row.size === 1 && column.size === 1 && column.has([...row.keys()][0]);
    if (!n || single) return { n, observed, kappa: null };
    const expected = [...row].reduce((sum, [value, share]) => sum + share * (column.get(value) ?? 0), 0);
    const found = (observed - expected) / (1 - expected);
    let spread = -((found - expected * (1 - found)) ** 2);
    for (const [key, share] of cells) {
      const [a, b] = JSON.parse(key);
      spread += share * (a === b
        ? (1 - (row.get(a) + column.get(a)) * (1 - found)) ** 2
        : (1 - found) ** 2 * ((column.get(a) ?? 0) + (row.get(b) ?? 0)) ** 2);
    }
    const se = Math.sqrt(Math.max(spread, 0) / n) / (1 - expected);
    return { n, observed, kappa: found, low: Math.max(found - Z * se, -1), high: Math.min(found + Z * se, 1) };
  }

  function element(tag, text, ...children) {
    const made = document.createElement(tag);
    made.textContent = text;
    made.append(...children);
    return made;
  }

  // No "-0.00", which is no number a reader knows.
  const digits = (value) => (Math.abs(value) < 0.005 ? 0 : value).toFixed(2);

  document.querySelectorAll(".cb-exercise").forEach((section) => {
    const form = section.querySelector("form");
    const result = section.querySelector(".cb-result");
    const variables = Object.entries(JSON.parse(section.dataset.variables));
    const word = (select, value) => select.querySelector(`option[value="${value}"]`).textContent;

    function compare() {
      const differences = element("ul", "");
      const rows = variables.map(([name, label]) => {
        const coded = [...form.querySelectorAll(`select[name="${name}"]`)].filter(({ value }) => value);
        for (const select of coded.filter(({ value, dataset }) => value !== dataset.answer)) {
          const { answer, reason } = select.dataset;
          const said = ` ${label}: you ${word(select, select.value)}, the book ${word(select, answer)}. ${reason}`;
          const link = select.closest("fieldset").querySelector(".cb-book a").cloneNode(true);
          differences.append(element("li", "", link, said));
        }
        const k = kappa(coded.map(({ value, dataset }) => [value, dataset.answer]));
        const none = k.kappa === null;
        const cells = [
          k.n, k.n ? `${Math.floor(100 * k.observed + 0.5)} %` : "–",
          none ? "not defined" : digits(k.kappa), none ? "–" : `${digits(k.low)} to ${digits(k.high)}`,
        ];
        const head = element("th", label);
        head.scope = "row";
        return element("tr", "", head, ...cells.map((cell) => element("td", cell)));
      });
      const heads = ["Variable", "Coded", "Same as the book", "Kappa", "95 % interval"].map((name) => {
        const head = element("th", name);
        head.scope = "col";
        return head;
      });
      const table = element("table", "", element("caption", "Your coding and the book's"),
        element("thead", "", element("tr", "", ...heads)), element("tbody", "", ...rows));
      table.className = "cb-table";
      const scroll = element("div", "", table);
      scroll.className = "cb-scroll";
      scroll.tabIndex = 0;
      scroll.setAttribute("role", "region");
      scroll.setAttribute("aria-label", table.caption.textContent);
      result.replaceChildren(scroll, differences.children.length
        ? differences : element("p", "No difference in what you have coded."));
      form.querySelectorAll(".cb-book").forEach((line) => { line.hidden = false; });
      result.scrollIntoView();
    }

    // The click and not the sending: a sandboxed frame sends no form and tells nobody.
    form.addEventListener("click", (event) => {
      if (!event.target.closest("[type=submit]")) return;
      event.preventDefault();
      compare();
    });
    form.addEventListener("reset", () => {
      result.replaceChildren();
      form.querySelectorAll(".cb-book").forEach((line) => { line.hidden = true; });
    });
  });
})();
