import { expect, test } from 'vitest';
import { type Acl, OPERATION, PATTERN, PERMISSION, RESOURCE } from './acl.ts';
import { AclIndex } from './acl-index.ts';
import { Authorizer } from './authorizer.ts';
import { user } from './principal.ts';

const alice = { principal: user('alice'), clientHost: '/10.0.0.1' };

function acl(change: Partial<Acl> = {}): Acl {
  return {
    resourceType: RESOURCE.topic,
    resourceName: 'orders',
    patternType: PATTERN.literal,
    principal: 'User:alice',
    host: '*',
    operation: OPERATION.read,
    permissionType: PERMISSION.allow,
    ...change,
  };
}

function authorizer(acls: readonly Acl[], configs: Record<string, string> = {}) {
  const index = new AclIndex();
  for (const [id, each] of acls.entries()) index.add(String(id), each);
  return new Authorizer(index, configs);
}

function mayRead(acls: readonly Acl[], name = 'orders', configs: Record<string, string> = {}) {
  return authorizer(acls, configs).isAllowed(alice, OPERATION.read, RESOURCE.topic, name);
}

test('nobody may do what no ACL allows, unless the setting says so and the resource has no ACL at all', () => {
  const everyone = { 'allow.everyone.if.no.acl.found': 'true' };
  expect(mayRead([])).toBe(false);
  expect(mayRead([], 'orders', everyone)).toBe(true);
  expect(mayRead([acl({ principal: 'User:bob' })], 'orders', everyone)).toBe(false);
  expect(mayRead([acl({ principal: 'User:bob', resourceName: 'other' })], 'orders', everyone)).toBe(true);
});

test('an ACL is for its name, its prefix or all', () => {
  expect(mayRead([acl()])).toBe(true);
  expect(mayRead([acl()], 'orders-2')).toBe(false);
  const prefixed = acl({ patternType: PATTERN.prefixed, resourceName: 'ord' });
  expect(mayRead([prefixed])).toBe(true);
  expect(mayRead([prefixed], 'or')).toBe(false);
  expect(mayRead([acl({ resourceName: '*' })], 'anything')).toBe(true);
  expect(mayRead([acl({ resourceType: RESOURCE.group })])).toBe(false);
});

test('a denial wins over every permission, however it names the resource', () => {
  const deny = { permissionType: PERMISSION.deny };
  expect(mayRead([acl(), acl({ ...deny, resourceName: '*' })])).toBe(false);
  expect(mayRead([acl(deny), acl({ resourceName: '*' })])).toBe(false);
  expect(mayRead([acl(), acl({ ...deny, patternType: PATTERN.prefixed, resourceName: 'o' })])).toBe(false);
  expect(mayRead([acl(), acl({ ...deny, operation: OPERATION.all })])).toBe(false);
  expect(mayRead([acl(), acl({ ...deny, host: '10.0.0.2' })])).toBe(true);
});

test('hosts and principals are compared whole, or stand for all', () => {
  expect(mayRead([acl({ host: '10.0.0.1' })])).toBe(true);
  expect(mayRead([acl({ host: '10.0.0.2' })])).toBe(false);
  expect(mayRead([acl({ principal: 'User:*' })])).toBe(true);
  expect(mayRead([acl({ principal: 'Group:alice' })])).toBe(false);
});

test('who may read, write, delete or alter may describe; a denial of these denies only them', () => {
  const may = (acls: readonly Acl[], operation: number) =>
    authorizer(acls).isAllowed(alice, operation, RESOURCE.topic, 'orders');
  for (const operation of [OPERATION.read, OPERATION.write, OPERATION.delete, OPERATION.alter]) {
    expect(may([acl({ operation })], OPERATION.describe)).toBe(true);
  }
  expect(may([acl({ operation: OPERATION.alterConfigs })], OPERATION.describeConfigs)).toBe(true);
  expect(may([acl({ operation: OPERATION.create })], OPERATION.describe)).toBe(false);
  expect(may([acl({ operation: OPERATION.describe })], OPERATION.read)).toBe(false);
  expect(
    may(
      [acl({ operation: OPERATION.describe }), acl({ permissionType: PERMISSION.deny })],
      OPERATION.describe,
    ),
  ).toBe(true);
});

test('super users may do everything, also what is denied', () => {
  const configs = { 'super.users': 'User:root; User:alice' };
  expect(mayRead([acl({ permissionType: PERMISSION.deny })], 'orders', configs)).toBe(true);
});

test('an ACL that was removed holds no more', () => {
  const index = new AclIndex();
  index.add('a', acl({ patternType: PATTERN.prefixed, resourceName: 'ord' }));
  index.add('b', acl({ patternType: PATTERN.prefixed, resourceName: 'ord', host: '10.0.0.9' }));
  const isAllowed = () =>
    new Authorizer(index, {}).isAllowed(alice, OPERATION.read, RESOURCE.topic, 'orders');
  expect(isAllowed()).toBe(true);
  index.remove('a');
  expect(isAllowed()).toBe(false);
  index.remove('b');
  expect([...index.about(RESOURCE.topic, 'orders')]).toEqual([]);
});

test('somewhere: any permission that is not wholly denied', () => {
  const somewhere = (acls: readonly Acl[]) =>
    authorizer(acls).isAllowedSomewhere(alice, OPERATION.read, RESOURCE.topic);
  const deny = { permissionType: PERMISSION.deny };
  expect(somewhere([])).toBe(false);
  expect(somewhere([acl()])).toBe(true);
  expect(somewhere([acl(), acl(deny)])).toBe(false);
  expect(somewhere([acl(), acl({ ...deny, resourceName: '*' })])).toBe(false);
  expect(somewhere([acl(), acl({ ...deny, patternType: PATTERN.prefixed, resourceName: 'ord' })])).toBe(
    false,
  );
  expect(somewhere([acl({ resourceName: '*' }), acl(deny)])).toBe(true);
});
