/** What becomes of texts to one phone: a choice that is a fault of that phone alone. */
import { api } from "./api.js";
import { openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { attempt } from "./toast.js";

const EVERYWHERE = [
  ["", "arrive", "as they should"],
  ["sent", "wait: the phone is off", "they come as soon as it is on again"],
];
const FATES = {
  whatsapp: [
    ...EVERYWHERE,
    ["delivered", "arrive, but reading is private", "no blue ticks"],
    ["63024", "fail: not a WhatsApp user", "error 63024"],
    ["63016", "fail: outside the 24-hour window", "error 63016"],
    ["63033", "fail: our number is blocked", "error 63033"],
  ],
  sms: [
    ...EVERYWHERE,
    ["30003", "fail: the phone cannot be reached", "error 30003"],
    ["30006", "fail: a landline", "error 30006"],
    ["30007", "fail: taken for spam", "error 30007"],
    ["21610", "fail: wrote STOP before", "error 21610"],
  ],
};

/** In a few words, for the handset; empty while all is well. */
export function fateInWords(phone, faults) {
  const fate = faults.receipts_for?.[phone.address];
  if (!fate) return "";
  const [, label] = FATES[phone.channel].find(([value]) => value === fate) ?? [fate, `fail with ${fate}`];
  return `Texts to this phone ${label}.`;
}

export function openFates(phone, faults) {
  const now = faults.receipts_for?.[phone.address] ?? "";
  const known = FATES[phone.channel];
  const options = known.some(([value]) => value === now)
    ? known
    : [...known, [now, `fail with ${now}`, "set elsewhere"]];
  const fields = h(
    "fieldset",
    { class: "field" },
    h("legend", {}, "They"),
    options.map((option) => radio(option, now)),
  );
  openDialog({
    title: `Texts to ${phone.name}'s phone`,
    body: fields,
    actions: [h("button", { class: "button primary" }, "Save")],
    onSubmit: () => {
      const fate = fields.querySelector("input:checked")?.value || null;
      return attempt(() => api.changeFaults({ receipts_for: { [phone.address]: fate } }));
    },
  });
}

const radio = ([value, label, hint], now) =>
  h(
    "label",
    { class: "radio" },
    h("input", { type: "radio", name: "fate", value, checked: value === now }),
    h("span", {}, label, h("small", {}, hint)),
  );
