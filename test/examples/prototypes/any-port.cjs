// Loaded before a prototype: whatever port it asks for, it gets a free one on loopback, and says which.
// Prototypes have their ports in the code, and several run at the same time.
const { Server } = require('node:net');

const { listen } = Server.prototype;

Server.prototype.listen = function (...words) {
  if (!asksForPort(words[0])) return listen.apply(this, words);
  this.once('listening', () => process.stderr.write(`\nlistening on ${this.address().port}\n`));
  const done = words.filter((word) => typeof word === 'function');
  return listen.call(this, { port: 0, host: '127.0.0.1' }, ...done);
};

/** A server may listen on a pipe, too: TypeScript runners do. */
function asksForPort(first) {
  if (first !== null && typeof first === 'object') return first.path === undefined && first.fd === undefined;
  return first === undefined || !Number.isNaN(Number(first));
}
