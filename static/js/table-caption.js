// Gives tables in the text editor a caption. It is kept beside the table while somebody writes; the server puts it in.

import { Extension, Node, updateAttrsDialog } from "django-prose-editor/editor";

const ask = updateAttrsDialog({ caption: { type: "string", title: "表の題名" } }, { title: "表の題名" });

async function write(editor) {
  const answer = await ask(editor, editor.getAttributes("table"));
  if (answer) editor.chain().focus().updateAttributes("table", { caption: answer.caption.trim() || null }).run();
}

// The rows of a table are all that may stand in it: a caption is read as a word about it.
const WrittenCaption = Node.create({
  name: "writtenCaption",
  parseHTML: () => [{ tag: "caption", ignore: true }],
});

export const TableCaption = Extension.create({
  name: "tableCaption",
  addExtensions: () => [WrittenCaption],
  addGlobalAttributes: () => [
    {
      types: ["table"],
      attributes: {
        caption: {
          default: null,
          parseHTML: (table) => table.dataset.caption || table.querySelector("caption")?.textContent.trim() || null,
          renderHTML: ({ caption }) => (caption ? { "data-caption": caption } : {}),
        },
      },
    },
  ],
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "table:caption",
      groups: "table",
      command: write,
      button: buttons.material("title", "表の題名"),
      hidden: (editor) => !editor.isActive("table"),
    });
  },
});
