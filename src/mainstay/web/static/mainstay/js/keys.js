// Single keys. Never while typing, never with a modifier, never for what cannot be undone; off where data-keys says so (WCAG 2.1.4).
import { all, one } from "./dom.js";
import { showDialog } from "./drops.js";
import { move, open, select } from "./rows.js";

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true], dialog[open]";
let isGoing = false;

const follow = (selector) => {
  const found = one(selector);
  if (!found) return false;
  if (found.matches("summary")) { found.parentElement.open = true; one("input, select, button, a", found.nextElementSibling)?.focus(); }
  else if (found.matches("input, select")) found.focus();
  else found.click();
  return true;
};

const SINGLE = {
  "?": () => showDialog("keys"),
  "/": () => follow("#find"),
  j: () => move(1),
  k: () => move(-1),
  x: () => select(),
  Enter: (event) => (event.target.closest("a, button, summary, input, [tabindex='0']") ? false : open()),
  f: () => follow('[data-key="f"]'),
  c: () => follow('[data-key="c"]'),
  n: () => follow('[data-key="n"]'),
  g: () => { isGoing = true; setTimeout(() => { isGoing = false; }, 1500); },
};

const go = (key) => {
  isGoing = false;
  const link = all("[data-go]").find((place) => place.dataset.go === key);
  if (link) location.assign(link.href);
};

const save = (event) => {
  const form = event.target.closest?.("form");
  if (!form || form.method !== "post") return;
  event.preventDefault();
  form.requestSubmit();
};

const press = (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { save(event); return; }
  if (document.documentElement.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.defaultPrevented || event.target.closest?.(TYPING)) return;
  if (isGoing) { event.preventDefault(); go(event.key); return; }
  const act = SINGLE[event.key];
  if (act && act(event) !== false) event.preventDefault();
};

export const start = () => document.addEventListener("keydown", press);
