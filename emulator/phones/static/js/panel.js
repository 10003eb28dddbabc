/** The side panel: the clock, how the matchmaker behaves, what goes wrong, and the reset. */
import { api } from "./api.js";
import { confirmed } from "./dialogs.js";
import { find, h } from "./dom.js";
import { dayAndTime, lengthOf } from "./format.js";
import { attempt } from "./toast.js";

const MODES = [
  ["interviewer", "Interviewer", "asks for what is missing, keeps quiet through banter"],
  ["chatterbox", "Chatterbox", "has something to say to every line"],
  ["liar", "Liar", "claims things that nobody said"],
  ["mute", "Mute", "never says a word"],
];

const RATES = [
  [0.1, "1 in 10"],
  [0.3, "1 in 3"],
  [1, "every one"],
];
const WAITS = [
  [500, "0.5 s"],
  [2000, "2 s"],
  [10000, "10 s"],
  [30000, "30 s"],
];

const FAULTS = [
  {
    title: "Webhooks to the matchmaker",
    faults: [
      { path: ["webhook", "drop"], label: "get lost", steps: RATES, usual: 0.3 },
      { path: ["webhook", "duplicate"], label: "arrive twice", steps: RATES, usual: 0.3 },
      { path: ["webhook", "reorder"], label: "arrive out of order", steps: RATES, usual: 0.3 },
      { path: ["webhook", "delay_ms"], label: "arrive late", steps: WAITS, usual: 2000 },
      { path: ["also_messaging_webhook"], label: "come a second time, as a plain text" },
    ],
  },
  {
    title: "Twilio, when it is called",
    faults: [
      { path: ["rest", "http_429"], label: "says “too many requests”", steps: RATES, usual: 0.3 },
      { path: ["rest", "http_500"], label: "breaks down", steps: RATES, usual: 0.3 },
      { path: ["rest", "timeout"], label: "does it but never answers", steps: RATES, usual: 0.1 },
      { path: ["receipts", "63016"], label: "cannot deliver: 24-hour window closed", steps: RATES, usual: 0.3 },
    ],
  },
  {
    title: "The AI model",
    faults: [
      { path: ["model", "timeout"], label: "never answers", steps: RATES, usual: 0.3 },
      { path: ["model", "malformed"], label: "answers nonsense", steps: RATES, usual: 0.3 },
      { path: ["model", "latency_ms"], label: "thinks slowly", steps: WAITS, usual: 2000 },
    ],
  },
];

const LEAPS = [
  ["1h", "+1 hour", ""],
  ["25h", "+25 hours", "past WhatsApp's 24-hour window"],
];

