import { readFileSync } from 'node:fs';
import { freePortBlock } from './net/free-ports.ts';
import type { Access, FurtherListener } from './net/further-listeners.ts';
import type { TlsFiles } from './security/tls/server-identity.ts';

type Protocol = FurtherListener['protocol'];

/** A listener beside the plain one, as it was asked for. */
interface AskedListener {
  readonly protocol: Protocol;
  /** The first broker's port; null: a free block is looked for. */
  readonly port: number | null;
}

/** How clients may come in, as it was asked for. */
export interface AccessSettings {
  readonly listeners: readonly AskedListener[];
  /** Passwords of SASL PLAIN by user. */
  readonly users: ReadonlyMap<string, string>;
  /** Null: the brokers make a certificate of their own. */
  readonly tls: TlsFiles | null;
  /** PEM file of those who sign clients' certificates; null: the system's. */
  readonly clientAuthorities: string | null;
}

export interface AccessFlags {
  readonly listener?: readonly string[] | undefined;
  readonly user?: readonly string[] | undefined;
  readonly users?: string | undefined;
  readonly 'tls-cert'?: string | undefined;
  readonly 'tls-key'?: string | undefined;
  readonly 'tls-ca'?: string | undefined;
}

/** How far the blocks of listeners lie apart. */
const BLOCK = 100;
const LISTENER = /^(SSL|SASL_PLAINTEXT|SASL_SSL)(?::(\d{1,5}))?$/;

export const ACCESS_USAGE = `  --listener <protocol>[:<port>]
                          a listener beside PLAINTEXT: SSL, SASL_PLAINTEXT or SASL_SSL, with the first broker's port
                          (${BLOCK} above the listener before, or the next free block); may be repeated
  --user <name:password>  a user of SASL PLAIN; may be repeated
  --users <file>          more of them, a line each
  --tls-cert <pem>, --tls-key <pem>
                          the brokers' certificate and key (one of their own, kept in the data dir's folder "tls")
  --tls-ca <pem>          who signs clients' certificates (with --config ssl.client.auth=required)
  --authorizer standard   decide by ACLs (with --config "super.users=User:admin")`;

/** @throws Error with one line that names what is wrong */
export function readAccess(
  flags: AccessFlags,
  env: Readonly<Record<string, string | undefined>>,
): AccessSettings {
  const asked = flags.listener ?? env.KAFDECK_EMBEDDED_LISTENERS?.split(',') ?? [];
  const listeners = asked.map((text) => text.trim()).filter((text) => text !== '');
  const certificate = flags['tls-cert'];
  const key = flags['tls-key'];
  if ((certificate === undefined) !== (key === undefined)) {
    throw new Error('--tls-cert and --tls-key belong together');
  }
  return {
    listeners: listeners.map((text, index) => readListener(text, listeners.slice(0, index))),
    users: readUsers([
      ...(env.KAFDECK_EMBEDDED_USERS?.split(',') ?? []),
      ...(flags.users === undefined ? [] : readLines(flags.users)),
      ...(flags.user ?? []),
    ]),
    tls: certificate === undefined || key === undefined ? null : { certificate, key },
    clientAuthorities: flags['tls-ca'] ?? null,
  };
}

/** The static configs that follow from the flags, where they are not set by name. */
export function configsOfAccess(
  { listeners }: AccessSettings,
  authorizer: string | undefined,
): Record<string, string> {
  if (authorizer !== undefined && authorizer !== 'standard') {
    throw new Error(`--authorizer is '${authorizer}', but has to be standard`);
  }
  return {
    ...(listeners.some(({ protocol }) => protocol.startsWith('SASL'))
      ? { 'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512' }
      : {}),
    ...(authorizer === undefined
      ? {}
      : { 'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer' }),
  };
}

interface Surroundings {
  readonly host: string;
  /** The plain listener's first port; 0: every listener takes any free one. */
  readonly firstPort: number;
  readonly brokerCount: number;
  /** Where a broker comes in its block; -1 for one that is not in it. */
  readonly indexOf: (brokerId: number) => number;
  readonly dataDir: string | null;
  readonly now: number;
}

/**
 * Finds the ports and reads the files.
 * @throws Error with one line when something can't be had
 */
export async function openAccess(settings: AccessSettings, surroundings: Surroundings): Promise<Access> {
  const listeners: FurtherListener[] = [];
  let before = surroundings.firstPort;
  for (const { protocol, port } of settings.listeners) {
    const first = port ?? (before === 0 ? 0 : await nextBlock(before + BLOCK, surroundings));
    if (first > 0) before = first;
    listeners.push({
      protocol,
      portOf: (brokerId) => portInBlock(first, surroundings.indexOf(brokerId)),
    });
  }
  const { readIdentity, readPem, ownIdentity } = await import('./security/tls/server-identity.ts');
  const { dataDir, now } = surroundings;
  const needsIdentity = listeners.some(({ protocol }) => protocol.endsWith('SSL'));
  if (needsIdentity && settings.tls === null && dataDir === null) {
    throw new Error('without a data dir a TLS listener needs --tls-cert and --tls-key');
  }
  return {
    listeners,
    users: settings.users,
    identity: !needsIdentity
      ? null
      : settings.tls === null
        ? ownIdentity(dataDir!, now)
        : readIdentity(settings.tls),
    clientAuthorities: settings.clientAuthorities === null ? null : readPem(settings.clientAuthorities),
  };
}

async function nextBlock(port: number, { host, brokerCount }: Surroundings): Promise<number> {
  const free = await freePortBlock(host, port, brokerCount);
  if (free === null) throw new Error(`no ${brokerCount} free ports in a row after ${port}`);
  return free;
}

function readListener(text: string, before: readonly string[]): AskedListener {
  const [, protocol, port] = LISTENER.exec(text) ?? [];
  if (protocol === undefined) {
    throw new Error(
      `--listener is '${text}', but has to be SSL, SASL_PLAINTEXT or SASL_SSL, with a port if you like`,
    );
  }
  if (before.some((other) => other.split(':')[0] === protocol)) {
    throw new Error(`--listener ${protocol} is given twice`);
  }
  return { protocol: protocol as Protocol, port: port === undefined ? null : Number(port) };
}

/** Says never what a line is, for it may be a password. */
function readUsers(lines: readonly string[]): Map<string, string> {
  return new Map(
    lines
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => {
        const at = line.indexOf(':');
        if (at < 1 || at === line.length - 1) throw new Error('a user of SASL PLAIN has to be name:password');
        return [line.slice(0, at), line.slice(at + 1)] as const;
      }),
  );
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    throw new Error(`--users: ${error instanceof Error ? error.message : error}`);
  }
}

/** A broker that was added while the cluster runs (-1) has no place in the block: it takes any free port. */
export function portInBlock(firstPort: number, index: number): number {
  return firstPort === 0 || index < 0 ? 0 : firstPort + index;
}
