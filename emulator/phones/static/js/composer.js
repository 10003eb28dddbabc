/** The box to type in, with photos: emits what to send, keeps the words when sending fails. */
import { h, icon } from "./dom.js";
import { PhotoTray } from "./photo-tray.js";
import { toast } from "./toast.js";

const MAX_PHOTO_BYTES = 16 * 1024 * 1024;

export class Composer {
  #photos = [];

  /** `onSend({body, media})`; media as POST …/send wants them, with a `url` for showing. */
  constructor(onSend, channel) {
    this.onSend = onSend;
    const placeholder = channel === "sms" ? "SMS" : "Message";
    this.box = h("textarea", { rows: "1", placeholder, dir: "auto", enterkeyhint: "send" });
    this.picker = h("input", { type: "file", accept: "image/*", multiple: true, hidden: true });
    this.previews = h("div", { class: "previews", hidden: true });
    this.tray = new PhotoTray({ onOwn: () => this.picker.click(), onFile: (file) => this.#addFiles([file]) });
    this.element = h("form", { class: "composer" }, this.tray.element, this.previews, this.#row());
    this.#listen();
  }

  label(owner) {
    this.box.setAttribute("aria-label", `Write as ${owner}`);
    this.pick.setAttribute("aria-label", `Add a photo as ${owner}`);
    this.tray.label(owner);
    this.submit.setAttribute("aria-label", `Send as ${owner}`);
  }

  #row() {
    this.pick = h(
      "button",
      { type: "button", class: "round photo-button", title: "Photo", onclick: () => this.tray.toggle() },
      icon("camera"),
    );
    this.tray.opensBy(this.pick);
    this.submit = h("button", { type: "submit", class: "round send-button", title: "Send" }, icon("send"));
    return h("div", { class: "composer-row" }, this.pick, this.picker, this.box, this.submit);
  }

  #listen() {
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.box.addEventListener("input", () => this.#fit());
    this.box.addEventListener("keydown", (event) => this.#sendOnEnter(event));
    this.box.addEventListener("paste", (event) => this.#addFiles([...event.clipboardData.files]));
    this.picker.addEventListener("change", () => {
      this.#addFiles([...this.picker.files]);
      this.picker.value = "";
    });
  }

  get text() {
    return this.box.value;
  }

  fill(text, { focus = true } = {}) {
    this.box.value = text;
    this.#fit();
    if (focus) this.box.focus();
  }

  #sendOnEnter(event) {
    // An Enter that ends a composed character (Japanese, Korean) is not a wish to send.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  #send() {
    const body = this.box.value.trim();
    if (!body && !this.#photos.length) return this.box.focus();
    const media = this.#photos;
    this.#photos = [];
    this.#showPreviews();
    this.fill("");
    return this.onSend({ body, media });
  }

  async #addFiles(files) {
    this.tray.close();
    const photos = files.filter((file) => file.type.startsWith("image/"));
    if (photos.length < files.length) toast("These phones can only send photos.");
    const tooLarge = photos.filter((file) => file.size > MAX_PHOTO_BYTES);
    if (tooLarge.length) toast("Photos can be up to 16 MB.");
    const read = await Promise.all(photos.filter((file) => !tooLarge.includes(file)).map(asMedia));
    this.#photos.push(...read);
    this.#showPreviews();
    if (read.length) this.box.focus();
  }

  #showPreviews() {
    this.previews.hidden = !this.#photos.length;
    this.previews.replaceChildren(...this.#photos.map((photo) => this.#preview(photo)));
  }

  #preview(photo) {
    const remove = () => {
      this.#photos = this.#photos.filter((other) => other !== photo);
      this.#showPreviews();
      this.box.focus();
    };
    return h(
      "span",
      { class: "preview" },
      h("img", { src: photo.url, alt: photo.filename }),
      h("button", { type: "button", "aria-label": `Remove ${photo.filename}`, onclick: remove }, icon("close")),
    );
  }

  #fit() {
    this.box.style.height = "auto";
    this.box.style.height = `${this.box.scrollHeight}px`;
  }
}

async function asMedia(file) {
  const data = await base64Of(file);
  return { content_type: file.type, filename: file.name, data, url: URL.createObjectURL(file) };
}

function base64Of(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
