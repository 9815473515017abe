// A return is saved as it is filled: each answer when it is left, with what could not be saved told beside it.
import { all, on, one, token } from "./dom.js";

const WAIT = 400;
const A_LOOK = 5000;
let timer = 0;
let isSaving = false;
let isStale = false;

const show = (form, { standing, faults, told }) => {
  for (const [key, value] of Object.entries(standing)) {
    const was = one(`[data-was-of="${CSS.escape(key)}"]`, form);
    if (was) was.value = value;
  }
  for (const slot of all("[data-error-of]", form)) {
    const fault = faults[slot.dataset.errorOf] ?? "";
    slot.textContent = fault;
    slot.hidden = !fault;
    const question = slot.closest("[data-q]");
    question?.classList.toggle("ms-field--error", Boolean(fault));
    for (const input of all("input:not([type=hidden]), textarea, select", question)) {
      if (fault) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }
  if (told) one("[data-saved]", form).textContent = told;
};

const NOT_SAVED = {
  403: "Not saved: it was refused. Copy what you need and load the page again.",
  404: "Not saved: this return is not yours to fill in any more. Copy what you need, and ask the office.",
};

const save = async (form) => {
  if (isSaving) { isStale = true; return; }
  isSaving = true;
  try {
    const answer = await fetch(form.action || location.href, { method: "POST", body: new FormData(form), headers: { "X-Save": "yes", "X-CSRFToken": token() } });
    // What cannot be saved is told as well: somebody has sent it, or the link opens nothing any more.
    if (!answer.headers.get("Content-Type")?.includes("json")) throw new Error(String(answer.status));
    show(form, await answer.json());
  } catch (fault) {
    one("[data-saved]", form).textContent = NOT_SAVED[fault.message] ?? "Not saved: the server could not be reached. Press Save to try again.";
  } finally {
    isSaving = false;
  }
  if (isStale) { isStale = false; save(form); }
};

// A return counts as read once it has been in view for a while, not when it was fetched.
const note = (element) => {
  const look = setTimeout(() => fetch(element.dataset.seen, { method: "POST", headers: { "X-CSRFToken": token() } }).catch(() => {}), A_LOOK);
  addEventListener("pagehide", () => clearTimeout(look), { once: true });
};

// A signed link was opened by a person, not fetched by a program that looks through mail: told once, at the first sign of one.
const tellOpened = (form) => {
  const body = new FormData();
  body.set("do", "opened");
  fetch(location.href, { method: "POST", body, headers: { "X-Save": "yes", "X-CSRFToken": token() } }).catch(() => {});
  form.removeAttribute("data-opened");
};

export const start = () => {
  for (const element of all("[data-seen]", document)) note(element);
  for (const type of ["pointermove", "pointerdown", "keydown", "focusin"]) {
    document.addEventListener(type, () => { for (const form of all("form[data-opened]")) tellOpened(form); });
  }
  on("change", "form[data-saves] :is(input, textarea, select)", (input) => {
    clearTimeout(timer);
    timer = setTimeout(() => save(input.form), WAIT);
  });
};
