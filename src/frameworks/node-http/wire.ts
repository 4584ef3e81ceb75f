import type { Wirer } from '../wiring/wire-app.ts';

/** A server that is told to listen in the same expression is guarded inside it. */
const wirer: Wirer = {
  id: 'node-http',
  harmless: /^(?:setTimeout)$/,
};

export default wirer;
