import { cn } from './class-names.ts';
import { CopyButton } from './copy-button.tsx';

export interface CodeBlockProps {
  code: string;
  /** Accessible name, also of the copy button. */
  label: string;
  /** Long lines break instead of scrolling. */
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
            isWrapped ? 'break-all whitespace-pre-wrap' : 'whitespace-pre',
          )}
        >
          {code}
        </pre>
      </section>
      <div className="absolute top-1.5 right-1.5 rounded-md bg-sunken">
        <CopyButton text={code} label={label} />
      </div>
    </div>
  );
}
