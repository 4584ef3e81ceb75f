// Loaded before the app while it is tested: writes down where its web servers listen, whatever port they choose.
const { appendFileSync } = require('node:fs');
const { Server } = require('node:net');

const journal = process.env.GUARD_TESTS_JOURNAL;
const { listen } = Server.prototype;

Server.prototype.listen = function (...args) {
  this.once('listening', () => {
    const address = this.address();
    if (!journal || this.listenerCount('request') === 0 || typeof address !== 'object') return;
    const host = address.address === '::1' ? '[::1]' : '127.0.0.1';
    const protocol = 'setSecureContext' in this ? 'https:' : 'http:';
    appendFileSync(journal, `${JSON.stringify({ protocol, host, port: address.port })}\n`);
  });
  return listen.apply(this, args);
};
