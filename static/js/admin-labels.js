// Says what the back office's fields are for, where Django's own pages leave them without a name of their own.

const FIELDS = "input:not([type=hidden], [role]), select, textarea";

function textOf(element) {
  return element?.textContent.trim().replace(/[:：]$/, "") ?? "";
}

// What stands above or beside a field: its label, the head of its column, or the legend of its group.
function captionOf(field) {
  const cell = field.closest(".tabular td");
  const head = cell?.closest("table").tHead.rows[0].cells[cell.cellIndex];
  return textOf(field.labels?.[0] ?? head ?? field.closest("fieldset")?.querySelector(":scope > legend"));
}

// A day and a time are two fields; the word before each tells them apart.
function nameField(field) {
  if (field.labels?.length || field.hasAttribute("aria-label")) return;
  const part = field.closest("p.datetime") ? textOf(field.previousSibling) : "";
  const name = [captionOf(field), part].filter(Boolean).join(" ");
  if (name) field.setAttribute("aria-label", name);
}

// Select2 names its box by what is chosen in it, and its search field and its list by nothing.
function nameParts(container, name) {
  for (const part of container.querySelectorAll("[role=combobox], [role=textbox], [role=searchbox], [role=listbox]")) {
    part.removeAttribute("aria-labelledby");
    part.setAttribute("aria-label", name);
  }
}

function nameBox(container) {
  const name = captionOf(container.previousElementSibling);
  if (name) nameParts(container, name);
  container.querySelector("ul > .select2-selection__clear")?.setAttribute("role", "listitem");
}

// A column without a heading of its own: the record's name before the fields, the box for deleting after them.
function nameColumn(head) {
  if (textOf(head)) return;
  const words = document.createElement("span");
  words.className = "visually-hidden";
  words.textContent = head.matches(".original") ? "記録" : "削除";
  head.append(words);
}

// A table wider than the screen is scrolled with the keys only where it can be reached with them.
function makeReachable(group) {
  group.tabIndex = 0;
}

function nameDialog(element, name) {
  element.setAttribute("role", "dialog");
  element.setAttribute("aria-label", name);
}

// The open list stands at the end of the page, far from its box.
function nameOpenList(container) {
  const list = container.querySelector("[role=listbox]");
  const box = document.querySelector(`[role=combobox][aria-owns="${list.id}"]`);
  if (!box) return;
  box.setAttribute("aria-controls", list.id);
  nameParts(container, box.ariaLabel);
  nameDialog(container, box.ariaLabel);
}

function nameWithin(element) {
  element.querySelectorAll(".tabular thead th").forEach(nameColumn);
  element.querySelectorAll(".tabular fieldset").forEach(makeReachable);
  element.querySelectorAll(`.tabular td :is(${FIELDS}), p.datetime input`).forEach(nameField);
  element.querySelectorAll("select + .select2-container").forEach(nameBox);
  element.querySelectorAll("body > .select2-container").forEach(nameOpenList);
  element.querySelectorAll(".calendarbox").forEach((box) => nameDialog(box, "日付を選択"));
  element.querySelectorAll(".clockbox").forEach((box) => nameDialog(box, "時刻を選択"));
}

// Rows are added, and Select2 draws its boxes and opens its lists, after the page has been read.
new MutationObserver((changes) => {
  new Set(changes.map(({ target }) => target.closest(".related-widget-wrapper, td") ?? target)).forEach(nameWithin);
}).observe(document.body, { childList: true, subtree: true });
nameWithin(document.body);
