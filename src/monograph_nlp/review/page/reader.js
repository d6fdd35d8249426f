/* The text of a document with its mentions and evidence marked, each stretch an element of its own. */

/** Mentions and evidence as they stand now: extracted, corrected and added ones. */
function marksOf(doc) {
  const mentions = itemsOf(doc, "mention").map((item) => ({ key: item.key, label: item.value.label, assertion: item.value.assertion, spans: item.value.spans }));
  const evidence = itemsOf(doc, "fact").flatMap((item) => item.evidence);
  return { mentions, evidence: evidence.concat(doc.issues.flatMap((issue) => issue.evidence)) };
}

/** Which mentions hold each place where something begins or ends, the shortest last. */
function coversOf(mentions) {
  const spans = mentions.flatMap((mention) => mention.spans.map(([start, end]) => ({ start, end, mention })));
  return spans.sort((one, other) => other.end - other.start - (one.end - one.start));
}

function drawText() {
  const { doc } = app;
  const { mentions, evidence } = marksOf(doc);
  const spans = coversOf(mentions);
  const titles = doc.sections.filter(([, title]) => title).map(([start, title]) => [start, start + points(title), title]);
  const cuts = new Set([...spans.flatMap(({ start, end }) => [start, end]), ...evidence.flat(), ...titles.flatMap(([start, end]) => [start, end])]);
  const sorted = [...cuts].sort((one, other) => one - other);
  const heads = new Map(titles.map(([start, end, title]) => [start, [end, title]]));
  const covers = covering(spans, sorted);
  const parts = doc.text.pieces.map((piece) => drawPiece(piece, sorted, covers, heads));
  $("text").replaceChildren(doc.whole ? "" : notice(), ...parts);
}

const notice = () =>
  make("p", { class: "notice" }, "This record came without its text, so only the sentences that are evidence are shown. Extract with --with-text, or build this page with --text-dir, to read the whole document.");

/** From the start of a stretch → the mentions that hold it, the shortest last. */
function covering(spans, sorted) {
  const places = new Map(sorted.map((cut, place) => [cut, place]));
  const covers = new Map();
  for (const { start, end, mention } of spans)
    for (let place = places.get(start); sorted[place] < end; place += 1) {
      if (!covers.has(sorted[place])) covers.set(sorted[place], []);
      covers.get(sorted[place]).push(mention);
    }
  return covers;
}

function drawPiece(piece, sorted, covers, heads) {
  const inside = sorted.filter((cut) => cut > piece.start && cut < piece.end);
  const bounds = [piece.start, ...inside, piece.end];
  const part = make("div", { class: "piece", dir: "auto" });
  let headEnd = -1;
  for (let place = 0; place + 1 < bounds.length; place += 1) {
    const [start, end] = [bounds[place], bounds[place + 1]];
    const head = heads.get(start);
    if (head && piece.slice(start, head[0]) === head[1]) headEnd = head[0];
    part.append(stretch(piece.slice(start, end), start, end, covers.get(start), start < headEnd));
  }
  return part;
}

function stretch(words, start, end, mentions, isHead) {
  const span = make("span", { "data-start": start, "data-end": end }, words);
  if (isHead) span.classList.add("head");
  if (!mentions) return span;
  const mention = mentions.at(-1);
  span.className += ` m l${app.meta.labels.indexOf(mention.label)} is-${mention.assertion}`;
  span.dataset.mentions = mentions.map((one) => one.key).reverse().join("|");
  return span;
}

/** Mark what the selected fact, mention or issue rests on, and bring it into view. */
function point(ranges, inner = [], { scroll = true, nth = 0 } = {}) {
  for (const old of $("text").querySelectorAll(".ev, .it")) old.classList.remove("ev", "it");
  const spans = [...$("text").querySelectorAll("[data-start]")];
  const mark = (range, name) => {
    const found = spans.filter((span) => span.dataset.start >= range[0] && span.dataset.end <= range[1]);
    for (const span of found) span.classList.add(name);
    return found;
  };
  const marked = ranges.map((range) => mark(range, "ev")).filter((found) => found.length);
  for (const range of inner) mark(range, "it");
  if (marked.length && scroll) bringIntoView($("text"), ...marked[nth % marked.length]);
}

