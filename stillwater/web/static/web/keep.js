// Keeps what is being typed, a few seconds after the last key: typing is being here, so the
// pages do not lock meanwhile. Without this file each step is kept when it is sent.
"use strict";

const writing = document.querySelector("form[data-keep]");
const PAUSE = 4000; // milliseconds after the last key
const AT_LEAST = 60000; // milliseconds between two while one goes on typing

let waiting;
let kept = performance.now();

function keep() {
  clearTimeout(waiting);
  if (!writing.isConnected) return; // left quickly
  kept = performance.now();
  const body = new URLSearchParams(new FormData(writing));
  body.set("go", "keep");
  body.delete("passphrase"); // never needed to keep words
  // Where it does not arrive, the form still holds it, and sending the step says what is wrong.
  fetch(writing.action, { method: "POST", body, redirect: "manual" })
    .then((answer) => {
      // What this form kept itself is nothing that somebody else wrote since.
      const mark = answer.headers.get("Mark");
      if (mark && writing.elements.seen) writing.elements.seen.value = mark;
    })
    .catch(() => {});
}

if (writing) {
  // Somebody may have begun before this file was here.
  const typed = [...writing.querySelectorAll("textarea, input")];
  if (typed.some((one) => one.value !== one.defaultValue)) waiting = setTimeout(keep, PAUSE);
  writing.addEventListener("input", () => {
    clearTimeout(waiting);
    if (performance.now() - kept > AT_LEAST) keep();
    else waiting = setTimeout(keep, PAUSE);
  });
  writing.addEventListener("submit", () => clearTimeout(waiting));
}
