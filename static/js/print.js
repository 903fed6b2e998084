// Puts a button that prints the page into each [data-print], where the browser can print.

function offer(place) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.dataset.size = "small";
  button.textContent = "印刷する";
  button.addEventListener("click", () => window.print());
  place.append(button);
}

if (typeof window.print === "function") document.querySelectorAll("[data-print]").forEach(offer);
