/* Open the page: read what it holds, connect the controls, show the first document. */

const REVIEWER = "monograph-nlp review reviewer";

function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    app.decisions.lost();
  }
}

let wanted = 0; // counts calls, so that the last document asked for is the one that is shown

async function openDocument(number, { focus = false, again = false } = {}) {
  const turn = (wanted += 1);
  if (app.doc?.number === number && !again) return focus ? begin() : null;
  const doc = await app.store.load(number);
  if (turn !== wanted) return null;
  app.doc = doc;
  app.key = { fact: null, mention: null, issue: null };
  app.chosen = null;
  app.everything = false;
  closeForm();
  show(doc);
  openDrawer(false);
  return focus ? begin() : null;
}

function show(doc) {
  drawAbout();
  drawText();
  markHits();
  $("text").scrollTop = 0;
  $("items").scrollTop = 0;
  drawPanel();
  const place = app.listed.indexOf(doc.number);
  if (place >= 0) moveTo(place);
  else drawDocuments();
  history.replaceState(null, "", `#${encodeURIComponent(app.documents[doc.number].id)}`);
}

/** Select the first item that is to be decided, and say which document this is. */
function begin() {
  const known = app.documents[app.doc.number];
  const items = visibleItems(app.tab);
  const first = items.find((item) => !item.decision) ?? items[0];
  if (first) choose(first.key, { focus: true, scroll: true });
  else $("panel").focus();
  say(`${known.title || known.id}: ${plural(known.facts.length, "fact")}, document ${app.listed.indexOf(app.doc.number) + 1} of ${app.listed.length}`);
}

/** Draw all anew, after decisions came from elsewhere. */
async function everythingChanged() {
  listDocuments();
  showProgress();
  if (app.doc) await openDocument(app.doc.number, { again: true });
}

const choicesOf = (names) => [["", "any"], ...names.map((name) => [name, spoken(name)])];

function readyFilters() {
  const form = $("filter-form");
  const { meta } = app;
  options(form.elements.predicate, choicesOf(meta.predicates), "");
  options(form.elements.label, choicesOf(meta.labels), "");
  options(form.elements.assertion, choicesOf(meta.assertions), "");
  options(form.elements.verdict, [["", "any"], ["none", "undecided"], ...Object.entries(VERDICTS).map(([verdict, [, words]]) => [verdict, words])], "");
  options(form.elements.issue, [["", "with or without"], ["any", "with issues"], ["alarm", "with warnings"], ...meta.issues.map((code) => [code, spoken(code)])], "");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => filter());
  form.addEventListener("reset", () => setTimeout(filter));
}

function filter() {
  const { predicate, label, assertion, verdict, least, most, issue } = $("filter-form").elements;
  const bound = (field) => (field.value === "" ? null : field.valueAsNumber);
  app.filters = { predicate: predicate.value, label: label.value, assertion: assertion.value, verdict: verdict.value, least: bound(least), most: bound(most), issue: issue.value };
  app.everything = false;
  listDocuments();
  if (app.doc) drawPanel();
  say($("found").textContent);
}

function readyControls() {
  let due = null;
  $("query").addEventListener("input", () => {
    clearTimeout(due);
    due = setTimeout(() => {
      listDocuments();
      if (app.doc) markHits();
      say($("found").textContent);
    }, 80);
  });
  $("search").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(due);
    listDocuments();
    if (app.listed.length) openDocument(app.listed[0], { focus: true });
  });
  $("save").addEventListener("click", save);
  $("load").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", async () => {
    for (const file of $("file").files) await loadFile(file);
    $("file").value = "";
  });
  $("add").addEventListener("click", add);
  $("order").addEventListener("change", drawPanel);
  $("reviewer").value = remembered(REVIEWER) ?? "";
  $("reviewer").addEventListener("change", () => remember(REVIEWER, $("reviewer").value.trim()));
  addEventListener("storage", onOtherWindow);
  addEventListener("beforeunload", (event) => app.decisions.isLost && app.decisions.unsaved && event.preventDefault());
}

/** Decisions that another window of this page has made. */
function onOtherWindow({ key }) {
  if (!key?.startsWith(app.decisions.prefix)) return;
  app.decisions.fetch(key);
  if (!document.querySelector("#panel form.edit")) everythingChanged();
}

/** Take in, once, the decisions that the page was built with; what was decided here since then stays. */
function goOn() {
  const { corrections } = app.meta;
  if (!corrections || app.decisions.read("taken") === corrections) return;
  const { strange } = takeIn(heldJson("corrections"), false);
  app.decisions.past = [];
  app.decisions.write("taken", corrections);
  if (strange) warn(`${plural(strange, "decision")} of the file that this page was built with belong to other records, and are left out.`);
}

async function start() {
  app.meta = heldJson("meta");
  const index = await unpack(heldJson("index"));
  app.documents = index.documents;
  app.words = new Words(index.words, index.postings);
  app.store = new Store(app.meta.together);
  app.decisions = new Decisions(app.meta.hash);
  app.filters = { predicate: "", label: "", assertion: "", verdict: "", least: null, most: null, issue: "" };
  goOn();
  readyFilters();
  readyControls();
  readyReader();
  readyDocuments();
  readyKeys();
  listDocuments();
  showProgress();
  const named = decodeURIComponent(location.hash.slice(1));
  const first = app.documents.findIndex((known) => known.id === named);
  if (app.documents.length) await openDocument(Math.max(0, first));
  else warn("There is no document in this page.");
  performance.mark("ready");
  document.documentElement.dataset.ready = "yes";
}

if (typeof DecompressionStream === "undefined") warn("This browser is too old for this page: it needs Chrome 92, Firefox 113 or Safari 16.4, or newer.");
else start().catch((error) => warn(`The page could not be opened: ${error.message}`));
