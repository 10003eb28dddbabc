/** The last webhooks: what was called, what it answered, how long it took. */
import { api } from "./api.js";
import { openDialog } from "./dialogs.js";
import { find, h } from "./dom.js";
import { dayAndTime, duration } from "./format.js";
import { attempt } from "./toast.js";

const KINDS = {
  pre: "asked before a message is published",
  post: "notified after it happened",
  messaging: "notified of a text outside any group",
  status: "notified of a text's delivery status",
};

const OUTCOMES = {
  pending: ["wait", "waiting for the answer"],
  unchanged: ["good", "published as it was"],
  changed: ["good", "published as the webhook changed it"],
  answered: ["good", "answered"],
  rejected: ["bad", "the message was rejected"],
  invalid: ["bad", "the answer was invalid, so the message was rejected"],
  timeout: ["bad", "no answer in time"],
  unreachable: ["bad", "could not be reached"],
  failed: ["bad", "answered with an error"],
  dropped: ["lost", "dropped on purpose, by a fault"],
};

const MOST_SHOWN = 50;
const RECEIPTS = new Set(["onDeliveryUpdated", "status"]);

const [UNKNOWN_LEVEL, UNKNOWN_WORDS] = ["wait", "unknown outcome"];

export class Strip {
  constructor(store) {
    this.store = store;
    this.list = find("strip-list");
    this.withReceipts = find("strip-receipts");
    this.withReceipts.addEventListener("change", () => this.#restart());
    store.addEventListener("loaded", () => this.#restart());
    store.addEventListener("webhook", ({ detail }) => {
      this.#put(detail.webhook);
      this.#summarise();
    });
  }

  #restart() {
    this.list.replaceChildren();
    this.store.webhooks.forEach((webhook) => this.#put(webhook));
    this.#summarise();
  }

  /** Each message brings a receipt from every phone: they would crowd out the rest, unless they went wrong. */
  #isShown(webhook) {
    const isReceipt = RECEIPTS.has(webhook.event_type) || RECEIPTS.has(webhook.kind);
    return !isReceipt || this.withReceipts.checked || ["bad", "lost"].includes(outcomeOf(webhook)[0]);
  }

  #put(webhook) {
    if (!this.#isShown(webhook)) return;
    const place = [...this.list.children].find((chip) => Number(chip.dataset.id) <= webhook.id) ?? null;
    const chip = this.#chip(webhook);
    if (place?.dataset.id === chip.dataset.id) place.replaceWith(chip);
    else this.list.insertBefore(chip, place);
    if (this.list.children.length > MOST_SHOWN) this.list.lastElementChild.remove();
  }

  #chip(webhook) {
    const { event_type: event, kind } = webhook;
    const [level, words] = outcomeOf(webhook);
    const label = `${event}, ${kind}: ${words}, ${answerOf(webhook)}, ${timeTaken(webhook)}`;
    return h(
      "li",
      { "data-id": webhook.id },
      h(
        "button",
        {
          type: "button",
          class: `chip is-${level}`,
          "aria-label": label,
          title: words,
          onclick: () => openDetails(webhook),
        },
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
  }
}

const outcomeOf = (webhook) => OUTCOMES[webhook.outcome] ?? [UNKNOWN_LEVEL, UNKNOWN_WORDS];

/** The status where there is one, else the outcome in a word. */
const answerOf = (webhook) =>
  String(webhook.answer_status ?? (webhook.outcome === "pending" ? "…" : webhook.outcome));

const timeTaken = (webhook) => (typeof webhook.duration_ms === "number" ? duration(webhook.duration_ms) : "");

function openDetails(webhook) {
  const [level, words] = outcomeOf(webhook);
  openDialog({
    title: webhook.event_type || webhook.kind,
    wide: true,
    body: [
      h(
        "p",
        { class: `verdict is-${level}` },
        h("b", {}, answerOf(webhook)),
        ` ${words}`,
        timeTaken(webhook) && ` · ${timeTaken(webhook)}`,
      ),
      table("Request", [
        ["Sent", dayAndTime(webhook.at)],
        ["Kind", `${webhook.kind}: ${KINDS[webhook.kind] ?? ""}`],
        ["Address", `${webhook.method} ${webhook.url}`],
        ["X-Twilio-Signature", webhook.signature],
      ]),
      table("Parameters", Object.entries(webhook.params ?? {})),
      h(
        "section",
        {},
        h("h3", {}, "Answer"),
        h("pre", { dir: "auto" }, webhook.answer_body || webhook.error || "(empty)"),
      ),
    ],
    actions: [h("button", { class: "button" }, "Send it again")],
    onSubmit: () => attempt(() => api.resend(webhook.id)),
  });
}

function table(title, rows) {
  const cells = rows.map(([name, value]) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, name),
      h("td", { dir: "auto" }, typeof value === "string" ? value : (JSON.stringify(value) ?? "")),
    ),
  );
  return h("section", {}, h("h3", {}, title), h("table", {}, h("tbody", {}, cells)));
}
