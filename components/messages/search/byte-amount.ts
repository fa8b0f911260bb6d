const AMOUNT = /^(\d+(?:[.,]\d+)?)\s*(b|k|kb|kib|m|mb|mib)?$/i;

/** A size in bytes as a person types it: `512`, `10 KiB`, `1.5 MB`; null for what is no size. Units are binary. */
export function bytesOf(text: string): number | null {
  const [, digits, unit = ''] = AMOUNT.exec(text.trim()) ?? [];
  if (digits === undefined) return null;
  const factor = /^k/i.test(unit) ? 1024 : /^m/i.test(unit) ? 1024 ** 2 : 1;
  const bytes = Math.round(Number(digits.replace(',', '.')) * factor);
  return bytes <= 2_147_483_647 ? bytes : null;
}

/** The shortest text that `bytesOf` reads as the same size. */
export function amountOf(bytes: number | null): string {
  if (bytes === null) return '';
  if (bytes > 0 && bytes % 1024 ** 2 === 0) return `${bytes / 1024 ** 2} MiB`;
  return bytes > 0 && bytes % 1024 === 0 ? `${bytes / 1024} KiB` : String(bytes);
}
