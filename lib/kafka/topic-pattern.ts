/** Topics by a pattern in which `*` stands for any characters: `shop.*`, `*.dlq`, `orders`. */
export function topicPattern(pattern: string): (topic: string) => boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\/-]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('[^]*?')}$`);
  return (topic) => expression.test(topic);
}

/**
 * The same, or a regular expression between slashes: `/^shop\.(orders|users)$/`.
 *
 * @throws SyntaxError for what is none between slashes
 */
export function topicTest(pattern: string): (topic: string) => boolean {
  const expression = /^\/(.+)\/$/s.exec(pattern)?.[1];
  if (expression === undefined) return topicPattern(pattern);
  const regex = new RegExp(expression, 'u');
  return (topic) => regex.test(topic);
}
