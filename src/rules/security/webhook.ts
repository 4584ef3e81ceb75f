import type { Route } from '../../frameworks/server.ts';

/** A route that another company's servers call when something happened. Its body is proved by a signature over the bytes. */
export function isWebhook({ method, path }: Route): boolean {
  return (
    /^(?:POST|ALL)$/.test(method) &&
    /(?:^|[/_-])(?:web-?hooks?|callbacks?\/(?:stripe|paypal|twilio))(?:$|[/_:-])/i.test(path)
  );
}
