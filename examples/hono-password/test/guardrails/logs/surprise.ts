// A program for the tests that ends in a way that nobody has foreseen.
import '../../../src/guardrails/fatal.ts';

const surprise = new Error(`surprise: ${process.argv[2]}`);
if (process.argv[2] === 'rejected') void Promise.reject(surprise);
else setTimeout(throwIt, 0);
setTimeout(() => process.stdout.write('still running\n'), 300);

function throwIt(): never {
  throw surprise;
}
