import { recogniserOf } from '../wiring/server-of.ts';

export default recogniserOf('node-http', 'node:http');
