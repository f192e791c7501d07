// An audit by a reader: makes a CSV of the answers, and a line of the corrections of a fault. Nothing is sent; what was
// answered is kept in this browser till the form is begun again, because twenty rows take more than one sitting.
"use strict";
document.querySelectorAll(".cb-audit").forEach((section) => {
  const form = section.querySelector("form");
  const { drawn, next, noName, nothing } = section.dataset;
  const [columns, fault, needed] = [section.dataset.columns, section.dataset.fault, section.dataset.needed]
    .map((names) => names.split(" "));
  const rows = [...form.querySelectorAll("li[data-row]")];
  const fields = (part) => [...part.querySelectorAll("select, input")];
  const KEY = `claimbook-audit-${drawn}`;

  // As claimbook.model.spreadsheet.neutral does it, and as Python's csv writes it.
  const neutral = (text) => (/^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text);
  const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const csv = (names, made) => [names, ...made.map((row) => names.map((name) => neutral(row[name] ?? "")))]
    .map((line) => `${line.map(cell).join(",")}\n`).join("");

  function element(tag, text, set = {}) {
    return Object.assign(document.createElement(tag), { textContent: text, ...set });
  }

  function show(place, text, name) {
    const area = element("textarea", text, { readOnly: true, rows: 6, wrap: "off", spellcheck: false });
    area.setAttribute("aria-label", name);
    const status = element("span", "");
    const copy = element("button", "Copy", { type: "button" });
    copy.addEventListener("click", () => {
      area.select();
      status.textContent = document.execCommand("copy") ? " Copied" : " Selected: copy it with your keyboard";
    });
    const load = element("a", "Download", { download: name });
    load.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    place.replaceChildren(area, copy, " ", load, status);
  }

  function answers() {
    const auditor = form.elements.auditor.value.trim();
    if (!/^[a-z]+$/.test(auditor)) throw new Error(noName);
    const made = rows.map((row) => {
      const given = Object.fromEntries(fields(row).map(({ name, value }) => [name, value.trim()]));
      const seen = row.dataset.opened ? "yes" : "no";
      return { auditor, drawn_from: drawn, assessment_seen: seen, ...JSON.parse(row.dataset.row), ...given };
    }).filter((row) => needed.every((name) => row[name]));
    if (!made.length) throw new Error(nothing);
    return [csv(columns, made), `audit-${auditor}-${drawn.slice(0, 8)}.csv`];
  }

  function correction() {
    const [row, ...said] = ["row", "was", "now", "reason"].map((name) => form.elements[name].value.trim());
    if (!said.every(Boolean)) throw new Error("Say what stands there, what should stand there, and why.");
    const now = new Date();
    const date = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
    const cells = [next, date, row.replace(/-e\d+$/, ""), "reader", ...said];
    return [csv(fault, [Object.fromEntries(fault.map((name, at) => [name, cells[at]]))]), `fault-${row}.csv`];
  }

  // The click and not the sending: a sandboxed frame sends no form and tells nobody.
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[type=submit]");
    if (!button) return;
    event.preventDefault();
    const asked = button.matches(".cb-make-answers");
    const place = form.querySelector(asked ? ".cb-made-answers" : ".cb-made-fault");
    try {
      show(place, ...(asked ? answers() : correction()));
    } catch (error) {
      place.textContent = error.message;
    }
  });

  for (const row of rows) {
    row.querySelector(".cb-coding").addEventListener("toggle", ({ target }) => {
      if (target.open) row.dataset.opened = "yes";
      keep();
    });
  }

  function keep() {
    const values = fields(form).map(({ value }) => value);
    localStorage.setItem(KEY, JSON.stringify([values, rows.map((row) => row.dataset.opened ?? "")]));
  }

  form.addEventListener("input", keep);
  form.addEventListener("reset", () => {
    localStorage.removeItem(KEY);
    for (const row of rows) delete row.dataset.opened;
    form.querySelectorAll(".cb-made").forEach((place) => place.replaceChildren());
  });
  const [values, opened] = JSON.parse(localStorage.getItem(KEY) ?? "[[], []]");
  const all = fields(form);
  if (values.length === all.length) all.forEach((field, at) => { field.value = values[at]; });
  rows.forEach((row, at) => { if (opened[at]) row.dataset.opened = opened[at]; });
});
