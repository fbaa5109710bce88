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

// A recording is sent in pieces, so that a broken line costs a few seconds of it: the server says where it goes on.
// Without this, the form sends it whole.
const recorder = document.querySelector("form[data-pieces]");
recorder?.addEventListener("submit", async (event) => {
  const file = recorder.querySelector("input[type=file]").files[0];
  if (!file?.size || !/^(audio|video)\//.test(file.type)) return;
  event.preventDefault();
  const button = recorder.querySelector("button");
  button.disabled = true;
  const bar = document.createElement("progress");
  bar.max = file.size;
  bar.setAttribute("aria-label", "How much has arrived");
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  recorder.append(bar, said);
  // Known again by its length and its hour, never by its name.
  const mark = `arriving ${recorder.dataset.pieces} ${file.size} ${file.lastModified}`;
  const call = (to, method, head, body) =>
    fetch(to, { method, body, redirect: "manual", headers: { "tus-resumable": "1.0.0", ...head } });
  const out = (answer) =>
    answer.type === "opaqueredirect" ? "You have been signed out. Sign in again, and choose the same file to go on." : "";
  const offset = (answer) => Number(answer.headers.get("upload-offset"));
  // A piece goes by an older road than fetch: it alone says how much of a piece has been sent.
  const send = (to, from, piece, sent) =>
    new Promise((done, failed) => {
      const call = new XMLHttpRequest();
      call.open("PATCH", to);
      call.setRequestHeader("tus-resumable", "1.0.0");
      call.setRequestHeader("upload-offset", String(from));
      call.setRequestHeader("content-type", "application/offset+octet-stream");
      call.upload.addEventListener("progress", (event) => sent(event.loaded));
      call.addEventListener("load", () =>
        done({
          status: call.status,
          text: call.responseText,
          at: Number(call.getResponseHeader("upload-offset")),
          type: call.responseURL.endsWith(to) ? "basic" : "opaqueredirect",
        }),
      );
      for (const end of ["error", "abort", "timeout"]) call.addEventListener(end, () => failed(new Error(end)));
      call.send(piece);
    });
  // Said aloud only now and then; the bar moves all the time.
  let told = -1;
  const show = (at) => {
    bar.value = at;
    const tenth = Math.floor((10 * at) / file.size);
    if (tenth === told) return;
    told = tenth;
    said.textContent = `${Math.floor((100 * at) / file.size)} % of it has arrived.`;
  };
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const PIECE = 16 * 1024 * 1024;
  let wait = 1000;
  while (true) {
    let no = "";
    try {
      let place = localStorage.getItem(mark);
      let at = 0;
      if (place) {
        const answer = await call(place, "HEAD");
        no = out(answer);
        if (answer.ok) at = offset(answer);
        else if (answer.status === 403 || answer.status === 404) place = null;
        else throw new Error("busy");
      }
      if (!place) {
        const answer = await call(recorder.dataset.pieces, "POST", {
          "upload-length": String(file.size),
          "upload-metadata": `filetype ${btoa(file.type)}`,
        });
        no = out(answer);
        if (answer.status >= 400 && answer.status < 500) no = await answer.text();
        if (!answer.ok) throw new Error("not begun");
        place = answer.headers.get("location");
        localStorage.setItem(mark, place);
      }
      while (at < file.size) {
        show(at);
        const piece = file.slice(at, at + PIECE);
        const answer = await send(place, at, piece, (sent) => show(at + Math.min(sent, piece.size)));
        no = out(answer);
        if (answer.status === 403 || answer.status === 413) no = answer.text;
        if (answer.status !== 204) throw new Error("not taken");
        at = answer.at;
        wait = 1000;
      }
      show(file.size);
      localStorage.removeItem(mark);
      location.reload();
      return;
    } catch {
      if (no) {
        bar.remove();
        said.textContent = no;
        button.disabled = false;
        return;
      }
      told = -1;
      said.textContent = "The line broke. What has arrived is kept; trying again.";
      await pause(wait);
      wait = Math.min(2 * wait, 30000);
    }
  }
});
