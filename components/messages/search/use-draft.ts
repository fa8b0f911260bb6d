'use client';

import { useRef, useState } from 'react';
import { type Draft, type DraftProblems, draftOf, readingOf } from './draft.ts';
import { type Reading, sameReading } from './reading.ts';

export interface DraftEditing {
  draft: Draft;
  /** Changes the draft and leaves it at that: for what is typed. */
  edit: (change: Partial<Draft>) => void;
  /** Changes the draft and reads what it asks for; the same again where nothing was changed. */
  run: (change?: Partial<Draft>) => void;
  /** What is wrong with it, once it was asked for. */
  problems: DraftProblems;
  /** It asks for something else than what is being read. */
  isChanged: boolean;
}

/** The form's own copy of a reading: it follows the address, and the address follows when it is run. */
export function useDraft(
  reading: Reading,
  onRead: (reading: Reading) => void,
  onAgain: () => void,
): DraftEditing {
  const [draft, setDraft] = useState(() => draftOf(reading));
  const [known, setKnown] = useState(reading);
  const [isAsked, setAsked] = useState(false);
  // A list may close and a button be pressed in one go: the second must see what the first has changed.
  const latest = useRef(draft);
  if (known !== reading) {
    setKnown(reading);
    if (!sameReading(known, reading)) {
      latest.current = draftOf(reading);
      setDraft(latest.current);
      setAsked(false);
    }
  }
  const result = readingOf(draft);

  function edit(change: Partial<Draft>) {
    latest.current = { ...latest.current, ...change };
    setDraft(latest.current);
  }

  return {
    draft,
    edit,
    run: (change = {}) => {
      edit(change);
      const meant = readingOf(latest.current);
      setAsked(!meant.ok);
      if (!meant.ok) return;
      if (sameReading(meant.reading, reading)) onAgain();
      else onRead(meant.reading);
    },
    problems: isAsked && !result.ok ? result.problems : {},
    isChanged: !result.ok || !sameReading(result.reading, reading),
  };
}
