/* The file that a review leaves: one decision a line, as docs/review.md describes it. */

const VERSION = 1;

/** The lines of all decisions, in the order of the documents and of their facts and mentions. */
async function savedLines() {
  const lines = [];
  for (const number of [...app.decisions.made.keys()].sort((one, other) => one - other)) {
    const made = [...app.decisions.of(number)];
    if (!made.length) continue;
    const doc = await app.store.load(number);
    const known = app.documents[number];
    const place = ([key, one]) => (one.id === null ? Infinity : placeOf(known, one.kind, one.id));
    made.sort((one, other) => compare(one[1].kind, other[1].kind) || compare(place(one), place(other)));
    lines.push(...made.map(([, one]) => JSON.stringify(savedDecision(doc, known, one))));
  }
  return lines;
}

const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

function savedDecision(doc, known, decision) {
  const { kind, id, verdict } = decision;
  const item = id === null ? null : doc[`${kind}s`][placeOf(known, kind, id)];
  const original = item && VALUES[kind](doc, item);
  return {
    version: VERSION,
    record: known.record,
    document: known.id,
    kind,
    id,
    verdict,
    value: verdict === "reject" ? null : (decision.value ?? original),
    original,
    reviewer: decision.reviewer ?? null,
    note: decision.note ?? null,
  };
}

async function save() {
  const lines = await savedLines();
  if (!lines.length) return say("Nothing is decided yet, so there is nothing to save.");
  const url = URL.createObjectURL(new Blob(lines.map((line) => `${line}\n`), { type: "application/x-ndjson" }));
  make("a", { href: url, download: "corrections.jsonl" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  app.decisions.count(0);
  showProgress();
  return say(`${plural(lines.length, "decision")} saved to corrections.jsonl.`);
}

/** Take in decisions of a file; `over` says whether they replace those that were made here. */
function takeIn(decisions, over) {
  const numbers = new Map(app.documents.map((known, number) => [known.record, number]));
  const changes = new Map();
  let strange = 0;
  for (const line of decisions) {
    const number = numbers.get(line?.record);
    const key = number === undefined ? null : keyOf(number, line, changes);
    if (!key) strange += 1;
    else if (over || !app.decisions.get(number, key)) changes.set(`${number} ${key}`, [number, key, decisionOf(line)]);
  }
  if (changes.size) app.decisions.set([...changes.values()], { isSaved: true });
  return { taken: changes.size, strange };
}

/** Where a saved decision belongs; null where this page has no such fact or mention. */
function keyOf(number, line, changes) {
  if (line.version !== VERSION || !VALUES[line.kind] || !["accept", "reject", "correct", "add"].includes(line.verdict)) return null;
  const known = app.documents[number];
  if (line.verdict !== "add") {
    const place = placeOf(known, line.kind, line.id);
    const isThere = place >= 0 && place < countOf(known, line.kind);
    const isWhole = line.verdict !== "correct" || isValue[line.kind](line.value);
    return isThere && isWhole ? KEYS_OF.extracted(line.kind, line.id) : null;
  }
  if (!isValue[line.kind](line.value)) return null;
  const same = JSON.stringify(line.value);
  for (const [key, one] of app.decisions.of(number))
    if (one.id === null && one.kind === line.kind && JSON.stringify(one.value) === same) return key;
  for (let place = 1; ; place += 1) {
    const key = KEYS_OF.added(line.kind, place);
    if (!app.decisions.get(number, key) && !changes.has(`${number} ${key}`)) return key;
  }
}

const isRange = (range) => Array.isArray(range) && range.length === 2 && range.every(Number.isInteger) && range[0] < range[1];

const isText = (value) => typeof value === "string";

/** Whether a value from a file has the shape that the page writes. */
const isValue = {
  fact: (value) =>
    isText(value?.predicate) &&
    isText(value.object) &&
    isText(value.assertion) &&
    (value.concept === null || isText(value.concept)) &&
    value.qualifiers?.constructor === Object &&
    (value.evidence === null || isRange(value.evidence)),
  mention: (value) =>
    isText(value?.label) &&
    isText(value.text) &&
    isText(value.assertion) &&
    (value.concept === null || isText(value.concept)) &&
    Array.isArray(value.spans) &&
    value.spans.length > 0 &&
    value.spans.every(isRange),
};

function decisionOf(line) {
  const { kind, verdict, reviewer, note } = line;
  const decision = { kind, id: verdict === "add" ? null : line.id, verdict };
  if (verdict === "correct" || verdict === "add") decision.value = line.value;
  if (reviewer) decision.reviewer = String(reviewer);
  if (note) decision.note = String(note);
  return decision;
}

async function loadFile(file) {
  const lines = (await file.text()).split("\n").filter((line) => line.trim());
  try {
    const { taken, strange } = takeIn(lines.map((line) => JSON.parse(line)), true);
    const left = strange ? ` ${plural(strange, "line")} left out: of other records, or no decisions.` : "";
    say(`${plural(taken, "decision")} loaded from ${file.name}.${left}`);
  } catch (error) {
    say(`${file.name} was not loaded: it is no file of decisions, one JSON object a line (${error.message}).`);
  }
  await everythingChanged();
}
