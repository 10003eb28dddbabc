import { find, h, icon } from "./dom.js";

const SHOWN_MS = 7000;

/** A sentence that goes away by itself, or when closed. */
export function toast(sentence) {
  const close = () => node.remove();
  const node = h(
    "div",
    { class: "toast" },
    h("span", {}, sentence),
    h("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: close }, icon("close")),
  );
  find("toasts").append(node);
  setTimeout(close, SHOWN_MS);
}

/** Runs something that talks to the emulator; its error becomes a toast. True when it worked. */
export async function attempt(work) {
  try {
    await work();
    return true;
  } catch (error) {
    toast(error.message);
    return false;
  }
}
