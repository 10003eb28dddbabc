/** One handset: whose it is, which of our numbers it is talking with, the chat, and the box to type in. */
import { api } from "./api.js";
import { Composer } from "./composer.js";
import { zoomPhoto } from "./dialogs.js";
import { h, icon } from "./dom.js";
import { fateInWords, openFates } from "./fates.js";
import { channelName, countdown, initialOf, readableNumber, timeOf } from "./format.js";
import { Log } from "./log.js";
import { colourOf } from "./people.js";
import { toast } from "./toast.js";

const WINDOW_MS = 24 * 3_600_000;
const CLOSING_MS = 3_600_000;

let drafts = 0;

export class PhoneView {
  #pending = new Map();
  #fresh = new Set();
  /** our number → until when somebody is typing there */
  #typing = new Map();

  constructor({ store, phone, groups }) {
    Object.assign(this, { store, phone, groups });
    this.number = store.numbersFor(phone)[0] ?? null;
    this.log = new Log(() => this.#look());
    this.composer = new Composer((message) => this.send(message), phone.channel);
    this.suggestions = h("div", { class: "suggestions" });
    this.element = this.#frame();
    this.redraw();
  }

  #frame() {
    this.owner = h("header", { class: "owner" });
    this.clock = h("span", {});
    this.chatBar = h("div", { class: "chat-bar" });
    this.subtitle = h("p", {});
    this.window = h("span", { class: "window", hidden: this.phone.channel !== "whatsapp" });
    this.blocked = h("p", { class: "blocked", hidden: true });
    const statusBar = h("div", { class: "status-bar", "aria-hidden": "true" }, this.clock, icon("signal"));
    const screen = h(
      "div",
      { class: "screen" },
      statusBar,
      this.chatBar,
      this.log.element,
      this.blocked,
      this.suggestions,
      this.composer.element,
    );
    return h(
      "article",
      { class: "phone", "data-channel": this.phone.channel, "data-address": this.phone.address },
      this.owner,
      h("div", { class: "device" }, screen),
    );
  }

  /** After anything but a new message: names, numbers, colours may have changed. */
  redraw() {
    const { name, address } = this.phone;
    this.element.setAttribute("aria-label", `${name}'s phone, ${channelName(address)}`);
    this.log.label(`Messages on ${name}'s phone`);
    this.composer.label(name);
    this.#drawOwner();
    this.#drawChatBar();
    this.log.redraw([...this.#items(), ...this.#pending.values()], this.#placeholder());
    this.drawSuggestions();
    this.tick();
  }

  tick() {
    this.clock.textContent = timeOf(this.store.now());
    this.#drawWindow();
    this.#drawSubtitle();
  }

  /** Somebody is writing back; it shows until then, or until a message comes. */
  type({ number, until }) {
    this.#typing.set(number, until);
    this.#drawSubtitle();
    setTimeout(() => this.#drawSubtitle(), until - this.store.now() + 50);
  }

  takeMissing({ number, item }) {
    if (number === this.number) this.log.put(item, { quietly: true });
  }

  take({ number, item, isNew }) {
    if (isNew && item.direction === "in") this.#typing.delete(number);
    if (number !== this.number) return this.#takeElsewhere(number, item);
    this.#drawSubtitle();
    if (item.direction === "out") this.#settle(item);
    this.log.put(item);
    if (isNew) this.drawSuggestions();
    return undefined;
  }

  drawSuggestions() {
    const isUnused = !this.#items().length && !this.#pending.size;
    this.suggestions.hidden = !isUnused;
    const offers = [
      "start",
      ...this.groups
        .codes()
        .slice(-2)
        .map((code) => `join ${code}`),
    ];
    this.suggestions.replaceChildren(
      ...offers.map((text) =>
        h("button", { type: "button", class: "suggestion", onclick: () => this.composer.fill(text) }, text),
      ),
    );
  }

  async send({ body, media }) {
    const draft = this.#draft(body, media);
    this.#pending.set(draft.id, draft);
    this.log.put(draft);
    this.drawSuggestions();
    try {
      await api.send(this.phone.address, { to: draft.number, body, media: media.map(({ url, ...rest }) => rest) });
      await this.#confirm(draft);
    } catch (error) {
      this.#fail(draft, { body, media }, error);
    }
  }

  #draft(body, media) {
    const id = `draft-${++drafts}`;
    return {
      id,
      number: this.number,
      direction: "out",
      body,
      media,
      at: new Date(this.store.now()).toISOString(),
      status: "sending",
    };
  }

  /** The real item took the draft's place when its event came; without that event, fetch it. */
  async #confirm(draft) {
    if (!this.#pending.has(draft.id)) return;
    const items = await api.thread(this.phone.address, draft.number);
    this.#discard(draft);
    if (draft.number === this.number) items.forEach((item) => this.log.put(item));
  }

  #fail(draft, message, error) {
    toast(error.message);
    if (!this.#pending.has(draft.id)) return;
    this.#discard(draft);
    if (!this.composer.text) this.composer.fill(message.body);
    this.drawSuggestions();
  }

  #settle(item) {
    const draft = [...this.#pending.values()].find(
      (other) => other.body === (item.body ?? "") && other.number === this.number,
    );
    if (draft) this.#discard(draft);
  }

  #discard(draft) {
    this.#pending.delete(draft.id);
    this.log.drop(draft.id);
    draft.media.forEach((media) => URL.revokeObjectURL(media.url));
  }

