'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { ChangeDialog } from '../changes/change-dialog.tsx';
import { usePlanPreview } from '../changes/use-plan-preview.ts';
import { topicPath } from '../data/paths.ts';
import { useAction } from '../data/use-action.ts';
import { useDebounced } from '../data/use-debounced.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { CreateTopicFields } from './create-topic-fields.tsx';
import {
  createBodyOf,
  EMPTY_TOPIC_FORM,
  longestWord,
  type TopicForm,
  type TopicFormContext,
  topicFormProblems,
} from './topic-form.ts';

/** Creates a topic: checked as it is typed against the contract, the brokers present and the names taken. */
export function CreateTopicDialog({ cluster, onClose }: { cluster: string; onClose: () => void }) {
  const t = useTranslations('topics.create');
  const router = useRouter();
  const [form, setForm] = useState<TopicForm>(EMPTY_TOPIC_FORM);
  const context = useTopicFormContext(cluster, form.name);
  const problems = useMemo(() => topicFormProblems(form, context), [form, context]);
  const isComplete = Object.keys(problems).length === 0;
  const body = createBodyOf(form);
  const [isDone, setDone] = useState(false);
  const create = useAction('createTopic', {
    done: (answer) => t('created', { topic: answer.name }),
    showsFailure: true,
  });

  const preview = usePlanPreview(cluster, isComplete ? { operation: 'create-topic', body } : null, {
    isHeld: create.isBusy || isDone,
  });

  async function submit() {
    const answer = await create.run({ params: { cluster }, body });
    if (!answer) return;
    setDone(true);
    router.push(topicPath(cluster, answer.name));
  }

  return (
    <ChangeDialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={t('title')}
      description={t('description')}
      width="large"
      preview={preview}
      submitLabel={t('submit')}
      onSubmit={() => void submit()}
      isBusy={create.isBusy || isDone}
      isComplete={isComplete}
      failure={create.failure}
    >
      <CreateTopicFields
        cluster={cluster}
        form={form}
        onChange={(change) => setForm({ ...form, ...change })}
        context={context}
        problems={problems}
      />
    </ChangeDialog>
  );
}

/** Names like the one typed are looked up meanwhile, so that a taken one shows before the form is sent. */
function useTopicFormContext(cluster: string, name: string): TopicFormContext {
  const search = useDebounced(name);
  const word = longestWord(search);
  const ask = (text: string) => ({
    params: { cluster },
    query: { search: text, internal: 'true' as const, limit: 500 },
  });
  const same = useEndpoint('listTopics', ask(search), { isEnabled: search !== '', refetchInterval: false });
  const similar = useEndpoint('listTopics', ask(word), {
    isEnabled: word !== '' && word !== search,
    refetchInterval: false,
  });
  const brokers = useEndpoint('listBrokers', { params: { cluster } }, { refetchInterval: 5000 });
  return useMemo(
    () => ({
      brokersAlive: brokers.data?.items.filter((broker) => broker.isAlive).length ?? null,
      takenNames: [...(same.data?.items ?? []), ...(similar.data?.items ?? [])].map((topic) => topic.name),
    }),
    [brokers.data, same.data, similar.data],
  );
}
