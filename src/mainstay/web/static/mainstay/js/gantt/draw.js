// Draws what is in view, and nothing else, on one canvas: names at the left, bars beside them, the axis on top.
import { ticks } from "./axis.js";
import { BETWEEN, CRITICAL, DAY, MILESTONE, ON_PATH, SUMMARY, isOpenable } from "./model.js";

export const ROW = 28, HEAD = 30;
const NAMES = ["ink", "ink-2", "surface", "sunken", "grid", "border", "border-control", "accent", "accent-wash", "red", "red-wash", "amber", "ghost", "none", "data-1", "data-fill"];

/** The theme's colours as they are now; a custom property is resolved by an element that wears it. */
export const colours = (within) => {
  const probe = within.appendChild(document.createElement("i"));
  const found = {};
  for (const name of NAMES) { probe.style.color = `var(--ms-${name})`; found[name] = getComputedStyle(probe).color; }
  const font = getComputedStyle(within).fontFamily;
  probe.remove();
  return { ...found, font };
};

export const draw = (context, view) => {
  const { width, height, rows, top, colour } = view;
  context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  context.fillStyle = colour.surface;
  context.fillRect(0, 0, width, height);
  context.textBaseline = "middle";
  const first = Math.max(0, Math.floor(top / ROW));
  const last = Math.min(rows.length - 1, Math.floor((top + height - HEAD) / ROW));
  bands(context, view, first, last);
  context.save();
  context.beginPath();
  context.rect(view.side, HEAD, width - view.side, height - HEAD);
  context.clip();
  grid(context, view);
  for (let place = first; place <= last; place += 1) bar(context, view, rows[place], place);
  links(context, view);
  upright(context, view, view.today, colour.accent, 1.5);
  context.restore();
  names(context, view, first, last);
  axis(context, view);
};

const y = (view, place) => HEAD + place * ROW - view.top;

const bands = (context, view, first, last) => {
  for (let place = first; place <= last; place += 1) {
    const row = view.rows[place];
    if (place === view.active) context.fillStyle = view.colour["accent-wash"];
    else if (row < 0) context.fillStyle = view.colour.sunken;
    else continue;
    context.fillRect(0, y(view, place), view.width, ROW);
  }
};

const lines = (context, colour, width, path) => {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  path();
  context.stroke();
};

const upright = (context, view, at, colour, width) => {
  const x = view.x(at);
  lines(context, colour, width, () => { context.moveTo(x, HEAD); context.lineTo(x, view.height); });
};

const grid = (context, view) => {
  for (const tick of view.ticks) upright(context, view, tick.minutes, tick.strong ? view.colour["border-control"] : view.colour.grid, tick.strong ? 0.75 : 1);
};

const diamond = (context, x, middle, half) => {
  context.beginPath();
  context.moveTo(x, middle - half); context.lineTo(x + half, middle); context.lineTo(x, middle + half); context.lineTo(x - half, middle);
  context.closePath();
};

/** Where the row's bar lies: of a scenario where it was moved, else as recorded. */
export const dates = (view, row) => {
  const { data } = view;
  const tried = view.tried.get(row);
  if (row < 0) return tried ? { ...data.projects[-1 - row], start: tried.start, finish: tried.finish } : data.projects[-1 - row];
  return { start: tried ? tried.start : data.start[row], finish: tried ? tried.finish : data.finish[row], baseline_start: data.baseline_start[row], baseline_finish: data.baseline_finish[row] };
};

const bar = (context, view, row, place) => {
  const { data, colour } = view;
  const told = dates(view, row);
  if (told.start === null || told.finish === null) return;
  const left = view.x(told.start), right = Math.max(view.x(told.finish), left + 3);
  const top = y(view, place);
  if (view.baselines && told.baseline_finish !== null) ghost(context, view, row, told, top);
  if (right < view.side && row >= 0) return;
  if (row < 0) { status(context, view, data.projects[-1 - row].status, top); return block(context, left, right, top + 8, 7, colour["ink-2"]); }
  const tried = view.tried.get(row);
  const flags = tried ? tried.flags : data.flags[row];
  const critical = Boolean(flags & (CRITICAL | ON_PATH));
  if (tried) was(context, view, row, top);
  if (flags & MILESTONE) { diamond(context, left, top + 13, 7); context.fillStyle = critical ? colour.red : colour.ink; context.fill(); return undefined; }
  if (flags & SUMMARY) return block(context, left, right, top + 9, 5, colour["ink-2"]);
  block(context, left, right, top + 6, 13, critical ? colour["red-wash"] : colour["data-fill"]);
  if (data.percent[row]) block(context, left, left + (right - left) * data.percent[row] / 100, top + 10.5, 4, critical ? colour.red : colour["data-1"]);
  context.strokeStyle = critical ? colour.red : colour["data-1"];
  context.lineWidth = critical ? 1.75 : 0.75;
  context.strokeRect(left, top + 6, right - left, 13);
  return undefined;
};

const block = (context, left, right, top, high, fill) => { context.fillStyle = fill; context.fillRect(left, top, Math.max(right - left, 1), high); };

