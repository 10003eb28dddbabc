/** Photos to choose from above the box to type in: the samples, or one from this computer. */
import { api } from "./api.js";
import { h, icon } from "./dom.js";
import { toast } from "./toast.js";

let trays = 0;

export class PhotoTray {
  #button = null;
  #isFilled = false;

  /** `onOwn()` asks for a file of one's own, `onFile(file)` takes a sample. */
  constructor({ onOwn, onFile }) {
    Object.assign(this, { onOwn, onFile });
    this.samples = h("div", { class: "samples" });
    const own = h("button", { type: "button", class: "own-photo", onclick: () => this.onOwn() }, icon("plus"), "Your own");
    this.element = h("div", { class: "photo-tray", id: `photos-${++trays}`, role: "group", hidden: true }, own, this.samples);
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.close();
      this.#button?.focus();
    });
  }

  label(owner) {
    this.element.setAttribute("aria-label", `Photos to send as ${owner}`);
  }

  opensBy(button) {
    this.#button = button;
    button.setAttribute("aria-controls", this.element.id);
    button.setAttribute("aria-expanded", "false");
  }

  toggle() {
    if (!this.element.hidden) return this.close();
    this.element.hidden = false;
    this.#button?.setAttribute("aria-expanded", "true");
    return this.#fill();
  }

  close() {
    this.element.hidden = true;
    this.#button?.setAttribute("aria-expanded", "false");
  }

  async #fill() {
    if (this.#isFilled) return;
    this.#isFilled = true;
    try {
      const photos = await api.samplePhotos();
      this.samples.replaceChildren(...photos.map((photo) => this.#sample(photo)));
    } catch (error) {
      this.#isFilled = false;
      toast(error.message);
    }
  }

  #sample({ name, url }) {
    const words = name.replace(/\.\w+$/, "").replaceAll("_", " ");
    const choose = async () => {
      try {
        const blob = await (await fetch(url)).blob();
        this.onFile(new File([blob], name, { type: blob.type }));
      } catch {
        toast("This photo can't be loaded.");
      }
    };
    return h(
      "button",
      { type: "button", class: "sample", "aria-label": `Sample photo: ${words}`, title: words, onclick: choose },
      h("img", { src: url, alt: "", loading: "lazy" }),
    );
  }
}
