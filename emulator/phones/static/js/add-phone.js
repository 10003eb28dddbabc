/** The dialog that adds a phone, and the invented people and numbers that it suggests. */
import { api } from "./api.js";
import { openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { attempt } from "./toast.js";

const NAMES = ["Abby", "Lena", "Tom", "Noor", "Jonas", "Priya", "Mateo", "Ines", "Kofi", "Yuki"];
// No area has the code 555. Five digits by chance: after a reset the product still knows the numbers used before it,
// and a new person should not be taken for an old one.
const INVENTED = "+155501";
const CHANCE_DIGITS = 5;

export function freeNumber(store) {
  const taken = new Set([...store.phones.keys()].map((address) => address.replace("whatsapp:", "")));
  const digits = () => String(Math.floor(Math.random() * 10 ** CHANCE_DIGITS)).padStart(CHANCE_DIGITS, "0");
  let number = INVENTED + digits();
  while (taken.has(number)) number = INVENTED + digits();
  return number;
}

/** Of someone on WhatsApp who hides the number behind a username: we get to know this id only. */
export function freeUsername(store) {
  return `US.${freeNumber(store).slice(1)}`;
}

export function freeName(store) {
  const taken = new Set([...store.phones.values()].map((phone) => phone.name));
  return NAMES.find((name) => !taken.has(name)) ?? `Friend ${store.phones.size + 1}`;
}

/** Adds the phone; resolves with its address. */
export async function addPhone(store, { name, channel, number = freeNumber(store) }) {
  const address = channel === "sms" ? number : `whatsapp:${number}`;
  await api.addPhone({ address, name });
  return address;
}

/** `onAdded(address, firstMessage)`, the first message being a suggestion that may be empty. */
export function openAddPhone({ store, groups, onAdded }) {
  const fields = formFields(store, groups);
  openDialog({
    title: "Add a phone",
    body: fields.nodes,
    actions: [h("button", { class: "button primary" }, "Add the phone")],
    onSubmit: () =>
      attempt(async () => {
        const wanted = fields.read();
        const address = await addPhone(store, wanted);
        onAdded(address, wanted.firstMessage);
      }),
  });
}

function formFields(store, groups) {
  const name = h("input", {
    required: true,
    maxlength: "80",
    value: freeName(store),
    autocomplete: "off",
    dir: "auto",
  });
  const number = h("input", {
    required: true,
    value: freeNumber(store),
    pattern: "\\+[1-9][0-9]{6,14}|[A-Z]{2}\\.[A-Za-z0-9]{1,120}",
    title: "A plus and 7 to 15 digits, or an id such as US.1a2b3c for a hidden number",
    autocomplete: "off",
  });
  const channels = choice("channel", "Channel", [
    ["whatsapp", "WhatsApp"],
    ["sms", "SMS"],
    ["hidden", "WhatsApp, hidden number", "known only by an id, so it can't join a Twilio Conversation"],
  ]);
  channels.addEventListener("change", ({ target }) => {
    const hides = target.value === "hidden";
    if (hides !== number.value.startsWith("US.")) number.value = hides ? freeUsername(store) : freeNumber(store);
  });
  const nodes = [
    h("label", { class: "field" }, h("span", {}, "Name"), name),
    channels,
    h("label", { class: "field" }, h("span", {}, "Number ", h("small", {}, "made up; nobody gets called")), number),
    choice("first", "First message", firstMessages(groups)),
  ];
  const picked = (group) =>
    nodes.map((node) => node.querySelector(`input[name="${group}"]:checked`)).find(Boolean).value;
  return {
    nodes,
    read: () => ({
      name: name.value.trim(),
      channel: picked("channel"),
      number: number.value.trim(),
      firstMessage: picked("first"),
    }),
  };
}

/** A newcomer most likely joins the group that there is. */
function firstMessages(groups) {
  const joins = groups
    .codes()
    .reverse()
    .map((code) => [`join ${code}`, `join ${code}`, membersIn(groups, code)]);
  return [...joins, ["start", "start", "opens a new group"], ["", "none", "I'll type it myself"]];
}

function membersIn(groups, code) {
  return `with ${
    groups
      .membersOf(code)
      .map((phone) => phone.name)
      .join(", ") || "nobody yet"
  }`;
}

function choice(group, legend, options) {
  const radios = options.map(([value, label, hint], at) =>
    h(
      "label",
      { class: "radio" },
      h("input", { type: "radio", name: group, value, checked: at === 0 }),
      h("span", {}, label, hint && h("small", { dir: "auto" }, hint)),
    ),
  );
  return h("fieldset", { class: "field" }, h("legend", {}, legend), h("div", { class: "radios" }, radios));
}
