// Everything works without this file. It only saves a page load, a click or a keystroke.
"use strict";

// After a form came back with errors, or an answer came, begin reading there.
const first = document.querySelector(".errors, .answer");
if (first) first.focus();

// A link to a clause opens it.
const openTarget = () => {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
};
addEventListener("hashchange", openTarget);
openTarget();

// "All evidence" in the margin: fetched into its place. If that fails, the link is still a link.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-trail]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href, { headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const trail = page.querySelector("main .trail");
    if (!trail) throw new Error("no trail");
    const place = link.closest(".behind");
    place.querySelector(".brief")?.remove();
    const whole = document.createElement("a");
    whole.href = link.href;
    whole.textContent = "The clause on its own page";
    link.parentElement.before(trail);
    link.replaceWith(whole);
    trail.tabIndex = 0;
    trail.setAttribute("aria-label", "All evidence");
    trail.focus();
  } catch {
    location.assign(link.href);
  }
});

// The margin as a whole: open all, close all, show only what wants somebody.
const clauses = [...document.querySelectorAll("details.clause")];
const standing = document.getElementById("standing");
if (clauses.length && standing) {
  const bar = document.createElement("p");
  bar.className = "actions margin-bar";
  const button = (words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "plain";
    made.textContent = words;
    made.addEventListener("click", () => act(made));
    bar.append(made);
  };
  button("Open every clause", (self) => {
    const open = self.textContent.startsWith("Open");
    for (const clause of clauses) clause.open = open;
    self.textContent = open ? "Close every clause" : "Open every clause";
  });
  button("Hide what is kept", (self) => {
    const hide = self.textContent.startsWith("Hide");
    for (const clause of clauses) clause.hidden = hide && clause.dataset.verdict === "kept";
    self.textContent = hide ? "Show what is kept" : "Hide what is kept";
  });
  standing.append(bar);
}

// A clause's id can be copied.
for (const id of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = "plain";
  copy.textContent = "Copy";
  copy.setAttribute("aria-label", `Copy ${id.textContent}`);
  const words = id.textContent;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(words);
    copy.textContent = "Copied";
  });
  id.append(" ", copy);
}
