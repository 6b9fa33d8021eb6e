// Makes each room of the table of rules unfold, and filters all rules by words, severity and fix.
// Without JavaScript the page is the plain list.
(() => {
  const SEVERITIES = ["error", "warning", "note"];
  const FIXES = { "[*]": "--fix", "[!]": "--unsafe-fixes" };

  function choice(label, values) {
    const select = document.createElement("select");
    select.setAttribute("aria-label", label);
    select.append(new Option(label, ""));
    for (const [value, text] of values) select.append(new Option(text, value));
    return select;
  }

  function folded(heading, table) {
    const details = document.createElement("details");
    details.className = "rules-room";
    const summary = document.createElement("summary");
    const rows = [...table.querySelectorAll("tbody tr")];
    details.append(summary);
    heading.before(details);
    details.append(heading, table.closest(".md-typeset__scrollwrap") ?? table);
    summary.id = `room-${heading.id}`;
    heading.hidden = true;
    return { details, summary, rows, name: heading.firstChild.textContent.trim() };
  }

  function start() {
    const article = document.querySelector("article");
    const title = article?.querySelector("h1");
    if (!title || !title.textContent.startsWith("Rules") || article.querySelector(".rules-filter")) return;
    const rooms = [...article.querySelectorAll("h2")].map((heading) => {
      let next = heading.nextElementSibling;
      while (next && !next.matches("table, .md-typeset__scrollwrap")) next = next.nextElementSibling;
      return folded(heading, next.matches("table") ? next : next.querySelector("table"));
    });
    const words = document.createElement("input");
    words.type = "search";
    words.placeholder = "Filter rules";
    words.setAttribute("aria-label", "Filter rules");
    const severity = choice("any severity", SEVERITIES.map((name) => [name, name]));
    const fix = choice("fixed or not", Object.entries(FIXES).map(([mark, name]) => [mark, `fixed by ${name}`]));
    const bar = document.createElement("div");
    bar.className = "rules-filter";
    bar.append(words, severity, fix);
    rooms[0].details.before(bar);

    function show() {
      const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
      const filtering = wanted.length > 0 || severity.value !== "" || fix.value !== "";
      for (const room of rooms) {
        let count = 0;
        for (const row of room.rows) {
          const [rule, level, , mark] = row.cells;
          const text = `${room.name} ${rule.textContent}`.toLowerCase();
          const fits =
            wanted.every((word) => text.includes(word)) &&
            level.textContent.startsWith(severity.value) &&
            mark.textContent.includes(fix.value);
          row.hidden = !fits;
          count += fits;
        }
        room.summary.textContent = `${room.name} (${count})`;
        room.details.hidden = count === 0;
        room.details.open = filtering;
      }
    }
    for (const field of [words, severity, fix]) field.addEventListener("input", show);
    show();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
