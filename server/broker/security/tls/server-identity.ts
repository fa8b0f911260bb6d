import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { selfSignedCertificate } from './self-signed.ts';

/** The PEM files that the TLS listeners were given. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
}

/** What the brokers show to clients of TLS listeners, as PEM. */
export interface ServerIdentity {
  readonly certificate: string;
  readonly key: string;
}

/**
 * Reads the brokers' certificate and key.
 * @throws Error with one line when a file can't be read or the two do not belong together
 */
export function readIdentity(files: TlsFiles): ServerIdentity {
  const identity = { certificate: readPem(files.certificate), key: readPem(files.key) };
  const certificate = parsed(files.certificate, () => new X509Certificate(identity.certificate));
  const key = parsed(files.key, () => createPrivateKey(identity.key));
  if (!certificate.checkPrivateKey(key)) {
    throw new Error(`The key in ${files.key} does not belong to the certificate in ${files.certificate}`);
  }
  return identity;
}

/** The identity that the data dir keeps in its folder `tls`; made at the first need, for clients on this machine. */
export function ownIdentity(dataDir: string, now: number): ServerIdentity {
  const folder = join(dataDir, 'tls');
  const files = { certificate: join(folder, 'certificate.pem'), key: join(folder, 'key.pem') };
  if (!existsSync(files.certificate) || !existsSync(files.key)) {
    const made = selfSignedCertificate('Kafdeck embedded cluster', now);
    mkdirSync(folder, { recursive: true });
    writeFileSync(files.key, made.key, { mode: 0o600 });
    chmodSync(files.key, 0o600);
    writeFileSync(files.certificate, made.certificate);
  }
  return readIdentity(files);
}

/** @throws Error with one line when it can't be read */
export function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${file} can't be read: ${error instanceof Error ? error.message : error}`);
  }
}

function parsed<T>(file: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Error(`${file} has no usable PEM: ${error instanceof Error ? error.message : error}`);
  }
}
