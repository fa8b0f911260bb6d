/** What RFC 2253 calls the parts of a name; Java writes others as numbers. */
const KEYWORDS = new Set(['CN', 'C', 'O', 'OU', 'L', 'ST', 'STREET', 'DC', 'UID']);
/** Names that OpenSSL has for parts that Java knows by number only. */
const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['emailAddress', '1.2.840.113549.1.9.1'],
  ['serialNumber', '2.5.4.5'],
  ['GN', '2.5.4.42'],
  ['SN', '2.5.4.4'],
  ['title', '2.5.4.12'],
]);
const IA5_STRING = 0x16;
const UTF8_STRING = 0x0c;

/**
 * A certificate's subject as Kafka names its principal (`X500Principal.getName`, RFC 2253): the last part first.
 * @param subject as Node tells it: a line a part, the first part first
 */
export function distinguishedName(subject: string): string {
  return subject
    .split('\n')
    .filter((line) => line !== '')
    .reverse()
    .map((line) =>
      line
        .split(/ \+ (?=[\w.]+=)/)
        .map(rewritten)
        .join('+'),
    )
    .join(',');
}

function rewritten(part: string): string {
  const at = part.indexOf('=');
  const type = part.slice(0, at);
  const value = part.slice(at + 1);
  if (KEYWORDS.has(type)) return `${type}=${escaped(value)}`;
  const bytes = Buffer.from(value);
  const tag = type === 'emailAddress' ? IA5_STRING : UTF8_STRING;
  return `${NUMBERS.get(type) ?? type}=#${Buffer.from([tag, bytes.length]).toString('hex')}${bytes.toString('hex')}`;
}

/** Node has escaped what OpenSSL escapes; RFC 2253 wants the same of `,+"\<>;`, a leading `#` and spaces at the ends. */
function escaped(value: string): string {
  const plain = value.replaceAll(/\\(.)/g, '$1');
  return plain
    .replaceAll(/[,+"\\<>;]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ');
}
