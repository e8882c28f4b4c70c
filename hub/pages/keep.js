// The code is in the address after "#", which the browser sends to nobody; it is sent here in a body, for a picture.
"use strict";

const NOTHING_TO_KEEP = ["over", "unknown", "busy", "offline"];
const MAY_COME = ["busy", "offline"];

async function asked() {
  const code = location.hash.slice(1);
  if (!code || code.length > 1024) return { state: "unknown" };
  try {
    const answer = await fetch("/api/members/keep", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code }),
    });
    if (answer.ok) return await answer.json();
    return { state: answer.status === 429 ? "busy" : answer.status < 500 ? "unknown" : "offline" };
  } catch {
    return { state: "offline" };
  }
}

function show(kept) {
  for (const part of document.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== kept.state;
  document.getElementById("code").hidden = !kept.picture;
  document.getElementById("anyway").hidden = !NOTHING_TO_KEEP.includes(kept.state);
  document.getElementById("retry").hidden = !MAY_COME.includes(kept.state);
  if (kept.picture) document.getElementById("picture").src = kept.picture;
  document.getElementById("until").textContent = kept.until || "";
}

async function look() {
  show({ state: "loading" });
  show(await asked());
}

document.getElementById("retry").addEventListener("click", look);
addEventListener("hashchange", look);
look();
