import {
  anyButNewline,
  anyOf,
  between,
  type CharTest,
  ignoringCase,
  not,
  PatternError,
  type PatternTree,
  PERL_CLASSES,
  POSIX_CLASSES,
} from './pattern-tree.ts';

const MAX_REPEAT = 1000;
const ESCAPES: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/**
 * Reads a pattern in RE2's syntax, which consumer groups subscribe by (KIP-848). Left out of it: Unicode classes (`\p`),
 * multi-line mode (no topic's name has lines) and octal escapes.
 * @throws PatternError with RE2's words
 */
export function parsePattern(pattern: string): PatternTree {
  const parser = new PatternParser(pattern);
  const tree = parser.choice();
  if (!parser.isAtEnd) throw new PatternError('regexp/syntax: internal error');
  return tree;
}

class PatternParser {
  readonly #chars: string[];
  #at = 0;
  #ignoresCase = false;
  #dotTakesNewline = false;
  readonly #names = new Set<string>();

  constructor(pattern: string) {
    this.#chars = [...pattern];
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#chars.length;
  }

  choice(): PatternTree {
    const parts = [this.#sequence()];
    while (this.#takes('|')) parts.push(this.#sequence());
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
  }

  #sequence(): PatternTree {
    const parts: PatternTree[] = [];
    while (!this.isAtEnd && this.#next !== '|' && this.#next !== ')') {
      const atom = this.#atom();
      if (atom !== null) parts.push(this.#repeated(atom));
    }
    return parts.length === 0 ? { kind: 'empty' } : { kind: 'sequence', parts };
  }

  #repeated(atom: PatternTree): PatternTree {
    let part = atom;
    let operators = 0;
    for (;;) {
      const range = this.#quantifier();
      if (range === null) return part;
      this.#takes('?'); // Lazy or not, the same names match.
      operators += 1;
      if (operators > 1) throw new PatternError('invalid nested repetition operator');
      part = { kind: 'repeat', part, min: range[0], max: range[1] };
    }
  }

  #quantifier(): [min: number, max: number] | null {
    if (this.#takes('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.#takes('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.#takes('?')) return [0, 1];
    const counted = /^\{(\d+)(,(\d*))?\}/.exec(this.#rest);
    if (counted === null) return null; // A brace that counts nothing is a character like any other.
    this.#at += counted[0].length;
    const min = Number(counted[1]);
    const open = counted[2] !== undefined && counted[3] === '';
    const max = counted[2] === undefined ? min : open ? Number.POSITIVE_INFINITY : Number(counted[3]);
    if (min > MAX_REPEAT || (!open && max > MAX_REPEAT) || max < min) {
      throw new PatternError('invalid repeat count');
    }
    return [min, max];
  }

  /** Null for what only changes the flags. */
  #atom(): PatternTree | null {
    const char = this.#take();
    switch (char) {
      case '(':
        return this.#group();
      case '[':
        return this.#char(this.#class());
      case '.':
        return this.#char(this.#dotTakesNewline ? () => true : anyButNewline);
      case '^':
        return { kind: 'assert', what: 'start' };
      case '$':
        return { kind: 'assert', what: 'end' };
      case '\\':
        return this.#escape();
      case '*':
      case '+':
      case '?':
        throw new PatternError('missing argument to repetition operator');
      default:
        return this.#literal(char.codePointAt(0)!);
    }
  }

  #group(): PatternTree | null {
    const [ignoresCase, dotTakesNewline] = [this.#ignoresCase, this.#dotTakesNewline];
    if (this.#takes('?')) {
      const name = /^P?<([^>]*)>/.exec(this.#rest);
      const flags = /^([imsU]*)(?:-([imsU]+))?([:)])/.exec(this.#rest);
      if (name !== null) {
        this.#at += name[0].length;
        this.#nameGroup(name[1]!);
      } else if (flags !== null) {
        this.#at += [...flags[0]].length;
        this.#setFlags(flags[1]!, true);
        this.#setFlags(flags[2] ?? '', false);
        if (flags[3] === ')') return null;
      } else throw new PatternError('invalid or unsupported Perl syntax');
    }
    const tree = this.choice();
    if (!this.#takes(')')) throw new PatternError('missing closing )');
    this.#ignoresCase = ignoresCase;
    this.#dotTakesNewline = dotTakesNewline;
    return tree;
  }

  #nameGroup(name: string): void {
    if (!/^\w+$/.test(name)) throw new PatternError('invalid named capture');
    if (this.#names.has(name)) throw new PatternError('duplicate capture group name');
    this.#names.add(name);
  }

  #setFlags(flags: string, on: boolean): void {
    if (flags.includes('i')) this.#ignoresCase = on;
    if (flags.includes('s')) this.#dotTakesNewline = on;
  }

  #escape(): PatternTree {
    if (this.isAtEnd) throw new PatternError('trailing backslash at end of expression');
    const char = this.#take();
    switch (char) {
      case 'A':
        return { kind: 'assert', what: 'start' };
      case 'z':
        return { kind: 'assert', what: 'end' };
      case 'b':
        return { kind: 'assert', what: 'boundary' };
      case 'B':
        return { kind: 'assert', what: 'inside' };
      case 'Q': {
        const end = this.#rest.indexOf('\\E');
        const quoted = end < 0 ? this.#rest : this.#rest.slice(0, end);
        this.#at += [...quoted].length + (end < 0 ? 0 : 2);
        const parts = [...quoted].map((each) => this.#literal(each.codePointAt(0)!));
        return { kind: 'sequence', parts };
      }
      default: {
        const known = PERL_CLASSES.get(char);
        return known === undefined ? this.#literal(this.#escapedCode(char)) : this.#char(known);
      }
    }
  }

  #escapedCode(char: string): number {
    const control = ESCAPES[char];
    if (control !== undefined) return control;
    if (char === 'x') {
      const hex = /^(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2}))/.exec(this.#rest);
      const code = hex === null ? Number.POSITIVE_INFINITY : Number.parseInt(hex[1] ?? hex[2]!, 16);
      if (code > 0x10ffff) throw new PatternError('invalid escape sequence');
      this.#at += hex![0].length;
      return code;
    }
    if (/^[a-zA-Z0-9]$/.test(char)) throw new PatternError('invalid escape sequence');
    return char.codePointAt(0)!;
  }

