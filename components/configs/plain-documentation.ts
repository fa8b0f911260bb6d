const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', amp: '&' };

/** Kafka documents its configs in HTML; this keeps the words, the line breaks and the list marks. */
export function plainDocumentation(html: string): string {
  return html
    .replace(/<\s*(br|p|ul|ol|\/ul|\/ol|\/p)\s*\/?>/gi, '\n')
    .replace(/<\s*li\s*>/gi, '\n• ')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/&(lt|gt|quot|apos|nbsp|amp);/g, (_, name: string) => ENTITIES[name] as string)
    .replace(/[ \t]+/g, ' ')
    .replace(/ *\n\s*/g, '\n')
    .trim();
}
