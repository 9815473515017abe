// The plan as columns, and which of its rows are shown. Row numbers: 0 … lines-1 are activities, -1-p is project p.
export const SUMMARY = 1, MILESTONE = 2, CRITICAL = 4, ON_PATH = 8, BETWEEN = 2;
export const DAY = 1440;

/** Columns of what the server sent, with the links of each line and the end of each branch. */
export const plan = (sent) => {
  const { lines, links } = sent;
  const count = lines.place.length;
  const before = new Map(), after = new Map();
  const keep = (map, key, value) => { const held = map.get(key); if (held) held.push(value); else map.set(key, [value]); };
  links.source.forEach((source, at) => { keep(after, source, at); keep(before, links.target[at], at); });
  const members = sent.projects.map(() => []);
  for (let at = 0; at < count; at += 1) members[lines.project[at]].push(at);
  const number = new Map(lines.place.map((place, at) => [place, at]));
  return { base: sent.base, projects: sent.projects, ...lines, links, before, after, members, number, count };
};

/** The rows to show, as an Int32Array: each project, and below it what is open and asked for. */
export const rows = (data, { closed, only, text }) => {
  const found = [];
  const wanted = text.toLowerCase();
  data.members.forEach((members, project) => {
    found.push(-1 - project);
    if (closed.has(-1 - project)) return;
    let under = Infinity;
    for (const at of members) {
      if (data.outline[at] > under) continue;
      under = closed.has(at) ? data.outline[at] : Infinity;
      if (only === "critical" && !(data.flags[at] & (CRITICAL | ON_PATH))) continue;
      if (only === "milestones" && !(data.flags[at] & MILESTONE)) continue;
      if (wanted && !matches(data, at, wanted)) continue;
      found.push(at);
    }
  });
  return Int32Array.from(found);
};

export const matches = (data, at, wanted) => data.code[at].toLowerCase().includes(wanted) || data.name[at].toLowerCase().includes(wanted);

export const isOpenable = (data, row) => row < 0 || Boolean(data.flags[row] & SUMMARY);

/** First and last instant of everything, in minutes after the base. */
export const reach = (data, today) => {
  let first = today, last = today;
  for (const column of ["start", "finish", "baseline_start", "baseline_finish"]) {
    for (const at of data[column]) if (at !== null) { if (at < first) first = at; if (at > last) last = at; }
  }
  return [first - 14 * DAY, last + 60 * DAY];
};

// EPOCH of instants: minutes since then (engine.worktime); the server says it, so that no date is known twice.
export const dates = (epoch, base) => {
  const zero = Date.parse(`${epoch}T00:00:00Z`) + base * 60000;
  const format = new Intl.DateTimeFormat(document.documentElement.lang || "en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return {
    day: (minutes) => (minutes === null ? "–" : format.format(zero + minutes * 60000)),
    iso: (minutes) => new Date(zero + minutes * 60000).toISOString().slice(0, 10),
    date: (minutes) => new Date(zero + minutes * 60000),
    minutes: (date) => (Number(date) - zero) / 60000,
  };
};
