'use client';

import { useTranslations } from 'next-intl';
import { BYTES_PER_LINE, hexLine } from '../hex-dump.ts';
import { WindowedLines } from './windowed-lines.tsx';

/** Bytes as `hexdump -C` shows them: address, two groups of eight, ASCII. */
export function HexView({ bytes, scroller }: { bytes: Uint8Array; scroller: HTMLElement | null }) {
  const t = useTranslations('messages.view');
  return (
    <div role="img" aria-label={t('hexLabel', { count: bytes.length })}>
      <WindowedLines
        count={Math.ceil(bytes.length / BYTES_PER_LINE)}
        line={(index) => <HexLine bytes={bytes} index={index} />}
        scroller={scroller}
      />
    </div>
  );
}

function HexLine({ bytes, index }: { bytes: Uint8Array; index: number }) {
  const { address, cells, ascii } = hexLine(bytes, index);
  const group = (from: number) =>
    cells
      .slice(from, from + 8)
      .map((cell) => cell.padEnd(2))
      .join(' ');
  return (
    <>
      <span className="text-ink-faint">{address}</span>
      {`  ${group(0)}  ${group(8)}  `}
      <span className="border-line border-l pl-2">{ascii}</span>
    </>
  );
}
