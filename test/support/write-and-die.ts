// Writes steps to a folder, and kills itself at the effect with the given number: node write-and-die.cjs <folder> <steps> <number>
import type { Step } from '../../src/tree/step.ts';
import { applyChanges } from '../../src/world/write-changes.ts';

const [root = '', steps = '[]', last = '0'] = process.argv.slice(2);
let effect = 0;
const pause = (): void => {
  if (effect++ === Number(last)) process.kill(process.pid, 'SIGKILL');
};
applyChanges(root, JSON.parse(steps) as Step[], { pause });
