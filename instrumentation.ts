/** Next.js calls this once, before it answers anything. What it makes is found again through `server/registry.ts`. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { consoleProcess } = await import('./server/start/console-process.ts');
  const made = consoleProcess();
  if (!made) return;
  const { createRegistry } = await import('./server/start/create-registry.ts');
  const { setRegistry } = await import('./server/registry.ts');
  setRegistry(createRegistry(made));
}
