import { recogniserOf } from '../wiring/server-of.ts';

export default recogniserOf('koa', 'Koa');
