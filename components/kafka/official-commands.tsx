'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { OfficialCommands as Shown } from '../../lib/kafka/command-line.ts';
import { Button } from '../ui/button.tsx';
import { CodeBlock } from '../ui/code-block.tsx';

/** Command lines of Kafka's own tools, to be copied, with the files that they read. */
export function OfficialCommands({ commands, files }: Shown) {
  const t = useTranslations('commands');
  return (
    <div className="space-y-2">
      <CodeBlock code={commands.join('\n')} label={t('copy')} isWrapped />
      {files.map((file) => (
        <div key={file.name} className="space-y-1.5">
          <Button size="small" icon={Download} onClick={() => download(file)}>
            {t('download', { name: file.name })}
          </Button>
          {file.name === 'client.properties' && <p className="text-xs text-ink-soft">{t('clientFile')}</p>}
          <CodeBlock code={file.content} label={file.name} className="[&_section]:max-h-48" />
        </div>
      ))}
    </div>
  );
}

function download({ name, content }: Shown['files'][number]) {
  const url = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
