/* Facts, mentions and issues of the open document, as a list to go through. */

const VERDICTS = { accept: ["✓", "accepted"], reject: ["✗", "rejected"], correct: ["✎", "corrected"], add: ["+", "added"] };

/** What can be decided on: extracted and added facts or mentions, as they stand now. */
function itemsOf(doc, kind) {
  const items = doc[`${kind}s`].map((item) => {
    const key = KEYS_OF.extracted(kind, item.id);
    return asItem(doc, kind, key, item, app.decisions.get(doc.number, key));
  });
  for (const [key, decision] of app.decisions.of(doc.number))
    if (decision.id === null && decision.kind === kind) items.push(asItem(doc, kind, key, null, decision));
  return items;
}

function asItem(doc, kind, key, item, decision) {
  const original = item && VALUES[kind](doc, item);
  const value = decision?.value ?? original;
  return { kind, key, item, decision, original, value, evidence: rangesOf(kind, item, value, decision) };
}

/** A correction has one evidence; what was extracted may have more. */
function rangesOf(kind, item, value, decision) {
  if (kind === "mention") return value.spans;
  if (decision?.value || !item) return value.evidence ? [value.evidence] : [];
  return item.evidence;
}

const issuesOf = (doc) => doc.issues.map((issue, place) => ({ kind: "issue", key: `issue ${place}`, item: issue, evidence: issue.evidence }));

const allItems = (tab) => (tab === "issue" ? issuesOf(app.doc) : itemsOf(app.doc, tab));

/** Items that the filters leave, in the chosen order. */
function visibleItems(tab) {
  const items = allItems(tab);
  if (tab === "issue") return items;
  const left = app.everything ? items : items.filter((item) => fitsFilters(item));
  const order = ORDERS[$("order").value];
  return left.map((item, place) => [order(item), place, item]).sort((one, other) => compare(one[0], other[0]) || one[1] - other[1]).map(([, , item]) => item);
}

function fitsFilters({ kind, item, value, decision }) {
  const { filters } = app;
  const own = kind === "fact" ? filters.predicate : filters.label;
  const now = item ?? value;
  if (!item && !filters.verdict) return !own || own === (value.predicate ?? value.label);
  return fits(filters, own && [own, kind === "fact" ? now.predicate : now.label], now.assertion, item?.score ?? 1, decision?.verdict);
}

const ORDERS = {
  text: (item) => item.evidence[0]?.[0] ?? Infinity,
  kind: (item) => item.value.predicate ?? item.value.label,
  score: (item) => item.item?.score ?? 1,
};

function drawPanel() {
  const items = visibleItems(app.tab);
  const rows = items.map((item) => itemRow(item));
  const list = rows.length ? make("ol", {}, ...rows) : make("p", { class: "empty" }, emptyWords());
  $("items").replaceChildren(list);
  $("items").setAttribute("aria-labelledby", `tab-${app.tab}`);
  for (const tab of document.querySelectorAll("[data-tab]")) drawTab(tab);
  $("add").hidden = app.tab === "issue";
  $("order").parentElement.hidden = app.tab === "issue";
  drawShown(items.length);
}

const emptyWords = () => (app.tab === "issue" ? "The audit found nothing to tell." : `No ${app.tab}s${allItems(app.tab).length ? " fit the filters." : "."}`);

function drawTab(tab) {
  const kind = tab.dataset.tab;
  const isOpen = kind === app.tab;
  tab.setAttribute("aria-selected", String(isOpen));
  tab.tabIndex = isOpen ? 0 : -1;
  tab.textContent = `${tab.dataset.name ??= tab.textContent} ${allItems(kind).length}`;
}

function drawShown(count) {
  const left = app.tab === "issue" ? 0 : allItems(app.tab).length - count;
  const toggle = make("button", { type: "button", class: "link", on: { click: () => ((app.everything = !app.everything), drawPanel()) } }, app.everything ? "Apply the filters" : "Show all");
  $("shown").replaceChildren(...(left || (app.everything && isFiltering(app.filters)) ? [left ? `${number(left)} left out by the filters. ` : "The filters are not applied here. ", toggle] : []));
}

function itemRow(item) {
  const isOpen = app.key[app.tab] === item.key;
  const verdict = item.decision ? VERDICTS[item.decision.verdict] : ["", "undecided"];
  const row = make(
    "li",
    {
      class: `item is-${item.decision?.verdict ?? "open"}${isOpen ? " chosen" : ""}`,
      "data-key": item.key,
      tabindex: isOpen ? 0 : -1,
      "aria-current": isOpen ? "true" : null,
      on: { click: (event) => clickItem(event, item.key) },
    },
    item.kind === "issue" ? null : make("span", { class: "verdict" }, verdict[0], make("span", { class: "unseen" }, verdict[1])),
    make("div", { class: "lines" }, ...LINES[item.kind](item), isOpen ? details(item) : null),
  );
  return row;
}

