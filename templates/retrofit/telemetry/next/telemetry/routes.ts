// Next.js tells by itself which route a request was for.

/** There is nothing to watch. */
export function watchRoutes(): void {}
