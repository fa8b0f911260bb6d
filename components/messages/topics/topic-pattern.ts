/** Topics that one search may be about, as the API has it. */
export const MOST_TOPICS = 100;

export function isPattern(text: string): boolean {
  return text.includes('*');
}

/** Whether a name is meant by a pattern, in which `*` stands for anything. A name means itself. */
export function isMeant(name: string, pattern: string): boolean {
  if (!isPattern(pattern)) return name === pattern;
  const parts = pattern.split('*').map((part) => part.replace(/[.\\^$+?()[\]{}|/]/g, '\\$&'));
  // Kafka's own topics are meant only where the pattern begins as their names do.
  if (name.startsWith('__') && !pattern.startsWith('_')) return false;
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

/** The longest part of a pattern that every name has: what the server is asked for. */
export function literalPart(pattern: string): string {
  return pattern.split('*').reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}
