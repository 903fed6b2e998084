// Puts a button that copies an address into each [data-copy-link="address"], where the browser lets pages copy.

const SECONDS_SHOWN = 4;

function offer(place) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.dataset.size = "small";
  button.textContent = "アドレスをコピー";

  const said = document.createElement("span");
  said.className = "copy-link__said";
  said.setAttribute("role", "status");

  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(place.dataset.copyLink || location.href);
      said.textContent = "コピーしました";
    } catch {
      said.textContent = "コピーできませんでした";
    }
    setTimeout(() => (said.textContent = ""), SECONDS_SHOWN * 1000);
  });
  place.append(button, said);
}

// Only over https or on this very machine does a browser have a clipboard to write to.
if (navigator.clipboard?.writeText) document.querySelectorAll("[data-copy-link]").forEach(offer);
