'use client';

import { useState } from 'react';
import type { ItemResults } from '../../lib/contract/plans.ts';

export type ItemResult = ItemResults['items'][number];

/** Keeps what failed of an answer that tells each item's own result, for showing. */
export function useItemFailures() {
  const [failed, setFailed] = useState<readonly ItemResult[]>([]);
  return {
    failed,
    /** How many failed. */
    keep: (answer: ItemResults): number => {
      const wrong = answer.items.filter((item) => !item.ok);
      setFailed(wrong);
      return wrong.length;
    },
  };
}
