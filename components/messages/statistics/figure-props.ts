import type { MessageStatistics } from '../../../lib/contract/statistics.ts';
import type { MessageAddress } from '../message-address.ts';
import type { Reading } from '../search/reading.ts';

/** What each card is given. */
export interface FigureProps {
  statistics: MessageStatistics;
  isSeveral: boolean;
  onRead: (change: Partial<Reading>) => void;
  onOpen: (address: MessageAddress) => void;
  onAddColumn: (path: string) => void;
}
