/* Keys: each command with what it does; the help is made of them, and docs/review.md lists them. */

const COMMANDS = [
  ["j", "next fact, mention or issue", () => step(1)],
  ["k", "the one before", () => step(-1)],
  ["J", "next one that nobody has decided on", () => stepToOpen()],
  ["a", "accept", () => decide("accept")],
  ["r", "reject", () => decide("reject")],
  ["e", "correct", () => correct()],
  ["i", "add one (select its words in the text first)", () => add()],
  ["c", "write a note on the decision", () => writeNote()],
  ["x", "take the decision back", () => takeBack()],
  ["u", "undo the last decision", () => undo()],
  ["v", "show the evidence; again, the next evidence", () => showEvidence()],
  ["n", "next document of the list", () => turn(1)],
  ["p", "document before it", () => turn(-1)],
  ["1", "facts", () => openTab("fact")],
  ["2", "mentions", () => openTab("mention")],
  ["3", "issues", () => openTab("issue")],
  ["/", "search", () => focusOn("query")],
  ["f", "filters", () => openFilters()],
  ["l", "list of documents", () => focusOn("list")],
  ["g", "go to the next place of the words that are searched", () => nextHit()],
  ["t", "text", () => focusOn("text")],
  ["s", "save to a file", () => save()],
  ["?", "this help", () => $("help").showModal()],
];

const ALWAYS = [["Esc", "leave a field, close a form"], ["Ctrl ↵", "keep a correction"], ["↑ ↓ ↵", "move in the list of documents, and open one"]];

const SINGLE = "monograph-nlp review single keys";

function focusOn(id) {
  if (id !== "text") openDrawer(true);
  $(id).focus();
  if (id === "query") $(id).select();
}

function openFilters() {
  openDrawer(true);
  $("filters").open = true;
  $("filter-form").elements.predicate.focus();
}

/** On a narrow screen the documents lie over the text. */
function openDrawer(isOpen) {
  document.body.dataset.pane = isOpen ? "documents" : "review";
  $("show-documents").setAttribute("aria-expanded", String(isOpen));
}

const isField = (node) => node.matches?.("textarea, select, input:not([type=checkbox]):not([type=button])");

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || $("help").open) return;
  if (event.key === "Escape") {
    if (!closeForm()) openDrawer(false);
    (rowOf(app.key[app.tab]) ?? $("panel")).focus();
    return;
  }
  if (isField(event.target) || !$("single-keys").checked || !app.doc) return;
  const isRow = event.key === "Enter" && event.target.matches("li.item");
  const command = COMMANDS.find(([key]) => key === (isRow ? "v" : event.key));
  if (!command) return;
  event.preventDefault();
  command[2]();
}

function readyKeys() {
  document.addEventListener("keydown", onKey);
  for (const [key, words] of [...COMMANDS, ...ALWAYS]) $("keys").append(make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, words)));
  $("show-help").addEventListener("click", () => $("help").showModal());
  $("show-documents").addEventListener("click", () => openDrawer(document.body.dataset.pane !== "documents"));
  $("single-keys").checked = remembered(SINGLE) !== "off";
  $("single-keys").addEventListener("change", (event) => remember(SINGLE, event.target.checked ? "on" : "off"));
  for (const tab of document.querySelectorAll("[data-tab]")) {
    tab.addEventListener("click", () => openTab(tab.dataset.tab, null, { focus: false }));
    tab.addEventListener("keydown", onTabKey);
  }
}

function onTabKey(event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  const tabs = [...document.querySelectorAll("[data-tab]")];
  const to = tabs[(tabs.indexOf(event.target) + by + tabs.length) % tabs.length];
  openTab(to.dataset.tab, null, { focus: false });
  to.focus();
}
