// Keeps a session's page up to date: asks every two seconds whether anything has changed, and changes those parts.

const page = document.getElementById("session-page");
const EVERY_MS = 2000;
const PARTS = ["live-head", "live-transcript", "live-aside", "live-turns"];

const list = () => document.querySelector(".mm-bubbles");
const isAtTheEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 80;

// What can have the keyboard's focus in the parts that are replaced, in order.
const controls = () =>
    PARTS.flatMap((id) => [...document.getElementById(id).querySelectorAll("a, button, summary, [tabindex]")]);

function goToTheEnd() {
    const box = list();
    if (box) box.scrollTop = box.scrollHeight;
}

function replaceParts(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const open = [...page.querySelectorAll("details[open]")].map((one) => one.id);
    const before = list();
    const top = before.scrollTop;
    const follow = isAtTheEnd(before);
    const focused = controls().indexOf(document.activeElement);
    for (const id of PARTS) {
        const next = fresh.getElementById(id);
        if (next) document.getElementById(id).replaceWith(next);
    }
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (focused >= 0) controls()[focused]?.focus({ preventScroll: true });
    if (follow) goToTheEnd();
    else list().scrollTop = top;
}

async function look() {
    const address = new URL(page.dataset.live, location.href);
    address.searchParams.set("after", document.getElementById("live-head").dataset.position);
    const answer = await fetch(address, { cache: "no-store" });
    if (answer.status === 200 && !answer.redirected) replaceParts(await answer.text());
}

async function keepLooking() {
    if (!document.hidden) {
        // A server that is being restarted is asked again the next time.
        await look().catch(() => {});
    }
    setTimeout(keepLooking, EVERY_MS);
}

page.addEventListener("submit", (event) => {
    // A second press of the button must not send a second message.
    if (event.target.matches("[data-once]")) {
        if (event.target.dataset.sent) event.preventDefault();
        event.target.dataset.sent = "yes";
    }
});

window.addEventListener("pageshow", () => {
    for (const form of page.querySelectorAll("[data-once]")) delete form.dataset.sent;
});

page.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-message]");
    if (!link) return;
    event.preventDefault();
    const bubble = document.getElementById(link.hash.slice(1));
    if (!bubble) {
        location.assign(link.dataset.message);
        return;
    }
    document.querySelector(".mm-found")?.classList.remove("mm-found");
    bubble.classList.add("mm-found");
    bubble.scrollIntoView({ block: "center", behavior: "smooth" });
});

goToTheEnd();
setTimeout(keepLooking, EVERY_MS);
