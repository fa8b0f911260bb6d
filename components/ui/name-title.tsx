import { CopyButton } from './copy-button.tsx';

/** Names longer than this are set smaller, so that a title stays a title and not the page. */
const LONG = 80;

/** The name of what a page is about, as its title, with a button to copy it. */
export function NameTitle({ name }: { name: string }) {
  return (
    <span className="inline-flex items-center gap-1" data-long={name.length > LONG || undefined}>
      <span className="break-all">{name === '' ? '""' : name}</span>
      <CopyButton text={name} />
    </span>
  );
}
