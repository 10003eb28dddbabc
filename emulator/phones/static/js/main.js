import { addPhone, openAddPhone } from "./add-phone.js";
import { find } from "./dom.js";
import { Groups } from "./groups.js";
import { Panel } from "./panel.js";
import { matchmakerName } from "./people.js";
import { Phones } from "./phones.js";
import { Store } from "./store.js";
import { Strip } from "./webhook-strip.js";
import { attempt } from "./toast.js";

const store = new Store();
const groups = new Groups(store);
const phones = new Phones({ store, groups });
const waitingForCode = new Set();
new Panel(store);
new Strip(store);

/** Waits for the phone's own event; the answer to the request may come before it. */
async function whenShown(address) {
  if (!phones.view(address)) await new Promise((shown) => store.addEventListener("phone", shown, { once: true }));
  return phones.view(address) ?? whenShown(address);
}

function offerAddPhone() {
  openAddPhone({
    store,
    groups,
    onAdded: async (address, firstMessage) => {
      const view = await whenShown(address);
      phones.reveal(address);
      view.composer.fill(firstMessage);
    },
  });
}

/** On WhatsApp where we have a number for it: there a phone tells its owner's name, so that nobody has to ask. */
async function setUpThree() {
  const channel = store.senders.some((sender) => sender.startsWith("whatsapp:")) ? "whatsapp" : "sms";
  const addresses = [];
  for (const name of ["Abby", "Lena", "Tom"]) addresses.push(await addPhone(store, { name, channel }));
  addresses.slice(1).forEach((address) => waitingForCode.add(address));
  const first = await whenShown(addresses[0]);
  phones.reveal(addresses[0]);
  first.composer.fill("start");
}

/** Once the group that the first friend opened has a code, the others need only press Enter. */
function offerCode() {
  const code = groups.codes().at(-1);
  if (!code) return;
  for (const address of waitingForCode) {
    const view = phones.view(address);
    if (view && !view.composer.text && !store.threads.has(address))
      view.composer.fill(`join ${code}`, { focus: false });
  }
  waitingForCode.clear();
}

/** On a narrow screen the panel lies over the phones and takes the webhooks in. */
function arrangePanel(narrow) {
  const panel = find("panel");
  if (narrow.matches) panel.popover = "auto";
  else panel.removeAttribute("popover");
  if (narrow.matches) find("strip-in-panel").append(find("strip"));
  else document.body.insertBefore(find("strip"), find("toasts"));
}

find("add-phone").addEventListener("click", offerAddPhone);
find("add-first").addEventListener("click", offerAddPhone);
find("set-up").addEventListener("click", () => attempt(setUpThree));
document.querySelectorAll(".matchmaker-name").forEach((node) => (node.textContent = `${matchmakerName}:`));
groups.addEventListener("changed", offerCode);
store.addEventListener("loaded", () => waitingForCode.clear());

const narrow = matchMedia("(max-width: 1099px)");
narrow.addEventListener("change", () => arrangePanel(narrow));
arrangePanel(narrow);
store.connect();