  #class(): CharTest {
    const negated = this.#takes('^');
    const tests: CharTest[] = [];
    for (let first = true; ; first = false) {
      if (this.isAtEnd) throw new PatternError('missing closing ]');
      if (!first && this.#takes(']')) break;
      tests.push(this.#posixClass() ?? this.#classItem());
    }
    const test = this.#folded(anyOf(tests));
    return negated ? not(test) : test;
  }

  #posixClass(): CharTest | null {
    const named = /^\[:(\^?)(\w+):\]/.exec(this.#rest);
    if (named === null) return null;
    const test = POSIX_CLASSES.get(named[2]!);
    if (test === undefined) throw new PatternError('invalid character class range');
    this.#at += named[0].length;
    return named[1] === '^' ? not(test) : test;
  }

  #classItem(): CharTest {
    const from = this.#classCharacter();
    if (typeof from !== 'number') return from;
    if (this.#next !== '-' || this.#chars[this.#at + 1] === ']' || this.#at + 1 >= this.#chars.length) {
      return between(from, from);
    }
    this.#at += 1;
    const to = this.#classCharacter();
    if (typeof to !== 'number' || to < from) throw new PatternError('invalid character class range');
    return between(from, to);
  }

  #classCharacter(): number | CharTest {
    const char = this.#take();
    if (char !== '\\') return char.codePointAt(0)!;
    if (this.isAtEnd) throw new PatternError('trailing backslash at end of expression');
    const escaped = this.#take();
    return PERL_CLASSES.get(escaped) ?? this.#escapedCode(escaped);
  }

  #literal(code: number): PatternTree {
    return this.#char(this.#folded(between(code, code)));
  }

  #folded(test: CharTest): CharTest {
    return this.#ignoresCase ? ignoringCase(test) : test;
  }

  #char(test: CharTest): PatternTree {
    return { kind: 'char', test };
  }

  get #next(): string | undefined {
    return this.#chars[this.#at];
  }

  get #rest(): string {
    return this.#chars.slice(this.#at).join('');
  }

  #take(): string {
    const char = this.#chars[this.#at]!;
    this.#at += 1;
    return char;
  }

  #takes(char: string): boolean {
    if (this.#next !== char) return false;
    this.#at += 1;
    return true;
  }
}
