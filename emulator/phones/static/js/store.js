import { api } from "./api.js";

const KEPT_WEBHOOKS = 300;

/**
 * What the emulator holds, kept up to date by its events. Dispatches, with details in `event.detail`:
 * "loaded", "phone" {phone}, "thread" {address, number, item, isNew}, "missing" {address, number, item},
 * "window" {address}, "typing" {address, number, until}, "webhook" {webhook}, "clock", "faults", "live".
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

  /** The thread, and between its items what we sent and the handset does not show. */
  threadWithMissing(address, number) {
    const missing = this.missing.get(address)?.get(number) ?? [];
    if (!missing.length) return this.thread(address, number);
    return [...this.thread(address, number), ...missing].sort((one, other) => (one.at < other.at ? -1 : 1));
  }

  /** Until when this number may write freely, in milliseconds; 0 when the phone never wrote to it. */
  windowUntil(phone, number) {
    const until = phone.windows?.[number];
    return until ? Date.parse(until) : 0;
  }

  /** Our numbers that this phone can write to or has written with, the likeliest first. */
  numbersFor(phone) {
    const known = [
      ...(this.threads.get(phone.address)?.keys() ?? []),
      ...(this.missing.get(phone.address)?.keys() ?? []),
    ];
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
    this.missing = new Map();
    this.webhooks = new Map();
    this.senders = [];
    this.clock = { offset_s: 0 };
    this.faults = {};
  }

  #start(state, webhooks) {
    this.#empty();
    this.senders = state.senders;
    state.phones.forEach((phone) => this.phones.set(phone.address, phone));
    for (const thread of state.threads) {
      thread.items.forEach((item) => keep(this.threads, thread.address, thread.with, item));
      thread.missing.forEach((item) => keep(this.missing, thread.address, thread.with, item));
    }
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
      this.#drop(address, number, item);
      const isNew = keep(this.threads, address, number, item);
      this.#tell("thread", { address, number, item, isNew });
    },
    missing: ({ address, with: number, item }) => {
      keep(this.missing, address, number, item);
      this.#tell("missing", { address, number, item });
    },
    window: ({ address, with: number, until }) => {
      const phone = this.phones.get(address);
      if (!phone) return;
      this.phones.set(address, { ...phone, windows: { ...phone.windows, [number]: until } });
      this.#tell("window", { address });
    },
    typing: ({ address, with: number, until }) => this.#tell("typing", { address, number, until: Date.parse(until) }),
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

  /** It has arrived after all. */
  #drop(address, number, item) {
    const items = this.missing.get(address)?.get(number);
    if (items)
      this.missing.get(address).set(
        number,
        items.filter((other) => other.id !== item.id),
      );
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

/** Puts the item into address → number → items, in the place of an older state of itself; true when it is new. */
function keep(threads, address, number, item) {
  if (!threads.has(address)) threads.set(address, new Map());
  const ofPhone = threads.get(address);
  if (!ofPhone.has(number)) ofPhone.set(number, []);
  const items = ofPhone.get(number);
  const at = items.findIndex((other) => other.id === item.id);
  if (at < 0) items.push(item);
  else items[at] = item;
  return at < 0;
}
