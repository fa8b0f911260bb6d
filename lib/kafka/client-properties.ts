/** How brokers want to be connected to; says nothing secret. */
export interface ConnectionSecurity {
  /** Connections are encrypted. */
  readonly tls: boolean;
  /** The client shows a certificate of its own. */
  readonly clientCertificate: boolean;
  /** Null: nobody has to sign in. */
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512' | 'oauthbearer' | null;
}

const MODULES = {
  plain: 'org.apache.kafka.common.security.plain.PlainLoginModule',
  'scram-sha-256': 'org.apache.kafka.common.security.scram.ScramLoginModule',
  'scram-sha-512': 'org.apache.kafka.common.security.scram.ScramLoginModule',
  oauthbearer: 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule',
};

/** What Kafka's own tools have to be told to connect so, to be completed where something stands in angle brackets. */
export function clientProperties({ tls, clientCertificate, mechanism }: ConnectionSecurity): string {
  const lines = [`security.protocol=${mechanism ? 'SASL_' : ''}${tls ? 'SSL' : 'PLAINTEXT'}`];
  if (tls) {
    lines.push(
      '# Where Java does not know who signed the certificates of the brokers (PEM files: KIP-651):',
      '#ssl.truststore.type=PEM',
      '#ssl.truststore.location=<ca.pem>',
    );
  }
  if (tls && clientCertificate) {
    lines.push(
      '# The private key (PKCS #8) and its certificate, in one file:',
      'ssl.keystore.type=PEM',
      'ssl.keystore.location=<client.pem>',
    );
  }
  if (mechanism === 'oauthbearer') {
    lines.push(
      'sasl.mechanism=OAUTHBEARER',
      'sasl.oauthbearer.token.endpoint.url=<token endpoint>',
      'sasl.login.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler',
      `sasl.jaas.config=${MODULES[mechanism]} required clientId="<client>" clientSecret="<secret>";`,
      '# Since Kafka 4.0 the tools also want the address in KAFKA_OPTS:',
      '# -Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=<token endpoint>',
    );
  } else if (mechanism) {
    lines.push(
      `sasl.mechanism=${mechanism.toUpperCase()}`,
      `sasl.jaas.config=${MODULES[mechanism]} required username="<user>" password="<password>";`,
    );
  }
  return `${lines.join('\n')}\n`;
}
