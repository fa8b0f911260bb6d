import type { Problem } from '../../lib/contract/problem.ts';
import type { Unspoken } from '../../lib/contract/sentence.ts';
import { registryIfMade } from '../registry.ts';
import type { GateRequest } from './gate.ts';

const MAX_TEXT = 512;

/** A change that the gate turned away before anybody looked who asks: strangers' pages and strangers' host names. */
export function auditRefusal(
  { method = 'GET', url = '', headers }: GateRequest,
  problem: Unspoken<Problem>,
): void {
  if (problem.code !== 'forbidden' || method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return;
  const { code, detail, status } = problem;
  registryIfMade()?.audit.write({
    time: new Date().toISOString(),
    principal: 'unknown',
    endpoint: `${method} ${url.split('?', 1)[0]}`.slice(0, MAX_TEXT),
    cluster: null,
    params: Object.fromEntries(
      (['host', 'origin'] as const).flatMap((name) => {
        const value = headers[name];
        return value === undefined ? [] : [[name, value.slice(0, MAX_TEXT)]];
      }),
    ),
    body: null,
    outcome: { ok: false, status, code, detail: detail.toString() },
    durationMs: 0,
  });
}
