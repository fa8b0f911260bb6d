import {
  Decoration,
  type DecorationSet,
  type EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';

const TOKEN =
  /(?<text>[rRbB]*(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?))|(?<number>\b\d[\w.]*)|(?<word>\b(?:true|false|null|in)\b)|(?<call>\b[A-Za-z_]\w*(?=\())|(?<sign>&&|\|\||[!<>=]=?)/g;

const marks = Object.fromEntries(
  ['text', 'number', 'word', 'call', 'sign'].map((name) => [name, Decoration.mark({ class: `cel-${name}` })]),
);

const matcher = new MatchDecorator({
  regexp: TOKEN,
  decoration: (match) => {
    const [name] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? [];
    return name === undefined ? null : (marks[name] ?? null);
  },
});

/** Tells text, numbers, calls and signs of an expression apart by weight and shade: colour means health here. */
export const celMarks = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }

    update(update: ViewUpdate) {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
