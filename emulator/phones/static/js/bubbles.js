/** One message on one handset. */
import { h, icon } from "./dom.js";
import { timeOf } from "./format.js";
import { richText } from "./markup.js";
import { speakerOf } from "./people.js";

const WRITTEN = {
  sending: { icon: "clock", label: "Sending" },
  sent: { icon: "checks", label: "Sent" },
  read: { icon: "checks", label: "Read" },
  rejected: { icon: "warning", label: "Rejected by the pre-event webhook: nobody got it" },
  failed: { icon: "warning", label: "Not sent" },
};

/** How a text of ours fared, as we are told of it. */
const ARRIVED = {
  delivered: { icon: "checks", label: "Delivered" },
  read: { icon: "checks", label: "Read" },
  accepted: { icon: "clock", label: "Not sent yet", isMissing: true },
  queued: { icon: "clock", label: "Waiting: too many within a few seconds", isMissing: true },
  sent: { icon: "check", label: "Waiting: the phone is off", isMissing: true },
  failed: { icon: "warning", label: "Never arrived", isMissing: true },
  undelivered: { icon: "warning", label: "Never arrived", isMissing: true },
};

/** `onZoom(url, alt)` is called for a photo that was clicked. */
export function bubble(item, { channel, phones, onZoom }) {
  const body = item.body ?? "";
  const speaker = item.direction === "in" ? speakerOf(body, phones) : null;
  const isWhatsApp = channel === "whatsapp";
  const status = statusOf(item, isWhatsApp);
  const classes = [
    "bubble",
    item.direction,
    `is-${item.status}`,
    status?.isMissing && "is-missing",
    speaker?.isMatchmaker && "from-matchmaker",
  ];
  return h(
    "div",
    { class: classes.filter(Boolean).join(" "), "data-id": item.id },
    item.template && h("span", { class: "template", title: `Content template ${item.template}` }, "Template"),
    (item.media ?? []).map((media) => attachment(media, onZoom)),
    body && words(body, speaker, isWhatsApp),
    foot(item, status),
  );
}

/** {icon, label, isMissing}. SMS has one tick, and nobody learns that a message was read. */
function statusOf(item, isWhatsApp) {
  const status = (item.direction === "out" ? WRITTEN : ARRIVED)[item.status];
  return status?.icon === "checks" && !isWhatsApp ? { ...status, icon: "check" } : status;
}

function words(body, speaker, markup) {
  const rest = speaker ? body.slice(speaker.prefix.length) : body;
  return h("p", { class: "words", dir: "auto" }, speaker && signature(speaker, markup), richText(rest, { markup }));
}

/** A WhatsApp handset draws "*Abby:*" in bold; an SMS handset shows what stands there, asterisks and all. */
function signature(speaker, markup) {
  const isBold = markup && speaker.prefix.startsWith("*");
  return h(
    isBold ? "strong" : "span",
    { class: `signature ${speaker.colour}` },
    speaker.isMatchmaker && icon("heart"),
    h("bdi", {}, isBold ? `${speaker.name}:` : speaker.prefix),
  );
}

function foot(item, status) {
  const told = status && (item.error ? `${status.label}: ${item.error} (${item.error_code})` : status.label);
  const needsWords = status?.isMissing || status?.icon === "warning";
  return h(
    "span",
    { class: "foot" },
    h("time", { datetime: item.at }, timeOf(item.at)),
    status && h("span", { class: "status", title: told }, icon(status.icon, needsWords ? null : told)),
    needsWords && h("span", { class: "status-words" }, told),
  );
}

function attachment(media, onZoom) {
  const url = safeUrl(media.url);
  const kind = (media.content_type ?? "").split("/")[0];
  if (!url) return h("p", { class: "attachment" }, "A file without a usable link");
  if (kind === "image") return photo(url, onZoom);
  if (kind === "audio" || kind === "video") return h(kind, { src: url, controls: true, preload: "metadata" });
  const name = media.filename ?? media.content_type ?? "File";
  return h("a", { class: "attachment", href: url, target: "_blank", rel: "noopener noreferrer" }, icon("file"), name);
}

function photo(url, onZoom) {
  const alt = "Photo";
  const image = h("img", { src: url, alt, loading: "lazy" });
  image.addEventListener("error", () =>
    image.replaceWith(h("span", { class: "lost-photo" }, "This photo can't be loaded")),
  );
  return h(
    "button",
    { class: "photo", type: "button", "aria-label": "Enlarge the photo", onclick: () => onZoom(url, alt) },
    image,
  );
}

function safeUrl(url) {
  const parsed = URL.canParse(url, location.href) ? new URL(url, location.href) : null;
  return parsed && ["http:", "https:", "blob:"].includes(parsed.protocol) ? parsed.href : null;
}
