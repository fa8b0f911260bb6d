import { sortedList } from '../normalise.ts';
import { type Step, stepsOf } from '../step.ts';

const topics = stepsOf('kafka-topics');
const configs = stepsOf('kafka-configs');
const metrics = stepsOf('kafka-client-metrics');
const seen = { reads: true } as const;

/** What a broker says of where and as what it runs, which two clusters never share. */
const OWN_PLACE = {
  lines:
    /^ +(advertised\.listeners|listeners|listener\.name|listener\.security\.protocol\.map|controller\.|log\.dirs?|node\.id|broker\.id|process\.roles|broker\.rack|inter\.broker|metadata\.log\.dir)/,
  why: 'a node of KRaft names its controllers and their listeners; the embedded brokers have none of their own',
};

const ofTopics: readonly Step[] = [
  topics('--create --topic conf --replica-assignment 1:2:3'),
  configs('--describe --entity-type topics --entity-name conf', seen),
  configs('--describe --entity-type topics --entity-name conf --all', seen),
  configs(
    '--alter --entity-type topics --entity-name conf --add-config retention.ms=1000,max.message.bytes=2048',
  ),
  configs('--describe --entity-type topics --entity-name conf', { reads: /retention/ }),
  configs('--alter --entity-type topics --entity-name conf --add-config cleanup.policy=[compact,delete]'),
  configs('--alter --entity-type topics --entity-name conf --delete-config retention.ms'),
  configs('--describe --entity-type topics --entity-name conf', { reads: /compact/ }),
  configs('--describe --entity-type topics', seen),
  configs('--alter --entity-type topics --entity-name conf --delete-config retention.bytes'),
  configs('--alter --entity-type topics --entity-name conf --delete-config no.such.config'),
  configs('--alter --entity-type topics --entity-name conf --add-config no.such.config=1'),
  configs('--alter --entity-type topics --entity-name conf --add-config retention.ms=soon'),
  configs('--alter --entity-type topics --entity-name conf --add-config segment.bytes=1'),
  configs('--alter --entity-type topics --entity-name conf --add-config compression.type=rar'),
  configs('--alter --entity-type topics --entity-name conf --add-config min.cleanable.dirty.ratio=2'),
  configs(
    '--alter --entity-type topics --entity-name conf --add-config unclean.leader.election.enable=perhaps',
  ),
  configs(
    '--alter --entity-type topics --entity-name conf --add-config leader.replication.throttled.replicas=0-1',
  ),
  configs(
    '--alter --entity-type topics --entity-name conf --add-config leader.replication.throttled.replicas=[0:1,0:2]',
  ),
  configs(
    '--alter --entity-type topics --entity-name conf --add-config local.retention.ms=5000,retention.ms=1000',
  ),
  configs('--alter --entity-type topics --entity-name missing --add-config retention.ms=1000'),
  configs('--describe --entity-type topics --entity-name missing', seen),
  configs('--describe --entity-type topics --entity-name "bad name"', seen),
  configs('--alter --entity-type topics --entity-name conf --add-config-file {file:conf.properties}', {
    files: { 'conf.properties': 'retention.bytes=4096\nflush.messages=10\n' },
  }),
  configs('--describe --entity-type topics --entity-name conf', { reads: /flush/ }),
  configs('--alter --entity-type topics --entity-name conf'),
  configs('--alter --entity-type topics --add-config retention.ms=1'),
  configs('--alter --entity-type topics --entity-name conf --add-config retention.ms'),
  configs('--describe --entity-type planets', seen),
];

const ofBrokers: readonly Step[] = [
  configs('--describe --entity-type brokers --entity-name 1', seen),
  configs('--describe --entity-type brokers --entity-name 1 --all', { ...seen, explained: OWN_PLACE }),
  configs('--alter --entity-type brokers --entity-default --add-config log.cleaner.threads=2'),
  configs('--describe --entity-type brokers --entity-default', { reads: /cleaner/ }),
  configs(
    '--alter --entity-type brokers --entity-name 2 --add-config log.retention.ms=3600000,num.io.threads=6',
  ),
  configs('--describe --entity-type brokers --entity-name 2', { reads: /retention/ }),
  configs('--describe --entity-type brokers', seen),
  configs('--describe --entity-type topics --entity-name conf --all', { reads: /3600000|604800000/ }),
  configs('--alter --entity-type brokers --entity-name 2 --delete-config log.retention.ms,num.io.threads'),
  configs('--alter --entity-type brokers --entity-default --delete-config log.cleaner.threads'),
  configs('--describe --entity-type brokers --entity-default', { reads: /^(?!.*cleaner)/s }),
  configs('--alter --entity-type brokers --entity-name 1 --add-config broker.rack=z'),
  configs('--alter --entity-type brokers --entity-name 1 --add-config log.cleaner.threads=-1'),
  configs('--alter --entity-type brokers --entity-name 1 --add-config num.io.threads=1000'),
  configs('--alter --entity-type brokers --entity-name 1 --add-config log.retention.ms=soon'),
  configs('--alter --entity-type brokers --entity-name 1 --add-config my.own.config=1'),
  configs('--alter --entity-type brokers --entity-name 1 --delete-config my.own.config'),
  configs('--alter --entity-type brokers --entity-name one --add-config log.cleaner.threads=2'),
  configs('--describe --entity-type brokers --entity-name one', seen),
  configs('--alter --entity-type broker-loggers --entity-name 1 --add-config no.such.logger=DEBUG'),
  configs('--alter --entity-type broker-loggers --entity-name 1 --add-config kafka.server=LOUD'),
];

