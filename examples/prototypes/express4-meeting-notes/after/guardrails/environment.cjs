// Reads .env before anything asks for a setting: what a laptop keeps there, a server is given from outside, and that holds.
'use strict';

const { existsSync } = require('node:fs');
const { join } = require('node:path');

const besideTheApp = join(__dirname ?? '', '..', '.env'); // for an app that is started from another folder

if (existsSync('.env')) process.loadEnvFile('.env');
else if (existsSync(besideTheApp)) process.loadEnvFile(besideTheApp);
