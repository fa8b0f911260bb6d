import { describe, expect, it } from 'vitest';
import { clientProperties } from './client-properties.ts';

/** Settings without comments. */
const settings = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('clientProperties', () => {
  it('encrypts, with a certificate of its own where one is used', () => {
    const tls = { tls: true, clientCertificate: false, mechanism: null };
    expect(settings(clientProperties(tls))).toEqual(['security.protocol=SSL']);
    expect(settings(clientProperties({ ...tls, clientCertificate: true }))).toContain(
      'ssl.keystore.location=<client.pem>',
    );
  });

  it('signs in, with or without encryption', () => {
    expect(settings(clientProperties({ tls: false, clientCertificate: false, mechanism: 'plain' }))).toEqual([
      'security.protocol=SASL_PLAINTEXT',
      'sasl.mechanism=PLAIN',
      'sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="<user>" password="<password>";',
    ]);
    const scram = clientProperties({ tls: true, clientCertificate: false, mechanism: 'scram-sha-256' });
    expect(settings(scram)).toEqual([
      'security.protocol=SASL_SSL',
      'sasl.mechanism=SCRAM-SHA-256',
      expect.stringContaining('scram.ScramLoginModule'),
    ]);
  });

  it('asks for tokens', () => {
    const bearer = clientProperties({ tls: true, clientCertificate: false, mechanism: 'oauthbearer' });
    expect(settings(bearer)).toContain('sasl.oauthbearer.token.endpoint.url=<token endpoint>');
  });
});
