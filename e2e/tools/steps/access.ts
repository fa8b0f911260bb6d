import { matching, sortedLines, sortedList } from '../normalise.ts';
import { type Step, stepsOf } from '../step.ts';

const acls = stepsOf('kafka-acls');
const tokens = stepsOf('kafka-delegation-tokens');
/** The tool prints rules, operations and its help on them in the order of hash sets, with a blank before all but the first. */
const listed = {
  alike: [matching(/^[ \t]+/gm, '\t'), sortedList(/(?<=supports operations \[).*(?=\])/g), sortedLines],
};
const seen = { reads: true, ...listed } as const;
const config = { files: { 'client.properties': 'request.timeout.ms=20000\n' } } as const;

export const accessSteps: readonly Step[] = [
  acls('--list', seen),
  acls('--add --allow-principal User:ann --operation Read --operation Describe --topic orders', listed),
  acls('--list --topic orders', { ...seen, reads: /User:ann/ }),
  acls('--add --allow-principal User:ann --producer --topic orders', listed),
  acls(
    '--add --allow-principal User:ben --consumer --topic shop. --group shop. --resource-pattern-type prefixed',
    listed,
  ),
  acls('--add --deny-principal User:eve --deny-host 10.0.0.1 --operation All --topic "*"', listed),
  acls(
    '--add --allow-principal User:ops --operation ClusterAction --operation AlterConfigs --cluster',
    listed,
  ),
  acls('--add --allow-principal User:ann --operation Write --transactional-id tx', listed),
  acls('--add --allow-principal User:ops --operation CreateTokens --user-principal User:ann', listed),
  acls('--list', { ...seen, reads: /User:ops/ }),
  acls('--list --topic shop.orders --resource-pattern-type match', seen),
  acls('--list --topic shop. --resource-pattern-type any', seen),
  acls('--list --group shop. --resource-pattern-type prefixed', seen),
  acls('--list --cluster', seen),
  acls('--list --principal User:ann', seen),
  acls('--list --principal User:nobody', seen),
  acls('--add --allow-principal User:ann --operation Read --operation Describe --topic orders', listed),
  acls('--remove --allow-principal User:ann --operation Read --topic orders --force', listed),
  acls('--list --topic orders', { ...seen, reads: /^(?!.*operation=READ)/s }),
  acls('--remove --topic orders --force', listed),
  acls('--remove --topic "*" --force --resource-pattern-type any', listed),
  acls('--remove --group missing --force', listed),
  acls('--remove --topic shop. --group shop. --resource-pattern-type prefixed --force', listed),
  acls('--remove --cluster --force', listed),
  acls('--remove --transactional-id tx --force', listed),
  acls('--remove --user-principal User:ann --force', listed),
  acls('--list', { ...seen, reads: /^(?!.*User:)/s }),
  acls('--add --allow-principal ann --operation Read --topic orders', listed),
  acls('--add --allow-principal User:ann --operation Fly --topic orders', listed),
  acls('--add --allow-principal User:ann --operation IdempotentWrite --topic orders', listed),
  acls('--add --allow-principal User:ann --operation Read', listed),
  acls('--add --operation Read --topic orders', listed),
  acls('--add --allow-principal User:ann --allow-host "" --operation Read --topic orders', listed),
  acls(
    '--add --allow-principal User:ann --operation Read --topic orders --resource-pattern-type any',
    listed,
  ),
  acls('--add --allow-principal User:ann --operation Read --cluster --topic orders --producer', listed),
  acls('--list --add', listed),
  acls('', listed),
  tokens('--describe --command-config {file:client.properties}', config),
  tokens('--create --max-life-time-period -1 --command-config {file:client.properties}', config),
  tokens('--renew --renew-time-period -1 --hmac aG1hYw== --command-config {file:client.properties}', config),
  tokens(
    '--expire --expiry-time-period -1 --hmac aG1hYw== --command-config {file:client.properties}',
    config,
  ),
  tokens('--create'),
  tokens('--create --max-life-time-period -1'),
];