export class Panel {
  constructor(store) {
    this.store = store;
    this.faultRows = FAULTS.flatMap((group) => group.faults).map((fault) => new FaultRow(fault));
    find("panel-body").append(this.#clockCard(), this.#modeCard(), this.#faultCard(), this.#resetCard());
    store.addEventListener("loaded", () => this.#draw());
    store.addEventListener("clock", () => this.#drawClock());
    store.addEventListener("faults", () => this.#drawFaults());
    store.addEventListener("live", () => this.#drawLive());
    setInterval(() => this.#drawClock(), 10_000);
  }

  #draw() {
    this.#drawClock();
    this.#drawFaults();
  }

  #clockCard() {
    this.now = h("strong", {});
    this.ahead = h("span", { class: "ahead" });
    this.leaps = LEAPS.map(([length, label, title]) =>
      h("button", { type: "button", class: "button small", title, onclick: () => this.#advance(length) }, label),
    );
    this.custom = h("input", {
      required: true,
      placeholder: "3d 2h",
      "aria-label": "How far to move the clock, such as 90m or 3d 2h",
      pattern: "\\s*(\\d+\\s*[dhms]\\s*)+",
      title: "Days, hours, minutes, seconds: 3d 2h 30m",
      autocomplete: "off",
    });
    this.customGo = h("button", { class: "button small" }, "Move");
    const form = h(
      "form",
      { class: "custom-leap", onsubmit: (event) => this.#advanceCustom(event) },
      this.custom,
      this.customGo,
    );
    return card(
      "Time",
      h("p", { class: "clock-now" }, this.now, this.ahead),
      h("div", { class: "leaps" }, this.leaps, form),
    );
  }

  #drawClock() {
    this.now.textContent = dayAndTime(this.store.now());
    const seconds = this.store.clock.offset_s;
    this.ahead.textContent = seconds ? `${lengthOf(seconds)} ahead` : "real time";
    this.ahead.classList.toggle("is-ahead", seconds > 0);
  }

  #advanceCustom(event) {
    event.preventDefault();
    this.#advance(this.custom.value.replaceAll(/\s/g, "").toLowerCase());
    this.custom.value = "";
  }

  /** The answer comes when the webhooks that the leap caused were answered: no second leap before that. */
  async #advance(length) {
    const buttons = [...this.leaps, this.customGo];
    buttons.forEach((button) => (button.disabled = true));
    await attempt(() => api.advance(length));
    buttons.forEach((button) => (button.disabled = false));
  }

  #modeCard() {
    const modes = MODES.map(([mode, label, hint]) =>
      h(
        "label",
        { class: "radio" },
        h("input", {
          type: "radio",
          name: "mode",
          value: mode,
          onchange: () => attempt(() => api.changeFaults({ model: { model_mode: mode } })),
        }),
        h("span", {}, label, h("small", {}, hint)),
      ),
    );
    this.modes = h("fieldset", { class: "modes" }, h("legend", { class: "hidden" }, "How the AI behaves"), modes);
    return card("The AI tonight is", this.modes);
  }

  #faultCard() {
    this.clear = h(
      "button",
      { type: "button", class: "button small", hidden: true, onclick: () => attempt(api.clearFaults) },
      "All well again",
    );
    const groups = FAULTS.map((group, at) => {
      const before = FAULTS.slice(0, at).flatMap((other) => other.faults).length;
      const rows = this.faultRows.slice(before, before + group.faults.length);
      return h(
        "fieldset",
        { class: "fault-group" },
        h("legend", {}, group.title),
        rows.map((row) => row.element),
      );
    });
    return card("Make things go wrong", groups, this.clear);
  }

  #drawFaults() {
    const { faults } = this.store;
    this.faultRows.forEach((row) => row.show(faults));
    const mode = faults.model?.model_mode;
    this.modes.querySelectorAll("input").forEach((input) => (input.checked = input.value === mode));
    const active = this.faultRows.filter((row) => row.isOn(faults)).length + (mode && mode !== MODES[0][0] ? 1 : 0);
    this.clear.hidden = !active;
    const badge = find("fault-count");
    badge.hidden = !active;
    badge.textContent = String(active);
    badge.title = `${active} ${active === 1 ? "thing is" : "things are"} set to go wrong`;
  }

  #resetCard() {
    const ask = async () => {
      const sure = await confirmed({
        title: "Empty this world?",
        body: `All phones, chats, webhooks and faults disappear, and the clock returns to now.
          What the matchmaker has stored in its own database stays.`,
        agree: "Empty it",
      });
      if (sure) await attempt(api.reset);
    };
    return h(
      "section",
      { class: "card reset" },
      h(
        "button",
        { type: "button", class: "button small danger-quiet", onclick: ask },
        "Start over with an empty world",
      ),
    );
  }

  #drawLive() {
    const live = find("live");
    live.classList.toggle("is-live", this.store.live);
    live.lastElementChild.textContent = this.store.live ? "live" : "connecting…";
  }
}

/** One thing that can go wrong: a switch, and how often or how long when it is on. */
class FaultRow {
  constructor({ path, label, steps, usual }) {
    Object.assign(this, { path, steps, usual });
    this.toggle = h("input", { type: "checkbox", role: "switch", onchange: () => this.#set(this.toggle.checked) });
    this.amount =
      steps &&
      h("select", { "aria-label": `How much: ${label}`, onchange: () => this.#post(Number(this.amount.value)) });
    this.element = h(
      "div",
      { class: "fault" },
      h("label", { class: "switch" }, this.toggle, h("span", {}, label)),
      this.amount,
    );
  }

  isOn(faults) {
    return Boolean(this.#value(faults));
  }

  show(faults) {
    const value = this.#value(faults);
    this.toggle.checked = Boolean(value);
    this.element.classList.toggle("is-on", Boolean(value));
    if (!this.amount) return;
    this.amount.hidden = !value;
    const steps =
      this.steps.some(([step]) => step === value) || !value ? this.steps : [[value, String(value)], ...this.steps];
    this.amount.replaceChildren(
      ...steps.map(([step, name]) => h("option", { value: step, selected: step === value }, name)),
    );
  }

  #value(faults) {
    return this.path.reduce((part, name) => part?.[name], faults);
  }

  #set(on) {
    return this.#post(this.steps ? (on ? this.usual : 0) : on);
  }

  async #post(value) {
    const wanted = this.path.reduceRight((inner, name) => ({ [name]: inner }), value);
    const worked = await attempt(() => api.changeFaults(wanted));
    if (!worked) this.toggle.checked = !this.toggle.checked;
  }
}

function card(title, ...children) {
  return h("section", { class: "card" }, h("h3", {}, title), children);
}
