// Applies a filter form as soon as it is changed: fetches the page that its button would open, and shows its results
// here. Without this module, or when anything goes wrong, the button opens that page as ever.

const FORM = "form[data-live]";

function addressOf(form) {
  const address = new URL(form.getAttribute("action") || location.pathname, location.href);
  const filled = [...new FormData(form)].filter(([, value]) => typeof value === "string" && value !== "");
  address.search = new URLSearchParams(filled);
  return address;
}

// The results: all that follows the form, or the disclosure it is folded into, where that stands.
function edgeOf(form) {
  return form.closest("details") ?? form;
}

function resultsOf(form) {
  const found = [];
  for (let next = edgeOf(form).nextElementSibling; next; next = next.nextElementSibling) found.push(next);
  return found;
}

function replaceResults(form, fresh) {
  for (const old of resultsOf(form)) old.remove();
  edgeOf(form).after(...fresh);
}

// What can be chosen further, with its numbers: the lists stay where they are, and so does the keyboard.
function refreshChoices(form, answered) {
  for (const fresh of answered.querySelectorAll("select")) {
    const list = form.elements.namedItem(fresh.name);
    const chosen = fresh.value;
    list?.replaceChildren(...fresh.children);
    if (list) list.value = chosen;
  }
}

// How the results name and count themselves.
function summaryOf(results) {
  const said = results.flatMap((part) => [...part.querySelectorAll("h2, .results__count")]).slice(0, 2);
  return said.map((element) => element.textContent.trim().replace(/\s+/g, " ")).join("。");
}

function makeStatus(form) {
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.append(status);
  return status;
}

function enliven(form) {
  const status = makeStatus(form);
  let shown = location.search;
  let running = null;

  async function apply() {
    const address = addressOf(form);
    running?.abort();
    form.removeAttribute("aria-busy");
    if (address.search === shown) return;
    running = new AbortController();
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: running.signal, headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const answered = page.querySelector(FORM);
      // What is wrong with the input is told by a whole page.
      if (!answer.ok || !answered || [form, answered].some((one) => one.querySelector(".error-summary"))) {
        location.assign(address);
        return;
      }
      const fresh = resultsOf(answered);
      replaceResults(form, fresh);
      refreshChoices(form, answered);
      history.pushState(null, "", address);
      shown = location.search;
      form.removeAttribute("aria-busy");
      status.textContent = `結果を更新しました。${summaryOf(fresh)}`;
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    }
  }

  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
  // Back and forth; but not where only the part of the page changes, as by the skip link.
  window.addEventListener("popstate", () => {
    if (location.search !== shown) location.reload();
  });
}

if (window.fetch && window.AbortController) document.querySelectorAll(FORM).forEach(enliven);
