// Theme and density: applied at once and kept in a cookie, so that the server writes the next page that way. Without script the same buttons send a form.
import { on, remember, say } from "./dom.js";

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const redraw = () => document.dispatchEvent(new Event("mainstay:theme"));

const shown = () => root.dataset.bsTheme || (dark.matches ? "dark" : "light");

const turnTheme = () => {
  const next = shown() === "dark" ? "light" : "dark";
  root.dataset.bsTheme = next;
  remember("theme", next);
  say(`${next} theme`);
  redraw();
};

const turnDensity = () => {
  const next = { compact: "normal", normal: "roomy", roomy: "compact" }[root.dataset.density] ?? "normal";
  root.dataset.density = next;
  remember("density", next);
  say(`${next} density`);
};

export const start = () => {
  on("click", '[data-do="theme"]', (_, event) => { event.preventDefault(); turnTheme(); });
  on("click", '[data-do="density"]', (_, event) => { event.preventDefault(); turnDensity(); });
  dark.addEventListener("change", () => { if (!root.dataset.bsTheme) redraw(); });
};
