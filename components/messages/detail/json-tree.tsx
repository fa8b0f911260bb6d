'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import type { JsonNode } from '../exact-json.ts';

/** Children shown at once: a list of a million numbers must not freeze the page. */
const CHILDREN_AT_ONCE = 100;

/** Levels open at first. */
const OPEN_DEPTH = 2;

interface BranchProps {
  /** Key in its object, index in its array; absent at the root. */
  name?: string;
  node: JsonNode;
  depth: number;
  /** Every level open or closed by the buttons above the tree; null leaves it to depth. */
  all: boolean | null;
}

interface Child {
  name: string;
  node: JsonNode;
}

function childrenOf(node: JsonNode): Child[] {
  if (node.kind === 'object') return node.entries.map(({ key, value }) => ({ name: key, node: value }));
  if (node.kind === 'array') return node.items.map((item, index) => ({ name: String(index), node: item }));
  return [];
}

function isBranch(node: JsonNode): boolean {
  return node.kind === 'object' || node.kind === 'array';
}

function Name({ name }: { name: string | undefined }) {
  if (name === undefined) return null;
  return <span className="text-ink-faint">{name}: </span>;
}

function Leaf({ node }: { node: JsonNode }) {
  if (node.kind === 'string') return <span className="break-words">{JSON.stringify(node.value)}</span>;
  if (node.kind === 'number') return <span className="font-medium tabular-nums">{node.text}</span>;
  if (node.kind === 'literal') return <span className="text-ink-faint italic">{node.text}</span>;
  return null;
}

function Branch({ name, node, depth, all }: BranchProps) {
  const t = useTranslations('messages.view');
  const [isOpen, setOpen] = useState(all ?? depth < OPEN_DEPTH);
  const [shown, setShown] = useState(CHILDREN_AT_ONCE);
  const children = childrenOf(node);
  const brackets = node.kind === 'object' ? '{}' : '[]';

  if (!isBranch(node) || children.length === 0) {
    return (
      <div className="pl-5">
        <Name name={name} />
        {isBranch(node) ? brackets : <Leaf node={node} />}
      </div>
    );
  }

  const rest = children.length - shown;
  return (
    <div>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex w-full items-start rounded text-left hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          className={`mt-0.5 size-4 w-5 shrink-0 text-ink-faint transition-transform ${isOpen ? 'rotate-90' : ''}`}
        />
        <span className="min-w-0">
          <Name name={name} />
          <span className="text-ink-faint">
            {brackets[0]} {t(node.kind === 'object' ? 'keys' : 'items', { count: children.length })}{' '}
            {brackets[1]}
          </span>
        </span>
      </button>
      {isOpen && (
        <div className="ml-2.5 border-line border-l pl-2.5">
          {children.slice(0, shown).map((child, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: keys may be doubled, and the list never changes
            <Branch key={index} name={child.name} node={child.node} depth={depth + 1} all={all} />
          ))}
          {rest > 0 && (
            <button
              type="button"
              className="pl-5 text-ink underline underline-offset-2"
              onClick={() => setShown(shown + CHILDREN_AT_ONCE)}
            >
              {t('showMore', { count: Math.min(rest, CHILDREN_AT_ONCE) })}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** Nodes that may all be open at once. */
const OPEN_AT_ONCE = 3000;

/** Whether a document has more nodes than that; larger ones are not counted to their end. */
function hasMoreThan(most: number, node: JsonNode): boolean {
  const waiting = [node];
  for (let seen = 0; waiting.length > 0; seen += 1) {
    if (seen > most) return true;
    for (const child of childrenOf(waiting.pop() as JsonNode)) waiting.push(child.node);
    if (waiting.length > most) return true;
  }
  return false;
}

/** A JSON document that opens and closes level by level; numbers show as they were written. */
export function JsonTree({ node }: { node: JsonNode }) {
  const t = useTranslations('messages.view');
  const canOpenAll = useMemo(() => !hasMoreThan(OPEN_AT_ONCE, node), [node]);
  const [all, setAll] = useState<{ open: boolean | null; turn: number }>({ open: null, turn: 0 });
  return (
    <div className="font-mono text-xs leading-5">
      <div className="mb-1 flex gap-3 font-sans">
        {(canOpenAll ? [true, false] : [false]).map((open) => (
          <button
            key={String(open)}
            type="button"
            className="text-ink-faint underline underline-offset-2 hover:text-ink"
            onClick={() => setAll(({ turn }) => ({ open, turn: turn + 1 }))}
          >
            {t(open ? 'expandAll' : 'collapseAll')}
          </button>
        ))}
      </div>
      <Branch key={all.turn} node={node} depth={0} all={all.open} />
    </div>
  );
}