/** Scroll the box alone, never the page around it; what was out of sight comes above its middle. */
function bringIntoView(box, ...parts) {
  const outer = box.getBoundingClientRect();
  const { top } = parts[0].getBoundingClientRect();
  const { bottom } = parts.at(-1).getBoundingClientRect();
  const above = Math.max(12, (outer.height - (bottom - top)) / 3);
  if (top < outer.top + 12 || bottom > outer.bottom - 12) box.scrollTop += top - outer.top - above;
}

/** Scroll no more than it takes to see all of a row, with a bit of the next one. */
function bringRowIntoView(box, row) {
  const [outer, inner] = [box.getBoundingClientRect(), row.getBoundingClientRect()];
  const below = inner.bottom + 24 - outer.bottom;
  if (inner.top < outer.top || inner.height > outer.height) box.scrollTop += inner.top - outer.top;
  else if (below > 0) box.scrollTop += Math.min(below, inner.top - outer.top);
}

/** The range that the reader has selected with the mouse or by keys, in code points. */
function selectedRange() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const [start, end] = [placeIn(range.startContainer, range.startOffset), placeIn(range.endContainer, range.endOffset)];
  if (start === null || end === null || start >= end) return null;
  const words = app.doc.text.slice(start, end);
  const lead = points(words) - points(words.trimStart());
  return words.trim() ? [start + lead, start + lead + points(words.trim())] : null;
}

function placeIn(node, offset) {
  const span = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node.childNodes[offset] ?? node)?.closest?.("#text [data-start]");
  if (!span) return null;
  return Number(span.dataset.start) + (node.nodeType === Node.TEXT_NODE ? points(node.data.slice(0, offset)) : 0);
}

/** A click on words selects the fact or mention that they belong to; the next click the next one. */
function clickText(event) {
  if (!getSelection().isCollapsed) return;
  const span = event.target.closest("[data-start]");
  if (!span) return;
  const keys = span.dataset.mentions?.split("|") ?? [];
  const place = Number(span.dataset.start);
  const facts = visibleItems("fact").filter((item) => holds(item, place, keys));
  if (app.tab === "fact" && facts.length) return choose(next(facts.map((item) => item.key)), { focus: true, scroll: false });
  if (keys.length) return openTab("mention", next(keys), { focus: true, scroll: false });
  return null;
}

const next = (keys) => keys[(keys.indexOf(app.key[app.tab]) + 1) % keys.length];

/** Is a fact about the mention that was clicked or, between mentions, evident from the place? */
function holds(item, place, keys) {
  if (keys.length) return item.item?.mention && keys.includes(KEYS_OF.extracted("mention", item.item.mention));
  return item.evidence.some(([start, end]) => start <= place && place < end);
}

function showTip(event) {
  const span = event.target.closest?.(".m");
  $("tip").hidden = !span;
  if (!span) return;
  const item = itemsOf(app.doc, "mention").find((one) => one.key === span.dataset.mentions.split("|")[0]);
  if (!item) return;
  $("tip").replaceChildren(...mentionLines(item));
  const box = span.getClientRects()[0];
  const tip = $("tip").getBoundingClientRect();
  $("tip").style.left = `${Math.max(8, Math.min(box.left, innerWidth - tip.width - 8))}px`;
  $("tip").style.top = `${box.top - tip.height - 6 > 0 ? box.top - tip.height - 6 : box.bottom + 6}px`;
}

function readyReader() {
  $("text").addEventListener("click", clickText);
  $("text").addEventListener("pointerover", showTip);
  $("text").addEventListener("pointerleave", () => ($("tip").hidden = true));
  $("text").addEventListener("scroll", () => ($("tip").hidden = true), { passive: true });
  document.addEventListener("selectionchange", () => {
    const range = app.doc && selectedRange();
    if (range) app.chosen = range;
  });
}
