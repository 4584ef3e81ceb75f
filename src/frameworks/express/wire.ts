import type { Wirer } from '../wiring/wire-app.ts';

/** Settings let nobody in; `use` and routes do. */
const wirer: Wirer = {
  id: 'express',
  harmless: /^(?:set|enable|disable|engine)$/,
};

export default wirer;
