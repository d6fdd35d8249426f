/* The list of documents: as long as need be, with elements for those in view alone. */

const ROW = 64; // pixels; page.css gives a row this height
let active = 0; // place in the list that the arrow keys move

function documentRow(place) {
  const number = app.listed[place];
  const known = app.documents[number];
  const [decided, facts] = app.decisions.progress(number);
  const isOpen = app.doc?.number === number;
  const alarm = known.alarms ? make("span", { class: "badge warning", title: plural(known.alarms, "warning") }, `⚠ ${known.alarms}`, make("span", { class: "unseen" }, " warnings")) : null;
  const done = facts && decided >= facts;
  const row = make(
    "div",
    {
      role: "option",
      id: `document-${number}`,
      class: `row${isOpen ? " open" : ""}${place === active ? " active" : ""}`,
      "aria-selected": isOpen ? "true" : "false",
      "aria-posinset": place + 1,
      "aria-setsize": app.listed.length,
      "data-place": place,
    },
    quoted(known.title || known.id, { class: "name" }),
    make(
      "span",
      { class: "small" },
      quoted(known.subject ? `${known.id} · ${known.subject}` : known.id),
      make("span", { class: done ? "done" : "" }, `${done ? "✓ " : ""}${decided}/${plural(facts, "fact")}`),
      alarm,
    ),
  );
  row.style.top = `${place * ROW}px`;
  return row;
}

/** Draw the rows in view, and a few beyond. */
function drawDocuments() {
  const list = $("list");
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 5);
  const last = Math.min(app.listed.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + 5);
  const rows = [];
  for (let place = first; place < last; place += 1) rows.push(documentRow(place));
  $("rows").style.height = `${app.listed.length * ROW}px`;
  $("rows").replaceChildren(...rows);
  const row = app.listed[active] === undefined ? null : $(`document-${app.listed[active]}`);
  if (row) list.setAttribute("aria-activedescendant", row.id);
  else list.removeAttribute("aria-activedescendant");
}

function moveTo(place) {
  active = Math.max(0, Math.min(app.listed.length - 1, place));
  const list = $("list");
  const top = active * ROW;
  if (top < list.scrollTop) list.scrollTop = top;
  if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight;
  drawDocuments();
}

/** Search and filter anew. */
function listDocuments() {
  app.listed = select();
  const asked = isFiltering(app.filters) || $("query").value.trim();
  const all = plural(app.documents.length, "document");
  $("found").textContent = asked ? `${number(app.listed.length)} of ${all}` : all;
  $("active").textContent = isFiltering(app.filters) ? "(on)" : "";
  moveTo(Math.max(0, app.listed.indexOf(app.doc?.number)));
}

function showProgress() {
  let [decided, facts] = [0, 0];
  app.documents.forEach((known, number) => {
    facts += known.facts.length;
    if (app.decisions.made.has(number)) decided += app.decisions.progress(number)[0];
  });
  const unsaved = app.decisions.unsaved;
  $("progress").textContent = `${number(decided)} of ${plural(facts, "fact")} decided`;
  $("save").textContent = unsaved ? `Save (${number(unsaved)} new)` : "Save";
}

/** The next document of the list, or the one before it. */
function turn(step) {
  const place = app.listed.indexOf(app.doc?.number);
  const number = app.listed[place === -1 ? active : place + step];
  if (number === undefined) return say(step > 0 ? "This is the last document of the list." : "This is the first document of the list.");
  return openDocument(number, { focus: true });
}

const LIST_KEYS = {
  ArrowDown: () => moveTo(active + 1),
  ArrowUp: () => moveTo(active - 1),
  PageDown: () => moveTo(active + 10),
  PageUp: () => moveTo(active - 10),
  Home: () => moveTo(0),
  End: () => moveTo(app.listed.length - 1),
  Enter: () => app.listed[active] !== undefined && openDocument(app.listed[active], { focus: true }),
};

function readyDocuments() {
  const list = $("list");
  let isDue = false;
  const soon = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      drawDocuments();
    });
  };
  list.addEventListener("scroll", soon, { passive: true });
  new ResizeObserver(soon).observe(list);
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[data-place]");
    if (row) openDocument(app.listed[(active = Number(row.dataset.place))], { focus: true });
  });
  list.addEventListener("keydown", (event) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? null : LIST_KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
}
