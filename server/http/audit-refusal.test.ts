import { afterEach, expect, it, vi } from 'vitest';
import { Failure } from '../../lib/contract/failure.ts';
import { spoken } from '../../lib/contract/sentence.ts';
import { say } from '../../lib/i18n/sentences/sentence.ts';
import { type Registry, setRegistry } from '../registry.ts';
import { auditRefusal } from './audit-refusal.ts';
import { problemDocument } from './problem-answer.ts';

const write = vi.fn();
const stranger = { host: 'console.example', origin: 'https://evil.example' };
const forbidden = problemDocument(new Failure('forbidden', say('api.otherSite')));

afterEach(() => {
  setRegistry(null);
  write.mockReset();
});

it('notes who was turned away from changing what, without the query', () => {
  setRegistry({ audit: { write } } as unknown as Registry);
  auditRefusal(
    { method: 'DELETE', url: '/api/v1/clusters/a/topics/b?secret=1', headers: stranger },
    forbidden,
  );
  expect(write).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({
      endpoint: 'DELETE /api/v1/clusters/a/topics/b',
      params: stranger,
      outcome: {
        ok: false,
        status: 403,
        code: 'forbidden',
        detail: 'A page of another site may not change anything here',
      },
    }),
  );
});

it('takes no notice of reading, nor of what is refused for another reason', () => {
  setRegistry({ audit: { write } } as unknown as Registry);
  auditRefusal({ method: 'GET', url: '/', headers: stranger }, forbidden);
  auditRefusal(
    { method: 'POST', url: '/api/no', headers: {} },
    problemDocument(new Failure('not_found', spoken('No'))),
  );
  expect(write).not.toHaveBeenCalled();
});

it('needs no registry: the gate stands before it', () => {
  expect(() => auditRefusal({ method: 'POST', url: '/', headers: stranger }, forbidden)).not.toThrow();
});
