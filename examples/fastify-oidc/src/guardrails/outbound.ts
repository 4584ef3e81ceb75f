// Calls other services, and only those that a setting names: nobody can talk this app into calling an address of their choice.
import { config } from './config.ts';
import { securityEvent } from './log.ts';

const longestCall = 10_000; // milliseconds: a service that does not answer must not hold up this one

/** Scheme, host and port of every setting whose name ends in _URL. */
const declared = new Set(
  Object.entries(config).flatMap(([name, value]) => (name.endsWith('_URL') ? originOf(value) : [])),
);

/** `fetch` for services of others: refuses an address that no setting names, follows no redirect, gives up after ten seconds. */
export async function callOut(address: string | URL, init: RequestInit = {}): Promise<Response> {
  const [origin = 'no address'] = originOf(String(address));
  if (!declared.has(origin)) {
    securityEvent('malicious_extraneous', { refused_call_to: origin });
    throw new Error(
      `${origin} may not be called: give it a setting of its own in src/guardrails/settings.ts, such as NAME_URL`,
    );
  }
  const limits = [AbortSignal.timeout(longestCall), init.signal].filter((signal) => signal instanceof AbortSignal);
  return fetch(address, { ...init, redirect: 'error', signal: AbortSignal.any(limits) });
}

function originOf(value: unknown): string[] {
  return typeof value === 'string' && URL.canParse(value) ? [new URL(value).origin] : [];
}
