import { type Acl, aclKey, PATTERN, WILDCARD } from './acl.ts';

/** The ACLs of one kind of resource, by how they name it. */
interface Section {
  readonly literal: Map<string, Acl[]>;
  readonly prefixed: Map<string, Acl[]>;
  /** How many prefixes have this length: only these need to be looked up. */
  readonly prefixLengths: Map<number, number>;
}

/** Every ACL by its id, and found by the resource it is about in time that does not grow with the number of ACLs. */
export class AclIndex {
  readonly #byId = new Map<string, Acl>();
  readonly #ids = new Map<string, string>();
  readonly #sections = new Map<number, Section>();

  get byId(): ReadonlyMap<string, Acl> {
    return this.#byId;
  }

  /** Whether this very ACL is there. */
  has(acl: Acl): boolean {
    return this.#ids.has(aclKey(acl));
  }

  add(id: string, acl: Acl): void {
    this.remove(id);
    this.#byId.set(id, acl);
    this.#ids.set(aclKey(acl), id);
    const section = this.#section(acl.resourceType);
    const names = acl.patternType === PATTERN.prefixed ? section.prefixed : section.literal;
    const known = names.get(acl.resourceName);
    if (known !== undefined) {
      known.push(acl);
      return;
    }
    names.set(acl.resourceName, [acl]);
    if (names === section.prefixed) countLength(section, acl.resourceName.length, 1);
  }

  remove(id: string): void {
    const acl = this.#byId.get(id);
    if (acl === undefined) return;
    this.#byId.delete(id);
    this.#ids.delete(aclKey(acl));
    const section = this.#section(acl.resourceType);
    const names = acl.patternType === PATTERN.prefixed ? section.prefixed : section.literal;
    const rest = (names.get(acl.resourceName) ?? []).filter((each) => each !== acl);
    if (rest.length > 0) {
      names.set(acl.resourceName, rest);
      return;
    }
    names.delete(acl.resourceName);
    if (names === section.prefixed) countLength(section, acl.resourceName.length, -1);
  }

  /** Those that are about the resource of this name: its own, those for its prefixes, those for all. */
  *about(resourceType: number, name: string): Generator<Acl> {
    const section = this.#sections.get(resourceType);
    if (section === undefined) return;
    yield* section.literal.get(name) ?? [];
    for (const length of section.prefixLengths.keys()) {
      if (length <= name.length) yield* section.prefixed.get(name.slice(0, length)) ?? [];
    }
    if (name !== WILDCARD) yield* section.literal.get(WILDCARD) ?? [];
  }

  /** All about one kind of resource. */
  *ofType(resourceType: number): Generator<Acl> {
    const section = this.#sections.get(resourceType);
    if (section === undefined) return;
    for (const acls of section.literal.values()) yield* acls;
    for (const acls of section.prefixed.values()) yield* acls;
  }

  #section(resourceType: number): Section {
    let section = this.#sections.get(resourceType);
    if (section === undefined) {
      section = { literal: new Map(), prefixed: new Map(), prefixLengths: new Map() };
      this.#sections.set(resourceType, section);
    }
    return section;
  }
}

function countLength({ prefixLengths }: Section, length: number, by: 1 | -1): void {
  const count = (prefixLengths.get(length) ?? 0) + by;
  if (count === 0) prefixLengths.delete(length);
  else prefixLengths.set(length, count);
}
