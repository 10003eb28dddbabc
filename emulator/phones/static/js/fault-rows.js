/** The rows of the panel in which something is made to go wrong, or to go the other way. */
import { api } from "./api.js";
import { h } from "./dom.js";
import { attempt } from "./toast.js";

const valueAt = (faults, path) => path.reduce((part, name) => part?.[name], faults);

const post = (path, value) =>
  attempt(() => api.changeFaults(path.reduceRight((inner, name) => ({ [name]: inner }), value)));

/** One thing that can go wrong: a switch, and how often or how long when it is on. */
export class FaultRow {
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
    return valueAt(faults, this.path);
  }

  #set(on) {
    return this.#post(this.steps ? (on ? this.usual : 0) : on);
  }

  async #post(value) {
    if (!(await post(this.path, value))) this.toggle.checked = !this.toggle.checked;
  }
}

/** A point that can be read several ways; the first choice is how it is read unless somebody says otherwise. */
export class AmbiguityRow {
  #faults = {};

  constructor({ path, label, choices }) {
    Object.assign(this, { path, choices });
    this.select = h("select", { onchange: () => this.#choose() });
    this.element = h("label", { class: "ambiguity" }, h("span", {}, label), this.select);
  }

  isOn(faults) {
    return this.#at(faults) !== 0;
  }

  show(faults) {
    this.#faults = faults;
    const value = valueAt(faults, this.path);
    const known = this.choices.some(([choice]) => choice === value);
    const choices = known ? this.choices : [...this.choices, [value, String(value)]];
    this.element.classList.toggle("is-on", this.isOn(faults));
    this.select.replaceChildren(
      ...choices.map(([choice, label], at) => h("option", { value: at, selected: choice === value }, label)),
    );
  }

  #at(faults) {
    return this.choices.findIndex(([choice]) => choice === valueAt(faults, this.path));
  }

  async #choose() {
    const chosen = this.choices[Number(this.select.value)];
    if (chosen && !(await post(this.path, chosen[0]))) this.show(this.#faults);
  }
}
