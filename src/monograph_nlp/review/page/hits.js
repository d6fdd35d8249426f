/* Where the words that are searched stand in the text, in browsers that can highlight ranges. */

let hits = [];
let lastHit = -1;

function markHits() {
  const starts = wordsOf($("query").value);
  [hits, lastHit] = [starts.length ? hitRanges(starts) : [], -1];
  if (typeof Highlight === "undefined") return;
  if (hits.length) CSS.highlights.set("hit", new Highlight(...hits));
  else CSS.highlights.delete("hit");
}

/** The words in the text that begin as one that is searched. */
function hitRanges(starts) {
  const found = [];
  const walker = document.createTreeWalker($("text"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    for (const word of walker.currentNode.data.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
      if (!starts.some((start) => folded(word[0]).startsWith(start))) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, word.index);
      range.setEnd(walker.currentNode, word.index + word[0].length);
      found.push(range);
    }
  return found;
}

function nextHit() {
  if (!hits.length) return say("None of the words that are searched stands in this text.");
  lastHit = (lastHit + 1) % hits.length;
  bringIntoView($("text"), hits[lastHit]);
  return say(`Place ${lastHit + 1} of ${hits.length}`);
}
