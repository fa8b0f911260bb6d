import { Tooltip as Base } from '@base-ui/react/tooltip';
import { CircleHelp } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';

/** A tip on hover and on focus. What it says must not be needed to use the page: touch screens show none. */
export function Tooltip({ tip, children }: { tip: ReactNode; children: ReactElement }) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="z-70">
          <Base.Popup className="max-w-72 rounded-md bg-inverse px-2.5 py-1.5 text-xs text-on-inverse shadow-float transition-opacity duration-100 data-starting-style:opacity-0 data-ending-style:opacity-0">
            {tip}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** A question mark that says what a word or number means. */
export function HintMark({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Tooltip tip={children}>
      <button
        type="button"
        aria-label={label}
        className="-my-1 inline-grid size-6 shrink-0 place-items-center rounded-full align-middle text-ink-faint hover:text-ink"
      >
        <CircleHelp aria-hidden className="size-3.5" />
      </button>
    </Tooltip>
  );
}
