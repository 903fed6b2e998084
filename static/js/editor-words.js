// The words of the text editor in Japanese: it has them in English, some in Django's catalogue and some fixed.

const WORDS = {
  Cancel: "キャンセル",
  Update: "決定",
  "Edit Link": "リンク",
  URL: "リンク先のアドレス（URL）",
  Rows: "行の数",
  Columns: "列の数",
  "Include header row": "見出しの行",
  "Table Properties": "表",
  "Insert Table": "表を入れる",
  Yes: "あり",
  No: "なし",
  paragraph: "段落",
  "unordered list": "箇条書き",
  "ordered list": "番号付きの箇条書き",
  blockquote: "引用",
  bold: "太字",
  italic: "強調",
  "insert link": "リンクを付ける",
  "remove link": "リンクを外す",
  "Insert table": "表を入れる",
  "Add column": "列を加える",
  "Delete column": "列を消す",
  "Add row": "行を加える",
  "Delete row": "行を消す",
  "Merge cells": "セルをつなげる",
  "Split cell": "セルを分ける",
  "Toggle header cell": "見出しのセルにする・やめる",
  "Delete table": "表を消す",
  undo: "元に戻す",
  redo: "やり直す",
};

function inJapanese(words, firstLevel) {
  const level = /^heading (\d)$/.exec(words)?.[1];
  if (!level) return WORDS[words];
  return Number(level) === firstLevel ? "見出し（大）" : "見出し（小）";
}

function nameButtons(frame) {
  const buttons = [...frame.querySelectorAll(".prose-menubar [title]")];
  const levels = buttons.map(({ dataset }) => Number(dataset.level)).filter(Boolean);
  for (const button of buttons) {
    const words = inJapanese(button.title, Math.min(...levels));
    if (!words) continue;
    button.title = words;
    button.setAttribute("aria-label", words);
  }
}

// The words of a link say where it leads: there is no place for a title that most people never see.
function hideTitle(dialog) {
  dialog.querySelector("input[name=title]")?.closest(".prose-editor-dialog-field").setAttribute("hidden", "");
}

// A table has headings unless somebody says otherwise.
function nameAnswers(dialog) {
  const options = [...dialog.querySelectorAll("option")].filter(({ text }) => text in WORDS);
  for (const option of options) {
    option.value = option.text;
    option.text = WORDS[option.text];
  }
  if (options.length) dialog.querySelector("[name=withHeaderRow]").value = "Yes";
}

function nameWithin(frame) {
  nameButtons(frame);
  frame.querySelectorAll("dialog").forEach(nameAnswers);
  frame.querySelectorAll("dialog").forEach(hideTitle);
}

function nameBox(box, textarea) {
  box.setAttribute("role", "textbox");
  box.setAttribute("aria-multiline", "true");
  box.setAttribute("aria-label", textarea.labels?.[0]?.textContent.trim().replace(/[:：]$/, "") ?? "");
}

const translated = window.gettext ?? ((words) => words);
window.gettext = (words) => WORDS[words] ?? translated(words);

// The editor brings a style sheet along for pages that have none of its styles; ours has them, in admin.css.
const place = document.createElement("style");
place.dataset.tiptapStyle = "";
place.nonce = document.querySelector("script[nonce]")?.nonce ?? "";
document.head.append(place);

// It draws its menu a moment later, and its dialogs when they are asked for.
document.addEventListener("prose-editor:ready", ({ detail, target }) => {
  const frame = target.closest(".prose-editor");
  nameBox(detail.editor.view.dom, target);
  nameWithin(frame);
  new MutationObserver(() => nameWithin(frame)).observe(frame, { childList: true, subtree: true });
});
