import { Menu as Base } from '@base-ui/react/menu';
import { Check, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import type { ReactElement, ReactNode } from 'react';
import { cn } from './class-names.ts';
import { popupClass, popupItemClass } from './popup-class.ts';

export interface MenuProps {
  trigger: ReactElement;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  className?: string;
}

export function Menu({ trigger, children, align = 'end', className }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} className="z-60">
          <Base.Popup className={cn(popupClass, 'min-w-44 max-w-[calc(100vw-2rem)] p-1', className)}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export interface MenuItemProps {
  onSelect: () => void;
  icon?: LucideIcon;
  isDangerous?: boolean;
  isDisabled?: boolean;
  children: ReactNode;
}

export function MenuItem({ onSelect, icon: Icon, isDangerous, isDisabled, children }: MenuItemProps) {
  return (
    <Base.Item
      onClick={onSelect}
      disabled={isDisabled}
      className={cn(popupItemClass, isDangerous && 'text-critical')}
    >
      {Icon ? <Icon aria-hidden className="size-4 shrink-0" /> : null}
      {children}
    </Base.Item>
  );
}

export function MenuLink({
  href,
  icon: Icon,
  children,
}: {
  href: string;
  icon?: LucideIcon;
  children: ReactNode;
}) {
  return (
    <Base.LinkItem render={<Link href={href} />} closeOnClick className={popupItemClass}>
      {Icon ? <Icon aria-hidden className="size-4 shrink-0" /> : null}
      {children}
    </Base.LinkItem>
  );
}

export interface MenuRadioProps<Value extends string> {
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  choices: readonly { value: Value; label: ReactNode; icon?: LucideIcon }[];
}

/** One of a few settings inside a menu, with its heading. */
export function MenuRadio<Value extends string>({
  label,
  value,
  onValueChange,
  choices,
}: MenuRadioProps<Value>) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next) => onValueChange(next as Value)}>
      <Base.Group>
        <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-xs text-ink-faint">{label}</Base.GroupLabel>
        {choices.map(({ value: choice, label: text, icon: Icon }) => (
          <Base.RadioItem
            key={choice}
            value={choice}
            closeOnClick
            className={cn(popupItemClass, 'justify-between')}
          >
            <span className="flex items-center gap-2">
              {Icon ? <Icon aria-hidden className="size-4" /> : null}
              {text}
            </span>
            <Base.RadioItemIndicator>
              <Check aria-hidden className="size-4" />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.Group>
    </Base.RadioGroup>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="mx-1 my-1 h-px bg-line" />;
}
