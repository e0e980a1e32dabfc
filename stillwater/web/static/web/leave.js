// Leave quickly: the button, or Shift three times. Without this file the button
// still works; it only takes one step more in the browser's history.
"use strict";

const form = document.getElementById("leave");
// What the person chose, else the calendar on this machine.
const AWAY = form.dataset.target || "/away";
const TIMES = 3;
const WITHIN = 5000; // milliseconds for all three, as in the GOV.UK design system
const PATIENCE = 400; // milliseconds that the server has, before we go regardless

let presses = [];
let leaving = false;

function leave() {
  if (leaving) return;
  leaving = true;
  const body = new URLSearchParams(new FormData(form));
  // What could be seen goes first; the request outlives the page (keepalive).
  document.title = "Calendar";
  document.body.replaceChildren();
  const gone = () => window.location.replace(AWAY);
  fetch(form.action, { method: "POST", body, keepalive: true, redirect: "manual" }).then(gone, gone);
  setTimeout(gone, PATIENCE);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  leave();
});

document.addEventListener("keydown", (event) => {
  if (event.repeat) return;
  if (event.key !== "Shift") {
    presses = []; // Shift for a capital letter is not a wish to leave
    return;
  }
  presses = [...presses, event.timeStamp].slice(-TIMES);
  if (presses.length === TIMES && presses[TIMES - 1] - presses[0] < WITHIN) leave();
});

// Back may show a page that the browser kept: ask the server for it instead.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.replace("/");
});
