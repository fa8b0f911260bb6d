import { randomBytes } from 'node:crypto';

/** A topic or group name that no other test uses. */
export const uniqueName = (purpose: string) => `e2e.${purpose}.${randomBytes(4).toString('hex')}`;
