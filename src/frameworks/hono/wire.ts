import type { Wirer } from '../wiring/wire-app.ts';

/** An app below a base path is all that anybody can reach of it; `use` and routes let somebody in. */
const wirer: Wirer = {
  id: 'hono',
  harmless: /^(?:basePath|onError|notFound)$/,
};

export default wirer;
