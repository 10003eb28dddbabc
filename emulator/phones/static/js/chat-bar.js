/** The top of a chat: which of our numbers it is with, WhatsApp's window, whether somebody types, and what is amiss. */
import { h, icon } from "./dom.js";
import { deliveryInWords, openDeliveryChoice } from "./delivery-choice.js";
import { countdown, readableNumber } from "./format.js";

const WINDOW_MS = 24 * 3_600_000;
const CLOSING_MS = 3_600_000;

export class ChatBar {
  /** our number → until when somebody is typing there */
  #typing = new Map();

  /** `shown()` gives {phone, number, fresh}: fresh are the numbers with news. `onChoose(number)` opens another chat. */
  constructor({ store, shown, onChoose }) {
    Object.assign(this, { store, shown, onChoose });
    this.element = h("div", { class: "chat-bar" });
    this.subtitle = h("p", {});
    this.window = h("span", { class: "window", hidden: shown().phone.channel !== "whatsapp" });
    this.notes = h("p", { class: "blocked", hidden: true });
  }

  draw() {
    this.element.replaceChildren(
      h("span", { class: "our-mark", "aria-hidden": "true" }, icon("heart")),
      h(
        "div",
        { class: "chat-with" },
        this.#numberChoice(),
        h("div", { class: "below" }, this.window, this.subtitle),
      ),
      this.#deliveryButton(),
    );
    this.drawNotes();
    this.tick();
  }

  tick() {
    this.#drawWindow();
    this.#drawSubtitle();
  }

  /** Somebody is writing back; it shows until then, or until a message comes. */
  type({ number, until }) {
    this.#typing.set(number, until);
    this.#drawSubtitle();
    setTimeout(() => this.#drawSubtitle(), until - this.store.now() + 50);
  }

  stopTyping(number) {
    this.#typing.delete(number);
    this.#drawSubtitle();
  }

  /** What keeps texts from this phone. */
  drawNotes() {
    const { phone, number } = this.shown();
    const notes = [
      phone.opted_out_of.includes(number) && "Wrote STOP: this number can't write here until they send START.",
      deliveryInWords(phone, this.store.faults),
    ].filter(Boolean);
    this.notes.hidden = !notes.length;
    this.notes.textContent = notes.join(" ");
  }

  /** How long WhatsApp lets us write freely, by the emulator's clock. */
  #drawWindow() {
    const { phone, number } = this.shown();
    // The page's clock may be a little behind the emulator's: never more than a day.
    const left = Math.min(this.store.windowUntil(phone, number) - this.store.now(), WINDOW_MS - 1);
    const isOpen = left > 0;
    this.window.classList.toggle("is-shut", !isOpen);
    this.window.classList.toggle("is-closing", isOpen && left < CLOSING_MS);
    this.window.title = isOpen
      ? "WhatsApp's 24-hour window: until then we may write freely"
      : "WhatsApp's 24-hour window is closed: only an approved template gets through until the person writes";
    this.window.replaceChildren(icon("clock"), isOpen ? `open for ${countdown(left)}` : "window closed");
  }

  #drawSubtitle() {
    const { phone, number } = this.shown();
    const isTyping = (this.#typing.get(number) ?? 0) > this.store.now();
    const whose = number ? "the matchmaker's number" : "none of our numbers fits this phone";
    const words = phone.channel === "sms" ? `SMS · ${whose}` : whose;
    this.subtitle.classList.toggle("is-typing", isTyping);
    this.subtitle.textContent = isTyping ? "typing…" : words;
  }

  #deliveryButton() {
    const label = `Texts to ${this.shown().phone.name}`;
    return h(
      "button",
      {
        type: "button",
        class: "icon-button delivery-button",
        "aria-label": label,
        title: `${label}: let them arrive, wait or fail`,
        onclick: () => openDeliveryChoice(this.shown().phone, this.store.faults),
      },
      icon("sliders"),
    );
  }

  #numberChoice() {
    const { phone, number: current, fresh } = this.shown();
    const numbers = this.store.numbersFor(phone);
    if (numbers.length < 2) return h("strong", {}, current ? readableNumber(current) : "–");
    const options = numbers.map((number) =>
      h(
        "option",
        { value: number, selected: number === current },
        `${readableNumber(number)}${fresh.has(number) ? " · new" : ""}`,
      ),
    );
    const select = h(
      "select",
      { "aria-label": `Number that ${phone.name} is chatting with`, onchange: () => this.onChoose(select.value) },
      options,
    );
    return h("span", { class: fresh.size ? "number-choice has-fresh" : "number-choice" }, select, icon("down"));
  }
}
