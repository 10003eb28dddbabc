/** One message on one handset. */
import { h, icon } from "./dom.js";
import { timeOf } from "./format.js";
import { richText } from "./markup.js";
import { speakerOf } from "./people.js";

const STATUS = {
  sending: { icon: "clock", label: "Sending" },
  sent: { icon: "checks", label: "Sent" },
  rejected: { icon: "warning", label: "Destroyed by the pre-event hook: nobody got it" },
  failed: { icon: "warning", label: "Not sent" },
};

/** `onZoom(url, alt)` is called for a photo that was clicked. */
export function bubble(item, { channel, phones, onZoom }) {
  const body = item.body ?? "";
  const speaker = item.direction === "in" ? speakerOf(body, phones) : null;
  const isWhatsApp = channel === "whatsapp";
  const classes = ["bubble", item.direction, `is-${item.status}`, speaker?.isMatchmaker && "from-matchmaker"];
  return h(
    "div",
    { class: classes.filter(Boolean).join(" "), "data-id": item.id },
    (item.media ?? []).map((media) => attachment(media, onZoom)),
    body && words(body, speaker, isWhatsApp),
    foot(item, isWhatsApp),
  );
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

function foot(item, isWhatsApp) {
  const known = isWhatsApp ? STATUS : { ...STATUS, sent: { icon: "check", label: "Sent" } };
  const status = item.direction === "out" && known[item.status];
  return h(
    "span",
    { class: "foot" },
    h("time", { datetime: item.at }, timeOf(item.at)),
    status && h("span", { class: "status", title: status.label }, icon(status.icon, status.label)),
    status?.icon === "warning" && h("span", { class: "status-words" }, status.label),
  );
}

function attachment(media, onZoom) {
  const url = safeUrl(media.url);
  const kind = (media.content_type ?? "").split("/")[0];
  if (!url) return h("p", { class: "attachment" }, "A file without a usable address");
  if (kind === "image") return photo(url, onZoom);
  if (kind === "audio" || kind === "video") return h(kind, { src: url, controls: true, preload: "metadata" });
  const name = media.filename ?? media.content_type ?? "File";
  return h("a", { class: "attachment", href: url, target: "_blank", rel: "noopener noreferrer" }, icon("file"), name);
}

function photo(url, onZoom) {
  const alt = "Photo";
  const image = h("img", { src: url, alt, loading: "lazy" });
  image.addEventListener("error", () =>
    image.replaceWith(h("span", { class: "lost-photo" }, "This photo cannot be loaded")),
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
