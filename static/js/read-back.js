// Says beside a field, while somebody types, what the server reads it as: 令和3年2月10日（水）, 37億4,025万円.

const PAUSE = 250;
const waiting = new WeakMap();

async function say(field, place) {
  const typed = field.value;
  const address = new URL(field.dataset.readBackAt, location.href);
  address.search = new URLSearchParams({ kind: field.dataset.readBack, text: typed });
  const answer = await fetch(address).catch(() => null);
  const words = answer?.ok && !answer.redirected ? await answer.text() : "";
  // Somebody may have typed on meanwhile.
  if (field.value === typed && place.textContent !== words) place.textContent = words;
}

function placeOf(field) {
  let element = field.nextElementSibling;
  while (element && !element.matches(".read-back")) element = element.nextElementSibling;
  return element;
}

// The calendar and the clock fill a field in without a word, and then give it the focus.
function follow({ type, target }) {
  if (!target.matches?.("[data-read-back]")) return;
  const place = placeOf(target);
  if (!place || (type === "focusin" && target.dataset.said === target.value)) return;
  target.dataset.said = target.value;
  clearTimeout(waiting.get(target));
  waiting.set(target, setTimeout(say, PAUSE, target, place));
}

for (const type of ["input", "change", "focusin"]) document.addEventListener(type, follow);
