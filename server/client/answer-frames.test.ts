import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AnswerFrames } from './answer-frames.ts';

const frame = (body: Uint8Array) => {
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length);
  return Buffer.concat([size, body]);
};

it('gives whole answers however they are cut into pieces, and whatever becomes of the pieces', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 10 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
      (bodies, sizes) => {
        const given: Buffer[] = [];
        const frames = new AnswerFrames((one) => given.push(one));
        const stream = Buffer.concat(bodies.map(frame));
        const piece = Buffer.alloc(40);
        for (let at = 0; at < stream.length; ) {
          const length = Math.min(sizes.next().value as number, stream.length - at);
          stream.copy(piece, 0, at, at + length);
          frames.take(piece.subarray(0, length));
          piece.fill(0xff);
          at += length;
        }
        expect(given).toEqual(bodies.map(frame));
      },
    ),
  );
});

it('sets aside for a long answer what has come of it, not what it says', () => {
  const before = process.memoryUsage().arrayBuffers;
  const given: Buffer[] = [];
  const frames = new AnswerFrames((one) => given.push(one));
  frames.take(Buffer.from([0x7f, 0xff, 0xff, 0xff]));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * 1024 * 1024);
  const long = frame(Buffer.alloc(70 * 1024 * 1024, 7));
  const others = new AnswerFrames((one) => given.push(one));
  for (let at = 0; at < long.length; at += 1_000_000) others.take(long.subarray(at, at + 1_000_000));
  expect(given).toHaveLength(1);
  expect(given[0]!.equals(long)).toBe(true);
});

it('refuses an answer of a negative size', () => {
  expect(() => new AnswerFrames(() => {}).take(Buffer.from([0xff, 0, 0, 0]))).toThrow(RangeError);
});
