/* What makes the page handier. All of it works without. */

"use strict";

// Picking one of the choices clears one's own words, and typing them picks "in my own words".
for (const question of document.querySelectorAll(".question")) {
    const words = question.querySelector(".own-words input[type=text]");
    const own = question.querySelector(".own-words input[value=own]");
    if (!words || own.type !== "radio") continue;
    words.addEventListener("input", () => { if (words.value) own.checked = true; });
    question.addEventListener("change", (event) => {
        if (event.target.type === "radio" && event.target !== own) words.value = "";
    });
    own.addEventListener("change", () => words.focus());
}

// Photos are put in order by dragging as well.
for (const list of document.querySelectorAll("[data-order]")) {
    let dragged = null;
    let before = "";
    const order = () => [...list.children].map((item) => item.dataset.id).join(",");
    for (const item of list.children) {
        item.draggable = true;
        item.addEventListener("dragstart", (event) => {
            dragged = item;
            before = order();
            event.dataTransfer.effectAllowed = "move";
            item.classList.add("dragged");
        });
        item.addEventListener("dragover", (event) => {
            if (!dragged) return;
            event.preventDefault();
            if (item === dragged) return;
            const items = [...list.children];
            item[items.indexOf(dragged) < items.indexOf(item) ? "after" : "before"](dragged);
        });
        item.addEventListener("drop", (event) => event.preventDefault());
        item.addEventListener("dragend", () => {
            item.classList.remove("dragged");
            dragged = null;
            if (order() !== before) send(list.dataset.order, { order: order() });
        });
    }
}

function send(address, values) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = address;
    const csrf = document.querySelector("input[name=csrfmiddlewaretoken]").value;
    for (const [name, value] of Object.entries({ ...values, csrfmiddlewaretoken: csrf })) {
        const input = document.createElement("input");
        input.type = "hidden";
        input.name = name;
        input.value = value;
        form.append(input);
    }
    document.body.append(form);
    form.submit();
}

// Photos on the way arrive within seconds. Nothing that somebody is typing gets lost by looking again.
if (document.querySelector("[data-look-again]")) {
    const started = Number(sessionStorage.getItem("looking since")) || Date.now();
    let isTyping = false;
    document.addEventListener("input", () => { isTyping = true; });
    sessionStorage.setItem("looking since", String(started));
    setTimeout(() => {
        if (isTyping || Date.now() - started > 60_000) return;
        location.hash = "photos";
        location.reload();
    }, 2500);
} else {
    sessionStorage.removeItem("looking since");
}
