// Passwords are hashed slowly on purpose. Tests hash dozens of throw-away ones, so here, and only here, it costs less.
import crypto, { type ScryptOptions } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

const { scrypt } = crypto;

/** How much work each hash would have been outside the tests, newest last. */
export const realCosts: (number | undefined)[] = [];

const quickScrypt: typeof scrypt = (...[password, salt, length, options, done]: unknown[]): void => {
  const { N, ...others } = options as ScryptOptions;
  realCosts.push(N);
  Reflect.apply(scrypt, crypto, [password, salt, length, { ...others, N: 1024 }, done]);
};

crypto.scrypt = quickScrypt;
syncBuiltinESMExports();
