import { describe, expect, it } from 'vitest';
import { plainDocumentation } from './plain-documentation.ts';

describe('plainDocumentation', () => {
  it('keeps the words of links and code', () => {
    expect(
      plainDocumentation('Enables <a href="#compaction">log compaction</a>. If <code>-1</code>, no limit.'),
    ).toBe('Enables log compaction. If -1, no limit.');
  });

  it('makes lines of breaks, paragraphs and lists', () => {
    expect(plainDocumentation('<p>One of:</p><ul><li>delete</li> <li>compact</li></ul>Then<br/>more')).toBe(
      'One of:\n• delete\n• compact\nThen\nmore',
    );
  });

  it('resolves entities after tags, so that text never turns into a tag', () => {
    expect(plainDocumentation('a &lt;b&gt; &amp;lt; c')).toBe('a <b> &lt; c');
  });

  it('leaves comparisons alone', () => {
    expect(plainDocumentation('when size < 10 and age > 5')).toBe('when size < 10 and age > 5');
  });
});
