'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { BYTES_PER_LINE, hexLine } from '../hex-dump.ts';

const LINES_AT_ONCE = 256;

/** Bytes as `hexdump -C` shows them: address, two groups of eight, ASCII. */
export function HexView({ bytes }: { bytes: Uint8Array }) {
  const t = useTranslations('messages.view');
  const [shown, setShown] = useState(LINES_AT_ONCE);
  const lineCount = Math.ceil(bytes.length / BYTES_PER_LINE);
  const lines = Array.from({ length: Math.min(shown, lineCount) }, (_, line) => hexLine(bytes, line));
  return (
    <div>
      <table aria-label={t('hexLabel')} className="font-mono text-xs leading-5">
        <tbody>
          {lines.map(({ address, cells, ascii }) => (
            <tr key={address}>
              <th scope="row" className="whitespace-pre pr-4 text-left font-normal text-ink-faint">
                {address}
              </th>
              <td className="whitespace-pre pr-4">{cells.slice(0, 8).join(' ')}</td>
              <td className="whitespace-pre pr-4">{cells.slice(8).join(' ').trimEnd()}</td>
              <td className="whitespace-pre border-line border-l pl-3">{ascii}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown < lineCount && (
        <button
          type="button"
          className="mt-1 text-ink text-xs underline underline-offset-2"
          onClick={() => setShown(shown + LINES_AT_ONCE)}
        >
          {t('showMore', { count: Math.min(lineCount - shown, LINES_AT_ONCE) })}
        </button>
      )}
    </div>
  );
}
