/** The scrolling part of a handset: bubbles, days, and a reader who is never pulled away from what they read. */
import { bubble } from "./bubbles.js";
import { h, icon } from "./dom.js";
import { dayOf } from "./format.js";

const NEAR_END_PX = 60;

export class Log {
  #drawn = new Map();
  #lastDay = null;
  #lastDirection = null;
  #unseen = 0;
  #atEnd = true;

  /** `look()` gives what bubble() needs beside the item. */
  constructor(look) {
    this.look = look;
    this.list = h("div", { class: "log-items" });
    this.scroller = h("div", { class: "log", role: "log", tabindex: "0" }, this.list);
    this.jump = h("button", { class: "jump", type: "button", hidden: true, onclick: () => this.toEnd() });
    this.element = h("div", { class: "log-frame" }, this.scroller, this.jump);
    this.scroller.addEventListener("scroll", () => this.#noteScroll(), { passive: true });
    new ResizeObserver(() => this.#atEnd && this.toEnd()).observe(this.scroller);
  }

  label(text) {
    this.scroller.setAttribute("aria-label", text);
  }

  redraw(items, placeholder) {
    this.#noteScroll();
    const readAt = this.scroller.scrollTop;
    this.#drawn.clear();
    this.#lastDay = this.#lastDirection = null;
    this.list.replaceChildren(...(items.length ? [] : [h("div", { class: "note" }, placeholder)]));
    items.forEach((item) => this.#append(item));
    if (this.#atEnd) this.toEnd();
    else this.scroller.scrollTop = readAt;
  }

  /** Draws a new item, or an old one again where it stands. */
  put(item, { quietly = false } = {}) {
    const old = this.#drawn.get(item.id);
    if (old) return this.#replace(old, item);
    this.#noteScroll();
    this.list.querySelector(":scope > .note")?.remove();
    this.#append(item, "fresh");
    if (item.direction === "out" || this.#atEnd) return this.toEnd();
    return quietly ? undefined : this.#countUnseen();
  }

  drop(id) {
    this.#drawn.get(id)?.remove();
    this.#drawn.delete(id);
  }

  toEnd() {
    this.#atEnd = true;
    this.#unseen = 0;
    this.jump.hidden = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  #append(item, extraClass) {
    this.#separateDays(item);
    const node = bubble(item, this.look());
    if (extraClass) node.classList.add(extraClass);
    if (this.#lastDirection === item.direction) node.classList.add("follows");
    this.#lastDirection = item.direction;
    this.#drawn.set(item.id, node);
    this.list.append(node);
  }

  #replace(old, item) {
    const node = bubble(item, this.look());
    node.classList.toggle("follows", old.classList.contains("follows"));
    this.#drawn.set(item.id, node);
    old.replaceWith(node);
  }

  #separateDays(item) {
    const day = dayOf(item.at);
    if (day === this.#lastDay) return;
    this.list.append(h("div", { class: "day" }, h("span", {}, day)));
    this.#lastDay = day;
    this.#lastDirection = null;
  }

  #noteScroll() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (this.#atEnd) {
      this.#unseen = 0;
      this.jump.hidden = true;
    }
  }

  #countUnseen() {
    this.#unseen += 1;
    this.jump.replaceChildren(`${this.#unseen} new`, icon("down"));
    this.jump.setAttribute("aria-label", `${this.#unseen} new messages, go to the end`);
    this.jump.hidden = false;
  }
}
