import type { Wirer } from '../wiring/wire-app.ts';

/** Nothing that an app is told in the same expression leaves everybody out: `use` lets somebody in. */
const wirer: Wirer = {
  id: 'koa',
  harmless: /^(?:on)$/,
};

export default wirer;
