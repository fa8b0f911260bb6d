import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { SeenField } from '../../../lib/contract/serdes.ts';
import type { CelWord } from './cel-words.ts';

/** A path that is being written: names, dots, places and quoted names. */
const PATH = /[A-Za-z_][\w.]*(?:\[[^\]]*\][\w.]*)*$/;
const METHOD = /\.(\w*)$/;

/** Offers variables, functions and fields where a path begins or goes on, and methods after a dot. */
export function celCompletion(words: readonly CelWord[], fields: readonly SeenField[]) {
  const offered = [
    ...fields.map(fieldCompletion),
    ...words.filter(({ kind }) => kind !== 'method').map(wordCompletion),
  ];
  const methods = words.filter(({ kind }) => kind === 'method').map(wordCompletion);
  return {
    paths(context: CompletionContext): CompletionResult | null {
      if (isInText(context)) return null;
      const path = context.matchBefore(PATH);
      if (!path && !context.explicit) return null;
      return { from: path?.from ?? context.pos, options: offered, validFor: /^[\w.[\]"]*$/ };
    },
    methods(context: CompletionContext): CompletionResult | null {
      if (isInText(context)) return null;
      const dot = context.matchBefore(METHOD);
      if (!dot) return null;
      return { from: dot.from + 1, options: methods, validFor: /^\w*$/ };
    },
  };
}

/** Inside quotes nothing is offered: what stands there is the person's own. */
function isInText({ state, pos }: CompletionContext): boolean {
  const before = state.doc.sliceString(0, pos).replace(/\\./g, '');
  return (before.match(/"/g)?.length ?? 0) % 2 === 1 || (before.match(/'/g)?.length ?? 0) % 2 === 1;
}

function fieldCompletion({ path, types, examples }: SeenField): Completion {
  return {
    label: path,
    type: 'property',
    detail: types.filter((type) => type !== 'null').join(' | '),
    info: examples.length > 0 ? examples.join('\n') : undefined,
    boost: 1,
  };
}

function wordCompletion({ name, kind, detail, info, call }: CelWord): Completion {
  return {
    label: name,
    type: kind,
    detail,
    info,
    apply: call
      ? (view, _completion, from, to) => {
          const text = `${name}()`;
          view.dispatch({
            changes: { from, to, insert: text },
            selection: { anchor: from + text.length - 1 },
          });
        }
      : undefined,
  };
}
