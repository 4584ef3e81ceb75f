// Next.js records every request by itself, with its route, as soon as somebody listens: nothing is left to do here.

/** Not two records of one request. */
export function traceRequests(): void {}
