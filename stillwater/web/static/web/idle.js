// The idle lock: nobody touched this page, in any tab, for as long as the person chose, so
// it is emptied and the lock stands in its place. The server drops the keys by itself too.
// While somebody is here the server is told, so that a long text is not lost while it is typed.
"use strict";

(() => {
  const IDLE = Number(document.body.dataset.idle) * 1000; // milliseconds
  const TELL_EVERY = Math.min(30000, IDLE / 4);
  const TOUCHES = ["keydown", "pointerdown", "pointermove", "wheel", "touchmove"];
  const tabs = new BroadcastChannel("page");
  const leave = document.getElementById("leave");
  const out = document.getElementById("lock");
  const token = leave.elements.csrfmiddlewaretoken.value;

  let touched = Date.now();
  let told = touched;
  let telling = 0; // the timer of what is still to be told
  let locked = false;

  function send(address) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: token });
    return fetch(address, { method: "POST", body, keepalive: true, redirect: "manual" });
  }

  function lock({ dropKeys }) {
    if (locked) return;
    locked = true;
    document.body.replaceChildren();
    const gone = () => window.location.replace("/in");
    if (!dropKeys) return gone();
    tabs.postMessage("lock");
    return send("/out").then(gone, gone);
  }

  function look() {
    if (Date.now() - touched >= IDLE) lock({ dropKeys: true });
    else setTimeout(look, IDLE - (Date.now() - touched));
  }

  function tell() {
    telling = 0;
    if (locked) return;
    told = Date.now();
    const refused = (answer) => {
      if (answer.status !== 204) lock({ dropKeys: false });
    };
    send("/stay").then(refused, () => {}); // no answer: the program stopped, and the keys with it
  }

  function touch() {
    if (locked) return;
    const now = Date.now();
    // Timers sleep with the machine: whoever wakes it may be somebody else.
    if (now - touched >= IDLE) {
      lock({ dropKeys: true });
      return;
    }
    if (now - touched >= 1000) tabs.postMessage("here");
    touched = now;
    telling = telling || setTimeout(tell, Math.max(0, told + TELL_EVERY - now));
  }

  for (const kind of TOUCHES) document.addEventListener(kind, touch, { passive: true });
  document.addEventListener("visibilitychange", () => {
    if (Date.now() - touched >= IDLE) lock({ dropKeys: true });
  });
  tabs.addEventListener("message", (event) => {
    if (event.data === "here") touched = Date.now();
    if (event.data === "lock") lock({ dropKeys: false });
  });
  if (out) out.addEventListener("submit", () => tabs.postMessage("lock"));
  look();
})();
