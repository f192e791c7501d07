// The blind-coding exercise: compares a reader's coding with the book's, and saves it as a file. Nothing is sent.
"use strict";
(() => {
  const UNITS = 10, RESAMPLES = 2000, TAIL = 40, MULTIPLIER = 48271, MODULUS = 2 ** 31 - 1;

  // Cohen's kappa with its bootstrap interval, in whole numbers up to the last division: what claimbook.agreement
  // computes, draw by draw.
  function kappa(pairs) {
    const n = pairs.length;
    const values = [...new Set(pairs.flat())];
    const coded = pairs.map((pair) => pair.map((value) => values.indexOf(value)));
    const of = (drawn) => {
      const first = values.map(() => 0), second = values.map(() => 0);
      let agreed = 0;
      for (const unit of drawn) {
        const [a, b] = coded[unit];
        first[a] += 1;
        second[b] += 1;
        agreed += a === b;
      }
      const expected = first.reduce((sum, count, value) => sum + count * second[value], 0);
      return { agreed, kappa: (n * agreed - expected) / (n * n - expected) };
    };
    const { agreed, kappa: found } = of(coded.keys());
    if (n < UNITS) return { agreed, words: [`too few to say: ${n}`, "–"] };
    if (Number.isNaN(found)) return { agreed, words: ["not defined", "–"] };
    let state = 1;
    const draw = () => (state = state * MULTIPLIER % MODULUS) % n;
    const spread = Array.from({ length: RESAMPLES }, () => of(Array.from({ length: n }, draw)).kappa)
      .filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
    const beyond = Math.floor(spread.length / TAIL);
    const [low, high] = [spread[beyond], spread[spread.length - 1 - beyond]];
    const known = spread.length >= RESAMPLES - RESAMPLES / TAIL && low < high;
    return { agreed, words: [digits(found), known ? `${digits(low)} to ${digits(high)}` : "not known"] };
  }

  function element(tag, text, ...children) {
    const made = document.createElement(tag);
    made.textContent = text;
    made.append(...children);
    return made;
  }

  // No "-0.00", which is no number a reader knows.
  const digits = (value) => value.toFixed(2).replace("-0.00", "0.00");

  document.querySelectorAll(".cb-exercise").forEach((section) => {
    const form = section.querySelector("form");
    const result = section.querySelector(".cb-result");
    const variables = Object.entries(JSON.parse(section.dataset.variables));
    const word = (select, value) => select.querySelector(`option[value="${value}"]`).textContent;

    function compare() {
      const differences = element("ul", "");
      let none = "You have coded nothing yet.";
      const rows = variables.map(([name, label]) => {
        const coded = [...form.querySelectorAll(`select[name="${name}"]`)].filter(({ value }) => value);
        for (const select of coded.filter(({ value, dataset }) => value !== dataset.answer)) {
          const { answer, reason } = select.dataset;
          const said = ` ${label}: you ${word(select, select.value)}, the book ${word(select, answer)}. ${reason}`;
          const link = select.closest("fieldset").querySelector(".cb-book a").cloneNode(true);
          differences.append(element("li", "", link, said));
        }
        if (coded.length) none = "No difference in what you have coded.";
        const { agreed, words } = kappa(coded.map(({ value, dataset }) => [value, dataset.answer]));
        const cells = [coded.length, agreed, ...words];
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
        ? differences : element("p", none));
      form.querySelectorAll(".cb-book").forEach((line) => { line.hidden = false; });
      result.scrollIntoView();
    }

    // What claimbook.view.exercise.Exercise.file makes: a coder's name and the values need no quotation marks.
    function save() {
      const coder = form.elements.coder.value.trim();
      const rows = [...form.querySelectorAll("fieldset")].map((claim) => {
        const given = Object.fromEntries([...claim.querySelectorAll("select")].map(({ name, value }) => [name, value]));
        return { coder, claim_id: claim.dataset.claim, ...given };
      }).filter((row) => variables.some(([name]) => row[name]));
      const status = form.querySelector(".cb-saved");
      const { noName, nothing } = section.dataset;
      if (!/^[\p{L}\p{N}_]+$/u.test(coder) || !rows.length) {
        status.textContent = rows.length ? noName : nothing;
        return;
      }
      const columns = section.dataset.columns.split(" ");
      const text = [columns, ...rows.map((row) => columns.map((name) => row[name]))].map((row) => `${row.join(",")}\n`);
      const link = Object.assign(element("a", "Download"), { download: `coding-${coder}.csv` });
      link.href = URL.createObjectURL(new Blob(text, { type: "text/csv" }));
      status.replaceChildren(link);
      link.click();
    }

    // The click and not the sending: a sandboxed frame sends no form and tells nobody.
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[type=submit]");
      if (!button) return;
      event.preventDefault();
      (button.matches(".cb-save") ? save : compare)();
    });
    form.addEventListener("reset", () => {
      result.replaceChildren();
      form.querySelector(".cb-saved").replaceChildren();
      form.querySelectorAll(".cb-book").forEach((line) => { line.hidden = true; });
    });
  });
})();
