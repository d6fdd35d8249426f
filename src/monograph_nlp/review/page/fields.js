/* The fields of the form, made from a value and read back into one. */

const CURIE = "[a-z][a-z0-9]*([._\\-][a-z0-9]+)*:\\S+";

const menu = (names, chosen, properties = {}) => options(make("select", properties), names.map((name) => [name, spoken(name)]), chosen);

const labelled = (words, field) => make("label", {}, `${words} `, field);

const conceptField = (id) => make("input", { value: id ?? "", pattern: CURIE, placeholder: "mesh:D009101; empty for none", title: "an identifier such as mesh:D009101", spellcheck: "false", autocomplete: "off" });

function factFields(value) {
  const predicate = menu(app.meta.predicates, value.predicate);
  const object = make("input", { value: value.object, required: true, autocomplete: "off" });
  const concept = conceptField(value.concept);
  const assertion = menu(app.meta.assertions, value.assertion);
  const qualifiers = qualifierFields(value.qualifiers);
  const evidence = quotationField("Evidence", value.evidence);
  const read = () => {
    const found = evidence.read();
    const trouble = found.trouble ?? qualifiers.trouble(predicate.value);
    return { trouble, value: { predicate: predicate.value, object: object.value.trim(), concept: concept.value.trim() || null, assertion: assertion.value, qualifiers: qualifiers.read(), evidence: found.range } };
  };
  const nodes = [labelled("Predicate", predicate), labelled("Object", object), labelled("Concept", concept), labelled("Assertion", assertion), qualifiers.node, evidence.node];
  return { nodes, read };
}

function mentionFields(value) {
  const label = menu(app.meta.labels, value.label);
  const concept = conceptField(value.concept);
  const assertion = menu(app.meta.assertions, value.assertion);
  const parts = [];
  const box = make("div", {});
  const addPart = (range) => {
    const part = quotationField(parts.length ? "And the words" : "Words", range);
    parts.push(part);
    box.append(part.node);
  };
  for (const span of value.spans.length ? value.spans : [null]) addPart(span);
  const more = make("button", { type: "button", class: "link", on: { click: () => addPart(null) } }, "The mention has a gap: add a part");
  const read = () => {
    const found = parts.filter((part, place) => !place || !part.isEmpty()).map((part) => part.read());
    const spans = found.map((one) => one.range).sort((one, other) => one?.[0] - other?.[0]);
    const trouble = found.find((one) => one.trouble)?.trouble ?? (spans.some((span, place) => place && span[0] < spans[place - 1][1]) ? "The parts of the mention overlap." : undefined);
    const text = trouble ? "" : spans.map((span) => app.doc.text.slice(...span)).join(" ");
    return { trouble, value: { label: label.value, spans, text, assertion: assertion.value, concept: concept.value.trim() || null } };
  };
  return { nodes: [labelled("Label", label), box, more, labelled("Concept", concept), labelled("Assertion", assertion)], read };
}

const FIELDS = { fact: factFields, mention: mentionFields };

/** Words that stand in the text: typed, pasted, or taken from what is selected there. */
function quotationField(name, range) {
  const near = range?.[0] ?? app.chosen?.[0] ?? 0;
  let known = range;
  const words = make("textarea", { rows: 2, required: true, spellcheck: "false" });
  words.value = range ? app.doc.text.slice(...range) : "";
  words.addEventListener("input", () => (known = null));
  const take = () => {
    if (!app.chosen) return say("Select words in the text first.");
    known = app.chosen;
    words.value = app.doc.text.slice(...known);
    return null;
  };
  const button = make("button", { type: "button", class: "link", on: { click: take, pointerdown: (event) => event.preventDefault() } }, "Take the selected words");
  const read = () => {
    const found = known ?? app.doc.text.find(words.value, near);
    return found ? { range: found } : { range: null, trouble: `${name}: these words do not stand in the text. Select them there, and take them.` };
  };
  return { node: make("div", { class: "quotation" }, labelled(name, words), button), read, isEmpty: () => !words.value.trim() };
}

/** Rows of a key and a value, and a way to add one. */
function qualifierFields(qualifiers) {
  const rows = [];
  const node = make("fieldset", { class: "qualifiers" }, make("legend", {}, "Qualifiers"));
  const addRow = (key, value) => {
    const row = qualifierRow(key, value, () => rows.splice(rows.indexOf(row), 1));
    rows.push(row);
    more.before(row.node);
    return row;
  };
  const more = make("button", { type: "button", class: "link", on: { click: () => addRow(unused(rows), "").node.querySelector("select").focus() } }, "Add a qualifier");
  node.append(more);
  for (const [key, value] of Object.entries(qualifiers)) addRow(key, value);
  const read = () => Object.fromEntries(rows.map((row) => row.read()).filter(([, value]) => value !== "").sort(([one], [other]) => compare(one, other)));
  return { node, read, trouble: (predicate) => qualifierTrouble(rows.map((row) => row.read()), predicate) };
}

const unused = (rows) => Object.keys(app.meta.qualifiers).find((key) => !rows.some((row) => row.read()[0] === key));

function qualifierTrouble(pairs, predicate) {
  const keys = pairs.map(([key]) => key);
  const twice = keys.find((key, place) => keys.indexOf(key) < place);
  if (twice) return `The qualifier ${spoken(twice)} stands twice.`;
  const action = pairs.find(([key]) => key === "action")?.[1];
  const isStrange = predicate === "has_target" && action && !app.meta.actions.includes(action);
  return isStrange ? `The action on a target is one of ${app.meta.actions.join(", ")}.` : undefined;
}

function qualifierRow(key, value, drop) {
  const keys = menu(Object.keys(app.meta.qualifiers), key, { "aria-label": "Qualifier" });
  let field = valueField(key, value);
  keys.addEventListener("change", () => {
    const fresh = valueField(keys.value, "");
    field.replaceWith(fresh);
    field = fresh;
  });
  const remove = make("button", { type: "button", "aria-label": "Remove the qualifier", on: { click: () => (drop(), node.remove()) } }, "×");
  const node = make("div", { class: "qualifier-row" }, keys, field, remove);
  return { node, read: () => [keys.value, qualifierValue(keys.value, field.value.trim())] };
}

function valueField(key, value) {
  const { type, enum: names } = app.meta.qualifiers[key] ?? { type: "string" };
  const properties = { "aria-label": `Value of ${spoken(key)}` };
  if (names) return menu(names, value || names[0], properties);
  if (type === "boolean") return options(make("select", properties), [["true", "yes"], ["false", "no"]], String(value === "" ? true : value));
  if (type === "number") return make("input", { ...properties, type: "number", step: "any", min: "0", value: String(value) });
  return make("input", { ...properties, value: String(value), autocomplete: "off" });
}

function qualifierValue(key, words) {
  const type = app.meta.qualifiers[key]?.type;
  if (type === "boolean") return words === "true";
  return type === "number" && words !== "" ? Number(words) : words;
}
