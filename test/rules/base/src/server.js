import { createApp } from './app.js';
import { readConfig } from './config.js';
import { openDatabase } from './database.js';
import { tokenReader } from './guard.js';
import { log } from './log.js';

const config = readConfig();
const database = openDatabase(config);
const app = createApp({ config, database, readToken: tokenReader(config) });
const server = app.listen(config.PORT, config.HOST, () => log.info({ port: config.PORT }, 'listening'));

/** Finishes the requests that run, then ends; gives up after ten seconds. */
function stop() {
  log.info('stopping');
  setTimeout(() => process.exit(1), 10_000).unref();
  server.close(async () => {
    await database.end();
    process.exit(0);
  });
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

process.on('uncaughtException', (error) => {
  log.fatal({ err: error }, 'stopped by an error that nobody caught');
  process.exit(1);
});