function clickItem(event, key) {
  if (event.target.closest("button, form, input, select, textarea")) return;
  if (key !== app.key[app.tab]) choose(key, { focus: true });
}

const badge = (assertion) => (assertion === "present" ? null : make("span", { class: "badge" }, spoken(assertion)));

const score = (item) => (item ? make("span", { class: "score", title: "score" }, item.score.toFixed(2)) : null);

const conceptWords = (doc, item, id) => {
  const concept = item ? conceptOf(doc, item) : null;
  if (concept?.[0] === id) return [quoted(`${id} ${concept[1]}`), item.sure === undefined ? "" : ` (${item.sure.toFixed(2)})`];
  return id ? [quoted(id)] : ["no concept"];
};

function factLines({ item, value, original }) {
  const named = item && value.object === original.object && item.name !== item.object;
  const qualifiers = Object.entries(value.qualifiers).map(([key, words]) => make("span", { class: "qualifier" }, make("i", {}, `${spoken(key)} `), quoted(words === true ? "yes" : words === false ? "no" : String(words))));
  return [
    make("p", {}, make("span", { class: "kind" }, spoken(value.predicate)), " ", quoted(value.object, { class: "object" }), " ", badge(value.assertion), score(item)),
    make("p", { class: "small" }, ...(named ? ["= ", quoted(item.name), " "] : []), ...(item?.subject ? ["of ", quoted(item.subject), " "] : []), ...qualifiers),
  ];
}

function mentionLines({ item, value }) {
  const place = app.meta.labels.indexOf(value.label);
  return [
    make("p", {}, make("span", { class: `kind label l${place}` }, spoken(value.label)), " ", quoted(value.text, { class: "object" }), " ", badge(value.assertion), score(item)),
    make("p", { class: "small" }, ...conceptWords(app.doc, item, value.concept), ...(item?.long ? [" · short for ", quoted(item.long)] : []), ...(item?.cues ? [" · because of ", quoted(item.cues.join(", "))] : [])),
  ];
}

const issueLines = ({ item }) => [
  make("p", {}, make("span", { class: `badge ${item.severity}` }, item.severity), " ", make("span", { class: "object" }, spoken(item.code))),
  make("p", {}, quoted(item.message)),
];

const LINES = { fact: factLines, mention: mentionLines, issue: issueLines };

/** What the selected item shows beyond its lines: evidence, where it comes from, what can be done. */
function details(item) {
  const { doc } = app;
  const quotes = item.kind === "mention" ? [] : item.evidence.map((range) => make("blockquote", {}, quoted(doc.text.slice(...range) || "(not in this page)")));
  const shown = [...quotes, ...wasLines(item)];
  if (item.kind === "fact") shown.push(make("p", { class: "small" }, ...conceptWords(doc, item.item, item.value.concept), item.item ? ` · rule ${item.item.rule}` : ""));
  if (item.kind === "mention" && item.item) shown.push(make("p", { class: "small" }, `found by ${item.item.source}`));
  if (item.decision?.note) shown.push(make("p", { class: "small" }, "Note: ", quoted(item.decision.note)));
  if (item.decision?.reviewer) shown.push(make("p", { class: "small" }, "By ", quoted(item.decision.reviewer)));
  return make("div", { class: "details" }, ...shown, item.kind === "issue" ? null : buttons(item));
}

/** What a correction changed. */
function wasLines({ decision, original, value }) {
  if (decision?.verdict !== "correct") return [];
  const keys = Object.keys(original).filter((key) => JSON.stringify(original[key]) !== JSON.stringify(value[key]) && !["spans", "evidence"].includes(key));
  return keys.map((key) => make("p", { class: "small was" }, `${spoken(key)} was `, make("del", {}, quoted(wasWords(original[key])))));
}

const wasWords = (value) => (value === null ? "none" : typeof value === "object" ? Object.entries(value).map((pair) => pair.join(": ")).join(", ") || "none" : String(value));

function buttons(item) {
  const button = (words, key, act) => make("button", { type: "button", "aria-keyshortcuts": key, on: { click: act } }, words, " ", make("kbd", { "aria-hidden": "true" }, key));
  const judged = item.item ? [button("Accept", "a", () => decide("accept")), button("Reject", "r", () => decide("reject"))] : [];
  const taken = item.decision ? [button("Note", "c", writeNote), button(item.item ? "Take back" : "Remove", "x", takeBack)] : [];
  return make("p", { class: "buttons" }, ...judged, button("Correct", "e", correct), ...taken);
}
