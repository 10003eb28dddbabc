/** Which phones share a group, read from the codes in what they wrote and got. */

const MENTION = /\bjoin(?:\s+|%20|\+|\/)[*_]?([A-Z2-9]{5,6})\b/gi;
const CODE = /^(?=.*\d)[A-HJKMNP-Z2-9]{5,6}$/;

/** A code as our own texts write it, in capitals; a person may write it as they like. */
function codesIn({ body, direction }) {
  const found = [...(body ?? "").matchAll(MENTION)].map(([, code]) => code);
  const codes = direction === "out" ? found.map((code) => code.toUpperCase()) : found;
  return codes.filter((code) => CODE.test(code));
}

/** Dispatches "changed" when a phone is seen with a code for the first time. */
export class Groups extends EventTarget {
  #byAddress = new Map();
  #codes = new Set();

  constructor(store) {
    super();
    this.store = store;
    store.addEventListener("loaded", () => this.#readAll());
    store.addEventListener("thread", ({ detail }) => {
      if (this.#read(detail.address, detail.item)) this.dispatchEvent(new Event("changed"));
    });
  }

  /** Known codes, oldest first. */
  codes() {
    return [...this.#codes];
  }

  codesOf(address) {
    return this.#byAddress.get(address) ?? new Set();
  }

  membersOf(code) {
    return [...this.store.phones.values()].filter((phone) => this.codesOf(phone.address).has(code));
  }

  #readAll() {
    this.#byAddress.clear();
    this.#codes.clear();
    for (const [address, threads] of this.store.threads) {
      for (const items of threads.values()) items.forEach((item) => this.#read(address, item));
    }
  }

  #read(address, item) {
    const known = this.codesOf(address);
    const fresh = codesIn(item).filter((code) => !known.has(code));
    fresh.forEach((code) => this.#codes.add(code));
    if (fresh.length) this.#byAddress.set(address, new Set([...known, ...fresh]));
    return fresh.length > 0;
  }
}
