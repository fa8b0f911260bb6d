import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { cn } from './class-names.ts';
import { popupClass } from './popup-class.ts';

export interface PopoverProps {
  trigger: ReactElement;
  title?: ReactNode;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  className?: string;
}

/** A small panel beside what opens it. */
export function Popover({ trigger, title, children, align = 'start', className }: PopoverProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} className="z-60">
          <Base.Popup
            className={cn(popupClass, 'max-w-[min(24rem,calc(100vw-2rem))] p-3 text-[0.8125rem]', className)}
          >
            {title ? (
              <Base.Title className="mb-1.5 text-[0.8125rem] font-semibold">{title}</Base.Title>
            ) : null}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
