import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';

/** SCRAM with one hash function (RFC 5802, RFC 7677). */
export interface ScramMechanism {
  readonly name: string;
  /** The protocol's number (`ScramMechanism` of Kafka's admin client). */
  readonly type: number;
  readonly minIterations: number;
  hash(bytes: Buffer): Buffer;
  hmac(key: Buffer, bytes: Buffer | string): Buffer;
  /** Hi() of RFC 5802. */
  saltedPassword(password: string, salt: Buffer, iterations: number): Buffer;
}

function mechanism(name: string, type: number, hashName: string, hashBytes: number): ScramMechanism {
  return {
    name,
    type,
    minIterations: 4096,
    hash: (bytes) => createHash(hashName).update(bytes).digest(),
    hmac: (key, bytes) => createHmac(hashName, key).update(bytes).digest(),
    saltedPassword: (password, salt, iterations) =>
      pbkdf2Sync(password, salt, iterations, hashBytes, hashName),
  };
}

export const SCRAM_MECHANISMS: readonly ScramMechanism[] = [
  mechanism('SCRAM-SHA-256', 1, 'sha256', 32),
  mechanism('SCRAM-SHA-512', 2, 'sha512', 64),
];

export function scramMechanismOfType(type: number): ScramMechanism | undefined {
  return SCRAM_MECHANISMS.find((each) => each.type === type);
}

/** What the server keeps of a password that was salted and hashed already. */
export function scramKeys({ hash, hmac }: ScramMechanism, saltedPassword: Buffer) {
  return {
    storedKey: hash(hmac(saltedPassword, 'Client Key')),
    serverKey: hmac(saltedPassword, 'Server Key'),
  };
}
