/** The row of handsets, the tabs that stand for it on a narrow screen, and the choice of group. */
import { find, h } from "./dom.js";
import { inCapitalWords, inWords, initialOf } from "./format.js";
import { colourOf } from "./people.js";
import { PhoneView } from "./phone.js";

const TICK_MS = 10_000;

export class Phones {
  #views = new Map();
  #tabs = new Map();
  #shown = new Set();
  #group = "";
  #loaded = false;
  #current = null;

  constructor({ store, groups }) {
    Object.assign(this, { store, groups });
    this.row = find("phones");
    this.choice = find("group");
    this.choice.addEventListener("change", () => this.#choose(this.choice.value));
    this.watcher = new IntersectionObserver((entries) => this.#noteVisible(entries), {
      root: this.row,
      threshold: 0.6,
    });
    store.addEventListener("loaded", () => this.#restart());
    store.addEventListener("phone", () => this.#redraw());
    store.addEventListener("thread", ({ detail }) => this.#take(detail));
    store.addEventListener("missing", ({ detail }) => this.#views.get(detail.address)?.takeMissing(detail));
    store.addEventListener("typing", ({ detail }) => this.#views.get(detail.address)?.chatBar.type(detail));
    store.addEventListener("window", ({ detail }) => this.#openWindow(detail));
    store.addEventListener("faults", () => this.#views.forEach((view) => view.chatBar.drawNotes()));
    groups.addEventListener("changed", () => this.#regroup());
    store.addEventListener("clock", () => this.#tick());
    setInterval(() => this.#tick(), TICK_MS);
  }

  view(address) {
    return this.#views.get(address);
  }

  /** Brings a phone into view, in whatever group it is. */
  reveal(address) {
    if (!this.#shown.has(address)) this.#choose("");
    this.#views.get(address)?.element.scrollIntoView({ inline: "nearest", block: "nearest" });
  }

  #restart() {
    const gone = [...this.#views.keys()].filter((address) => !this.store.phones.has(address));
    gone.forEach((address) => this.#remove(address));
    if (!this.groups.codes().includes(this.#group)) this.#group = this.#liveliest();
    this.#shown.clear();
    this.#redraw();
    if (!this.#loaded) this.#showThreads();
    this.#loaded = true;
  }

  /** With several groups, the one that somebody wrote in last; else all phones. */
  #liveliest() {
    const codes = this.groups.codes();
    if (codes.length < 2) return "";
    const last = (code) =>
      this.groups
        .membersOf(code)
        .map((phone) => this.#lastAt(phone.address))
        .sort()
        .at(-1) ?? "";
    return codes
      .map((code) => [last(code), code])
      .sort()
      .at(-1)[1];
  }

  #lastAt(address) {
    const threads = [...(this.store.threads.get(address)?.values() ?? [])];
    return (
      threads
        .map((items) => items.at(-1)?.at ?? "")
        .sort()
        .at(-1) ?? ""
    );
  }

  #remove(address) {
    this.watcher.unobserve(this.#views.get(address).element);
    this.#views.get(address).element.remove();
    this.#views.delete(address);
    this.#tabs.delete(address);
  }

  #choose(group) {
    this.#group = group;
    this.#shown.clear();
    this.#showThreads();
    this.#redraw();
  }

  /** A handset in several groups opens the chat of the chosen one. */
  #showThreads() {
    for (const [address, view] of this.#views) {
      const number = this.groups.numberOf(address, this.#group);
      if (number) view.talkWith(number);
    }
  }

  #redraw() {
    for (const phone of this.store.phones.values()) this.#drawPhone(phone);
    this.#arrange();
  }

  #drawPhone(phone) {
    const view = this.#views.get(phone.address);
    if (view) {
      view.phone = phone;
      view.redraw();
      return;
    }
    const fresh = new PhoneView({ store: this.store, phone, groups: this.groups });
    this.#views.set(phone.address, fresh);
    this.watcher.observe(fresh.element);
  }

  /** A phone once shown stays until another group is chosen: it must not vanish under its reader. */
  #arrange() {
    for (const phone of this.store.phones.values()) if (this.#belongs(phone.address)) this.#shown.add(phone.address);
    const shown = [...this.#views.keys()].filter((address) => this.#shown.has(address));
    const elements = shown.map((address) => this.#views.get(address).element);
    [...this.row.children].filter((child) => !elements.includes(child)).forEach((child) => child.remove());
    elements.forEach(
      (element, at) =>
        this.row.children[at] !== element && this.row.insertBefore(element, this.row.children[at] ?? null),
    );
    if (!shown.includes(this.#current)) this.#current = shown[0] ?? null;
    this.#drawTabs(shown);
    this.#drawChoice();
    this.#drawHeadline(shown.length);
  }

  #belongs(address) {
    return !this.#group || this.groups.has(address, this.#group) || this.groups.isInNone(address);
  }

  #drawHeadline(count) {
    document.body.classList.toggle("is-empty", this.store.phones.size === 0);
    find("welcome").hidden = this.store.phones.size > 0;
    const chats = this.#group ? 1 : Math.max(1, this.groups.codes().length);
    const chatWords = chats === 1 ? "One group chat" : `${inCapitalWords(chats)} group chats`;
    find("headline").textContent = `${chatWords}, ${inWords(count < 2 ? 3 : count)} phones, an AI matchmaker`;
  }

  #drawChoice() {
    const codes = this.groups.codes();
    find("group-choice").hidden = codes.length < 2;
    const names = (code) =>
      this.groups
        .membersOf(code)
        .map((phone) => phone.name)
        .join(", ");
    const options = [["", "All phones"], ...codes.map((code) => [code, `${code} · ${names(code)}`])];
    this.choice.replaceChildren(
      ...options.map(([value, label]) => h("option", { value, selected: value === this.#group }, label)),
    );
  }

  #drawTabs(shown) {
    this.#tabs.clear();
    shown.forEach((address) => this.#tabs.set(address, this.#tab(this.store.phones.get(address))));
    find("tabs").replaceChildren(...this.#tabs.values());
    this.#markCurrent();
  }

  #tab({ address, name }) {
    const go = () => this.#views.get(address).element.scrollIntoView({ inline: "start", block: "nearest" });
    return h(
      "button",
      { type: "button", class: "tab", onclick: go },
      h("span", { class: `avatar ${colourOf(this.store.phones, address)}`, "aria-hidden": "true" }, initialOf(name)),
      h("bdi", {}, name),
    );
  }

  #markCurrent() {
    for (const [address, tab] of this.#tabs) {
      if (address === this.#current) {
        tab.setAttribute("aria-current", "true");
        tab.classList.remove("has-fresh");
      } else tab.removeAttribute("aria-current");
    }
  }

  #noteVisible(entries) {
    const visible = entries.filter((entry) => entry.isIntersecting);
    if (!visible.length) return;
    this.#current = visible[0].target.dataset.address;
    this.#markCurrent();
    this.#tabs.get(this.#current)?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }

  #take({ address, number, item, isNew }) {
    this.#views.get(address)?.take({ number, item, isNew });
    if (isNew && item.direction === "in" && address !== this.#current)
      this.#tabs.get(address)?.classList.add("has-fresh");
  }

  #openWindow({ address }) {
    const view = this.#views.get(address);
    if (!view) return;
    view.phone = this.store.phones.get(address);
    view.tick();
  }

  #regroup() {
    this.#arrange();
    this.#views.forEach((view) => view.drawSuggestions());
  }

  #tick() {
    this.#views.forEach((view) => view.tick());
  }
}
