import { cn } from './class-names.ts';
import { CopyButton } from './copy-button.tsx';

export interface CodeBlockProps {
  code: string;
  /** Accessible name, also of the copy button. */
  label: string;
  /** Long lines break, before an option where they can, instead of scrolling. */
  isWrapped?: boolean;
  className?: string;
}

/** Commands, JSON, bytes: exactly as they are, with a button to copy. */
export function CodeBlock({ code, label, isWrapped, className }: CodeBlockProps) {
  return (
    <div className={cn('relative rounded-md border border-line bg-sunken', className)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard (WCAG 2.1.1) */}
      <section aria-label={label} tabIndex={0} className="max-h-96 overflow-auto rounded-md p-3 pr-11">
        <pre
          className={cn(
            'font-mono text-xs leading-5 [overflow-wrap:normal] [word-break:normal]',
            isWrapped ? '[overflow-wrap:anywhere] whitespace-pre-wrap' : 'whitespace-pre',
          )}
        >
          {isWrapped ? unbrokenOptions(code) : code}
        </pre>
      </section>
      <div className="absolute top-1.5 right-1.5 rounded-md bg-sunken">
        <CopyButton text={code} label={label} />
      </div>
    </div>
  );
}

/** An option stays in one line with its value: a command that breaks inside a word is hard to read. */
function unbrokenOptions(code: string) {
  return code.split('\n').map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text, in its order
    <span key={index} className="block min-h-5">
      {line.split(/(?<= )(?=-)/).map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one line, in its order
        <span key={place} className="inline-block max-w-full">
          {part}
        </span>
      ))}
    </span>
  ));
}
