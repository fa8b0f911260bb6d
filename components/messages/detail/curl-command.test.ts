import { expect, it } from 'vitest';
import { curlCommand } from './curl-command.ts';

it('reads exactly one message', () => {
  expect(curlCommand('http://127.0.0.1:9000', 'embedded', 'a.b_c', { partition: 3, offset: 42 })).toBe(
    "curl -s 'http://127.0.0.1:9000/api/v1/clusters/embedded/topics/a.b_c/messages?partitions=3&from=offset%3A42&limit=1&control=true&maxBytes=16777216'",
  );
});
