// What if: a bar dragged, or its start and length typed, is scheduled again by the server. State lives in the address; nothing is written.
import { one, say } from "../dom.js";
import { ROW, dates as datesOf } from "./draw.js";
import { DAY, SUMMARY } from "./model.js";

const EDGE = 6;

const keyOf = (gantt, row) => `${gantt.data.projects[gantt.data.project[row]].code}:${gantt.data.uid[row]}`;
const written = (changes) => [...changes].map(([key, change]) => `${key}:${change.start ?? ""}:${change.days ?? ""}`);

const read = () => new Map(new URLSearchParams(location.search).getAll("change").map((text) => {
  const [project, uid, start, days] = text.split(":");
  return [`${project}:${uid}`, { start: start || null, days: days ? Number(days) : null }];
}));

export const start = (gantt, fetched) => {
  const bar = one("[data-scenario]", gantt.section);
  gantt.changes = read();
  gantt.canMove = (row) => row !== undefined && row >= 0 && !(gantt.data.flags[row] & SUMMARY);
  gantt.scenario = { bar, fetched, isOn: false, asked: 0 };
  const toggle = one("[data-scenario-toggle]", gantt.section);
  toggle.addEventListener("click", () => turn(gantt, !gantt.scenario.isOn));
  one("[data-scenario-discard]", bar).addEventListener("click", () => { gantt.changes.clear(); ask(gantt); });
  one("form", bar).addEventListener("submit", (event) => { event.preventDefault(); typed(gantt); });
  drags(gantt);
  if (gantt.changes.size) { turn(gantt, true); ask(gantt); }
};

const turn = (gantt, isOn) => {
  gantt.scenario.isOn = isOn;
  gantt.scenario.bar.hidden = !isOn;
  one("[data-scenario-toggle]", gantt.section).setAttribute("aria-pressed", String(isOn));
  if (!isOn && gantt.changes.size) { gantt.changes.clear(); ask(gantt); }
  gantt.fit();
  gantt.tell();
};

/** The form speaks of the active row. */
export const follow = (gantt, row) => {
  if (!gantt.scenario?.isOn) return;
  const form = one("form", gantt.scenario.bar);
  const can = gantt.canMove(row);
  one("fieldset", form).disabled = !can;
  one("[data-scenario-name]", form).textContent = can ? `${gantt.data.code[row]} ${gantt.data.name[row]}` : gantt.words.choose;
  if (!can) return;
  const change = gantt.changes.get(keyOf(gantt, row));
  const told = datesOf({ data: gantt.data, tried: gantt.tried }, row);
  form.elements.start.value = change?.start ?? (told.start === null ? "" : gantt.calendar.iso(told.start));
  form.elements.days.value = change?.days ?? "";
};

const typed = (gantt) => {
  const row = gantt.rows[gantt.active];
  if (!gantt.canMove(row)) return;
  const form = one("form", gantt.scenario.bar);
  const told = datesOf({ data: gantt.data, tried: gantt.tried }, row);
  const held = gantt.changes.get(keyOf(gantt, row));
  const begins = form.elements.start.value;
  const isMoved = begins && (held?.start || told.start === null || begins !== gantt.calendar.iso(told.start));
  set(gantt, row, { start: isMoved ? begins : null, days: form.elements.days.value === "" ? null : Number(form.elements.days.value) });
};

const set = (gantt, row, change) => {
  const key = keyOf(gantt, row);
  if (change.start === null && change.days === null) gantt.changes.delete(key); else gantt.changes.set(key, change);
  ask(gantt);
};

/** The server schedules the plan with the changes; only the last question counts. */
const ask = async (gantt) => {
  const query = new URLSearchParams(written(gantt.changes).map((text) => ["change", text]));
  const address = new URL(location.href);
  address.searchParams.delete("change");
  for (const text of query.getAll("change")) address.searchParams.append("change", text);
  history.replaceState(null, "", address);
  const mine = ++gantt.scenario.asked;
  if (!gantt.changes.size) { gantt.tried.clear(); gantt.paint(); gantt.tell(); return write(gantt, []); }
  write(gantt, [gantt.words.working]);
  const asked = new URL(gantt.section.dataset.scenario, location.href);  // which may name a moment of the past
  for (const text of query.getAll("change")) asked.searchParams.append("change", text);
  const answer = await fetch(asked, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  const told = await answer.json().catch(() => ({ fault: gantt.words.failed }));
  if (mine !== gantt.scenario.asked) return undefined;
  gantt.tried.clear();
  const after = (instant) => (instant === null ? null : instant - gantt.data.base);
  for (const [place, begins, ends, flags] of told.lines ?? []) {
    const row = gantt.data.number.get(place);
    if (row !== undefined) gantt.tried.set(row, { start: after(begins), finish: after(ends), flags });
  }
  for (const [project, begins, ends] of told.projects ?? []) gantt.tried.set(-1 - project, { start: after(begins), finish: after(ends), flags: SUMMARY });
  gantt.paint();
  gantt.tell();
  return write(gantt, told.fault ? [told.fault] : told.sentences);
};

const write = (gantt, sentences) => {
  const list = one("[data-scenario-told]", gantt.scenario.bar);
  list.replaceChildren(...sentences.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  if (sentences.length) say(sentences[0]);
};

/** Press on a bar and move it: by its end its length changes, else its start. */
const drags = (gantt) => {
  let held = null;
  const found = (event) => {
    const { x, y, row } = gantt.under(event);
    if (!gantt.scenario.isOn || !gantt.canMove(row) || x < gantt.side || !gantt.view) return null;
    const told = datesOf({ data: gantt.data, tried: gantt.tried }, row);
    const left = gantt.view.x(told.start), right = Math.max(gantt.view.x(told.finish), left + 8);
    return x < left - 4 || x > right + EDGE || y % ROW < 0 ? null : { row, x, told, byEnd: x > right - EDGE && told.finish > told.start };
  };
  gantt.canvas.addEventListener("pointermove", (event) => {
    if (!held) { gantt.canvas.style.cursor = found(event) ? (found(event).byEnd ? "ew-resize" : "grab") : ""; return; }
    const shift = (gantt.under(event).x - held.x) / gantt.pixels * DAY;
    const { told } = held;
    held.shift = Math.round(shift / DAY);
    gantt.tried.set(held.row, { start: told.start + (held.byEnd ? 0 : shift), finish: Math.max(told.finish + shift, told.start), flags: gantt.data.flags[held.row] });
    gantt.paint();
  });
  gantt.canvas.addEventListener("pointerdown", (event) => {
    held = found(event);
    if (held) { gantt.canvas.setPointerCapture(event.pointerId); event.preventDefault(); }
  });
  const drop = (isDone) => {
    if (!held) return;
    const { row, told, byEnd, shift } = held;
    held = null;
    if (!isDone || !shift) { ask(gantt); return; }
    const change = gantt.changes.get(keyOf(gantt, row)) ?? { start: null, days: null };
    if (byEnd) set(gantt, row, { ...change, days: workdays(gantt, told.start, told.finish + shift * DAY) });
    else set(gantt, row, { ...change, start: gantt.calendar.iso(told.start + shift * DAY) });
  };
  gantt.canvas.addEventListener("pointerup", () => drop(true));
  gantt.canvas.addEventListener("pointercancel", () => drop(false));
};

/** Mondays to Fridays of a span, as a first word for its length; the form beside it says any other. */
const workdays = (gantt, from, to) => {
  let count = 0;
  for (let at = from; at < to; at += DAY) { const day = gantt.calendar.date(at).getUTCDay(); if (day !== 0 && day !== 6) count += 1; }
  return Math.max(count, 1);
};
