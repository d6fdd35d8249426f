/* What was decided, kept in this browser: one entry of the local storage a document. */

const KEYS_OF = { extracted: (kind, id) => `${kind} ${id}`, added: (kind, place) => `${kind} + ${place}` };

class Decisions {
  constructor(hash) {
    this.prefix = `monograph-nlp review ${hash} `;
    this.made = new Map(); // number of the document → key → decision
    this.past = []; // what to undo: lists of [number, key, decision before]
    this.unsaved = this.read("unsaved") ?? 0;
    this.restore();
  }

  restore() {
    try {
      for (const name of Object.keys(localStorage)) if (name.startsWith(this.prefix)) this.fetch(name);
    } catch {
      this.lost();
    }
  }

  /** Read one document's decisions, also those that another window has just made. */
  fetch(name) {
    const number = Number(name.slice(this.prefix.length));
    if (!Number.isInteger(number) || !app.documents[number]) return;
    this.made.set(number, new Map(this.read(number) ?? []));
  }

  read(name) {
    try {
      return JSON.parse(localStorage.getItem(this.prefix + name));
    } catch {
      return null;
    }
  }

  write(name, value) {
    try {
      localStorage.setItem(this.prefix + name, JSON.stringify(value));
    } catch {
      this.lost();
    }
  }

  lost() {
    this.isLost = true;
    warn("This browser keeps no decisions for this page (its storage is closed or full): save to a file before you leave.");
  }

  of(number) {
    return this.made.get(number) ?? new Map();
  }

  get(number, key) {
    return this.of(number).get(key) ?? null;
  }

  /** Decide several things at once, so that one undo takes them back. `null` takes a decision away. */
  set(changes, { isSaved = false } = {}) {
    this.past.push(changes.map(([number, key]) => [number, key, this.get(number, key)]));
    this.apply(changes);
    if (!isSaved) this.count(this.unsaved + changes.length);
  }

  undo() {
    const changes = this.past.pop();
    if (!changes) return null;
    this.apply(changes);
    this.count(this.unsaved + changes.length);
    return changes;
  }

  apply(changes) {
    for (const [number, key, decision] of changes) {
      const made = new Map(this.of(number));
      if (decision) made.set(key, decision);
      else made.delete(key);
      this.made.set(number, made);
    }
    for (const number of new Set(changes.map(([one]) => one))) this.write(number, [...this.of(number)]);
  }

  count(unsaved) {
    this.unsaved = unsaved;
    this.write("unsaved", unsaved);
  }

  /** A key for an added fact or mention that no other has. */
  fresh(number, kind) {
    for (let place = 1; ; place += 1) {
      const key = KEYS_OF.added(kind, place);
      if (!this.of(number).has(key)) return key;
    }
  }

  /** How many facts of a document are decided, and how many there are to decide. */
  progress(number) {
    let decided = 0;
    for (const one of this.of(number).values()) decided += one.kind === "fact" && one.id !== null;
    return [decided, app.documents[number].facts.length];
  }

  total() {
    let count = 0;
    for (const made of this.made.values()) count += made.size;
    return count;
  }
}
