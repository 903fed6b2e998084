// Says who else has the record open, and says so again while the page stays open.

const EVERY_SECONDS = 45;
const notice = document.querySelector("[data-editors-url]");

async function ask() {
  const response = await fetch(notice.dataset.editorsUrl, { headers: { Accept: "application/json" } });
  if (!response.ok) return;
  const { editors } = await response.json();
  notice.querySelector("[data-editors]").textContent = editors.join("、");
  notice.hidden = editors.length === 0;
}

// A server that does not answer is asked again later: the notice is a help, nothing depends on it.
setInterval(() => ask().catch(() => {}), EVERY_SECONDS * 1000);
