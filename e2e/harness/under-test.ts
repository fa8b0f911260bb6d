/** What the runner tells the test processes about the cluster and console under test. */
function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with npm test or npm run test:kafka`);
  return value;
}

export const underTest = {
  get kind() {
    return required('KAFDECK_TEST_KIND') as 'embedded' | 'kafka';
  },
  /** Id of the cluster in Kafdeck's addresses. */
  get clusterId() {
    return required('KAFDECK_TEST_CLUSTER');
  },
  get bootstrapServers() {
    return required('KAFDECK_TEST_BROKERS');
  },
  get consoleUrl() {
    return required('KAFDECK_TEST_URL');
  },
  /** Folder of the Python environment that has kafka-python. */
  get pythonDir() {
    return required('KAFDECK_TEST_PYTHON');
  },
};

async function control(path: string): Promise<void> {
  const response = await fetch(required('KAFDECK_TEST_CONTROL') + path, { method: 'POST' });
  if (!response.ok) throw new Error(await response.text());
}

export const stopBroker = (id: number, mode: 'controlled' | 'hard') =>
  control(`/brokers/${id}/stop?mode=${mode}`);
export const startBroker = (id: number) => control(`/brokers/${id}/start`);

/** Polls until `check` gives a value that is neither undefined nor false. */
export async function eventually<T>(
  what: string,
  check: () => Promise<T | undefined | false>,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await check();
      if (value !== undefined && value !== false) return value as T;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${what}`, { cause: last });
    await new Promise((resume) => setTimeout(resume, 200));
  }
}
