// Long work: asks for the status and shows it. Without script the page says to reload.
//   <div data-job data-status-url="…">; the address answers JSON {percent, detail, state, url}.
import { all, one } from "./dom.js";

const OVER = new Set(["done", "failed", "cancelled"]);

const show = (job, told) => {
  const bar = one("[data-job-bar]", job);
  if (bar && told.percent !== null && told.percent !== undefined) {
    bar.value = told.percent;
    one("[data-job-percent]", job).textContent = `${told.percent} %`;
  }
  const detail = one("[data-job-detail]", job);
  if (detail && detail.textContent !== told.detail) detail.textContent = told.detail ?? "";
};

const ask = async (job, wait) => {
  if (!job.isConnected) return;
  try {
    const answer = await fetch(job.dataset.statusUrl, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    show(job, told);
    if (OVER.has(told.state)) {
      if (told.url) location.assign(told.url); else location.reload();
      return;
    }
    wait = Math.min(wait * 1.2, 5000);
  } catch { wait = 5000; }
  setTimeout(() => ask(job, wait), wait);
};

const watch = () => all("[data-job][data-status-url]:not([data-watched])").forEach((job) => { job.dataset.watched = "yes"; ask(job, 700); });

export const start = () => { watch(); document.addEventListener("mainstay:swapped", watch); };