const ofQuotas: readonly Step[] = [
  configs(
    '--alter --entity-type users --entity-name ann --add-config producer_byte_rate=1048576,consumer_byte_rate=2097152',
  ),
  configs(
    '--alter --entity-type users --entity-name ann --entity-type clients --entity-name app --add-config request_percentage=50',
  ),
  configs('--alter --entity-type clients --entity-default --add-config consumer_byte_rate=4194304.5'),
  configs('--alter --entity-type ips --entity-name 127.0.0.9 --add-config connection_creation_rate=100'),
  configs('--describe --entity-type users', { reads: /producer_byte_rate/ }),
  configs('--describe --entity-type users --entity-name ann', seen),
  configs('--describe --entity-type users --entity-name ann --entity-type clients', seen),
  configs('--describe --entity-type users --entity-type clients', seen),
  configs('--describe --entity-type clients --entity-default', seen),
  configs('--describe --entity-type clients --entity-name nobody', seen),
  configs('--describe --entity-type ips', seen),
  configs('--alter --entity-type users --entity-name ann --add-config no_such_rate=1'),
  configs('--alter --entity-type users --entity-name ann --add-config producer_byte_rate=-1'),
  configs('--alter --entity-type users --entity-name ann --add-config producer_byte_rate=fast'),
  configs('--alter --entity-type ips --entity-name not-an-address --add-config connection_creation_rate=100'),
  configs('--alter --entity-type users --entity-name ann --delete-config consumer_byte_rate'),
  configs('--alter --entity-type users --entity-name ann --delete-config request_percentage'),
  configs('--alter --entity-type ips --entity-name 127.0.0.9 --delete-config connection_creation_rate'),
  configs(
    '--alter --entity-type users --entity-name ann --entity-type clients --entity-name app --delete-config request_percentage',
  ),
  configs('--alter --entity-type clients --entity-default --delete-config consumer_byte_rate'),
  configs('--describe --entity-type users', { reads: /^(?!.*consumer_byte_rate)/s }),
];

/** The tool prints a user's mechanisms in the order of a hash map. */
const mechanisms = { alike: [sortedList(/(?<= are )SCRAM.*/g)] };

const ofScram: readonly Step[] = [
  configs(
    '--alter --entity-type users --entity-name bob --add-config SCRAM-SHA-256=[iterations=8192,password=secret]',
  ),
  configs('--alter --entity-type users --entity-name bob --add-config SCRAM-SHA-512=[password=secret]'),
  configs('--describe --entity-type users --entity-name bob', { reads: /SCRAM-SHA-512/, ...mechanisms }),
  configs('--describe --entity-type users', { reads: /SCRAM-SHA-512/, ...mechanisms }),
  configs(
    '--alter --entity-type users --entity-name bob --add-config SCRAM-SHA-256=[iterations=1,password=secret]',
  ),
  configs(
    '--alter --entity-type users --entity-name bob --add-config SCRAM-SHA-256=[iterations=99999,password=secret]',
  ),
  configs('--alter --entity-type users --entity-name bob --add-config SCRAM-SHA-1=[password=secret]'),
  configs('--alter --entity-type users --entity-name bob --delete-config SCRAM-SHA-256'),
  configs('--alter --entity-type users --entity-name bob --delete-config SCRAM-SHA-256'),
  configs('--alter --entity-type users --entity-name carl --delete-config SCRAM-SHA-512'),
  configs('--describe --entity-type users --entity-name bob', { reads: /^(?!.*SHA-256)/s }),
  configs('--alter --entity-type users --entity-name bob --delete-config SCRAM-SHA-512'),
];

const ofGroupsAndMetrics: readonly Step[] = [
  configs(
    '--alter --entity-type groups --entity-name cg --add-config consumer.session.timeout.ms=50000,consumer.heartbeat.interval.ms=6000',
  ),
  configs('--describe --entity-type groups --entity-name cg', { reads: /50000/ }),
  configs('--describe --entity-type groups --entity-name cg --all', seen),
  configs('--describe --entity-type groups', seen),
  configs('--alter --entity-type groups --entity-name cg --add-config consumer.session.timeout.ms=1'),
  configs('--alter --entity-type groups --entity-name cg --add-config no.such.config=1'),
  configs('--alter --entity-type groups --entity-name cg --add-config share.auto.offset.reset=latest'),
  configs('--alter --entity-type groups --entity-name cg --add-config share.auto.offset.reset=middle'),
  configs(
    '--alter --entity-type groups --entity-name cg --delete-config consumer.session.timeout.ms,consumer.heartbeat.interval.ms,share.auto.offset.reset',
  ),
  metrics(
    '--alter --name watch --metrics org.apache.kafka.producer.,org.apache.kafka.consumer. --interval 5000 --match client_id=app.*',
  ),
  metrics('--list', { reads: /watch/ }),
  metrics('--describe', seen),
  metrics('--describe --name watch', seen),
  configs('--describe --entity-type client-metrics --entity-name watch', seen),
  metrics('--alter --name watch --interval 5'),
  metrics('--alter --name watch --match colour=red'),
  metrics('--describe --name missing', seen),
  metrics('--delete --name missing'),
  metrics('--delete --name watch'),
  metrics('--alter'),
  metrics('--list', { reads: /^(?!.*watch)/s }),
];

export const configSteps: readonly Step[] = [
  ...ofTopics,
  ...ofBrokers,
  ...ofQuotas,
  ...ofScram,
  ...ofGroupsAndMetrics,
];
