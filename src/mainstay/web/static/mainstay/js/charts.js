// Draws the charts of a page: <div data-chart="KIND" data-source="ID">, with the data as JSON in #ID. Colours are the tokens, read when drawn.
// The kinds and what they take are told in docs/reference/interface.md; the pictures themselves are made in chart_kinds.js.
import { KINDS } from "./chart_kinds.js";
import { all } from "./dom.js";

const TOKENS = ["ink", "ink-2", "grid", "surface", "border-control", "data-1", "data-2", "data-3", "data-fill", "red"];

const palette = () => {
  const probe = document.body.appendChild(document.createElement("span"));
  const colours = Object.fromEntries(TOKENS.map((name) => {
    probe.style.color = `var(--ms-${name})`; // resolves light-dark()
    return [name, getComputedStyle(probe).color];
  }));
  probe.remove();
  colours.font = getComputedStyle(document.documentElement).getPropertyValue("--ms-font").replaceAll('"', "'");
  return colours;
};

const draw = (place, colours) => {
  const source = document.getElementById(place.dataset.source);
  const make = KINDS[place.dataset.chart];
  if (!source || !make) return;
  window.echarts.getInstanceByDom(place)?.dispose();
  const chart = window.echarts.init(place, null, { renderer: "svg" });
  chart.setOption(make(JSON.parse(source.textContent), colours, place.clientWidth < 480, place.clientWidth));
};

const drawAll = () => { const colours = palette(); all("[data-chart]").forEach((place) => draw(place, colours)); };

let waiting = 0;
const again = () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(drawAll); };

drawAll();
document.fonts.ready.then(again);
document.addEventListener("mainstay:theme", again);
document.addEventListener("mainstay:swapped", again);
addEventListener("resize", again);
addEventListener("beforeprint", () => all("[data-chart]").forEach((place) => window.echarts.getInstanceByDom(place)?.resize()));
