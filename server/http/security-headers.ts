import { randomBytes } from 'node:crypto';

/** Headers of every answer: nothing is embedded elsewhere, guessed at, or told to other sites. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** Next.js finds the nonce in the request's own Content-Security-Policy and gives it to each script it writes. */
export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

/**
 * Everything from this console alone; scripts in the page only with the nonce. Styles may be inline: chart and
 * overlay libraries place things with style attributes.
 *
 * @param development also allow what the development server needs: eval and its socket
 */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self'${development ? ' ws: wss:' : ''}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
