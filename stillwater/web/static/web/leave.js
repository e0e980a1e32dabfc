// Leave quickly: the button, or Shift three times. Without this file the button
// still works; it only takes one step more in the browser's history.
"use strict";

(() => {
  const form = document.getElementById("leave");
  // Where they chose to go; the server lets through only what may be left for.
  const AWAY = form.dataset.target || "/away";
  const TIMES = 3;
  const WITHIN = 5000; // milliseconds for all three, as in the GOV.UK design system
  const PATIENCE = 400; // milliseconds that the server has, before we go regardless
  // Other tabs of this page: they go as well. Nothing of it is written anywhere.
  const tabs = new BroadcastChannel("page");

  // Where this page answers a form, Back would ask to send it again: the history forgets what
  // was typed, and asks for the page anew, which the lock answers once it is closed.
  window.history.replaceState(null, "", window.location.href);

  let presses = [];
  let leaving = false;

  // What could be seen goes first.
  function empty() {
    document.title = form.dataset.awayTitle;
    document.body.replaceChildren();
  }

  function leave() {
    if (leaving) return;
    leaving = true;
    const body = new URLSearchParams(new FormData(form));
    empty();
    tabs.postMessage("leave");
    const gone = () => {
      tabs.postMessage("left");
      window.location.replace(AWAY);
    };
    // The request outlives the page (keepalive).
    const sent = { method: "POST", body, keepalive: true, redirect: "manual" };
    fetch(form.action, sent).then(gone, gone);
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

  tabs.addEventListener("message", (event) => {
    const gone = () => window.location.replace(AWAY);
    if (event.data === "left") gone();
    if (event.data !== "leave" || leaving) return;
    leaving = true;
    empty();
    // Not before the server has ended the session: a request amid that would be refused.
    setTimeout(gone, 2 * PATIENCE);
  });

  // Back may show a page that the browser kept: ask the server for it instead.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    empty();
    window.location.replace("/");
  });
})();
