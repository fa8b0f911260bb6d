import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ask } from '../harness/api.ts';
import { uniqueName } from '../harness/names.ts';
import { underTest } from '../harness/under-test.ts';

const sockets: Socket[] = [];

function open(): Promise<Socket> {
  const [host, port] = underTest.bootstrapServers.split(',')[0]!.split(':');
  return new Promise((settle, reject) => {
    const socket = connect(Number(port), host!, () => settle(socket));
    socket.on('error', reject);
    sockets.push(socket);
  });
}

/** Whether the peer ends the connection within the time. */
function isClosed(socket: Socket, withinMs: number): Promise<boolean> {
  return new Promise((settle) => {
    socket.resume();
    socket.once('close', () => settle(true));
    setTimeout(() => settle(false), withinMs);
  });
}

/** Size, API key, API version, correlation id, client id "x", and whatever follows. */
function frame(apiKey: number, apiVersion: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4 + 2 + 2 + 4 + 2 + 1);
  head.writeInt32BE(head.length - 4 + body.length, 0);
  head.writeInt16BE(apiKey, 4);
  head.writeInt16BE(apiVersion, 6);
  head.writeInt32BE(7, 8);
  head.writeInt16BE(1, 12);
  head.write('x', 14);
  return Buffer.concat([head, body]);
}

describe('hostile frames', () => {
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    const topic = uniqueName('after-hostility');
    await ask('createTopic', { body: { name: topic, partitionCount: 1, replicationFactor: 3 } });
    expect(
      await ask('produceMessage', { params: { topic }, body: { value: { data: 'still here' } } }),
    ).toMatchObject({ offset: 0 });
    await ask('deleteTopic', { params: { topic } });
  });

  it('closes on a frame that claims 2 GiB', async () => {
    const socket = await open();
    socket.write(Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 3, 0, 1]));
    expect(await isClosed(socket, 5000)).toBe(true);
  });

  it('closes on a negative size', async () => {
    const socket = await open();
    socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
    expect(await isClosed(socket, 5000)).toBe(true);
  });

  it('closes on an API that does not exist and on a version that does not', async () => {
    for (const bad of [frame(9999, 0, Buffer.alloc(4)), frame(3, 999, Buffer.alloc(4))]) {
      const socket = await open();
      socket.write(bad);
      expect(await isClosed(socket, 5000)).toBe(true);
    }
  });

  it('survives an array that claims more items than the frame has bytes', async () => {
    const socket = await open();
    socket.write(frame(3, 1, Buffer.from([0x7f, 0xff, 0xff, 0xff])));
    expect(await isClosed(socket, 5000)).toBe(true);
  });

  it('survives a frame that never comes whole, and one that comes byte by byte', async () => {
    const half = await open();
    half.write(Buffer.from([0, 0, 1, 0, 0, 3]));
    half.end();
    const slow = await open();
    const whole = frame(3, 1, Buffer.from([0, 0, 0, 0]));
    const answered = new Promise<Buffer>((settle) => slow.once('data', settle));
    for (const byte of whole) {
      slow.write(Buffer.from([byte]));
      await new Promise((resume) => setTimeout(resume, 2));
    }
    expect((await answered).readInt32BE(4)).toBe(7);
  });

  it('survives noise, and clients that connect and say nothing', async () => {
    for (let round = 0; round < 30; round++) await open();
    for (let round = 0; round < 100; round++) {
      const socket = await open();
      socket.on('error', () => undefined);
      socket.write(randomBytes(1 + Math.floor(Math.random() * 300)));
    }
    for (const apiKey of [0, 1, 2, 3, 8, 9, 10, 11, 14, 18, 19, 20, 32, 35, 43, 44, 45, 60]) {
      const socket = await open();
      socket.on('error', () => undefined);
      const body = randomBytes(60);
      for (let version = 0; version < 8; version++) socket.write(frame(apiKey, version, body));
    }
    await new Promise((resume) => setTimeout(resume, 1000));
  });
});
