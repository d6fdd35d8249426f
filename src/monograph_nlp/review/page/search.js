/* Which documents hold the words that are looked for, and the facts that the filters ask for. */

/** As folded_words of review/index.py folds: no accents, no capitals. */
const folded = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const wordsOf = (query) => folded(query).match(/[\p{L}\p{N}]+/gu) ?? [];

/** All words of all documents, each with the documents that hold it. */
class Words {
  constructor(words, postings) {
    this.words = words ? words.split("\n") : [];
    this.bytes = bytesOf(postings);
    this.places = null;
  }

  /** Where each word's documents begin; found when the first word is looked for. */
  starts() {
    if (this.places) return this.places;
    this.places = new Uint32Array(this.words.length);
    let place = 0;
    for (let word = 0; word < this.words.length; word += 1) {
      this.places[word] = place;
      let count;
      [count, place] = this.number(place);
      for (; count > 0; count -= 1) [, place] = this.number(place);
    }
    return this.places;
  }

  number(place) {
    let value = 0;
    for (let shift = 0; ; shift += 7, place += 1) {
      value |= (this.bytes[place] & 127) << shift;
      if (this.bytes[place] < 128) return [value, place + 1];
    }
  }

  /** Documents with a word that begins so. */
  beginning(start) {
    const found = new Set();
    for (let word = this.first(start); word < this.words.length && this.words[word].startsWith(start); word += 1) {
      let [count, place] = this.number(this.starts()[word]);
      for (let doc = 0, step; count > 0; count -= 1) {
        [step, place] = this.number(place);
        found.add((doc += step));
      }
    }
    return found;
  }

  first(start) {
    let [low, high] = [0, this.words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.words[middle] < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Documents that hold all the words; null where none is asked for. */
  search(query) {
    const sets = wordsOf(query).map((word) => this.beginning(word));
    return sets.length ? sets.reduce((one, other) => new Set([...one].filter((doc) => other.has(doc)))) : null;
  }
}

/** A number of the index: [place of the kind, place of the assertion, score in thousandths]. */
const apart = (packed) => [Math.floor(packed / 8008), Math.floor(packed / 1001) % 8, packed % 1001];

/** Does one fact or mention fit the filters? `kind` and `verdict` are null where they do not matter. */
function fits(filters, kind, assertion, score, verdict) {
  if (kind && kind[0] !== kind[1]) return false;
  if (filters.assertion && filters.assertion !== assertion) return false;
  if (filters.least !== null && score < filters.least) return false;
  if (filters.most !== null && score > filters.most) return false;
  return !filters.verdict || filters.verdict === (verdict ?? "none");
}

const narrows = ({ assertion, least, most, verdict }) => Boolean(assertion || verdict || least !== null || most !== null);

/** Whether the filters say anything of facts, or of mentions. */
const asksFor = {
  fact: (filters) => Boolean(filters.predicate || (!filters.label && narrows(filters))),
  mention: (filters) => Boolean(filters.label),
};

const isFiltering = (filters) => asksFor.fact(filters) || asksFor.mention(filters) || Boolean(filters.issue);

function anyFact(known, number, filters) {
  const { predicates, assertions } = app.meta;
  const added = [...app.decisions.of(number).values()].some((one) => one.id === null && one.kind === "fact" && filters.verdict === "add");
  return added || known.facts.some((packed, place) => {
    const [kind, assertion, score] = apart(packed);
    const verdict = filters.verdict && app.decisions.get(number, KEYS_OF.extracted("fact", idOf(known, "fact", place)))?.verdict;
    return fits(filters, filters.predicate && [filters.predicate, predicates[kind]], assertions[assertion], score / 1000, verdict);
  });
}

/** Mentions of the index stand for all that are alike, so decisions are not asked for. */
function anyMention(known, filters) {
  const { labels, assertions } = app.meta;
  return known.mentions.some((packed) => {
    const [kind, assertion, score] = apart(packed);
    return fits({ ...filters, verdict: "" }, [filters.label, labels[kind]], assertions[assertion], score / 1000, null);
  });
}

function hasIssue(known, issue) {
  if (issue === "any") return known.issues.length > 0;
  if (issue === "alarm") return known.alarms > 0;
  return known.issues.includes(app.meta.issues.indexOf(issue));
}

/** Numbers of the documents that search and filters leave, in their order. */
function select() {
  const { filters } = app;
  const found = app.words.search($("query").value);
  return app.documents.flatMap((known, number) =>
    (!found || found.has(number)) &&
    (!filters.issue || hasIssue(known, filters.issue)) &&
    (!asksFor.fact(filters) || anyFact(known, number, filters)) &&
    (!asksFor.mention(filters) || anyMention(known, filters))
      ? [number]
      : [],
  );
}
