import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A certificate that signs itself, and its key, as PEM. */
export interface SelfSigned {
  readonly certificate: string;
  readonly key: string;
}

const TAG = {
  bool: 0x01,
  int: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  time: 0x17,
  seq: 0x30,
  set: 0x31,
};
/** X.509 version 3. */
const VERSION = 2;
const VALID_YEARS = 10;
const OID = {
  ecdsaWithSha256: [1, 2, 840, 10045, 4, 3, 2],
  commonName: [2, 5, 4, 3],
  subjectAltName: [2, 5, 29, 17],
  basicConstraints: [2, 5, 29, 19],
};

/**
 * A certificate for brokers on loopback, good for ten years: what a client trusts is the certificate itself. X.509 (RFC 5280)
 * is written by hand because Node reads certificates but makes none.
 */
export function selfSignedCertificate(name: string, now: number): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(TAG.seq, oid(OID.ecdsaWithSha256));
  const subject = der(
    TAG.seq,
    der(TAG.set, der(TAG.seq, oid(OID.commonName), der(TAG.utf8, Buffer.from(name)))),
  );
  const body = der(
    TAG.seq,
    der(0xa0, der(TAG.int, Buffer.from([VERSION]))),
    der(TAG.int, serialNumber()),
    algorithm,
    subject,
    der(TAG.seq, time(now - 86_400_000), time(now + VALID_YEARS * 365 * 86_400_000)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      der(TAG.seq, extension(OID.basicConstraints, isAuthority()), extension(OID.subjectAltName, names())),
    ),
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = der(TAG.seq, body, algorithm, der(TAG.bits, Buffer.from([0]), signature));
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines(certificate)}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function isAuthority(): Buffer {
  return der(TAG.seq, der(TAG.bool, Buffer.from([0xff])));
}

/** Where clients on the same machine look for the brokers. */
function names(): Buffer {
  return der(
    TAG.seq,
    der(0x82, Buffer.from('localhost')),
    der(0x87, Buffer.from([127, 0, 0, 1])),
    der(0x87, Buffer.from([...new Array<number>(15).fill(0), 1])),
  );
}

function extension(id: readonly number[], value: Buffer): Buffer {
  return der(TAG.seq, oid(id), der(TAG.octets, value));
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function oid([first = 0, second = 0, ...rest]: readonly number[]): Buffer {
  const bytes = [first * 40 + second];
  for (const number of rest) {
    const digits = [number & 0x7f];
    for (let left = number >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
    bytes.push(...digits);
  }
  return der(TAG.oid, Buffer.from(bytes));
}

/** Positive, as RFC 5280 wants it. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return bytes;
}

function time(timestamp: number): Buffer {
  const text = new Date(timestamp).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14);
  return der(TAG.time, Buffer.from(`${text}Z`));
}

function lines(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n');
}
