'use client';

import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type Text } from '@codemirror/state';
import { EditorView, keymap, placeholder as placeholderText, tooltips } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { TextPlace } from '../../../lib/contract/problem.ts';
import type { SeenField } from '../../../lib/contract/serdes.ts';
import { celCompletion } from './cel-completion.ts';
import { celMarks } from './cel-marks.ts';
import type { CelWord } from './cel-words.ts';
import { editorTheme } from './editor-theme.ts';

export interface CelProblem {
  message: string;
  /** Absent: somewhere in the expression. */
  at?: TextPlace;
}

export interface CelEditorProps {
  value: string;
  onChange: (value: string) => void;
  /** Enter, where no choice is being made; Shift+Enter makes a new line. */
  onSubmit: () => void;
  words: readonly CelWord[];
  fields: readonly SeenField[];
  problem: CelProblem | null;
  /** Accessible name. */
  label: string;
  placeholder: string;
  describedBy: string;
}

/** An expression with completion of what can stand in it, and a line under what is wrong. */
export function CelEditor(props: CelEditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(props);
  latest.current = props;
  const completion = useRef(new Compartment());
  const { value, words, fields, problem, label, placeholder, describedBy } = props;

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes is handed to it below
  useEffect(() => {
    if (!box.current) return;
    const editor = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: value,
        extensions: [
          history(),
          closeBrackets(),
          bracketMatching(),
          celMarks,
          completion.current.of([]),
          keymap.of([
            { key: 'Tab', run: acceptCompletion },
            ...completionKeymap,
            {
              key: 'Enter',
              run: () => {
                latest.current.onSubmit();
                return true;
              },
            },
            ...closeBracketsKeymap,
            ...defaultKeymap,
            ...historyKeymap,
          ]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({
            'aria-label': label,
            'aria-describedby': describedBy,
            role: 'textbox',
            spellcheck: 'false',
          }),
          placeholderText(placeholder),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
          // Inside a dialog or a table that scrolls, the list would be cut off.
          tooltips({ parent: document.body }),
          editorTheme,
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    const sources = celCompletion(words, fields);
    view.current?.dispatch({
      effects: completion.current.reconfigure(
        autocompletion({ override: [sources.paths, sources.methods], icons: false }),
      ),
    });
  }, [words, fields]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const diagnostics = problem ? [diagnosticOf(problem, editor.state.doc)] : [];
    editor.dispatch(setDiagnostics(editor.state, diagnostics));
    editor.contentDOM.setAttribute('aria-invalid', String(problem !== null));
  }, [problem]);

  return <div ref={box} />;
}

function diagnosticOf({ message, at }: CelProblem, doc: Text): Diagnostic {
  if (!at || at.line > doc.lines) return { from: 0, to: doc.length, severity: 'error', message };
  const line = doc.line(at.line);
  const start = Math.min(line.from + at.column - 1, doc.length);
  const end = Math.min(start + Math.max(at.length, 1), doc.length);
  // What is missing at the end is missing after the last character.
  return { from: end > start ? start : Math.max(0, start - 1), to: end, severity: 'error', message };
}
