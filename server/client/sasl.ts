import type { SASLOptions } from 'kafkajs';
import type { SaslSettings } from './connection-settings.ts';
import { tokenProvider } from './oauth-token.ts';

/** SASL as kafkajs takes it. kafkajs keeps state on the object, so one is made for each client. */
export function saslOptions(settings: SaslSettings): SASLOptions {
  if (settings.mechanism === 'oauthbearer') {
    return { mechanism: 'oauthbearer', oauthBearerProvider: tokenProvider(settings.token) };
  }
  const { username, password } = settings;
  switch (settings.mechanism) {
    case 'plain':
      return { mechanism: 'plain', username, password };
    case 'scram-sha-256':
      return { mechanism: 'scram-sha-256', username, password };
    case 'scram-sha-512':
      return { mechanism: 'scram-sha-512', username, password };
  }
}
