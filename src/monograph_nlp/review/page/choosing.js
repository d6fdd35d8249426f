/* Going through the items, and deciding on them. */

/** Select an item: its row opens, its evidence is marked. */
function choose(key, { focus = false, scroll = true } = {}) {
  const before = app.key[app.tab];
  app.key[app.tab] = key;
  for (const one of new Set([before, key])) redraw(one);
  const row = rowOf(key);
  if (row) bringRowIntoView($("items"), row);
  if (row && focus) row.focus({ preventScroll: true });
  pointAt(key, { scroll });
}

const rowOf = (key) => (key === null ? null : $("items").querySelector(`[data-key="${CSS.escape(key)}"]`));

function redraw(key) {
  const row = rowOf(key);
  const item = row && allItems(app.tab).find((one) => one.key === key);
  if (item) row.replaceWith(itemRow(item));
}

function pointAt(key, how = {}) {
  const item = chosenItem(key);
  if (!item) return point([]);
  const mention = item.kind === "fact" && item.item?.mention && app.doc.mention.get(item.item.mention);
  return point(item.evidence, mention ? mention.spans : item.kind === "mention" ? item.evidence : [], how);
}

const chosenItem = (key = app.key[app.tab]) => (app.doc && key !== null ? (allItems(app.tab).find((item) => item.key === key) ?? null) : null);

/** Go some items on or back; tell where the list ends. */
function step(by) {
  const keys = visibleItems(app.tab).map((item) => item.key);
  const place = keys.indexOf(app.key[app.tab]);
  const to = place === -1 ? (by > 0 ? 0 : keys.length - 1) : place + by;
  if (keys[to] !== undefined) return choose(keys[to], { focus: true });
  return say(by > 0 ? "This is the last one. Press n for the next document." : "This is the first one.");
}

/** The next item that nobody has decided on. */
function stepToOpen() {
  const items = visibleItems(app.tab);
  const place = items.findIndex((item) => item.key === app.key[app.tab]);
  const rest = [...items.slice(place + 1), ...items.slice(0, place + 1)];
  const open = rest.find((item) => !item.decision);
  if (open && app.tab !== "issue") return choose(open.key, { focus: true });
  return say("Everything here is decided. Press n for the next document.");
}

let shownNth = 0;

/** Bring the evidence into view; again, and it is the next evidence. */
function showEvidence() {
  shownNth += 1;
  pointAt(app.key[app.tab], { nth: shownNth });
  if (matchMedia("(max-width: 900px)").matches) $("text").focus({ preventScroll: true });
}

function openTab(tab, key = null, how = { focus: true }) {
  app.tab = tab;
  closeForm();
  if (key && !visibleItems(tab).some((item) => item.key === key)) app.everything = true;
  drawPanel();
  const first = key ?? app.key[tab] ?? visibleItems(tab)[0]?.key ?? null;
  if (first === null) return point([]);
  return choose(first, how);
}

function decide(verdict) {
  const item = chosenItem();
  if (!item || item.kind === "issue") return null;
  if (!item.item) return say(`This ${item.kind} was added by hand: correct it with e, or remove it with x.`);
  const after = neighbour(item.key);
  keep(item, { verdict, ...(item.decision?.note ? { note: item.decision.note } : {}) });
  say(`${VERDICTS[verdict][1]}: ${item.value.object ?? item.value.text}`);
  return after ? choose(after, { focus: true }) : choose(item.key, { focus: true });
}

/** The item below, which may be left when a filter takes this one away. */
function neighbour(key) {
  const keys = visibleItems(app.tab).map((item) => item.key);
  return keys[keys.indexOf(key) + 1] ?? null;
}

/** Write a decision down, with who made it. */
function keep({ kind, key, item }, what) {
  const reviewer = $("reviewer").value.trim();
  const decision = { kind, id: item ? item.id : null, ...what, ...(reviewer ? { reviewer } : {}) };
  app.decisions.set([[app.doc.number, key, decision]]);
  changed(key);
}

function takeBack() {
  const item = chosenItem();
  if (!item?.decision) return say("Nothing is decided here.");
  app.decisions.set([[app.doc.number, item.key, null]]);
  changed(item.key, { text: true });
  say(item.item ? "Taken back." : "Removed.");
  return item.item ? choose(item.key, { focus: true }) : openTab(app.tab);
}

/** Undo the last decision, in whichever document it was made. */
async function undo() {
  const changes = app.decisions.undo();
  if (!changes) return say("There is nothing to undo.");
  const [number, key] = changes.at(-1);
  await openDocument(number, { again: true });
  const kind = key.split(" ")[0];
  const still = itemsOf(app.doc, kind).some((item) => item.key === key);
  listDocuments();
  openTab(kind, still ? key : null);
  return say(`Undone${changes.length > 1 ? `: ${plural(changes.length, "decision")}` : ""}.`);
}

/** Show what a decision changed: its row, the list, the counts, and the text where ranges moved. */
function changed(key, { text = false } = {}) {
  const row = rowOf(key);
  const isThere = visibleItems(app.tab).some((item) => item.key === key);
  if (row && isThere) redraw(key);
  else drawPanel();
  if (text) drawText();
  drawShown(visibleItems(app.tab).length);
  drawDocuments();
  showProgress();
}
