// Reads .env before anything asks for a setting: what a laptop keeps there, a server is given from outside, and that holds.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const besideTheApp = join(import.meta.dirname ?? '', '..', '.env'); // for an app that is started from another folder

if (existsSync('.env')) process.loadEnvFile('.env');
else if (existsSync(besideTheApp)) process.loadEnvFile(besideTheApp);
