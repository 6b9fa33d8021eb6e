// The server renders everything; this puts its newest <main> in the place of the one that is shown.
async function refresh() {
  const state = document.getElementById("state");
  try {
    const page = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
    const [shown, fresh] = [document.querySelector("main"), page.querySelector("main")];
    if (shown.innerHTML !== fresh.innerHTML) shown.replaceWith(fresh);
    state.textContent = page.getElementById("state").textContent;
  } catch {
    state.textContent = "The sandbox does not answer; it may have been stopped.";
  }
  setTimeout(refresh, 1000);
}
setTimeout(refresh, 1000);
