import { h, icon } from "./dom.js";

/** A modal dialog that is gone once closed. `onSubmit` may be async, and keeps the dialog open by answering false. */
export function openDialog({ title, body, actions, onSubmit, wide = false }) {
  const heading = h("h2", { id: "dialog-title" }, title);
  const dismiss = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": "Close", onclick: () => dialog.close() },
    icon("close"),
  );
  const form = h(
    "form",
    { method: "dialog" },
    h("header", {}, heading, dismiss),
    h("div", { class: "dialog-body" }, body),
    actions && h("footer", {}, actions),
  );
  const dialog = h("dialog", { class: wide ? "dialog wide" : "dialog", "aria-labelledby": "dialog-title" }, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!onSubmit || (await onSubmit()) !== false) dialog.close();
  });
  return show(dialog);
}

/** Resolves true when the person agreed. */
export function confirmed({ title, body, agree }) {
  return new Promise((resolve) => {
    const dialog = openDialog({
      title,
      body: h("p", {}, body),
      actions: [
        h("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Cancel"),
        h("button", { class: "button danger" }, agree),
      ],
      onSubmit: () => resolve(true),
    });
    dialog.addEventListener("close", () => resolve(false));
  });
}

export function zoomPhoto(url, alt) {
  const close = () => dialog.close();
  const dialog = h(
    "dialog",
    { class: "lightbox", "aria-label": alt, onclick: close },
    h("img", { src: url, alt }),
    h("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: close }, icon("close")),
  );
  show(dialog);
}

function show(dialog) {
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
