/* Offsets of a record count code points; JavaScript counts UTF-16. Only this file converts. */

const points = (words) => {
  let count = 0;
  for (const _ of words) count += 1;
  return count;
};

/** A stretch of the document from code point `start`. */
class Piece {
  constructor(start, words) {
    this.start = start;
    this.words = words;
    this.places = /[\ud800-\udfff]/.test(words) ? Piece.places(words) : null;
    this.end = start + (this.places ? this.places.length - 1 : words.length);
  }

  /** The UTF-16 place of each code point, and of the end. */
  static places(words) {
    const places = [];
    let place = 0;
    for (const letter of words) {
      places.push(place);
      place += letter.length;
    }
    places.push(place);
    return places;
  }

  slice(start, end) {
    const [from, to] = [start - this.start, end - this.start];
    return this.places ? this.words.slice(this.places[from], this.places[to]) : this.words.slice(from, to);
  }

  /** The code point that stands at a UTF-16 place. */
  point(place) {
    return this.start + points(this.words.slice(0, place));
  }
}

/** The document, or what is kept of it: pieces in order. */
class Text {
  constructor(pieces) {
    this.pieces = pieces.map(([start, words]) => new Piece(start, words));
  }

  slice(start, end) {
    const piece = this.pieces.find((one) => one.start <= start && end <= one.end);
    return piece ? piece.slice(start, end) : "";
  }

  /** Where the words stand: the place nearest to `near`; white space counts as one blank. */
  find(quotation, near = 0) {
    const parts = quotation.trim().split(/\s+/).filter(Boolean);
    if (!parts.length) return null;
    const pattern = new RegExp(parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("\\s+"), "gu");
    const found = this.pieces.flatMap((piece) =>
      [...piece.words.matchAll(pattern)].map((hit) => [piece.point(hit.index), piece.point(hit.index + hit[0].length)]),
    );
    found.sort((one, other) => Math.abs(one[0] - near) - Math.abs(other[0] - near));
    return found[0] ?? null;
  }

  /** The sentence or line around a range. */
  around([start, end]) {
    const piece = this.pieces.find((one) => one.start <= start && end <= one.end);
    const before = piece.slice(piece.start, start);
    const after = piece.slice(end, piece.end);
    const lead = before.match(/(?:^|\n|[.!?]\s)((?:(?!\n|[.!?]\s)[\s\S])*)$/)?.[1] ?? "";
    const trail = after.match(/^(?:(?![.!?](?:\s|$)|\n)[\s\S])*[.!?]?/)?.[0] ?? "";
    const blank = lead.length - lead.trimStart().length;
    return [start - points(lead.slice(blank)), end + points(trail.trimEnd())];
  }
}