  /** A handset that never talked follows the first conversation it gets; one that does is only told. */
  #takeElsewhere(number, item) {
    if (!this.#items().length && !this.#pending.size) return this.talkWith(number);
    if (item.direction === "in") this.#fresh.add(number);
    return this.#drawChatBar();
  }

  talkWith(number) {
    this.number = number;
    this.#fresh.delete(number);
    this.redraw();
    this.log.toEnd();
  }

  #items() {
    return this.number ? this.store.threadWithMissing(this.phone.address, this.number) : [];
  }

  #look() {
    return { channel: this.phone.channel, phones: this.store.phones, onZoom: zoomPhoto };
  }

  #drawOwner() {
    const { name, address } = this.phone;
    this.owner.replaceChildren(
      h("span", { class: `avatar ${colourOf(this.store.phones, address)}`, "aria-hidden": "true" }, initialOf(name)),
      h("h2", { dir: "auto", title: name }, name),
      h("p", {}, h("span", { class: "channel" }, channelName(address)), ` ${readableNumber(address)}`),
    );
  }

  /** How long WhatsApp lets us write freely, by the emulator's clock. */
  #drawWindow() {
    // The page's clock may be a little behind the emulator's: never more than a day.
    const left = Math.min(this.store.windowUntil(this.phone, this.number) - this.store.now(), WINDOW_MS - 1);
    const isOpen = left > 0;
    this.window.classList.toggle("is-shut", !isOpen);
    this.window.classList.toggle("is-closing", isOpen && left < CLOSING_MS);
    this.window.title = isOpen
      ? "WhatsApp's window: so long we may write whatever we like"
      : "WhatsApp's window is shut: only an approved template gets through until the person writes";
    this.window.replaceChildren(icon("clock"), isOpen ? `window ${countdown(left)}` : "window shut");
  }

  #drawSubtitle() {
    const isTyping = (this.#typing.get(this.number) ?? 0) > this.store.now();
    const whose = this.number ? "the matchmaker's number" : "no number fits this phone";
    const words = this.phone.channel === "sms" ? `SMS · ${whose}` : whose;
    this.subtitle.classList.toggle("is-typing", isTyping);
    this.subtitle.textContent = isTyping ? "typing…" : words;
  }

  #drawChatBar() {
    const numbers = this.store.numbersFor(this.phone);
    this.number ??= numbers[0] ?? null;
    this.drawNotes();
    const label = `Texts to ${this.phone.name}`;
    this.chatBar.replaceChildren(
      h("span", { class: "our-mark", "aria-hidden": "true" }, icon("heart")),
      h(
        "div",
        { class: "chat-with" },
        this.#numberChoice(numbers),
        h("div", { class: "below" }, this.window, this.subtitle),
      ),
      h(
        "button",
        {
          type: "button",
          class: "icon-button fate-button",
          "aria-label": label,
          title: `${label}: let them arrive, wait or fail`,
          onclick: () => openFates(this.phone, this.store.faults),
        },
        icon("sliders"),
      ),
    );
  }

  /** What keeps texts from this phone. */
  drawNotes() {
    const stopped = this.phone.opted_out_of.includes(this.number);
    const notes = [
      stopped && "Wrote STOP: this number may not write here until START.",
      fateInWords(this.phone, this.store.faults),
    ].filter(Boolean);
    this.blocked.hidden = !notes.length;
    this.blocked.textContent = notes.join(" ");
  }

  #numberChoice(numbers) {
    if (numbers.length < 2) return h("strong", {}, this.number ? readableNumber(this.number) : "–");
    const options = numbers.map((number) =>
      h("option", { value: number, selected: number === this.number }, this.#optionText(number)),
    );
    const select = h(
      "select",
      {
        "aria-label": `Number that ${this.phone.name} is chatting with`,
        onchange: () => this.talkWith(select.value),
      },
      options,
    );
    return h("span", { class: this.#fresh.size ? "number-choice has-fresh" : "number-choice" }, select, icon("down"));
  }

  #optionText(number) {
    return `${readableNumber(number)}${this.#fresh.has(number) ? " · new" : ""}`;
  }

  #placeholder() {
    return "Nothing here yet. Write “start” to open a group, or “join” and a group's code to enter one.";
  }
}
