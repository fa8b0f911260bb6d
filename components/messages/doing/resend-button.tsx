'use client';

import { Forward } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import type { Message } from '../../../lib/contract/messages.ts';
import { Button, type ButtonProps } from '../../ui/button.tsx';
import { headerNamesOf } from './message-actions.tsx';
import type { ResendWhat } from './resend-form.ts';

const ResendDialog = dynamic(() => import('./resend-dialog.tsx').then((module) => module.ResendDialog), {
  ssr: false,
});

export interface ResendButtonProps {
  cluster: string;
  what: ResendWhat;
  /** For the names of headers. */
  messages: readonly Message[];
  tone?: ButtonProps['tone'];
  children: ReactNode;
}

/** Sends messages again: those that were meant when it was pressed. */
export function ResendButton({ cluster, what, messages, tone, children }: ResendButtonProps) {
  const [pressed, setPressed] = useState<Pick<ResendButtonProps, 'what' | 'messages'> | null>(null);
  return (
    <>
      <Button size="small" tone={tone} icon={Forward} onClick={() => setPressed({ what, messages })}>
        {children}
      </Button>
      {pressed && (
        <ResendDialog
          cluster={cluster}
          what={pressed.what}
          headerNames={headerNamesOf(pressed.messages)}
          onClose={() => setPressed(null)}
        />
      )}
    </>
  );
}
