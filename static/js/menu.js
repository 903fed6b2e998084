// Folds the main menu behind a button on narrow screens. Without this module every entry is simply there.

const NARROW = "(max-width: 47.99rem)";

function makeButton(list) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "site-menu__toggle";
  button.textContent = "メニュー";
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", list.id);
  return button;
}

function fold(menu) {
  const list = menu.querySelector("ul");
  if (!list || menu.querySelector(".site-menu__toggle")) return;
  list.id ||= "site-menu-list";
  const button = makeButton(list);

  const show = (open) => {
    menu.toggleAttribute("data-open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => show(!menu.hasAttribute("data-open")));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.hasAttribute("data-open")) return;
    show(false);
    if (window.matchMedia(NARROW).matches) button.focus();
  });

  list.before(button);
  menu.setAttribute("data-collapsible", "");
}

document.querySelectorAll("[data-menu]").forEach(fold);
