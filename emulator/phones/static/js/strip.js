/** The last webhooks: what was called, what it answered, how long it took. */
import { api } from "./api.js";
import { openDialog } from "./dialogs.js";
import { find, h } from "./dom.js";
import { dayAndTime, duration } from "./format.js";
import { attempt } from "./toast.js";

const KINDS = {
  pre: "asked before a message is published",
  post: "told after it happened",
  messaging: "told of a text outside any group",
  status: "told how a text fared",
};

const OUTCOMES = {
  pending: ["wait", "waiting for the answer"],
  unchanged: ["good", "published as it was"],
  changed: ["good", "published with the answer's text"],
  answered: ["good", "answered"],
  rejected: ["bad", "the message was destroyed"],
  invalid: ["bad", "the answer was not valid, so the message was destroyed"],
  timeout: ["bad", "no answer in time"],
  unreachable: ["bad", "nobody was there"],
  failed: ["bad", "answered with an error"],
  dropped: ["lost", "lost on purpose, by a fault"],
};

const [UNKNOWN_LEVEL, UNKNOWN_WORDS] = ["wait", "unknown outcome"];

export class Strip {
  #chips = new Map();

  constructor(store) {
    this.store = store;
    this.list = find("strip-list");
    store.addEventListener("loaded", () => this.#restart());
    store.addEventListener("webhook", ({ detail }) => this.#put(detail.webhook));
  }

  #restart() {
    this.#chips.clear();
    this.list.replaceChildren();
    this.store.webhooks.forEach((webhook) => this.#put(webhook));
    this.#summarise();
  }

  #put(webhook) {
    const chip = this.#chip(webhook);
    const old = this.#chips.get(webhook.id);
    if (old) old.replaceWith(chip);
    else this.list.prepend(chip);
    this.#chips.set(webhook.id, chip);
    for (const id of this.#chips.keys()) if (!this.store.webhooks.has(id)) this.#forget(id);
    this.#summarise();
  }

  #forget(id) {
    this.#chips.get(id).remove();
    this.#chips.delete(id);
  }

  #chip(webhook) {
    const { event_type: event, kind } = webhook;
    const [level, words] = outcomeOf(webhook);
    const label = `${event}, ${kind}: ${words}, ${answerOf(webhook)}, ${timeTaken(webhook)}`;
    return h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: `chip is-${level}`, "aria-label": label, title: words, onclick: () => openDetails(webhook.id, this.store) },
        h("span", { class: "chip-event" }, event || kind, kind === "pre" && h("small", {}, "before")),
        h("span", { class: "chip-answer" }, h("b", {}, answerOf(webhook)), timeTaken(webhook)),
      ),
    );
  }

  #summarise() {
    const all = [...this.store.webhooks.values()];
    const bad = all.filter((webhook) => outcomeOf(webhook)[0] === "bad").length;
    find("strip-summary").textContent = all.length ? `${bad || "none"} of ${all.length} failed` : "none yet";
    find("strip-summary").classList.toggle("is-bad", bad > 0);
    find("strip").classList.toggle("is-empty", !all.length);
  }
}

const outcomeOf = (webhook) => OUTCOMES[webhook.outcome] ?? [UNKNOWN_LEVEL, UNKNOWN_WORDS];

/** The status where there is one, else the outcome in a word. */
const answerOf = (webhook) => String(webhook.answer_status ?? (webhook.outcome === "pending" ? "…" : webhook.outcome));

const timeTaken = (webhook) => (typeof webhook.duration_ms === "number" ? duration(webhook.duration_ms) : "");

function openDetails(id, store) {
  const webhook = store.webhooks.get(id);
  if (!webhook) return;
  const [level, words] = outcomeOf(webhook);
  openDialog({
    title: webhook.event_type || webhook.kind,
    wide: true,
    body: [
      h("p", { class: `verdict is-${level}` }, h("b", {}, answerOf(webhook)), ` ${words}`, timeTaken(webhook) && ` · ${timeTaken(webhook)}`),
      table("Request", [["Sent", dayAndTime(webhook.at)], ["Kind", `${webhook.kind}: ${KINDS[webhook.kind] ?? ""}`], ["Address", `${webhook.method} ${webhook.url}`], ["X-Twilio-Signature", webhook.signature]]),
      table("Parameters", Object.entries(webhook.params ?? {})),
      h("section", {}, h("h3", {}, "Answer"), h("pre", { dir: "auto" }, webhook.answer_body || webhook.error || "(empty)")),
    ],
    actions: [h("button", { class: "button" }, "Send it again")],
    onSubmit: () => attempt(() => api.resend(id)),
  });
}

function table(title, rows) {
  const cells = rows.map(([name, value]) => h("tr", {}, h("th", { scope: "row" }, name), h("td", { dir: "auto" }, typeof value === "string" ? value : JSON.stringify(value) ?? "")));
  return h("section", {}, h("h3", {}, title), h("table", {}, h("tbody", {}, cells)));
}
