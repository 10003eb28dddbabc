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
  /** address → code → the number of ours that the group is on */
  #byAddress = new Map();
  #codes = new Set();

  constructor(store) {
    super();
    this.store = store;
    store.addEventListener("loaded", () => this.#readAll());
    store.addEventListener("thread", ({ detail }) => {
      if (this.#read(detail.address, detail.number, detail.item)) this.dispatchEvent(new Event("changed"));
    });
  }

  /** Known codes, oldest first. */
  codes() {
    return [...this.#codes];
  }

  has(address, code) {
    return Boolean(this.numberOf(address, code));
  }

  numberOf(address, code) {
    return this.#byAddress.get(address)?.get(code);
  }

  isInNone(address) {
    return !this.#byAddress.has(address);
  }

  membersOf(code) {
    return [...this.store.phones.values()].filter((phone) => this.has(phone.address, code));
  }

  #readAll() {
    this.#byAddress.clear();
    this.#codes.clear();
    for (const [address, threads] of this.store.threads) {
      for (const [number, items] of threads) items.forEach((item) => this.#read(address, number, item));
    }
  }

  #read(address, number, item) {
    const fresh = codesIn(item).filter((code) => !this.has(address, code));
    if (!fresh.length) return false;
    if (!this.#byAddress.has(address)) this.#byAddress.set(address, new Map());
    for (const code of fresh) {
      this.#codes.add(code);
      this.#byAddress.get(address).set(code, number);
    }
    return true;
  }
}
