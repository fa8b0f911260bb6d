'use client';
import { Play, Power, Zap } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { BrokerRow } from '../../lib/contract/brokers.ts';
import { useAction } from '../data/use-action.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';

type StopMode = 'controlled' | 'hard';

export interface BrokerPowerProps {
  cluster: string;
  broker: BrokerRow;
}

/** Stops and starts a broker of the embedded cluster; nothing for a broker of another cluster. */
export function BrokerPower({ cluster, broker }: BrokerPowerProps) {
  const t = useTranslations('brokers.power');
  const [mode, setMode] = useState<StopMode | null>(null);
  const id = String(broker.id);
  const params = { cluster, broker: broker.id };
  const stop = useAction('stopEmbeddedBroker', { done: t('stopped', { id }) });
  const start = useAction('startEmbeddedBroker', { done: t('started', { id }) });
  if (broker.embeddedState === null) return null;
  if (broker.embeddedState !== 'running') {
    return (
      <Button
        size="small"
        icon={Play}
        aria-label={t('startBroker', { id })}
        isBusy={start.isBusy || broker.embeddedState === 'starting'}
        disabled={broker.embeddedState === 'stopping'}
        onClick={() => void start.run({ params })}
      >
        {t('start')}
      </Button>
    );
  }
  return (
    <>
      <Menu
        trigger={
          <Button size="small" icon={Power} aria-label={t('stopBroker', { id })} isBusy={stop.isBusy}>
            {t('stop')}
          </Button>
        }
      >
        <MenuItem icon={Power} onSelect={() => setMode('controlled')}>
          {t('controlled')}
        </MenuItem>
        <MenuItem icon={Zap} isDangerous onSelect={() => setMode('hard')}>
          {t('hard')}
        </MenuItem>
      </Menu>
      <ConfirmDialog
        isOpen={mode !== null}
        onOpenChange={(isOpen) => !isOpen && setMode(null)}
        title={t(mode === 'hard' ? 'hardTitle' : 'controlledTitle', { id })}
        description={
          <>
            <p>{t(mode === 'hard' ? 'hardWhat' : 'controlledWhat')}</p>
            <p className="mt-2">
              {t('effect', { leaders: broker.leaderCount, replicas: broker.replicaCount })}
            </p>
          </>
        }
        confirmLabel={t('stop')}
        isDangerous
        isBusy={stop.isBusy}
        onConfirm={() => {
          if (mode) void stop.run({ params, body: { mode } }).then(() => setMode(null));
        }}
      />
    </>
  );
}
