import { api } from "./api.js";

const KEPT_WEBHOOKS = 300;

/**
 * What the emulator holds, kept up to date by its events. Dispatches, with details in `event.detail`:
 * "loaded", "phone" {phone}, "thread" {address, number, item, isNew}, "webhook" {webhook}, "clock", "faults", "live".
 */
export class Store extends EventTarget {
  live = false;
  #early = null;
  #loads = 0;

  constructor() {
    super();
    this.#empty();
  }

  connect() {
    const source = api.events();
    source.onopen = () => this.load();
    source.onerror = () => this.#setLive(false);
    source.onmessage = (message) => this.#take(JSON.parse(message.data));
  }

  /** Takes the whole state; what happens meanwhile is applied after it. */
  async load() {
    const load = ++this.#loads;
    this.#early = [];
    try {
      const [state, webhooks] = await Promise.all([api.state(), api.webhooks(KEPT_WEBHOOKS)]);
      if (load === this.#loads) this.#start(state, webhooks);
    } catch {
      this.#setLive(false);
    }
  }

  thread(address, number) {
    return this.threads.get(address)?.get(number) ?? [];
  }

  /** Our numbers that this phone can write to or has written with, the likeliest first. */
  numbersFor(phone) {
    const known = [...(this.threads.get(phone.address)?.keys() ?? [])];
    const isWhatsApp = phone.channel === "whatsapp";
    const fitting = this.senders.filter((sender) => sender.startsWith("whatsapp:") === isWhatsApp);
    return [...new Set([...known, ...fitting])];
  }

  /** Milliseconds by the emulator's clock. */
  now() {
    return Date.now() + this.#ahead;
  }

  #ahead = 0;

  #empty() {
    this.phones = new Map();
    this.threads = new Map();
    this.webhooks = new Map();
    this.senders = [];
    this.clock = { offset_s: 0 };
    this.faults = {};
  }

  #start(state, webhooks) {
    this.#empty();
    this.senders = state.senders;
    state.phones.forEach((phone) => this.phones.set(phone.address, phone));
    state.threads.forEach((thread) => thread.items.forEach((item) => this.#keep(thread.address, thread.with, item)));
    webhooks.forEach((webhook) => this.#keepWebhook(webhook));
    this.faults = state.faults;
    this.#setClock(state.clock);
    const early = this.#early ?? [];
    this.#early = null;
    this.#tell("loaded");
    this.#setLive(true);
    early.forEach((event) => this.#take(event));
  }

  #take(event) {
    if (event.kind === "reset") this.load();
    else if (this.#early) this.#early.push(event);
    else this.#apply[event.kind]?.(event);
  }

  #apply = {
    phone: ({ phone }) => {
      this.phones.set(phone.address, phone);
      this.#tell("phone", { phone });
    },
    thread: ({ address, with: number, item }) => {
      const isNew = this.#keep(address, number, item);
      this.#tell("thread", { address, number, item, isNew });
    },
    webhook: ({ webhook }) => {
      this.#keepWebhook(webhook);
      this.#tell("webhook", { webhook });
    },
    clock: ({ clock }) => {
      this.#setClock(clock);
      this.#tell("clock");
    },
    faults: ({ faults }) => {
      this.faults = faults;
      this.#tell("faults");
    },
  };

  #keep(address, number, item) {
    if (!this.threads.has(address)) this.threads.set(address, new Map());
    const threads = this.threads.get(address);
    if (!threads.has(number)) threads.set(number, []);
    const items = threads.get(number);
    const at = items.findIndex((other) => other.id === item.id);
    if (at < 0) items.push(item);
    else items[at] = item;
    return at < 0;
  }

  #keepWebhook(webhook) {
    this.webhooks.set(webhook.id, webhook);
    while (this.webhooks.size > KEPT_WEBHOOKS) this.webhooks.delete(this.webhooks.keys().next().value);
  }

  #setClock(clock) {
    this.clock = clock;
    this.#ahead = clock.now ? Date.parse(clock.now) - Date.now() : clock.offset_s * 1000;
  }

  #setLive(live) {
    this.live = live;
    this.#tell("live");
  }

  #tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
