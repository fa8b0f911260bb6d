'use client';
import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button, IconButton } from './button.tsx';

export interface CopyButtonProps {
  /** A function is called when it is copied: for what is long and seldom wanted. */
  text: string | (() => string);
  label?: string;
  children?: string;
}

/** Copies text; says so for two seconds. With `children` it is a button with a label, else an icon. */
export function CopyButton({ text, label, children }: CopyButtonProps) {
  const t = useTranslations('ui');
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => {
    // Over plain HTTP from another machine browsers have no clipboard; then nothing is claimed.
    navigator.clipboard?.writeText(typeof text === 'string' ? text : text()).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  const icon = isCopied ? Check : Copy;
  return (
    <>
      {children === undefined ? (
        <IconButton size="small" icon={icon} label={label ?? t('copy')} onClick={copy} />
      ) : (
        <Button size="small" icon={icon} onClick={copy}>
          {children}
        </Button>
      )}
      <span role="status" className="sr-only">
        {isCopied ? t('copied') : ''}
      </span>
    </>
  );
}
