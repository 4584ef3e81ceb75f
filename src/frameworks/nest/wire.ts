import type { Wirer } from '../wiring/wire-app.ts';

/** What `NestFactory.create()` gives is waited for, so nothing is told to it in the same expression. */
const wirer: Wirer = {
  id: 'nest',
  harmless: /^$/,
};

export default wirer;
