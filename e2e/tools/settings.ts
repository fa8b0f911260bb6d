/** Brokers' settings in both clusters: where the embedded cluster's defaults are not Kafka's, and what makes tools quick. */
export const SETTINGS: Readonly<Record<string, string>> = {
  'num.partitions': '1',
  'default.replication.factor': '3',
  'offsets.topic.num.partitions': '10',
  'offsets.topic.replication.factor': '3',
  'transaction.state.log.replication.factor': '3',
  'transaction.state.log.num.partitions': '10',
  'share.coordinator.state.topic.replication.factor': '3',
  'share.coordinator.state.topic.num.partitions': '10',
  // A broker that a busy machine holds up for some seconds is not to be fenced.
  'broker.session.timeout.ms': '60000',
  'broker.heartbeat.interval.ms': '500',
  'group.initial.rebalance.delay.ms': '100',
  'group.streams.initial.rebalance.delay.ms': '100',
  'replica.lag.time.max.ms': '5000',
  'log.retention.check.interval.ms': '10000',
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': 'User:ANONYMOUS;User:root',
  'delegation.token.secret.key': 'of both clusters',
  'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
  'auto.leader.rebalance.enable': 'false',
};

/** Passwords of SASL PLAIN by user, in both clusters. */
export const USERS = { root: 'root-secret', ann: 'ann-secret', ben: 'ben-secret' } as const;
