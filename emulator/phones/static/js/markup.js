/** Message text as nodes: links everywhere, WhatsApp's markup where asked for. Never parses HTML. */
import { h } from "./dom.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };
const CODE = /```([\s\S]+?)```|`([^`\n]+)`/uy;
const LINK = /https?:\/\/[^\s<>"]+/iuy;
// A mark opens after anything but a letter or digit, hugs its words, stays in its line, and closes before no letter
// or digit. The length bound keeps a text of nothing but marks from taking quadratic time.
const STYLED = /(?<![\p{L}\p{N}])([*_~])(?![\s*_~]*\1)(?=\S)([^\n]{0,1999}?\S)\1(?![\p{L}\p{N}])/uy;
const AFTER_LINK = /[.,;:!?'"*_~`\])]+$/u;

export function richText(text, { markup }) {
  const nodes = [];
  let plain = "";
  for (let at = 0; at < text.length;) {
    const token = tokenAt(text, at, markup);
    if (token && plain) nodes.push(plain);
    if (token) nodes.push(token.node);
    plain = token ? "" : plain + text[at];
    at = token ? token.end : at + 1;
  }
  return plain ? [...nodes, plain] : nodes;
}

function tokenAt(text, at, markup) {
  const first = text[at];
  if (first === "h" || first === "H") return linkAt(text, at);
  if (markup && first === "`") return codeAt(text, at);
  return markup && first in STYLES ? styledAt(text, at) : null;
}

function linkAt(text, at) {
  const raw = match(LINK, text, at)?.[0];
  const href = raw && trimmed(raw);
  if (!href || !URL.canParse(href)) return null;
  return { node: h("a", { href, target: "_blank", rel: "noopener noreferrer" }, href), end: at + href.length };
}

/** Punctuation after a link belongs to the sentence; a closing bracket that was opened inside belongs to the link. */
function trimmed(link) {
  const bare = link.replace(AFTER_LINK, "");
  return bare.includes("(") && link[bare.length] === ")" ? `${bare})` : bare;
}

function codeAt(text, at) {
  const found = match(CODE, text, at);
  return found && { node: h("code", {}, found[1] ?? found[2]), end: at + found[0].length };
}

function styledAt(text, at) {
  const found = match(STYLED, text, at);
  if (!found) return null;
  const [whole, mark, inner] = found;
  return { node: h(STYLES[mark], {}, richText(inner, { markup: true })), end: at + whole.length };
}

function match(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
