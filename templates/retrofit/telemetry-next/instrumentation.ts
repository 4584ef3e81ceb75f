// Starts telemetry with the server, before its first request. Next.js calls this once for each of its servers.
export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { pathToFileURL } = await import('node:url');
    const file = pathToFileURL(`${process.cwd()}/guardrails/telemetry.mjs`).href;
    // Loaded as it is: what is bundled sees a copy of the packages that it should talk to.
    await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ file).catch((error) => {
      console.warn(`telemetry is off: ${error.message}`);
    });
  }
}
