'use client';

import { useMemo, useState } from 'react';
import type { SeenField } from '../../../lib/contract/serdes.ts';
import { type Condition, type Conditions, VARIABLES, writeConditions } from './conditions.ts';
import type { ValueHint } from './literal.ts';
import { readConditions } from './read-conditions.ts';

const EMPTY: Condition = { subject: '', operator: 'is', value: '' };

export interface ConditionEditing {
  /** Null: the expression says more than conditions can. */
  conditions: Conditions | null;
  hintOf: (subject: string) => ValueHint;
  setJoin: (join: Conditions['join']) => void;
  setRow: (index: number, row: Condition) => void;
  addRow: () => void;
  removeRow: (index: number) => void;
}

/** What the builder shows of an expression, and the expression that it writes: they follow one another. */
export function useConditions(
  expression: string,
  fields: readonly SeenField[],
  onChange: (expression: string) => void,
): ConditionEditing {
  const hintOf = useMemo(() => hintsOf(fields), [fields]);
  const [state, setState] = useState(() => ({
    conditions: readConditions(expression, hintOf),
    written: expression,
  }));
  if (state.written !== expression) {
    setState({ conditions: readConditions(expression, hintOf), written: expression });
  }
  const { conditions } = state;

  function set(next: Conditions) {
    const written = writeConditions(next, hintOf);
    setState({ conditions: next, written });
    onChange(written);
  }

  const rows = conditions?.rows ?? [];
  const join = conditions?.join ?? 'and';
  return {
    conditions: conditions && { join, rows: rows.length === 0 ? [EMPTY] : rows },
    hintOf,
    setJoin: (next) => set({ join: next, rows }),
    setRow: (index, row) => set({ join, rows: rows.length === 0 ? [row] : rows.toSpliced(index, 1, row) }),
    addRow: () => set({ join, rows: [...(rows.length === 0 ? [EMPTY] : rows), EMPTY] }),
    removeRow: (index) => set({ join, rows: rows.toSpliced(index, 1) }),
  };
}

/** What a value is compared with: of a field what it was seen to be. */
function hintsOf(fields: readonly SeenField[]) {
  const seen = new Map(fields.map(({ path, types }) => [path, types.filter((type) => type !== 'null')]));
  return (subject: string): ValueHint => {
    if (subject === 'timestamp') return 'time';
    if (subject === 'topic' || subject.startsWith('headers')) return 'string';
    if ((VARIABLES as readonly string[]).includes(subject)) return 'number';
    const types = seen.get(subject);
    if (types?.length !== 1) return 'any';
    return types[0] === 'number' || types[0] === 'string' ? types[0] : 'any';
  };
}
