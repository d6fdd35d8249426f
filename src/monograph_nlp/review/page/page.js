/* What the whole page shares: its state, and how elements are made. Text only ever comes in as text. */

const app = {
  meta: null, // the choices of the schema, and the hash of the records
  documents: [], // what is known of each document before it is opened
  store: null,
  words: null,
  decisions: null,
  filters: {},
  listed: [], // numbers of the documents that search and filters leave
  doc: null, // the document that is open
  tab: "fact",
  key: { fact: null, mention: null, issue: null }, // what is selected in each tab
  chosen: null, // [start, end] of the words last selected in the text
  telling: null, // the message that is about to be told
  everything: false, // show what the filters leave out, too
};

const $ = (id) => document.getElementById(id);

/** Make an element. Strings among the children become text, never mark-up. */
function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Words of a document: kept apart from ours, whatever direction they have. */
const quoted = (words, properties = {}, tag = "bdi") => make(tag, properties, words);

const number = (count) => count.toLocaleString("en");

const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

/** "has_adverse_event" and "ADVERSE_EVENT" as people write them. */
const spoken = (name) => name.replace(/^has_/, "").replaceAll("_", " ").toLowerCase();

/** Tell everybody, also those who listen. */
function say(message) {
  $("status").textContent = "";
  clearTimeout(app.telling);
  app.telling = setTimeout(() => ($("status").textContent = message), 50); // so that the same words are told again
}

/** A trouble that stays on the page until it is over. */
function warn(message) {
  $("trouble").textContent = message;
  $("trouble").hidden = !message;
}

function options(select, choices, chosen) {
  select.replaceChildren(
    ...choices.map(([value, words]) => {
      const option = make("option", {}, words);
      option.value = value;
      option.selected = value === chosen;
      return option;
    }),
  );
  return select;
}
