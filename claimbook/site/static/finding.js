// Cards at links to claims and terms, and citations. A classic script: modules and fetch fail on file://.
"use strict";
(() => {
  const home = document.currentScript.src;
  const root = new URL("../", home).href;
  const book = JSON.parse(document.getElementById("cb-book")?.textContent ?? "{}");

  function make(tag, text, name) {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (name) element.className = name;
    return element;
  }

  // Claims and terms are fetched once, when a reader first points at one.
  let data = null;
  function load() {
    data ??= new Promise((resolve, reject) => {
      const script = make("script");
      script.src = new URL("cards-data.js", home).href;
      script.onload = () => resolve(window.claimbookCards);
      script.onerror = reject;
      document.head.append(script);
    });
    return data;
  }

  // Cards at links -------------------------------------------------------------------------------

  const CLAIM = /^#(?:row-)?([a-z0-9-]+-c\d+)$/;
  const TERM = /^#(term-.+)$/;
  const OPENS = 150;
  const CLOSES = 300;
  const card = make("div", "", "cb-hover");
  card.id = "cb-hover";
  card.setAttribute("role", "tooltip");
  card.hidden = true;
  document.body.append(card);
  let owner = null;
  let timer = null;

  // What a link leads to, where it has a card and is not on the very spot it leads to.
  function subject(link) {
    const hash = decodeURIComponent(link.hash);
    const [, claim] = CLAIM.exec(hash) ?? [];
    const [, term] = TERM.exec(hash) ?? [];
    const here = document.getElementById(hash.slice(1));
    if ((!claim && !term) || here?.contains(link) || link.closest("#cb-results")) return null;
    return { claim, term };
  }

  function mark(verdicts, verdict, reason) {
    const [glyph, word] = verdicts[verdict];
    const box = make("span", "", `cb-verdict cb-verdict-${verdict.replaceAll("_", "-")}`);
    const sign = make("span", glyph);
    sign.setAttribute("aria-hidden", "true");
    box.append(sign, ` ${word}${reason ? `: ${reason}` : ""}`);
    return box;
  }

  function fill({ claim, term }, { claims, terms, verdicts }) {
    if (claim && claims[claim]) {
      const [statement, verdict, reason, denial] = claims[claim];
      const outcome = make("p");
      outcome.append(mark(verdicts, verdict, reason));
      card.replaceChildren(make("p", claim, "cb-id"), make("p", statement), outcome);
      if (denial) card.append(make("p", `Denied: ${denial}`, "cb-quiet"));
      return true;
    }
    if (term && terms[term]) {
      const [name, gloss] = terms[term];
      card.replaceChildren(make("p", name, "cb-id"), make("p", gloss));
      return true;
    }
    return false;
  }

  // Below the link, or above where there is no room; never beyond the window's sides.
  function place(link) {
    const { left, top, bottom } = link.getClientRects()[0] ?? link.getBoundingClientRect();
    const gap = 6;
    const margin = 8;
    const width = document.documentElement.clientWidth;
    card.style.left = "0";
    card.style.top = "0";
    const { offsetWidth, offsetHeight } = card;
    const above = bottom + gap + offsetHeight > innerHeight && top > offsetHeight + gap;
    card.style.left = `${Math.max(margin, Math.min(left, width - offsetWidth - margin)) + scrollX}px`;
    card.style.top = `${(above ? top - offsetHeight - gap : bottom + gap) + scrollY}px`;
  }

  function open(link) {
    clearTimeout(timer);
    const what = subject(link);
    if (!what || owner === link) return;
    close();
    owner = link;
    load().then((found) => {
      if (owner !== link || !fill(what, found)) return;
      card.hidden = false;
      link.setAttribute("aria-describedby", card.id);
      place(link);
    }, () => {});
  }

  function close() {
    clearTimeout(timer);
    owner?.removeAttribute("aria-describedby");
    owner = null;
    card.hidden = true;
  }

  const later = (action, delay) => {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  };
  const linkAt = (event) => event.target.closest?.("a[href*='#']");

  // A finger follows the link; a pointer that can hover, and the keyboard, get the card.
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkAt(event);
    if (card.contains(event.target) || (link && link === owner)) clearTimeout(timer);
    else if (link && subject(link)) later(() => open(link), OPENS);
    else if (owner && owner !== document.activeElement) later(close, CLOSES);
    else clearTimeout(timer);
  });
  document.addEventListener("focusin", (event) => {
    const link = linkAt(event);
    if (link?.matches(":focus-visible") && subject(link)) open(link);
    else if (owner) close();
  });
  document.addEventListener("focusout", (event) => event.target === owner && !card.matches(":hover") && close());
  document.addEventListener("keydown", (event) => event.key === "Escape" && owner && close());
  // A mark without words says what it stands for before it leads there: the first tap reads, the second follows.
  let finger = false;
  document.addEventListener("pointerdown", ({ pointerType }) => { finger = pointerType === "touch"; }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.cb-sq");
    if (!finger || !link || owner === link) return;
    event.preventDefault();
    open(link);
  });
  addEventListener("resize", close);

  // Citations: made from the book's data, for a browser may have translated what stands on the page ------------

  const TAKEN = {
    "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "\u00a0": "~",
  };
  // As claimbook.references.encode does it.
  const safe = (text) => text.replace(/[\\{}~^\u00a0&%$#_]/g, (c) => TAKEN[c] ?? `\\${c}`)
    .replace(/([-'`?!,])(?=[-'`,])/g, "$1{}");

  // What lacks a published address is told by its id: that of a copy on a reader's own disk leads nobody there.
  function cited(id, title, note, url) {
    const place = [book.title, book.version && `version ${book.version}`].filter(Boolean).join(", ");
    const author = book.authors[0].toUpperCase() + book.authors.slice(1);
    const address = book.base && url.href.startsWith(root) ? book.base + url.href.slice(root.length) : "";
    const notes = [note, address ? "" : "no published address of this book is known"].filter(Boolean).join("; ");
    const fields = [
      ["author", `{${safe(book.authors)}}`], ["title", `{${safe(title)}}`], ["year", book.year],
      ["howpublished", safe(place)], ["note", safe(notes)], ["url", address],
    ].filter(([, value]) => value);
    return {
      plain: [
        `${author}${book.year ? ` (${book.year})` : ""}: “${title}” (${notes}). In: ${place}.`, address,
      ].filter(Boolean).join(" "),
      bibtex: `@misc{${id},\n${fields.map(([name, value]) => `  ${name} = {${value}}`).join(",\n")}\n}`,
    };
  }

  function copy(text, source, status) {
    const area = make("textarea");
    area.value = text;
    area.className = "cb-copied";
    source.after(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) getSelection().selectAllChildren(source);
    status.textContent = done ? "Copied" : "Selected: copy it with your keyboard";
  }

  function showCitation(place, { plain, bibtex }) {
    const status = make("span");
    status.setAttribute("role", "status");
    for (const [label, tag, text] of [["Copy", "p", plain], ["Copy BibTeX", "pre", bibtex]]) {
      const shown = make(tag, text, "cb-citation");
      shown.translate = false;
      const button = make("button", label);
      button.type = "button";
      button.addEventListener("click", () => {
        copy(text, shown, status);
        button.focus();
      });
      place.append(shown, button, " ");
    }
    place.append(status);
  }

  const here = (id) => new URL(id ? `#${id}` : "", location.href.replace(/[?#].*/, ""));

  function cite(place) {
    const figure = place.closest("figure[id]");
    if (figure) {
      const { title } = figure.querySelector(".cb-plot").dataset;
      showCitation(place, cited(figure.id, title, `chart ${figure.id.replace(/^chart-/, "")}`, here(figure.id)));
    } else {
      const name = /([^/]*?)(?:\.html)?$/.exec(location.pathname)[1] || "index";
      showCitation(place, cited(`page-${name}`, book.page, `page ${name}`, here("")));
    }
  }

  // A claim is cited on its own page.
  document.addEventListener("toggle", ({ target }) => {
    if (target.open && target.matches(".cb-cite") && !target.children[1]) cite(target);
  }, true);

  // On file:// the policy knows no own origin and would stop the theme's search form, and a sandboxed frame sends none.
  document.addEventListener("click", (event) => {
    const form = event.target.closest?.("[type=submit]")?.form;
    if (!form?.matches(".bd-search, .cb-search") || event.defaultPrevented) return;
    event.preventDefault();
    location.href = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  });
})();
