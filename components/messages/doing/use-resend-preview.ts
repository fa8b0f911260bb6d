'use client';

import { useEffect, useRef, useState } from 'react';
import { send } from '../../../lib/contract/client.ts';
import { Failure } from '../../../lib/contract/failure.ts';
import type { ResendPlan, ResendPlanLine, ResendRequest } from '../../../lib/contract/resend.ts';
import { spoken } from '../../../lib/contract/sentence.ts';
import { onPage } from '../../../lib/i18n/page-sentences.ts';
import { failureFrom } from '../../data/use-endpoint.ts';
import { ndjsonLines } from '../ndjson-lines.ts';

type Progress = Extract<ResendPlanLine, { type: 'progress' }>;

export interface ResendPreview {
  plan: ResendPlan | undefined;
  failure: Failure | undefined;
  /** How far the search is, while the plan is worked out. */
  progress: Progress | undefined;
  isWorking: boolean;
  /** The plan is that of the request as it stands. */
  isCurrent: boolean;
  /** Works it out: reads everything that would be sent. */
  run: () => void;
  stop: () => void;
}

interface State {
  /** The request that this is about. */
  text: string | null;
  plan?: ResendPlan;
  failure?: Failure;
  progress?: Progress;
  isWorking: boolean;
}

/** What a re-sending would do, asked for when it is wanted: it may have to read a whole topic. */
export function useResendPreview(cluster: string, request: ResendRequest | null): ResendPreview {
  const text = request === null ? null : JSON.stringify(request);
  const [state, setState] = useState<State>({ text: null, isWorking: false });
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);

  function stop() {
    controller.current?.abort();
    controller.current = null;
    setState({ text: null, isWorking: false });
  }

  function run() {
    if (request === null) return;
    controller.current?.abort();
    const mine = new AbortController();
    controller.current = mine;
    setState({ text, isWorking: true });
    const tell = (change: Partial<State>) => {
      if (controller.current === mine) setState((before) => ({ ...before, ...change }));
    };
    readPlan(cluster, request, mine.signal, (progress) => tell({ progress })).then(
      (plan) => tell({ plan, isWorking: false }),
      (error: unknown) => tell({ failure: failureFrom(error), isWorking: false }),
    );
  }

  const isCurrent = text !== null && state.text === text;
  return {
    plan: isCurrent ? state.plan : undefined,
    failure: isCurrent ? state.failure : undefined,
    progress: isCurrent ? state.progress : undefined,
    isWorking: isCurrent && state.isWorking,
    isCurrent: isCurrent && state.plan !== undefined,
    run,
    stop,
  };
}

async function readPlan(
  cluster: string,
  body: ResendRequest,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<ResendPlan> {
  const response = await send('previewResend', { params: { cluster }, body }, { signal });
  if (!response.body) throw new Failure('internal', onPage('noStream'));
  for await (const text of ndjsonLines(response.body)) {
    const line = JSON.parse(text) as ResendPlanLine | FailedLine;
    if (line.type === 'plan') return line;
    if (line.type === 'end') throw failureOfLine(line);
    onProgress(line);
  }
  throw new Failure('unavailable', onPage('sendingBrokeOff'));
}

/** What a stream ends with when it breaks. */
interface FailedLine {
  type: 'end';
  problems: { code: Failure['code']; detail: string; action?: string }[];
}

function failureOfLine({ problems: [problem] }: FailedLine): Failure {
  if (!problem) return new Failure('unavailable', onPage('sendingBrokeOff'));
  const { code, detail, action } = problem;
  return new Failure(code, spoken(detail), { action: action === undefined ? undefined : spoken(action) });
}
