// The editor of the composer: ProseMirror, as in the real page. Enter sends, Shift+Enter breaks the line; everything else,
// its clipboard and its reading of the DOM too, is ProseMirror's own. What is pasted as plain text keeps its blank lines.

import { baseKeymap, chainCommands, exitCode } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { Fragment, Schema, Slice } from "prosemirror-model";
import { EditorState, Plugin } from "prosemirror-state";
import { EditorView } from "prosemirror-view";

// Above this, what is pasted becomes a file.
const LONGEST_PASTE = 10_000;

const schema = new Schema({
  nodes: {
    doc: { content: "paragraph+" },
    paragraph: {
      content: "inline*",
      group: "block",
      parseDOM: [{ tag: "p" }, { tag: "div" }],
      toDOM: () => ["p", 0],
    },
    text: { group: "inline" },
    hard_break: {
      inline: true,
      group: "inline",
      selectable: false,
      parseDOM: [{ tag: "br" }],
      toDOM: () => ["br"],
      leafText: () => "\n",
    },
  },
});

const paragraph = (line) => schema.nodes.paragraph.create(null, line ? schema.text(line) : null);
const document_ = (words) => schema.nodes.doc.create(null, words.split("\n").map(paragraph));

// An editor in this place. `attributes` is what its element carries; `long` takes a text that became a file.
export function editor(place, attributes, { enter, changed, long }) {
  const lineBreak = chainCommands(exitCode, (state, dispatch) => {
    dispatch?.(state.tr.replaceSelectionWith(schema.nodes.hard_break.create()).scrollIntoView());
    return true;
  });
  const begin = (words) =>
    EditorState.create({
      doc: document_(words),
      plugins: [
        keymap({ Enter: () => (enter(), true), "Shift-Enter": lineBreak }),
        keymap({ "Mod-z": undo, "Mod-y": redo, "Shift-Mod-z": redo }),
        keymap(baseKeymap),
        history(),
        new Plugin({
          props: {
            clipboardTextParser: (words) =>
              Slice.maxOpen(Fragment.from(words.split(/\r\n?|\n/).map(paragraph))),
            handlePaste: (_, event) => {
              const words = event.clipboardData?.getData("text/plain") ?? "";
              if (!long || words.length <= LONGEST_PASTE) return false;
              long(words);
              return true;
            },
          },
        }),
      ],
    });
  const view = new EditorView(place, {
    state: begin(""),
    attributes: { role: "textbox", "aria-multiline": "true", ...attributes },
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      if (transaction.docChanged) changed();
    },
  });
  return {
    words: () => view.state.doc.textBetween(0, view.state.doc.content.size, "\n"),
    set: (words) => {
      view.updateState(begin(words));
      changed();
    },
    focus: () => view.focus(),
  };
}

// The plain box of a page for phones.
export function plain(box, { enter, changed }) {
  box.addEventListener("input", changed);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    enter();
  });
  return {
    words: () => box.value,
    set: (words) => {
      box.value = words;
      changed();
    },
    focus: () => box.focus(),
  };
}
