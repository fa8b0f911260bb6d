'use client';

import { SquareTerminal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { MessageActions } from './doing/message-actions.tsx';
import { ResendChosen } from './doing/resend-chosen.tsx';
import { SingleMessageActions } from './doing/single-message-actions.tsx';
import { type MessageSlots, MessageView } from './message-view.tsx';
import { CommandDialog, type CommandDialogProps } from './search/command-dialog.tsx';
import { queryOf } from './search/reading.ts';
import { useReading } from './search/use-reading.ts';

export interface MessagesPageProps {
  cluster: string;
  topic: string;
  /** Null while not known. */
  partitionCount: number | null;
}

/** Reads and searches a topic's messages, from anywhere, once or live. */
export function MessagesPage({ cluster, topic, partitionCount }: MessagesPageProps) {
  const address = useReading();
  const topics = useMemo(() => [topic], [topic]);
  const where = { cluster, topic, partitionCount };
  const slots: MessageSlots = {
    toolbar: (shown) => (
      <>
        <CommandButton cluster={cluster} topic={topic} {...shown} />
        <MessageActions {...where} query={queryOf(shown.reading)} messages={shown.messages} />
      </>
    ),
    selection: (selected) => <ResendChosen cluster={cluster} topic={topic} chosen={selected} />,
    detail: (message) => <SingleMessageActions {...where} message={message} />,
  };
  return (
    <MessageView
      cluster={cluster}
      topics={topics}
      isSeveral={false}
      address={address}
      partitionCount={partitionCount ?? undefined}
      slots={slots}
    />
  );
}

function CommandButton(shown: Omit<CommandDialogProps, 'onClose'>) {
  const t = useTranslations('messages.command');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" tone="quiet" icon={SquareTerminal} onClick={() => setOpen(true)}>
        {t('open')}
      </Button>
      {isOpen && <CommandDialog {...shown} onClose={() => setOpen(false)} />}
    </>
  );
}
