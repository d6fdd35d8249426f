/* What stands above the text: the document, its coverage ledger, and the labels that are marked in it. */

const COVERAGE = [
  ["evidence", "evidence of facts"],
  ["text", "other text"],
  ["boilerplate", "boilerplate"],
  ["other_language", "other language"],
  ["junk", "junk"],
];

function drawAbout() {
  const { doc } = app;
  const known = app.documents[doc.number];
  const facts = [known.id, doc.document.source, doc.document.format, doc.document.language, plural(doc.document.characters, "character")];
  $("about").replaceChildren(
    make(
      "div",
      { class: "heading" },
      quoted(known.title || known.id, { id: "title" }, "h2"),
      make("p", { class: "small" }, doc.subject ? "Drug: " : "Drug: cannot be told", quoted(doc.subject ?? ""), ...(doc.brands.length ? [" (", quoted(doc.brands.join(", ")), ")"] : [])),
      make("p", { class: "small" }, quoted(facts.filter(Boolean).join(" · ")), ` · ${doc.package}`),
    ),
    coverageBar(doc),
    make("div", { class: "tools" }, sectionMenu(doc), legend(doc)),
  );
}

function coverageBar(doc) {
  const total = doc.document.characters || 1;
  const parts = COVERAGE.filter(([key]) => doc.coverage[key]);
  const share = (key) => {
    const percent = (100 * doc.coverage[key]) / total;
    return percent < 1 ? "<1 %" : `${Math.round(percent)} %`;
  };
  const bar = make("div", { class: "ledger", role: "img", "aria-label": `Characters: ${parts.map(([key, name]) => `${name} ${share(key)}`).join(", ")}` });
  for (const [key] of parts) {
    const part = make("span", { class: key });
    part.style.flexGrow = doc.coverage[key];
    bar.append(part);
  }
  const keys = parts.map(([key, name]) => make("span", { title: plural(doc.coverage[key], "character") }, make("i", { class: key }), `${name} ${share(key)}`));
  return make("div", { class: "coverage" }, bar, make("p", { class: "small", "aria-hidden": "true" }, ...keys));
}

/** Titled sections, to jump to. */
function sectionMenu(doc) {
  const titled = doc.sections.filter(([start, title]) => title && doc.text.slice(start, start + points(title)) === title);
  if (titled.length < 2) return null;
  const menu = make("select", { "aria-label": "Go to a section", on: { change: (event) => goTo(Number(event.target.value)) } });
  return options(menu, [["", "Go to section…"], ...titled.map(([start, title]) => [start, title.slice(0, 80)])], "");
}

function goTo(start) {
  const span = $("text").querySelector(`[data-start="${start}"]`);
  if (span) $("text").scrollTop += span.getBoundingClientRect().top - $("text").getBoundingClientRect().top - 8;
}

/** The labels of the document; each can be switched off in the text. */
function legend(doc) {
  const counts = new Map();
  for (const { label } of doc.mentions) counts.set(label, (counts.get(label) ?? 0) + 1);
  const shown = app.meta.labels.filter((label) => counts.has(label));
  return make("div", { class: "legend", role: "group", "aria-label": "Labels marked in the text" }, ...shown.map((label) => labelSwitch(label, counts.get(label))));
}

function labelSwitch(label, count) {
  const place = app.meta.labels.indexOf(label);
  const toggle = (event) => {
    const isOff = $("text").classList.toggle(`off-${place}`);
    event.currentTarget.setAttribute("aria-pressed", String(!isOff));
  };
  return make("button", { type: "button", class: `label l${place}`, "aria-pressed": String(!$("text").classList.contains(`off-${place}`)), on: { click: toggle } }, `${spoken(label)} ${count}`);
}
