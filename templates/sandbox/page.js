// The server renders every row; this asks it for those that have changed, and puts them at the top.
const main = document.querySelector("main");
const note = document.getElementById("state");
const text = note.textContent;

function place(body, rows) {
  for (const [id, html] of Object.entries(rows)) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const shown = document.getElementById(id);
    if (shown) shown.replaceWith(template.content);
    else body.prepend(template.content);
  }
  while (body.rows.length > Number(body.dataset.most)) body.lastElementChild.remove();
}

async function refresh() {
  try {
    const answer = await fetch(`/changes?since=${main.dataset.state}`);
    if (answer.status === 200) {
      const changes = await answer.json();
      for (const id of changes.gone) document.getElementById(id)?.remove();
      place(document.getElementById("metrics"), changes.metrics);
      place(document.getElementById("events"), changes.events);
      if ("segments" in changes) document.getElementById("segments").innerHTML = changes.segments;
      document.getElementById("total").textContent = changes.counts.metrics;
      main.dataset.state = changes.state;
    }
    note.textContent = text;
  } catch {
    note.textContent = "The sandbox does not answer; it may have been stopped.";
  }
  setTimeout(refresh, 1000);
}
setTimeout(refresh, 1000);
