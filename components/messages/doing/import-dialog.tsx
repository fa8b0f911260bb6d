'use client';

import { FileUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useId, useState } from 'react';
import type { Failure } from '../../../lib/contract/failure.ts';
import { failureFrom } from '../../data/use-endpoint.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureLine } from '../../ui/error-state.tsx';
import { Field } from '../../ui/field.tsx';
import { useNumberText } from '../../ui/format.tsx';
import { Select } from '../../ui/select.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { type ImportLook, type ImportRequest, importJob, lookAtFile } from './import-job.ts';
import { ImportLookView } from './import-look.tsx';
import { SendingView } from './sending-view.tsx';
import { useSending } from './use-sending.ts';

export interface ImportDialogProps {
  cluster: string;
  topic: string;
  onClose: () => void;
}

const FIRST: ImportRequest['query'] = { partition: 'by-key', timestamp: 'same', onError: 'stop' };

/** Writes the messages of a file of JSON lines, after a look at the first ones. */
export function ImportDialog({ cluster, topic, onClose }: ImportDialogProps) {
  const t = useTranslations('doing.import');
  const [file, setFile] = useState<File | null>(null);
  const [query, setQuery] = useState(FIRST);
  const sending = useSending(cluster);
  const look = useLook(file ? { cluster, topic, file, query } : null);
  const isOver = sending.phase === 'ended' || sending.phase === 'failed';
  const isGood = look.found !== null && look.found.end.given > 0;
  const canSend = isGood && (query.onError === 'skip' || look.found?.end.failures.length === 0);

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen && !sending.isUnderWay) onClose();
      }}
      title={<span className="break-all">{t('title', { topic })}</span>}
      description={t('description')}
      footer={
        sending.isUnderWay ? (
          <Button onClick={sending.cancel} disabled={sending.phase === 'cancelling'}>
            {t('cancelSending')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose} tone={isOver ? 'primary' : 'plain'}>
              {t('close')}
            </Button>
            {!isOver && (
              <Button
                tone="primary"
                disabled={!canSend || !file}
                onClick={() => file && sending.start(importJob({ cluster, topic, file, query }))}
              >
                {t('submit')}
              </Button>
            )}
          </>
        )
      }
    >
      <div className="space-y-4">
        <FileField
          file={file}
          isDisabled={sending.isUnderWay}
          onChoose={(chosen) => {
            sending.reset();
            setFile(chosen);
          }}
        />
        {file && !sending.isUnderWay && !isOver && (
          <>
            <ImportOptions query={query} onChange={(changed) => setQuery({ ...query, ...changed })} />
            {look.failure && <FailureLine failure={look.failure} />}
            {!look.failure && !look.found && <SkeletonRows rows={3} />}
            {look.found && <ImportLookView look={look.found} />}
          </>
        )}
        <SendingView cluster={cluster} sending={sending} />
      </div>
    </Dialog>
  );
}

interface Look {
  found: ImportLook | null;
  failure: Failure | undefined;
}

const NOTHING: Look = { found: null, failure: undefined };

/** What the first lines of the chosen file are, as the options have it. */
function useLook(request: ImportRequest | null): Look {
  const [look, setLook] = useState(NOTHING);
  const { cluster, topic, file, query } = request ?? {};
  useEffect(() => {
    setLook(NOTHING);
    if (!cluster || !topic || !file || !query) return;
    const controller = new AbortController();
    lookAtFile({ cluster, topic, file, query }, controller.signal).then(
      (found) => setLook({ found, failure: undefined }),
      (error: unknown) => {
        if (!controller.signal.aborted) setLook({ found: null, failure: failureFrom(error) });
      },
    );
    return () => controller.abort();
  }, [cluster, topic, file, query]);
  return look;
}

interface FileFieldProps {
  file: File | null;
  isDisabled: boolean;
  onChoose: (file: File) => void;
}

function FileField({ file, isDisabled, onChoose }: FileFieldProps) {
  const t = useTranslations('doing.import');
  const text = useNumberText();
  const id = useId();
  return (
    <fieldset
      className="flex flex-wrap items-center gap-3 rounded-md border border-dashed border-edge px-3 py-3"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const [dropped] = event.dataTransfer.files;
        if (dropped && !isDisabled) onChoose(dropped);
      }}
    >
      <legend className="sr-only">{t('choose')}</legend>
      <input
        id={id}
        type="file"
        accept=".ndjson,.jsonl,.json,application/x-ndjson"
        className="peer sr-only"
        disabled={isDisabled}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen) onChoose(chosen);
        }}
      />
      <label
        htmlFor={id}
        className={buttonClass(
          'plain',
          'medium',
          'cursor-pointer hover:bg-hover peer-focus-visible:outline-2 peer-focus-visible:outline-(--ring) peer-disabled:opacity-55',
        )}
      >
        <FileUp aria-hidden className="size-4" />
        {t('choose')}
      </label>
      <span className="min-w-0 text-[0.8125rem] break-all text-ink-soft">
        {file ? t('file', { name: file.name, size: text.bytes(file.size) }) : t('drop')}
      </span>
    </fieldset>
  );
}

interface ImportOptionsProps {
  query: ImportRequest['query'];
  onChange: (changed: Partial<ImportRequest['query']>) => void;
}

function ImportOptions({ query, onChange }: ImportOptionsProps) {
  const t = useTranslations('doing.import');
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label={t('partition')}>
        {(control) => (
          <Select
            id={control.id}
            className="w-full"
            value={query.partition}
            onValueChange={(partition) => onChange({ partition })}
            choices={[
              { value: 'by-key', label: t('byKey') },
              { value: 'same', label: t('samePartition') },
            ]}
          />
        )}
      </Field>
      <Field label={t('timestamp')}>
        {(control) => (
          <Select
            id={control.id}
            className="w-full"
            value={query.timestamp}
            onValueChange={(timestamp) => onChange({ timestamp })}
            choices={[
              { value: 'same', label: t('sameTime') },
              { value: 'now', label: t('now') },
            ]}
          />
        )}
      </Field>
      <Field label={t('onError')}>
        {(control) => (
          <Select
            id={control.id}
            className="w-full"
            value={query.onError}
            onValueChange={(onError) => onChange({ onError })}
            choices={[
              { value: 'stop', label: t('stop') },
              { value: 'skip', label: t('skip') },
            ]}
          />
        )}
      </Field>
    </div>
  );
}
