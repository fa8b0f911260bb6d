import type { ConfigEntry } from '../../lib/contract/configs.ts';
import { cn } from '../ui/class-names.ts';
import { plainDocumentation } from './plain-documentation.ts';

/** What the broker's own documentation says about a config, as plain text. */
export function ConfigDocumentation({ entry, className }: { entry: ConfigEntry; className?: string }) {
  if (!entry.documentation) return null;
  return (
    <p className={cn('text-xs leading-5 whitespace-pre-line text-ink-faint', className)}>
      {plainDocumentation(entry.documentation)}
    </p>
  );
}
