// Forms: focus on what is wrong, marks on what was changed, a warning before typed words are lost.
import { all, on, one } from "./dom.js";

const valueOf = (question) => {
  const input = one("input:checked, input:not([type=radio]):not([type=checkbox]), textarea, select", question);
  return input?.value ?? "";
};

const mark = (question) => {
  question.classList.toggle("is-changed", valueOf(question) !== question.dataset.was);
  const form = question.closest("form");
  const questions = all("[data-q]", form);
  const told = one("[data-changed]", form);
  if (told) told.textContent = (told.dataset.words ?? "{n} of {all} answers changed").replace("{n}", questions.filter((each) => each.classList.contains("is-changed")).length).replace("{all}", questions.length);
};

const isTyped = (form) => all("input, textarea, select", form).some((input) => {
  if (input.type === "hidden" || input.disabled) return false;
  if (input.type === "checkbox" || input.type === "radio") return input.checked !== input.defaultChecked;
  if (input.matches("select")) return [...input.options].some((option) => option.selected !== option.defaultSelected);
  return input.value !== input.defaultValue;
});

// A merge page: choosing a side fills the field that will be saved; it stays open to a third answer.
const takeSide = (button, event) => {
  const { take, into } = button.dataset;
  event.preventDefault();
  const field = all("[type=radio]").find((choice) => choice.id.startsWith(`${into}_`) && choice.value === take) ?? document.getElementById(into);
  if (!field) return;
  if (field.matches("[type=radio]")) field.checked = true;
  else if (field.matches("[type=checkbox]")) field.checked = take === "True" || take === "on";
  else field.value = take;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
};

export const start = () => {
  one("[data-errors]")?.focus();
  on("change", "[data-q]", mark);
  on("input", "[data-q]", mark);
  on("click", "[data-take][data-into]", takeSide);
  // Without script the buttons would only save, so they come with it.
  all("[data-take][data-into]").forEach((button) => { button.hidden = false; });
  on("change", "[data-submit-on-change]", (input) => input.form.requestSubmit());
  all("[data-q][data-was]").forEach(mark);

  let isSending = false;
  document.addEventListener("submit", () => { isSending = true; });
  addEventListener("beforeunload", (event) => {
    if (!isSending && all("form[data-keep]").some(isTyped)) event.preventDefault();
  });
};
