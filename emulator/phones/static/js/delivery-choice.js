/** What becomes of texts to one phone: a choice that is a fault of that phone alone. */
import { api } from "./api.js";
import { openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { attempt } from "./toast.js";

const EVERYWHERE = [
  ["", "arrive", "as usual"],
  ["sent", "wait: the phone is off", "they arrive once it's back on"],
];
const OUTCOMES = {
  whatsapp: [
    ...EVERYWHERE,
    ["delivered", "arrive, but read receipts are off", "no blue ticks"],
    ["63024", "fail: not a WhatsApp user", "error 63024"],
    ["63016", "fail: outside the 24-hour window", "error 63016"],
    ["63033", "fail: our number is blocked", "error 63033"],
  ],
  sms: [
    ...EVERYWHERE,
    ["30003", "fail: the phone can't be reached", "error 30003"],
    ["30006", "fail: a landline", "error 30006"],
    ["30007", "fail: filtered as spam", "error 30007"],
    ["21610", "fail: wrote STOP before", "error 21610"],
  ],
};

/** In a few words, for the handset; empty while all is well. */
export function deliveryInWords(phone, faults) {
  const outcome = faults.receipts_for?.[phone.address];
  if (!outcome) return "";
  const [, label] = OUTCOMES[phone.channel].find(([value]) => value === outcome) ?? [outcome, `fail with ${outcome}`];
  return `Texts to this phone ${label}.`;
}

export function openDeliveryChoice(phone, faults) {
  const now = faults.receipts_for?.[phone.address] ?? "";
  const known = OUTCOMES[phone.channel];
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
      const outcome = fields.querySelector("input:checked")?.value || null;
      return attempt(() => api.changeFaults({ receipts_for: { [phone.address]: outcome } }));
    },
  });
}

const radio = ([value, label, hint], now) =>
  h(
    "label",
    { class: "radio" },
    h("input", { type: "radio", name: "outcome", value, checked: value === now }),
    h("span", {}, label, h("small", {}, hint)),
  );
