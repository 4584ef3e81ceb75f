import { recogniserOf } from '../wiring/server-of.ts';

export default recogniserOf('hono', 'Hono');
