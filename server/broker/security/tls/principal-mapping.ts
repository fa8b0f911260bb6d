/** One of `ssl.principal.mapping.rules` (KIP-371). */
interface Rule {
  /** Null: `DEFAULT`, the name as it is. */
  readonly pattern: RegExp | null;
  readonly replacement: string;
  readonly letters: string;
}

const RULE = /^\s*(?:(DEFAULT)|RULE:((?:\\.|[^\\/])*)\/((?:\\.|[^\\/])*)\/([LU]?))\s*(?:,|$)/s;

/**
 * How a certificate's name becomes a user's.
 * @param rules as the setting has them: `DEFAULT`, or `RULE:pattern/replacement/[LU]`, separated by commas
 * @throws Error with Kafka's words when they can't be read
 */
export function principalMapping(rules: string): (distinguishedName: string) => string {
  const parsed: Rule[] = [];
  for (let rest = rules.trim(); rest !== ''; ) {
    const found = RULE.exec(rest);
    if (found === null) throw new Error(`Invalid rule: \`${rest}\``);
    const [all, isDefault, pattern = '', replacement = '', letters = ''] = found;
    parsed.push({ pattern: isDefault ? null : new RegExp(`^(?:${pattern})$`), replacement, letters });
    rest = rest.slice(all.length);
  }
  return (name) => {
    for (const { pattern, replacement, letters } of parsed) {
      if (pattern === null) return name;
      if (!pattern.test(name)) continue;
      const mapped = name.replace(pattern, replacement);
      return letters === 'L' ? mapped.toLowerCase() : letters === 'U' ? mapped.toUpperCase() : mapped;
    }
    throw new Error(`No rules apply to ${name}, rules ${rules}`);
  };
}
