// The page to sign in on.

import { currentLanguage, request, say, setLanguage, showLanguage } from "./kit.js";

const form = document.getElementById("form");
const problem = document.getElementById("problem");
const button = form.querySelector("button");
const second = document.getElementById("second");
const language = document.getElementById("language");
const MISSING = ["请填写账号和密码", "Please fill in account and password"];
let waiting = 0;

function tell(text) {
  problem.textContent = text;
  problem.hidden = !text;
}

function showChoice() {
  const other = currentLanguage() === "en" ? "zh" : "en";
  language.textContent = other === "en" ? "English" : "中文";
  language.lang = other === "en" ? "en" : "zh-CN";
  document.title = say(["登录 · 值班台", "Sign in · Duty desk"]);
}

language.addEventListener("click", () => {
  setLanguage(currentLanguage() === "en" ? "zh" : "en");
  tell("");
  showChoice();
});

/** Count down while the account waits, so that nobody wonders when to try again. */
function wait(title, seconds) {
  clearInterval(waiting);
  let left = seconds;
  const step = () => {
    button.disabled = left > 0;
    tell(left > 0 ? say([`${title}（${left} 秒）`, `${title} (${left} s)`]) : "");
    if (left-- <= 0) clearInterval(waiting);
  };
  waiting = setInterval(step, 1000);
  step();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { name, password, code } = Object.fromEntries(new FormData(form));
  if (!name.trim() || !password) {
    tell(say(MISSING));
    form.elements[name.trim() ? "password" : "name"].focus();
    return;
  }
  button.disabled = true;
  tell("");
  try {
    await request("POST", "/api/session", { name, password, code });
    location.replace(`/${location.hash}`);
  } catch (error) {
    button.disabled = false;
    if (error.code === "sign_in.code_needed") {
      second.hidden = false;
      form.elements.code.focus();
      return;
    }
    (second.hidden ? form.elements.password : form.elements.code).select();
    if (error.retry_after) wait(error.title, error.retry_after);
    else tell(error.title);
  }
});

showLanguage();
showChoice();
