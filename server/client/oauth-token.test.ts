import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Failure } from '../../lib/contract/failure.ts';
import { tokenProvider } from './oauth-token.ts';

let server: Server | undefined;

afterEach(() => {
  server?.close();
  server = undefined;
});

/** A token endpoint; `asked` holds the headers and body of each request. */
async function endpoint(answer: () => { status: number; body: string }) {
  const asked: { authorization: string | undefined; body: string }[] = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push({ authorization: request.headers.authorization, body });
    const { status, body: said } = answer();
    response.writeHead(status).end(said);
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const source = {
    kind: 'url' as const,
    url: `http://127.0.0.1:${port}/token`,
    clientId: 'console',
    clientSecret: 's3:cret',
    scope: 'kafka read',
  };
  return { asked, source };
}

const granted = (token: string, seconds: number) => () => ({
  status: 200,
  body: JSON.stringify({ access_token: token, expires_in: seconds, token_type: 'Bearer' }),
});

describe('tokenProvider', () => {
  it('asks a token endpoint as an OAuth client', async () => {
    const { asked, source } = await endpoint(granted('abc', 3600));
    expect(await tokenProvider(source)()).toEqual({ value: 'abc' });
    expect(asked).toEqual([
      {
        authorization: `Basic ${Buffer.from('console:s3%3Acret').toString('base64')}`,
        body: 'grant_type=client_credentials&scope=kafka+read',
      },
    ]);
  });

  it('keeps a token until shortly before it expires, and fetches it once at a time', async () => {
    const { asked, source } = await endpoint(granted('abc', 3600));
    let now = Date.now();
    const provide = tokenProvider(source, () => now);
    await Promise.all([provide(), provide(), provide()]);
    await provide();
    expect(asked).toHaveLength(1);
    now += 3_500_000;
    await provide();
    expect(asked).toHaveLength(1);
    now += 60_000;
    await provide();
    expect(asked).toHaveLength(2);
  });

  it('takes the end of a bare token from its claims', async () => {
    const claims = Buffer.from(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + 600 })).toString(
      'base64url',
    );
    const source = { kind: 'command' as const, program: process.execPath, args: ['-p', `'x.${claims}.y'`] };
    let now = Date.now();
    const provide = tokenProvider(source, () => now);
    expect(await provide()).toEqual({ value: `x.${claims}.y` });
    const broken = { ...source, args: ['-e', 'process.exit(3)'] };
    now += 500_000;
    expect(await provide()).toEqual({ value: `x.${claims}.y` });
    await expect(tokenProvider(broken)()).rejects.toBeInstanceOf(Failure);
  });

  it('tells why there is no token, without telling a secret', async () => {
    const { source } = await endpoint(() => ({ status: 401, body: 's3:cret is wrong' }));
    const failure = await tokenProvider(source)().catch((error: unknown) => error);
    expect((failure as Failure).message).toBe(
      'No OAUTHBEARER token could be had: the token endpoint answered 401',
    );
    const command = { kind: 'command' as const, program: process.execPath, args: ['-e', 'throw "hidden"'] };
    const failed = await tokenProvider(command)().catch((error: unknown) => error);
    expect((failed as Failure).message).not.toContain('hidden');
  });

  it('tries again after a failure', async () => {
    let status = 500;
    const { source } = await endpoint(() => ({ status, body: '{"access_token":"later"}' }));
    const provide = tokenProvider(source);
    await expect(provide()).rejects.toBeInstanceOf(Failure);
    status = 200;
    expect(await provide()).toEqual({ value: 'later' });
  });
});
