/** The side panel: the clock, how the matchmaker behaves, what goes wrong, and the reset. */
import { api } from "./api.js";
import { confirmed } from "./dialogs.js";
import { find, h } from "./dom.js";
import { FAULTS, AMBIGUITIES } from "./fault-list.js";
import { FaultRow, AmbiguityRow } from "./fault-rows.js";
import { dayAndTime, lengthOf } from "./format.js";
import { attempt } from "./toast.js";

const MODES = [
  ["interviewer", "Interviewer", "asks for what's missing, stays quiet through banter"],
  ["chatterbox", "Chatterbox", "has something to say about everything"],
  ["liar", "Liar", "makes things up"],
  ["mute", "Mute", "never says a word"],
];

const LEAPS = [
  ["1h", "+1 hour", ""],
  ["25h", "+25 hours", "past WhatsApp's 24-hour window"],
];

export class Panel {
  constructor(store) {
    this.store = store;
    this.faultRows = FAULTS.flatMap((group) => group.faults).map((fault) => new FaultRow(fault));
    this.ambiguityRows = AMBIGUITIES.map((choice) => new AmbiguityRow(choice));
    find("panel-body").append(
      this.#clockCard(),
      this.#modeCard(),
      this.#faultCard(),
      this.#ambiguityCard(),
      this.#resetCard(),
    );
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
      "aria-label": "How far to advance the clock, such as 90m or 3d 2h",
      pattern: "\\s*(\\d+\\s*[dhms]\\s*)+",
      title: "Days, hours, minutes, seconds: 3d 2h 30m",
      autocomplete: "off",
    });
    this.customGo = h("button", { class: "button small" }, "Advance");
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
    return card("The AI is playing the", this.modes);
  }

  #faultCard() {
    this.clear = h(
      "button",
      { type: "button", class: "button small", hidden: true, onclick: () => attempt(api.clearFaults) },
      "Back to normal",
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

  #ambiguityCard() {
    return h(
      "details",
      { class: "card ambiguities" },
      h("summary", {}, h("h3", {}, "Where Twilio's docs are unclear")),
      h("p", { class: "hint" }, "Its documentation leaves these open. Matchmaker has to work either way."),
      this.ambiguityRows.map((row) => row.element),
    );
  }

  #drawFaults() {
    const { faults } = this.store;
    const rows = [...this.faultRows, ...this.ambiguityRows];
    rows.forEach((row) => row.show(faults));
    const mode = faults.model?.model_mode;
    this.modes.querySelectorAll("input").forEach((input) => (input.checked = input.value === mode));
    const phones = Object.keys(faults.receipts_for ?? {}).length;
    const active = rows.filter((row) => row.isOn(faults)).length + phones + (mode && mode !== MODES[0][0] ? 1 : 0);
    this.clear.hidden = !active;
    const badge = find("fault-count");
    badge.hidden = !active;
    badge.textContent = String(active);
    badge.title = `${active} ${active === 1 ? "thing is" : "things are"} set to go wrong`;
  }

  #resetCard() {
    const ask = async () => {
      const sure = await confirmed({
        title: "Start over?",
        body: `All phones, chats, webhooks and faults disappear, and the clock returns to now.
          What the matchmaker has stored in its own database stays.`,
        agree: "Delete everything",
      });
      if (sure) await attempt(api.reset);
    };
    return h(
      "section",
      { class: "card reset" },
      h(
        "button",
        { type: "button", class: "button small danger-quiet", onclick: ask },
        "Start over from scratch",
      ),
    );
  }

  #drawLive() {
    const live = find("live");
    live.classList.toggle("is-live", this.store.live);
    live.lastElementChild.textContent = this.store.live ? "live" : "connecting…";
  }
}

function card(title, ...children) {
  return h("section", { class: "card" }, h("h3", {}, title), children);
}