const ghost = (context, view, row, told, top) => {
  const end = view.x(told.baseline_finish);
  context.fillStyle = view.colour.ghost;
  if (row >= 0 && view.data.flags[row] & MILESTONE) { diamond(context, end, top + 18, 5); context.fill(); }
  else if (told.baseline_start !== null) { const begin = view.x(told.baseline_start); context.fillRect(begin, top + 21, Math.max(end - begin, 2), 4); }
};

/** Where a bar of a scenario stands in the record: an empty frame. */
const was = (context, view, row, top) => {
  const { data, colour } = view;
  if (data.start[row] === null) return;
  context.setLineDash([3, 2]);
  context.strokeStyle = colour.none;
  context.lineWidth = 1;
  context.strokeRect(view.x(data.start[row]), top + 4, Math.max(view.x(data.finish[row]) - view.x(data.start[row]), 3), 17);
  context.setLineDash([]);
};

const status = (context, view, at, top) => {
  if (at === null) return;
  const x = view.x(at);
  context.beginPath();
  context.moveTo(x - 4, top + 1); context.lineTo(x + 4, top + 1); context.lineTo(x, top + 7); context.closePath();
  context.fillStyle = view.colour.surface; context.fill();
  context.strokeStyle = view.colour.amber; context.lineWidth = 1.5; context.stroke();
};

/** Lines to and from the active row: all that it waits for and all that waits for it. */
const links = (context, view) => {
  const { data, colour } = view;
  const row = view.rows[view.active];
  if (row === undefined || row < 0) return;
  for (const at of [...(data.before.get(row) ?? []), ...(data.after.get(row) ?? [])]) {
    const source = data.links.source[at], target = data.links.target[at], type = data.links.type[at];
    const from = dates(view, source), to = dates(view, target);
    const x1 = view.x(type[0] === "S" ? from.start : from.finish), x2 = view.x(type[1] === "F" ? to.finish : to.start);
    const a = view.placeOf(source), b = view.placeOf(target);
    if (a < 0 || b < 0) continue;
    const y1 = y(view, a) + 12.5, y2 = y(view, b) + (b > a ? 5 : 20);
    const turn = Math.max(x1 + 6, x2 + 3);
    if (data.links.flags[at] & BETWEEN) context.setLineDash([5, 3]);
    lines(context, data.links.flags[at] & BETWEEN ? colour.accent : colour.ink, 1.5, () => { context.moveTo(x1, y1); context.lineTo(turn, y1); context.lineTo(turn, y2); });
    context.setLineDash([]);
    context.fillStyle = colour.ink;
    context.beginPath(); context.moveTo(turn, y2); context.lineTo(turn - 3.5, y2 + (b > a ? -5 : 5)); context.lineTo(turn + 3.5, y2 + (b > a ? -5 : 5)); context.fill();
  }
};

const fitted = (context, text, room) => {
  if (text.length * 7.5 < room || context.measureText(text).width <= room) return text;
  let length = Math.max(1, Math.floor(room / 6.2));
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > room) length -= 1;
  return `${text.slice(0, length)}…`;
};

const names = (context, view, first, last) => {
  const { data, colour, side } = view;
  context.fillStyle = colour.border;
  context.fillRect(side - 1, 0, 1, view.height);
  for (let place = first; place <= last; place += 1) {
    const row = view.rows[place], top = y(view, place), middle = top + ROW / 2;
    context.fillStyle = colour.grid;
    context.fillRect(0, top + ROW - 1, view.width, 1);
    const depth = row < 0 ? 0 : Math.min(data.outline[row], 6);
    const left = 10 + depth * 10;
    context.fillStyle = colour.ink;
    context.font = `${row < 0 || data.flags[row] & SUMMARY ? 600 : 400} 12px ${colour.font}`;
    if (isOpenable(data, row)) context.fillText(view.closed.has(row) ? "▸" : "▾", left, middle);
    const text = row < 0 ? `${data.projects[-1 - row].code} ${data.projects[-1 - row].title}` : `${data.code[row]} ${data.name[row]}`;
    const room = side - left - 20 - (side > 260 ? 84 : 0);
    context.fillText(fitted(context, text, room), left + 14, middle);
    if (side > 260) { context.textAlign = "right"; context.fillText(view.said(dates(view, row).finish), side - 8, middle); context.textAlign = "left"; }
  }
};

const axis = (context, view) => {
  const { colour, side } = view;
  context.fillStyle = colour.surface;
  context.fillRect(0, 0, view.width, HEAD);
  context.fillStyle = colour.border;
  context.fillRect(0, HEAD - 1, view.width, 1);
  let free = side;
  for (const tick of view.ticks) {
    const x = view.x(tick.minutes) + 3;
    if (x < free) continue;
    context.font = `${tick.strong ? 600 : 400} 11px ${colour.font}`;
    context.fillStyle = tick.strong ? colour.ink : colour["ink-2"];
    context.fillText(tick.word, x, HEAD / 2 + 4);
    free = x + context.measureText(tick.word).width + 8;
  }
};

/** The ticks between the edges of the view, with their instants. */
export const placed = (view, calendar, lang) =>
  ticks(calendar.date(view.at(view.side)), calendar.date(view.at(view.width)), view.pixels, lang).map((tick) => ({ ...tick, minutes: calendar.minutes(tick.at) }));

export { DAY };
