// Sends .env to the dotenv-vault service, or gets it from there: npm run secrets:push, npm run secrets:pull
import { spawnSync } from 'node:child_process';
import { environment } from './environment.ts';

const [command = ''] = process.argv.slice(2);
if (!['push', 'pull'].includes(command)) throw new Error('Say push or pull.');

/** Its command-line tool would update itself in the background, and leave that process behind. */
const env = { ...environment, DOTENV_VAULT_DISABLE_AUTOUPDATE: '1', DOTENV_VAULT_SKIP_ANALYTICS: '1' };
const { status } = spawnSync('npx', ['--no-install', 'dotenv-vault', command], {
  env,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exitCode = status ?? 2;
