/** One handset: whose it is, which of our numbers it is talking with, the chat, and the box to type in. */
import { api } from "./api.js";
import { ChatBar } from "./chat-bar.js";
import { Composer } from "./composer.js";
import { zoomPhoto } from "./dialogs.js";
import { h, icon } from "./dom.js";
import { channelName, initialOf, readableNumber, timeOf } from "./format.js";
import { Log } from "./message-log.js";
import { colourOf } from "./people.js";
import { toast } from "./toast.js";

let drafts = 0;

export class PhoneView {
  #pending = new Map();
  #fresh = new Set();

  constructor({ store, phone, groups }) {
    Object.assign(this, { store, phone, groups });
    this.number = store.numbersFor(phone)[0] ?? null;
    this.log = new Log(() => this.#look());
    this.chatBar = new ChatBar({ store, shown: () => this.#shown(), onChoose: (number) => this.talkWith(number) });
    this.composer = new Composer((message) => this.send(message), phone.channel);
    this.suggestions = h("div", { class: "suggestions" });
    this.element = this.#frame();
    this.redraw();
  }

  #frame() {
    this.owner = h("header", { class: "owner" });
    this.clock = h("span", {});
    const statusBar = h("div", { class: "status-bar", "aria-hidden": "true" }, this.clock, icon("signal"));
    const screen = h(
      "div",
      { class: "screen" },
      statusBar,
      this.chatBar.element,
      this.log.element,
      this.chatBar.notes,
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
    this.chatBar.tick();
  }

  takeMissing({ number, item }) {
    if (number === this.number) this.log.put(item, { quietly: true });
  }

  take({ number, item, isNew }) {
    if (isNew && item.direction === "in") this.chatBar.stopTyping(number);
    if (number !== this.number) return this.#takeElsewhere(number, item);
    if (item.direction === "out") this.#settle(item);
    this.log.put(item);
    if (isNew) this.drawSuggestions();
    return undefined;
  }

  drawSuggestions() {
    const isUnused = !this.#pending.size && !this.store.thread(this.phone.address, this.number).length;
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

  #drawChatBar() {
    this.number ??= this.store.numbersFor(this.phone)[0] ?? null;
    this.chatBar.draw();
  }

  #shown() {
    return { phone: this.phone, number: this.number, fresh: this.#fresh };
  }

  #placeholder() {
    return "Nothing here yet. Write “start” to open a group, or “join” and a group's code to join one.";
  }
}
