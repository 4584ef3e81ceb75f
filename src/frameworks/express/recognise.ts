import { recogniserOf } from '../wiring/server-of.ts';

export default recogniserOf('express', 'Express');
