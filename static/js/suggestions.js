// Offers names while somebody types into a search box, as the browser's own list of choices. Without this module the
// box sends what was typed, and the page it opens begins with the same names.

const WAIT = 150;
let lists = 0;

function listFor(box) {
  const list = document.createElement("datalist");
  list.id = `suggestions-${++lists}`;
  box.after(list);
  box.setAttribute("list", list.id);
  return list;
}

// The browser shows those choices only that hold what was typed, in the name or beside it: the reading stands there.
function choice({ title, reading, kind }, typed) {
  const option = document.createElement("option");
  option.value = title;
  option.label = [title, reading, kind, title.includes(typed) || reading.includes(typed) ? "" : typed].filter(Boolean).join(" ");
  return option;
}

function enliven(box) {
  let list = null;
  let timer = 0;
  let running = null;

  async function suggest() {
    const typed = box.value.trim();
    running?.abort();
    if (!typed) return list?.replaceChildren();
    running = new AbortController();
    const address = new URL(box.dataset.suggestions, location.href);
    address.search = new URLSearchParams({ q: typed });
    try {
      const answer = await fetch(address, { signal: running.signal, credentials: "omit" });
      if (!answer.ok) return;
      const { suggestions } = await answer.json();
      list ??= listFor(box);
      list.replaceChildren(...suggestions.map((named) => choice(named, typed)));
    } catch {
      // Whoever types on asks again; without a line there is nothing to offer.
    }
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, WAIT);
  });
}

document.querySelectorAll("input[data-suggestions]").forEach(enliven);
