/* The form that corrects an item or adds one, in its place in the list; and the note. */

function closeForm() {
  const form = document.querySelector("#panel form.edit");
  if (!form) return false;
  form.remove();
  return true;
}

function openForm(place, words, fields, keepIt) {
  closeForm();
  const cancel = () => {
    closeForm();
    rowOf(app.key[app.tab])?.focus();
  };
  const submit = (event) => {
    event.preventDefault();
    const trouble = keepIt();
    if (trouble) say(trouble);
  };
  const onKey = (event) => {
    if (event.key === "Escape") cancel();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const end = make("p", { class: "buttons" }, make("button", { class: "main" }, "Keep ", make("kbd", { "aria-hidden": "true" }, "Ctrl ↵")), make("button", { type: "button", on: { click: cancel } }, "Cancel ", make("kbd", { "aria-hidden": "true" }, "Esc")));
  const form = make("form", { class: "edit", "aria-label": words, on: { submit, keydown: onKey } }, make("h3", {}, words), ...fields, end);
  place.append(form);
  form.querySelector("input, select, textarea").focus();
  form.scrollIntoView({ block: "nearest" });
}

/** Correct the selected item. */
function correct() {
  const item = chosenItem();
  if (!item || item.kind === "issue") return say("There is nothing to correct here.");
  const fields = FIELDS[item.kind](item.value);
  const note = noteField(item.decision?.note);
  const keepIt = () => {
    const { value, trouble } = fields.read();
    if (trouble) return trouble;
    const verdict = item.item ? "correct" : "add";
    keep(item, { verdict, value, ...noted(note) });
    changed(item.key, { text: true });
    choose(item.key, { focus: true });
    say(`${VERDICTS[verdict][1]}: ${value.object ?? value.text}`);
    return null;
  };
  return openForm(rowOf(item.key).querySelector(".lines"), `Correct this ${item.kind}`, [...fields.nodes, note], keepIt);
}

/** Add a fact or mention; words that are selected in the text are taken for it. */
function add() {
  if (app.tab === "issue" || !app.doc) return say("Go to the facts or the mentions to add one.");
  const kind = app.tab;
  const fields = FIELDS[kind](blank(kind));
  const note = noteField();
  const keepIt = () => {
    const { value, trouble } = fields.read();
    if (trouble) return trouble;
    const key = app.decisions.fresh(app.doc.number, kind);
    keep({ kind, key, item: null }, { verdict: "add", value, ...noted(note) });
    closeForm();
    app.chosen = null;
    changed(key, { text: true });
    openTab(kind, key);
    say(`added: ${value.object ?? value.text}`);
    return null;
  };
  return openForm($("adding"), `Add a ${kind}`, [...fields.nodes, note], keepIt);
}

function blank(kind) {
  const range = app.chosen;
  const words = range ? app.doc.text.slice(...range) : "";
  const like = chosenItem()?.value;
  if (kind === "mention") return { label: like?.label ?? app.meta.labels[0], spans: range ? [range] : [], text: words, assertion: "present", concept: null };
  const evidence = range ? app.doc.text.around(range) : (like?.evidence ?? null);
  return { predicate: like?.predicate ?? app.meta.predicates[0], object: words, concept: null, assertion: "present", qualifiers: {}, evidence };
}

const noteField = (note = "") => make("label", {}, "Note ", make("input", { name: "note", value: note, autocomplete: "off" }));

const noted = (label) => {
  const note = label.querySelector("input").value.trim();
  return note ? { note } : {};
};

function writeNote() {
  const item = chosenItem();
  if (!item?.decision) return say("Accept, reject or correct it first; then write the note.");
  const label = noteField(item.decision.note);
  const keepIt = () => {
    const { verdict, value } = item.decision;
    keep(item, { verdict, ...(value ? { value } : {}), ...noted(label) });
    choose(item.key, { focus: true });
    say("Noted.");
    return null;
  };
  return openForm(rowOf(item.key).querySelector(".lines"), "Note on this decision", [label], keepIt);
}
