/* The documents in the page: packed one by one, and unpacked when they are read. */

const held = (kind) => document.querySelectorAll(`script[data-holds="${kind}"]`);

const heldJson = (kind) => JSON.parse(held(kind)[0].textContent);

function bytesOf(base64) {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let place = 0; place < letters.length; place += 1) bytes[place] = letters.charCodeAt(place);
  return bytes;
}

async function unpack(base64) {
  const plain = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(plain).text());
}

const KEPT = 40; // documents that stay unpacked

class Store {
  constructor(together) {
    this.together = together;
    this.elements = held("documents");
    this.batches = new Map();
    this.open = new Map();
  }

  /** The document of a number; those that were not read for long are packed away. */
  async load(number) {
    const doc = this.open.get(number) ?? this.prepare(number, await unpack(this.packed(number)));
    this.open.delete(number);
    this.open.set(number, doc);
    if (this.open.size > KEPT) this.open.delete(this.open.keys().next().value);
    return doc;
  }

  packed(number) {
    const batch = Math.floor(number / this.together);
    if (!this.batches.has(batch)) this.batches.set(batch, JSON.parse(this.elements[batch].textContent));
    return this.batches.get(batch)[number % this.together];
  }

  prepare(number, doc) {
    doc.number = number;
    doc.text = new Text(doc.pieces);
    doc.mention = new Map(doc.mentions.map((mention) => [mention.id, mention]));
    return doc;
  }
}

const conceptOf = (doc, item) => (item.concept === undefined ? null : doc.concepts[item.concept]);

/** A fact as the saved file writes it. */
const factValue = (doc, fact) => ({
  predicate: fact.predicate,
  object: fact.object,
  concept: conceptOf(doc, fact)?.[0] ?? null,
  assertion: fact.assertion,
  qualifiers: fact.qualifiers,
  evidence: fact.evidence[0] ?? null,
});

/** A mention as the saved file writes it. */
const mentionValue = (doc, mention) => ({
  label: mention.label,
  spans: mention.spans,
  text: mention.text,
  assertion: mention.assertion,
  concept: conceptOf(doc, mention)?.[0] ?? null,
});

const VALUES = { fact: factValue, mention: mentionValue };

/** Facts and mentions of a document are numbered from 1, unless the index says otherwise. */
function placeOf(known, kind, id) {
  const ids = known[`${kind}_ids`];
  if (ids) return ids.indexOf(id);
  const place = new RegExp(`^${kind[0]}([1-9]\\d*)$`).exec(id ?? "");
  return place ? Number(place[1]) - 1 : -1;
}

const countOf = (known, kind) => (kind === "fact" ? known.facts.length : known.mentioned);

const idOf = (known, kind, place) => known[`${kind}_ids`]?.[place] ?? `${kind[0]}${place + 1}`;
