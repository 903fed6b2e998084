// Ctrl+Enter (⌘+Enter) saves the form of a record, from whichever field one is in.

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || event.defaultPrevented) return;
  const save = event.target.closest("form")?.querySelector("input[name=_save]");
  if (!save) return;
  event.preventDefault();
  save.form.requestSubmit(save);
});
