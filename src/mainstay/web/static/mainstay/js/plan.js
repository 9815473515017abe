// A plan drawing by keyboard: arrows move between its bars, Enter opens one. The drawing is <svg data-plan>; its bars are
// <g data-bar tabindex="-1" role="img" aria-label="…" data-url="…">. The table below holds the same facts.
import { all, on, one } from "./dom.js";

const bars = (plan) => all("[data-bar]", plan);

const step = (bar, event) => {
  const list = bars(bar.closest("[data-plan]"));
  const at = list.indexOf(bar);
  const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: list.length - 1, PageDown: at + 20, PageUp: at - 20 }[event.key];
  if (event.key === "Enter" && bar.dataset.url) { location.assign(bar.dataset.url); return; }
  if (to === undefined) return;
  event.preventDefault();
  const next = list[Math.max(0, Math.min(list.length - 1, to))];
  bar.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
};

const ready = () => all("[data-plan]").forEach((plan) => one("[data-bar]", plan)?.setAttribute("tabindex", "0"));

export const start = () => {
  ready();
  document.addEventListener("mainstay:swapped", ready);
  on("keydown", "[data-bar]", step);
  on("click", "[data-bar][data-url]", (bar) => location.assign(bar.dataset.url));
  on("click", "[data-scroll-to]", (button) => {
    const target = document.getElementById(button.dataset.scrollTo);
    if (target) target.scrollIntoView({ block: "nearest", inline: "center" });
  });
};
