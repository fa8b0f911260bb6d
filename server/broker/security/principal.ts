/** Who a connection acts for, e.g. `User:alice`. */
export interface Principal {
  /** `User` for everyone whom Kafka's own builder names. */
  readonly type: string;
  readonly name: string;
  /** It showed a delegation token (KIP-48): it may not ask for another one. */
  readonly tokenAuthenticated: boolean;
}

export const USER_TYPE = 'User';

/** Everyone who comes by a listener that asks for no name. */
export const ANONYMOUS: Principal = { type: USER_TYPE, name: 'ANONYMOUS', tokenAuthenticated: false };

/** A user by name. */
export function user(name: string, tokenAuthenticated = false): Principal {
  return { type: USER_TYPE, name, tokenAuthenticated };
}

/** As ACLs and settings write it: `User:alice`. */
export function principalText({ type, name }: Pick<Principal, 'type' | 'name'>): string {
  return `${type}:${name}`;
}

/** The parts of `User:alice`; null when it has none. A name may have colons itself. */
export function parsePrincipal(text: string): { readonly type: string; readonly name: string } | null {
  const at = text.indexOf(':');
  return at < 1 || at === text.length - 1 ? null : { type: text.slice(0, at), name: text.slice(at + 1) };
}

export function isSamePrincipal(
  a: Pick<Principal, 'type' | 'name'>,
  b: Pick<Principal, 'type' | 'name'>,
): boolean {
  return a.type === b.type && a.name === b.name;
}
