// Gives each test file its own secret and its own empty database, made at random when the tests start.
import { randomBytes } from 'node:crypto';
import './quick-hashing.ts';

process.env['AUTH_SECRET'] = randomBytes(32).toString('base64url');
process.env['DATABASE_FILE'] = ':memory:';
