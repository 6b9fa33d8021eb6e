// The server makes all HTML. This sends what the reader has typed, and brings the page in line with what comes back.
"use strict";

const state = document.getElementById("state");
const main = document.querySelector("main");
const GONE = "ldit does not answer; it may have been stopped";
const single = document.querySelector("article") !== null;
let saving = false;
let newest = 0;
let waiting;

function typed() {
  const values = { saving: String(saving) };
  for (const control of main.querySelectorAll("[name]")) {
    values[control.name] = control.type === "checkbox" ? String(control.checked) : control.value;
  }
  for (const group of main.querySelectorAll("[data-choices]")) {
    values[group.dataset.choices] = [...group.querySelectorAll(":checked")].map((box) => box.value).join(",");
  }
  return values;
}

function post(path, value) {
  return fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) });
}

async function refresh() {
  const mine = ++newest;
  try {
    const answer = single ? await post("render", typed()) : await fetch(location.href);
    const text = await answer.text();
    if (mine !== newest) return; // something was typed meanwhile, and is on its way
    if (!answer.ok) return say(text, true);
    const fresh = new DOMParser().parseFromString(text, "text/html");
    document.title = fresh.title;
    match(main, fresh.querySelector("main"));
    say("live", false);
    filter();
  } catch {
    say(GONE, true);
  }
}

// Changes what differs and leaves the rest alone: what is focused, selected, scrolled or unfolded stays so.
function match(old, fresh) {
  if (old.nodeName !== fresh.nodeName || (old.id ?? "") !== (fresh.id ?? "")) return old.replaceWith(fresh);
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  const [before, after] = [[...old.childNodes], [...fresh.childNodes]];
  after.forEach((child, index) => (before[index] ? match(before[index], child) : old.append(child)));
  before.slice(after.length).forEach((child) => child.remove());
}

function say(text, lost) {
  if (state.textContent !== text) state.textContent = text;
  state.classList.toggle("lost", lost);
}

async function copy(button) {
  const text = button.parentElement.querySelector("pre");
  try {
    await navigator.clipboard.writeText(text.textContent.trim());
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(text); // not allowed here; the reader's own keys are
    button.textContent = "Selected";
  }
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 40);
}

function filter() {
  const words = (document.getElementById("filter")?.value ?? "").toLowerCase().split(/\s+/);
  let left = 0;
  for (const row of main.querySelectorAll("[data-words]")) {
    row.hidden = !words.every((word) => row.dataset.words.includes(word));
    left += row.hidden ? 0 : 1;
  }
  document.getElementById("none-left")?.toggleAttribute("hidden", left > 0);
}

// A fix is shown before it is made: what is applied is exactly the difference with this digest.
const dialog = document.getElementById("fix");
let proposal = null;

async function propose(button) {
  const wanted = { rule: button.dataset.fix, unsafe: button.dataset.unsafe === "true" };
  await shown(wanted, await post("fix", wanted));
}

async function shown(wanted, answer) {
  const found = answer.ok ? await answer.json() : { diff: "", digest: "", message: await answer.text() };
  proposal = { ...wanted, digest: found.digest };
  const lines = found.diff.split("\n").map((line) => {
    const part = document.createElement("span");
    part.className = line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : "";
    part.textContent = `${line}\n`;
    return part;
  });
  document.getElementById("fix-diff").replaceChildren(...lines);
  document.getElementById("fix-message").textContent = found.message ?? "";
  document.getElementById("fix-apply").disabled = !found.digest;
  if (!dialog.open) dialog.showModal();
}

async function apply() {
  const answer = await post("apply", proposal);
  if (answer.ok) {
    dialog.close();
    refresh();
  } else {
    await shown(proposal, await post("fix", proposal));
    document.getElementById("fix-message").textContent = await answer.text();
  }
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, ({ target }) => {
    if (target.id === "filter") filter();
    else if (single && main.contains(target)) soon();
  });
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if ("save" in button.dataset) {
    saving = true;
    refresh();
  } else if ("event" in button.dataset) {
    main.querySelector("[name=event]").value = button.dataset.event;
    await refresh();
    main.querySelector(".requests").scrollIntoView();
  } else if ("copy" in button.dataset) {
    await copy(button);
  } else if ("fix" in button.dataset) propose(button);
  else if (button.id === "fix-apply") apply();
  else if (button.id === "fix-cancel") dialog.close();
});

const changes = new EventSource("changes");
changes.onmessage = refresh;
changes.onopen = async () => {
  await refresh(); // something may have changed before it was open
  state.dataset.listening = "true";
};
changes.onerror = () => say(GONE, true);
filter();
