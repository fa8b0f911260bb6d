/** Topics by a pattern in which `*` stands for any characters: `shop.*`, `*.dlq`, `orders`. */
export function topicPattern(pattern: string): (topic: string) => boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\/-]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('[^]*?')}$`);
  return (topic) => expression.test(topic);
}
